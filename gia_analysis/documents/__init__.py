"""Bytes → ``Document``: one module a format. Nothing here knows what a disclosure report is.

A new format is one new module, and one entry in ``READERS``.
"""

import hashlib
from pathlib import Path

from gia_analysis.documents.encoding import BYTE_ORDER_MARK, decode
from gia_analysis.documents.model import Block, Document, TableBlock, TextBlock, TextCell, TextLine
from gia_analysis.documents.sniff import describe_binary
from gia_analysis.documents.text import read_text
from gia_analysis.errors import DocumentError

LARGEST_FILE_BYTES = 100_000_000

__all__ = [
    "LARGEST_FILE_BYTES", "Block", "Document", "TableBlock", "TextBlock", "TextCell", "TextLine", "load",
    "read_bytes", "read_document",
]  # fmt: skip


def read_document(path: str | Path) -> Document:
    """Read a file into text and tables.

    Raises:
        DocumentError: the file is too large, empty, or of a kind that cannot be read; the message says which.
        OSError: the file cannot be opened.
    """
    return read_bytes(load(path), str(path))


def load(path: str | Path) -> bytes:
    """Return the bytes of a file, at most one more than the largest file that is read."""
    with Path(path).open("rb") as stream:
        return stream.read(LARGEST_FILE_BYTES + 1)


def read_bytes(data: bytes, source: str) -> Document:
    """Read the bytes of a file; ``source`` is the name it is known by.

    Raises:
        DocumentError: as for ``read_document``.
    """
    if len(data) > LARGEST_FILE_BYTES:
        raise DocumentError(
            f"larger than {LARGEST_FILE_BYTES // 1_000_000} MB: no disclosure report is; split it first"
        )
    content = data.removeprefix(BYTE_ORDER_MARK)
    if not content.strip():
        raise DocumentError("the file is empty")
    kind = describe_binary(content)
    if kind:
        raise DocumentError(f"the content is {kind}, and only plain text can be read so far")
    decoded = decode(data)
    if not decoded.text.strip():
        raise DocumentError("the file is empty")
    digest = hashlib.sha256(data).hexdigest()
    return Document(source, digest, "text", decoded.encoding, read_text(decoded.text), decoded.undecoded)
