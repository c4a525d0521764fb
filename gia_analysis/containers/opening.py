"""A file → the documents in it, whatever they are packed in: archives in archives, packed crawls, and plain files."""

import bz2
import contextlib
import gzip
import io
import lzma
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from gia_analysis.containers.archives import BROKEN, Member, tar_members, zip_members
from gia_analysis.containers.crawls import item_of_record, items_of_records
from gia_analysis.containers.csv_records import crawl_dialect, read_csv
from gia_analysis.containers.files import source_of
from gia_analysis.containers.json_records import read_json, read_json_lines
from gia_analysis.containers.kinds import kind_of
from gia_analysis.containers.limits import DEEPEST_ARCHIVES, HEAD_BYTES, Allowance, read_file
from gia_analysis.containers.model import CrawlColumns, Item, Piece, Place
from gia_analysis.containers.parquet_records import read_parquet
from gia_analysis.containers.web_archives import read_warc
from gia_analysis.documents import LARGEST_FILE_BYTES
from gia_analysis.documents.sniff import format_of
from gia_analysis.errors import DocumentError, GiaError

_STREAM_ERRORS = (*BROKEN, lzma.LZMAError, pa.ArrowException, RecursionError, AssertionError)
OUT_OF_MEMORY = "unpacking it takes more memory than one document may"
_PACKED = frozenset({"zip", "tar", "gzip", "bzip2", "xz", "zstd"})
_KEPT_IN_MEMORY = 32_000_000


@dataclass(frozen=True, slots=True)
class _Opening:
    """What holds for all that is in one file."""

    columns: CrawlColumns
    allowance: Allowance
    depth: int = 0


def pieces_of(path: Path, columns: CrawlColumns) -> Iterator[Piece]:
    """Yield every document in a file, as a stream; what cannot be taken out is an item with an error."""
    place = Place(source_of(path), path)
    try:
        stream: io.BufferedReader = io.BufferedReader(io.FileIO(path), HEAD_BYTES)
        with stream:
            allowance = Allowance(os.fstat(stream.fileno()).st_size)
            yield from _pieces(stream, place, _Opening(columns, allowance))
    except OSError as error:
        yield place.item(error=str(error))


def _pieces(stream: io.BufferedReader, place: Place, opening: _Opening) -> Iterator[Piece]:
    """Yield what is in a stream. Whatever goes wrong in it is told in its place and ends nothing but it."""
    try:
        kind = kind_of(stream.peek(HEAD_BYTES)[:HEAD_BYTES], opening.columns)
        if kind is None:
            yield _document(stream, place)
        elif opening.depth >= DEEPEST_ARCHIVES:
            raise DocumentError(f"packed more than {DEEPEST_ARCHIVES} times: unpack it first")
        else:
            yield from _READERS[kind](stream, place, replace(opening, depth=opening.depth + 1))
    except GiaError as error:
        yield place.item(error=str(error))
    except MemoryError:
        yield place.item(error=OUT_OF_MEMORY)
    except _STREAM_ERRORS as error:
        yield place.item(error=f"it cannot be read further ({error or type(error).__name__}): fetch it again")


def _document(stream: IO[bytes], place: Place) -> Piece:
    if place.member is None and stream.seekable():
        return place.item()  # read from its path
    return place.item(read_file(stream))


def _zip(stream: io.BufferedReader, place: Place, opening: _Opening) -> Iterator[Piece]:
    """Yield the members of an archive; a document that is one by its parts is a document."""
    with _seekable(stream) as file:
        data = read_file(file)
        if len(data) <= LARGEST_FILE_BYTES and format_of(data) != "zip":
            yield place.item() if file is stream and place.member is None else place.item(data)
            return
        del data
        file.seek(0)
        yield from _members(zip_members(file), place, opening)


def _tar(stream: io.BufferedReader, place: Place, opening: _Opening) -> Iterator[Piece]:
    yield from _members(tar_members(_Eager(stream)), place, opening)


def _members(members: Iterator[Member], place: Place, opening: _Opening) -> Iterator[Piece]:
    for name, open_member in members:
        inside = place.inside(name)
        try:
            with open_member() as member:
                yield from _pieces(_counted(member, opening.allowance), inside, opening)
        except (GiaError, *_STREAM_ERRORS) as error:
            yield inside.item(error=f"it cannot be unpacked: {error}")
        if opening.allowance.used_up:
            return


