"""The one aligner: walks a form's labels in their order and takes the cells that follow each.

It never asks which file format or layout the cells came from; it uses only whether row ends are known and blanks kept.
A figure whose place is not certain gets no value: it is marked ambiguous and what was printed is kept.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from gia_analysis.forms import Hit, LabelIndex, MatchStep, label_indexes
from gia_analysis.reading.flow import Token
from gia_analysis.reading.regions import Region
from gia_analysis.reading.values import read_value
from gia_analysis.records import Cell, Issue
from gia_analysis.schema import Kind

_UNITS = frozenset({"条", "件", "次", "篇", "个", "人", "人次", "万元", "元", "项", "--", "-", "----"})
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LEAST_ROWS_WITHOUT_HEAD = 3
_TWO_CELLS = 2
_LONGEST_WORD_FOR_A_FIGURE = 10


@dataclass(slots=True)
class PrintedRow:
    """A row as found: its code, the token of its label, how that matched, and the cells that follow it.

    ``cut_off`` says that the table ends with this row's last cell. Of two cells the one left is then taken as the
    first; of more, which is gone cannot be told.
    """

    code: str
    label: Token
    step: MatchStep
    values: list[Token] = field(default_factory=list)
    cut_off: bool = False

    def ended_before(self, token: Token) -> bool:
        return self.label.row_ends_known and (token.block, token.row) != (self.label.block, self.label.row)

    def takes(self, token: Token, width: int) -> bool:
        """Tell whether a token that is no label of the form is a cell of this row."""
        if token.row_ends_known:
            return True
        return not _is_note(token) if len(self.values) < width else not _is_label(token)


@dataclass(slots=True)
class AlignedTable:
    """A region read as one table of one form: its cells, and how well the labels fit."""

    index: LabelIndex
    cells: list[Cell]
    issues: list[Issue]
    labels_expected: int
    labels_found: int
    headers_found: int
    unknown_rows: int

    @property
    def score(self) -> float:
        missing = self.labels_expected - self.labels_found
        return self.labels_found - missing + self.headers_found - self.unknown_rows


def align(region: Region) -> list[AlignedTable]:
    """Return the readings of a region that fit best: one, or several where forms share the table; none if it is none."""
    readings = [
        _align_to(index, region.tokens) for (_, table), index in label_indexes().items() if table in region.tables
    ]
    readings = [
        reading
        for reading in readings
        if reading.labels_found and (reading.headers_found or reading.labels_found >= _LEAST_ROWS_WITHOUT_HEAD)
    ]
    best = max((reading.score for reading in readings), default=0)
    return [reading for reading in readings if reading.score == best]


def _align_to(index: LabelIndex, tokens: Sequence[Token]) -> AlignedTable:
    return _align_wide(index, tokens) if index.table.shape == "wide" else _align_rows(index, tokens)


class _Walk:
    """The state of one walk along a table's labels: the head may come in any order, rows only forwards."""

    def __init__(self, index: LabelIndex) -> None:
        self.index = index
        self.cursor = index.header_count - 1
        self.heads: set[int] = set()

    def take(self, token: Token) -> Hit | None:
        """Return the slot that a token is, and move on to it; None where it is no label that can stand here."""
        if not token.label:
            return None
        hits = self.index.find(token.label)
        ahead = next((hit for hit in hits if hit.slot.position > self.cursor), None)
        head = next((hit for hit in hits if hit.slot.kind == "header" and hit.slot.position not in self.heads), None)
        in_head = self.cursor < self.index.header_count
        if head and (ahead is None or head.step < ahead.step) and in_head:
            self.heads.add(head.slot.position)
            return head
        if ahead:
            self.cursor = ahead.slot.position
            return ahead
        return next((hit for hit in hits if hit.slot.kind == "header" and hit.step <= MatchStep.ALIAS), None)


