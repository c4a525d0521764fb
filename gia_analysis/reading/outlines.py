"""What tells where the cells of a document's tables are, as a key: all that its true grids hold but their figures.

Running text has no part in it but as what stands between two tables, unless it is worded like a table, or like the
beginning of another report.
"""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from gia_analysis.documents import Document, TableBlock, TextCell
from gia_analysis.forms import is_plain, known_labels, normalise
from gia_analysis.reading.flow import Line, Shape, Token, has_word, line_alone, read_line
from gia_analysis.reading.loose import free_cells, may_open
from gia_analysis.reading.metadata import is_title
from gia_analysis.reading.regions import is_label_of_a_table
from gia_analysis.reading.splitting import LEAST_CHAPTERS, split_reports

_MOST_CELLS, MOST_TOLD = 5_000, 16_384
_LONGEST_TELLING, _LONGEST_TITLE = 120, 200  # characters of a line that may be more than running text
_FIGURE = re.compile(r"-\d+|\d+\.\d{1,6}", re.ASCII)
_LONGEST_PART = 20  # of one in which the first label of a table may begin
_NOTHING, _TEXT, _HEADING = range(3)  # what stands between two tables
_NEVER, _BEHIND, _ALWAYS = range(3)  # when a line may be more than that: never, behind tables or chapters, always
_NOT_PLAIN = 3  # in their place: it is not in plain writing


@dataclass(frozen=True, slots=True)
class Outline:
    """What documents have alike whose cells are at the same places.

    ``tables`` are the numbers of the blocks that it is made of, ``texts`` their cells, one after the other.
    """

    key: tuple[Hashable, ...]
    tables: tuple[int, ...]
    texts: Sequence[str]


def outline_of(document: Document) -> Outline | None:
    """Return the outline of a document in plain writing; None where more than that tells where its cells are."""
    key: list[Hashable] = []
    tables: list[int] = []
    texts: list[str] = []
    between, chapters, last, tells = _NOTHING, 0, "", False
    for number, block in enumerate(document.blocks):
        if not isinstance(block, TableBlock):
            for last in block.lines:
                if len(last) > _LONGEST_TELLING and (len(last) > _LONGEST_TITLE or not ("报" in last or "報" in last)):
                    between = between or (_NOTHING if last.isspace() else _TEXT)
                    continue
                what, when = _said_by(last)
                if what == _TEXT and when == _NEVER:  # as of most lines, of which there may be thousands
                    between = between or _TEXT
                    continue
                if when == _NOT_PLAIN:
                    return None
                tells |= when == _ALWAYS or (when == _BEHIND and (bool(tables) or chapters >= LEAST_CHAPTERS))
                chapters += what == _HEADING
                between = max(between, what)
            continue
        try:
            told = [*map(told_by.__getitem__, chain.from_iterable(block.rows))]
        except KeyError:
            return None
        if not block.columns_known or block.page is not None or _may_begin_in(last, block):
            return None
        last = ""
        if (between or not tables) and _is_of_no_form(block):
            continue
        key += [between, *map(len, block.rows), *told]
        texts += [cell[0] for row in block.rows for cell in row]
        if len(texts) > _MOST_CELLS:
            return None
        tables.append(number)
        between = _NOTHING
    if not tables or (tells and _is_told_by_lines(document)):
        return None
    return Outline(tuple(key), tuple(tables), texts)


def is_figure(text: str) -> bool:
    """Tell whether the text of a cell is a plain number: digits, perhaps with a minus or a fraction."""
    if text.isdecimal():
        return text.isascii()
    return _FIGURE.fullmatch(text) is not None


class _Told(dict[TextCell, str | None]):
    """What cells add to the key: a label adds itself, a figure the same as a blank, and one that is absent nothing.

    A cell whose place is told by more than its row and column, or that is not in plain writing, is a key that is missing.
    """

    def __missing__(self, cell: TextCell) -> str | None:
        text, line, page, confidence, absent = cell
        if not line is page is confidence is None:
            raise KeyError(cell)
        told = None if absent else "" if not text or is_figure(text) else text
        if told and not is_plain(told):
            raise KeyError(cell)
        if len(text) <= _LONGEST_TELLING:
            if len(self) >= MOST_TOLD:
                self.clear()
            self[cell] = told
        return told


told_by = _Told()


def _may_begin_in(line: str, block: TableBlock) -> bool:
    """Tell whether a line may be the beginning of the first label of the table below it."""
    first = next((row[0].text for row in block.rows if row), "")
    return bool(first) and 0 < len(line.strip()) <= _LONGEST_PART and normalise(first) not in known_labels()


def _is_of_no_form(block: TableBlock) -> bool:
    """Tell whether a table has no label of a form, and nothing in it is running text."""
    for row in block.rows:
        if line_alone(row, str):
            return False
        for text, *_ in row:
            if "\n" in text or is_label_of_a_table(normalise(text)):
                return False
    return True


@lru_cache(maxsize=16_384)
def _said_by(text: str) -> tuple[int, int]:
    """Return what a line is between two tables, and when it may be more."""
    if not is_plain(text):
        return _TEXT, _NOT_PLAIN
    line = read_line(text, None, (0, 0), None, str)
    if line.heading:
        return _HEADING, _BEHIND if line.heading.section == "overview" else _NEVER
    if may_open(line):
        return _TEXT, _ALWAYS
    if is_title(text):
        return _TEXT, _BEHIND
    return _TEXT if text.strip() else _NOTHING, _NEVER


def _is_told_by_lines(document: Document) -> bool:
    """Tell whether lines are cells, or begin another report, where a table is nothing but a table between them."""
    flow: list[Line | Token] = []
    for number, block in enumerate(document.blocks):
        if isinstance(block, TableBlock):
            labels = [label for row in block.rows for cell in row if has_word(label := normalise(cell.text))]
            flow += [Token(label, label, (number, 0), 0, None, None, _TABLE) for label in labels]
        else:
            flow += [read_line(line, None, (number, row), None, str) for row, line in enumerate(block.lines)]
    freed = free_cells(tuple(flow))
    return freed != tuple(flow) or len(split_reports(freed)) > 1


_TABLE = Shape(row_ends_known=True, blanks_kept=True, columns_known=True)
