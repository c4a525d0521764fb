"""A workbook of ours read back: its sheets as the tidy tables they were, long texts joined."""

import datetime
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
from lxml import etree

from gia_analysis.export.frames import ARROW_TYPES, arrow_schema, from_arrow
from gia_analysis.schema import COLUMNS, TABLES, Type

LONG_TEXTS = "long_texts"
FIRST_DAY = datetime.date(1899, 12, 30)

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ESCAPED = re.compile("_x([0-9A-F]{4})_")

_Row = dict[str, str]


def read(place: Path) -> dict[str, pd.DataFrame]:
    """Return the tables of a workbook that ``write`` wrote."""
    with zipfile.ZipFile(place) as archive:
        sheets = _sheets(archive)
        tables = {name: list(_rows(archive, sheets[name]))[1:] for name in TABLES if name in sheets}
        parts: dict[tuple[str, int, str], list[str]] = {}
        for row in list(_rows(archive, sheets[LONG_TEXTS]))[1:] if LONG_TEXTS in sheets else []:
            parts.setdefault((row["A"], int(row["B"]), row["C"]), []).append(row["D"])
    for (table, line, column), texts in parts.items():
        tables[table][line - 2][_letters(TABLES[table].index(column))] = "".join(texts)
    return {name: _table(name, rows) for name, rows in tables.items()}


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the member that holds each sheet by the sheet's name."""
    book = etree.fromstring(archive.read("xl/workbook.xml"))
    links = {
        each.get("Id"): each.get("Target") for each in etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    return {each.get("name"): f"xl/{links[each.get(_LINK)]}" for each in book.iter(f"{_MAIN}sheet")}


def _rows(archive: zipfile.ZipFile, member: str) -> Iterator[_Row]:
    """Yield the rows of a sheet as texts by the letters of their column; what is missing has none."""
    with archive.open(member) as stream:
        for _, row in etree.iterparse(stream, tag=f"{_MAIN}row", huge_tree=True, resolve_entities=False):
            yield {cell.get("r").rstrip("0123456789"): _text(cell) for cell in row}
            row.clear()
            while row.getprevious() is not None:
                del row.getparent()[0]


def _text(cell: etree._Element) -> str:
    text = "".join(cell.itertext())
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if cell.get("t") == "inlineStr" else text


def _table(name: str, rows: list[_Row]) -> pd.DataFrame:
    columns = []
    for number, column in enumerate(TABLES[name]):
        letters, kind = _letters(number), COLUMNS[column].type
        values = [_value(kind, row[letters]) if letters in row else None for row in rows]
        columns.append(pa.array(values, ARROW_TYPES[kind]))
    return from_arrow(name, pa.table(columns, schema=arrow_schema(name)))


def _value(kind: Type, text: str) -> object:
    if kind == "date":
        return FIRST_DAY + datetime.timedelta(int(text)) if text.isdigit() else datetime.date.fromisoformat(text)
    if kind == "flag":
        return text == "1"
    return {"text": str, "integer": int, "number": float}[kind](text)


def _letters(number: int) -> str:
    """Return the letters of a column by its number from 0.

    >>> _letters(0), _letters(25), _letters(26), _letters(48)
    ('A', 'Z', 'AA', 'AW')
    """
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)
