"""CSV: every report that a spreadsheet exports comes back cell for cell."""

import csv
from datetime import date
from typing import get_args

import numpy as np
import pytest

from documents.bounds import read_bounded, refusal
from documents.contents import lines_of, tables_of
from gia_analysis.documents import TableBlock, TextBlock, read_bytes
from gia_analysis.documents.csv_table import read
from gia_analysis.errors import DocumentError
from gia_analysis.forms import Form, forms
from gia_analysis.reading import interpret
from gia_analysis.report import Report
from gia_analysis.schema import Kind, Status
from gia_analysis.simulation import (
    BlankStyle,
    compose_report,
    leave_blank,
    print_figures,
    print_grid,
    simulate_figures,
)
from writers.csv_table import Delimiter, write
from writers.papers import AGENCY, Original, cells_of, originals

FORMS = [form for form in forms().values() if form.tables]


def report_of(data: bytes) -> Report:
    (report,) = interpret(read_bytes(data, "report"))
    return report


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8-sig"), (";", "gb18030"), (",", "utf-8")])
@pytest.mark.parametrize("original", originals().values(), ids=lambda original: original.name)
def test_a_report_comes_back_cell_for_cell(original: Original, delimiter: Delimiter, encoding: str) -> None:
    """In a CSV there is a cell at every place: where a paper has none, there is a blank one."""
    report = report_of(write(original.paper, delimiter=delimiter, encoding=encoding))

    in_csv = {
        key: (value, Kind.BLANK if kind is Kind.ABSENT else kind) for key, (value, kind) in original.cells.items()
    }
    assert cells_of(report) == in_csv
    assert (report.form, report.year, report.agency) == (original.form, original.year, original.agency)
    assert (report.facts.status, report.facts.format, report.facts.encoding) == (Status.OK, "csv", encoding)


@pytest.mark.parametrize("style", get_args(BlankStyle))
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_form_comes_back_with_every_manner_of_leaving_blank(form: Form, style: BlankStyle) -> None:
    for seed in range(3):
        figures = simulate_figures(form, np.random.default_rng(seed), size="small")
        paper = compose_report(form, print_figures(figures, style), agency=AGENCY, year=2020)

        report = report_of(write(paper))

        expected = {
            key: (v, Kind.BLANK if v is None else Kind.NUMBER) for key, v in leave_blank(figures, style).items()
        }
        assert cells_of(report) == expected
        assert (report.form, report.year, report.agency) == (form.id, 2020, AGENCY)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_table_alone_comes_back_cell_for_cell(form: Form) -> None:
    """As where only the table is published: that of the statistics, or that of requests with its groups named once."""
    figures = simulate_figures(form, np.random.default_rng(1), size="small")
    printed = print_figures(figures, "zeros")
    for table in form.tables:
        own = {key: figure for key, figure in printed.items() if key[0] == table.code}
        if table.code.startswith("art20") or not own:
            continue

        report = report_of(write((print_grid(table, own, AGENCY, 2020, date(2021, 1, 20)),)))

        assert cells_of(report) == {key: (float(figures[key]), Kind.NUMBER) for key in own}


def test_cells_keep_the_line_they_begin_in() -> None:
    content = read('a,b\n"一\n二",3\n\n丙,4\n'.encode())

    (table,) = content.blocks
    assert isinstance(table, TableBlock)
    assert [(row[0].text, row[0].line, row[1].line) for row in table.rows] == [
        ("a", 1, 1),
        ("一\n二", 2, 2),
        ("", 4, 4),
        ("丙", 5, 5),
    ]


def test_rows_of_one_text_are_text_with_their_lines_where_no_table_begins_below() -> None:
    content = read(
        "某局2021年报告,,\n本报告依照条例编制。,,\n一、总体情况,,\n无。,,\n指标,单位,数量\n甲,件,1\n乙,件,\n\n某局,,\n".encode()
    )

    assert lines_of(content) == ["某局2021年报告", "本报告依照条例编制。", "一、总体情况", "无。", "某局"]
    assert tables_of(content) == [[["指标", "单位", "数量"], ["甲", "件", "1"], ["乙", "件", ""], ["", "", ""]]]
    assert isinstance(content.blocks[-1], TextBlock) and content.blocks[-1].numbers[0] == 9


def test_a_row_of_which_only_the_label_is_printed_belongs_to_its_table() -> None:
    content = read("信息内容,数量\n规章,1\n规范性文件,\n行政许可,2\n行政处罚,\n".encode())

    assert tables_of(content) == [
        [["信息内容", "数量"], ["规章", "1"], ["规范性文件", ""], ["行政许可", "2"], ["行政处罚", ""]]
    ]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('甲;"1;2";3', ["甲", "1;2", "3"]),
        ('甲,"他说""好""",3', ["甲", '他说"好"', "3"]),
        ("甲\t1\t2", ["甲", "1", "2"]),
        ('甲,="0012",3', ["甲", "0012", "3"]),
        ("sep=;\n甲;1,5;2", ["甲", "1,5", "2"]),
        ("甲, 1 ,2,,,", ["甲", "1", "2"]),
        ("甲\0,1,2", ["甲", "1", "2"]),
    ],
)
def test_cells_are_parted_as_spreadsheets_part_them(text: str, row: list[str]) -> None:
    assert tables_of(read(f"{text}\n".encode()))[0][0] == row


def test_a_quote_that_is_never_closed_does_not_swallow_the_rest() -> None:
    content = read('指标,数量\n"甲,1\n乙,2\n丙,3\n'.encode())

    assert [row[-1] for row in tables_of(content)[0]] == ["数量", "1", "2", "3"]


def test_a_line_of_fifty_megabytes_is_refused() -> None:
    assert "characters in a line" in refusal(b"a,b\n" * 9 + b"1," * 25_000_000)


def test_a_million_columns_are_refused() -> None:
    row = b",".join([b"1"] * 100_000) + b"\n"

    assert "columns" in refusal(b"a,b\n" * 50 + row * 10)


def test_millions_of_lines_are_refused() -> None:
    assert "lines" in refusal(b"a,b\n" * 10_000_000)


def test_a_cell_longer_than_the_parser_takes_is_refused() -> None:
    assert "cannot be read" in refusal(b"a,b\n" * 50_000 + b'e,"' + b"x\n" * 100_000 + b'"\n')


def test_the_limit_of_the_csv_module_is_left_as_it_was() -> None:
    before = csv.field_size_limit()
    read(b"a,b\n1,2\n")

    assert csv.field_size_limit() == before


def test_blank_cells_at_the_end_of_rows_are_no_columns() -> None:
    """A sheet that is formatted to its last column is exported with 16,384 cells in each row."""
    original = originals()["full_2021"]
    lines = write(original.paper, encoding="utf-8").decode().splitlines()

    assert cells_of(read_bounded("\n".join(line + "," * 16_000 for line in lines).encode())) == original.cells


def test_a_file_without_a_cell_says_so() -> None:
    with pytest.raises(DocumentError, match="empty"):
        read(b",,,\n,,,\n")
