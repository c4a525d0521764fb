"""CSV and workbooks as a spreadsheet sees them: nothing runs, nothing is cut in silence, numbers and days are such."""

import csv
import datetime
import re
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest

from export.conftest import TEXTS
from gia_analysis import Corpus
from gia_analysis.export import ExportError, export_corpus, read_export
from gia_analysis.export.delimited import guard, unguard
from gia_analysis.schema import Frames, build


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+86 10 1234", "'+86 10 1234"),
        ("- 5件", "'- 5件"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\n=1", "'\n=1"),
        ("＝1+1", "'＝1+1"),
        ("-5+cmd|' /C calc'!A0", "'-5+cmd|' /C calc'!A0"),
        ("-5\n=1", "'-5\n=1"),
        ("", "'"),
        ("'quoted", "''quoted"),
        ("-5", "-5"),
        ("+3.20", "+3.20"),
        ("-1,234.5%", "-1,234.5%"),
        ("-1e-5", "-1e-5"),
        ("=", "="),
        ("-", "-"),
        ("5件", "5件"),
        (None, None),
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str | None, written: str | None) -> None:
    texts = pa.chunked_array([[text]], pa.large_string())

    assert guard(texts).to_pylist() == [written]
    assert unguard(guard(texts)).to_pylist() == [text]


def test_no_cell_of_a_csv_file_begins_like_a_formula(awkward_corpus: Corpus, tmp_path: Path) -> None:
    export_corpus(awkward_corpus, tmp_path / "out", "csv")
    csv.field_size_limit(10_000_000)

    with (tmp_path / "out" / "sections.csv").open(encoding="utf-8-sig", newline="") as stream:
        texts = [row["text"] for row in csv.DictReader(stream)]

    assert len(texts) == len(TEXTS)
    assert {text for text in texts if text[:1] in "=+-@\t\r\n" and len(text) > 1} == {"-5", "+3.20", "-1,234.5%"}
    assert [text.removeprefix("'") for text in texts] == [text or "" for text in TEXTS]


def test_excel_is_told_that_a_csv_file_is_utf_8(corpus: Corpus, tmp_path: Path) -> None:
    export_corpus(corpus, tmp_path / "out", "csv")

    for path in (tmp_path / "out").glob("*.csv"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), path.name


def test_a_csv_file_opens_in_pandas_without_ado(corpus: Corpus, tmp_path: Path) -> None:
    export_corpus(corpus, tmp_path / "out", "csv")

    found = pd.read_csv(tmp_path / "out" / "cells.csv")

    assert list(found.columns) == list(corpus.cells.columns)
    assert found["value"].sum() == corpus.cells["value"].sum()
    assert found["value"].isna().sum() == corpus.cells["value"].isna().sum()


def test_a_text_in_a_workbook_is_never_a_formula(awkward_corpus: Corpus, tmp_path: Path) -> None:
    export_corpus(awkward_corpus, tmp_path / "out.xlsx", "xlsx")

    book = openpyxl.load_workbook(tmp_path / "out.xlsx")

    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    texts = [row[0].value for row in book["sections"].iter_rows(min_row=2, min_col=9, max_col=9)]
    assert texts[TEXTS.index("=1+1")] == "=1+1"
    assert texts[TEXTS.index("<r>bold</r>")] == "<r>bold</r>"


def test_a_workbook_has_numbers_days_and_flags(awkward_corpus: Corpus, tmp_path: Path) -> None:
    export_corpus(awkward_corpus, tmp_path / "out.xlsx", "xlsx")

    book = openpyxl.load_workbook(tmp_path / "out.xlsx")

    def column(sheet: str, name: str) -> list[object]:
        head, *rows = book[sheet].iter_rows(values_only=True)
        return [row[head.index(name)] for row in rows]

    assert column("cells", "value")[:6] == [None, 0, 0.1, 1e17, 1 / 3, 0.1 + 0.2]
    assert column("reports", "published")[:3] == [None, datetime.datetime(2021, 2, 28), "1899-12-31"]
    assert column("figures", "approximate")[:3] == [None, True, False]


def test_a_workbook_has_a_sheet_a_table_the_dictionary_and_the_citation(corpus: Corpus, tmp_path: Path) -> None:
    citation = export_corpus(corpus, tmp_path / "out.xlsx", "xlsx")

    book = openpyxl.load_workbook(tmp_path / "out.xlsx")

    assert book.sheetnames == [
        "reports",
        "cells",
        "sections",
        "figures",
        "issues",
        "checks",
        "indicators",
        "dictionary",
    ]
    rows = list(book["dictionary"].iter_rows(values_only=True))
    assert rows[0][:4] == ("table", "column", "type", "unit")
    assert [row[1] for row in rows if row[0] == "citation"] == [citation.text("zh"), citation.text("en")]


def test_a_text_that_no_cell_holds_says_where_it_goes_on(awkward_corpus: Corpus, tmp_path: Path) -> None:
    export_corpus(awkward_corpus, tmp_path / "out.xlsx", "xlsx", tables=["sections"])

    book = openpyxl.load_workbook(tmp_path / "out.xlsx")

    long = [text for text in TEXTS if text is not None and len(text) > 16_000]
    cells = [row[0].value for row in book["sections"].iter_rows(min_row=2, min_col=9, max_col=9)][-len(long) :]
    assert all(len(cell.encode("utf-16-le")) <= 2 * 32_767 for cell in cells)
    assert all(cell.endswith("in full in the sheet long_texts]") for cell in cells)
    parts = [row for row in book["long_texts"].iter_rows(min_row=2, values_only=True) if row[2] == "text"]
    assert "".join(row[3] for row in parts) == "".join(long)


def test_a_table_of_more_rows_than_a_sheet_is_refused(tmp_path: Path) -> None:
    many = build("issues", {"report_id": ["1"] * 1_048_576, "source": ["a.txt"] * 1_048_576, "code": ["X"] * 1_048_576})
    others = {name: build(name) for name in ("reports", "cells", "sections", "figures")}
    corpus = Corpus(Frames(issues=many, **others), checks=build("checks"), indicators=build("indicators"))

    with pytest.raises(ExportError, match=r"issues has 1,048,576 rows.* 1,048,575 below its heading; export it as csv"):
        export_corpus(corpus, tmp_path / "out.xlsx", "xlsx", tables=["issues"])
    assert list(tmp_path.iterdir()) == []
    export_corpus(corpus, tmp_path / "out.xlsx", "xlsx", tables=["reports"])
    assert list(read_export(tmp_path / "out.xlsx", "xlsx")) == ["reports"]


def test_a_workbook_bears_the_day_of_the_latest_report_and_no_other_time(corpus: Corpus, tmp_path: Path) -> None:
    export_corpus(corpus, tmp_path / "out.xlsx", "xlsx", tables=["reports"])

    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        properties = archive.read("docProps/core.xml").decode()
        times = {member.date_time[0] for member in archive.infolist()}

    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", properties)) == {"2021-02-20T00:00:00Z"}
    assert times == {1980}
