"""Reports published as web pages are read back cell for cell, however the page wraps them."""

from html import escape
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from gia_analysis import Report
from gia_analysis.documents import read_bytes
from gia_analysis.forms import forms, get_form
from gia_analysis.reading import interpret
from gia_analysis.schema import Kind, Status
from gia_analysis.simulation import (
    BlankStyle,
    Grid,
    Layout,
    Paper,
    compose_report,
    leave_blank,
    print_figures,
    print_report,
    simulate_figures,
)
from writers.html import MANNERS, Manner, table_of, write
from writers.papers import Read, cells_of, originals

AGENCY = "云山市教育局"
FORMS = [form.id for form in forms().values() if form.tables]


def read(data: bytes) -> Report:
    (report,) = interpret(read_bytes(data, "report.html"))
    return report


def simulated(form_id: str, style: BlankStyle, seed: int = 1) -> tuple[Paper, Read]:
    """Return a simulated report, and the cells that a perfect reader finds in it."""
    form = get_form(form_id)
    figures = simulate_figures(form, np.random.default_rng(seed), size="medium")
    paper = compose_report(form, print_figures(figures, style), agency=AGENCY, year=2022)
    kept = leave_blank(figures, style)
    return paper, {key: (value, Kind.BLANK if value is None else Kind.NUMBER) for key, value in kept.items()}


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("name", list(originals()))
def test_an_original_is_read_back_from_a_page(name: str, manner: Manner) -> None:
    original = originals()[name]

    report = read(write(original.paper, manner))

    assert cells_of(report) == original.cells
    assert (report.form, report.year, report.agency) == (original.form, original.year, original.agency)


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("style", get_args(BlankStyle))
@pytest.mark.parametrize("form", FORMS)
def test_a_simulated_report_is_read_back_from_a_page(form: str, style: BlankStyle, manner: Manner) -> None:
    paper, cells = simulated(form, style)

    report = read(write(paper, manner))

    assert cells_of(report) == cells
    assert (report.form, report.year, report.agency, report.facts.status) == (form, 2022, AGENCY, Status.OK)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_a_page_in_another_encoding_gives_the_same_report(encoding: str) -> None:
    original = originals()["full_2021"]

    report = read(write(original.paper, "word", encoding))

    assert (cells_of(report), report.facts.encoding) == (original.cells, encoding)


def test_a_page_named_as_a_word_file_is_read_as_the_page_it_is(tmp_path: Path) -> None:
    original = originals()["full_2021"]
    file = tmp_path / "report.doc"
    file.write_bytes(write(original.paper, "word"))

    report = interpret(read_bytes(file.read_bytes(), str(file)))[0]

    assert (report.facts.format, cells_of(report)) == ("html", original.cells)


def test_chapters_of_a_page_hold_their_text_and_none_of_the_menus() -> None:
    original = originals()["full_2021"]

    chapters = {section.section: section.text for section in read(write(original.paper, "cms")).section_list}

    plain = {section.section: section.text for section in read(write(original.paper, "plain")).section_list}
    assert chapters["overview"] == plain["overview"]
    assert chapters["problems"] == plain["problems"]


def test_a_table_that_frames_the_whole_report_loses_neither_figures_nor_prose() -> None:
    paper, cells = simulated("2021", "zeros")

    def framed(part: str | Grid) -> str:
        if isinstance(part, str):
            return f"<tr><td colspan=10>{escape(part)}</td></tr>"
        return table_of(part).split("<tbody>")[1].split("</tbody>")[0]

    report = read(f"<html><table>{''.join(map(framed, paper))}</table></html>".encode())

    assert cells_of(report) == cells
    assert "统计期限" in next(section.text for section in report.section_list if section.section == "preamble")


def test_several_reports_on_one_page_are_several() -> None:
    papers = [originals()[name].paper for name in ("full_2021", "2020-xiandi-town")]
    page = b"<hr>".join(write(paper, "plain") for paper in papers)

    reports = interpret(read_bytes(page, "reports.html"))

    assert [cells_of(report) for report in reports] == [
        originals()["full_2021"].cells,
        originals()["2020-xiandi-town"].cells,
    ]


@pytest.mark.parametrize("layout", ["A", "B", "C", "D", "E", "H", "H_ruled"])
def test_a_flattened_report_in_preformatted_text_is_read_as_plain_text(layout: Layout) -> None:
    form = get_form("2021")
    figures = simulate_figures(form, np.random.default_rng(2), size="medium")
    text = print_report(form, print_figures(figures), agency=AGENCY, year=2022, layout=layout)

    report = read(f"<html><body><div class=menu>首页</div><pre>{escape(text)}</pre></body></html>".encode())

    assert cells_of(report) == {key: (value, Kind.NUMBER) for key, value in figures.items()}


def test_the_head_of_a_page_tells_what_its_text_does_not() -> None:
    form = get_form("2021")
    figures = print_figures(simulate_figures(form, np.random.default_rng(3), size="medium"))
    paper = tuple(
        part for part in compose_report(form, figures, agency=AGENCY, year=2022, title=False) if part != AGENCY
    )
    head = f"<meta name=ArticleTitle content={AGENCY}2022年政府信息公开工作年度报告><meta name=PubDate content='2023-01-18 10:00'>"
    body = "".join(f"<p>{part}</p>" if isinstance(part, str) else table_of(part) for part in paper)

    report = read(
        f"<html><head>{head}</head><body>{body}</body></html>".replace("请与云山市教育局联系", "请来电").encode()
    )

    assert (report.agency, report.year, str(report.facts.published)) == (AGENCY, 2022, "2023-01-18")
