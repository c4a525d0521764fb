"""One file, several reports: where the next one begins.

A report begins with a title, or, without one, with a first chapter after a report that had its tables. A part without
tables and chapters of its own (a link to last year's report, a list of titles) is no report and stays where it is.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from gia_analysis.forms import forms, opening_labels
from gia_analysis.reading.flow import Flow, Line, Token
from gia_analysis.reading.metadata import is_title

LEAST_CHAPTERS = 3
_BEGINS = re.compile(r"条例|编制|本(?:年度)?报告|统计期限|现将")
_FIELD = re.compile(r"索引号|发布(?:机构|单位)|公开方式|信息名称")
_NAME = re.compile(r"[^\s,，。;；:：、]{4,30}")


def split_reports(flow: Flow) -> list[Flow]:
    """Return the flow of each report in a file; mostly it is one."""
    starts = list(_starts(flow))
    if not starts:
        return [flow]
    parts: list[Flow] = []
    begin = 0
    for start, following in zip(starts, [*starts[1:], len(flow)], strict=True):
        if _is_report(flow[begin:start]) and _is_report(flow[start:following]) and _begins_anew(flow[start:following]):
            parts.append(flow[begin:start])
            begin = start
    return [*parts, flow[begin:]]


def _begins_anew(part: Flow) -> bool:
    """Tell whether a part begins with the first chapter, or the first table: a title printed on every page does not."""
    for item in part:
        if isinstance(item, Line) and item.heading:
            return item.heading.section == "overview" or item.heading.number == "一"
        if isinstance(item, Token) and (tables := opening_labels().get(item.label)):
            return not tables.isdisjoint(_first_tables())
    return False


@cache
def _first_tables() -> frozenset[str]:
    return frozenset(form.tables[0].code for form in forms().values() if form.tables)


def _starts(flow: Flow) -> Iterator[int]:
    """Yield where a report may begin, apart from the first."""
    tables = chapters = 0
    seen_heading = False
    openings = opening_labels()
    telling = [
        (position, item) for position, item in enumerate(flow) if isinstance(item, Line) or item.label in openings
    ]
    for position, item in telling:
        if isinstance(item, Token):
            tables += 1
            continue
        if not (tables or chapters >= LEAST_CHAPTERS):
            chapters += item.heading is not None
            continue
        restart = item.heading is not None and item.heading.section == "overview" and seen_heading and tables > 0
        if restart or (item.heading is None and "报" in item.text and is_title(item.text)):
            yield _widened(flow, position, restart=restart)
            tables = chapters = 0
        seen_heading |= item.heading is not None
        chapters += item.heading is not None


def _widened(flow: Flow, position: int, *, restart: bool) -> int:
    """Return where a report begins of which a title line, or only the first chapter, is found."""
    above = _lines_above(flow, position)
    header = _header_above(flow, above[-1] if above else position)
    if header is not None:
        return header
    fields = (index for index in reversed(above) if _FIELD.match(_text(flow, index).strip()))
    if restart:
        begins = (
            index for index in reversed(above) if _BEGINS.search(_text(flow, index)) or _begins_title(flow, index)
        )
        return min(next(fields, position), next(begins, position))
    name = next((index for index in above if _text(flow, index).strip()), position)
    begin = name if position - name <= 2 and _NAME.fullmatch(_text(flow, name).strip()) else position
    return min(next(fields, position), begin)


def _lines_above(flow: Flow, position: int) -> list[int]:
    """Return the lines above a place, the nearest first, back to a heading or a table."""
    above: list[int] = []
    for index in range(position - 1, -1, -1):
        item = flow[index]
        if not isinstance(item, Line) or item.heading:
            break
        above.append(index)
    return above


def _header_above(flow: Flow, position: int) -> int | None:
    """Return where the table of catalogue fields begins that ends right above a place, or None."""
    last = flow[position - 1] if position else None
    if not isinstance(last, Token):
        return None
    start = position - 1
    while start and isinstance(item := flow[start - 1], Token) and item.at[0] == last.at[0]:
        start -= 1
    return start if _FIELD.match(_text(flow, start)) else None


def _begins_title(flow: Flow, index: int) -> bool:
    """Tell whether a line and the next are a title together."""
    following = flow[index + 1] if index + 1 < len(flow) else None
    if not isinstance(following, Line) or "报" not in following.text:
        return False
    return is_title(_text(flow, index).strip() + following.text.strip())


def _text(flow: Flow, index: int) -> str:
    return flow[index].text


def _is_report(part: Sequence[Line | Token]) -> bool:
    chapters = {item.heading.section for item in part if isinstance(item, Line) and item.heading}
    return len(chapters) >= LEAST_CHAPTERS or any(
        isinstance(item, Token) and item.label in opening_labels() for item in part
    )
