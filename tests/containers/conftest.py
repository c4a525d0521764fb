"""What the tests of containers share: a file with given bytes, and what is found in it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gia_analysis.containers import CrawlColumns, Item, LeftOut, pieces_of

Found = dict[str, bytes | str | None]


@pytest.fixture
def found(tmp_path: Path) -> Callable[..., Found]:
    """Write a file, and return what it holds: bytes, or why there are none, by the way to it inside the file."""

    def look(data: bytes, name: str = "input", columns: CrawlColumns | None = None) -> Found:
        path = tmp_path / name
        path.write_bytes(data)
        items = [piece for piece in pieces_of(path, columns or CrawlColumns()) if isinstance(piece, Item)]
        known = {item.source.removeprefix(path.as_posix()): item.error or item.data for item in items}
        assert len(known) == len(items), "two items of one name"
        return known

    return look


@pytest.fixture
def urls(tmp_path: Path) -> Callable[..., list[str | None]]:
    """Write a file, and return the addresses of the documents in it."""

    def look(data: bytes, columns: CrawlColumns | None = None) -> list[str | None]:
        path = tmp_path / "input"
        path.write_bytes(data)
        return [piece.url for piece in pieces_of(path, columns or CrawlColumns()) if isinstance(piece, Item)]

    return look


@pytest.fixture
def left_out(tmp_path: Path) -> Callable[[bytes], list[str]]:
    """Write a file, and return the reasons for what is left out of it."""

    def look(data: bytes) -> list[str]:
        path = tmp_path / "input"
        path.write_bytes(data)
        return [piece.reason for piece in pieces_of(path, CrawlColumns()) if isinstance(piece, LeftOut)]

    return look
