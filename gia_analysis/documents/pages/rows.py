"""Where no lines tell the rows of a table: each line of figures is one, with the labels that stand around it.

A label belongs to the one line of figures that it stands beside.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gia_analysis.documents.model import TextCell
from gia_analysis.documents.pages.blocks import Bar, Block, find_blocks
from gia_analysis.documents.pages.columns import Column, columns_below
from gia_analysis.documents.pages.groups import Cells, raise_labels
from gia_analysis.documents.pages.pieces import Strip

_HALF = 0.5  # of a line's height: what is nearer stands on one line


@dataclass(slots=True)
class Row:
    """A row: where it stands, and its cells by the column in which they begin."""

    middle: float
    page: int
    cells: Cells = field(default_factory=dict)


def read_rows(strips: Sequence[Strip], columns: Sequence[Column], bars: Sequence[Bar]) -> list[tuple[TextCell, ...]]:
    """Return the rows of a table whose columns are known, with a cell for each column.

    A column without any figure has no blank cells: what is not printed there is not there.
    """
    blocks = find_blocks(strips, bars)
    for block in blocks:
        below = columns_below(
            min(piece.left for piece in block.pieces), max(piece.right for piece in block.pieces), columns
        )
        block.first, block.last = (below[0], below[-1]) if below else (0, 0)
    rows = _rows(blocks, columns)
    body = [row.cells for row in _below_head(rows, columns)]
    for number, column in enumerate(columns):
        if body and not column.is_of_figures:
            raise_labels(body, number)
    return [tuple(_cells(row, columns)) for row in rows if row.cells]


def _below_head(rows: Sequence[Row], columns: Sequence[Column]) -> Sequence[Row]:
    """Return the rows from the first with a figure on; where there is none, those below the fullest."""
    figures = (number for number, row in enumerate(rows) if any(_is_figure(b, columns) for b in row.cells.values()))
    fullest = max(range(len(rows)), key=lambda number: len(rows[number].cells), default=0)
    return rows[next(figures, fullest + 1) :]


def _cells(row: Row, columns: Sequence[Column]) -> Iterator[TextCell]:
    reach = -1
    for number, column in enumerate(columns):
        block = row.cells.get(number)
        if block:
            reach = max(reach, block.last)
            yield block.cell()
        else:
            yield TextCell("", page=row.page, absent=number <= reach or not column.is_of_figures)


def _rows(blocks: Sequence[Block], columns: Sequence[Column]) -> list[Row]:
    """Return the rows from top to bottom: one for each line of figures, and one for each other label."""
    rows: list[Row] = []
    for block in sorted((each for each in blocks if _is_figure(each, columns)), key=lambda each: each.middle):
        if not (rows and block.middle - rows[-1].middle < _HALF * (block.bottom - block.top)):
            rows.append(Row(block.middle, block.pieces[0].page))
        rows[-1].cells.setdefault(block.first, block)
    others: list[Row] = []
    for block in sorted((each for each in blocks if not _is_figure(each, columns)), key=lambda each: each.middle):
        beside = [row for row in rows if block.top <= row.middle <= block.bottom]
        if len(beside) == 1 and block.first not in beside[0].cells:
            beside[0].cells[block.first] = block
            continue
        row = next(
            (each for each in others if abs(each.middle - block.middle) < _HALF * (block.pieces[0].bottom - block.top)),
            None,
        )
        if row is None or block.first in row.cells:
            row = Row(block.middle, block.pieces[0].page)
            others.append(row)
        row.cells[block.first] = block
    return sorted([*rows, *others], key=lambda row: row.middle)


def _is_figure(block: Block, columns: Sequence[Column]) -> bool:
    return block.first == block.last and columns[block.first].is_of_figures and block.pieces[0].is_figure
