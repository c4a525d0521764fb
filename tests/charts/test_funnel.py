"""Funnel plots name those outside the limits, and hold their figures in words."""

import numpy as np
import pandas as pd

from gia_analysis.analysis import funnel_limits
from gia_analysis.charts import funnel_chart


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


def test_a_funnel_of_nothing_has_no_figures() -> None:
    frame, limits = placed([None, None, None])

    assert funnel_chart("公开率", frame.iloc[:0], limits.iloc[:0]).alternative == ""
