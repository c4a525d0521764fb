"""What containers give: one item for each document in them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

Paths = str | Path | Iterable[str | Path]


@dataclass(frozen=True, slots=True)
class Item:
    """One document of the input: where it comes from, and its bytes or why it has none.

    ``source`` is its unique name: the path as given, ``archive.zip!/folder/report.html``, ``crawl.jsonl#17``. ``data`` is
    None for a plain file, which is read from ``path``, and where ``error`` says why it could not be taken out.
    """

    source: str
    path: Path
    member: str | None = None
    url: str | None = None
    data: bytes | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something in a container that gets no row, and why: it is no document, and nobody would look for a report in it."""

    reason: str


Piece = Item | LeftOut


@dataclass(frozen=True, slots=True)
class CrawlColumns:
    """The columns of a crawl that hold the text and the address; guessed where they are None."""

    text: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the input something stands: ``member`` is the way to it inside the file, ``url`` where it was crawled."""

    source: str
    path: Path
    member: str | None = None
    url: str | None = None

    def inside(self, name: str) -> "Place":
        """Return the place of a member of the archive that stands here."""
        return self._with(f"!/{name}", name)

    def record(self, number: int, url: str | None = None) -> "Place":
        """Return the place of a record, counted from 1, of the crawl that stands here."""
        return replace(self._with(f"#{number}", str(number)), url=url or self.url)

    def _with(self, suffix: str, name: str) -> "Place":
        member = name if self.member is None else f"{self.member}{suffix}"
        return replace(self, source=f"{self.source}{suffix}", member=member)

    def item(self, data: bytes | None = None, *, error: str | None = None) -> Item:
        """Return the document that stands here, or the reason why it cannot be had."""
        return Item(self.source, self.path, self.member, self.url, data, error)
