"""Funnel limits, as Spiegelhalter (Statistics in Medicine 24, 2005, 1185-1202, appendix A.1.1) defines them."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom, norm

from gia_analysis.analysis import funnel_limits, overdispersion, place_in_funnel
from gia_analysis.analysis.funnel import FUNNEL
from gia_analysis.errors import CorpusError
from gia_analysis.schema import build

LEVELS = (0.95, 0.998)


def rates_of(parts: Sequence[tuple[float, float]], code: str = "disclosure_rate_broad") -> pd.DataFrame:
    rows = [
        {"source": f"{place}.txt", "report_id": str(place), "code": code, "blanks": "missing", "numerator": count,
         "denominator": total, "value": count / total if total else None,
         "reason": None if total else "denominator_zero"}
        for place, (count, total) in enumerate(parts)
    ]  # fmt: skip
    return build("indicators", rows)


def limit_by_hand(probability: float, total: int, target: float) -> float:
    """The definition, number by number: the least r with F(r) >= p, less how far p lies below F(r)."""
    reached = 0.0
    for r in range(total + 1):
        before, reached = reached, reached + math.comb(total, r) * target**r * (1 - target) ** (total - r)
        if reached >= probability:
            return max(0.0, (r - (reached - probability) / (reached - before)) / total)
    raise AssertionError("the probabilities of a binomial sum to one")


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("target", [0.05, 0.3061, 0.559, 0.95])
def test_exact_limits_are_binomial_quantiles_made_smooth(level: float, target: float) -> None:
    totals = [1, 5, 30, 263, 500]

    low, high = funnel_limits(totals, target, level)

    tail = (1 - level) / 2
    assert low == pytest.approx([limit_by_hand(tail, n, target) for n in totals], abs=1e-9)
    assert high == pytest.approx([limit_by_hand(1 - tail, n, target) for n in totals], abs=1e-9)


@pytest.mark.parametrize("level", LEVELS)
def test_normal_limits_are_standard_errors_around_the_target(level: float) -> None:
    totals = np.array([50, 263, 13810])

    low, high = funnel_limits(totals, 0.3, level, method="normal")

    half = norm.ppf((1 + level) / 2) * np.sqrt(0.3 * 0.7 / totals)
    np.testing.assert_allclose(low, 0.3 - half, rtol=0, atol=1e-12)
    np.testing.assert_allclose(high, 0.3 + half, rtol=0, atol=1e-12)


def test_both_methods_agree_where_there_are_many_cases() -> None:
    exact, normal = (funnel_limits([100_000], 0.4, 0.95, method=method) for method in ("exact", "normal"))

    np.testing.assert_allclose(np.ravel(exact), np.ravel(normal), rtol=0, atol=2e-5)


def test_limits_close_in_on_the_target_as_cases_grow() -> None:
    low, high = funnel_limits([30, 300, 3000], 0.4, 0.95)

    assert (np.diff(low) > 0).all()
    assert (np.diff(high) < 0).all()
    assert ((low < 0.4) & (high > 0.4)).all()


def test_without_cases_there_are_no_limits() -> None:
    assert np.isnan(funnel_limits([0], 0.4, 0.95)).all()


def test_the_target_is_the_share_of_all_together() -> None:
    found = place_in_funnel(rates_of([(10, 100), (50, 100), (0, 0)]))

    assert set(found["target"]) == {0.3}
    assert len(found) == 2


def test_agencies_outside_the_limits_are_named() -> None:
    """Around 30 %, of 100 cases: 21 to 39 within the inner, 17 to 45 within the outer limits (binomial quantiles)."""
    counts = [30, 21, 16, 40, 46, 22, 39]

    found = place_in_funnel(rates_of([(count, 100) for count in counts]), target=0.3)

    assert [int(binom.ppf(tail, 100, 0.3)) for tail in (0.001, 0.025, 0.975, 0.999)] == [17, 21, 39, 45]
    assert found["outside"].fillna("within").tolist() == [
        "within", "within", "below_998", "above_95", "above_998", "within", "within",
    ]  # fmt: skip


def test_the_only_case_of_an_agency_is_never_outside_a_common_rate() -> None:
    """One of one at a rate of 40 % is likely, though the line drawn between whole numbers runs below 100 %."""
    found = place_in_funnel(rates_of([(1, 1)]), target=0.4)

    assert found["high_95"][0] < 1
    assert found["outside"].isna().all()


@pytest.mark.parametrize("target", [0.02, 0.3, 0.9])
@pytest.mark.parametrize("total", [1, 7, 40, 300])
def test_by_chance_at_most_half_the_level_is_outside_on_either_side(total: int, target: float) -> None:
    every = np.arange(total + 1)

    found = place_in_funnel(rates_of([(count, total) for count in every.tolist()]), target=target)

    chance = binom.pmf(every, total, target)
    outside = found["outside"].fillna("")
    for side in ("above", "below"):
        assert chance[outside.str.startswith(side)].sum() <= 0.025 + 1e-12
        assert chance[outside == f"{side}_998"].sum() <= 0.001 + 1e-12


def test_overdispersion_is_the_mean_squared_z_score() -> None:
    """z = -2 and 2 around one half of 100 cases: four times the variance of chance."""
    assert overdispersion([40, 60], [100, 100], 0.5, winsorised=0) == pytest.approx(4)


def test_overdispersion_draws_in_the_outermost_agencies() -> None:
    counts, totals = [*[48, 52] * 10, 100], [100] * 21

    drawn_in, as_is = (overdispersion(counts, totals, 0.5, winsorised=share) for share in (0.1, 0))

    assert drawn_in == 1
    assert as_is > 4


def test_agencies_that_differ_less_than_by_chance_do_not_narrow_the_limits() -> None:
    assert overdispersion([50, 50, 50], [100, 100, 100], 0.5) == 1


def test_overdispersion_widens_the_limits_by_its_root() -> None:
    rates = rates_of([(40, 100), (60, 100)] * 10)

    plain, widened = (place_in_funnel(rates, method="normal", widen=widen) for widen in (False, True))

    assert widened["overdispersion"].to_numpy() == pytest.approx(4)
    np.testing.assert_allclose(widened["high_95"] - 0.5, 2 * (plain["high_95"] - 0.5))
    assert plain["outside"].notna().all()
    assert widened["outside"].isna().all()


def test_exact_limits_cannot_be_widened() -> None:
    with pytest.raises(CorpusError, match="method='normal'"):
        place_in_funnel(rates_of([(1, 2)]), widen=True)


def test_a_funnel_is_of_one_indicator() -> None:
    both = pd.concat([rates_of([(1, 2)]), rates_of([(1, 2)], "refusal_rate")])

    with pytest.raises(CorpusError, match="one indicator"):
        place_in_funnel(both)


def test_an_empty_funnel_has_the_same_columns() -> None:
    found = place_in_funnel(build("indicators"))

    assert {name: str(dtype) for name, dtype in found.dtypes.items()} == dict(FUNNEL)


def test_normal_limits_are_those_of_a_published_control_chart() -> None:
    """NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.2: 30 wafers of 50 chips, mean proportion 0.2313; limits
    at three standard deviations 0.0524 and 0.4102."""
    within_three_deviations = 2 * norm.cdf(3) - 1

    low, high = funnel_limits([50], 0.2313, within_three_deviations, method="normal")

    assert (round(low[0], 4), round(high[0], 4)) == (0.0524, 0.4102)
