"""Rows of a table that the edge of a page cut in two: each half is a row of the document, only together they have a label."""

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from gia_analysis.documents import TableBlock, TextCell
from gia_analysis.forms import known_labels

Row = Sequence[TextCell]
_NONE = TextCell("", absent=True)


def whole_rows(block: TableBlock, label: Callable[[str], str]) -> Iterator[Row]:
    """Yield the rows of a table, one that goes on behind the edge of a page as one row.

    That is so where the last row of a page has no label, and has one with what stands below it on the next page.
    """
    rows = iter(block.rows)
    above: Row | None = next(rows, None)
    for row in rows:
        if above and row and above[0].page != row[0].page and _goes_on(above, row, label):
            above = [_joined(cell, more) for cell, more in zip_longest(above, row, fillvalue=_NONE)]
            continue
        if above is not None:
            yield above
        above = row
    if above is not None:
        yield above


def _goes_on(above: Row, row: Row, label: Callable[[str], str]) -> bool:
    labels = known_labels()
    for cell, more in zip(above, row, strict=False):
        if cell.text and more.text and label(cell.text + more.text) in labels:
            return label(cell.text) not in labels and label(more.text) not in labels
    return False


def _joined(cell: TextCell, more: TextCell) -> TextCell:
    if not more.text:
        return cell
    return (cell if cell.text else more)._replace(text=cell.text + more.text, absent=False)
