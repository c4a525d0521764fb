"""A PDF → its pages → its text and tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import create_string_buffer, string_at
from importlib import import_module
from typing import Any

import pypdfium2_raw as pdfium
from PIL import Image

from gia_analysis.documents.limits import MOST_PAGES, MOST_PIXELS, require_at_most
from gia_analysis.documents.model import Content
from gia_analysis.documents.pages import Page, read_pages
from gia_analysis.documents.pdf.characters import Characters, read_characters
from gia_analysis.documents.pdf.drawings import Drawings, read_drawings
from gia_analysis.documents.pdf.fonts import Font, use
from gia_analysis.documents.pdf.turning import Turning, turning_of
from gia_analysis.errors import DocumentError

_DOTS_PER_INCH = 250
_MOSTLY = 0.5  # share of a page that an image covers where the page is a scan
_FEW = 60  # characters on a scan that are its stamp or page number, not its text
_MOST_UNKNOWN = 0.2  # share of characters that are not known where a page cannot be read as text
_FOREIGN = 0.5  # confidence in text that another program recognised in an image: nobody knows how sure it was
_PROPERTIES = ("Title", "Author")
_LONGEST_PROPERTY = 2_000  # bytes
_WHY = {
    2: "it cannot be opened",
    3: "it is damaged or cut off: no PDF can be made out in it",
    4: "it is locked with a password: save it without one",
    5: "it is protected in a way that is not known here",
    6: "its first page is damaged",
}


def read(data: bytes) -> Content:
    """Read the bytes of a PDF.

    Raises:
        DocumentError: it is damaged, locked with a password, or an image that cannot be recognised here.
        LimitError: it has more pages, lines or characters than are read.
    """
    with use(Font.MARKS), _opened(data) as document:
        count = pdfium.FPDF_GetPageCount(document)
        require_at_most(MOST_PAGES, count, "pages")
        reading = _Reading(data, document, count)
        blocks = read_pages(reading.pages())
        if not blocks:
            raise reading.unread or DocumentError(f"the PDF has {count} pages and no text on any of them")
        return Content(blocks, unread_pages=tuple(reading.unread_pages), properties=tuple(reading.properties()))


@contextmanager
def _opened(data: bytes) -> Iterator[pdfium.FPDF_DOCUMENT]:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise DocumentError(f"not a PDF that can be read: {_WHY.get(pdfium.FPDF_GetLastError(), 'it is damaged')}")
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


class _Reading:
    """The reading of one document, page by page."""

    def __init__(self, data: bytes, document: pdfium.FPDF_DOCUMENT, count: int) -> None:
        self._data = data
        self._document = document
        self._count = count
        self.unread: DocumentError | None = None
        self.unread_pages: list[int] = []

    def pages(self) -> Iterator[Page]:
        """Yield the pages. One that is an image which cannot be recognised is left out and remembered."""
        for number in range(1, self._count + 1):
            handle = pdfium.FPDF_LoadPage(self._document, number - 1)
            if not handle:
                self.unread_pages.append(number)
                self.unread = DocumentError(f"page {number} of the PDF is damaged")
                continue
            try:
                yield self._page(handle, number)
            finally:
                pdfium.FPDF_ClosePage(handle)

    def _page(self, handle: pdfium.FPDF_PAGE, number: int) -> Page:
        characters, drawn = read_characters(handle), read_drawings(handle)
        turning = turning_of(handle, characters.degrees)
        foreign = _is_foreign(drawn, turning)
        if foreign or _is_scan(characters, drawn, turning) or _is_unreadable(characters):
            try:
                recognise = import_module("gia_analysis.documents.scan").recognise
                # A scan that is drawn larger than it is would seem sharper than it is.
                dots = min(_DOTS_PER_INCH, drawn.dots_per_inch() or _DOTS_PER_INCH)
                page: Page = recognise(_picture(self._data, number, dots), number, (turning.width, turning.height))
            except (DocumentError, ImportError) as error:
                if not foreign:
                    self.unread_pages.append(number)
                self.unread = error if isinstance(error, DocumentError) else DocumentError(str(error))
            else:
                return page
        glyphs = characters.glyphs(turning, _FOREIGN if foreign else None)
        return Page(number, turning.width, turning.height, drawn.rules(turning), glyphs)

    def properties(self) -> Iterator[tuple[str, str]]:
        """Yield what the file says of itself."""
        for name in _PROPERTIES:
            buffer = create_string_buffer(_LONGEST_PROPERTY)
            length = pdfium.FPDF_GetMetaText(self._document, name.encode(), buffer, _LONGEST_PROPERTY)
            text = buffer.raw[: max(0, min(length, _LONGEST_PROPERTY) - 2)].decode("utf-16-le", "replace").strip()
            if text:
                yield name, text


def _is_foreign(drawn: Drawings, turning: Turning) -> bool:
    """Tell whether the text of a page is unseen text over an image: what another program recognised in it."""
    return drawn.invisible * 2 > drawn.texts and drawn.share_of_images(turning) >= _MOSTLY


def _is_scan(characters: Characters, drawn: Drawings, turning: Turning) -> bool:
    """Tell whether a page is an image with next to no text."""
    return characters.count <= _FEW and drawn.share_of_images(turning) >= _MOSTLY


def _is_unreadable(characters: Characters) -> bool:
    """Tell whether a page draws characters of which it does not say what they are."""
    return characters.unknown > _MOST_UNKNOWN * characters.count


def _picture(data: bytes, number: int, dots: float) -> Image.Image:
    """Return a page of a file as an image, turned as the page says itself. The file is opened anew, with fonts to draw.

    ``dots`` is the resolution, in pixels an inch.

    Raises:
        DocumentError: it cannot be opened a second time.
        LimitError: the image would have more pixels than are read.
    """
    with use(Font.SHAPES), _opened(data) as document:
        handle = pdfium.FPDF_LoadPage(document, number - 1)
        if not handle:
            raise DocumentError(f"page {number} of the PDF is damaged")
        try:
            return _drawn(handle, dots / 72)
        finally:
            pdfium.FPDF_ClosePage(handle)


def _drawn(handle: pdfium.FPDF_PAGE, scale: float) -> Image.Image:
    across, down = pdfium.FPDF_GetPageWidthF(handle), pdfium.FPDF_GetPageHeightF(handle)
    width, height = max(1, round(across * scale)), max(1, round(down * scale))
    require_at_most(MOST_PIXELS, width * height, "pixels of a page as an image")
    bitmap = pdfium.FPDFBitmap_Create(width, height, 0)
    if not bitmap:
        raise MemoryError
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, handle, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        pixels: Any = pdfium.FPDFBitmap_GetBuffer(bitmap)
        raw = string_at(pixels, stride * height)
        return Image.frombuffer("RGB", (width, height), raw, "raw", "BGRX", stride, 1)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
