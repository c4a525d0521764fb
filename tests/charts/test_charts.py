"""Charts: the same bytes for the same figures, Chinese without boxes, and a text alternative that holds every figure."""

import re
from xml.etree import ElementTree

import pandas as pd
import pytest

from gia_analysis.charts import OUTCOME_COLOURS, Chart, bar_chart, interval_chart, line_chart, shorten, stacked_chart
from gia_analysis.charts.canvas import WIDTH, fit
from gia_analysis.charts.chart import ACCENT, drawing
from gia_analysis.forms import forms
from gia_analysis.forms.index import slots_of

VALUES = pd.Series({"予以公开": 5548.0, "部分公开": 2168.0, "不予公开": float("nan")})
RATES = pd.DataFrame(
    {
        "value": [0.306, 0.559],
        "low": [0.301, 0.55],
        "high": [0.311, 0.567],
        "numerator": [10538, 7716],
        "denominator": [34430, 13810],
    },
    index=["上海市", "模拟市"],
)


YEARS = pd.DataFrame({"year": [2019, 2020], "value": [1.0, 2.0], "exact": True, "breaks": False})


def test_the_same_figures_give_the_same_bytes() -> None:
    assert bar_chart("办理结果", VALUES).svg == bar_chart("办理结果", VALUES).svg


def test_a_chart_is_well_formed_and_loads_nothing() -> None:
    charts = [
        bar_chart("办理结果", VALUES),
        interval_chart("公开率", RATES, highlighted="上海市"),
        stacked_chart(
            "构成", pd.DataFrame({"granted": [1, 0]}, index=["甲", "乙"]), {"granted": "予以公开"}, OUTCOME_COLOURS
        ),
    ]

    for chart in charts:
        root = ElementTree.fromstring(chart.svg)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert root.get("width") is None
        assert not re.search(r'(?:href|src)="(?!#)', chart.svg)


def test_the_text_alternative_holds_every_figure_and_says_what_is_missing() -> None:
    chart = bar_chart("办理结果", VALUES)

    assert chart.alternative == "予以公开 5,548；部分公开 2,168；不予公开 —"
    assert 'aria-label="办理结果。予以公开 5,548；部分公开 2,168；不予公开 —"' in chart.svg


def test_intervals_stand_in_the_text_alternative() -> None:
    chart = interval_chart("Disclosure rate", RATES, "en")

    assert chart.alternative == "上海市 30.6 % (30.1–31.1); 模拟市 55.9 % (55.0–56.7)"


def texts(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_text_is_text_in_the_fonts_of_a_page() -> None:
    """So that it can be read wherever the page can, searched and copied."""
    svg = bar_chart("办理结果", VALUES).svg

    assert texts(svg) == ["办理结果", "予以公开", "5,548", "部分公开", "2,168", "不予公开", "—"]
    assert "sans-serif" in ElementTree.fromstring(svg).get("font-family", "")


def test_a_chart_has_no_styles_that_a_policy_of_a_page_would_forbid() -> None:
    for chart in (bar_chart("办理结果", VALUES), interval_chart("公开率", RATES), line_chart("新收", YEARS)):
        assert "style" not in chart.svg
        assert "<script" not in chart.svg


def test_charts_of_one_page_share_no_names() -> None:
    """Names of clips and markers, where matplotlib draws axes of its own."""
    with drawing(2) as (figure, axes):
        axes.plot([0, 1], [0, 1], "o--")
        one = Chart.of(figure, "甲", "甲").svg
        axes.set_title("乙")
        other = Chart.of(figure, "乙", "乙").svg

    names, others = (set(re.findall(r' id="([^"]+)"', svg)) for svg in (one, other))
    assert names
    assert not names & others
    assert set(re.findall(r'(?:href="#|url\(#)([^")]+)', one)) <= names


def test_dollars_are_no_formula_and_control_characters_no_xml() -> None:
    chart = bar_chart("$x^2$\x00", pd.Series({"a$b$\x1b": 1.0}))

    assert texts(chart.svg)[:2] == ["$x^2$\ufffd", "a$b$\ufffd"]
    assert "\x00" not in chart.svg


@pytest.mark.parametrize("form", [form for form in forms().values() if form.tables], ids=lambda form: form.id)
def test_every_official_label_and_rare_name_is_written(form: object) -> None:
    """瀍, 鄠 and 浈 stand in names of districts and are missing from smaller fonts."""
    labels = [slot.label for table in form.tables for slot in slots_of(table)]  # type: ignore[attr-defined]

    for start in range(0, len(labels), 20):
        part = labels[start : start + 20]
        written = texts(bar_chart("瀍河 鄠邑 浈江 尧都", pd.Series(1.0, index=part)).svg)
        assert written[0] == "瀍河 鄠邑 浈江 尧都"
        assert written[1::2] == [fit(label, 0.42 * WIDTH) for label in part]


def test_an_interval_chart_says_what_rates_are_held_against_and_how_they_are_defined() -> None:
    chart = interval_chart("公开率", RATES, middle=("组内合计", 0.5), note="公开率＝予以公开 ÷ 总计。")

    assert chart.alternative.endswith("；组内合计 50.0 %")
    assert "公开率＝予以公开 ÷ 总计。" in texts(chart.svg)
    assert "10,538/34,430" in texts(chart.svg)


def test_a_rate_that_is_missing_is_a_dash_without_a_point() -> None:
    missing = RATES.assign(value=[0.3, None], low=[0.2, None], high=[0.4, None])

    svg = interval_chart("公开率", missing).svg
    assert svg.count(f'fill="{ACCENT}"') == 1
    assert "—" in texts(svg)


def test_a_figure_text_is_escaped() -> None:
    chart = bar_chart("<script>", pd.Series({'"><script>alert(1)</script>': 1.0}))

    assert "<script" not in chart.svg
    ElementTree.fromstring(chart.svg)


def test_two_rows_of_one_name_are_two_bars() -> None:
    chart = bar_chart("新收申请", pd.Series([10.0, 2.0], index=["教育局", "教育局"]))

    assert chart.alternative == "教育局 10；教育局 2"
    assert chart.svg.count(f'fill="{ACCENT}"') == 2


def test_long_names_are_shortened_by_their_width() -> None:
    assert shorten("模" * 30) == "模" * 19 + "…"
    assert shorten("a" * 40) == "a" * 40
