"""A document as one run of lines and cells in plain writing, with the headings that were glued to cells set free."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from gia_analysis.documents import Document, TableBlock, TextCell
from gia_analysis.forms import (
    has_words_of_taiwan,
    in_mainland_words,
    is_odd,
    is_traditional,
    known_labels,
    normalise,
    ordinary,
    simplified,
    variants,
)
from gia_analysis.reading.cut_rows import whole_rows
from gia_analysis.reading.headings import Heading, read_heading


@dataclass(slots=True, eq=False)
class Line:
    """A line of running text in plain writing, and as ``printed``; ``row`` is its place in the block, from 0.

    ``heading`` is set where it opens a chapter.
    """

    text: str
    printed: str
    block: int
    row: int
    line: int | None
    page: int | None = None
    heading: Heading | None = None


@dataclass(slots=True, eq=False)
class Token:
    """A cell of some table: as printed (``text``), as a label in plain writing, where it stood, and its table's shape.

    ``confidence`` and ``absent`` are those of the cell. ``unit`` is the unit of a figure that stands in a cell of its own
    beside it; ``plain`` the text in plain writing.
    """

    text: str
    label: str
    block: int
    row: int
    column: int
    line: int | None
    page: int | None
    row_ends_known: bool
    blanks_kept: bool
    rows_opened: bool = False
    columns_known: bool = False
    confidence: float | None = None
    absent: bool = False
    unit: str | None = None
    rewritten: str | None = None

    @property
    def plain(self) -> str:
        return self.text if self.rewritten is None else self.rewritten

    @property
    def is_blank(self) -> bool:
        return not self.label


_CHINESE = re.compile(r"[\u3400-\u9fff]")
_MOST_LINES_ABOVE = 2
_LONGEST_PART = 20
_LONGEST_LABEL = 80
_SENTENCE_ENDS = ("。", "！", "？")

Flow = tuple[Line | Token, ...]
Place = int | tuple[int, int]
Write = Callable[[str], str]


@lru_cache(maxsize=16_384)
def has_word(label: str) -> bool:
    """Tell whether a cell has a Chinese character, as every label has."""
    return _CHINESE.search(label) is not None


def place_of(token: Token) -> Place:
    """Return the line of the file that a cell stands in; where the file has no lines, its row of its block."""
    return (token.block, token.row) if token.line is None else token.line


def read_flow(document: Document) -> Flow:
    """Return the document's lines and cells in reading order."""
    plain, label = _writing(document)
    items: list[Line | Token] = []
    for number, block in enumerate(document.blocks):
        if isinstance(block, TableBlock):
            cells = list(_cells_of(block, number, plain, label))
            if cells and isinstance(cells[0], Token) and items and isinstance(items[-1], Line):
                cells[0] = _with_lines_above(cells[0], items, label)
            items += cells
        else:
            items += [
                _line(line.text, line.line, (number, row), block.page, plain) for row, line in enumerate(block.lines)
            ]
    return tuple(items)


def _cells_of(block: TableBlock, number: int, plain: Write, label: Write) -> Iterator[Line | Token]:
    as_printed = plain is str
    ends, blanks, opened, columns = block.row_ends_known, block.blanks_kept, block.rows_opened, block.columns_known
    for row_number, row in enumerate(whole_rows(block, label)):
        if columns and (alone := _line_alone(row, plain)):
            for text in alone.text.split("\n"):
                yield _line(text, alone.line, (number, row_number), alone.page or block.page, plain)
            continue
        for column, cell in enumerate(row):
            text, line, page, confidence, absent = cell
            if "\n" in text:
                yield from _split_cell(cell, block, (number, row_number, column), plain, label)
                continue
            words = None if as_printed else plain(text).strip()
            yield Token(  # thousands a report: no unpacking here
                text.strip(), label(text), number, row_number, column, line, page or block.page, ends, blanks, opened,
                columns, confidence, absent, None, words,
            )  # fmt: skip


