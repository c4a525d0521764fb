"""A document as one run of lines and cells in plain writing, with the headings that were glued to cells set free."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from gia_analysis.documents import Block, Document, TableBlock, TextCell
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
from gia_analysis.reading.headings import Heading, is_row_label, read_heading, read_heading_in_text

Position = tuple[int, int]  # of a row in the document: the number of its block and its own there, both from 0


@dataclass(slots=True, eq=False)
class Line:
    """A line of running text in plain writing, and as ``printed``; ``heading`` is set where it opens a chapter.

    ``unsure`` is set instead where it would, but reads like a row of a table as well.
    """

    text: str
    printed: str
    at: Position
    line: int | None
    page: int | None = None
    heading: Heading | None = None
    unsure: Heading | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """How far the shape of a table can be trusted, as its ``TableBlock`` says; one for all its cells."""

    row_ends_known: bool
    blanks_kept: bool
    rows_opened: bool = False
    columns_known: bool = False


@dataclass(slots=True, eq=False)
class Token:
    """A cell of some table: as printed (``text``), as a label in plain writing, where it stood, and its table's shape.

    ``confidence`` and ``absent`` are those of the cell. ``unit`` is the unit of a figure that stands in a cell of its own
    beside it; ``plain`` the text in plain writing.
    """

    text: str
    label: str
    at: Position
    column: int
    line: int | None
    page: int | None
    shape: Shape
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
Place = int | Position
Write = Callable[[str], str]


@lru_cache(maxsize=16_384)
def has_word(label: str) -> bool:
    """Tell whether a cell has a Chinese character, as every label has. Ask ``label.isascii()`` first where it matters."""
    return _CHINESE.search(label) is not None


def place_of(token: Token) -> Place:
    """Return the line of the file that a cell stands in; where the file has no lines, its row of its block."""
    return token.at if token.line is None else token.line


def read_flow(document: Document) -> Flow:
    """Return the document's lines and cells in reading order."""
    plain, label = _writing(document)
    items: list[Line | Token] = []
    for number, block in enumerate(document.blocks):
        if isinstance(block, TableBlock):
            cells = _cells_of(block, number, plain, label)
            if cells and isinstance(cells[0], Token) and items and isinstance(items[-1], Line):
                cells[0] = _with_lines_above(cells[0], items, label)
            items += cells
        else:
            numbers = block.numbers or (None,) * len(block.lines)
            items += [
                read_line(text, line, (number, row), block.page, plain)
                for row, (text, line) in enumerate(zip(block.lines, numbers, strict=True))
            ]
    return tuple(items)


def _cells_of(block: TableBlock, number: int, plain: Write, label: Write) -> list[Line | Token]:
    found: list[Line | Token] = []
    shape = Shape(block.row_ends_known, block.blanks_kept, block.rows_opened, block.columns_known)
    as_printed = plain is str
    written: dict[str, tuple[str, str, str | None]] = {}  # most cells of a table are the same few texts
    for row_number, row in enumerate(whole_rows(block, label)):
        at = (number, row_number)
        if block.columns_known and (alone := line_alone(row, plain)):
            page = alone.page or block.page
            found += [read_line(text, alone.line, at, page, plain) for text in alone.text.split("\n")]
            continue
        for column, cell in enumerate(row):
            text, line, page, confidence, absent = cell
            if "\n" in text:
                found += _split_cell(cell, block.page, (at, column), shape, plain, label)
                continue
            known = written.get(text)
            if known is None:
                known = written[text] = text.strip(), label(text), None if as_printed else plain(text).strip()
            printed, words, rewritten = known
            found.append(
                Token(printed, words, at, column, line, page or block.page, shape, confidence, absent, None, rewritten)
            )
    return found


def line_alone(row: Sequence[TextCell], plain: Write) -> TextCell | None:
    """Return the one filled cell of a row if it is running text, as where a table frames the whole report.

    That is the heading of a chapter, or what ends as a sentence does.
    """
    alone: TextCell | None = None
    for cell in row:
        if cell.text:
            if alone is not None:
                return None
            alone = cell
    if alone is None:
        return None
    return alone if alone.text.rstrip().endswith(_SENTENCE_ENDS) or read_heading(plain(alone.text)) else None


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
    text = "\n".join(_texts(document.blocks))
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


def _texts(blocks: Sequence[Block]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, TableBlock):
            found += [cell[0] for row in block.rows for cell in row]
        else:
            found += block.lines
    return found


def read_line(text: str, line: int | None, at: Position, page: int | None, plain: Write) -> Line:
    """Return a line of running text, and whether it is a heading."""
    words = plain(text)
    heading = read_heading_in_text(words)
    if heading and is_row_label(words):
        return Line(words, text, at, line, page, None, heading)
    return Line(words, text, at, line, page, heading)


def _token(
    cell: TextCell, page: int | None, place: tuple[Position, int], shape: Shape, plain: Write, label: Write
) -> Token:
    text, line, own_page, confidence, absent = cell
    words = None if plain is str else plain(text).strip()
    return Token(text.strip(), label(text), *place, line, own_page or page, shape, confidence, absent, None, words)


def _split_cell(
    cell: TextCell, page: int | None, place: tuple[Position, int], shape: Shape, plain: Write, label: Write
) -> Iterator[Line | Token]:
    """Yield a cell of several lines; where a heading or a remark hangs on it, the cell before, that, the cell after."""
    lines = cell.text.split("\n")

    def token(begin: int, end: int) -> Token:
        line = None if cell.line is None else cell.line + begin
        return _token(cell._replace(text="\n".join(lines[begin:end]), line=line), page, place, shape, plain, label)

    def freed(begin: int, end: int) -> Iterator[Line]:
        for offset in range(begin, end):
            line = None if cell.line is None else cell.line + offset
            yield read_line(lines[offset], line, place[0], cell.page or page, plain)

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
