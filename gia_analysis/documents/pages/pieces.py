"""Lines of pages, one below the other as if there were one long page, cut into the pieces that may be cells of a table."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from gia_analysis.documents.pages.lines import Line

_FIGURE = re.compile(r"(?=.*\d)[\d,，.．%+\-－—万亿元件条次个人项增减０-９ ]{1,20}|[-—－–/／]{1,4}|\\")
_SAME_PLACE = 2.0  # points
_BETWEEN_PAGES = 0.5  # heights of a line from the last line of a page to the first of the next


def is_figure(text: str) -> bool:
    """Tell whether a text looks like what stands in a cell for a figure."""
    return _FIGURE.fullmatch(text.strip()) is not None


class Piece(NamedTuple):
    """A run of characters on a line between wide gaps. ``top`` and ``bottom`` count from the first page on."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    page: int
    confidence: float | None

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def is_figure(self) -> bool:
        """Whether it looks like what stands in a cell for a figure."""
        return is_figure(self.text)


@dataclass(frozen=True, slots=True)
class Strip:
    """A line with its pieces from left to right, and its place on the one long page."""

    line: Line
    page: int
    shift: float
    pieces: tuple[Piece, ...]

    @property
    def top(self) -> float:
        return self.line.top + self.shift

    @property
    def bottom(self) -> float:
        return self.line.bottom + self.shift

    @property
    def has_figure(self) -> bool:
        return any(piece.is_figure for piece in self.pieces)


def letter_size(strips: Sequence[Strip]) -> float:
    """Return how wide the ideographs of labels are: that is their size, whatever heights a font claims for its lines."""
    widths = [
        (piece.right - piece.left) / len(piece.text)
        for strip in strips
        for piece in strip.pieces
        if not (piece.is_figure or piece.text.isascii())
    ]
    return median(widths or [strip.bottom - strip.top for strip in strips])


def strips_of(lines: Sequence[tuple[Line, int]], walls: Iterable[tuple[int, float, float, float]]) -> list[Strip]:
    """Return lines, each with its page, one below the other.

    Args:
        lines: in reading order.
        walls: vertical lines that part cells: page, place, top and bottom.
    """
    lines = _without_repeated_heads(lines)
    parting: dict[int, list[tuple[float, float, float]]] = {}
    for number, at, top, bottom in walls:
        parting.setdefault(number, []).append((at, top, bottom))
    strips: list[Strip] = []
    shift = 0.0
    for position, (line, page) in enumerate(lines):
        if position and page != lines[position - 1][1]:
            before = lines[position - 1][0]
            shift += before.bottom + _BETWEEN_PAGES * line.height - line.top
        middle = (line.top + line.bottom) / 2
        near = [at for at, top, bottom in parting.get(page, ()) if top <= middle <= bottom]
        strips.append(Strip(line, page, shift, tuple(_pieces(line, page, shift, near))))
    return strips


def _without_repeated_heads(lines: Sequence[tuple[Line, int]]) -> list[tuple[Line, int]]:
    """Return lines without the heads of tables that are printed again at the top of each page: words alone, in columns."""
    kept: list[tuple[Line, int]] = []
    position = 0
    while position < len(lines):
        if kept and lines[position][1] != kept[-1][1]:
            position += max((_alike(kept, start, lines, position) for start in range(len(kept))), default=0)
        if position < len(lines):
            kept.append(lines[position])
            position += 1
    return kept


def _alike(kept: Sequence[tuple[Line, int]], start: int, lines: Sequence[tuple[Line, int]], position: int) -> int:
    """Return how many lines from a place on are those from another place on; none where they may be more than a head."""
    count, in_columns = 0, False
    while start + count < len(kept) and position + count < len(lines):
        some, other = kept[start + count][0], lines[position + count][0]
        if abs(some.left - other.left) > _SAME_PLACE or some.text() != other.text():
            break
        cells = other.cells()
        if any(is_figure(cell.text(" ")) for cell in cells):
            return 0
        in_columns |= len(cells) > 1
        count += 1
    return count if in_columns else 0


def _pieces(line: Line, page: int, shift: float, walls: Sequence[float]) -> Iterator[Piece]:
    for run in line.cells(walls):
        confidences = [glyph.confidence for glyph in run.glyphs if glyph.confidence is not None]
        yield Piece(
            run.text(" "),
            run.left,
            run.top + shift,
            run.right,
            run.bottom + shift,
            page,
            min(confidences, default=None),
        )
