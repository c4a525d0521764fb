"""CSV, as spreadsheets export it: rows of cells without spans → tables and text.

The label of a group stands in the first of its rows, the places below and beside it are blank.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gia_analysis.documents.encoding import decode
from gia_analysis.documents.limits import MOST_COLUMNS, MOST_TABLE_CELLS, require_at_most
from gia_analysis.documents.model import Content, TextCell
from gia_analysis.documents.rows import Row, divide
from gia_analysis.errors import DocumentError, LimitError

_LONGEST_LINE = 1_000_000  # characters
_DELIMITERS = ",;\t"
_LINES_LOOKED_AT = 200
_NAMED = re.compile(r"sep=([,;\t])\s*", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')


class _Record(NamedTuple):
    line: int
    fields: list[str]


def read(data: bytes) -> Content:
    """Read the bytes of a CSV table in whichever encoding, parted by commas, semicolons or tabs.

    Raises:
        DocumentError: the bytes are text in no encoding known here, or the file is empty.
        LimitError: it has longer lines, or more cells, than are read.
    """
    decoded = decode(data)
    rows = _rows(_records(decoded.text))
    if not rows:
        raise DocumentError("the file is empty")
    return Content(tuple(divide(rows)), decoded.encoding, decoded.undecoded)


def _records(text: str) -> Iterator[_Record]:
    """Yield each row of cells with the line that it begins in, without the blank cells at its end."""
    require_at_most(MOST_TABLE_CELLS, text.count("\n"), "lines")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    require_at_most(_LONGEST_LINE, max(map(len, lines)), "characters in a line")
    named = _NAMED.fullmatch(lines[0])
    delimiter = named[1] if named else _delimiter(lines)
    one_left_open = text.count('"') % 2 == 1  # which would swallow the rest
    first = 1 if named else 0
    reader = csv.reader(
        (f"{line}\n" for line in lines[first:]),
        delimiter=delimiter,
        quoting=csv.QUOTE_NONE if one_left_open else csv.QUOTE_MINIMAL,
    )
    line = first + 1
    try:
        for fields in reader:
            yield _Record(line, _without_blank_end(fields))
            line = reader.line_num + first + 1
    except csv.Error as error:
        raise LimitError(
            f"the cell that begins in line {line} cannot be read ({error}): no disclosure report has one so long"
        ) from error


def _delimiter(lines: list[str]) -> str:
    """Return what parts the cells: what the most lines have as often as others do."""
    looked_at = [_QUOTED.sub("", line) for line in lines[:_LINES_LOOKED_AT] if line.strip()]

    def agreement(delimiter: str) -> int:
        counts = [line.count(delimiter) for line in looked_at if delimiter in line]
        return max(map(counts.count, set(counts)), default=0)

    return max(_DELIMITERS, key=agreement)


def _rows(records: Iterable[_Record]) -> list[Row]:
    """Return the rows that have a text, all of one width; a row of blanks below a table is kept.

    Raises:
        LimitError: there are more cells than are read.
    """
    kept: list[_Record] = []
    cells = width = 0
    for record in records:
        width = max(width, len(record.fields))
        cells += len(record.fields)
        require_at_most(MOST_COLUMNS, width, "columns")
        require_at_most(MOST_TABLE_CELLS, cells, "cells in its tables")
        kept.append(record)
    require_at_most(MOST_TABLE_CELLS, width * sum(1 for record in kept if record.fields), "cells in its tables")
    rows: list[Row] = []
    after_gap = False
    for line, fields in kept:
        if fields:
            printed = [TextCell(text, line) for text in fields] + [TextCell("", line)] * (width - len(fields))
            rows.append(Row(printed, after_gap=after_gap))
        elif not after_gap and rows and rows[-1].only is None:
            rows.append(Row([TextCell("", line)] * width))
        after_gap = not fields
    return rows


def _without_blank_end(fields: list[str]) -> list[str]:
    texts = [_KEPT_AS_TEXT.sub(r"\1", text.strip()) for text in fields]
    while texts and not texts[-1]:
        texts.pop()
    return texts
