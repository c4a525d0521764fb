"""Wilson's interval, against statsmodels and against the printed example of its literature."""

import numpy as np
import pytest
from scipy.stats import binomtest
from statsmodels.stats.proportion import proportion_confint

from gia_analysis import wilson_interval

TRIALS = [1, 2, 3, 10, 81, 263, 790, 13_810, 34_430, 10_000_000]
GRID = [(count, total) for total in TRIALS for count in sorted({0, 1, total // 3, total // 2, total - 1, total})]


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_the_interval_is_that_of_statsmodels(confidence: float) -> None:
    counts, totals = np.array(GRID).T

    low, high = wilson_interval(counts, totals, confidence)

    expected_low, expected_high = proportion_confint(counts, totals, alpha=1 - confidence, method="wilson")
    np.testing.assert_allclose(low, expected_low, rtol=0, atol=1e-12)
    np.testing.assert_allclose(high, expected_high, rtol=0, atol=1e-12)


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_the_interval_is_that_of_scipy(confidence: float) -> None:
    for count, total in GRID:
        low, high = wilson_interval(count, total, confidence)

        expected = binomtest(count, total).proportion_ci(confidence, method="wilson")
        assert (float(low), float(high)) == pytest.approx((expected.low, expected.high), rel=0, abs=1e-12)


def test_the_interval_of_a_single_success_is_wide() -> None:
    """1 of 1: 20.7 % to 100 % (Tongji 2020 granted its only result)."""
    low, high = wilson_interval(1, 1)

    assert (round(float(low), 3), float(high)) == (0.207, 1.0)


@pytest.mark.parametrize("total", TRIALS)
def test_the_ends_are_exact_where_none_or_all_succeed(total: int) -> None:
    low, high = wilson_interval([0, total], [total, total])

    assert (low[0], high[1]) == (0.0, 1.0)


@pytest.mark.parametrize(("count", "total"), [(0, 0), (3, 0), (4, 3), (-1, 3), (np.nan, 3), (1, np.nan)])
def test_there_is_no_interval_where_there_is_no_proportion(count: float, total: float) -> None:
    low, high = wilson_interval(count, total)

    assert np.isnan(low)
    assert np.isnan(high)


def test_more_trials_make_a_narrower_interval() -> None:
    low, high = wilson_interval(np.array([1, 10, 100, 1000]), np.array([2, 20, 200, 2000]))

    assert (np.diff(high - low) < 0).all()
