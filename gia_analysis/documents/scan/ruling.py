"""Ink → ruling lines."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from gia_analysis.documents.limits import require_at_most
from gia_analysis.documents.scan.picture import Grey, Mask, Picture

_ACROSS, _DOWN = 20.0, 12.5  # points of unbroken ink that may be a piece of a line: more than the strokes of letters
_LEAST_LENGTH = 30.0  # points of a line that hangs on no other
_THICKEST = 4.0  # points
_SMOOTH = 1.0  # points along a line over which its grain is smoothed
_FAINTEST = 28  # how much darker than the paper around it a line is, at least, of 255
_REACH = 1.5  # points by which lines may miss one another
_BREAK = 3.0  # points of a line that may be rubbed out
_MOST_LINES = 20_000


@dataclass(frozen=True, slots=True)
class Line:
    """A ruling line in pixels: its place across its direction, where it starts and ends, how thick it is."""

    at: float
    start: int
    end: int
    thick: int


@dataclass(frozen=True, slots=True)
class Ruling:
    """The ruling lines of a page, and the pixels they cover."""

    horizontal: tuple[Line, ...]
    vertical: tuple[Line, ...]
    covered: Mask


def find_ruling(picture: Picture) -> Ruling:
    """Return the ruling lines of a picture: long thin strokes, and short ones that end at others.

    Raises:
        LimitError: there are more than are read.
    """
    dark = 255 - picture.grey
    across = _strokes(dark, _ACROSS, picture.unit)
    down = _strokes(np.ascontiguousarray(dark.T), _DOWN, picture.unit)
    require_at_most(_MOST_LINES, len(across) + len(down), "ruling lines on a page")
    horizontal, vertical = _hung_together(across, down, picture.unit)
    covered = np.zeros(picture.ink.shape, np.uint8)
    margin = max(1, round(0.35 * picture.unit))
    reach = round(_REACH * picture.unit)
    for line in horizontal:
        _cover(covered, line, margin, reach)
    turned = np.zeros(picture.ink.T.shape, np.uint8)
    for line in vertical:
        _cover(turned, line, margin, reach)
    return Ruling(tuple(horizontal), tuple(vertical), (covered | turned.T).astype(bool))


def _strokes(dark: Grey, least: float, unit: float) -> list[Line]:
    """Return the thin horizontal strokes of a page that are unbroken for some points, given how dark each pixel is."""
    run, gap, thick = round(least * unit), round(_BREAK * unit), round(_THICKEST * unit)
    smooth = cv2.dilate(cv2.blur(dark, (max(1, round(_SMOOTH * unit)), 1)), np.ones((3, 1), np.uint8))
    long = cv2.morphologyEx(smooth, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    thin = cv2.subtract(long, cv2.morphologyEx(long, cv2.MORPH_OPEN, np.ones((thick, 1), np.uint8)))
    drawn = (thin > _FAINTEST).astype(np.uint8)
    joined = cv2.morphologyEx(drawn, cv2.MORPH_CLOSE, np.ones((3, gap), np.uint8))
    _, _, boxes, centres = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found: list[Line] = []
    for box, centre in zip(boxes[1:].tolist(), centres[1:].tolist(), strict=True):
        left, _, width, _, area = box
        if width >= run:
            found.append(Line(centre[1], left, left + width, max(1, round(area / width) - 2)))
    return found


def _hung_together(across: list[Line], down: list[Line], unit: float) -> tuple[list[Line], list[Line]]:
    """Return the lines that are long, or that end at lines on both sides."""
    length = _LEAST_LENGTH * unit
    long_across, long_down = (
        np.array([(line.at, line.start, line.end) for line in lines if line.end - line.start >= length]).reshape(-1, 3)
        for lines in (across, down)
    )
    reach = _REACH * unit
    kept_across = [line for line in across if line.end - line.start >= length or _ends_at(line, long_down, reach)]
    kept_down = [line for line in down if line.end - line.start >= length or _ends_at(line, long_across, reach)]
    return kept_across, kept_down


def _ends_at(line: Line, others: NDArray[np.float64], reach: float) -> bool:
    """Tell whether a line begins at one of others, given as rows of place, start and end, and ends at another.

    It may end a little short of it, and a little more beyond it: what crosses it makes it look longer.
    """
    near = others[(others[:, 1] - reach <= line.at) & (line.at <= others[:, 2] + reach), 0]
    beyond = np.array([near - line.start, line.end - near])
    return bool(((beyond > -reach) & (beyond < 2 * reach)).any(axis=1).all())


def _cover(covered: NDArray[np.uint8], line: Line, margin: int, reach: int) -> None:
    half = line.thick / 2 + margin
    top, bottom = max(0, round(line.at - half)), round(line.at + half) + 1
    covered[top:bottom, max(0, line.start - reach) : line.end + reach] = 1
