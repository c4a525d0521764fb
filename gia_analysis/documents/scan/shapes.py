"""The shapes that a piece of writing consists of, and the two that are told by shape alone: dashes and slashes.

The models take a slash for a one and a dash for anything; a straight slanting stroke and a flat bar are neither.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gia_analysis.documents.scan.picture import Mask

_FLAT = 0.3  # height of a dash, at most, in heights of a line
_LONG = 1.35  # width of a dash, at least, in its own heights
_FULL = 0.5  # share of its box that a dash fills
_SLANT = 0.18  # how far a slash leans, at least, in its heights
_THIN = 0.36  # width of a slash's stroke, at most, in its heights
_WHOLE = 0.85  # share of its rows that hold one stroke
_LEAST_ROWS = 8
_STRAIGHT = 0.06  # how far its middle may lie off a straight line, in its heights
_EVEN = 1.6  # how much wider than usual the stroke may be anywhere


class Box(NamedTuple):
    """A box in pixels; right and bottom are the first pixels outside it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top


def box_of(mask: Mask) -> Box | None:
    """Return the box of what a mask holds, if it holds anything."""
    across, down = np.flatnonzero(mask.any(axis=0)), np.flatnonzero(mask.any(axis=1))
    if not len(across):
        return None
    return Box(int(across[0]), int(down[0]), int(across[-1]) + 1, int(down[-1]) + 1)


def stretches(filled: "NDArray[np.bool_] | np.bool_") -> list[tuple[int, int]]:
    """Return where runs of True begin and end."""
    edges = np.flatnonzero(np.diff(np.asarray(filled, np.int8), prepend=0, append=0)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def shapes_of(mask: Mask) -> list[Box]:
    """Return the boxes of what stands apart in a line, from left to right; parts above one another are one."""
    found = []
    for begin, end in stretches(mask.any(axis=0)):
        box = box_of(mask[:, begin:end])
        assert box
        found.append(Box(begin, box.top, end, box.bottom))
    return found


def is_dash(ink: Mask, line_height: float) -> bool:
    """Tell whether the ink of a piece, cut to its box, is a flat bar."""
    height, width = ink.shape
    return height <= _FLAT * line_height and width >= _LONG * height and float(ink.mean()) >= _FULL


def slash_in(mask: Mask) -> str | None:
    """Return the slash or backslash that a piece, cut to its box, is; None where it is none.

    It is one stroke, as wide in every row, whose middle moves along a straight line: neither a one, which stands upright,
    nor a seven, which begins with a bar.
    """
    widths = mask.sum(axis=1)
    rows = np.flatnonzero(widths)
    if len(rows) < _LEAST_ROWS or len(rows) < _WHOLE * len(mask):
        return None
    if sum(len(stretches(row)) > 1 for row in mask[rows]) > (1 - _WHOLE) * len(rows):
        return None
    height, widths = len(mask), widths[rows]
    middles = (mask[rows] * np.arange(mask.shape[1])).sum(axis=1) / widths
    slope, start = np.polyfit(rows, middles, 1)
    off = float(np.abs(middles - (start + slope * rows)).max())
    usual = float(np.median(widths))
    if usual > _THIN * height or widths.max() > _EVEN * usual or off > max(1.0, _STRAIGHT * height):
        return None
    return ("/" if slope < 0 else "\\") if abs(slope) >= _SLANT else None


def lean_of(mask: Mask) -> float:
    """Return by how much the middle of what a mask holds moves to the right from row to row."""
    widths = mask.sum(axis=1)
    rows = np.flatnonzero(widths)
    if len(rows) < 2:
        return 0.0
    middles = (mask[rows] * np.arange(mask.shape[1])).sum(axis=1) / widths[rows]
    return float(np.polyfit(rows, middles, 1)[0])
