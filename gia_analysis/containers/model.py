"""What containers give: one item for each document in them."""

from collections.abc import Iterable
from dataclasses import dataclass
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
class CrawlColumns:
    """The columns of a crawl that hold the text and the address; guessed where they are None."""

    text: str | None = None
    url: str | None = None
