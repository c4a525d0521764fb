"""Lines over years: gaps are gaps, breaks interrupt the line, and what is only near is hollow."""

import re
from xml.etree import ElementTree

import pandas as pd
import pytest

from gia_analysis.charts import LINE_COLOURS, line_chart
from gia_analysis.charts.chart import MUTED
from gia_analysis.forms import Language

YEARS = list(range(2016, 2025))
SERIES = pd.DataFrame(
    {
        "year": pd.array(YEARS, dtype="Int64"),
        "value": [310, 355, None, 280, 301, 390, None, 512, 560],
        "exact": pd.array([False, False, None, *[True] * 6], dtype="boolean"),
        "breaks": pd.array([year == 2019 for year in YEARS], dtype="boolean"),
    }
)


def points_of_lines(svg: str, colour: str = LINE_COLOURS[0]) -> list[int]:
    """How many points each unbroken stroke of a colour joins."""
    strokes = re.findall(rf'<path d="([^"]+)" fill="none" stroke="{colour}" stroke-width="2"', svg)
    return [len(re.findall("[ML]", stroke)) for stroke in strokes]


def markers(svg: str, face: str, colour: str = LINE_COLOURS[0]) -> int:
    return len(re.findall(rf' fill="{face}" stroke="{colour}" stroke-width="1.4"', svg))


def dotted(svg: str) -> int:
    return len(re.findall(rf'fill="none" stroke-dasharray="[^"]+" stroke="{MUTED}"', svg))


def test_the_line_is_interrupted_by_gaps_and_breaks() -> None:
    """2016-17, then 2019-21 after the break, then 2023-24 after the gap."""
    assert points_of_lines(line_chart("新收申请", SERIES).svg) == [2, 3, 2]


def test_a_break_interrupts_the_line_also_between_two_years_with_figures() -> None:
    full = SERIES.assign(value=range(9))

    assert points_of_lines(line_chart("新收申请", full).svg) == [3, 6]
    assert points_of_lines(line_chart("新收申请", full.assign(breaks=False)).svg) == [9]


def test_a_year_that_has_no_row_is_a_gap_as_well() -> None:
    svg = line_chart("新收申请", SERIES.dropna(subset=["value"])).svg

    assert points_of_lines(svg) == [2, 3, 2]
    assert "2018" in line_chart("新收申请", SERIES.dropna(subset=["value"])).alternative


def test_figures_that_are_only_near_are_hollow() -> None:
    svg = line_chart("新收申请", SERIES).svg

    assert markers(svg, "#ffffff") == 2
    assert markers(svg, LINE_COLOURS[0]) == 5


def test_a_break_is_marked_once_and_only_where_there_is_one() -> None:
    several = pd.concat([SERIES.assign(name="甲"), SERIES.assign(name="乙")])

    assert dotted(line_chart("新收申请", several).svg) == 1
    assert dotted(line_chart("新收申请", SERIES.assign(breaks=False)).svg) == 0


def test_a_break_before_the_first_year_shown_is_not_drawn() -> None:
    assert dotted(line_chart("新收申请", SERIES[SERIES["year"] >= 2019]).svg) == 0


def test_the_text_alternative_holds_every_year_and_says_what_is_missing_near_or_broken() -> None:
    assert line_chart("新收申请", SERIES).alternative == (
        "2016 ≈310，2017 ≈355，2018 —，| 2019 280，2020 301，2021 390，2022 —，2023 512，2024 560"
    )


def test_several_lines_are_named_and_have_colours_of_their_own() -> None:
    several = pd.concat([SERIES.assign(name="甲市财政局"), SERIES.assign(name="乙市财政局")])

    chart = line_chart("新收申请", several)

    assert chart.alternative.startswith("甲市财政局: 2016 ≈310")
    assert "；乙市财政局: 2016 ≈310" in chart.alternative
    assert (
        points_of_lines(chart.svg, LINE_COLOURS[0])[:3] == points_of_lines(chart.svg, LINE_COLOURS[1])[:3] == [2, 3, 2]
    )


def test_shares_are_shown_in_percent() -> None:
    chart = line_chart("Disclosure rate", SERIES.assign(value=SERIES["value"] / 1000), "en", shares=True)

    assert chart.alternative.startswith("2016 ≈31.0 %, 2017 ≈35.5 %, 2018 —, | 2019 28.0 %")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_chart_is_well_formed_and_the_same_figures_give_the_same_bytes(language: Language) -> None:
    first, second = (line_chart("新收申请", SERIES, language, unit="件") for _ in range(2))

    assert first.svg == second.svg
    assert ElementTree.fromstring(first.svg).get("role") == "img"


@pytest.mark.parametrize(
    "series", [SERIES.iloc[:0], SERIES.assign(value=float("nan")), SERIES.iloc[:1], SERIES.assign(value=0)]
)
def test_nothing_one_year_and_zeros_can_be_drawn(series: pd.DataFrame) -> None:
    ElementTree.fromstring(line_chart("新收申请", series).svg)
