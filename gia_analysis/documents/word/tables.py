"""The rows of a Word table → its true grid; of a table that only frames others, what its cells hold, in order."""

from collections.abc import Sequence
from itertools import accumulate, groupby
from typing import NamedTuple

from gia_analysis.documents.grid import GridBudget
from gia_analysis.documents.limits import MOST_COLUMNS
from gia_analysis.documents.model import TableBlock, TextCell
from gia_analysis.documents.package import Element
from gia_analysis.documents.word.names import VALUE, whole_number

Piece = str | TableBlock  # a paragraph or a table

RESTART, CONTINUE = "restart", "continue"
_ABSENT = TextCell("", absent=True)
_SLIVER = 170  # twentieths of a point, 3 mm: no figure is printed in less


class WordCell(NamedTuple):
    """A cell as declared: what it holds, how many columns it spans, and its part in a merge.

    ``down`` is ``RESTART`` where cells below may be merged into it and ``CONTINUE`` where it is merged into the one
    above; ``across`` says that it is merged into the one before.
    """

    pieces: list[Piece]
    span: int
    down: str | None
    across: bool


class WordRow(NamedTuple):
    """The cells of a row, how many columns are left free before them, and whether any of them holds a table."""

    cells: list[WordCell]
    before: int
    has_table: bool


def span_of(element: Element) -> int:
    """Return how many columns a ``gridSpan`` declares."""
    return whole_number(element.get(VALUE), 1) or 1


def part_in_merge(element: Element) -> str:
    """Return ``RESTART`` or ``CONTINUE``, whichever a ``vMerge`` or ``hMerge`` says; one without value goes on."""
    return RESTART if element.get(VALUE) == RESTART else CONTINUE


def lay_out(rows: Sequence[WordRow], widths: Sequence[int], budget: GridBudget) -> list[Piece]:
    """Return what a table comes to: a grid; or, where it is a frame, what its cells hold.

    A frame has one column, or tables in its cells; rows without any stay a grid. ``widths`` are the widths declared for
    its columns, in twentieths of a point.

    Raises:
        LimitError: the tables of the document have more cells than are read.
    """
    widths = widths[:MOST_COLUMNS]
    slivers = _slivers(rows, widths)
    if slivers:
        kept = list(accumulate((column not in slivers for column in range(len(widths))), initial=0))
        rows = [_without_slivers(row, kept) for row in rows]
    width = max([len(widths) - len(slivers), *(row.before + len(row.cells) for row in rows)])
    one_column = all(len(row.cells) <= 1 for row in rows)
    pieces: list[Piece] = []
    for is_frame, group in groupby(rows, lambda row: one_column or row.has_table):
        if is_frame:
            pieces += [piece for row in group for cell in row.cells for piece in cell.pieces]
        else:
            pieces.append(_grid(list(group), width, budget))
    return pieces


def _slivers(rows: Sequence[WordRow], widths: Sequence[int]) -> set[int]:
    """Return the columns which are there only because edges of cells that belong together do not quite meet."""
    slivers = {column for column, width in enumerate(widths) if 0 < width < _SLIVER}
    if slivers:
        for row in rows:
            column = row.before
            for cell in row.cells:
                covered = range(column, min(column + cell.span, len(widths)))
                if slivers.issuperset(covered):
                    slivers.difference_update(covered[:1])
                column += cell.span
    return slivers


def _without_slivers(row: WordRow, kept: Sequence[int]) -> WordRow:
    """Return a row whose cells span only columns that are kept; ``kept`` counts those before each column."""

    def place(column: int) -> int:
        last = len(kept) - 1
        return kept[column] if column <= last else kept[last] + column - last

    column = row.before
    cells: list[WordCell] = []
    for cell in row.cells:
        cells.append(cell._replace(span=place(column + cell.span) - place(column)))
        column += cell.span
    return WordRow(cells, place(row.before), row.has_table)


def _grid(rows: Sequence[WordRow], width: int, budget: GridBudget) -> TableBlock:
    grid: list[tuple[TextCell, ...]] = []
    open_above: set[int] = set()  # the columns in which cells begin that may go on below
    for row in rows:
        before = min(row.before, MOST_COLUMNS)
        line = [_ABSENT] * before
        opened: set[int] = set()
        last = len(row.cells) - 1
        for number, cell in enumerate(row.cells):
            column, span = len(line), cell.span
            if span > 1 and (number == last or span > MOST_COLUMNS):
                span = max(1, min(span, width - column, MOST_COLUMNS))
                budget.spend(span)
            hidden = cell.across
            if cell.down:
                opened.add(column)
                hidden |= cell.down == CONTINUE and column in open_above
            line.append(_ABSENT if hidden else TextCell(_text(cell.pieces)))
            if span > 1:
                line += [_ABSENT] * (span - 1)
        budget.spend(len(line))
        grid.append(tuple(line))
        open_above = opened
    return TableBlock(tuple(grid), row_ends_known=True, blanks_kept=True, layout="grid", columns_known=True)


def _text(pieces: Sequence[Piece]) -> str:
    if not pieces:
        return ""
    return str(pieces[0]) if len(pieces) == 1 else "\n".join(map(str, pieces))
