"""Files of a site: put into place whole or not at all, under names that every system takes."""

import contextlib
import os
import re
import unicodedata
from pathlib import Path

from gia_analysis.errors import ParameterError

_UNFINISHED = ".unfinished-"
_RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(10))}
_MOST_BYTES = 120
_SPARE = re.compile(r"[^\w.-]+")


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that whoever looks sees the old one or the new one, never a part."""
    unfinished = path.parent / f"{_UNFINISHED}{os.getpid()}-{path.name}"
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise


def remove_unfinished(folder: Path) -> None:
    """Remove what a run that was killed has left of files it was writing."""
    for file in folder.glob(f"{_UNFINISHED}*"):
        file.unlink(missing_ok=True)


def safe_name(text: str, most_bytes: int = _MOST_BYTES) -> str:
    """Return a part of a file name that every system takes: letters, digits, ``.``, ``-`` and ``_``, not too long.

    >>> safe_name("../../通济街道〔2020〕/第1号")
    '通济街道-2020-第1号'
    >>> safe_name("CON")
    'CON-'
    """
    name = _SPARE.sub("-", unicodedata.normalize("NFC", text)).strip(".-_")
    name = name.encode()[:most_bytes].decode(errors="ignore").rstrip(".-_") or "-"
    return f"{name}-" if name.split(".")[0].lower() in _RESERVED else name


def check_name(name: str) -> str:
    """Return a file name for a page if every system takes it and it cannot leave the folder.

    Raises:
        ParameterError: it cannot; the message offers one that can.
    """
    if name != safe_name(name) or not name.endswith(".html"):
        offered = safe_name(name.removesuffix(".html")) + ".html"
        raise ParameterError(f"{name!r} cannot be the file name of a page; {offered!r} could")
    return name
