"""The image of a page → a page."""

from PIL import Image

from gia_analysis.documents.pages.model import Page, Rule
from gia_analysis.documents.scan.greys import as_grey, dots_an_inch
from gia_analysis.documents.scan.picture import Picture
from gia_analysis.documents.scan.reading import read_writing
from gia_analysis.documents.scan.ruling import Ruling, find_ruling
from gia_analysis.documents.scan.turning import upright
from gia_analysis.documents.scan.writing import Writing, find_writing

_LEAST_SIDE = 150  # pixels; no page is smaller


def read_page(image: Image.Image, number: int, size: tuple[float, float] | None) -> Page:
    """Return what stands on the image of a page, as ``recognise`` does.

    Raises:
        DocumentError: no model is installed.
        LimitError: the image has more lines or writing than is read.
    """
    dpi = dots_an_inch(image, size)
    if min(image.size) < _LEAST_SIDE:
        return Page(number, 72 * image.width / dpi, 72 * image.height / dpi, (), ())
    picture, ruling, writing = upright(_look, as_grey(image), dpi)
    glyphs = read_writing(picture, ruling, writing)
    height, width = picture.grey.shape
    return Page(number, width / picture.unit, height / picture.unit, rules_of(ruling, picture.unit), tuple(glyphs))


def _look(picture: Picture) -> tuple[Ruling, Writing]:
    ruling = find_ruling(picture)
    return ruling, find_writing(picture, ruling)


def rules_of(ruling: Ruling, unit: float) -> tuple[Rule, ...]:
    """Return ruling lines in points."""
    across = [Rule(line.start / unit, line.at / unit, line.end / unit, line.at / unit) for line in ruling.horizontal]
    down = [Rule(line.at / unit, line.start / unit, line.at / unit, line.end / unit) for line in ruling.vertical]
    return (*across, *down)
