"""Archives (ZIP, TAR) as streams of their members. Nothing is ever written under the name of a member."""

import struct
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from io import RawIOBase
from typing import IO

from gia_analysis.containers.files import decode_name, is_hidden, printable
from gia_analysis.containers.limits import MOST_MEMBERS
from gia_analysis.errors import DocumentError, LimitError

Member = tuple[str, Callable[[], IO[bytes]]]

_UTF8_NAME = 0x800
_LOCKED = 0x1
BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, struct.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip
_DAMAGED = "it is truncated or damaged: fetch it again"


def zip_members(stream: IO[bytes]) -> Iterator[Member]:
    """Yield the name of each file in a ZIP archive, and what opens it. Hidden files are left out.

    Raises:
        DocumentError: the archive is truncated or damaged.
        LimitError: it has more members than are read.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except BROKEN as error:
        raise DocumentError(f"the archive cannot be opened ({error}): {_DAMAGED}") from error
    names: Counter[str] = Counter()
    with archive:
        for number, member in enumerate(archive.infolist()):
            _require_few(number)
            name = _zip_name(member)
            if not member.is_dir() and not _is_hidden(name):
                yield _unlike(name, names), _opener(archive, member)


def _opener(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    def open_member() -> IO[bytes]:
        if member.flag_bits & _LOCKED:
            raise DocumentError("it is locked with a password: unpack the archive and give the folder")
        return archive.open(member)

    return open_member


def _zip_name(member: zipfile.ZipInfo) -> str:
    """Return the name of a member. Where it is not marked as UTF-8, the program that packed it used its own encoding."""
    name = member.filename
    if member.flag_bits & _UTF8_NAME:
        return printable(name)
    try:
        return decode_name(name.encode("cp437"))
    except UnicodeEncodeError:
        return printable(name)


def tar_members(stream: RawIOBase) -> Iterator[Member]:
    """Yield the name of each file in a TAR archive, and what opens it before the next is asked for.

    Raises:
        DocumentError: the archive is truncated or damaged.
        LimitError: it has more members than are read.
    """
    names: Counter[str] = Counter()
    try:
        with tarfile.open(fileobj=stream, mode="r|", errors="surrogateescape", encoding="utf-8") as archive:
            for number, member in enumerate(archive):
                _require_few(number)
                name = decode_name(member.name.encode("utf-8", "surrogateescape"))
                if member.isreg() and not _is_hidden(name):
                    yield _unlike(name, names), _tar_opener(archive, member)
                archive.members.clear()  # type: ignore[attr-defined]  # it keeps them all
    except tarfile.TarError as error:
        raise DocumentError(f"the archive cannot be read further ({error}): {_DAMAGED}") from error


def _tar_opener(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Callable[[], IO[bytes]]:
    def open_member() -> IO[bytes]:
        stream = archive.extractfile(member)
        assert stream, "it is a regular file"
        return stream

    return open_member


def _require_few(number: int) -> None:
    if number >= MOST_MEMBERS:
        raise LimitError(f"the archive has more than {MOST_MEMBERS:,} members: the rest of them was not read; split it")


def _is_hidden(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return any(is_hidden(part) for part in parts if part not in (".", ".."))


def _unlike(name: str, names: Counter[str]) -> str:
    """Return a name unlike those before it in the archive, which may hold two of one name."""
    names[name] += 1
    return name if names[name] == 1 else f"{name} ({names[name]})"