def _align_rows(index: LabelIndex, tokens: Sequence[Token]) -> AlignedTable:
    """Read a table of rows: each label takes the cells after it, up to the next label or the end of its row."""
    walk = _Walk(index)
    rows: list[PrintedRow] = []
    issues: list[Issue] = []
    current: PrintedRow | None = None
    started = False
    for token in tokens:
        if current and current.ended_before(token):
            current = None
        hit = walk.take(token)
        if hit:
            started |= hit.slot.kind != "header"
            current = PrintedRow(hit.slot.code, token, hit.step) if hit.slot.kind == "row" else None
            if current:
                rows.append(current)
        elif current and current.takes(token, len(index.table.columns) + index.table.unit_column):
            current.values.append(token)
        elif (started or walk.heads) and _is_label(token):
            current = PrintedRow(f"unknown:{token.label}", token, MatchStep.EXACT)
            rows.append(current)
        elif started and token.label and token.label not in _UNITS:
            issues.append(Issue("FIGURE_UNUSED", index.table.code, None, None, token.text, token.line))
    if rows and rows[-1].values and rows[-1].values[-1] is tokens[-1]:
        rows[-1].cut_off = True
    return _read_rows(index, walk, rows, issues)


def _is_label(token: Token) -> bool:
    return bool(_CHINESE.search(token.label)) and token.label not in _UNITS and read_value(token.text).kind is Kind.TEXT


def _is_note(token: Token) -> bool:
    """Tell a remark under a table from what may stand in a cell in place of a figure."""
    return _is_label(token) and (":" in token.label or len(token.label) > _LONGEST_WORD_FOR_A_FIGURE)


def _read_rows(index: LabelIndex, walk: _Walk, rows: list[PrintedRow], issues: list[Issue]) -> AlignedTable:
    table = index.table
    found = {row.code for row in rows}
    cells: list[Cell] = []
    unknown = 0
    for row in rows:
        if row.code.startswith("unknown:"):
            if not _is_unknown_row(row):
                continue
            unknown += 1
            row.code = _free_code(row.code, {cell.row for cell in cells})
            issues.append(Issue("ROW_UNKNOWN", table.code, row.code, None, row.label.text, row.label.line))
        values = row.values
        if table.unit_column and values and values[0].label in _UNITS and (len(values) > 1 or values[0].label != "-"):
            values = values[1:]
        cells += _place(index, row, values, [column.code for column in table.columns], issues)
    expected = [
        row for row in table.rows if not row.optional or any(r.optional and r.code in found for r in table.rows)
    ]
    for form_row in expected:
        if form_row.code not in found:
            issues.append(Issue("LABEL_MISSING", table.code, form_row.code, message=form_row.zh))
            cells += [_absent(index, form_row.code, column.code) for column in table.columns]
    return AlignedTable(
        index=index,
        cells=cells,
        issues=issues,
        labels_expected=len(expected),
        labels_found=len([row for row in expected if row.code in found]),
        headers_found=len(walk.heads),
        unknown_rows=unknown,
    )


def _free_code(code: str, taken: set[str]) -> str:
    """Return the code of an unknown row, numbered from the second of that label on."""
    return next(each for number in count(1) if (each := code if number == 1 else f"{code}#{number}") not in taken)


def _is_unknown_row(row: PrintedRow) -> bool:
    """Tell an unknown row from a note: it has figures or blanks beside its label, and nothing else."""
    kinds = {read_value(token.text).kind for token in row.values}
    return Kind.NUMBER in kinds and Kind.TEXT not in kinds


def _place(
    index: LabelIndex, row: PrintedRow, values: Sequence[Token], columns: Sequence[str], issues: list[Issue]
) -> list[Cell]:
    """Give the figures of a row their columns, or none of them if that cannot be known."""
    width = len(columns)
    head, rest = values[:width], values[width:]
    printed = [token for token in values if token.label]
    trusted = row.label.blanks_kept or not printed or (len(head) == width and not head[-1].is_blank)
    too_long = any(token.label and token.label not in _UNITS for token in rest)
    last_is_gone = row.cut_off and row.label.blanks_kept and width == _TWO_CELLS
    too_short = len(head) < width and bool(printed) and not last_is_gone
    if too_long or too_short or not trusted:
        code = "ROW_TOO_LONG" if too_long else "BLANKS_LOST"
        raw = " | ".join(token.text for token in printed)
        issues.append(Issue(code, index.table.code, row.code, None, raw, row.label.line))
        return [_ambiguous(index, row, column, raw) for column in columns]
    cells = [_cell(index, row, column, token) for column, token in zip(columns, head, strict=False)]
    for column in columns[len(head) :]:
        issues.append(Issue("CELL_ABSENT", index.table.code, row.code, column, None, row.label.line))
        cells.append(_absent(index, row.code, column, row))
    issues.extend(_odd_figures(cells))
    return cells


