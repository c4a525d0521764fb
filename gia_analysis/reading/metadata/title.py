"""The title of a report: what it names, and where it stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gia_analysis.reading.flow import Flow, Token
from gia_analysis.reading.metadata.agency_name import named_agency
from gia_analysis.reading.metadata.writing import plain

_KIND = r"(?:(?:政府|政务)?(?:\((?:政务|政府)\))?信息公开|政务公开)(?:工作)?"
_TITLE = re.compile(
    r"^(?:(?:【|\[)?(?:图解|图说|一图读懂|图文)(?:】|\])?[:|丨·-]?)?[《\"“]?"
    rf"(?P<agency>[^\d《》。,;:]{{0,40}}?)(?:关于)?(?P<year>20[0-3]\d)?年?度?(?P<agency2>[^\d《》。,;:]{{0,40}}?)"
    rf"{_KIND}(?P<year2>20[0-3]\d)?(?:年|年度|年年度)?(?:工作)?(?:年度)?(?:报告|年报)"
    r"(?:\((?:(?P<year3>20[0-3]\d)年度?|[^()]{0,12})\)|图解|图文版)?[》\"”]?$"
)
_ENDS = ("报告", "年报", ")")
_LONGEST_TITLE = 80
_LONGEST_LINE = 200
_MOST_LINES = 12
_MOST_LINES_ABOVE = 120  # menus of a page among them
_MOST_CELLS = 20


@dataclass(frozen=True, slots=True)
class Title:
    """A title without blanks, with the year and the agency that it names, either of which may be missing."""

    text: str
    year: int | None
    agency: str | None


def read_title(flow: Flow, told: Sequence[str] = ()) -> Title | None:
    """Return the title: on one line or broken over two or three, before the first chapter; or in a cell at the top.

    Args:
        flow: the report.
        told: the titles that the file is said to have outside its text. One of them that is printed too is the title,
            as a page may have menus with those of other reports above it. One that is not counts only where no title
            that names an agency stands at the top; what stands further down comes last, the nearest to the text first.
    """
    lines, cells = _top(flow)
    first = _title_in(lines[:_MOST_LINES], cells)
    if not told and (first or len(lines) <= _MOST_LINES):
        return first
    printed = _naming(lines)
    outside = _naming(map(plain, told))
    if found := next((title for title in outside if title in printed), None):
        return found
    if first and first.agency:
        return first
    further = [title for title in printed if title not in outside]
    return next(iter((*outside, *reversed(further))), first)


def _naming(lines: Iterable[str]) -> list[Title]:
    """Return the titles among lines that name an agency."""
    return [title for line in lines if (title := _match_lines([line])) and title.agency]


def _title_in(lines: Sequence[str], cells: Sequence[str]) -> Title | None:
    for count in (1, 2, 3):
        for start in range(len(lines) - count + 1):
            title = _match_lines(lines[start : start + count])
            if title and (title.agency or (count == 1 and title.year)):
                return _widen(lines, start, count, title)
    titles = (_match_lines([plain(cell)]) for cell in cells)
    return next((title for title in titles if title and title.agency), None)


def is_title(line: str) -> bool:
    """Return whether a line alone is the title of a report: it names an agency or a year.

    >>> is_title("天门市教育局2022年政府信息公开工作年度报告"), is_title("政府信息公开工作年度报告")
    (True, False)
    """
    title = _match_lines([plain(line)]) if len(line) <= _LONGEST_LINE and "报" in line else None
    return title is not None and bool(title.agency or title.year)


def _top(flow: Flow) -> tuple[list[str], list[str]]:
    """Return the first lines, in plain writing, and of the cells between them those that end like a title."""
    lines: list[str] = []
    cells: list[str] = []
    for item in flow:
        if isinstance(item, Token):
            if len(cells) < _MOST_CELLS and len(item.text) <= _LONGEST_TITLE and item.label.endswith(_ENDS):
                cells.append(item.plain)
            continue
        if item.heading and lines:
            break
        if item.text.strip():
            may_be_title = len(item.text) <= _LONGEST_LINE and (len(lines) < _MOST_LINES or "报" in item.text)
            lines.append(plain(item.text) if may_be_title else "。")
        if len(lines) >= _MOST_LINES_ABOVE:
            break
    return lines, cells


def _match_lines(lines: Sequence[str]) -> Title | None:
    text = "".join(lines)
    return _match(text) if len(text) <= _LONGEST_TITLE and "报" in text else None


def _match(text: str) -> Title | None:
    match = _TITLE.match(text)
    if match is None:
        return None
    year = int(match["year"] or match["year2"] or match["year3"] or 0) or None
    return Title(match.group(), year, named_agency((match["agency"] or match["agency2"] or "").strip('《》"“”·-—')))


def _widen(lines: Sequence[str], start: int, count: int, title: Title) -> Title:
    """Take the line above a title that names no agency, if that line is a name."""
    if not title.agency and start and 4 <= len(lines[start - 1]) <= 30:
        wider = _match("".join(lines[start - 1 : start + count]))
        if wider and wider.agency:
            return wider
    return title
