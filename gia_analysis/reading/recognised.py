"""Figures recognised in an image, which count as read only where a sum of the form confirms them.

A sum that holds confirms every figure in it: a figure misread would have to be made up for by another. One that stands
only in sums that fail stays open. Where a form has no sum for a figure, it is kept if it was recognised beyond doubt,
and marked as unconfirmed.
"""

from collections.abc import Collection

from gia_analysis.reading.cells import AlignedTable
from gia_analysis.reading.relations import relations_of
from gia_analysis.records import Cell, Issue
from gia_analysis.schema import Kind

UNCONFIRMED, CONTRADICTED, DOUBTFUL = "OCR_UNCONFIRMED", "OCR_CONTRADICTED", "OCR_DOUBTFUL"

_SURE = 0.9  # confidence under which a figure that nothing confirms stays open

_Key = tuple[str, str]


def confirm(table: AlignedTable) -> None:
    """Open the figures of a table that were recognised in an image and that no sum confirms, or that one contradicts."""
    if all(cell.confidence is None for cell in table.cells):
        return
    confirmed, contradicted = _by_sums(table)
    for position, cell in enumerate(table.cells):
        if cell.confidence is None or cell.value is None or (cell.row, cell.col) in confirmed:
            continue
        judged = _judge(cell, contradicted)
        table.cells[position] = judged
        table.issues.append(
            Issue(judged.issue or "", cell.table, cell.row, cell.col, cell.raw, cell.line, f"{cell.confidence:.2f}")
        )


def _judge(cell: Cell, contradicted: Collection[_Key]) -> Cell:
    if (cell.row, cell.col) in contradicted:
        return cell._replace(value=None, kind=Kind.AMBIGUOUS, issue=CONTRADICTED)
    if cell.confidence is not None and cell.confidence < _SURE:
        return cell._replace(value=None, kind=Kind.AMBIGUOUS, issue=DOUBTFUL)
    return cell._replace(issue=cell.issue or UNCONFIRMED)


def _by_sums(table: AlignedTable) -> tuple[set[_Key], set[_Key]]:
    """Return the cells that stand in a sum that holds, and those that stand in one that does not."""
    values = {(cell.row, cell.col): cell.value for cell in table.cells}
    unread = {(cell.row, cell.col) for cell in table.cells if cell.kind in (Kind.AMBIGUOUS, Kind.TEXT)}
    confirmed: set[_Key] = set()
    contradicted: set[_Key] = set()
    for rule in table.index.form.sums:
        for relation in relations_of(table.index.table, rule):
            keys = (*relation.left, *relation.right)
            if unread.intersection(keys) or relation.says_nothing(values):
                continue
            (confirmed if relation.holds(values) else contradicted).update(keys)
    return confirmed, contradicted
