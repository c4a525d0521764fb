"""A document as any format gives it: text and tables in reading order, with where each piece stood."""

from dataclasses import dataclass
from typing import NamedTuple


class TextCell(NamedTuple):
    """One cell of a table as printed. ``line`` is the 1-based line of the source where it begins, if it has lines."""

    text: str
    line: int | None = None


class TextLine(NamedTuple):
    """One line of running text as printed, with its 1-based line number in the source, if it has lines."""

    text: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A run of lines outside any table."""

    lines: tuple[TextLine, ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A run of cells.

    Two facts say how far its shape can be trusted: ``row_ends_known`` (a row here is a row of the printed table; else
    ``rows`` is one long row) and ``blanks_kept`` (an empty cell is still there; else it may have vanished).
    ``rows_opened`` says that an empty cell which is none of the table's stands before each of its rows.
    """

    rows: tuple[tuple[TextCell, ...], ...]
    row_ends_known: bool
    blanks_kept: bool
    layout: str
    page: int | None = None
    rows_opened: bool = False


Block = TextBlock | TableBlock


@dataclass(frozen=True, slots=True)
class Document:
    """What a file holds, before anybody asks what it means.

    ``source`` is the path as given, ``sha256`` that of the bytes. ``undecoded`` is the number of places in a text file
    that are not valid in its encoding; each is one U+FFFD in the blocks.
    """

    source: str
    sha256: str
    format: str
    encoding: str | None
    blocks: tuple[Block, ...]
    undecoded: int = 0
