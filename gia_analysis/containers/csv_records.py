"""Crawls in CSV or TSV: a header, and long texts in one of the columns. Statistics tables in CSV are documents."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader

from gia_analysis.containers.columns import Record
from gia_analysis.containers.crawls import Broken
from gia_analysis.containers.limits import HEAD_BYTES, LARGEST_RECORD_BYTES
from gia_analysis.containers.model import CrawlColumns
from gia_analysis.documents.encoding_guess import UTF16_MARKS, guess_encoding

_DELIMITERS = ",\t;"
_DELIMITED = re.compile(rb"[^\r\n]*[,\t;]")
_LONGEST_NAME = 40
_LEAST_TEXT = 200  # characters of the longest text: cells of a statistics table are short


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV is written."""

    encoding: str
    delimiter: str


def crawl_dialect(head: bytes, wanted: CrawlColumns) -> Dialect | None:
    """Return how a file is written if it begins as a crawl in CSV does, None for any other file."""
    if not head.startswith(tuple(UTF16_MARKS)) and not _DELIMITED.match(head.lstrip()):
        return None
    encoding = _encoding_of(head)
    if encoding is None:
        return None
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head)
    first_line = text.lstrip().partition("\n")[0]
    if "<" in first_line:
        return None
    whole = len(head) < HEAD_BYTES
    for delimiter in _DELIMITERS:
        if delimiter in first_line and _is_crawl(_rows(text, delimiter), whole, wanted):
            return Dialect(encoding, delimiter)
    return None


def read_csv(stream: BufferedReader, dialect: Dialect) -> Iterator[Record | Broken]:
    """Yield the records of a CSV. One with more fields than the header is broken: its text may be cut at a comma."""
    csv.field_size_limit(LARGEST_RECORD_BYTES)
    lines = _Lines(io.TextIOWrapper(stream, dialect.encoding, "surrogateescape", newline=""))
    rows = csv.reader(lines, delimiter=dialect.delimiter)
    header = next(rows)
    while True:
        lines.quotes = 0
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Broken(f"{error} (line {rows.line_num}); what follows was not read")
            return
        if lines.quotes % 2 and lines.ended:
            yield Broken(f"its quotes do not end (line {rows.line_num}): the file is cut off")
        elif len(row) > len(header):
            yield Broken(f"it has {len(row)} fields and the header {len(header)} (line {rows.line_num})")
        elif row:
            yield {name: value or None for name, value in zip(header, row, strict=False)}


class _Lines:
    """The lines of a text, with how many quotes stood in them, and whether the end has been met."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.quotes = 0
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline()
        self.quotes += line.count('"')
        if not line:
            self.ended = True
            raise StopIteration
        return line


def _encoding_of(head: bytes) -> str | None:
    if head[:2] in UTF16_MARKS:
        return "utf-16"
    if b"\0" in head:
        return None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        guessed = guess_encoding(head)
        return guessed if guessed in ("utf-8", "gb18030", "big5hkscs") else None
    return "utf-8-sig"


def _rows(text: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return []


def _is_crawl(rows: list[list[str]], whole: bool, wanted: CrawlColumns) -> bool:
    if len(rows) < 2:
        return False
    header, *body = rows
    if not whole:  # the last one may be cut
        body = body[:-1] or [row + [""] * (len(header) - len(row)) for row in body]
    names = [name for name in header if name and len(name) <= _LONGEST_NAME and "\n" not in name and not name.isdigit()]
    matching = [row for row in body if len(row) == len(header)]
    if len(set(names)) < max(len(header), 2) or not matching or 2 * len(matching) < len(body):
        return False
    return wanted.text in header or max(len(value) for row in matching for value in row) >= _LEAST_TEXT
