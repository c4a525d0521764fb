"""Walking a form's labels along a run of cells: which cell is which label, and which cells follow each row's label."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from gia_analysis.forms import Hit, LabelIndex, MatchStep, known_labels
from gia_analysis.reading.flow import Token, has_word
from gia_analysis.reading.values import is_unit, read_value
from gia_analysis.schema import Kind

_SERIAL = re.compile(r"\d{1,3}", re.ASCII)
_LONGEST_WORD_FOR_A_FIGURE = 10
_LONGEST_LABEL = 80


@dataclass(slots=True)
class PrintedRow:
    """A row as found: its code, the token of its label, how that matched, and the cells that follow it.

    ``cut_off`` says that the table ends with this row's last cell; ``doubtful`` that the label of a row that should
    come next was not found, so that the cells here may be that row's; ``is_unknown`` that the form has no such row.
    """

    code: str
    label: Token
    step: MatchStep
    position: int = -1
    values: list[Token] = field(default_factory=list)
    cut_off: bool = False
    doubtful: bool = False
    is_unknown: bool = False

    def ended_before(self, token: Token) -> bool:
        return token.at != self.label.at and self.label.shape.row_ends_known

    def takes(self, token: Token, width: int) -> bool:
        """Tell whether a word that is no label of the form is a cell of this row."""
        if token.shape.row_ends_known:
            return True
        if not token.shape.blanks_kept:
            return not is_label(token)
        return not is_note(token) if len(self.values) < width else not is_label(token)


@dataclass(slots=True)
class Walked:
    """What a walk found: rows in their order, head labels with their tokens, and figures that belong to no row."""

    index: LabelIndex
    rows: list[PrintedRow] = field(default_factory=list)
    heads: dict[int, Token] = field(default_factory=dict)
    unused: list[Token] = field(default_factory=list)
    near: list[tuple[Hit, Token]] = field(default_factory=list)
    labels: list[Token] = field(default_factory=list)
    groups: set[int] = field(default_factory=set)

    def missing_labels(self) -> list[str]:
        """Return the labels of the head and of groups of rows that were not found, as the form prints them."""
        found = self.heads.keys() | self.groups
        return [slot.label for slot in self.index.always_printed if slot.position not in found]


def is_label(token: Token) -> bool:
    """Tell whether a cell is worded like a label: not a figure, a unit or a word in place of a figure."""
    return has_word(token.label) and not is_unit(token.label) and read_value(token.text).kind is Kind.TEXT


def is_note(token: Token) -> bool:
    """Tell a remark under a table from what may stand in a cell in place of a figure."""
    return is_label(token) and (":" in token.label or len(token.label) > _LONGEST_WORD_FOR_A_FIGURE)


class Walk:
    """The state of one walk along a table's labels: the head may come in any order, rows only forwards."""

    def __init__(self, index: LabelIndex, tokens: Sequence[Token]) -> None:
        self.index = index
        self.tokens = tokens
        self.cursor = index.header_count - 1
        self.heads: dict[int, Token] = {}
        self.near: list[tuple[Hit, Token]] = []

    @cached_property
    def _present(self) -> frozenset[str]:
        return frozenset(token.label for token in self.tokens)

    def take(self, token: Token) -> Hit | None:
        """Return the slot that a token is, and move on to it; None where it is no label that can stand here."""
        hits = self.index.find(token.label)
        if not hits:
            return self._take_near(token)
        cursor = self.cursor
        in_head = cursor < self.index.header_count
        ahead = head = None
        for hit in hits:
            slot = hit.slot
            if ahead is None and slot.position > cursor:
                ahead = hit
            if head is None and in_head and slot.kind == "header" and slot.position not in self.heads:
                head = hit
        if head and (ahead is None or head.step < ahead.step):
            self.heads[head.slot.position] = token
            return head
        if ahead:
            if ahead.slot.kind == "row" and self.index.skips_its_like(ahead, cursor):
                return None
            self.cursor = ahead.slot.position
            return ahead
        return next((hit for hit in hits if hit.slot.kind == "header" and hit.step <= MatchStep.ALIAS), None)

    def _take_near(self, token: Token) -> Hit | None:
        """Return the one label ahead that a token is but for a small difference, if the table has it nowhere else."""
        if len(token.label) > _LONGEST_LABEL or token.label in known_labels() or not is_label(token):
            return None
        in_head = self.cursor < self.index.header_count
        hit = self.index.find_near(token.label, self.cursor, self._present, {*self.heads} if in_head else None)
        if hit is None:
            return None
        self.near.append((hit, token))
        if hit.slot.kind == "header":
            self.heads[hit.slot.position] = token
        else:
            self.cursor = hit.slot.position
        return hit


