"""The official printed shape of a statutory table: head, labels and figures as rows of cells with their spans."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gia_analysis.errors import FormError
from gia_analysis.forms import CellType, Group, Row, Table

NO_UNIT = "——"


@dataclass(frozen=True, slots=True)
class GridCell:
    """A printed cell, with how many rows and columns it spans. ``type`` is set where it holds a figure."""

    text: str
    rows: int = 1
    columns: int = 1
    type: CellType | None = field(default=None, compare=False)


Grid = list[list[GridCell]]
CellKey = tuple[str, str, str]  # codes of table, row and column
TableFigures = Mapping[tuple[str, str], str | None]


def lay_out(table: Table, figures: TableFigures) -> Grid:
    """Return a table as it is printed, head included: each row with the cells that begin in it.

    Args:
        table: the statutory table.
        figures: what to print for each row and column code. ``""`` is an empty cell, None is no cell at all. Optional
            rows are left out where none of them is given.

    Raises:
        FormError: a figure is missing, or is given for a cell that the table does not have; the message names it.
    """
    rows = _printed_rows(table, figures)
    _require_all(table, rows, figures)
    head = [[GridCell(cell.text, cell.rows, cell.columns) for cell in row] for row in table.header]
    if table.shape == "wide":
        return [*head, [cell for row in rows for cell in _figure_cells(table, row, figures)]]
    return [*head, *_body(table, rows, figures)]


def with_hanging(grid: Grid) -> Iterator[list[GridCell | None]]:
    """Yield each row with a None wherever a cell of a row above reaches down into it, in the order of the columns."""
    return ([cell for cell, _ in line] for line in _lines(grid))


def with_hidden(grid: Grid) -> Iterator[list[str]]:
    """Yield the texts of each row, one for each column: empty where a span hides the cell."""
    for line in _lines(grid):
        yield [text for cell, columns in line for text in (cell.text if cell else "", *[""] * (columns - 1))]


def _lines(grid: Grid) -> Iterator[list[tuple[GridCell | None, int]]]:
    """Yield each row's cells with how many columns they span, None for one that reaches down from above."""
    hanging: dict[int, tuple[int, int]] = {}  # first column of a cell → its columns, and the rows it has left
    for row in grid:
        line: list[tuple[GridCell | None, int]] = []
        below: dict[int, tuple[int, int]] = {}
        own = list(row)
        column = 0
        while own or column in hanging:
            cell = None if column in hanging else own.pop(0)
            columns, rows = (cell.columns, cell.rows) if cell else hanging[column]
            line.append((cell, columns))
            if rows > 1:
                below[column] = (columns, rows - 1)
            column += columns
        yield line
        hanging = below


def _printed_rows(table: Table, figures: TableFigures) -> tuple[Row, ...]:
    given = {row for row, _ in figures}
    with_optional = any(row.optional and row.code in given for row in table.rows)
    return tuple(row for row in table.rows if with_optional or not row.optional)


def _require_all(table: Table, rows: Sequence[Row], figures: TableFigures) -> None:
    known = [(row.code, column.code) for row in rows for column in table.columns]
    for row, column in known:
        if (row, column) not in figures:
            raise FormError(f"no figure for {table.code}.{row}.{column}: give '' to print an empty cell, None for none")
    for row, column in figures.keys() - set(known):
        names = [f"{each}.{other}" for each, other in known]
        raise FormError.unknown("cell", f"{row}.{column}", names, where=f"table {table.code}")


def _figure_cells(table: Table, row: Row, figures: TableFigures) -> list[GridCell]:
    printed = [(figures[row.code, column.code], table.type_of(row.code, column.code)) for column in table.columns]
    return [GridCell(figure, type=cell_type) for figure, cell_type in printed if figure is not None]


def _body(table: Table, rows: Sequence[Row], figures: TableFigures) -> Iterator[list[GridCell]]:
    opened: set[str] = set()
    for row in rows:
        groups = table.groups_of(row)
        opening = [group for group in groups if group.code not in opened]
        opened.update(group.code for group in opening)
        unit = [GridCell(row.unit or NO_UNIT)] if table.unit_column else []
        values = _figure_cells(table, row, figures)
        if table.group_rows:
            yield from (_group_row(table, group) for group in opening)
            yield [GridCell(row.zh), *unit, *values]
        else:
            labels = [GridCell(group.zh, rows=_height(table, group, rows)) for group in opening]
            yield [*labels, GridCell(row.zh, columns=table.label_columns - len(groups)), *unit, *values]


def _group_row(table: Table, group: Group) -> list[GridCell]:
    unit = [GridCell(NO_UNIT)] if table.unit_column else []
    return [GridCell(group.zh), *unit, *(GridCell("") for _ in table.columns)]


def _height(table: Table, group: Group, rows: Sequence[Row]) -> int:
    return sum(group in table.groups_of(row) for row in rows)
