"""The fonts that PDFium takes in place of those that a file does not carry: always the same, on every machine.

To read text, a font of marks does: the file itself says how wide characters are, and which. PDFium loses characters that
its font lacks. To draw pages, shapes are needed: those of Noto Sans SC. For Latin fonts PDFium has its own.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from ctypes import byref, memmove
from enum import IntEnum
from functools import cache
from typing import Any

import pylopdf_fonts_zh_cn
import pypdfium2_raw as pdfium

from gia_analysis.documents.pdf.marks import marks


class Font(IntEnum):
    """A font for the characters of files that do not carry theirs."""

    MARKS = 1
    SHAPES = 2


_CHARSETS = frozenset({128, 129, 134, 136})  # Japanese, Korean, simplified and traditional Chinese, as Windows counts
_in_use = ContextVar("_in_use", default=Font.SHAPES)  # whoever else draws pages in this process wants to see shapes


@contextmanager
def use(font: Font) -> Iterator[None]:
    """Let files that are opened meanwhile have this font in place of those that they lack."""
    _start_library()
    before = _in_use.set(font)
    try:
        yield
    finally:
        _in_use.reset(before)


@cache
def _data(font: Font) -> bytes:
    return marks() if font is Font.MARKS else pylopdf_fonts_zh_cn.sans_path().read_bytes()


@cache
def _start_library() -> object:
    """Start PDFium, and answer its questions for fonts. Returns what must not be freed, since PDFium goes on using it."""

    def choose(
        _: object, weight: int, italic: int, charset: int, pitch: int, face: object, exact: object
    ) -> int | None:
        return _in_use.get().value if charset in _CHARSETS else None

    def write_data(_: object, font: int, table: int, buffer: Any, size: int) -> int:
        return 0 if table else _write(_data(Font(font)), buffer, size)

    def write_name(_: object, font: int, buffer: Any, size: int) -> int:
        return _write(Font(font).name.encode() + b"\0", buffer, size)

    def nothing(*_: object) -> None:
        return None

    answers: dict[str, Callable[..., int | None]] = {
        "Release": nothing,
        "EnumFonts": nothing,
        "MapFont": choose,
        "GetFont": nothing,
        "GetFontData": write_data,
        "GetFaceName": write_name,
        "GetFontCharset": lambda *_: 134,
        "DeleteFont": nothing,
    }
    types = dict(pdfium.FPDF_SYSFONTINFO._fields_)
    info = pdfium.FPDF_SYSFONTINFO(version=1, **{name: types[name](answer) for name, answer in answers.items()})
    pdfium.FPDF_InitLibrary()
    pdfium.FPDF_SetSystemFontInfo(byref(info))
    return info


def _write(data: bytes, buffer: Any, size: int) -> int:
    """Write data where there is room for them; return how long they are."""
    if buffer and size >= len(data):
        memmove(buffer, data, len(data))
    return len(data)
