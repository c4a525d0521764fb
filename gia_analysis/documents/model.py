"""A document as any format gives it: text and tables in reading order, with where each piece stood."""

import hashlib
from dataclasses import dataclass
from typing import NamedTuple


class TextCell(NamedTuple):
    """One cell of a table as printed.

    ``line`` is the 1-based line of the source where it begins, if it has lines, ``page`` its 1-based page, if it has
    pages. ``confidence`` (0 to 1) is set where the text was recognised in an image. ``absent`` says that there is no
    cell of its own here: one that spans several reaches into this place, or the row has none.
    """

    text: str
    line: int | None = None
    page: int | None = None
    confidence: float | None = None
    absent: bool = False


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A run of lines of text outside any table, as printed; ``numbers`` are their 1-based lines in a source that has lines."""

    lines: tuple[str, ...]
    numbers: tuple[int, ...] | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A run of cells.

    Two facts say how far its shape can be trusted: ``row_ends_known`` (a row here is a row of the printed table; else
    ``rows`` is one long row) and ``blanks_kept`` (an empty cell is still there; else it may have vanished).
    ``rows_opened`` says that an empty cell which is none of the table's stands before each of its rows.
    ``columns_known`` says that a cell's place in its row is its column in the printed grid, as in formats that have one.
    ``page`` is that of its first row.
    """

    rows: tuple[tuple[TextCell, ...], ...]
    row_ends_known: bool
    blanks_kept: bool
    layout: str
    page: int | None = None
    rows_opened: bool = False
    columns_known: bool = False


Block = TextBlock | TableBlock


Property = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Content:
    """What a format's module gives of a file: its blocks in reading order.

    ``undecoded`` is the number of places in a text file that are not valid in its encoding; each is one U+FFFD in the
    blocks. ``unread_pages`` are the 1-based numbers of pages that could not be read. ``properties`` are what the file
    says of itself outside its text, by the names it uses: ``<meta>`` fields of a page, its ``<title>``, core properties
    of a DOCX.
    """

    blocks: tuple[Block, ...]
    encoding: str | None = None
    undecoded: int = 0
    unread_pages: tuple[int, ...] = ()
    properties: tuple[Property, ...] = ()


class _Digest:
    """A SHA-256 that is given, or worked out from the bytes that are given, when it is first asked for."""

    def __get__(self, document: "Document | None", _: type) -> str:
        if document is None:
            return ""
        kept: str | bytes = document.__dict__[_DIGEST]
        if isinstance(kept, bytes):
            document.__dict__[_DIGEST] = kept = hashlib.sha256(kept).hexdigest()
        return kept

    def __set__(self, document: "Document", given: str | bytes) -> None:
        document.__dict__[_DIGEST] = given


_DIGEST = "_sha256"


@dataclass(frozen=True)
class Document(Content):
    """A file's content with what file it is. ``source`` is the name it is known by, ``sha256`` that of its bytes.

    The bytes may be given in place of the digest; to work it out takes as long as to read the cells of a large page.
    """

    source: str = ""
    sha256: _Digest = _Digest()
    format: str = "text"
