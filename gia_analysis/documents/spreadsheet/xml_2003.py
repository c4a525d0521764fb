"""The XML of Excel 2003 (SpreadsheetML, often named .xls): one XML file → its visible sheets."""

from collections.abc import Iterator
from datetime import datetime

from gia_analysis.documents.package import Element, parse_xml
from gia_analysis.documents.spreadsheet.model import Range, Sheet, require_sheets
from gia_analysis.documents.spreadsheet.numbers import date_text, number_text
from gia_analysis.errors import LimitError

_SHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_LARGEST_XML = 60_000_000  # bytes


def read_sheets(data: bytes) -> Iterator[Sheet]:
    """Yield the visible sheets.

    Raises:
        DocumentError: the file is no well-formed XML.
        LimitError: there is more than is read.
    """
    if len(data) > _LARGEST_XML:
        raise LimitError(f"the workbook is more than {_LARGEST_XML // 1_000_000} MB: no disclosure report is")
    sheets = parse_xml(data.lstrip(), "the workbook").findall(f"{_SHEET}Worksheet")
    require_sheets(sheets)
    for number, sheet in enumerate(sheets, start=1):
        if sheet.find("{*}WorksheetOptions/{*}Visible") is None:  # which only says SheetHidden or SheetVeryHidden
            yield _read_sheet(sheet, number)


def _read_sheet(element: Element, number: int) -> Sheet:
    sheet = Sheet(number)
    column = -1
    for each in element.iterfind(f"{_SHEET}Table/{_SHEET}Column"):
        column = _count(each, "Index", column + 2) - 1
        span = _count(each, "Span", 0)
        if each.get(f"{_SHEET}Hidden") == "1":
            sheet.hidden_columns.append((column, column + span))
        column += span
    row = -1
    for line in element.iterfind(f"{_SHEET}Table/{_SHEET}Row"):
        row = _count(line, "Index", row + 2) - 1
        if line.get(f"{_SHEET}Hidden") == "1":
            sheet.hidden_rows.append((row, row))
        _read_row(sheet, line, row)
        row += _count(line, "Span", 0)
    return sheet


def _read_row(sheet: Sheet, line: Element, row: int) -> None:
    column = -1
    for cell in line.iterfind(f"{_SHEET}Cell"):
        column = _count(cell, "Index", column + 2) - 1
        data = cell.find(f"{_SHEET}Data")
        if data is not None:
            sheet.write(row, column, _cell_text(data))
        wide, high = _count(cell, "MergeAcross", 0), _count(cell, "MergeDown", 0)
        sheet.merge(Range(row, column, row + high, column + wide))
        column += wide


def _count(element: Element, name: str, otherwise: int) -> int:
    text = element.get(f"{_SHEET}{name}", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else otherwise


def _cell_text(data: Element) -> str:
    text = "".join(data.itertext())
    kind = data.get(f"{_SHEET}Type")
    try:
        if kind == "Number":
            return number_text(float(text))
        if kind == "DateTime":
            return date_text(datetime.fromisoformat(text))
    except ValueError:
        pass
    return text
