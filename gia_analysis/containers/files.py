"""The files of the input: those that paths name, and all in folders, each with a name that any table can hold."""

import os
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from gia_analysis.containers.model import Item, Paths
from gia_analysis.errors import CorpusError
from gia_analysis.schema import ALIASES, TABLES

_JUNK = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})
_OWN = frozenset(f"{name}.parquet" for name in (*TABLES, ALIASES))
_SURE_SIGNS = frozenset({"reports.parquet", "cells.parquet"})


def find_files(paths: Paths) -> list[Path]:
    """Return the files that paths name, folders taken with all they hold, in a fixed order.

    Hidden files are left out, and in a folder to which ``gia read`` wrote the tables that it wrote.

    Raises:
        FileNotFoundError: a path does not exist.
        CorpusError: a folder holds nothing but the tables that ``gia read`` wrote.
    """
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    found: dict[Path, None] = {}
    for each in map(Path, given):
        if each.is_dir():
            files = sorted(_files_in(each))
            if not files and _is_corpus([entry.name for entry in each.iterdir()]):
                raise CorpusError(
                    f"{each} holds tables that 'gia read' wrote, not reports: give the folder of the reports"
                )
            found.update(dict.fromkeys(files))
        elif each.exists() or each.is_symlink():
            found[each] = None
        else:
            raise FileNotFoundError(f"{each} does not exist")
    return list(found)


def is_hidden(name: str) -> bool:
    """Tell whether a file or folder is one that nobody sees: hidden, or left by a system or an office program."""
    return name.startswith((".", "~$")) or name in _JUNK


def _files_in(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder. Folders behind links are taken last, so that what is inside has its own path, and once."""
    seen: set[tuple[int, int]] = set()
    waiting = deque([folder])
    while waiting:
        here = waiting.popleft()
        try:
            status = here.stat()
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError:
            yield here  # reading it says why
            continue
        if (status.st_dev, status.st_ino) in seen:
            continue
        seen.add((status.st_dev, status.st_ino))
        own = _OWN if _is_corpus([entry.name for entry in entries]) else frozenset()
        for entry in entries:
            if is_hidden(entry.name) or entry.name in own:
                continue
            if not _is_folder(entry):
                yield here / entry.name
            elif entry.is_symlink():
                waiting.append(here / entry.name)
            else:
                waiting.appendleft(here / entry.name)


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _is_corpus(names: list[str]) -> bool:
    return _SURE_SIGNS.issubset(names)


def source_of(path: Path) -> str:
    """Return the name under which a file stands in the tables; names that are not UTF-8 are read as GBK, as archives have."""
    return decode_name(os.fsencode(path.as_posix()))


def decode_name(raw: bytes) -> str:
    """Return a file name of unknown encoding, without characters that a terminal would obey."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return printable(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return printable(raw.decode("utf-8", "replace"))


def printable(name: str) -> str:
    """Return a name with U+FFFD for each character that cannot be printed."""
    return name if name.isprintable() else "".join(each if each.isprintable() else "\ufffd" for each in name)


def item_of_failure(path: Path, error: str) -> Item:
    """Return what stands for a container that could not be unpacked to its end."""
    return Item(source_of(path), path, error=error)


def item_of(path: Path) -> Item:
    """Return a plain file as a document; what is no file is never opened."""
    source = source_of(path)
    if path.is_file():
        return Item(source, path)
    if path.is_symlink() and not path.exists():
        return Item(source, path, error="a link to a file that is not there")
    what = "a folder that cannot be opened" if path.is_dir() else "a pipe, socket or device, not a file"
    return Item(source, path, error=what)
