"""Ink between ruling lines → the pieces of writing: single lines, each with the space it stands in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from gia_analysis.documents.limits import require_at_most
from gia_analysis.documents.scan.picture import Grey, Mask, Picture
from gia_analysis.documents.scan.ruling import Ruling
from gia_analysis.documents.scan.shapes import Box, box_of, stretches

_SPECK = 0.35  # points: smaller ink in both directions is dirt
_USUAL = 9.0  # points of a line's height where a page tells none
_SMALLEST, _LARGEST = 4.0, 40.0  # points of a line's height
_WIDE = 1.6  # heights of a gap that parts pieces of one line
_RIM = 0.8  # points beside ruling lines in which their shade lies
_PART = 0.45  # heights of a strip that is only part of a line, as the strokes of 二 are
_NEAR = 0.4  # heights between such a strip and the rest
_TALL = 1.8  # heights of a strip that holds more than one line
_DIRT = 0.2  # heights of ink that can be no letter
_NEARBY = 0.12  # heights around a piece that are cut out with it
_SIDE = 0.5  # heights of white left and right of it
MOST_PIECES = 6_000  # of one page


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of writing in one line: the box of its ink, whether ruling lines enclose it, and its ink.

    ``trace`` is where there is ink or a trace of it, beside the box too. ``faint`` says that there is a trace of something,
    but no ink that could be read.
    """

    box: Box
    enclosed: bool
    ink: Mask
    trace: Mask
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """The pieces of writing on a page, and how high a line usually is, in pixels."""

    pieces: tuple[Piece, ...]
    height: float


def find_writing(picture: Picture, ruling: Ruling) -> Writing:
    """Return what is written on a page.

    Raises:
        LimitError: there are more pieces than any report has.
    """
    ink = _without_specks(picture.ink & ~ruling.covered, picture.unit)
    rim = np.ones((2 * round(_RIM * picture.unit) + 1,) * 2, np.uint8)
    lines = cv2.dilate(ruling.covered.astype(np.uint8), rim).astype(bool)
    spaces = _spaces(ruling, ink, picture.trace & ~lines)
    height = _usual_height(ink, picture.unit)
    pieces: list[Piece] = []
    for space in spaces:
        pieces += _pieces_of(space, height, picture.unit)
        require_at_most(MOST_PIECES, len(pieces), "pieces of writing on a page")
    return Writing(tuple(pieces), height)


@dataclass(frozen=True, slots=True)
class _Space:
    left: int
    top: int
    ink: Mask
    core: Mask  # where there is a trace, but for the rim, in which the shade of ruling lines lies
    enclosed: bool


def _without_specks(ink: Mask, unit: float) -> Mask:
    most = max(1, round(_SPECK * unit))
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    small = (boxes[:, cv2.CC_STAT_WIDTH] <= most) & (boxes[:, cv2.CC_STAT_HEIGHT] <= most)
    return np.asarray(ink & ~small[labels])


