"""Places on a page as a PDF gives them (from its bottom left corner, before turning) → as the page is meant to be read."""

from typing import NamedTuple

import pypdfium2_raw as pdfium

_MOST_POINTS = 20_000.0  # of a side of a page; PDF itself allows 14,400


class Turning(NamedTuple):
    """``x * a + y * c + e`` is the place across, ``x * b + y * d + f`` that down; ``width`` and ``height`` the page's."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    width: float
    height: float

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of a box on the turned page."""
        x0, x1 = left * self.a + bottom * self.c + self.e, right * self.a + top * self.c + self.e
        y0, y1 = left * self.b + bottom * self.d + self.f, right * self.b + top * self.d + self.f
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def turning_of(page: pdfium.FPDF_PAGE, degrees: int | None) -> Turning:
    """Return how a page is to be turned clockwise; by what it says itself where ``degrees`` is None."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    left, bottom = box.left, box.bottom
    right, top = min(box.right, left + _MOST_POINTS), min(box.top, bottom + _MOST_POINTS)
    across, up = right - left, top - bottom
    turn = pdfium.FPDFPage_GetRotation(page) * 90 if degrees is None else degrees
    if turn == 90:
        return Turning(0, 1, 1, 0, -bottom, -left, up, across)
    if turn == 180:
        return Turning(-1, 0, 0, 1, right, -bottom, across, up)
    if turn == 270:
        return Turning(0, -1, -1, 0, top, right, up, across)
    return Turning(1, 0, 0, -1, -left, top, across, up)
