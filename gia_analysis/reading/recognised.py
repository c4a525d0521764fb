"""Figures recognised in an image, which count as read only where the form's sums confirm them.

A sum that holds confirms the figures in it, for a figure misread would have to be made up for by another. How much it
confirms depends on what stands in it: equal figures on both sides can be misread alike, so they confirm one another only
if they were recognised clearly. Where a sum fails, those of its figures are opened that stand in no sum that holds, or,
if all do, those that none confirms. Where the form has no sum for a figure, it is kept if it was recognised beyond doubt,
and marked as unconfirmed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gia_analysis.reading.cells import AlignedTable
from gia_analysis.reading.relations import Relation, relations_of
from gia_analysis.records import Cell, Issue
from gia_analysis.schema import Kind

RECOGNISED = "OCR_TABLE"
UNCONFIRMED, CONTRADICTED, DOUBTFUL = "OCR_UNCONFIRMED", "OCR_CONTRADICTED", "OCR_DOUBTFUL"

_LEAST = 0.2  # confidence under which a figure is none, even where a sum confirms it
_CLEAR = 0.9  # under which equal figures on both sides of a sum do not confirm one another
_BEYOND_DOUBT = 0.95  # under which what no sum confirms stays open

_UNREAD = (Kind.AMBIGUOUS, Kind.TEXT, Kind.ABSENT)

_Key = tuple[str, str]
_Keys = tuple[_Key, ...]


@dataclass(slots=True)
class _Evidence:
    """Which cells the sums of a table confirm, and which they contradict.

    ``repeated`` are those in a sum that holds with an equal figure on its other side.
    """

    confirmed: set[_Key] = field(default_factory=set)
    repeated: set[_Key] = field(default_factory=set)
    contradicted: set[_Key] = field(default_factory=set)


def confirm(table: AlignedTable) -> None:
    """Open the figures of a table that were recognised in an image and that no sum confirms, or that one contradicts.

    Cells that were seen to be empty are certain. What else was printed in a cell counts if it was recognised clearly.
    """
    if all(cell.confidence is None for cell in table.cells):
        return
    evidence = _weigh(table)
    counts = dict.fromkeys((None, UNCONFIRMED, CONTRADICTED, DOUBTFUL), 0)
    for position, cell in enumerate(table.cells):
        if cell.confidence is None:
            if cell.kind is Kind.BLANK:
                table.cells[position] = cell._replace(confidence=1.0)
            continue
        verdict = _judge(cell, evidence)
        counts[verdict] += 1
        if verdict is None:
            continue
        if verdict != UNCONFIRMED:
            cell = cell._replace(value=None, kind=Kind.AMBIGUOUS)
        table.cells[position] = cell._replace(issue=cell.issue if cell.value is not None and cell.issue else verdict)
        table.issues.append(
            Issue(verdict, cell.table, cell.row, cell.col, cell.raw, cell.line, f"confidence {cell.confidence:.2f}")
        )
    table.issues.append(Issue(RECOGNISED, table.index.table.code, message=_summary(counts)))


def _summary(counts: Mapping[str | None, int]) -> str:
    open_ = counts[CONTRADICTED] + counts[DOUBTFUL]
    return f"{sum(counts.values())} cells recognised in an image, {counts[UNCONFIRMED]} unconfirmed, {open_} left open"


def _judge(cell: Cell, evidence: _Evidence) -> str | None:
    """Return what speaks against a recognised cell, as the code of an issue; None where nothing does."""
    key, confidence = (cell.row, cell.col), cell.confidence or 0.0
    if key in evidence.confirmed and confidence >= _LEAST:
        return None
    if key in evidence.contradicted:
        return CONTRADICTED
    if key in evidence.repeated:
        return None if confidence >= _CLEAR else DOUBTFUL
    if confidence < _BEYOND_DOUBT:
        return DOUBTFUL
    return UNCONFIRMED if cell.value is not None else None


def _weigh(table: AlignedTable) -> _Evidence:
    values = {(cell.row, cell.col): cell.value for cell in table.cells}
    unread = {(cell.row, cell.col) for cell in table.cells if cell.kind in _UNREAD}
    evidence = _Evidence()
    failing: list[_Keys] = []
    for rule in table.index.form.sums:
        for relation in relations_of(table.index.table, rule):
            keys = (*relation.left, *relation.right)
            if not unread.isdisjoint(keys) or relation.says_nothing(values):
                continue
            if relation.holds(values):
                _confirm_sides(relation, values, evidence)
            else:
                failing.append(keys)
    for keys in failing:
        suspects = set(keys) - evidence.confirmed - evidence.repeated
        evidence.contradicted.update(suspects or keys)
    return evidence


def _confirm_sides(relation: Relation, values: Mapping[_Key, float | None], evidence: _Evidence) -> None:
    for side, other in ((relation.left, relation.right), (relation.right, relation.left)):
        opposite = {values[key] for key in other if values.get(key) is not None}
        for key in side:
            (evidence.repeated if (values.get(key) or 0.0) in opposite else evidence.confirmed).add(key)
