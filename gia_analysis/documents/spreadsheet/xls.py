"""XLS, and ET of WPS, which is the same: what xlrd finds in a workbook of Excel 95 to 2003 → its visible sheets."""

import io
from collections.abc import Iterator
from typing import Any

import xlrd
from xlrd.book import Book
from xlrd.compdoc import CompDoc

from gia_analysis.documents.limits import require_at_most
from gia_analysis.documents.package import LOCKED
from gia_analysis.documents.spreadsheet.model import LONGEST_CELL, Range, Sheet, require_sheets
from gia_analysis.documents.spreadsheet.numbers import GENERAL, NumberFormat, built_in_format, number_text, read_format
from gia_analysis.errors import DocumentError

_EXCEL_95, _EXCEL_97 = 50, 80  # versions of the format, as xlrd counts them
_CHINESE_CODE_PAGES = (936, 950)
_MOST_ROWS = 500_000  # of all sheets, blank ones above others too: xlrd makes them all
_LOCKED = "Workbook is encrypted"  # as xlrd says it

_Book = Any  # that of xlrd, which has no types
_Source = Any  # a sheet of xlrd
_Container = Any


def read_sheets(data: bytes) -> Iterator[Sheet]:
    """Yield the visible sheets of a workbook.

    Raises:
        DocumentError: it is damaged, locked, or older than Excel 95.
        LimitError: there is more than is read.
    """
    try:
        book = _open(_workbook_stream(data))
        require_sheets(book.sheet_names())
        rows = 0
        for number in range(len(book.sheet_names())):
            source = book.get_sheet(number)
            book.unload_sheet(number)  # so that one is held at a time
            rows += source.nrows
            require_at_most(_MOST_ROWS, rows, "rows on its sheets")
            if not source.visibility:
                yield _read_sheet(source, number + 1, book)
    except (DocumentError, MemoryError):
        raise
    except Exception as error:  # of many kinds where a file is damaged: xlrd checks little before it uses it
        if str(error) == _LOCKED:
            raise DocumentError(LOCKED) from error
        raise DocumentError(
            f"the workbook is damaged or cut off ({type(error).__name__}): fetch the file again, or save it as XLSX"
        ) from error


def _workbook_stream(data: bytes) -> bytes:
    """Return the one stream of an OLE2 container that holds the workbook."""
    # sectors may be in two streams at once, which some programs write
    container = CompDoc(data, logfile=io.StringIO(), ignore_workbook_corruption=True)
    _refuse_rings(container)
    for name in ("Workbook", "Book"):
        held, start, size = container.locate_named_stream(name)
        if held:
            return bytes(held[start : start + size])
    raise DocumentError("the OLE2 container holds no workbook")


def _refuse_rings(container: _Container) -> None:
    """Refuse a workbook whose short sectors follow each other in a ring, as xlrd would for ever."""
    following = container.SSAT
    starts = {entry.first_SID for entry in container.dirlist if entry.name.lower() in ("workbook", "book")}
    for sector in starts:
        for _ in range(len(following) + 1):
            if not 0 <= sector < len(following):
                break
            sector = following[sector]
        else:
            raise DocumentError("the OLE2 container is damaged: a stream in it never ends. Fetch the file again")


def _open(stream: bytes, encoding: str | None = None) -> _Book:
    """Return a workbook of which no sheet is read yet.

    It is opened step by step, and not by ``xlrd.open_workbook``, for that works out defined names: no cell needs them,
    some of sound workbooks are an error to it, and hostile ones multiply without bound.
    """
    book = Book()
    book.names_epilogue = lambda: None
    book.biff2_8_load(
        file_contents=stream,
        logfile=io.StringIO(),
        encoding_override=encoding,
        formatting_info=True,
        on_demand=True,
        ragged_rows=True,
    )
    book.biff_version = book.getbof(xlrd.biffh.XL_WORKBOOK_GLOBALS)
    if book.biff_version < _EXCEL_95:
        raise DocumentError("the workbook is older than Excel 95, or damaged: save it as XLSX")
    book.parse_globals()
    if book.biff_version < _EXCEL_97 and book.codepage not in _CHINESE_CODE_PAGES and encoding is None:
        return _open(stream, "gb18030")
    book._sheet_list = [None] * len(book.sheet_names())
    return book


def _read_sheet(source: _Source, number: int, book: _Book) -> Sheet:
    sheet = Sheet(number)
    for row in range(source.nrows):
        for column, kind in enumerate(source.row_types(row)):
            if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                sheet.write(row, column, _cell_text(source, row, column, book))
    for top, below, left, beyond in source.merged_cells:
        sheet.merge(Range(top, left, below - 1, beyond - 1))
    sheet.hidden_rows += [(row, row) for row, info in source.rowinfo_map.items() if info.hidden]
    sheet.hidden_columns += [(column, column) for column, info in source.colinfo_map.items() if info.hidden]
    return sheet


def _cell_text(source: _Source, row: int, column: int, book: _Book) -> str:
    """Return what a cell holds; of a formula, the result that was stored."""
    kind, value = source.cell_type(row, column), source.cell_value(row, column)
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#VALUE!"))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    return number_text(value, _shown(source.cell_xf_index(row, column), book), from_1904=book.datemode == 1)


def _shown(style: int, book: _Book) -> NumberFormat:
    """Return what the format of a cell shows."""
    if style >= len(book.xf_list):
        return GENERAL
    number = book.xf_list[style].format_key
    code = book.format_map[number].format_str
    return built_in_format(number) if code is None else read_format(code[:LONGEST_CELL])
