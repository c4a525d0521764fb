"""Printed tables as plain text, flattened in the ways that crawled pages are.

- ``A``: each cell on its own line, followed by a line holding only ``|``; nothing marks the end of a row.
- ``B``: each cell on its own line after a TAB; an empty line ends the row.
- ``C``: a row on one line, its cells joined by ``|``.
- ``C_collapsed``: as ``C``, with the empty cells of a row moved to its end.
- ``D``: each cell on its own line before a ``|``, those that spans hide as one line of bars at the end of the row.
- ``D_collapsed``: as ``D``, with the empty cells of a row moved to its end.
- ``E``: as ``D``, each row opened by a line holding only ``|``.
- ``F``: each cell on its own line, nothing between them; empty cells vanish.
- ``H``: Markdown, a row on one line between bars, each cell in its column.
- ``H_ruled``: as ``H``, with a line of dashes after the first row.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

from gia_analysis.errors import nearest
from gia_analysis.simulation.grid import Grid, GridCell, with_hanging, with_hidden

Layout = Literal["A", "B", "C", "C_collapsed", "D", "D_collapsed", "E", "F", "H", "H_ruled"]

KEEPS_BLANKS: frozenset[Layout] = frozenset({"A", "B", "D", "E", "H", "H_ruled"})
"""The layouts in which an empty cell is always seen. In ``C`` one at the end of a row may as well be padding."""


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
    width = _width(grids)
    return "".join(_print_row(_up_to_the_last_filled(row), width) for grid in grids for row in grid)


def print_collapsed_rows(grids: Sequence[Grid]) -> str:
    """Return tables in layout C without their empty cells: as many bars more stand at the end of the row."""
    width = _width(grids)
    return "".join(_print_row(_filled(row), width) for grid in grids for row in grid)


def print_cells(grids: Sequence[Grid]) -> str:
    """Return tables in layout D. An empty cell is a bar alone."""
    return "".join(_cell_lines(grids, _texts))


def print_collapsed_cells(grids: Sequence[Grid]) -> str:
    """Return tables in layout D without their empty cells: as many bars more are in the line that ends the row."""
    return "".join(_cell_lines(grids, _filled))


def print_opened_cells(grids: Sequence[Grid]) -> str:
    """Return tables in layout E."""
    return "".join(f"|\n{row}" for row in _cell_lines(grids, _texts))


def print_paragraphs(grids: Sequence[Grid]) -> str:
    """Return tables in layout F: what stands in their cells, line by line."""
    return "".join(f"{text}\n" for grid in grids for row in grid for text in _filled(row))


def print_markdown(grids: Sequence[Grid]) -> str:
    """Return tables in layout H, all as wide as the widest. Cells hidden by a span are empty."""
    return "".join(_markdown_lines(grids))


def print_ruled_markdown(grids: Sequence[Grid]) -> str:
    """Return tables in layout H, with the line of dashes that Markdown asks for below the first row."""
    first, *others = _markdown_lines(grids)
    return "".join([first, f"|{'---|' * _width(grids)}\n", *others])


def _width(grids: Sequence[Grid]) -> int:
    return max(sum(cell.columns for cell in row) for grid in grids for row in grid)


def _texts(row: Iterable[GridCell]) -> list[str]:
    return [cell.text for cell in row]


def _filled(row: Iterable[GridCell]) -> list[str]:
    return [cell.text for cell in row if cell.text]


def _up_to_the_last_filled(row: Sequence[GridCell]) -> list[str]:
    end = max((position for position, cell in enumerate(row, 1) if cell.text), default=0)
    return _texts(row[:end])


def _print_row(texts: Sequence[str], width: int) -> str:
    line = "".join(f"{text} | " for text in texts) + "|" * (width - len(texts))
    return f"{line.rstrip()}\n"


def _cell_lines(grids: Sequence[Grid], texts_of: Callable[[Iterable[GridCell]], list[str]]) -> Iterable[str]:
    """Yield the lines of each row: one for each cell, and one of a bar for every cell that is left up to the width."""
    width = _width(grids)
    for grid in grids:
        for row in grid:
            texts = texts_of(row)
            rest = "|" * (width - len(texts))
            yield "".join(f"{text} |\n" if text else "|\n" for text in texts) + (f"{rest}\n" if rest else "")


def _markdown_lines(grids: Sequence[Grid]) -> Iterable[str]:
    width = _width(grids)
    for grid in grids:
        for texts in with_hidden(grid):
            cells = texts + [""] * (width - len(texts))
            yield f"| {' | '.join(cells)} |\n"


_PRINTERS: Mapping[str, Callable[[Sequence[Grid]], str]] = {
    "A": print_bars,
    "B": print_tabs,
    "C": print_rows,
    "C_collapsed": print_collapsed_rows,
    "D": print_cells,
    "D_collapsed": print_collapsed_cells,
    "E": print_opened_cells,
    "F": print_paragraphs,
    "H": print_markdown,
    "H_ruled": print_ruled_markdown,
}


def print_tables(grids: Sequence[Grid], layout: Layout) -> str:
    """Return tables that follow each other without text between them, in one of the layouts.

    Raises:
        ValueError: there is no such layout; the message names those there are.
    """
    if layout not in _PRINTERS:
        raise ValueError(f"unknown layout {layout!r}: {nearest(layout, _PRINTERS)}")
    return _PRINTERS[layout](grids)
