"""A sheet as every spreadsheet format gives it: texts at places, and which places are joined or hidden."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gia_analysis.documents.limits import MOST_TABLE_CELLS, require_at_most

MOST_SHEETS = 1_000
MOST_CHARACTERS = 20_000_000  # of all cells of a document
LONGEST_CELL = 32_767  # characters; the most that a cell of Excel holds

Place = tuple[int, int]  # row and column, both from 0
Run = tuple[int, int]  # the first and the last of a run of rows or columns


class Range(NamedTuple):
    """A run of joined cells: its first and last row and column, from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """A sheet: the text of each cell that has one, joined cells, and hidden rows and columns; ``number`` is from 1."""

    number: int
    cells: dict[Place, str] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: list[Run] = field(default_factory=list)
    hidden_columns: list[Run] = field(default_factory=list)
    characters: int = 0

    def write(self, row: int, column: int, text: str) -> None:
        """Put a text into a cell; one of blanks is none.

        Raises:
            LimitError: it is longer than a cell can be, or the sheet has more cells or text than is read.
        """
        if not text or text.isspace():
            return
        self.characters += len(text)
        require_at_most(LONGEST_CELL, len(text), "characters in a cell")
        require_at_most(MOST_CHARACTERS, self.characters, "characters on a sheet")
        self.cells[row, column] = text.replace("\r\n", "\n").replace("\r", "\n")
        require_at_most(MOST_TABLE_CELLS, len(self.cells), "cells on a sheet")

    def merge(self, joined: Range) -> None:
        """Join cells.

        Raises:
            LimitError: more are joined than are read.
        """
        if joined.bottom > joined.top or joined.right > joined.left:
            self.merged.append(joined)
            require_at_most(MOST_TABLE_CELLS, len(self.merged), "joined cells on a sheet")


class Hidden:
    """Which rows, or columns, cannot be seen."""

    def __init__(self, runs: Iterable[Run]) -> None:
        joined: list[Run] = []
        for first, last in sorted(runs):
            if joined and first <= joined[-1][1] + 1:
                joined[-1] = joined[-1][0], max(last, joined[-1][1])
            else:
                joined.append((first, last))
        self._runs: Sequence[Run] = joined

    def __contains__(self, number: int) -> bool:
        return self.first_shown(number) != number

    def first_shown(self, number: int) -> int:
        """Return the first from a number on that can be seen."""
        position = bisect_right(self._runs, (number, number)) - 1
        for first, last in self._runs[max(position, 0) : position + 2]:
            if first <= number <= last:
                return last + 1
        return number


def require_sheets(sheets: Iterable[object]) -> None:
    """Refuse a workbook that has more sheets than are read.

    Raises:
        LimitError: it has.
    """
    require_at_most(MOST_SHEETS, sum(1 for _ in sheets), "sheets")
