"""Which column each printed figure of a row belongs to, where that is certain; and where it might, where it is not."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, dropwhile

from gia_analysis.forms import MatchStep, Table
from gia_analysis.reading.flow import Token
from gia_analysis.reading.true_grid import HeadColumns, columns_of_heads, place_in_grid
from gia_analysis.reading.values import BARE_UNITS, is_unit, read_value
from gia_analysis.reading.walk import PrintedRow
from gia_analysis.schema import Kind

_TWO_CELLS = 2
_MOST_PLACEMENTS = 1_000
_COUNTERS = frozenset(unit for unit in BARE_UNITS if unit[0] != "-")  # a dash stands for the unit of a heading
_CODE = re.compile(r"\d{1,2}", re.ASCII)

Placement = tuple[int, ...]


@dataclass(slots=True)
class PlacedRow:
    """A row with its cells by column, or with what stops that.

    ``cells`` holds a token for each column, None where nothing is printed; it is None as a whole where the place of the
    figures is not certain. ``printed`` are then the cells as printed, and ``placements`` the columns they may have.
    """

    row: PrintedRow
    cells: list[Token | None] | None
    issue: str | None = None
    printed: list[Token] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    inferred: bool = False


def place_rows(
    table: Table,
    rows: Sequence[PrintedRow],
    width: int,
    *,
    codes: bool = False,
    heads: Sequence[Token | None] = (),
) -> list[PlacedRow]:
    """Return the rows with their figures in columns.

    Args:
        table: the statutory table.
        rows: its rows as found, in order.
        width: how many columns of figures the printed table has.
        codes: whether a number of the row stands before its figures.
        heads: the cell over each column of figures, None where it was not found.
    """
    values = [_figures_of(table, row, width, codes=codes) for row in rows]
    in_grids = [row.label.shape.columns_known for row in rows]
    columns = columns_of_heads(heads, rows) if any(in_grids) else None
    head = heads[0] if heads else None
    may_shift = table.label_columns > 1 and not all(in_grids)
    shift = _hidden_in_place(table, rows, values, width, head) if may_shift else False
    return [
        place_grid_row(row, tokens, columns, width)
        if in_grid
        else place_row(row, _shifted(table, row, tokens) if shift else tokens, width, doubt=shift is None)
        for row, tokens, in_grid in zip(rows, values, in_grids, strict=True)
    ]


def place_grid_row(row: PrintedRow, values: Sequence[Token], heads: HeadColumns | None, width: int) -> PlacedRow:
    """Return a row of a true grid with its figures in columns, or none of them where that cannot be known."""
    cells = place_in_grid(row, values, heads, width)
    if cells is not None:
        return PlacedRow(row, cells)
    printed = [token for token in values if token.label]
    return PlacedRow(row, None, "ROW_TOO_LONG" if len(printed) > width else "BLANKS_LOST", printed)


def _figures_of(table: Table, row: PrintedRow, width: int, *, codes: bool) -> list[Token]:
    """Return the cells of a row without its unit and number; a figure and its unit in two cells are one."""
    values = row.values
    if not values:
        return values
    if values[0].absent:
        values = list(dropwhile(lambda token: token.absent, values))
    if table.unit_column and values and is_unit(values[0].label) and (len(values) > 1 or values[0].label != "-"):
        values = values[1:]
    if codes and values and _CODE.fullmatch(values[0].label) and len(values) > 1:
        values = values[1:]
    labels = {token.label for token in values}
    return values if labels.isdisjoint(_COUNTERS) else _with_units(values, width)


def _with_units(values: Sequence[Token], width: int) -> list[Token]:
    """Return figures with the units that stand in cells of their own beside them."""
    merged: list[Token] = []
    for token in values:
        if merged and token.label in _COUNTERS and merged[-1].label[-1:].isdigit():
            merged[-1] = replace(merged[-1], unit=token.label)
        elif not (token.label in _COUNTERS and len(values) > width):
            merged.append(token)
    return merged


def _hidden_in_place(
    table: Table, rows: Sequence[PrintedRow], values: Sequence[Sequence[Token]], width: int, head: Token | None
) -> bool | None:
    """Tell whether cells hidden by the span of a label are printed beside it as empty ones.

    They usually are not, and the figures follow the label; else all figures stand in the same columns of the grid. None
    where both could be and would put a figure in different columns.
    """
    first = table.label_columns
    if head and head.shape.row_ends_known and head.shape.blanks_kept and head.column <= first:
        return head.column == first
    after = in_place = True
    total_after = begins_after = short = False
    for row, tokens in zip(rows, values, strict=True):
        if not (row.label.shape.row_ends_known and row.label.shape.blanks_kept):
            return False
        printed = [token.column for token in tokens if token.label]
        if not printed:
            continue
        label = row.label.column
        after &= printed[-1] <= label + width
        in_place &= first <= printed[0] and printed[-1] < first + width
        total_after |= printed[-1] == label + width
        begins_after |= printed[0] < first
        short |= len(tokens) < first + width - label - 1
    if after != in_place:
        return in_place
    if not after or total_after or begins_after or short:
        return False
    return None if any(token.label for tokens in values for token in tokens) else False


def _shifted(table: Table, row: PrintedRow, tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.column >= table.label_columns]


def place_row(row: PrintedRow, values: Sequence[Token], width: int, *, doubt: bool = False) -> PlacedRow:
    """Return a row with its figures in columns, or none of them where that cannot be known."""
    printed = [token for token in values if token.label]
    if len(printed) > width:
        return PlacedRow(row, None, "ROW_TOO_LONG", printed)
    if doubt and printed:
        return PlacedRow(row, None, "BLANKS_LOST", printed)
    if len(printed) == width and _unbroken(values, printed):
        issue = "LABEL_LOST" if row.doubtful else None
        return PlacedRow(row, None if row.doubtful else list(printed), issue, printed)
    head, rest = values[:width], values[width:]
    blanks_kept = row.label.shape.blanks_kept
    last_is_gone = row.cut_off and blanks_kept and width == _TWO_CELLS
    if not printed or (blanks_kept and (len(head) == width or last_is_gone)):
        if any(token.label for token in rest):
            return PlacedRow(row, None, "ROW_TOO_LONG", printed)
        return PlacedRow(row, [*head, *[None] * (width - len(head))])
    if blanks_kept:
        return PlacedRow(row, None, "BLANKS_LOST", list(values), _placements(len(values), width))
    return PlacedRow(row, None, "BLANKS_LOST", printed, [] if row.doubtful else _placements(len(printed), width))


def place_line(values: Sequence[Token], width: int) -> PlacedRow:
    """Return the one line of figures of a wide table with its cells in place.

    Empty cells that are not of the table (hidden ones of its head, padding) may stand on both sides of it; where they
    leave more than one place for the figures, none is taken.
    """
    row = PrintedRow("", values[0], MatchStep.EXACT)
    printed = [token for token in values if token.label]
    if len(printed) > width:
        return PlacedRow(row, None, "ROW_TOO_LONG", printed)
    if len(printed) == width and _unbroken(values[next(i for i, token in enumerate(values) if token.label) :], printed):
        return PlacedRow(row, list(printed))
    if not (row.label.shape.blanks_kept or not printed) or len(values) < width:
        return PlacedRow(row, None, "BLANKS_LOST", printed)
    last = 0 if row.label.shape.row_ends_known else len(values) - width
    starts = [
        start
        for start in range(last + 1)
        if not any(token.label for token in (*values[:start], *values[start + width :]))
    ]
    if len(starts) != 1 and printed:
        return PlacedRow(row, None, "BLANKS_LOST" if starts else "ROW_TOO_LONG", printed)
    start = starts[0] if starts else 0
    return PlacedRow(row, [None if token.absent else token for token in values[start : start + width]])


def _unbroken(values: Sequence[Token], printed: Sequence[Token]) -> bool:
    """Tell whether no empty cell stands between the figures, nor before them where the row's end is not known."""
    if len(values) == len(printed):
        return True
    begin = next(position for position, token in enumerate(values) if token.label)
    if begin and not values[0].shape.row_ends_known:
        return False
    return all(token.label for token in values[begin : begin + len(printed)])


def _placements(count: int, width: int) -> list[Placement]:
    found = list(zip(range(_MOST_PLACEMENTS + 1), combinations(range(width), count), strict=False))
    return [] if len(found) > _MOST_PLACEMENTS else [placement for _, placement in found]


def numbers_of(tokens: Iterable[Token]) -> list[float | None] | None:
    """Return the figures that tokens are, None for a blank; or None as a whole where one is neither."""
    found: list[float | None] = []
    for token in tokens:
        value = read_value(token.text, "signed")
        if value.kind not in (Kind.NUMBER, Kind.BLANK, Kind.NA):
            return None
        found.append(value.value)
    return found
