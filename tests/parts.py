"""The parts of a machine that some tests need: which there are, and how the missing ones are installed."""

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
OFFICES = ("soffice", "libreoffice")


@dataclass(frozen=True, slots=True)
class Part:
    """A part that tests marked with its name need: what it is, how it is installed, and whether it is here."""

    name: str
    remedy: str
    is_here: Callable[[], bool]


@cache
def chromium() -> str | None:
    """Return where Chromium is."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


PARTS: Mapping[str, Part] = {
    "browser": Part("Chromium", "Debian: apt-get install chromium fonts-noto-cjk", lambda: chromium() is not None),
    "office": Part(
        "LibreOffice",
        "Debian: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui",
        lambda: any(map(shutil.which, OFFICES)) or bool(os.environ.get("GIA_SOFFICE")),
    ),
    "ocr": Part(
        "OCR",
        "python -m pip install 'gia-analysis[ocr]'",
        lambda: all(map(find_spec, ("rapidocr", "onnxruntime"))),
    ),
}


def missing() -> Mapping[str, Part]:
    """Return the parts that are not on this machine, by the marker of the tests that need them."""
    return {marker: part for marker, part in PARTS.items() if not part.is_here()}
