"""Documents that are ZIP archives of parts (DOCX, XLSX, OFD), opened safely: nothing that they declare is believed."""

import io
import re
import struct
import zipfile
import zlib
from functools import cached_property
from typing import Any

from lxml import etree

from gia_analysis.documents.limits import (
    LARGEST_PART_BYTES,
    MOST_MARKUP,
    MOST_PARTS,
    MOST_UNPACKED_BYTES,
    require_at_most,
)
from gia_analysis.errors import DocumentError, LimitError

LOCKED = "the document is locked with a password: save it without one"

Element = Any  # an element of lxml, which has no types

_ENTRY = b"PK\x01\x02"  # begins each entry of the directory of an archive
_LOCKED_FLAG = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
_DAMAGED = "the file is truncated or damaged: fetch it again"

_PARSER_LIMIT = "XML_PARSE_HUGE"  # what the parser names where a limit of its own is reached
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_UTF16 = ("utf-16-le", "utf-16-be")
_LIKE_ASCII = ("utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "windows-1252", "gb2312", "gbk", "gb18030")


class Package:
    """A document made of parts. ``names`` are those of its parts; of two parts of one name the last counts."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left = MOST_UNPACKED_BYTES
        self.names = tuple(dict.fromkeys(archive.namelist()))

    def __contains__(self, name: str) -> bool:
        return self._find(name) is not None

    def read(self, name: str) -> bytes:
        """Return a part, unpacked. Its name is looked up as given, else whatever the case and the slashes.

        Raises:
            DocumentError: there is no such part, or it is locked or damaged.
            LimitError: it is larger than is read, or all parts read so far are.
        """
        found = self._find(name)
        if found is None:
            raise DocumentError(f"the document has no part {name!r}: it is incomplete")
        part = self._archive.getinfo(found)
        if part.flag_bits & _LOCKED_FLAG:
            raise DocumentError(LOCKED)
        if part.compress_type not in _METHODS:
            raise DocumentError(f"part {name!r} is packed in a way that no such document is: save the document again")
        most = min(LARGEST_PART_BYTES, self._left)
        try:
            with self._archive.open(part) as stream:
                data = stream.read(most + 1)
        except _BROKEN as error:
            raise DocumentError(f"part {name!r} cannot be unpacked ({error}): {_DAMAGED}") from error
        if len(data) > most:
            raise LimitError(f"part {name!r} unpacks to more than {most // 1_000_000} MB: no disclosure report does")
        self._left -= len(data)
        return data

    def _find(self, name: str) -> str | None:
        return name if name in self._archive.NameToInfo else self._by_plain_name.get(_plain(name))

    @cached_property
    def _by_plain_name(self) -> dict[str, str]:
        return {_plain(name): name for name in self.names}


def open_package(data: bytes) -> Package:
    """Return the parts of a document that is a ZIP archive. None is unpacked before it is read.

    Raises:
        DocumentError: the archive is truncated or damaged.
        LimitError: it has more parts than are read.
    """
    require_at_most(MOST_PARTS, data.count(_ENTRY), "parts")
    try:
        return Package(zipfile.ZipFile(io.BytesIO(data)))
    except _BROKEN as error:
        raise DocumentError(f"the archive of its parts cannot be opened ({error}): {_DAMAGED}") from error


def parse_xml(data: bytes, name: str = "a part of the document") -> Element:
    """Return the root element of an XML part. A document type, which could declare entities, is refused unread.

    Raises:
        DocumentError: it is no well-formed XML or has a document type. ``name`` says of which part.
        LimitError: it has more tags and attributes than are read, or nests too deeply.
    """
    if "<!DOCTYPE".encode(_encoding_of(data, name)) in data:
        raise DocumentError(f"{name} declares a document type, as none of these documents does: it may be an attack")
    require_at_most(MOST_MARKUP, data.count(b"<") + data.count(b"="), f"tags and attributes in {name}")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        if _PARSER_LIMIT in str(error):
            raise LimitError(
                f"{name} nests deeper or has longer tags than any such document: it may be an attack"
            ) from error
        raise DocumentError(f"{name} is no well-formed XML ({error}): {_DAMAGED}") from error
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise DocumentError(f"{name} is not the XML of a document: {_DAMAGED}")
    return root


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _encoding_of(data: bytes, name: str) -> str:
    """Return an encoding in which the markup of an XML part is written: of those in which it can be searched."""
    if data[:2] in (b"\xff\xfe", b"<\0"):
        return _UTF16[0]
    if data[:2] in (b"\xfe\xff", b"\0<"):
        return _UTF16[1]
    declared = _DECLARED.search(data[:1_000])
    encoding = declared[1].decode().lower() if declared else "utf-8"
    if encoding not in _LIKE_ASCII or b"\0" in data[:4]:
        raise DocumentError(f"{name} is XML in an encoding that no such document has ({encoding}): save it again")
    return "ascii"
