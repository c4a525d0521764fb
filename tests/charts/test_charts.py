"""Charts: the same bytes for the same figures, Chinese without boxes, and a text alternative that holds every figure."""

import re
import warnings
from xml.etree import ElementTree

import pandas as pd
import pytest

from gia_analysis.charts import OUTCOME_COLOURS, bar_chart, interval_chart, shorten, stacked_chart
from gia_analysis.charts.chart import ACCENT
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


def test_every_glyph_that_a_chart_uses_is_drawn() -> None:
    """A place-holder would refer to an outline that is not there."""
    svg = bar_chart("办理结果", VALUES).svg

    used = set(re.findall(r'<use[^>]*href="#([^"]+)"', svg))
    assert used <= set(re.findall(r'id="([^"]+)"', svg))
    assert len(used) > 15


@pytest.mark.parametrize("form", [form for form in forms().values() if form.tables], ids=lambda form: form.id)
def test_no_official_label_and_no_rare_name_is_a_box(form: object) -> None:
    """瀍, 鄠 and 浈 stand in names of districts and are missing from smaller fonts."""
    labels = [slot.label for table in form.tables for slot in slots_of(table)]  # type: ignore[attr-defined]

    with warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing")
        for start in range(0, len(labels), 20):
            bar_chart("瀍河 鄠邑 浈江 尧都", pd.Series(1.0, index=labels[start : start + 20]))


def test_a_figure_text_is_escaped() -> None:
    chart = bar_chart("<script>", pd.Series({'"><script>alert(1)</script>': 1.0}))

    assert "<script" not in chart.svg
    ElementTree.fromstring(chart.svg)


def test_two_rows_of_one_name_are_two_bars() -> None:
    chart = bar_chart("新收申请", pd.Series([10.0, 2.0], index=["教育局", "教育局"]))

    assert chart.alternative == "教育局 10；教育局 2"
    assert chart.svg.count(f"fill: {ACCENT}") == 2


def test_long_names_are_shortened_by_their_width() -> None:
    assert shorten("模" * 30) == "模" * 19 + "…"
    assert shorten("a" * 40) == "a" * 40