def walk(index: LabelIndex, tokens: Sequence[Token], worded: Sequence[int]) -> Walked:
    """Follow the labels of a table of rows; each takes the cells after it, up to the next label or the end of its row.

    ``worded`` are the positions of the cells that have words.
    """
    state = Walk(index, tokens)
    found = Walked(index, heads=state.heads, near=state.near)
    current: PrintedRow | None = None
    started = False
    done = 0
    for position in worded:
        token = tokens[position]
        if is_unit(token.label):
            continue
        current = _take_figures(found, current, tokens[done:position], started=started)
        done = position + 1
        if current and current.ended_before(token):
            current = None
        hit = state.take(token)
        if hit:
            started |= hit.slot.kind != "header"
            found.labels.append(token)
            if hit.slot.kind == "group":
                found.groups.add(hit.slot.position)
            if current:
                _drop_serial(index, state, current)
                _mark_doubtful(index, current, hit)
                current = None
            if hit.slot.kind == "row":
                current = PrintedRow(hit.slot.code, token, hit.step, hit.slot.position)
                found.rows.append(current)
        elif current and _is_value(index, state, current, position):
            current.values.append(token)
        elif (started or state.heads) and is_label(token):
            if current:
                _drop_serial(index, state, current)
            current = PrintedRow(f"unknown:{token.label}", token, MatchStep.EXACT, is_unknown=True)
            found.rows.append(current)
        elif started:
            found.unused.append(token)
    current = _take_figures(found, current, tokens[done:], started=started)
    if current:
        _mark_doubtful(index, current, None)
    if found.rows and found.rows[-1].values and found.rows[-1].values[-1] is tokens[-1]:
        found.rows[-1].cut_off = True
    return found


def _take_figures(
    found: Walked, row: PrintedRow | None, figures: Sequence[Token], *, started: bool
) -> PrintedRow | None:
    """Give a row the cells without words that follow; those beyond its end belong to none. Return it if it goes on."""
    if row:
        end = len(figures)
        while end and row.ended_before(figures[end - 1]):
            end -= 1
        row.values += figures[:end]
        if end == len(figures):
            return row
        figures = figures[end:]
    if started:
        found.unused += [token for token in figures if token.label and not is_unit(token.label)]
    return None


def _is_value(index: LabelIndex, state: Walk, row: PrintedRow, position: int) -> bool:
    """Tell whether a cell with words that are no label of the form is one of the cells of a row."""
    width = len(index.columns_of(state.heads)) + index.table.unit_column
    return row.takes(state.tokens[position], width) and not _opens_sub_row(row, state.tokens, position, width)


def _opens_sub_row(row: PrintedRow, tokens: Sequence[Token], position: int, width: int) -> bool:
    """Tell whether a cell right beside a row's label is the label of a part of it: a whole row of figures is behind it."""
    token = tokens[position]
    if row.values or not token.shape.row_ends_known or not is_label(token):
        return False
    behind = takewhile(lambda other: other.at == token.at, tokens[position + 1 :])
    return sum(read_value(other.text).kind is Kind.NUMBER for other in behind) == width


def _drop_serial(index: LabelIndex, state: Walk, row: PrintedRow) -> None:
    """Take the serial number of the row that begins here from the cells of the one before."""
    if row.label.shape.row_ends_known or not row.values or index.serial_header is None:
        return
    if index.serial_header in state.heads and _SERIAL.fullmatch(row.values[-1].label):
        row.values.pop()


def _mark_doubtful(index: LabelIndex, row: PrintedRow, hit: Hit | None) -> None:
    """Mark a row whose cells may be those of a next row that lost its label; only where blanks and row ends are lost."""
    if row.is_unknown or row.label.shape.row_ends_known or row.label.shape.blanks_kept:
        return
    if index.table.unit_column and [is_unit(token.label) for token in row.values].count(True) == 1:
        return  # a row that lost its label would have left its unit
    end = hit.slot.position if hit and hit.slot.position > row.position else index.slots[-1].position + 1
    between = index.slots[row.position + 1 : end]
    row.doubtful = any(slot.kind == "row" and not index.table.row_by_code[slot.code].optional for slot in between)
