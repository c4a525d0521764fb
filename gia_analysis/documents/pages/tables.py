"""Tables on pages: rows of cells between column lines, and the joining of what page edges part."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from gia_analysis.documents.model import TableBlock, TextCell
from gia_analysis.documents.pages.grids import Cell, RuledGrid
from gia_analysis.documents.pages.lines import Line

_SAME = 4.0  # points that a column line may differ from one page to the next

Row = tuple[TextCell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of one page or of several: where its column lines are, and its rows with a cell between each two.

    ``opened`` and ``unclosed`` say that no line closes its first row above, or its last one below. ``certain`` says that
    each cell stands in its column and its row beyond doubt.
    """

    columns: tuple[float, ...]
    rows: tuple[Row, ...]
    page: int
    opened: bool = False
    unclosed: bool = False
    certain: bool = True

    def block(self) -> TableBlock:
        """Return the table as a block."""
        if self.certain:
            return TableBlock(self.rows, True, True, "grid", self.page, columns_known=True)
        rows = tuple(tuple(cell for cell in row if not cell.absent) for row in self.rows)
        return TableBlock(rows, row_ends_known=True, blanks_kept=False, layout="positions", page=self.page)


def ruled_table(grid: RuledGrid) -> Table:
    """Return what a ruled grid holds. The text of a cell that spans several places is in the first of them."""
    seen: set[int] = set()
    rows = []
    for row in grid.places:
        printed = []
        for cell in row:
            printed.append(TextCell("", page=cell.page, absent=True) if id(cell) in seen else read_cell(cell))
            seen.add(id(cell))
        rows.append(tuple(printed))
    opened = not any(cell.closed_above for cell in grid.places[0])
    unclosed = not any(cell.closed_below for cell in grid.places[-1])
    return Table(tuple(grid.columns), tuple(rows), grid.places[0][0].page, opened, unclosed)


def read_cell(cell: Cell) -> TextCell:
    """Return what is written in a cell, its lines joined where only the lack of room parts them."""
    if not cell.lines:
        return TextCell("", page=cell.page, absent=cell.absent)
    return TextCell(join_lines(cell.lines, cell.right - cell.left), page=cell.page, confidence=_confidence(cell))


def _confidence(cell: Cell) -> float | None:
    return min([glyph.confidence for glyph in cell.glyphs if glyph.confidence is not None], default=None)


def join_lines(lines: Sequence[Line], width: float) -> str:
    """Return the text of lines in a column of some width: a line break stays only where the next word had had room."""
    if len(lines) == 1:
        return lines[0].text(" ")
    left = min(line.left for line in lines)
    room = max(max(line.right for line in lines) - left, width - 2 * _margin(lines, width))
    text = lines[0].text(" ")
    for line, following in pairwise(lines):
        added = following.text(" ")
        word = following.first_word_width()
        wraps = line.width + word > room or (text.endswith((",", "，")) and added[0].isdigit() and text[:1].isdigit())
        words = added[0].isascii() and added[0].isalpha() and text[-1].isascii() and text[-1].isalpha()
        text += ("" if wraps and not words else " " if wraps else "\n") + added
    return text


def _margin(lines: Sequence[Line], width: float) -> float:
    """Return about how much of a column's width its text leaves free on each side."""
    widest = max(line.width for line in lines)
    return max(0.0, min(6.0, (width - widest) / 2))


def joined(above: Table, below: Table) -> Table | None:
    """Return two tables of neighbouring pages as one; None where they are not one table.

    They are one if they have the same outer lines and no column line of one stands inside a column of the other alone.
    Rows at the head of the second that repeat those of the first are left out; a row that no line closes at the page's
    end goes on in the next.
    """
    if above.certain != below.certain:
        return None
    columns = _common(above.columns, below.columns)
    if columns is None:
        return None
    first, second = _spread(above, columns), _spread(below, columns)
    repeated = list(takewhile(lambda pair: _texts(pair[0]) == _texts(pair[1]), zip(first, second, strict=False)))
    if len(repeated) < len(second) and any(any(_texts(row)) for row, _ in repeated):
        second = second[len(repeated) :]
    elif above.unclosed and below.opened and second:
        first, second = [*first[:-1], _continued(first[-1], second[0])], second[1:]
    return Table(columns, (*first, *second), above.page, above.opened, below.unclosed, above.certain)


def _common(some: Sequence[float], others: Sequence[float]) -> tuple[float, ...] | None:
    """Return the column lines of two tables where those of one are among those of the other, else None."""
    if abs(some[0] - others[0]) > _SAME or abs(some[-1] - others[-1]) > _SAME:
        return None
    more, fewer = (some, others) if len(some) >= len(others) else (others, some)
    return tuple(more) if all(_nearest(more, line) is not None for line in fewer) else None


def _nearest(lines: Sequence[float], place: float) -> int | None:
    position = bisect_left(lines, place)
    near = [each for each in (position - 1, position) if 0 <= each < len(lines) and abs(lines[each] - place) <= _SAME]
    return min(near, key=lambda each: abs(lines[each] - place), default=None)


def _spread(table: Table, columns: Sequence[float]) -> list[Row]:
    """Return the rows of a table with a cell for each column of a finer grid."""
    places = [_nearest(columns, line) or 0 for line in table.columns]
    if len(places) == len(columns):
        return list(table.rows)
    spread = []
    for row in table.rows:
        cells: list[TextCell] = []
        for cell, start, end in zip(row, places, places[1:], strict=False):
            cells += [cell, *[TextCell("", page=cell.page, absent=True)] * (end - start - 1)]
        spread.append(tuple(cells))
    return spread


def _texts(row: Row) -> list[str]:
    return ["".join(cell.text.split()) for cell in row]


def _continued(row: Row, following: Row) -> Row:
    return tuple(
        cell._replace(text=cell.text + more.text, absent=cell.absent and more.absent)
        for cell, more in zip(row, following, strict=True)
    )
