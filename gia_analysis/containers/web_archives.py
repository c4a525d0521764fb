"""Web archives (WARC): the pages and files in them that may be reports, record by record."""

from collections.abc import Iterator
from io import RawIOBase
from typing import Any
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from gia_analysis.containers.limits import read_file
from gia_analysis.containers.model import Item, LeftOut, Place
from gia_analysis.documents import LARGEST_FILE_BYTES
from gia_analysis.documents.sniff import format_of
from gia_analysis.errors import DocumentError

_HOLDING = ("response", "resource", "conversion")
_NOTES = ("warcinfo", "request", "metadata", "revisit", "continuation")
_OTHER_FAMILIES = (
    "image/",
    "audio/",
    "video/",
    "font/",
    "model/",
    "text/css",
    "text/javascript",
    "text/dns",
    "text/xml",
)
_OTHER_KINDS = (
    "javascript", "ecmascript", "json", "+xml", "application/xml", "font", "shockwave", "wasm", "x-icon", "pkcs", "ocsp",
)  # fmt: skip
_PAGES = ("application/xhtml+xml",)
_NO_DOCUMENT = frozenset({"png", "jpeg", "gif", "tiff", "sqlite", "binary"})
_SUCCESS = "200"
_NO_PAGES = ("/robots.txt", "/favicon.ico")


def read_warc(stream: RawIOBase, place: Place) -> Iterator[Item | LeftOut]:
    """Yield the document in each record that may hold one. Records are counted from 1, all of them.

    What is left out: requests and other notes of the crawler, answers other than 200, images, styles, scripts, and what
    else no report is in. Of a page visited again unchanged there is only a note.

    Raises:
        DocumentError: the archive is cut off or broken; what came before has been yielded.
    """
    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(stream), start=1):
            yield _piece(record, place.record(number, record.rec_headers.get_header("WARC-Target-URI")))
    except (ArchiveLoadFailed, EOFError, ValueError) as error:
        raise DocumentError(f"the web archive cannot be read after record {number}: {_words(error)}") from error


def _piece(record: Any, place: Place) -> Item | LeftOut:
    if record.rec_type not in (*_HOLDING, *_NOTES):
        raise DocumentError(f"a record of an unknown type ({record.rec_type}): the web archive is damaged")
    if record.rec_type in _NOTES:
        return LeftOut("notes of the crawler (requests, revisits, metadata)")
    if record.http_headers is not None and record.http_headers.get_statuscode() != _SUCCESS:
        return LeftOut("redirects and errors in web archives")
    kind = _content_type(record)
    if not _may_be_document(kind) or _path_of(place.url).endswith(_NO_PAGES):
        return LeftOut("images, styles, scripts and the like in web archives")
    data = read_file(record.content_stream())
    if getattr(record.raw_stream, "limit", 0) > 0 and len(data) <= LARGEST_FILE_BYTES:
        return place.item(error="the record is cut off: the web archive ends in the middle of it")
    if not data.strip():
        return LeftOut("empty answers in web archives")
    if format_of(data) in _NO_DOCUMENT:
        return LeftOut("images, styles, scripts and the like in web archives")
    return place.item(data)


def _content_type(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    declared: str = headers.get_header("Content-Type") or ""
    return declared.partition(";")[0].strip().lower()


def _may_be_document(kind: str) -> bool:
    if kind in _PAGES:
        return True
    return not kind.startswith(_OTHER_FAMILIES) and not any(part in kind for part in _OTHER_KINDS)


def _path_of(url: str | None) -> str:
    try:
        return urlsplit(url or "").path.lower()
    except ValueError:
        return ""


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