def _cell(index: LabelIndex, row: PrintedRow, column: str, token: Token) -> Cell:
    table = index.table
    known = row.code in table.row_by_code
    cell_type = table.type_of(row.code, column) if known else table.column_by_code[column].type
    unit = table.unit_of(row.code, column) if known else table.column_by_code[column].unit
    value = read_value(token.text, cell_type, unit)
    return Cell(
        form=index.form.id, table=table.code, row=row.code, col=column, value=value.value, unit=value.unit or unit,
        kind=value.kind, raw=token.text, block=token.block, block_row=token.row, block_column=token.column,
        line=token.line, page=token.page, match=row.step.name.lower(), issue=value.issue,
    )  # fmt: skip


def _absent(index: LabelIndex, row: str, column: str, found: PrintedRow | None = None) -> Cell:
    return Cell(
        form=index.form.id, table=index.table.code, row=row, col=column, value=None,
        unit=index.table.unit_of(row, column) if row in index.table.row_by_code else None, kind=Kind.ABSENT, raw="",
        line=found.label.line if found else None, match=found.step.name.lower() if found else None,
    )  # fmt: skip


def _ambiguous(index: LabelIndex, row: PrintedRow, column: str, raw: str) -> Cell:
    return Cell(
        form=index.form.id, table=index.table.code, row=row.code, col=column, value=None, unit=None,
        kind=Kind.AMBIGUOUS, raw=raw, block=row.label.block, block_row=row.label.row, line=row.label.line,
        page=row.label.page, match=row.step.name.lower(),
    )  # fmt: skip


def _align_wide(index: LabelIndex, tokens: Sequence[Token]) -> AlignedTable:
    """Read a table that prints all its rows side by side: the figures come after the last label of its head."""
    table = index.table
    walk = _Walk(index)
    last = max((position for position, token in enumerate(tokens) if walk.take(token)), default=-1)
    data = _line_after(tokens, last)
    pairs = [(row.code, column.code) for row in table.rows for column in table.columns]
    issues: list[Issue] = []
    complete = len(walk.heads) == index.header_count and bool(data)
    cells = _place_wide(index, pairs, data, issues) if complete else []
    return AlignedTable(
        index=index,
        cells=cells,
        issues=issues,
        labels_expected=len(table.rows),
        labels_found=len(table.rows) if complete else 0,
        headers_found=len(walk.heads),
        unknown_rows=0,
    )


def _line_after(tokens: Sequence[Token], last: int) -> Sequence[Token]:
    """Return the cells after the head: those of the next row where rows are known, else all that follow."""
    data = tokens[last + 1 :]
    if not data or not data[0].row_ends_known:
        return data
    head = (tokens[last].block, tokens[last].row)
    data = [token for token in data if (token.block, token.row) != head]
    return [token for token in data if (token.block, token.row) == (data[0].block, data[0].row)]


def _place_wide(
    index: LabelIndex, pairs: Sequence[tuple[str, str]], data: Sequence[Token], issues: list[Issue]
) -> list[Cell]:
    width = len(pairs)
    rows = {row: PrintedRow(row, data[0], MatchStep.EXACT) for row, _ in pairs}
    printed = [token for token in data if token.label]
    trusted = data[0].blanks_kept or not printed or (len(data) >= width and not data[width - 1].is_blank)
    if len(data) < width or any(token.label for token in data[width:]) or not trusted:
        code = "ROW_TOO_LONG" if len(printed) > width else "BLANKS_LOST"
        raw = " | ".join(token.text for token in printed)
        issues.append(Issue(code, index.table.code, None, None, raw, data[0].line))
        return [_ambiguous(index, rows[row], column, raw) for row, column in pairs]
    cells = [_cell(index, rows[row], column, token) for (row, column), token in zip(pairs, data, strict=False)]
    issues.extend(_odd_figures(cells))
    return cells


def _odd_figures(cells: Sequence[Cell]) -> list[Issue]:
    return [Issue(cell.issue, cell.table, cell.row, cell.col, cell.raw, cell.line) for cell in cells if cell.issue]
