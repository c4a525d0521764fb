"""Funnel plots name those outside the limits, and hold their figures in words."""

import numpy as np
import pandas as pd

from gia_analysis.analysis import funnel_limits
from gia_analysis.charts import funnel_chart
from gia_analysis.charts.chart import drawing
from gia_analysis.charts.funnel import name_outside


def placed(outside: list[str | None]) -> tuple[pd.DataFrame, pd.DataFrame]:
    total = np.array([5.0, 40.0, 200.0])
    frame = pd.DataFrame(
        {
            "name": ["甲局", "乙局", "丙局"],
            "denominator": total,
            "value": [0.4, 0.5, 0.9],
            "target": 0.5,
            "outside": outside,
        }
    )
    limits = pd.DataFrame({"denominator": total, "target": 0.5})
    for name, level in (("95", 0.95), ("998", 0.998)):
        limits[f"low_{name}"], limits[f"high_{name}"] = funnel_limits(total, 0.5, level)
    return frame, limits


def test_a_funnel_tells_each_rate_and_its_cases() -> None:
    chart = funnel_chart("公开率", *placed([None, None, "above_998"]))

    assert chart.alternative == "甲局 40.0 % (5)；乙局 50.0 % (40)；丙局 90.0 % (200)"
    assert chart.svg.count("<svg") == 1


def test_the_same_funnel_gives_the_same_bytes() -> None:
    first, second = (funnel_chart("公开率", *placed([None, None, "above_998"]), "en").svg for _ in range(2))

    assert first == second


def test_one_outside_is_drawn_otherwise_and_named() -> None:
    inside, outside = (funnel_chart("公开率", *placed([None, None, place])).svg for place in (None, "above_998"))

    assert "#b5452c" not in inside
    assert "#b5452c" in outside
    assert len(outside) > len(inside)


def test_names_do_not_stand_on_each_other_nor_outside_the_axes() -> None:
    """Six agencies stand beside each other at the right end, where a name has only the left side."""
    frame, _ = placed(["below_95"] * 3)
    near = frame.assign(
        denominator=[998.0, 999, 1000], value=[0.3, 0.31, 0.32], name=["模拟省云江市松林县人民政府"] * 3
    )
    with drawing(3.8) as (_, axes):
        axes.set(xscale="log", xlim=(1, 1000), ylim=(0, 100))
        name_outside(axes, pd.concat([near, near.assign(value=near["value"] + 0.02)], ignore_index=True))
        boxes = [text.get_window_extent() for text in axes.texts]

        assert 2 <= len(boxes) <= 6
        assert [box.count_overlaps(boxes) for box in boxes] == [1] * len(boxes)
        assert all(axes.bbox.x0 <= box.x0 and box.x1 <= axes.bbox.x1 for box in boxes)


def test_a_funnel_of_nothing_has_no_figures() -> None:
    frame, limits = placed([None, None, None])

    assert funnel_chart("公开率", frame.iloc[:0], limits.iloc[:0]).alternative == ""
