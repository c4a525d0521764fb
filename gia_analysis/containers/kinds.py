"""What kind of container a file is, by how it begins; never by its name."""

from pathlib import Path

from gia_analysis.containers.csv_records import crawl_dialect
from gia_analysis.containers.json_records import is_json, is_json_lines
from gia_analysis.containers.limits import HEAD_BYTES
from gia_analysis.containers.model import CrawlColumns

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
)
_TAR, _TAR_PLACE = b"ustar", 257
_MARK = b"\xef\xbb\xbf"
_FIRST_PARTS = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"xl/", b"mimetype", b"OFD.xml", b"Doc_")
_ZIP_NAME_PLACE = 30


def kind_of(head: bytes, columns: CrawlColumns) -> str | None:
    """Return what a file that begins so is as a container; None where it is a document.

    A ZIP may still be a document made of parts: its names tell, which stand at its end.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[_TAR_PLACE:].startswith(_TAR):
        return "tar"
    if head.removeprefix(_MARK).lstrip()[:1] in (b"{", b"["):
        return "json lines" if is_json_lines(head) else "json" if is_json(head) else None
    return "csv" if crawl_dialect(head, columns) else None


def is_container(path: Path, columns: CrawlColumns) -> bool:
    """Tell whether a file has to be opened as a container: a look at its beginning.

    A ZIP whose first part is one that documents begin with is taken for a document.

    Raises:
        OSError: the file cannot be opened.
    """
    with path.open("rb", buffering=0) as stream:
        head = stream.read(HEAD_BYTES)
    if head.startswith(_MAGIC[0][0]):
        return not head[_ZIP_NAME_PLACE:].startswith(_FIRST_PARTS)
    return kind_of(head, columns) is not None