def _line_alone(row: Sequence[TextCell], plain: Write) -> TextCell | None:
    """Return the one filled cell of a row if it is running text, as where a table frames the whole report.

    That is the heading of a chapter, or what ends as a sentence does.
    """
    filled = [cell for cell in row if cell.text]
    if len(filled) != 1:
        return None
    text = filled[0].text
    return filled[0] if text.rstrip().endswith(_SENTENCE_ENDS) or read_heading(plain(text)) else None


def _with_lines_above(cell: Token, items: list[Line | Token], label: Write) -> Token:
    """Return the first cell of a table with the lines right above it, where only together they are a label."""
    if not cell.label or cell.label in known_labels():
        return cell
    text = cell.text
    for count in range(1, _MOST_LINES_ABOVE + 1):
        line = items[-count] if count <= len(items) else None
        if not isinstance(line, Line) or line.heading or not 0 < len(line.text.strip()) <= _LONGEST_PART:
            break
        text = f"{line.printed}\n{text}"
        if (whole := label(text)) in known_labels():
            first = line.line
            del items[-count:]
            return replace(cell, text=text, label=whole, line=first)
    return cell


def _writing(document: Document) -> tuple[Write, Write]:
    """Return how this document's lines, and its labels, are brought into plain writing."""
    text = "\n".join(_texts(document))
    odd = is_odd(text)
    if not is_traditional(text):
        return (ordinary if odd else str), normalise

    rewrite = in_mainland_words if has_words_of_taiwan(text) else simplified

    def plain(line: str) -> str:
        words = ordinary(line) if odd else line
        short = simplified(words) if len(words) <= _LONGEST_LABEL else ""
        return short if normalise(short) in known_labels() else rewrite(words)

    def label(cell: str) -> str:
        words = normalise(cell)
        found = (normalise(simplified(words)), normalise(in_mainland_words(words)))
        other = found[has_words_of_taiwan(text)]
        return next((each for each in found if any(name in known_labels() for _, name in variants(each))), other)

    return plain, label


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, TableBlock):
            yield from (cell.text for row in block.rows for cell in row)
        else:
            yield from (line.text for line in block.lines)


def _line(text: str, line: int | None, place: tuple[int, int], page: int | None, plain: Write) -> Line:
    words = plain(text)
    return Line(words, text, *place, line, page, read_heading(words))


def _token(cell: TextCell, block: TableBlock, place: tuple[int, int, int], plain: Write, label: Write) -> Token:
    text, line, page, confidence, absent = cell
    words = None if plain is str else plain(text).strip()
    return Token(
        text.strip(), label(text), *place, line, page or block.page, block.row_ends_known, block.blanks_kept,
        block.rows_opened, block.columns_known, confidence, absent, None, words,
    )  # fmt: skip


def _split_cell(
    cell: TextCell, block: TableBlock, place: tuple[int, int, int], plain: Write, label: Write
) -> Iterator[Line | Token]:
    """Yield a cell of several lines; where a heading or a remark hangs on it, the cell before, that, the cell after."""
    lines = cell.text.split("\n")

    def token(begin: int, end: int) -> Token:
        line = None if cell.line is None else cell.line + begin
        return _token(cell._replace(text="\n".join(lines[begin:end]), line=line), block, place, plain, label)

    def freed(begin: int, end: int) -> Iterator[Line]:
        for offset in range(begin, end):
            line = None if cell.line is None else cell.line + offset
            yield _line(lines[offset], line, place[:2], cell.page or block.page, plain)

    whole = token(0, len(lines))
    if whole.label in known_labels():
        yield whole
        return
    heading = next((i for i, text in enumerate(lines) if read_heading(plain(text))), None)
    if heading is not None:
        if heading:
            yield token(0, heading)
        behind = range(heading + 1, len(lines))
        last = next(
            (i for i in behind if label("\n".join(lines[i:])) in known_labels()), max(heading + 1, len(lines) - 1)
        )
        yield from freed(heading, last)
        if last < len(lines):
            yield token(last, len(lines))
        return
    tail = next((i for i in range(1, len(lines)) if label("\n".join(lines[i:])) in known_labels()), None)
    if tail is None:
        yield whole
        return
    yield from freed(0, tail)
    yield token(tail, len(lines))
