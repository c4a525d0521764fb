"""An OFD → its pages → its text and tables."""

from collections.abc import Iterator, Sequence
from importlib import import_module

from gia_analysis.documents.limits import require_at_most
from gia_analysis.documents.model import Content
from gia_analysis.documents.ofd.drawing import Drawing
from gia_analysis.documents.ofd.matrix import Box, Matrix, quarter_turns
from gia_analysis.documents.ofd.pictures import picture_of, share_of_images
from gia_analysis.documents.ofd.structure import PageParts, Structure
from gia_analysis.documents.package import open_package
from gia_analysis.documents.pages import Glyph, Page, Rule, read_pages
from gia_analysis.errors import DocumentError, LimitError

_POINTS = 72 / 25.4  # in a millimetre
_MOSTLY = 0.5  # share of a page that an image covers where the page is a scan
_FEW = 60  # characters on a scan that are its stamp or page number, not its text
_MOST_UNKNOWN = 0.2  # share of characters that are not known where a page cannot be read as text
_MOST_OBJECTS, _MOST_CHARACTERS = 400_000, 2_000_000  # of all pages
_FOREIGN = 0.5  # confidence in text that another program recognised in an image: nobody knows how sure it was


def read(data: bytes) -> Content:
    """Read the bytes of an OFD. Templates are part of a page; annotations, seals and attachments are not.

    Raises:
        DocumentError: it is damaged or encrypted, or an image that cannot be recognised here.
        LimitError: it has more pages, lines or characters than are read.
    """
    reading = _Reading(Structure(open_package(data)))
    blocks = read_pages(reading.pages())
    if not blocks:
        raise reading.unread or DocumentError("the OFD document has no text on any of its pages")
    return Content(blocks, unread_pages=tuple(reading.unread_pages), properties=tuple(reading.properties()))


class _Reading:
    """The reading of one file, page by page."""

    def __init__(self, structure: Structure) -> None:
        self._structure = structure
        self.unread_pages: list[int] = []
        self._objects = self._characters = 0
        self.unread: DocumentError | None = None

    def pages(self) -> Iterator[Page]:
        """Yield the pages. One that is damaged, or an image which cannot be recognised, is left out and remembered."""
        for number, parts in enumerate(self._structure.pages(), start=1):
            page = parts if isinstance(parts, DocumentError) else self._page(parts, number)
            if isinstance(page, DocumentError):
                self.unread_pages.append(number)
                self.unread = page
            else:
                yield page

    def properties(self) -> Iterator[tuple[str, str]]:
        """Yield what the file says of itself."""
        yield from self._structure.properties()

    def _page(self, parts: PageParts, number: int) -> Page | DocumentError:
        drawing = Drawing(parts.resources)
        for content in parts.contents:
            drawing.add(content)
        self._objects += drawing.objects
        self._characters += len(drawing.characters) + len(drawing.unseen)
        require_at_most(_MOST_OBJECTS, self._objects, "drawn objects")
        require_at_most(_MOST_CHARACTERS, self._characters, "characters")
        if len(drawing.characters) <= _FEW and share_of_images(drawing.images, parts.size) > _MOSTLY:
            return self._scanned(drawing, parts, number)
        if _is_unreadable(drawing):
            return DocumentError(f"page {number} draws characters of which it does not say what they are")
        return _upright(drawing.characters, drawing, parts.size, number)

    def _scanned(self, drawing: Drawing, parts: PageParts, number: int) -> Page | DocumentError:
        """Return a page that is an image: as it is recognised here, else as the program recognised it that made the file.

        Raises:
            LimitError: its images have more pixels than are read.
        """
        try:
            recognise = import_module("gia_analysis.documents.scan").recognise
            named = [(parts.resources.images.get(resource, ""), box) for resource, box in drawing.images]
            picture = picture_of([(self._structure.read(name), box) for name, box in named], parts.size)
            page: Page = recognise(picture, number, (parts.size[0] * _POINTS, parts.size[1] * _POINTS))
        except LimitError:
            raise
        except (DocumentError, ImportError) as error:
            if not drawing.unseen:
                return DocumentError(f"page {number} is an image: {error}")
            return _upright(drawing.unseen, drawing, parts.size, number, _FOREIGN)
        return page


def _is_unreadable(drawing: Drawing) -> bool:
    """Tell whether many characters are none that have a meaning: a font of the document's own draws them."""
    unknown = sum(1 for text, _ in drawing.characters if "\ue000" <= text <= "\uf8ff" or text == "\ufffd")
    return unknown > _MOST_UNKNOWN * len(drawing.characters)


def _upright(
    characters: Sequence[tuple[str, Box]],
    drawing: Drawing,
    size: tuple[float, float],
    number: int,
    confidence: float | None = None,
) -> Page:
    """Return a page in points, turned so that most of its text runs from left to right, without what is outside it."""
    turned, width, height = quarter_turns(drawing.turns.index(max(drawing.turns)), *size)
    place = turned.then(Matrix(a=_POINTS, d=_POINTS)).box
    right, bottom = width * _POINTS, height * _POINTS
    glyphs = (Glyph(text, *place(*box), confidence) for text, box in characters)
    seen = (each for each in glyphs if each.right > 0 and each.bottom > 0 and each.left < right and each.top < bottom)
    return Page(number, right, bottom, tuple(_rule(*place(*box)) for box in drawing.lines), tuple(seen))


def _rule(left: float, top: float, right: float, bottom: float) -> Rule:
    if right - left >= bottom - top:
        middle = (top + bottom) / 2
        return Rule(left, middle, right, middle)
    middle = (left + right) / 2
    return Rule(middle, top, middle, bottom)
