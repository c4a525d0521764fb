"""Bytes → ``Document``: one module a format. Nothing here knows what a disclosure report is.

A new format is one new module with a function ``read(data) -> Content``, and one row in ``sniff.FORMATS``. A module is
imported when the first file of its format is read.
"""

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import fields
from importlib import import_module
from pathlib import Path

from gia_analysis.documents.limits import LARGEST_FILE_BYTES
from gia_analysis.documents.model import Block, Content, Document, TableBlock, TextBlock, TextCell
from gia_analysis.documents.sniff import FORMATS, format_of
from gia_analysis.errors import DocumentError, LimitError, NeedsConversionError

__all__ = [
    "LARGEST_FILE_BYTES", "Block", "Content", "Document", "TableBlock", "TextBlock", "TextCell", "convert", "load", "read_bytes",
    "read_converted", "read_document",
]  # fmt: skip

_OFFICE = "office"
_PRINTED = re.compile(rb"[^ \t\r\n\0\x0b\x0c]")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_GIVEN = tuple(each.name for each in fields(Content))


def read_document(path: str | Path) -> Document:
    """Read a file into text and tables.

    Raises:
        DocumentError: the file is too large, empty, or of a kind that cannot be read; the message says which.
        OSError: the file cannot be opened.
    """
    return read_bytes(load(path), str(path))


def load(path: str | Path) -> bytes:
    """Return the bytes of a file, at most one more than the largest file that is read."""
    with Path(path).open("rb") as stream:  # a stream makes room for all that is asked for
        return stream.read(min(os.fstat(stream.fileno()).st_size, LARGEST_FILE_BYTES) + 1)


def read_bytes(data: bytes, source: str, *, convert: bool = True) -> Document:
    """Read the bytes of a file; ``source`` is the name it is known by.

    Args:
        data: the bytes.
        source: the name.
        convert: whether an office program may be started for what only such a program can open.

    Raises:
        NeedsConversionError: only an office program can open it, and none may be started or there is none.
        DocumentError: as for ``read_document``.
    """
    if len(data) > LARGEST_FILE_BYTES:
        raise LimitError(f"larger than {LARGEST_FILE_BYTES // 1_000_000} MB: no disclosure report is; split it first")
    if not _PRINTED.search(data, len(_BYTE_ORDER_MARK) if data.startswith(_BYTE_ORDER_MARK) else 0):
        raise DocumentError("the file is empty")
    kind = FORMATS[format_of(data)]
    if kind.module is None:
        raise DocumentError(f"the content is {kind.words}, of which no report is read")
    if kind.module == _OFFICE and not convert:
        raise NeedsConversionError(f"the content is {kind.words}, which only an office program can open")
    try:
        content = _reader(kind.module)(data)
    except NeedsConversionError:
        if not convert or kind.module == _OFFICE:
            raise
        content = _reader(_OFFICE)(data)
    return _document(content, data, source, kind.code)


def read_converted(data: bytes, converted: bytes, source: str) -> Document:
    """Read what an office program made of a file; the document is that of the file itself.

    Raises:
        DocumentError: as for ``read_document``.
    """
    return _document(_reader(FORMATS[format_of(converted)].module or "")(converted), data, source, format_of(data))


def convert(files: Sequence[bytes]) -> list[bytes | DocumentError]:
    """Return what an office program makes of files, or why it made nothing of one, in one start of the program."""
    done: list[bytes | DocumentError] = import_module(f"{__name__}.{_OFFICE}").convert(files)
    return done


def _reader(module: str) -> Callable[[bytes], Content]:
    read: Callable[[bytes], Content] = import_module(f"{__name__}.{module}").read
    return read


def _document(content: Content, data: bytes, source: str, code: str) -> Document:
    given = {name: getattr(content, name) for name in _GIVEN}
    return Document(**given, source=source, sha256=data, format=code)
