"""PDF files whose tables have few ruling lines or none: what is read is right, and what is not certain is left open."""

import random
from collections.abc import Mapping
from typing import Any, get_args

import numpy as np
import pytest

from gia_analysis.documents import read_bytes
from gia_analysis.forms import get_form
from gia_analysis.reading import interpret
from gia_analysis.schema import Kind
from gia_analysis.simulation import BlankStyle, compose_report, leave_blank, print_figures, simulate_figures
from writers.papers import Original, Read, cells_of, originals
from writers.pdf import RULES, page_of, print_page, write

PARTIAL = [rules for rules in RULES if rules != "all"]
PAGES: Mapping[str, Mapping[str, Any]] = {
    "on wide pages": {},
    "over pages": {"rows_a_page": 9},
    "over pages with heads and numbers repeated": {"rows_a_page": 9, "repeat_heads": True, "numbered": True},
    "on high pages": {"wide": False, "valign": "TOP", "align": "RIGHT", "rows_a_page": 12},
    "with figures at the left": {"align": "LEFT"},
    "turned": {"rotation": 90},
    "with its own font": {"embedded": True},
}
NO_CELL = (None, Kind.ABSENT)
ALL_BLANK = "hangjin_rear_banner_education_bureau_2020"


def read(original: Original, **how: Any) -> Read:
    (report,) = interpret(read_bytes(write(original.paper, **how), "report.pdf"))
    assert (report.facts.year, report.facts.agency) == (original.year, original.agency)
    return cells_of(report)


@pytest.mark.parametrize("rules", PARTIAL)
@pytest.mark.parametrize("name", [name for name in originals() if name != ALL_BLANK])
def test_a_report_with_few_or_no_lines_reads_back_cell_for_cell(name: str, rules: str) -> None:
    """But that a cell left out cannot be told from an empty one."""
    original = originals()[name]
    expected = {key: (None, Kind.BLANK) if cell == NO_CELL else cell for key, cell in original.cells.items()}

    found = read(original, rules=rules)

    assert {key: (None, Kind.BLANK) if cell == NO_CELL else cell for key, cell in found.items()} == expected


@pytest.mark.parametrize("pages", PAGES)
@pytest.mark.parametrize("name", originals())
def test_no_figure_is_ever_wrong_however_the_pages_are_laid_out(name: str, pages: str) -> None:
    original = originals()[name]

    found = read(original, rules="none", **PAGES[pages])

    values = {key: value for key, (value, _) in found.items() if value is not None}
    assert values == {key: original.cells.get(key, NO_CELL)[0] for key in values}


@pytest.mark.browser
@pytest.mark.parametrize("name", originals())
def test_a_page_without_borders_that_a_browser_prints_is_read_and_nothing_wrongly(name: str) -> None:
    original = originals()[name]

    (report,) = interpret(read_bytes(print_page(page_of(original.paper, bordered=False)), "report.pdf"))

    values = {key: value for key, (value, _) in cells_of(report).items() if value is not None}
    assert values == {key: original.cells.get(key, NO_CELL)[0] for key in values}
    assert len(values) >= 0.85 * sum(value is not None for value, _ in original.cells.values())
    assert (report.facts.year, report.facts.agency) == (original.year, original.agency)


def test_of_many_reports_laid_out_at_random_nine_tenths_are_read_and_nothing_wrongly() -> None:
    chance = random.Random(7)
    right = printed = 0
    for seed in range(30):
        form, year = chance.choice([("2014", 2017), ("2019", 2020), ("2021", 2022)])
        style = chance.choice(get_args(BlankStyle))
        figures = simulate_figures(get_form(form), np.random.default_rng(seed), size=chance.choice(["small", "large"]))
        truth = leave_blank(figures, style)
        paper = compose_report(get_form(form), print_figures(figures, style), agency="云山市教育局", year=year)
        data = write(
            paper,
            rules=chance.choice(PARTIAL),
            wide=chance.random() < 0.7,
            align=chance.choice(["CENTER", "RIGHT"]),
            valign=chance.choice(["TOP", "MIDDLE"]),
            rows_a_page=chance.choice([7, 12, 20]),
            repeat_heads=chance.random() < 0.5,
            numbered=chance.random() < 0.5,
            size=chance.choice([8, 9, 10.5]),
        )

        (report,) = interpret(read_bytes(data, "report.pdf"))

        values = {(c.table, c.row, c.col): c.value for c in report.cell_list if c.value is not None}
        assert values == {key: truth.get(key) for key in values}
        right += len(values)
        printed += sum(value is not None for value in truth.values())
    assert right >= 0.9 * printed
