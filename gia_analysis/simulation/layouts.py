"""Printed tables as plain text, flattened in the three ways that crawled pages are.

- ``A``: each cell on its own line, followed by a line holding only ``|``; nothing marks the end of a row.
- ``B``: each cell on its own line after a TAB; an empty line ends the row.
- ``C``: a row on one line, its cells joined by ``|``.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from gia_analysis.errors import nearest
from gia_analysis.simulation.grid import Grid, with_hanging

Layout = Literal["A", "B", "C"]


def print_bars(grids: Sequence[Grid]) -> str:
    """Return tables in layout A. Cells hidden by a span are not printed; an empty cell is a bar alone."""
    cells = [cell for grid in grids for row in grid for cell in row]
    return "".join(f"{cell.text}\n|\n" if cell.text else "|\n" for cell in cells)


def print_tabs(grids: Sequence[Grid]) -> str:
    """Return tables in layout B. A cell that reaches down from above is printed as one empty cell; two lines end it."""
    rows = [row for grid in grids for row in with_hanging(grid)]
    return "".join("".join(f"\t{cell.text if cell else ''}\n" for cell in row) + "\n" for row in rows) + "\n"


def print_rows(grids: Sequence[Grid]) -> str:
    """Return tables in layout C. Cells hidden by a span are empty cells at the end, up to the widest row of all."""
    width = max(sum(cell.columns for cell in row) for grid in grids for row in grid)
    return "".join(_print_row([cell.text for cell in row], width) for grid in grids for row in grid)


def _print_row(texts: Sequence[str], width: int) -> str:
    filled = max((position for position, text in enumerate(texts, 1) if text), default=0)
    line = "".join(f"{text} | " for text in texts[:filled]) + "|" * (width - filled)
    return f"{line.rstrip()}\n"


_PRINTERS: Mapping[str, Callable[[Sequence[Grid]], str]] = {"A": print_bars, "B": print_tabs, "C": print_rows}


def print_tables(grids: Sequence[Grid], layout: Layout) -> str:
    """Return tables that follow each other without text between them, in one of the layouts.

    Raises:
        ValueError: there is no such layout; the message names those there are.
    """
    if layout not in _PRINTERS:
        raise ValueError(f"unknown layout {layout!r}: {nearest(layout, _PRINTERS)}")
    return _PRINTERS[layout](grids)
