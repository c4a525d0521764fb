"""PNG, JPEG, TIFF and GIF: each frame of the image is a page, read by the optional part for images."""

import io
import struct
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps, UnidentifiedImageError

from gia_analysis.documents.limits import MOST_PAGES, MOST_PIXELS, require_at_most
from gia_analysis.documents.model import Content
from gia_analysis.documents.pages import read_pages
from gia_analysis.documents.pages.model import Page
from gia_analysis.documents.scan import recognise
from gia_analysis.errors import DocumentError, LimitError

_FORMATS = ("PNG", "JPEG", "TIFF", "GIF")
_BROKEN = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, EOFError, struct.error, OverflowError, ArithmeticError,
)  # fmt: skip


def read(data: bytes) -> Content:
    """Return what stands on the pages of an image. An animation is read by its first picture.

    Raises:
        DocumentError: the image is damaged, or the optional part that reads images is not installed.
        LimitError: it has more pages or pixels than are read.
    """
    return Content(read_pages(list(_pages(data))))


def _pages(data: bytes) -> Iterator[Page]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Pillow, about odd tags and sizes: those are judged here
        try:
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
        except UnidentifiedImageError as error:
            raise DocumentError("the image is damaged: not even its head can be read") from error
        except Image.DecompressionBombError as error:
            raise LimitError(
                f"more than {MOST_PIXELS:,} pixels in an image: no disclosure report has as many"
            ) from error
        except _BROKEN as error:
            raise DocumentError(f"the image is damaged: {error}") from error
        for number in range(1, _count(image) + 1):
            _turn_to(image, number - 1)
            yield recognise(_loaded(image), number)


def _count(image: Image.Image) -> int:
    """Return how many pages an image has: those of a TIFF; what moves or comes in sizes is one picture."""
    if image.format != "TIFF":
        return 1
    for number in range(1, MOST_PAGES + 1):
        if not _turn_to(image, number):
            _turn_to(image, 0)
            return number
    raise LimitError(f"more than {MOST_PAGES:,} pages: no disclosure report has as many")


def _turn_to(image: Image.Image, frame: int) -> bool:
    """Go to a frame of an image; tell whether there is one."""
    try:
        image.seek(frame)
    except EOFError:
        return False
    except _BROKEN as error:
        raise DocumentError(f"the image is damaged at page {frame + 1}: {error}") from error
    return True


def _loaded(image: Image.Image) -> Image.Image:
    """Return the pixels of the current frame, turned as the camera says."""
    require_at_most(MOST_PIXELS, image.width * image.height, "pixels in an image")
    try:
        image.load()
        return ImageOps.exif_transpose(image)
    except _BROKEN as error:
        raise DocumentError(f"the image is damaged: {error}") from error
