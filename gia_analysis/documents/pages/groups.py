"""Where no lines tell the rows of a table: labels of groups of rows, which stand in the middle of their rows."""

from collections.abc import Sequence
from itertools import pairwise

from gia_analysis.documents.pages.blocks import Block

Cells = dict[int, Block]  # those of a row by the column in which they begin


def raise_labels(rows: Sequence[Cells], column: int) -> None:
    """Bring the labels in a column that stand in the middle of several rows up to the first of them.

    Between two rows in which a label of a column before begins, the labels here share the rows out: each stands in the
    middle of its own. Where that does not come out even, they stay where they are.
    """
    starts = [number for number, row in enumerate(rows) if any(first < column for first in row)]
    for start, end in pairwise([0, *starts, len(rows)]):
        if not any(block.first < column <= block.last for block in rows[start].values()):
            _share_out(rows[start:end], column)


def _share_out(rows: Sequence[Cells], column: int) -> None:
    labels = [row[column] for row in rows if column in row]
    bearing = [row for row in rows if any(first > column for first in row)]
    if not labels or len(bearing) < 2:
        return
    found: list[tuple[Cells, Block]] = []
    start = 0
    for label in labels:
        if start == len(bearing):
            return
        off, end = min(
            (abs(_middle(bearing[start : end + 1], column) - label.middle), end) for end in range(start, len(bearing))
        )
        if off > label.pieces[0].bottom - label.top:
            return
        found.append((bearing[start], label))
        start = end + 1
    if start == len(bearing):
        for row in rows:
            row.pop(column, None)
        for row, label in found:
            row[column] = label


def _middle(rows: Sequence[Cells], column: int) -> float:
    """Return the middle of what stands in some rows right of a column."""
    ends = [block for row in (rows[0], rows[-1]) for first, block in row.items() if first > column]
    return (min(block.top for block in ends) + max(block.bottom for block in ends)) / 2
