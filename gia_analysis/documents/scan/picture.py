"""An image of a page → evenly lit, upright pixels, and which of them are ink."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]

_WORKING_DPI = 300  # what is finer is made coarser: letters gain nothing by it
_LEAST_DPI = 200  # what is coarser is made finer, so that thin lines stand apart
_FINEST = 3.0  # how much finer a coarse page is made, at most
_MOST_PIXELS = 30_000_000  # that are worked on
_STEEPEST = 4.0  # degrees by which a page may lie askew
_LEAST_TURN = 0.03  # degrees that are not worth a rotation


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as pixels: ``grey`` on white paper, ``ink`` where something is drawn, ``trace`` where anything may be.

    ``unit`` is how many of its pixels make a point, ``scale`` how many one pixel of the image became.
    """

    grey: Grey
    ink: Mask
    trace: Mask
    unit: float
    scale: float = 1.0


def prepare(grey: Grey, dpi: float) -> Picture:
    """Return the grey pixels of a page as a picture that is evenly lit and lies straight."""
    target = min(max(dpi, _LEAST_DPI), _WORKING_DPI)
    factor = min(target / dpi, _FINEST, math.sqrt(_MOST_PIXELS / grey.size))
    target = factor * dpi
    if factor != 1:
        how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
        grey = _as_grey(cv2.resize(grey, None, fx=factor, fy=factor, interpolation=how))
    unit = target / 72
    grey = _evenly_lit(grey, unit)
    angle = _angle(grey < _threshold(grey))
    if abs(angle) > _LEAST_TURN:
        grey = _turned(grey, angle)
    return Picture(grey, grey < _threshold(grey), _traces(grey, unit), unit, factor)


def _as_grey(pixels: object) -> Grey:
    return np.asarray(pixels, np.uint8)


def _evenly_lit(grey: Grey, unit: float) -> Grey:
    """Return pixels relative to the paper around them, so that shade and tinted cells become white."""
    step = max(1, round(unit))
    small = cv2.resize(grey, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(_as_grey(cv2.dilate(small, np.ones((9, 9), np.uint8))), 21)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return _as_grey(cv2.divide(grey, np.maximum(paper, 1), scale=255))


def _threshold(grey: Grey) -> int:
    """Return the grey under which a pixel is ink."""
    found, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return int(min(max(found, 120), 200))


def _traces(grey: Grey, unit: float) -> Mask:
    """Return where the page is darker than its grain explains, however faint."""
    smooth = cv2.GaussianBlur(grey, (0, 0), 0.35 * unit)
    middle = float(np.median(smooth))
    grain = 1.4826 * float(np.median(np.abs(smooth[::3, ::3].astype(np.float32) - middle)))
    return np.asarray(smooth < middle - max(14.0, 6 * grain))


def _angle(ink: Mask) -> float:
    """Return by how many degrees the lines of a page fall to the right."""
    down, across = np.nonzero(ink)
    if len(down) < 200:
        return 0.0
    chosen = np.random.default_rng(0).integers(0, len(down), min(len(down), 60_000))
    down, across = down[chosen].astype(np.float32), across[chosen].astype(np.float32)

    def sharpness(degrees: float) -> float:
        turned = down - across * math.tan(math.radians(degrees))
        counts = np.bincount((turned - turned.min()).astype(np.int64))
        return float(np.square(np.diff(counts.astype(np.float64))).sum())

    best = 0.0
    for width, step in ((_STEEPEST, 0.2), (0.3, 0.05), (0.06, 0.01)):
        tried = best + np.arange(-width, width + step / 2, step)
        best = float(max(tried, key=sharpness))
    return best


def _turned(grey: Grey, degrees: float) -> Grey:
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return _as_grey(
        cv2.warpAffine(
            grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=255
        )
    )
