"""A sheet → the rows that can be seen, with joined cells, and of them its tables and text."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from gia_analysis.documents.grid import GridBudget
from gia_analysis.documents.model import Block, TextCell
from gia_analysis.documents.rows import Row, divide
from gia_analysis.documents.spreadsheet.model import Hidden, Place, Range, Sheet

_ABSENT = TextCell("", absent=True)


def blocks_of(sheet: Sheet, budget: GridBudget) -> Iterator[Block]:
    """Yield the tables of a sheet and the text around them.

    Raises:
        LimitError: there are more cells than are read.
    """
    yield from divide(_rows_of(sheet, budget), page=sheet.number)


def _rows_of(sheet: Sheet, budget: GridBudget) -> list[Row]:
    """Return the rows of a sheet that have a text, with the columns that have one, hidden ones left out."""
    hidden = Hidden(sheet.hidden_rows)
    cells, merged = _visible(sheet, hidden)
    rows = sorted({row for row, _ in cells})
    columns = sorted({column for _, column in cells})
    budget.spend(len(rows) * len(columns))
    covered, reach, held = _joined(merged, rows, columns)
    found: list[Row] = []
    for number, row in enumerate(rows):
        printed = [
            _ABSENT if (number, position) in covered else TextCell(cells.get((row, column), ""))
            for position, column in enumerate(columns)
        ]
        after_gap = number > 0 and hidden.first_shown(rows[number - 1] + 1) < row
        if after_gap:
            _end_table(found, columns)
        first = next((position for position, cell in enumerate(printed) if cell.text), None)
        if first is None:
            continue  # others are joined over all it has
        found.append(Row(printed, reach.get((number, first), 1), after_gap, number in held))
    _end_table(found, columns)
    return found


def _end_table(rows: list[Row], columns: Sequence[int]) -> None:
    """Add the row of blanks below a table: it may be that of its figures."""
    if rows and rows[-1].only is None:
        rows.append(Row([TextCell("")] * len(columns)))


def _joined(
    merged: Iterable[Range], rows: Sequence[int], columns: Sequence[int]
) -> tuple[set[Place], dict[Place, int], set[int]]:
    """Return what joined cells do among the rows and columns that are kept, counted from 0.

    Returns:
        The places that they hide; over how many columns each reaches, by its first place; the rows in which one is that
        spans several.
    """
    covered: set[Place] = set()
    reach: dict[Place, int] = {}
    held: set[int] = set()
    budget = GridBudget()
    for top, left, bottom, right in merged:
        below = range(bisect_left(rows, top), bisect_right(rows, bottom))
        beside = range(bisect_left(columns, left), bisect_right(columns, right))
        budget.spend(len(below) * len(beside) + 1)
        if not below or not beside or rows[below[0]] != top or columns[beside[0]] != left:
            continue  # nothing is written in them
        first = (below[0], beside[0])
        covered.update((row, column) for row in below for column in beside)
        covered.discard(first)
        reach[first] = len(beside)
        if len(below) > 1:
            held.update(below)
    return covered, reach, held


def _visible(sheet: Sheet, rows: Hidden) -> tuple[dict[Place, str], list[Range]]:
    """Return what is not hidden. The text of joined cells is in the first of them that can be seen."""
    if not sheet.hidden_rows and not sheet.hidden_columns:
        return sheet.cells, sheet.merged
    columns = Hidden(sheet.hidden_columns)
    cells = dict(sheet.cells)
    merged = []
    for joined in sheet.merged:
        top, left = rows.first_shown(joined.top), columns.first_shown(joined.left)
        text = cells.pop((joined.top, joined.left), "")
        if top > joined.bottom or left > joined.right:
            continue
        merged.append(Range(top, left, joined.bottom, joined.right))
        if text:
            cells[top, left] = text
    shown = {place: text for place, text in cells.items() if place[0] not in rows and place[1] not in columns}
    return shown, merged
