"""Folders, archives and crawls as streams of documents."""

from collections.abc import Iterator
from pathlib import Path

from gia_analysis.containers.model import CrawlColumns, Item, Paths

__all__ = ["CrawlColumns", "Item", "Paths", "find_files", "items_of"]


def find_files(paths: Paths) -> list[Path]:
    """Return the files that paths name, folders taken with all they hold but hidden files, in a fixed order.

    Raises:
        FileNotFoundError: a path does not exist.
    """
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    found: dict[Path, None] = {}
    for each in map(Path, given):
        if each.is_dir():
            inside = (file for file in each.rglob("*") if file.is_file())
            visible = (
                file for file in inside if not any(part.startswith(".") for part in file.relative_to(each).parts)
            )
            found.update(dict.fromkeys(sorted(visible)))
        elif each.exists():
            found[each] = None
        else:
            raise FileNotFoundError(f"{each} does not exist")
    return list(found)


def items_of(paths: Paths, columns: CrawlColumns | None = None) -> Iterator[Item]:
    """Yield every document of the input."""
    for file in find_files(paths):
        yield Item(file.as_posix(), file)
