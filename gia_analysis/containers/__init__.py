"""Folders, archives, crawls and web archives as streams of documents. A container is told by its content.

``find_files`` lists the files of the input, ``is_container`` tells which of them hold documents, ``pieces_of`` takes
these out one by one. Limits stand in ``limits``.
"""

from collections.abc import Iterator

from gia_analysis.containers.files import find_files, item_of, item_of_failure
from gia_analysis.containers.kinds import is_container
from gia_analysis.containers.model import CrawlColumns, Item, LeftOut, Paths, Piece
from gia_analysis.containers.opening import OUT_OF_MEMORY, pieces_of

__all__ = [
    "OUT_OF_MEMORY", "CrawlColumns", "Item", "LeftOut", "Paths", "Piece", "find_files", "is_container", "item_of",
    "item_of_failure", "items_of", "pieces_of",
]  # fmt: skip


def items_of(paths: Paths, columns: CrawlColumns | None = None) -> Iterator[Item]:
    """Yield every document of the input, in the order of the files.

    Raises:
        FileNotFoundError: a path does not exist.
        CorpusError: as for ``find_files``.
    """
    chosen = columns or CrawlColumns()
    for path in find_files(paths):
        item = item_of(path)
        pieces: Iterator[Piece] = iter((item,)) if item.error else pieces_of(path, chosen)
        yield from (piece for piece in pieces if isinstance(piece, Item))
