"""Where no lines tell the rows of a table: each line of figures is one, with the labels that stand around it.

A label broken over several lines is one where its lines are as close as those of a paragraph and no ruling line is
between. It belongs to the one line of figures that it stands beside.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from gia_analysis.documents.model import TextCell
from gia_analysis.documents.pages.columns import Column, columns_below
from gia_analysis.documents.pages.pieces import Piece, Strip

_WIDEST_PITCH = 1.5  # sizes of a letter from line to line of one cell
_CLOSE = 1.15  # times the narrowest distance of lines that is still the same
_SLACK = 0.95  # times the least distance of rows
_HALF = 0.5

Bar = tuple[int, float, float, float]  # a horizontal ruling line: page, place on the one long page, left and right


@dataclass(slots=True)
class Block:
    """The lines of one cell, and the columns from ``first`` to ``last`` over which it stands.

    ``beside_figure`` says that a figure stands on its last line.
    """

    pieces: list[Piece]
    first: int = 0
    last: int = 0
    beside_figure: bool = False

    @property
    def top(self) -> float:
        return self.pieces[0].top

    @property
    def bottom(self) -> float:
        return self.pieces[-1].bottom

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def cell(self) -> TextCell:
        """Return it as a cell."""
        text = self.pieces[0].text
        for piece in self.pieces[1:]:
            apart = (
                text[-1:].isascii() and text[-1:].isalpha() and piece.text[:1].isascii() and piece.text[:1].isalpha()
            )
            text += (" " if apart else "") + piece.text
        sure = min((piece.confidence for piece in self.pieces if piece.confidence is not None), default=None)
        return TextCell(text, page=self.pieces[0].page, confidence=sure)


@dataclass(slots=True)
class Row:
    """A row: where it stands, and its cells by the column in which they begin."""

    middle: float
    page: int
    cells: dict[int, Block] = field(default_factory=dict)

    @property
    def top(self) -> float:
        return min(block.top for block in self.cells.values())

    @property
    def bottom(self) -> float:
        return max(block.bottom for block in self.cells.values())


def read_rows(strips: Sequence[Strip], columns: Sequence[Column], bars: Sequence[Bar]) -> list[tuple[TextCell, ...]]:
    """Return the rows of a table whose columns are known, with a cell for each column.

    A column without any figure has no blank cells: what is not printed there is not there.
    """
    blocks = _blocks(strips, columns, bars)
    for block in blocks:
        below = columns_below(
            min(piece.left for piece in block.pieces), max(piece.right for piece in block.pieces), columns
        )
        block.first, block.last = (below[0], below[-1]) if below else (0, 0)
    rows = _rows(blocks, columns)
    _raise_labels_of_groups(rows, columns)
    return [tuple(_cells(row, columns)) for row in rows if row.cells]


def _raise_labels_of_groups(rows: list[Row], columns: Sequence[Column]) -> None:
    """Bring the labels of groups up to their first rows, column by column, in the rows below the head."""
    if not rows:
        return
    fullest = max(range(len(rows)), key=lambda number: len(rows[number].cells))
    figures = (number for number, row in enumerate(rows) if any(_is_figure(b, columns) for b in row.cells.values()))
    body = rows[next(figures, fullest + 1) :]
    for number, column in enumerate(columns):
        if body and not column.is_of_figures:
            _raise_group_labels(body, number)


def _cells(row: Row, columns: Sequence[Column]) -> Iterator[TextCell]:
    reach = -1
    for number, column in enumerate(columns):
        block = row.cells.get(number)
        if block:
            reach = max(reach, block.last)
            yield block.cell()
        else:
            yield TextCell("", page=row.page, absent=number <= reach or not column.is_of_figures)


def _blocks(strips: Sequence[Strip], columns: Sequence[Column], bars: Sequence[Bar]) -> list[Block]:
    """Return the cells of a table: pieces, and the runs of pieces that are lines of one cell."""
    pitch, step = _pitch(strips), _step(strips)
    blocks: list[Block] = []
    open_blocks: list[Block] = []
    for strip in strips:
        here: list[Block] = []
        for piece in strip.pieces:
            above = [block for block in open_blocks if _overlap(block.pieces[-1], piece)]
            below = [other for other in strip.pieces if above and _overlap(above[0].pieces[-1], other)]
            if (
                len(above) == 1
                and len(below) == 1
                and _go_on(above[0], piece, pitch, bars)
                and not (
                    strip.has_figure and above[0].beside_figure and piece.middle - above[0].pieces[-1].middle > step
                )
            ):
                above[0].pieces.append(piece)
                above[0].beside_figure = strip.has_figure
                here.append(above[0])
            else:
                here.append(Block([piece], beside_figure=strip.has_figure))
                blocks.append(here[-1])
        open_blocks = here + [
            block
            for block in open_blocks
            if block not in here
            and strip.top - block.bottom < pitch
            and not any(_overlap(block.pieces[-1], p) for p in strip.pieces)
        ]
    return blocks


def _overlap(some: Piece, other: Piece) -> bool:
    return min(some.right, other.right) - max(some.left, other.left) > 0


def _go_on(block: Block, piece: Piece, pitch: float, bars: Sequence[Bar]) -> bool:
    """Tell whether a piece is the next line of a cell."""
    last = block.pieces[-1]
    if last.page != piece.page:
        return False
    if piece.is_figure and last.is_figure:
        return last.text.rstrip().endswith((",", "，")) and piece.middle - last.middle <= pitch
    if piece.is_figure or piece.middle - last.middle > pitch:
        return False
    across = (max(piece.left, last.left) + min(piece.right, last.right)) / 2
    return not any(
        page == piece.page and last.middle < at < piece.middle and left <= across <= right
        for page, at, left, right in bars
    )


def _pitch(strips: Sequence[Strip]) -> float:
    """Return the most that lines of one cell are apart: a little over the narrowest distance of lines not both rows."""
    size = median(
        [
            (piece.right - piece.left) / len(piece.text)
            for strip in strips
            for piece in strip.pieces
            if not (piece.is_figure or piece.text.isascii())
        ]
        or [strip.bottom - strip.top for strip in strips]
    )
    most = _WIDEST_PITCH * size
    narrowest = most
    for number, strip in enumerate(strips):
        for piece in strip.pieces:
            following = None if piece.is_figure else _next_below(piece, strips, number)
            if following is None or (strip.has_figure and strips[following[1]].has_figure):
                continue
            apart = following[0].middle - piece.middle
            if not following[0].is_figure and _HALF * size < apart < narrowest:
                narrowest = apart
    return min(most, _CLOSE * narrowest)


def _step(strips: Sequence[Strip]) -> float:
    """Return the least distance of lines with figures that are rows, with what they may differ in."""
    places = [strip.top for strip in strips if strip.has_figure]
    return _SLACK * min((below - above for above, below in pairwise(places)), default=0.0)


def _next_below(piece: Piece, strips: Sequence[Strip], number: int) -> tuple[Piece, int] | None:
    for place in range(number + 1, min(number + 6, len(strips))):
        for other in strips[place].pieces:
            if _overlap(piece, other):
                return other, place
    return None


def _rows(blocks: Sequence[Block], columns: Sequence[Column]) -> list[Row]:
    """Return the rows from top to bottom: one for each line of figures, and one for each other label."""
    rows: list[Row] = []
    for block in sorted((each for each in blocks if _is_figure(each, columns)), key=lambda each: each.middle):
        if not (rows and block.middle - rows[-1].middle < _HALF * (block.bottom - block.top)):
            rows.append(Row(block.middle, block.pieces[0].page))
        rows[-1].cells.setdefault(block.first, block)
    others: list[Row] = []
    for block in sorted((each for each in blocks if not _is_figure(each, columns)), key=lambda each: each.middle):
        beside = [row for row in rows if block.top <= row.middle <= block.bottom]
        if len(beside) == 1 and block.first not in beside[0].cells:
            beside[0].cells[block.first] = block
            continue
        row = next(
            (each for each in others if abs(each.middle - block.middle) < _HALF * (block.pieces[0].bottom - block.top)),
            None,
        )
        if row is None or block.first in row.cells:
            row = Row(block.middle, block.pieces[0].page)
            others.append(row)
        row.cells[block.first] = block
    return sorted([*rows, *others], key=lambda row: row.middle)


def _is_figure(block: Block, columns: Sequence[Column]) -> bool:
    return block.first == block.last and columns[block.first].is_of_figures and block.pieces[0].is_figure


def _raise_group_labels(rows: list[Row], column: int) -> None:
    """Bring labels that stand in the middle of several rows, those of a group, up to the first of them.

    Between two rows in which a label of a column before begins, the labels here share the rows out: each stands in the
    middle of its own. Where that does not come out even, they stay where they are.
    """
    starts = [number for number, row in enumerate(rows) if any(first < column for first in row.cells)]
    for start, end in pairwise([0, *starts, len(rows)]):
        if not any(block.first < column <= block.last for block in rows[start].cells.values()):
            _share_out(rows[start:end], column)


def _share_out(rows: Sequence[Row], column: int) -> None:
    labels = [row.cells[column] for row in rows if column in row.cells]
    bearing = [row for row in rows if any(first > column for first in row.cells)]
    if not labels or len(bearing) < 2:
        return
    found: list[tuple[Row, Block]] = []
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
            row.cells.pop(column, None)
        for row, label in found:
            row.cells[column] = label


def _middle(rows: Sequence[Row], column: int) -> float:
    """Return the middle of what stands in some rows right of a column."""
    ends = [block for row in (rows[0], rows[-1]) for first, block in row.cells.items() if first > column]
    return (min(block.top for block in ends) + max(block.bottom for block in ends)) / 2
