"""Reports as workbooks: XLSX by openpyxl."""

import io
from collections.abc import Iterable
from typing import Literal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from gia_analysis.simulation import Grid, Paper

Style = Literal["one_sheet", "sheet_a_table", "plain"]

_LINE = Side(style="thin")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def write(paper: Paper, style: Style = "one_sheet", *, numbers: bool = True) -> bytes:
    """Return a report as an XLSX workbook.

    Args:
        paper: the report.
        style: ``one_sheet`` has everything below one another with paragraphs joined over all columns and borders;
            ``sheet_a_table`` a sheet for each table, below the paragraphs before it; ``plain`` everything on one sheet
            without borders and with paragraphs in its first column.
        numbers: whether figures are stored as numbers, else as texts.
    """
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    width = max((_width(part) for part in paper if not isinstance(part, str)), default=1)
    row = 1
    for part in paper:
        if isinstance(part, str):
            _put(sheet, row, 1, part)
            if style != "plain" and width > 1:
                sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
            row += 1
            continue
        row = _write_grid(sheet, part, row, borders=style != "plain", numbers=numbers)
        if style == "sheet_a_table":
            sheet = book.create_sheet()
            row = 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _width(grid: Grid) -> int:
    return sum(cell.columns for cell in grid[0])


def _write_grid(sheet: Worksheet, grid: Grid, top: int, *, borders: bool, numbers: bool) -> int:
    """Write a table; return the row below it."""
    taken: set[tuple[int, int]] = set()
    for offset, cells in enumerate(grid):
        column = 1
        for cell in cells:
            while (top + offset, column) in taken:
                column += 1
            row, bottom, right = top + offset, top + offset + cell.rows - 1, column + cell.columns - 1
            _put(sheet, row, column, cell.text, number=numbers and cell.type is not None)
            if borders:
                for place in _places(row, column, bottom, right):
                    sheet.cell(*place).border = _BORDER
            taken.update(_places(row, column, bottom, right))
            if cell.rows > 1 or cell.columns > 1:
                sheet.merge_cells(start_row=row, start_column=column, end_row=bottom, end_column=right)
            column = right + 1
    return top + len(grid)


def _places(top: int, left: int, bottom: int, right: int) -> Iterable[tuple[int, int]]:
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def _put(sheet: Worksheet, row: int, column: int, text: str, *, number: bool = False) -> None:
    if not text:
        return
    cell = sheet.cell(row, column)
    plain = text.removeprefix("-").replace(".", "", 1)
    if number and plain.isascii() and plain.isdecimal():
        cell.value = float(text) if "." in text else int(text)
        return
    cell.value = text
    cell.data_type = "s"  # never a formula
    if "\n" in text:
        cell.alignment = Alignment(wrap_text=True)
