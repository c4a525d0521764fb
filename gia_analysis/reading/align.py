"""The one aligner: a run of cells → the cells of a statutory table of the form whose labels fit best.

It never asks which file format or layout the cells came from; it uses only whether row ends are known and blanks kept.
Labels say which row a figure belongs to (``walk``), its place in the row which column (``placing``); where blanks
vanished, the form's sums may (``inferring``). A figure whose place stays uncertain gets no value: it is marked ambiguous
and what was printed is kept.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import count

from gia_analysis.forms import Column, LabelIndex, MatchStep, indexes_of
from gia_analysis.reading.cells import AlignedTable, absent, add_row, ambiguous
from gia_analysis.reading.flow import Token, place_of
from gia_analysis.reading.inferring import infer
from gia_analysis.reading.placing import PlacedRow, place_line, place_rows
from gia_analysis.reading.recognised import confirm
from gia_analysis.reading.regions import Region
from gia_analysis.reading.values import is_unit, read_value, unit_in_label
from gia_analysis.reading.walk import PrintedRow, Walk, Walked, walk
from gia_analysis.records import Issue
from gia_analysis.schema import Kind

_LEAST_ROWS_WITHOUT_HEAD = 3
_MOST_HEADS_MISSING = 3
_LEAST_LEAD = 1  # labels by which one form must fit better than another for the other not to be tried


@dataclass(slots=True)
class Reading:
    """A region read as one table of one form; ``complete`` makes the cells of it.

    ``score`` tells how well the labels fit, ``knows_columns`` whether the head says which columns these are, or all forms
    have the same ones in this table.
    """

    index: LabelIndex
    labels_expected: int
    labels_found: int
    unknown_rows: int
    walked: Walked
    data: Sequence[Token] = ()
    score: float = field(init=False)
    knows_columns: bool = field(init=False)

    def __post_init__(self) -> None:
        heads, table = self.walked.heads, self.index.table
        columns = self.index.column_heads(heads)
        headed = len(heads.keys() & columns)
        columns_missing = len(columns) - headed if headed else 0
        near = [hit.slot.kind for hit, _ in self.walked.near].count("header")
        labels_missing = self.labels_expected - self.labels_found
        fitting = self.labels_found - labels_missing + len(heads) - near / 2
        self.score = fitting - columns_missing - self.unknown_rows
        self.knows_columns = headed > 0 or table.shape == "wide" or len(_column_sets(table.code)) == 1


def align(region: Region) -> list[Reading]:
    """Return the readings of a region that fit best: one, or several where forms share the table; none if it is none."""
    readings = [_read(index, region) for index in _candidates(region)]
    readings = [
        reading
        for reading in readings
        if reading.labels_found
        and reading.index.has_columns(reading.walked.heads)
        and (reading.walked.heads or reading.labels_found >= _LEAST_ROWS_WITHOUT_HEAD)
    ]
    best = max((reading.score for reading in readings), default=0)
    return [reading for reading in readings if reading.score == best]


def _candidates(region: Region) -> Iterator[LabelIndex]:
    """Yield the tables a region may be; of the forms that share one, those whose labels are printed best, or nearly."""
    printed = {region.tokens[position].label for position in region.worded}
    for table in sorted(region.tables):
        indexes = indexes_of(table)
        fits = [len(printed & index.labels) - len(index.row_labels - printed) for index in indexes]
        least = max(fits) - _LEAST_LEAD
        yield from (index for index, fit in zip(indexes, fits, strict=True) if fit >= least)


def _read(index: LabelIndex, region: Region) -> Reading:
    if index.table.shape == "wide":
        return _read_wide(index, region)
    walked = walk(index, region.tokens, region.worded)
    found = {row.code for row in walked.rows}
    expected = _expected_rows(index, found)
    return Reading(
        index=index,
        labels_expected=len(expected),
        labels_found=len(found.intersection(expected)),
        unknown_rows=sum(_is_unknown_row(row) for row in walked.rows if row.is_unknown),
        walked=walked,
    )


@cache
def _column_sets(table: str) -> frozenset[tuple[str, ...]]:
    """Return the columns that a table has in the forms that have it."""
    return frozenset(tuple(column.code for column in index.table.columns) for index in indexes_of(table))


def _expected_rows(index: LabelIndex, found: set[str]) -> Sequence[str]:
    if index.table.open_ended:
        return [code for code in index.row_codes if code in found]
    if index.optional_codes.isdisjoint(found):
        return index.required_codes
    return index.row_codes


def _is_unknown_row(row: PrintedRow) -> bool:
    """Tell an unknown row from a note: it has figures or blanks beside its label, and nothing else."""
    kinds = {read_value(token.text).kind for token in row.values if not is_unit(token.label)}
    return Kind.NUMBER in kinds and Kind.TEXT not in kinds


def complete(reading: Reading, *, columns_known: bool = True) -> AlignedTable:
    """Return the cells of a reading; without knowing which columns these are, its figures stay open."""
    table = AlignedTable(reading.index, reading.labels_expected, reading.labels_found, reading.score)
    labels = [*reading.walked.labels, *reading.walked.heads.values()]
    table.used.update([place_of(token) for token in labels])
    if reading.index.table.shape == "wide":
        _complete_wide(reading, table)
    else:
        _complete_rows(reading, table, columns_known=columns_known)
    confirm(table)
    return table


def _complete_rows(reading: Reading, result: AlignedTable, *, columns_known: bool) -> None:
    index, walked = reading.index, reading.walked
    table = index.table
    columns = index.columns_of(walked.heads)
    units = _units(columns, walked)
    rows = [row for row in walked.rows if not row.is_unknown or _is_unknown_row(row)]
    _name_unknown(rows)
    heads = [walked.heads.get(index.head_of(column)) for column in columns]
    placed = place_rows(table, rows, len(columns), codes=index.code_header in walked.heads, heads=heads)
    found = {row.code for row in rows}
    missing = [code for code in _expected_rows(index, found) if code not in found]
    _infer_open_rows(index, placed, missing, columns)
    for row in placed:
        if not columns_known:
            _leave_open(row)
        if row.row.is_unknown:
            label = row.row.label
            result.issues.append(Issue("ROW_UNKNOWN", table.code, row.row.code, None, label.text, label.line))
        add_row(result, row, columns, units)
    for code in missing:
        result.cells += [absent(index, code, column.code) for column in columns]
    result.issues += _what_labels_say(walked, missing, own_columns=columns is table.columns)


def _infer_open_rows(
    index: LabelIndex, placed: Sequence[PlacedRow], missing: Sequence[str], columns: Sequence[Column]
) -> None:
    """Place open rows by the sums of the form; not where the table has rows of its own, which the sums do not know."""
    if not any(row.placements for row in placed) or any(row.row.is_unknown for row in placed):
        return
    gaps = [PlacedRow(placed[0].row, None) for _ in missing]
    codes = [*(row.row.code for row in placed), *missing]
    keys = [[(code, column.code) for column in columns] for code in codes]
    infer(index.table, index.form.sums, [*placed, *gaps], keys)


def _leave_open(row: PlacedRow) -> None:
    printed = [token for token in row.cells or () if token and token.label]
    if printed:
        row.cells, row.issue = None, "COLUMNS_UNKNOWN"
        row.printed = printed


def _what_labels_say(walked: Walked, missing: Sequence[str], *, own_columns: bool) -> Iterator[Issue]:
    """Yield what is to be said of the labels: those nearly right, those missing, and figures that belong to none."""
    table = walked.index.table
    for hit, token in walked.near:
        code = hit.slot.code or None
        yield Issue("LABEL_NEAR", table.code, code, None, token.text, token.line, hit.slot.label)
    for code in missing:
        yield Issue("LABEL_MISSING", table.code, code, message=table.row_by_code[code].zh)
    if own_columns and not table.open_ended:
        for label in walked.missing_labels():
            yield Issue("HEAD_MISSING", table.code, message=label)
    for token in walked.unused:
        yield Issue("FIGURE_UNUSED", table.code, None, None, token.text, token.line)


def _name_unknown(rows: Sequence[PrintedRow]) -> None:
    """Number unknown rows of the same label from the second on."""
    if not any(row.is_unknown for row in rows):
        return
    taken: Counter[str] = Counter()
    codes = {row.code for row in rows}
    for row in rows:
        taken[row.code] += 1
        if row.is_unknown and taken[row.code] > 1:
            row.code = next(each for number in count(2) if (each := f"{row.code}#{number}") not in codes)
            codes.add(row.code)


def _units(columns: Sequence[Column], walked: Walked) -> dict[str, str]:
    """Return the units of money that heads of columns are printed with, by column code."""
    if not any(unit_in_label(token.label) for token in walked.heads.values()):
        return {}
    by_label = {slot.label: token for slot in walked.index.slots if (token := walked.heads.get(slot.position))}
    found = {column.code: unit_in_label(by_label[column.zh].label) for column in columns if column.zh in by_label}
    return {code: unit for code, unit in found.items() if unit}


def _read_wide(index: LabelIndex, region: Region) -> Reading:
    """Read a table that prints all its rows side by side: the figures come after the last label of its head."""
    tokens = region.tokens
    state = Walk(index, tokens)
    last = max((position for position in region.worded if state.take(tokens[position])), default=-1)
    data = _line_after(tokens, last)
    found = bool(data) and len(state.heads) >= index.header_count - _MOST_HEADS_MISSING
    walked = Walked(index, heads=state.heads, near=state.near)
    rows = len(index.table.rows)
    return Reading(index, rows, rows if found else 0, 0, walked, data if found else ())


def _line_after(tokens: Sequence[Token], last: int) -> Sequence[Token]:
    """Return the cells after the head: those of the next row where rows are known, else all that follow."""
    data = tokens[last + 1 :]
    if not data or not data[0].shape.row_ends_known:
        return data[1:] if data and data[0].shape.rows_opened and data[0].is_blank else data
    data = [token for token in data if token.at != tokens[last].at]
    return [token for token in data if token.at == data[0].at]


def _complete_wide(reading: Reading, result: AlignedTable) -> None:
    index, table = reading.index, reading.index.table
    pairs = [(row.code, column) for row in table.rows for column in table.columns]
    if not reading.data:
        return
    result.issues += [Issue("HEAD_MISSING", table.code, message=label) for label in reading.walked.missing_labels()]
    whole = place_line(reading.data, len(pairs))
    if whole.cells is None:
        raw = " | ".join(token.text for token in whole.printed if token.label)
        result.issues.append(Issue(whole.issue or "BLANKS_LOST", table.code, None, None, raw, reading.data[0].line))
        rows = {row.code: PrintedRow(row.code, reading.data[0], MatchStep.EXACT) for row in table.rows}
        result.cells += [ambiguous(index, rows[row], column.code, raw) for row, column in pairs]
        result.used.update(map(place_of, whole.printed))
        return
    width = len(table.columns)
    for number, row in enumerate(table.rows):
        part = PrintedRow(row.code, reading.data[0], MatchStep.EXACT)
        cells = whole.cells[number * width : (number + 1) * width]
        printed = [token for token in cells if token and token.label]
        add_row(result, PlacedRow(part, cells, None, printed), table.columns)
