"""The images on a page that is a scan → one picture of the page: a scan may be cut into strips."""

import io
import math
import warnings
from collections.abc import Sequence

from PIL import Image

from gia_analysis.documents.limits import MOST_PIXELS, require_at_most
from gia_analysis.documents.ofd.matrix import Box
from gia_analysis.errors import DocumentError, LimitError

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF")
_MOST_IMAGES = 200
_WHOLE = 0.95  # share of a page that an image covers which is the page
_FINEST = 16.0  # pixels a millimetre that a picture is made of: about 400 dpi


def share_of_images(images: Sequence[tuple[str, Box]], size: tuple[float, float]) -> float:
    """Return the share of a page that its images cover, one after the other."""
    return min(1.0, sum(_covered(box, size) for _, box in images))


def _covered(box: Box, size: tuple[float, float]) -> float:
    left, top, right, bottom = box
    across, down = min(right, size[0]) - max(left, 0.0), min(bottom, size[1]) - max(top, 0.0)
    return max(0.0, across) * max(0.0, down) / (size[0] * size[1])


def picture_of(images: Sequence[tuple[bytes, Box]], size: tuple[float, float]) -> Image.Image:
    """Return the picture that the images of a page make up, each at its place.

    Raises:
        DocumentError: one cannot be opened.
        LimitError: there are more images or pixels than are read.
    """
    require_at_most(_MOST_IMAGES, len(images), "images on a page")
    opened: list[tuple[Image.Image, Box]] = []
    pixels = 0
    for data, box in images:
        image = _open(data, MOST_PIXELS - pixels)
        pixels += image.width * image.height
        if _covered(box, size) > _WHOLE:
            return image
        opened.append((image, box))
    scale = min(_FINEST, max(image.width / max(box[2] - box[0], 1.0) for image, box in opened))
    scale = min(scale, math.sqrt(MOST_PIXELS / (size[0] * size[1])))
    picture = Image.new("L", (max(1, int(size[0] * scale)), max(1, int(size[1] * scale))), 255)
    for image, (left, top, right, bottom) in opened:
        width, height = int((right - left) * scale), int((bottom - top) * scale)
        if 0 < width <= 2 * picture.width and 0 < height <= 2 * picture.height:
            picture.paste(image.convert("L").resize((width, height)), (int(left * scale), int(top * scale)))
    return picture


def _open(data: bytes, most_pixels: int) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
            if image.width * image.height > most_pixels:
                raise LimitError(
                    f"more than {MOST_PIXELS:,} pixels of images on a page: no disclosure report has as many"
                )
            image.load()
        except LimitError:
            raise
        except Exception as error:  # damaged images raise whatever their decoder does
            raise DocumentError(f"it cannot be opened ({error})") from error
    return image
