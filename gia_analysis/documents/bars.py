"""Flattened tables whose cells are parted by bars: layouts A, C, D, E and H of plain text.

- ``A``: a cell is one or more lines, followed by a line holding only ``|``; row ends are not marked.
- ``C``: a row is one line of cells joined by ``|``, filled up with empty cells at its end.
- ``D``: a cell is one line ending in ``|``, an empty one a bar alone; a line of several bars are cells hidden by a span;
  row ends are not marked.
- ``E``: as ``D``, and a line holding only ``|`` opens each row.
- ``H``: Markdown: as ``C`` with a bar before the first cell.

In C and D blanks may have been dropped and their bars moved to the end of the row. That is told apart by what such a
text cannot show: an empty cell before a figure.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from gia_analysis.documents.model import TableBlock, TextCell

_LONGEST_CELL_LINES = 3
_LONGEST_CELL_LINE = 80
_LONGEST_PART = 40
_LEAST_CLOSED = 3
_LEAST_BLANKS = 2
_MOST_CELLS = 200  # no row of any form is a tenth as wide
_FIGURE = re.compile(
    r"[+\-−－增减]?[\d０-９OolI]+(?:[,，][\d０-９]+)*(?:[.．][\d０-９]+)?\s*[万亿]?[元件条次项个人篇起宗份]{0,2}[①-⑳*＊※注\[\]()（）\d]{0,4}"
)
_UNSEEN = " \t\n\u3000\xa0\u200b\u200c\u200d\u2060\ufeff"
_BLANK = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_CHAPTER = re.compile(r"第?[一二三四五六七八九十]{1,3}(?:[、.．]|部分)\S*(?:情况|情況|事项|事項|措施|概述)[:：]?")
_RULE = re.compile(r"[\s|:\-]*-{2,}[\s|:\-]*")
_SENTENCE_END = "。；;：:！!？?"

_PINYIN = re.compile(r"[(（][a-z]{1,6}[)）]")

_LineKind = Literal["bars", "closed", "row", "plain"]


@dataclass(slots=True)
class _Run:
    """Lines of one layout in a row, with their numbers from 0."""

    kind: Literal["cells", "rows"]
    numbers: list[int] = field(default_factory=list)


def is_bar(line: str) -> bool:
    """Tell whether a line holds one bar and nothing else."""
    return line.strip() == "|"


def read_bars(lines: Sequence[str], start: int) -> tuple[list[TableBlock], int] | None:
    """Return the tables that begin in a line, and the number of the line after them; None where none begins."""
    line = lines[start]
    if "|" not in line:
        followed = line.strip() and start + 1 < len(lines) and is_bar(lines[start + 1])
        if not followed or _opens_closed_cells(lines, start + 1):
            return None
        return _read_apart(lines, start)
    if is_bar(line) and not _opens_closed_cells(lines, start):
        return _read_apart(lines, start)
    return _read_joined(lines, start)


def _opens_closed_cells(lines: Sequence[str], start: int) -> bool:
    """Tell whether the first text behind a bar alone ends in a bar itself, at once or in the line where it goes on."""
    following = [line for line in lines[start + 1 : start + 12] if not is_bar(line)][:_LONGEST_CELL_LINES]
    for line in following:
        if "|" in line or not _is_part(line):
            return "|" in line
    return False


def _read_apart(lines: Sequence[str], start: int) -> tuple[list[TableBlock], int] | None:
    """Layout A: everything up to a line with a bar is a cell, as long as it is short enough to be one."""
    cells: list[TextCell] = []
    end = position = start
    while (bar := _next_bar(lines, position)) is not None:
        content = [(index, lines[index]) for index in range(position, bar) if lines[index].strip()]
        first = content[0][0] if content else bar
        cells.append(TextCell("\n".join(text for _, text in content), first + 1))
        end = position = bar + 1
    if not cells:
        return None
    return [TableBlock((tuple(cells),), row_ends_known=False, blanks_kept=True, layout="A")], end


def _next_bar(lines: Sequence[str], position: int) -> int | None:
    content = 0
    for index in range(position, len(lines)):
        line = lines[index]
        if is_bar(line):
            return index
        if "|" in line or line.startswith("\t"):
            return None
        content += bool(line.strip())
        if content > _LONGEST_CELL_LINES or (len(line) > _LONGEST_CELL_LINE and _is_paragraph(line)):
            return None
    return None


def _is_paragraph(line: str) -> bool:
    """Tell whether a long line is too long for a cell, even without the pinyin that hacked mirrors put into it."""
    return len(_PINYIN.sub("", line[: _LONGEST_CELL_LINE * 8])) > _LONGEST_CELL_LINE


def _read_joined(lines: Sequence[str], start: int) -> tuple[list[TableBlock], int]:
    """Layouts C, D, E and H: the lines from here on that hold bars, and the parts of broken cells between them."""
    end = _end_of_run(lines, start)
    kinds = {number: _kind(lines[number]) for number in range(start, end)}
    tables = [
        _read_cells(lines, run.numbers, kinds) if run.kind == "cells" else _read_rows(lines, run.numbers)
        for run in _runs(range(start, end), kinds)
    ]
    return tables, end


def _end_of_run(lines: Sequence[str], start: int) -> int:
    end = start + 1
    while end < len(lines):
        line = lines[end]
        if "|" in line:
            if is_bar(line) and end + 1 < len(lines) and _kind(lines[end + 1]) == "plain" and _begins_apart(lines, end):
                break
            end += 1
        elif _is_part(line) and end + 1 < len(lines) and _goes_on(lines[end + 1]):
            end += 1
        else:
            break
    return end


def _goes_on(line: str) -> bool:
    """Tell whether a line begins with text and has a bar behind it."""
    return "|" in line and not line.lstrip().startswith("|")


def _begins_apart(lines: Sequence[str], bar: int) -> bool:
    """Tell whether layout A begins after a bar: a plain line, then a bar alone, twice."""
    texts = lines[bar + 1 : bar + 5 : 2]
    bars = lines[bar + 2 : bar + 6 : 2]
    return len(bars) == len(texts) == 2 and all(map(is_bar, bars)) and not any("|" in text for text in texts)


def _is_part(line: str) -> bool:
    text = line.strip()
    if not 0 < len(text) <= _LONGEST_PART or text[-1] in _SENTENCE_END or line.startswith("\t"):
        return False
    return _CHAPTER.fullmatch(text) is None


def _kind(line: str) -> _LineKind:
    bars = line.count("|")
    text = line.strip()
    if not bars:
        return "plain"
    if bars == len(text.replace(" ", "").replace("\u3000", "").replace("\xa0", "").replace("\t", "")):
        return "bars"
    return "closed" if bars == 1 and text.endswith("|") else "row"


def _runs(numbers: range, kinds: dict[int, _LineKind]) -> Iterator[_Run]:
    """Split lines between rows of several cells and stretches of one cell a line; a short stretch belongs to rows."""
    runs: list[_Run] = []
    stretch: list[int] = []
    for number in [*numbers, -1]:
        if number >= 0 and kinds[number] != "row":
            stretch.append(number)
            continue
        closed = sum(kinds[each] == "closed" for each in stretch)
        if closed >= _LEAST_CLOSED or (closed and len(stretch) == len(numbers)):
            runs.append(_Run("cells", stretch))
        elif stretch:
            _extend_rows(runs, stretch)
        if number >= 0:
            _extend_rows(runs, [number])
        stretch = []
    yield from runs


def _extend_rows(runs: list[_Run], numbers: list[int]) -> None:
    if not runs or runs[-1].kind != "rows":
        runs.append(_Run("rows"))
    runs[-1].numbers += numbers


def _read_cells(lines: Sequence[str], numbers: Sequence[int], kinds: dict[int, _LineKind]) -> TableBlock:
    """Layouts D and E: one cell a line."""
    opened = is_bar(lines[numbers[0]])
    kept = _keeps_blanks([(lines[number], kinds[number]) for number in numbers], opened=opened)
    cells: list[TextCell] = []
    part: list[tuple[int, str]] = []
    for number in numbers:
        if kinds[number] == "bars" and kept and not is_bar(lines[number]):
            continue  # cells hidden by a span; those of the table stand one a line
        if kinds[number] == "bars":
            cells += [TextCell("", number + 1)] * min(lines[number].count("|"), _MOST_CELLS)
        elif kinds[number] == "plain":
            part.append((number, lines[number]))
        else:
            texts = [*(text for _, text in part), lines[number].rstrip().removesuffix("|").strip(" ")]
            first = part[0][0] if part else number
            cells.append(TextCell("\n".join(texts), first + 1))
            part = []
    return TableBlock(
        (tuple(cells),),
        row_ends_known=False,
        blanks_kept=kept,
        layout="E" if opened else "D",
        rows_opened=opened,
    )


def _keeps_blanks(lines: Sequence[tuple[str, _LineKind]], *, opened: bool) -> bool:
    """Tell whether empty cells are where they were.

    Where blanks were dropped, the bars of a row stand in one line behind its last figure; so bars before a figure, or in
    several lines behind one, tell that they were not. Without bars behind figures nothing can have been dropped.
    """
    suspicious = opens_row = False
    for before, bars, after in _gaps(lines):
        if after and bars and (before or bars.count(1) > (opened and not opens_row)):
            return True
        # in layout E the bar before a row's first cell is no cell, and behind that cell there is no such bar
        opens_row = bool(bars)
        if before and len(bars) - opened >= _LEAST_BLANKS:
            return True
        suspicious |= before and (any(count > 1 for count in bars) if opened else bool(bars))
    return not suspicious


@lru_cache(maxsize=4_096)
def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(_BLANK.sub("", text)) is not None


def _gaps(lines: Sequence[tuple[str, _LineKind]]) -> Iterator[tuple[bool, list[int], bool]]:
    """Yield what stands between each cell and the next: whether they are figures, and the bars of each line of bars."""
    before, bars = False, list[int]()
    for line, kind in lines:
        if kind == "bars":
            bars.append(line.count("|"))
            continue
        after = _is_figure(line.rstrip().removesuffix("|"))
        yield before, bars, after
        before, bars = after, []
    yield before, bars, False


def _read_rows(lines: Sequence[str], numbers: Sequence[int]) -> TableBlock:
    """Layouts C and H: a line is a row. A row that lacks its last bar, where others have one, goes on in the next."""
    filled = [number for number in numbers if lines[number].strip(" |\t\u3000\xa0")]
    markdown = bool(filled) and all(lines[number].lstrip().startswith("|") for number in filled)
    closed = sum(lines[number].rstrip().endswith("|") for number in numbers) * 2 > len(numbers)
    rows: list[tuple[TextCell, ...]] = []
    broken = ""
    first = numbers[0]
    for number in numbers:
        line = f"{broken}\n{lines[number]}" if broken else lines[number]
        first = first if broken else number
        goes_on = "|" not in lines[number] or (closed and not line.rstrip().endswith("|"))
        if goes_on and number != numbers[-1]:
            broken = line
            continue
        broken = ""
        if markdown and _RULE.fullmatch(line):
            continue
        row = line.lstrip().removeprefix("|") if markdown else line
        if "\n" in row:
            rows.append(tuple(_cells_of(row, first + 1)))
        else:
            rows.append(tuple([TextCell(text.strip(" "), first + 1) for text in _split_row(row)]))
    gathered = any(line.rstrip().endswith("||") for line in (lines[number] for number in filled))
    kept = any(_has_inner_blank(row) for row in rows) or (markdown and not gathered)
    return TableBlock(tuple(rows), row_ends_known=True, blanks_kept=kept, layout="H" if markdown else "C")


def _cells_of(row: str, line: int) -> Iterator[TextCell]:
    """Yield the cells of a row that goes over several lines, each with the line in which its text begins."""
    for text in _split_row(row):
        content = text.strip(" ")
        begin = content.lstrip("\n \t")
        yield TextCell(begin, line + content[: len(content) - len(begin)].count("\n"))
        line += text.count("\n")


def _split_row(line: str) -> list[str]:
    parts = line.split("|", _MOST_CELLS)
    if not parts[-1].strip():
        parts.pop()
    return parts


def _has_inner_blank(row: Sequence[TextCell]) -> bool:
    """Tell whether an empty cell stands before a figure."""
    texts = [cell.text.strip(_UNSEEN) for cell in row]
    while texts and not texts[-1]:
        texts.pop()
    if all(texts):
        return False
    texts = [_BLANK.sub("", text) for text in texts]
    last = next((index for index in range(len(texts) - 1, -1, -1) if _is_figure(texts[index])), 0)
    return not all(texts[:last])
