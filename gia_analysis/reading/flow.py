"""A document as one run of lines and cells, with the headings that were glued to cells set free."""

from collections.abc import Iterator
from dataclasses import dataclass

from gia_analysis.documents import Document, TableBlock, TextCell
from gia_analysis.forms import normalise
from gia_analysis.reading.headings import Heading, read_heading


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running text; ``heading`` is set where it opens a chapter."""

    text: str
    block: int
    line: int | None
    heading: Heading | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """A cell of some table, where it stood, and what is known of that table's shape."""

    text: str
    label: str
    block: int
    row: int
    column: int
    line: int | None
    page: int | None
    row_ends_known: bool
    blanks_kept: bool

    @property
    def is_blank(self) -> bool:
        return not self.label


Flow = tuple[Line | Token, ...]


def read_flow(document: Document) -> Flow:
    """Return the document's lines and cells in reading order."""
    return tuple(_items(document))


def _items(document: Document) -> Iterator[Line | Token]:
    for number, block in enumerate(document.blocks):
        if isinstance(block, TableBlock):
            for row_number, row in enumerate(block.rows):
                for column, cell in enumerate(row):
                    yield from _split_cell(cell, block, number, row_number, column)
        else:
            for line in block.lines:
                yield Line(line.text, number, line.line, read_heading(line.text))


def _split_cell(cell: TextCell, block: TableBlock, number: int, row: int, column: int) -> Iterator[Line | Token]:
    """Yield the cell; where a chapter heading hangs on it, the cell before, the heading, the cell after."""

    def token(text: str, offset: int = 0) -> Token:
        line = None if cell.line is None else cell.line + offset
        return Token(
            text.strip(),
            normalise(text),
            number,
            row,
            column,
            line,
            block.page,
            block.row_ends_known,
            block.blanks_kept,
        )

    if "\n" not in cell.text:
        yield token(cell.text)
        return
    lines = cell.text.split("\n")
    found = next(((i, heading) for i, text in enumerate(lines) if (heading := read_heading(text))), None)
    if found is None:
        yield token(cell.text)
        return
    position, heading = found
    if position:
        yield token("\n".join(lines[:position]))
    line = None if cell.line is None else cell.line + position
    yield Line(lines[position], number, line, heading)
    for offset, text in enumerate(lines[position + 1 : -1], position + 1):
        yield Line(text, number, None if cell.line is None else cell.line + offset, read_heading(text))
    if position + 1 < len(lines):
        yield token(lines[-1], len(lines) - 1)
