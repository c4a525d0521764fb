"""The cells of a document alone: those of its reports, without their chapters, facts and told figures."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from gia_analysis import NotAReportError
from gia_analysis.documents import Document, read_bytes
from gia_analysis.forms import get_form
from gia_analysis.reading import interpret, read_cells
from gia_analysis.simulation import KEEPS_BLANKS, Layout, print_figures, print_report, simulate_figures
from writers.blocks import write
from writers.papers import originals

YEARS = {"2014": 2017, "2019": 2020, "2021": 2022}
CHAPTERS = "一、总体情况\n全年主动公开政府信息3条。\n二、存在的问题\n渠道偏窄。\n三、其他需要报告的事项\n无。\n"


@pytest.fixture
def text_of() -> Callable[[str], Document]:
    """Return a text as a document."""
    return lambda text: read_bytes(text.encode(), "report.txt")


@pytest.mark.parametrize("name", originals())
def test_the_cells_of_a_report_are_those_of_its_reading(name: str) -> None:
    document = write(originals()[name].paper)

    (report,) = interpret(document)

    assert read_cells(document) == report.cell_list


@pytest.mark.parametrize("layout", sorted(KEEPS_BLANKS))
@pytest.mark.parametrize("form", YEARS)
def test_the_cells_of_a_printed_text_are_those_of_its_reading(
    form: str, layout: Layout, text_of: Callable[[str], Document]
) -> None:
    figures = simulate_figures(get_form(form), np.random.default_rng(3), size="medium")
    printed = print_figures(figures, "zero_rows_blank")
    text = print_report(get_form(form), printed, agency="云山市教育局", year=YEARS[form], layout=layout)

    cells = read_cells(text_of(text))

    assert {cell.form for cell in cells} == {form}
    assert cells == interpret(text_of(text))[0].cell_list


def test_the_cells_of_several_reports_follow_one_another() -> None:
    first, second = (write(originals()[name].paper) for name in ("full_2021", "nanyuan_subdistrict_2020"))
    both = replace(first, blocks=first.blocks + second.blocks)

    reports = interpret(both)

    assert len(reports) == 2
    assert read_cells(both) == reports[0].cell_list + reports[1].cell_list


def test_a_report_without_its_tables_has_no_cells(text_of: Callable[[str], Document]) -> None:
    assert read_cells(text_of(CHAPTERS)) == ()


def test_what_is_no_report_is_refused_as_in_a_whole_reading(text_of: Callable[[str], Document]) -> None:
    with pytest.raises(NotAReportError) as alone:
        read_cells(text_of("会议通知\n请准时参加。\n"))
    with pytest.raises(NotAReportError) as whole:
        interpret(text_of("会议通知\n请准时参加。\n"))

    assert str(alone.value) == str(whole.value)
