"""A sheet on which charts are drawn by the point: every place is known, so that nothing is measured twice."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Literal

from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from gia_analysis.charts.chart import GROUND, INK, MUTED, WIDTH_INCHES, Chart, house_style

WIDTH = 72 * WIDTH_INCHES
"""The width of every chart, in points."""

SMALL, SMALL_LINE = 9, 13.0
"""The size of small print and the distance of its lines, in points."""

# Widths in parts of the size of the text.
_LETTER, _THIN, _THICK = 0.56, 0.34, 0.78
_THIN_ONES, _THICK_ONES = frozenset("ijltfrI.,:;'!|()[] "), frozenset("mwMWOQGDHNU%")
_WIDE = {"W", "F", "A"}

_PIECES = re.compile(r"[!-~]+ ?|.[，。；、：）]?", re.DOTALL)

Anchor = Literal["left", "center", "right"]
Point = tuple[float, float]


@lru_cache(maxsize=4096)
def width_of(text: str, size: float = 10) -> float:
    """Return about how wide a text is, in points: a Chinese character is a square, a letter about half of it."""
    return size * sum(map(_width, text))


@lru_cache(maxsize=4096)
def _width(character: str) -> float:
    if unicodedata.east_asian_width(character) in _WIDE:
        return 1.0
    return _THIN if character in _THIN_ONES else _THICK if character in _THICK_ONES else _LETTER


def fit(text: str, width: float, size: float = 10) -> str:
    """Return a text cut to a width in points, with an ellipsis where it is cut; line breaks become blanks."""
    whole = " ".join(text.split())
    if width_of(whole, size) <= width + 0.01:
        return whole
    kept = ""
    for each in whole:
        if width_of(kept + each, size) > width - size:
            break
        kept += each
    return kept.rstrip() + "…"


def wrap(text: str, width: float, size: float = 10) -> list[str]:
    """Return a text in lines no wider than a width in points, broken between words or Chinese characters."""
    lines = [""]
    for piece in _PIECES.findall(" ".join(text.split())):
        if lines[-1] and width_of(lines[-1] + piece.rstrip(), size) > width:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


class _Line(Text):
    """A line of text whose place is known: it need not be measured to be written."""

    def draw(self, renderer: RendererBase) -> None:
        pen = renderer.new_gc()
        pen.set_foreground(self.get_color())
        x, y = self.get_transform().transform(self.get_unitless_position())
        renderer.draw_text(
            pen, x, renderer.get_canvas_width_height()[1] - y, self.get_text(), self.get_fontproperties(), 0, mtext=self
        )
        pen.restore()


class Canvas:
    """A sheet ``WIDTH`` points wide; places are points from its upper left corner."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.figure = Figure(figsize=(WIDTH_INCHES, height / 72), dpi=72, facecolor=GROUND)
        self._points = Affine2D().scale(1, -1).translate(0, height)

    def text(
        self, x: float, y: float, text: str, anchor: Anchor = "left", *, size: float = 10, colour: str = INK
    ) -> None:
        """Write a line of text whose middle is at a height."""
        self.figure.add_artist(
            _Line(x, y + 0.36 * size, text, color=colour, horizontalalignment=anchor, verticalalignment="baseline",
                 fontsize=size, transform=self._points, parse_math=False)
        )  # fmt: skip

    def title(self, text: str, y: float = 9) -> None:
        self.text(0, y, fit(text, WIDTH, 11), size=11)

    def lines(self, y: float, lines: Sequence[str], *, x: float = 0) -> None:
        """Write small print, line under line; the middle of the first is at a height."""
        for number, each in enumerate(lines):
            self.text(x, y + SMALL_LINE * number, each, size=SMALL, colour=MUTED)

    def bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a rectangle from its upper left corner."""
        self.area([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], colour)

    def frame(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Draw the dashed outline of a rectangle: something that is not known."""
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
        self.line(corners, colour, width=1, dashed=True)

    def area(self, corners: Sequence[Point], colour: str) -> None:
        path = Path([*corners, corners[0]], closed=True)
        self.figure.add_artist(PathPatch(path, facecolor=colour, linewidth=0, transform=self._points))

    def line(self, points: Sequence[Point], colour: str, *, width: float = 0.6, dashed: bool = False) -> None:
        self.figure.add_artist(
            PathPatch(Path(list(points)), fill=False, edgecolor=colour, linewidth=width, capstyle="butt",
                      linestyle=(0, (3, 2)) if dashed else "solid", transform=self._points)
        )  # fmt: skip

    def band(self, left: Point, right: Point, thickness: float, colour: str, *, opacity: float = 0.45) -> None:
        """Fill a band that swings from the upper end at the left to that at the right, equally thick all along."""
        (x, y), (to_x, to_y) = left, right
        middle = (x + to_x) / 2
        down = thickness
        path = Path(
            [(x, y), (middle, y), (middle, to_y), (to_x, to_y), (to_x, to_y + down), (middle, to_y + down),
             (middle, y + down), (x, y + down), (x, y)],
            [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY],
        )  # fmt: skip
        self.figure.add_artist(PathPatch(path, facecolor=colour, alpha=opacity, linewidth=0, transform=self._points))

    def dot(self, x: float, y: float, colour: str, *, radius: float = 3.5, edge: str = "") -> None:
        self.figure.add_artist(
            Circle((x, y), radius, facecolor=colour, edgecolor=edge or colour, linewidth=1.4 if edge else 0,
                   transform=self._points)
        )  # fmt: skip

    def chart(self, title: str, alternative: str) -> Chart:
        return Chart.of(self.figure, title, alternative, whole=True)


@contextmanager
def canvas(height: float) -> Iterator[Canvas]:
    """Yield a sheet of a height in points, in the house style."""
    with house_style():
        yield Canvas(height)


def spread(places: Sequence[float], apart: float, lowest: float, highest: float) -> list[float]:
    """Return heights near those given, in their order, at least so far apart, and within bounds if there is room.

    >>> spread([10, 11, 12, 50], 10, 0, 100)
    [1.0, 11.0, 21.0, 50.0]
    """
    blocks: list[tuple[float, int]] = []  # the middle of each block of neighbours that touch, and how many they are
    for place in places:
        middle, many = float(place), 1
        while blocks and middle - (many - 1) * apart / 2 < blocks[-1][0] + (blocks[-1][1] + 1) * apart / 2:
            before, number = blocks.pop()
            middle = (before * number + middle * many) / (number + many)
            many += number
        half = (many - 1) * apart / 2
        middle = max(min(middle, highest - half), lowest + half)
        blocks.append((middle, many))
    return [middle + (n - (many - 1) / 2) * apart for middle, many in blocks for n in range(many)]
