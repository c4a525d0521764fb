"""An Excel workbook: a sheet a table, and the sheet ``dictionary`` with every column's meaning and the citation.

Texts are texts, never formulas. A text longer than a cell holds is cut there, says so, and stands in whole in the sheet
``long_texts``. Days before March 1900, which Excel does not have, are texts as 1899-12-31.
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format

from gia_analysis.export.citation import Citation
from gia_analysis.export.dictionary import dictionary_frame
from gia_analysis.export.frames import ExportError, Tables, to_arrow
from gia_analysis.export.workbook_reading import FIRST_DAY, LONG_TEXTS, read
from gia_analysis.export.workbook_sheet import Sheet
from gia_analysis.schema import COLUMNS, TABLES, Type

__all__ = ["read", "write"]

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
_PART = 16_000
_EXACT = 2**53
_CONTINUED = "… [全文见 long_texts 工作表 / in full in the sheet long_texts]"
_EXCEL_STARTS = datetime.date(1900, 3, 1)
_ROWS_AT_A_TIME = 10_000
_WIDTHS = {"text": 18, "integer": 10, "number": 12, "date": 12, "flag": 10}

_LongText = tuple[str, int, str, str]


def write(tables: Tables, place: Path, citation: Citation) -> None:
    """Write the tables into a new workbook.

    Raises:
        ExportError: a table has more rows than a sheet holds, or a whole number more digits than Excel keeps.
    """
    for name, frame in tables.items():
        _check(name, frame)
    book = xlsxwriter.Workbook(str(place), {"constant_memory": True, "strings_to_formulas": False})
    with book:
        book.set_properties({"comments": citation.text("en"), "created": _made(citation)})
        heading = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        long_texts: list[_LongText] = []
        for name, frame in tables.items():
            sheet = _sheet(book, name, [_WIDTHS[COLUMNS[column].type] for column in TABLES[name]])
            _write_row(sheet, 0, TABLES[name], heading)
            long_texts += _write_table(sheet, name, frame, day)
        _write_dictionary(book, tables, citation, heading)
        if long_texts:
            _write_long_texts(book, long_texts, heading)


def _check(name: str, frame: pd.DataFrame) -> None:
    if len(frame) >= MOST_ROWS:
        raise ExportError(
            f"{name} has {len(frame):,} rows, and a sheet of Excel holds {MOST_ROWS - 1:,} below its heading; export it as "
            f"csv, parquet or sqlite, or leave it out by naming the other tables"
        )
    for column in frame.columns:
        if COLUMNS[column].type == "integer" and (frame[column].abs() > _EXACT).any():
            raise ExportError(
                f"{name}.{column} holds a whole number of more than 15 digits, which Excel rounds; export it as csv, "
                f"parquet or sqlite"
            )


def _made(citation: Citation) -> datetime.datetime:
    """Return the time that the file says it was made at: the day of the latest report, never the clock."""
    day = citation.published or datetime.date(1980, 1, 1)
    return datetime.datetime(day.year, day.month, day.day)


def _sheet(book: xlsxwriter.Workbook, name: str, widths: Sequence[int]) -> Sheet:
    sheet: Sheet = book.add_worksheet(name, Sheet)
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width)
    sheet.freeze_panes(1, 0)
    return sheet


def _write_row(sheet: Sheet, row: int, texts: Sequence[object], style: Format | None = None) -> None:
    for column, text in enumerate(texts):
        if isinstance(text, str):
            sheet.write_string(row, column, text, style)


def _write_table(sheet: Sheet, name: str, frame: pd.DataFrame, day: Format) -> Iterator[_LongText]:
    """Write a table below its heading, and yield the texts that no cell holds."""
    table = to_arrow(name, frame)
    writers = [_writer(COLUMNS[column].type, sheet, day) for column in TABLES[name]]
    row = 0
    for batch in table.to_batches(max_chunksize=_ROWS_AT_A_TIME):
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            row += 1
            for column, value in enumerate(values):
                if value is None:
                    continue
                if isinstance(value, str) and is_too_long(value):
                    yield name, row + 1, TABLES[name][column], value
                    value = value[:_PART] + _CONTINUED
                writers[column](row, column, value)


def _writer(kind: Type, sheet: Sheet, day: Format) -> Callable[[int, int, object], object]:
    def write_day(row: int, column: int, value: object) -> None:
        assert isinstance(value, datetime.date)
        if value < _EXCEL_STARTS:
            sheet.write_string(row, column, value.isoformat())
        else:
            sheet.write_number(row, column, (value - FIRST_DAY).days, day)

    ways: dict[Type, Callable[..., object]] = {
        "text": sheet.write_string,
        "integer": sheet.write_number,
        "number": sheet.write_number,
        "date": write_day,
        "flag": sheet.write_boolean,
    }
    return ways[kind]


def is_too_long(text: str) -> bool:
    """Tell whether a text has more characters than a cell holds, counted as Excel does, in units of UTF-16."""
    return len(text) > MOST_CHARACTERS // 2 and len(text.encode("utf-16-le")) > 2 * MOST_CHARACTERS


def _write_dictionary(book: xlsxwriter.Workbook, tables: Tables, citation: Citation, heading: Format) -> None:
    words = dictionary_frame(tables)
    sheet = _sheet(book, "dictionary", [14, 18, 10, 16, 10, 24, 24, 20, 60, 60])
    _write_row(sheet, 0, list(words.columns), heading)
    row = 0
    for row, texts in enumerate(words.itertuples(index=False, name=None), start=1):
        _write_row(sheet, row, texts)
    for number, text in enumerate((citation.text("zh"), citation.text("en")), start=row + 2):
        _write_row(sheet, number, ["citation", text])


def _write_long_texts(book: xlsxwriter.Workbook, texts: Sequence[_LongText], heading: Format) -> None:
    """Write the long texts in parts, in the order in which they are to be joined; ``row`` is that of the sheet."""
    parts = [(*place, text[at : at + _PART]) for *place, text in texts for at in range(0, len(text), _PART)]
    if len(parts) >= MOST_ROWS:
        raise ExportError(
            f"{len(texts):,} texts are longer than a cell of Excel holds, more than the sheet {LONG_TEXTS} takes; "
            f"export {texts[0][0]} as csv, parquet or sqlite"
        )
    sheet = _sheet(book, LONG_TEXTS, [14, 10, 18, 100])
    _write_row(sheet, 0, ("table", "row", "column", "text"), heading)
    for line, (table, row, column, text) in enumerate(parts, start=1):
        _write_row(sheet, line, (table, str(row), column, text))
