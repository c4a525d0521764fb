"""Placed rows → the cells of a statutory table, each with its value, its kind and where it stood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gia_analysis.forms import CellType, Column, LabelIndex, MatchStep
from gia_analysis.reading.flow import Place, Token, place_of
from gia_analysis.reading.placing import PlacedRow
from gia_analysis.reading.values import MONEY_UNITS, UNCLEAR_UNIT, PrintedValue, read_value, unit_in_label
from gia_analysis.reading.walk import PrintedRow
from gia_analysis.records import Cell, Issue
from gia_analysis.schema import Kind

_STEPS = {step: step.name.lower() for step in MatchStep}
_new_cell = tuple.__new__  # what ``Cell(...)`` calls in the end: half the time for hundreds of cells a report
_NO_UNITS: Mapping[str, str] = {}


@dataclass(slots=True)
class AlignedTable:
    """A statutory table as read: its cells, what was odd about it, and the lines of the file that went into it."""

    index: LabelIndex
    labels_expected: int
    labels_found: int
    score: float
    cells: list[Cell] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    used: set[Place] = field(default_factory=set)


def add_row(
    table: AlignedTable, row: PlacedRow, columns: Sequence[Column], units: Mapping[str, str] = _NO_UNITS
) -> None:
    """Add the cells of a row to a table, and what is to be said of them.

    Args:
        table: the table.
        row: the row, placed or open.
        columns: the columns that the printed table has.
        units: the units of money that heads of columns are printed with, by column code.
    """
    label = row.row.label
    table.used.add(place_of(label))
    if row.cells is None:
        _add_open_row(table, row, columns)
        return
    absent_columns = _add_cells(table, row, row.cells, columns, units)
    code = table.index.table.code
    if row.inferred:
        raw = " | ".join(token.text for token in row.printed)
        table.issues.append(Issue("PLACED_BY_SUMS", code, row.row.code, None, raw, label.line))
    elif absent_columns:
        whole = len(absent_columns) == len(columns) > 1
        column = None if whole else absent_columns[0]
        table.issues.append(Issue("CELL_ABSENT", code, row.row.code, column, None, label.line))


def _add_open_row(table: AlignedTable, row: PlacedRow, columns: Sequence[Column]) -> None:
    raw = " | ".join(token.text for token in row.printed if token.label)
    code = table.index.table.code
    table.issues.append(Issue(row.issue or "BLANKS_LOST", code, row.row.code, None, raw, row.row.label.line))
    table.cells += [ambiguous(table.index, row.row, column.code, raw) for column in columns]
    table.used.update(map(place_of, row.printed))


def _add_cells(
    table: AlignedTable,
    row: PlacedRow,
    tokens: Sequence[Token | None],
    columns: Sequence[Column],
    units: Mapping[str, str],
) -> list[str]:
    """Add the cells of a placed row; return the codes of the columns in which nothing was printed."""
    absent_columns: list[str] = []
    index, code, step = table.index, row.row.code, _STEPS[row.row.step]
    form, of = index.form.id, index.table.code
    label = row.row.label.label
    cells, used = table.cells, table.used
    for (column, cell_type, form_unit), token in zip(index.places_in(code, columns), tokens, strict=True):
        if token is None:
            cells.append(absent(index, code, column, row.row))
            absent_columns.append(column)
            continue
        text, at, line = token.text, token.at, token.line
        value = (
            read_value(text)  # nearly always; the form's unit has no part in how a count is read
            if cell_type == "count"
            else _read_typed(token, cell_type, form_unit, label, units.get(column))
        )
        unit = value.unit or (None if value.issue == "UNIT_UNCLEAR" else form_unit)
        kind = Kind.INFERRED if row.inferred and value.kind is Kind.NUMBER else value.kind
        cells.append(
            _new_cell(Cell, (
                form, of, code, column, value.value, unit, kind, text, at[0], at[1], token.column, line,
                token.page, step, value.issue, token.confidence,
            ))
        )  # fmt: skip
        if value.issue:
            table.issues.append(Issue(value.issue, of, code, column, text, line))
        used.add(at if line is None else line)
    return absent_columns


def _read_typed(
    token: Token, cell_type: CellType, form_unit: str | None, row_label: str, column_unit: str | None
) -> PrintedValue:
    if cell_type != "money":
        return read_value(token.text, cell_type, form_unit)
    printed_unit = _printed_unit(token, unit_in_label(row_label), column_unit)
    return read_value(token.text, cell_type, form_unit, printed_unit)


def _printed_unit(token: Token, row_unit: str | None, column_unit: str | None) -> str | None:
    """Return the unit of money that a figure is printed with: beside it, else at the head of its row or column."""
    if token.unit in MONEY_UNITS:
        return token.unit
    if row_unit and column_unit and row_unit != column_unit:
        return UNCLEAR_UNIT
    return column_unit or row_unit


def absent(index: LabelIndex, row: str, column: str, found: PrintedRow | None = None) -> Cell:
    """Return a cell that was not printed, of a row that was found or was not."""
    return Cell(
        form=index.form.id, table=index.table.code, row=row, col=column, value=None,
        unit=index.types_of(row).get(column, (None, None))[1], kind=Kind.ABSENT, raw="",
        line=found.label.line if found else None, match=_STEPS[found.step] if found else None,
    )  # fmt: skip


def ambiguous(index: LabelIndex, row: PrintedRow, column: str, raw: str) -> Cell:
    """Return a cell whose figure is one of several; ``raw`` are all that were printed."""
    return Cell(
        form=index.form.id, table=index.table.code, row=row.code, col=column, value=None, unit=None,
        kind=Kind.AMBIGUOUS, raw=raw, block=row.label.at[0], block_row=row.label.at[1], line=row.label.line,
        page=row.label.page, match=_STEPS[row.step],
    )  # fmt: skip
