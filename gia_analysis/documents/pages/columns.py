"""Where no lines tell the columns of a table: what stands below one another."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gia_analysis.documents.pages.pieces import Piece, Strip

_OVERLAP = 1.0  # points by which pieces of one column overlap at least

_MOST_WORDS = 5  # for each figure in a column of figures


@dataclass(slots=True)
class Column:
    """How far what stands in a column reaches, and how many figures and words that are."""

    left: float
    right: float
    figures: int = 0
    words: int = 0
    strips: set[int] = field(default_factory=set)
    is_blank: bool = False

    @property
    def is_of_figures(self) -> bool:
        """Whether figures are more than an exception in it, or it has nothing but a head."""
        return self.is_blank or (self.figures > 0 and self.words <= _MOST_WORDS * self.figures)

    def overlaps(self, piece: Piece) -> bool:
        least = min(_OVERLAP, (piece.right - piece.left) / 2)
        return min(self.right, piece.right) - max(self.left, piece.left) >= least

    def take(self, piece: Piece, strip: int) -> None:
        """Make a piece part of the column."""
        self.left, self.right = min(self.left, piece.left), max(self.right, piece.right)
        self.figures += piece.is_figure
        self.words += not piece.is_figure
        self.strips.add(strip)


def find_columns(strips: Sequence[Strip]) -> tuple[list[Column], bool]:
    """Return the columns of a table from left to right, and whether it is certain that they are its columns.

    The fullest lines tell best: all that stands on one line stands in different columns. A piece that reaches into
    several columns is a cell over them.
    """
    columns: list[Column] = []
    fullest = sorted(range(len(strips)), key=lambda number: -len(strips[number].pieces))
    for number in fullest:
        if len(strips[number].pieces) == 1 and not strips[number].has_figure:
            continue  # a title, or a part of a label
        for piece in strips[number].pieces:
            below = [column for column in columns if column.overlaps(piece)]
            if not below:
                columns.append(Column(piece.left, piece.right))
                below = columns[-1:]
            if len(below) == 1:
                below[0].take(piece, number)
    columns.sort(key=lambda column: column.left)
    found, certain = _with_their_heads(columns)
    _mark_blank(found, strips)
    return _with_columns_of_labels(found, strips), certain


def _mark_blank(columns: Sequence[Column], strips: Sequence[Strip]) -> None:
    """Mark the columns right of all labels that have a head alone: nothing in them stands beside or below a figure."""
    fullest = max(range(len(strips)), key=lambda number: len(strips[number].pieces))
    first = next((number for number, strip in enumerate(strips) if strip.has_figure), fullest + 1)
    for column in reversed(columns):
        if column.is_of_figures:
            continue
        if any(number >= first for number in column.strips):
            return
        column.is_blank = True


def _with_columns_of_labels(columns: list[Column], strips: Sequence[Strip]) -> list[Column]:
    """Return columns with those before the figures found anew, the narrowest labels first: long ones reach over several."""
    first = next((number for number, column in enumerate(columns) if column.is_of_figures), 0)
    if not first:
        return columns
    edge = columns[first].left
    pieces = [(piece, number) for number, strip in enumerate(strips) for piece in strip.pieces if piece.right <= edge]
    labels: list[Column] = []
    for piece, number in sorted(pieces, key=lambda each: each[0].right - each[0].left):
        below = [column for column in labels if column.overlaps(piece)]
        if not below:
            labels.append(Column(piece.left, piece.right))
            below = labels[-1:]
        if len(below) == 1:
            below[0].take(piece, number)
    return [*sorted(labels, key=lambda column: column.left), *columns[first:]]


def _with_their_heads(columns: list[Column]) -> tuple[list[Column], bool]:
    """Join columns of figures alone to the heads beside them, where figures and heads do not stand below one another.

    That is certain only if all heads are on the same side of their figures.
    """
    bare = [number for number, column in enumerate(columns) if column.figures and not column.words]
    if not bare:
        return columns, True
    after = all(number > 0 and _are_one(columns[number - 1], columns[number]) for number in bare)
    before = all(number + 1 < len(columns) and _are_one(columns[number + 1], columns[number]) for number in bare)
    if after == before:
        return columns, False
    for number in reversed(bare):
        own, head = columns[number], columns[number - 1 if after else number + 1]
        head.left, head.right = min(own.left, head.left), max(own.right, head.right)
        head.figures += own.figures
        head.strips |= own.strips
    kept = [column for number, column in enumerate(columns) if number not in bare]
    return kept, all(left.right <= right.left + _OVERLAP for left, right in pairwise(kept))


def _are_one(head: Column, figures: Column) -> bool:
    return not head.figures and not head.strips & figures.strips


def columns_below(piece_left: float, piece_right: float, columns: Sequence[Column]) -> list[int]:
    """Return the numbers of the columns that a piece reaches into."""
    width = piece_right - piece_left
    least = min(_OVERLAP, width / 2)
    return [
        number
        for number, column in enumerate(columns)
        if min(column.right, piece_right) - max(column.left, piece_left) >= least
    ]
