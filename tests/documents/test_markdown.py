"""Markdown is read as plain text without its marks."""

from typing import get_args

import numpy as np
import pytest

from gia_analysis.documents import Document, TableBlock, TextBlock, read_bytes
from gia_analysis.forms import Form, forms
from gia_analysis.reading import interpret
from gia_analysis.schema import Kind
from gia_analysis.simulation import BlankStyle, compose_report, leave_blank, print_figures, simulate_figures
from writers.markdown import MANNERS, Manner, write
from writers.papers import cells_of, originals

AGENCY = "云山市教育局"
TABLE = "| 信息内容 | 本年制发件数 |\n|---|---|\n"


def read(text: str) -> Document:
    return read_bytes(text.encode(), "report.md")


def lines(document: Document) -> list[tuple[str, int | None]]:
    return [
        (line, number)
        for block in document.blocks
        if isinstance(block, TextBlock)
        for line, number in zip(block.lines, block.numbers or (None,) * len(block.lines), strict=True)
        if line
    ]


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("name", list(originals()))
def test_an_original_is_read_back(name: str, manner: Manner) -> None:
    original = originals()[name]

    document = read_bytes(write(original.paper, manner), "report.md")

    report = interpret(document)[0]
    assert (document.format, cells_of(report)) == ("markdown", original.cells)
    assert (report.form, report.year, report.agency) == (original.form, original.year, original.agency)


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("style", get_args(BlankStyle))
@pytest.mark.parametrize("form", [form for form in forms().values() if form.tables], ids=lambda form: form.id)
def test_a_simulated_report_is_read_back(form: Form, style: BlankStyle, manner: Manner) -> None:
    figures = simulate_figures(form, np.random.default_rng(1), size="medium")
    paper = compose_report(form, print_figures(figures, style), agency=AGENCY, year=2022)

    report = interpret(read_bytes(write(paper, manner), "report.md"))[0]

    kept = leave_blank(figures, style)
    assert cells_of(report) == {
        key: (value, Kind.BLANK if value is None else Kind.NUMBER) for key, value in kept.items()
    }
    assert (report.form, report.year, report.agency) == (form.id, 2022, AGENCY)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("# 报告", "报告"), ("## 一、总体情况 ##", "一、总体情况"), ("###### 甲", "甲"), ("**甲**乙", "甲乙"), ("> 甲", "甲"),
        ("1\\. 甲 \\*", "1. 甲 *"), ("#甲", "#甲"), ("甲&nbsp;&lt;乙&gt;", "甲\xa0<乙>"), ("~~删~~甲", "甲"),
        ("<center>甲</center><!-- 注 -->", "甲"), ("甲 # 乙", "甲 # 乙"), ("C:\\公开", "C:\\公开"),
    ],
)  # fmt: skip
def test_marks_are_no_text(line: str, text: str) -> None:
    assert lines(read(f"{TABLE}\n{line}\n")) == [(text, 4)]


def test_a_bar_that_is_escaped_parts_no_cells() -> None:
    document = read(f"{TABLE}| 甲\\|乙&#124;丙<br>丁 | 1 |\n")

    (table,) = (block for block in document.blocks if isinstance(block, TableBlock))
    assert [cell.text for cell in table.rows[-1] if cell.text] == ["甲｜乙｜丙 丁", "1"]


def test_a_table_in_html_is_a_true_grid_and_lines_keep_their_numbers() -> None:
    document = read(
        "# 报告\n\n<table>\n<tr><td rowspan=2>甲<td><table><tr><td>1</table>\n<tr><td>2\n</table>\n\n## 一、总体情况\n后"
    )

    assert document.format == "markdown"
    table = document.blocks[1]
    assert isinstance(table, TableBlock)
    assert table.columns_known
    assert [[None if cell.absent else cell.text for cell in row] for row in table.rows] == [["甲", "1"], [None, "2"]]
    assert lines(document) == [("报告", 1), ("一、总体情况", 8), ("后", 9)]


def test_a_table_in_html_that_is_not_closed_is_text() -> None:
    assert lines(read("# 报告\n<table>\n\n甲")) == [("报告", 1), ("<table>", 2), ("甲", 4)]
