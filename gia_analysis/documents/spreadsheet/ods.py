"""ODS (ISO/IEC 26300): the content of an OpenDocument spreadsheet → its visible sheets."""

from collections.abc import Iterator
from datetime import datetime

from gia_analysis.documents.limits import MOST_TABLE_CELLS, require_at_most
from gia_analysis.documents.package import Element, Package, parse_xml
from gia_analysis.documents.spreadsheet.model import Range, Sheet, require_sheets
from gia_analysis.documents.spreadsheet.numbers import NumberFormat, date_text, number_text, trailing_unit
from gia_analysis.errors import DocumentError, LimitError

CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_LARGEST_XML = 60_000_000  # bytes
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_NOT_PRINTED = (f"{_OFFICE}annotation", f"{_TEXT}note")


def read_sheets(package: Package) -> Iterator[Sheet]:
    """Yield the visible sheets.

    Raises:
        DocumentError: the file is locked with a password, or damaged.
        LimitError: there is more than is read.
    """
    if _MANIFEST in package and b"encryption-data" in package.read(_MANIFEST):
        raise DocumentError("the workbook is locked with a password: save it without one")
    data = package.read(CONTENT)
    if len(data) > _LARGEST_XML:
        raise LimitError(f"its content is more than {_LARGEST_XML // 1_000_000} MB: that of no disclosure report is")
    root = parse_xml(data, CONTENT)
    hidden = set(_hidden_styles(root))
    tables = root.findall(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    require_sheets(tables)
    for number, table in enumerate(tables, start=1):
        if table.get(f"{_TABLE}style-name") not in hidden:
            yield _read_sheet(table, number)


def _hidden_styles(root: Element) -> Iterator[str]:
    for style in root.iterfind(f"{_OFFICE}automatic-styles/{_STYLE}style"):
        if any(each.get(f"{_TABLE}display") == "false" for each in style.iterfind(f"{_STYLE}table-properties")):
            yield style.get(f"{_STYLE}name", "")


def _read_sheet(table: Element, number: int) -> Sheet:
    sheet = Sheet(number)
    column = 0
    for each in table.iter(f"{_TABLE}table-column"):
        repeated = _count(each, "number-columns-repeated")
        if each.get(f"{_TABLE}visibility", "visible") != "visible":
            sheet.hidden_columns.append((column, column + repeated - 1))
        column += repeated
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        repeated = _count(line, "number-rows-repeated")
        _read_row(sheet, line, row, repeated)
        row += repeated
    return sheet


def _read_row(sheet: Sheet, line: Element, row: int, repeated: int) -> None:
    written = False
    column = 0
    for cell in line.iterchildren(*_CELLS):
        wide = _count(cell, "number-columns-repeated")
        text = _cell_text(cell) if len(cell) else ""
        if text:
            written = True
            require_at_most(MOST_TABLE_CELLS, wide * repeated, "cells on a sheet")
            for below in range(row, row + repeated):
                for beside in range(column, column + wide):
                    sheet.write(below, beside, text)
        rows, columns = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        sheet.merge(Range(row, column, row + rows - 1, column + columns - 1))
        column += wide
    if written and line.get(f"{_TABLE}visibility", "visible") != "visible":
        sheet.hidden_rows.append((row, row + repeated - 1))


def _count(element: Element, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 9 else 1


def _cell_text(cell: Element) -> str:
    """Return what a cell holds: a number as it is stored, anything else as it is shown."""
    shown = "\n".join(_paragraph(each) for each in cell.iterchildren(f"{_TEXT}p"))
    kind = cell.get(f"{_OFFICE}value-type")
    if cell.get(f"{_CALC}value-type") == "error":
        return shown or "#VALUE!"
    value = cell.get(f"{_OFFICE}value")
    try:
        if kind in ("float", "currency") and value:
            return number_text(float(value), NumberFormat(unit=trailing_unit(shown)))
        if kind == "date":
            return date_text(datetime.fromisoformat(cell.get(f"{_OFFICE}date-value", "")))
    except ValueError:
        pass
    return shown


def _paragraph(paragraph: Element) -> str:
    pieces: list[str] = []
    _collect(paragraph, pieces)
    return "".join(pieces)


def _collect(element: Element, pieces: list[str], depth: int = 0) -> None:
    pieces.append(element.text or "")
    for child in element:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            pieces.append(" " * min(int(count) if count.isascii() and count.isdecimal() and len(count) < 4 else 1, 100))
        elif child.tag == f"{_TEXT}line-break":
            pieces.append("\n")
        elif child.tag == f"{_TEXT}tab":
            pieces.append("\t")
        elif child.tag not in _NOT_PRINTED and depth < 100:
            _collect(child, pieces, depth + 1)
        pieces.append(child.tail or "")
