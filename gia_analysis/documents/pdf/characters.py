"""The characters of a PDF page with their boxes."""

import math
from collections.abc import Sequence
from ctypes import POINTER, byref, c_double, c_ushort, cast, create_string_buffer
from dataclasses import dataclass
from statistics import median_high
from typing import NamedTuple

import pypdfium2_raw as pdfium

from gia_analysis.documents.limits import MOST_CHARACTERS, require_at_most
from gia_analysis.documents.pages import Glyph
from gia_analysis.documents.pdf.turning import Turning

UNKNOWN = "\ufffd"  # a character that the file draws without saying which it is
_BREAKS = "\r\n\0"
_BLANKS = frozenset(" \t\u3000\xa0\u2002\u2003\u2009")
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\xad": "-"}  # what PDFium makes of a hyphen at the end of a line
_MOST_ASKED = 64  # characters whose direction is asked
_SAME_LINE = 1.0  # points between the base lines of characters that stand on one
_FLAT = 0.6  # of the usual height of a line: one that is less high has flat characters only, as dashes
_TOUCH = 0.7  # points between characters that touch one another


class Run(NamedTuple):
    """Characters that touch one another, with their box and the place of their base line, as the file has them."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    across: float
    up: float


@dataclass(frozen=True, slots=True)
class Characters:
    """The text of a page: how far it must be turned clockwise to be read, None where that is not known, and its runs."""

    degrees: int | None
    runs: list[Run]

    @property
    def count(self) -> int:
        return sum(len(run.text) for run in self.runs)

    @property
    def unknown(self) -> int:
        """How many of the characters are not known."""
        return sum(run.text.count(UNKNOWN) for run in self.runs)

    def glyphs(self, turning: Turning, confidence: float | None = None) -> tuple[Glyph, ...]:
        """Return the runs on the turned page, without those outside it.

        All that stand on one base line are as high as the highest of them: some fonts give no height but that of the ink.
        """
        a, b, c, d, e, f, width, height = turning
        placed = []
        for text, left, bottom, right, top, across, up in self.runs:
            x0, x1 = left * a + bottom * c + e, right * a + top * c + e
            y0, y1 = left * b + bottom * d + f, right * b + top * d + f
            if x0 > x1:
                x0, x1 = x1, x0
            if y0 > y1:
                y0, y1 = y1, y0
            if x1 > 0 and y1 > 0 and x0 < width and y0 < height:
                placed.append((across * b + up * d + f, text, x0, y0, x1, y1))
        heights = _heights(sorted(placed))
        return tuple(
            Glyph(text, left, heights[base][0], right, heights[base][1], confidence)
            for base, text, left, _, right, _ in placed
        )


def _heights(placed: Sequence[tuple[float, str, float, float, float, float]]) -> dict[float, tuple[float, float]]:
    """Return top and bottom of what stands on each base line, from runs sorted by it."""
    lines: list[tuple[list[float], float, float]] = []
    for base, _, _, top, _, bottom in placed:
        if lines and base - lines[-1][0][-1] <= _SAME_LINE:
            bases, highest, lowest = lines[-1]
            bases.append(base)
            lines[-1] = bases, min(highest, top), max(lowest, bottom)
        else:
            lines.append(([base], top, bottom))
    if not lines:
        return {}
    usual = median_high(lowest - highest for bases, highest, lowest in lines for _ in bases)
    heights = {}
    for bases, highest, lowest in lines:
        if lowest - highest < _FLAT * usual:
            middle = (highest + lowest) / 2
            highest, lowest = middle - usual / 2, middle + usual / 2
        heights.update(dict.fromkeys(bases, (highest, lowest)))
    return heights


def read_characters(page: pdfium.FPDF_PAGE) -> Characters:
    """Return the characters of a page.

    Raises:
        LimitError: there are more than are read.
    """
    handle = pdfium.FPDFText_LoadPage(page)
    if not handle:
        return Characters(None, [])
    try:
        count = max(0, pdfium.FPDFText_CountChars(handle))
        require_at_most(MOST_CHARACTERS, count, "characters on a page")
        degrees = _degrees(handle, count)
        return Characters(degrees, _runs(handle, _text(handle, count), degrees))
    finally:
        pdfium.FPDFText_ClosePage(handle)


def _text(handle: pdfium.FPDF_TEXTPAGE, count: int) -> str:
    """Return one character for each index of a text page."""
    buffer = create_string_buffer(2 * count + 2)
    written = pdfium.FPDFText_GetText(handle, 0, count, cast(buffer, POINTER(c_ushort)))
    text = buffer.raw[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
    if len(text) == count and written - 1 == count:
        return text
    codes = (pdfium.FPDFText_GetUnicode(handle, index) for index in range(count))
    return "".join(chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else UNKNOWN for code in codes)


def _runs(handle: pdfium.FPDF_TEXTPAGE, text: str, degrees: int | None) -> list[Run]:
    """Return the characters of a page, those joined that touch one another in the direction of reading."""
    is_unknown, is_generated = pdfium.FPDFText_HasUnicodeMapError, pdfium.FPDFText_IsGenerated
    box_of, box = pdfium.FPDFText_GetLooseCharBox, pdfium.FS_RECTF()
    origin_of, x, y = pdfium.FPDFText_GetCharOrigin, c_double(), c_double()
    box_pointer, x_pointer, y_pointer = byref(box), byref(x), byref(y)
    level = degrees in (None, 0)
    runs: list[Run] = []
    letters: list[str] = []
    start = bottom = end = top = across = up = 0.0
    for index, character in enumerate(text):
        if is_unknown(handle, index) == 1:
            character = UNKNOWN
        elif character in _BREAKS or (character in _BLANKS and is_generated(handle, index)):
            continue
        elif character in _HYPHENS:
            character = _HYPHENS[character]
        if not box_of(handle, index, box_pointer):
            continue
        left, low, right, high = box.left, box.bottom, box.right, box.top
        touches = letters and level and -_TOUCH <= left - end <= _TOUCH and character not in _BLANKS
        if touches and low == bottom and high == top:
            letters.append(character)
            end = right
            continue
        origin_of(handle, index, x_pointer, y_pointer)
        if touches and y.value == up:
            letters.append(character)
            bottom, end, top = min(bottom, low), right, max(top, high)
            continue
        if letters:
            runs.append(Run("".join(letters), start, bottom, end, top, across, up))
        letters = [character]
        start, bottom, end, top, across, up = left, low, right, high, x.value, y.value
        if character in _BLANKS:
            runs.append(Run(character, start, bottom, end, top, across, up))
            letters = []
    if letters:
        runs.append(Run("".join(letters), start, bottom, end, top, across, up))
    return runs


def _degrees(handle: pdfium.FPDF_TEXTPAGE, count: int) -> int | None:
    """Return how far most characters must be turned clockwise."""
    turns = [0, 0, 0, 0]
    for index in range(0, count, max(1, count // _MOST_ASKED)):
        angle = pdfium.FPDFText_GetCharAngle(handle, index)
        if angle >= 0 and not pdfium.FPDFText_IsGenerated(handle, index):
            turns[round(angle / (math.pi / 2)) % 4] += 1
    if not any(turns):
        return None
    return (4 - turns.index(max(turns))) % 4 * 90
