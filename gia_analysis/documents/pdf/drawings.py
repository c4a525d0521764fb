"""What else is drawn on a PDF page: its ruling lines, its images, and text that is not meant to be seen."""

import itertools
import math
from collections.abc import Iterator
from ctypes import byref, c_float, c_int, c_uint
from dataclasses import dataclass, field
from typing import NamedTuple

import pypdfium2_raw as pdfium

from gia_analysis.documents.limits import DEEPEST_FORMS, MOST_DRAWN_OBJECTS, MOST_PATH_SEGMENTS, require_at_most
from gia_analysis.documents.pages import Rule
from gia_analysis.documents.pdf.turning import Turning

_THICKEST = 4.0  # points; a bar that is thicker is no line
_SLANT = 0.5  # points by which the ends of a line may lie apart across it
_MOST_OF_A_PATH = 20_000  # segments; what has more is a drawing
_INVISIBLE = 3  # the text render mode that draws nothing

Box = tuple[float, float, float, float]


class Matrix(NamedTuple):
    """How the places of a form are brought onto the page."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        return x * self.a + y * self.c + self.e, x * self.b + y * self.d + self.f

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        xs, ys = zip(*(self.point(x, y) for x in (left, right) for y in (bottom, top)), strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def before(self, outer: "Matrix") -> "Matrix":
        """Return this matrix followed by an outer one."""
        e, f = outer.point(self.e, self.f)
        return Matrix(
            self.a * outer.a + self.b * outer.c, self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c, self.c * outer.b + self.d * outer.d, e, f,
        )  # fmt: skip


@dataclass(slots=True)
class Drawings:
    """Boxes of lines and of images, as the file has them; how many pieces of text there are, and how many unseen.

    ``pixels`` are those of all images together.
    """

    lines: list[Box] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    pixels: int = 0
    texts: int = 0
    invisible: int = 0
    segments: int = 0

    def rules(self, turning: Turning) -> tuple[Rule, ...]:
        """Return the lines on the turned page."""
        a, b, c, d, e, f, *_ = turning
        found = []
        for left, bottom, right, top in dict.fromkeys(self.lines):  # cells that meet draw the line between them twice
            x0, x1 = left * a + bottom * c + e, right * a + top * c + e
            y0, y1 = left * b + bottom * d + f, right * b + top * d + f
            if abs(x1 - x0) >= abs(y1 - y0):
                found.append(
                    Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
                    if x0 <= x1
                    else Rule(x1, (y0 + y1) / 2, x0, (y0 + y1) / 2)
                )
            else:
                found.append(
                    Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
                    if y0 <= y1
                    else Rule((x0 + x1) / 2, y1, (x0 + x1) / 2, y0)
                )
        return tuple(found)

    def share_of_images(self, turning: Turning) -> float:
        """Return the share of the page that its largest image covers, or its images one after the other."""
        boxes = [turning.box(*box) for box in self.images]
        areas = (
            max(0.0, min(right, turning.width) - max(left, 0.0)) * max(0.0, min(bottom, turning.height) - max(top, 0.0))
            for left, top, right, bottom in boxes
        )
        return min(1.0, sum(areas) / max(1.0, turning.width * turning.height))

    def dots_per_inch(self) -> float | None:
        """Return the resolution of the images, in pixels; None where there are none."""
        area = sum(abs((right - left) * (top - bottom)) for left, bottom, right, top in self.images)
        return 72 * math.sqrt(self.pixels / area) if self.pixels and area else None


def read_drawings(page: pdfium.FPDF_PAGE) -> Drawings:
    """Return what is drawn on a page beside its characters.

    Raises:
        LimitError: more is drawn than is read.
    """
    drawn = Drawings()
    box = [c_float() for _ in range(4)]
    left, bottom, right, top = box
    pointers = [byref(each) for each in box]
    bounds_of = pdfium.FPDFPageObj_GetBounds
    for item, kind, matrix in _objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            drawn.texts += 1
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and bounds_of(item, *pointers):
            bounds = left.value, bottom.value, right.value, top.value
            if matrix is None and (bounds[2] - bounds[0] <= _THICKEST or bounds[3] - bounds[1] <= _THICKEST):
                drawn.lines.append(bounds)
            else:
                _add_lines(drawn, item, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE and bounds_of(item, *pointers):
            bounds = left.value, bottom.value, right.value, top.value
            drawn.images.append(matrix.box(*bounds) if matrix else bounds)
            drawn.pixels += _pixels_of(item)
    if drawn.images and drawn.texts:
        texts = (item for item, kind, _ in _objects(page) if kind == pdfium.FPDF_PAGEOBJ_TEXT)
        drawn.invisible = sum(pdfium.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE for item in texts)
    return drawn


def _pixels_of(image: pdfium.FPDF_PAGEOBJECT) -> int:
    width, height = c_uint(), c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(image, byref(width), byref(height))
    return int(width.value * height.value)


def _objects(page: pdfium.FPDF_PAGE) -> Iterator[tuple[pdfium.FPDF_PAGEOBJECT, int, Matrix | None]]:
    """Yield the objects of a page and of the forms in it, each with its type and the matrix of its form."""
    count, get, type_of = pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject, pdfium.FPDFPageObj_GetType
    require_at_most(MOST_DRAWN_OBJECTS, count, "drawn objects on a page")
    seen = count
    waiting: list[tuple[pdfium.FPDF_PAGEOBJECT, Matrix, int]] = []
    for index in range(count):
        item = get(page, index)
        kind = type_of(item)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            waiting.append((item, Matrix(1, 0, 0, 1, 0, 0), 1))
        else:
            yield item, kind, None
    while waiting:
        form, outer, depth = waiting.pop()
        found = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(form, found)
        matrix = Matrix(found.a, found.b, found.c, found.d, found.e, found.f).before(outer)
        inside = max(0, pdfium.FPDFFormObj_CountObjects(form))
        seen += inside
        require_at_most(MOST_DRAWN_OBJECTS, seen, "drawn objects on a page")
        for index in range(inside):
            item = pdfium.FPDFFormObj_GetObject(form, index)
            kind = type_of(item)
            if kind != pdfium.FPDF_PAGEOBJ_FORM:
                yield item, kind, matrix
            elif depth < DEEPEST_FORMS:
                waiting.append((item, matrix, depth + 1))


def _add_lines(drawn: Drawings, path: pdfium.FPDF_PAGEOBJECT, outer: Matrix | None) -> None:
    """Add the straight lines of a path: its strokes, and the thin bars that it fills."""
    count = pdfium.FPDFPath_CountSegments(path)
    drawn.segments += max(0, count)
    require_at_most(MOST_PATH_SEGMENTS, drawn.segments, "segments of drawn paths on a page")
    fill, stroke = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(path, byref(fill), byref(stroke))
    if not (fill.value or stroke.value) or count > _MOST_OF_A_PATH:
        return
    own = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, own)
    matrix = Matrix(own.a, own.b, own.c, own.d, own.e, own.f)
    for points in _polylines(path, count, matrix.before(outer) if outer else matrix):
        if stroke.value:
            drawn.lines += (
                (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
                for (x0, y0), (x1, y1) in itertools.pairwise(points)
                if min(abs(x0 - x1), abs(y0 - y1)) <= _SLANT
            )
        elif len(points) >= 2:
            xs, ys = zip(*points, strict=True)
            box = min(xs), min(ys), max(xs), max(ys)
            if min(box[2] - box[0], box[3] - box[1]) <= _THICKEST:
                drawn.lines.append(box)


def _polylines(path: pdfium.FPDF_PAGEOBJECT, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """Yield the corners of each piece of a path, on the page; pieces with curves are cut at them."""
    x, y = c_float(), c_float()
    points: list[tuple[float, float]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        if kind != pdfium.FPDF_SEGMENT_LINETO and points:
            yield points
            points = []
        points.append(matrix.point(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            points.append(points[0])
    if points:
        yield points
