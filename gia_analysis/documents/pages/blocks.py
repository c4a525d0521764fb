"""Where no lines tell the rows of a table: which pieces are lines of one cell.

A label broken over several lines is one where its lines are as close as those of a paragraph and no ruling line is
between.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gia_analysis.documents.model import TextCell
from gia_analysis.documents.pages.pieces import Piece, Strip, letter_size

_LEAST_PITCH, _WIDEST_PITCH = 0.9, 1.5  # sizes of a letter from line to line of one cell
_CLOSE = 1.15  # times the narrowest distance of lines that is still the same
_SLACK = 0.95  # times the least distance of rows

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


def find_blocks(strips: Sequence[Strip], bars: Sequence[Bar]) -> list[Block]:
    """Return the cells of a table without lines for its rows: pieces, and the runs of pieces that are lines of one cell."""
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
    size = letter_size(strips)
    most = _WIDEST_PITCH * size
    narrowest = most
    for number, strip in enumerate(strips):
        for piece in strip.pieces:
            following = None if piece.is_figure else _next_below(piece, strips, number)
            if following is None or (strip.has_figure and strips[following[1]].has_figure):
                continue
            apart = following[0].middle - piece.middle
            if not following[0].is_figure and _LEAST_PITCH * size < apart < narrowest:
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
