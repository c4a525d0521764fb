"""Cells with spans → the true grid of a table: every row with a cell at every column that the table printed there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeGuard

from gia_analysis.documents.limits import MOST_COLUMNS, MOST_TABLE_CELLS, require_at_most
from gia_analysis.documents.model import TableBlock, TextCell

TO_THE_END = 0  # rows of a cell that reaches down to the end of its table


class SpanCell(NamedTuple):
    """A cell as a document declares it, with how many rows and columns it spans."""

    text: str
    rows: int = 1
    columns: int = 1
    line: int | None = None
    page: int | None = None


@dataclass(slots=True)
class GridBudget:
    """How many cells the tables of one document may still have."""

    left: int = MOST_TABLE_CELLS

    def spend(self, cells: int) -> None:
        """Take cells from the budget.

        Raises:
            LimitError: there are not as many left.
        """
        self.left -= cells
        if self.left < 0:
            require_at_most(MOST_TABLE_CELLS, MOST_TABLE_CELLS - self.left, "cells in its tables")


def expand(rows: Sequence[Iterable[SpanCell | TextCell]], budget: GridBudget, *, page: int | None = None) -> TableBlock:
    """Return the grid of a table whose rows hold the cells that begin in them, as HTML lays them out.

    A cell stands at the first column that no cell from above reaches into. Its text is in the first row and column of
    its span, the others are ``absent``. Spans end with the table. A row that prints fewer cells than others is shorter.
    A cell that is finished already is one of a single row and column.

    Raises:
        LimitError: the document has more cells than are read.
    """
    grid: list[tuple[TextCell, ...]] = []
    hanging: dict[int, int] = {}  # column → rows that a cell from above still reaches into
    finished = 0
    for number, cells in enumerate(map(tuple, rows)):
        if not hanging and _are_finished(cells):  # as in most rows
            finished += len(cells)
            grid.append(cells)
            continue
        row: list[TextCell] = []
        below: dict[int, int] = {}
        spent = 0
        for cell in cells:
            while hanging and len(row) in hanging:
                _hide(row, hanging, below)
            if isinstance(cell, TextCell):
                row.append(cell)
                continue
            text, height, columns, line, its_page = cell
            first = len(row)
            row.append(TextCell(text, line, its_page))
            if columns != 1 and 0 < columns <= MOST_COLUMNS:
                budget.spend(columns)
                spent += columns
                row += [_ABSENT] * (columns - 1)
                for column in hanging.keys() & range(first + 1, len(row)):
                    del hanging[column]
            if height != 1 and (reach := _reach(height, len(rows) - number)):
                below |= dict.fromkeys(range(first, len(row)), reach)
        while hanging:
            if len(row) in hanging:
                _hide(row, hanging, below)
            else:
                row.append(_ABSENT)
        budget.spend(len(row) - spent)
        grid.append(tuple(row))
        hanging = below
    budget.spend(finished)
    return TableBlock(tuple(grid), row_ends_known=True, blanks_kept=True, layout="grid", page=page, columns_known=True)


def _are_finished(cells: tuple[SpanCell | TextCell, ...]) -> TypeGuard[tuple[TextCell, ...]]:
    return SpanCell not in map(type, cells)


_ABSENT = TextCell("", absent=True)


def _reach(height: int, left: int) -> int:
    """Return into how many rows a cell reaches below its own, of as many as are left from its own on."""
    return left - 1 if height == TO_THE_END else max(0, min(height, left) - 1)


def _hide(row: list[TextCell], hanging: dict[int, int], below: dict[int, int]) -> None:
    """Add a cell that one from above reaches into."""
    column = len(row)
    rows = hanging.pop(column)
    if rows > 1:
        below[column] = rows - 1
    row.append(_ABSENT)