def _usual_height(ink: Mask, unit: float) -> float:
    """Return how high a line of writing usually is: that of the boxes of letters."""
    wide = cv2.dilate(ink.astype(np.uint8), np.ones((1, round(3 * unit)), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(wide, connectivity=8)
    heights = boxes[1:, cv2.CC_STAT_HEIGHT]
    likely = heights[(heights >= _SMALLEST * unit) & (heights <= 16 * unit)]
    return float(np.median(likely)) if len(likely) else _USUAL * unit


def _spaces(ruling: Ruling, ink: Mask, trace: Mask) -> Iterator[_Space]:
    """Yield the spaces that ruling lines leave, each with the ink in it."""
    open_ = (~ruling.covered).astype(np.uint8)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(open_, connectivity=4)
    height, width = ink.shape
    written = np.bincount(labels[trace | ink], minlength=count) > 0
    for number in np.flatnonzero(written[1:]) + 1:
        left, top, across, down = boxes[number, :4].tolist()
        part = labels[top : top + down, left : left + across] == number
        at_edge = left == 0 or top == 0 or left + across == width or top + down == height
        view = slice(top, top + down), slice(left, left + across)
        yield _Space(left, top, np.asarray(ink[view] & part), np.asarray(trace[view] & part), not at_edge)


def _pieces_of(space: _Space, height: float, unit: float) -> Iterator[Piece]:
    found = False
    for box in _boxes(space.ink, Box(0, 0, space.ink.shape[1], space.ink.shape[0]), height):
        if max(box.width, box.height) >= _DIRT * height and box.height <= _LARGEST * unit:
            found = True
            yield _piece(space, box)
    trace = None if found or not space.enclosed else box_of(space.core)
    if trace and max(trace.width, trace.height) >= 2 * _DIRT * height:
        yield _piece(space, trace, faint=True)


def _piece(space: _Space, box: Box, *, faint: bool = False) -> Piece:
    down, beside = slice(box.top, box.bottom), round(_WIDE * box.height / 2)
    left, top = space.left, space.top
    place = Box(box.left + left, box.top + top, box.right + left, box.bottom + top)
    trace = space.core[down, max(0, box.left - beside) : box.right + beside]
    return Piece(place, space.enclosed, space.ink[down, box.left : box.right], trace, faint)


def _boxes(ink: Mask, within: Box, height: float) -> Iterator[Box]:
    """Yield the boxes of lines of writing: cut at white strips across, then at wide gaps along, until nothing is cut."""
    part = ink[within.top : within.bottom, within.left : within.right]
    for upper, lower in _strips(part, height):
        for first, last in _runs(part[upper:lower], _WIDE * height):
            tight = box_of(part[upper:lower, first:last])
            assert tight
            left, top = within.left + first, within.top + upper
            box = Box(left + tight.left, top + tight.top, left + tight.right, top + tight.bottom)
            if box != within and len(_strips(ink[box.top : box.bottom, box.left : box.right], height)) > 1:
                yield from _boxes(ink, box, height)
            else:
                yield box


def _strips(part: Mask, height: float) -> list[tuple[int, int]]:
    """Return the strips across which lines of writing stand."""
    profile = part.sum(axis=1)
    strips: list[tuple[int, int]] = []
    for begin, end in stretches(profile > 0):
        if end - begin > _TALL * height:
            cut = profile[begin:end] > 0.08 * profile[begin:end].max()
            strips += [(begin + first, begin + last) for first, last in stretches(cut)]
        else:
            strips.append((begin, end))
    return _joined(strips, height)


def _joined(strips: Sequence[tuple[int, int]], height: float) -> list[tuple[int, int]]:
    """Return strips with those that are only part of a line joined to what is next to them."""
    joined: list[tuple[int, int]] = []
    for begin, end in strips:
        if joined:
            before, last = joined[-1]
            thin = min(end - begin, last - before) < _PART * height
            if thin and begin - last < _NEAR * height and end - before < 1.3 * height:
                joined[-1] = before, end
                continue
        joined.append((begin, end))
    return joined


def _runs(strip: Mask, widest: float) -> list[tuple[int, int]]:
    """Return the stretches of a line between gaps wider than that."""
    runs: list[tuple[int, int]] = []
    for begin, end in stretches(strip.any(axis=0)):
        if runs and begin - runs[-1][1] <= widest:
            runs[-1] = runs[-1][0], end
        else:
            runs.append((begin, end))
    return runs


def cut_out(picture: Picture, ruling: Ruling, piece: Piece, height: float, line_height: int, margin: float) -> Grey:
    """Return a piece of writing as a picture of that height, with white around it.

    Args:
        margin: heights of white above and below.
    """
    left, top, right, bottom = piece.box
    tall = max(bottom - top, height)
    middle = (top + bottom) / 2
    near = max(1, round(_NEARBY * tall))
    rim = max(near, round(margin * tall))
    upper, lower = round(middle - tall / 2) - rim, round(middle + tall / 2) + rim
    side = max(near, round(_SIDE * tall))
    cut = np.full((lower - upper, right - left + 2 * side), 255, np.uint8)
    first, last = max(0, left - near), min(picture.grey.shape[1], right + near)
    high, low = max(0, top - near), min(picture.grey.shape[0], bottom + near)
    seen = picture.grey[high:low, first:last].copy()
    seen[ruling.covered[high:low, first:last]] = 255
    cut[high - upper : low - upper, side - (left - first) : side - (left - first) + last - first] = seen
    width = max(1, round(cut.shape[1] * line_height / cut.shape[0]))
    how = cv2.INTER_AREA if cut.shape[0] > line_height else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(cut, (width, line_height), interpolation=how), np.uint8)
