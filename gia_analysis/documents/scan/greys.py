"""Images of any kind → grey pixels, and how many of them make an inch."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_PAGE_INCHES = 8.27  # the short side of A4
_LIKELY_INCHES = (4.0, 24.0)  # of the width of a page whose resolution is believed


def as_grey(image: Image.Image) -> NDArray[np.uint8]:
    """Return an image as grey pixels from 0 (black) to 255; what is transparent is white paper."""
    if image.mode.startswith("I") or image.mode == "F":
        return _scaled(np.asarray(image, np.float32))
    if image.mode in ("LA", "PA", "RGBA", "RGBa", "La") or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, layer)
    return np.asarray(image.convert("L"), np.uint8)


def _scaled(values: NDArray[np.float32]) -> NDArray[np.uint8]:
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    return np.asarray(np.nan_to_num((values - low) * (255 / max(high - low, 1.0))), np.uint8)


def dots_an_inch(image: Image.Image, size: tuple[float, float] | None) -> float:
    """Return the resolution of a page's image: by its size in points, else as it says, else as if it were on A4."""
    if size is not None and min(size) > 0:
        return 72 * image.width / size[0]
    said = image.info.get("dpi")
    low, high = _LIKELY_INCHES
    if isinstance(said, tuple) and said and said[0]:
        told = float(said[0])
        if told > 0 and low <= image.width / told <= high:
            return told
    return min(image.width, image.height) / _PAGE_INCHES
