"""The image of a page → its ruling lines and what is written between them.

The page is straightened, its ruling lines are found, and each piece of writing that they leave is cut out and read on
its own: that finds the lone zeros which reading a page as a whole overlooks. Every glyph carries the confidence with
which it was recognised; what was seen and could not be read is U+FFFD with confidence 0.

What this needs beyond the package is the extra ``ocr``: rapidocr, for the model that its wheel holds and the image
library that comes with it, and onnxruntime, which runs the model. Nothing is ever downloaded.
"""

from importlib.util import find_spec

from PIL import Image

from gia_analysis.documents.limits import MOST_PIXELS, require_at_most
from gia_analysis.documents.pages.model import Page
from gia_analysis.errors import DocumentError

__all__ = ["recognise"]

_OUT_OF_MEMORY = ("bad_alloc", "Insufficient memory", "Failed to allocate")
_PARTS = ("rapidocr", "onnxruntime", "cv2")


def recognise(image: Image.Image, number: int, size: tuple[float, float] | None = None) -> Page:
    """Return what stands on the image of a page.

    Args:
        image: the page.
        number: its 1-based number.
        size: its width and height in points; without it, it is told by the image's resolution.

    Raises:
        DocumentError: the extra that reads images is not installed; the message says how to install it.
        LimitError: the image has more pixels, lines or writing than is read.
        MemoryError: it takes more memory than this process may have.
    """
    require_at_most(MOST_PIXELS, image.width * image.height, "pixels in an image")
    missing = [part for part in _PARTS if not _is_installed(part)]
    if missing:
        raise DocumentError(
            f"the text is in an image, and what recognises it is not installed ({', '.join(missing)}): "
            "pip install 'gia-analysis[ocr]'"
        )
    from gia_analysis.documents.scan.page import read_page

    try:
        return read_page(image, number, size)
    except Exception as error:
        if any(sign in str(error) for sign in _OUT_OF_MEMORY):  # libraries have errors of their own for it
            raise MemoryError(str(error)) from error
        raise


def _is_installed(part: str) -> bool:
    try:
        return find_spec(part) is not None
    except ValueError:  # one that was put out of use
        return False