def _unpacked(open_stream: Callable[[IO[bytes]], Any]) -> "_Reader":
    def read(stream: io.BufferedReader, place: Place, opening: _Opening) -> Iterator[Piece]:
        yield from _pieces(_counted(open_stream(stream), opening.allowance), place, opening)

    return read


def _json_lines(stream: io.BufferedReader, place: Place, opening: _Opening) -> Iterator[Piece]:
    return items_of_records(read_json_lines(stream), place, opening.columns)


def _json(stream: io.BufferedReader, place: Place, opening: _Opening) -> Iterator[Piece]:
    return items_of_records(read_json(stream), place, opening.columns)


def _csv(stream: io.BufferedReader, place: Place, opening: _Opening) -> Iterator[Piece]:
    dialect = crawl_dialect(stream.peek(HEAD_BYTES)[:HEAD_BYTES], opening.columns)
    assert dialect, "its kind has been told by this"
    return items_of_records(read_csv(stream, dialect), place, opening.columns)


def _parquet(stream: io.BufferedReader, place: Place, opening: _Opening) -> Iterator[Piece]:
    with _seekable(stream) as file:
        columns, records = read_parquet(file, opening.columns)
        for number, record in enumerate(records, start=1):
            yield item_of_record(record, columns, place, number)


def _warc(stream: io.BufferedReader, place: Place, opening: _Opening) -> Iterator[Piece]:
    """Yield the documents in a web archive; an archive that was there for download is opened."""
    for piece in read_warc(_Eager(stream), place):
        data = piece.data if isinstance(piece, Item) else None
        if data is None or kind_of(data[:HEAD_BYTES], opening.columns) not in _PACKED:
            yield piece
        elif isinstance(piece, Item):
            inside = Place(piece.source, piece.path, piece.member, piece.url)
            yield from _pieces(io.BufferedReader(io.BytesIO(data), HEAD_BYTES), inside, opening)


_Reader = Callable[[io.BufferedReader, Place, _Opening], Iterator[Piece]]
_READERS: dict[str, _Reader] = {
    "zip": _zip,
    "tar": _tar,
    "gzip": _unpacked(lambda stream: gzip.GzipFile(fileobj=stream)),
    "bzip2": _unpacked(bz2.BZ2File),
    "xz": _unpacked(lzma.LZMAFile),
    "zstd": _unpacked(lambda stream: pa.CompressedInputStream(pa.PythonFile(stream), "zstd")),
    "json lines": _json_lines,
    "json": _json,
    "csv": _csv,
    "parquet": _parquet,
    "warc": _warc,
}


class _Counted(io.RawIOBase):
    """A stream that takes what it gives off what the file may unpack to."""

    def __init__(self, stream: IO[bytes], allowance: Allowance) -> None:
        self._read = getattr(stream, "read1", stream.read)  # so that what comes before a damage is not lost with it
        self._allowance = allowance
        self._broken: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Fill the buffer as far as there is something, so that the head of a file is seen as a whole."""
        if self._broken is not None:
            raise self._broken
        filled = 0
        try:
            while filled < len(buffer) and (data := self._read(len(buffer) - filled)):
                buffer[filled : filled + len(data)] = data
                filled += len(data)
        except _STREAM_ERRORS as error:
            if not filled:
                raise
            self._broken = error
        self._allowance.spend(filled)
        return filled


class _Eager(io.RawIOBase):
    """A stream that gives what there is before it fails, where a buffer would keep it."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        """Return at most so many bytes, fewer where no more are at hand."""
        return self._stream.read1(size)


def _counted(stream: IO[bytes], allowance: Allowance) -> io.BufferedReader:
    return io.BufferedReader(_Counted(stream, allowance), HEAD_BYTES)


@contextlib.contextmanager
def _seekable(stream: io.BufferedReader) -> Iterator[IO[bytes]]:
    """Give a stream in which one can go back: the file itself, or a copy that is on disk where it is large."""
    if stream.seekable():
        yield stream
        return
    with tempfile.SpooledTemporaryFile(_KEPT_IN_MEMORY) as copy:
        while data := stream.read(HEAD_BYTES):
            copy.write(data)
        copy.seek(0)
        yield copy
