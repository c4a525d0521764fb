"""Empirical Bayes for the beta-binomial, against a published example."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta, betabinom

from gia_analysis.analysis import Prior, fit_prior, pool_rates, wilson_interval
from gia_analysis.analysis.pooling import POOLED
from gia_analysis.errors import CorpusError
from gia_analysis.schema import build

# Tumours in 70 control groups of rats (R. E. Tarone, Biometrics 38, 1982, 215-220; table 5.1 of Gelman and others,
# Bayesian Data Analysis, where 4 of 14 is the group asked about).
TUMOURS = [
    *[0] * 14, *[1] * 8, *[2] * 9, 1, 5, 2, 5, 3, 2, 7, 7, 3, 3, 2, 9, 10, *[4] * 7, 10, 4, 4, 4, 5, 11, 12, 5, 5, 6,
    5, 6, 6, 6, 6, 16, 15, 15, 9,
]  # fmt: skip
RATS = [
    *[20] * 7, *[19] * 4, 18, 18, 17, *[20] * 4, 19, 19, 18, 18, 25, 24, 23, *[20] * 6, 10, 49, 19, 46, 27, 17, 49, 47,
    20, 20, 13, 48, 50, *[20] * 7, 48, 19, 19, 19, 22, 46, 49, 20, 20, 23, 19, 22, 20, 20, 20, 52, 46, 47, 24,
]  # fmt: skip


def rates_of(parts: Sequence[tuple[float, float]], code: str = "disclosure_rate_broad") -> pd.DataFrame:
    rows = []
    for place, (count, total) in enumerate(parts):
        low, high = wilson_interval(count, total)
        rows.append(
            {
                "source": f"{place}.txt", "report_id": str(place), "code": code, "blanks": "missing",
                "numerator": count, "denominator": total, "value": count / total if total else None,
                "low": float(low), "high": float(high), "reason": None if total else "denominator_zero",
            }
        )  # fmt: skip
    return build("indicators", rows)


def test_the_prior_is_that_of_a_published_example() -> None:
    """Alpha 2.304768 and beta 14.079707: maximum likelihood in the vignette of the R package BayesGOF (rat tumours)."""
    found = fit_prior(TUMOURS, RATS)

    assert len(TUMOURS) == len(RATS) == 70
    assert found.alpha == pytest.approx(2.304768, abs=1e-3)
    assert found.beta == pytest.approx(14.079707, abs=5e-3)


def test_no_prior_near_it_is_likelier() -> None:
    found = fit_prior(TUMOURS, RATS)

    def likelihood(alpha: float, beta: float) -> float:
        return float(betabinom.logpmf(TUMOURS, RATS, alpha, beta).sum())

    best = likelihood(found.alpha, found.beta)
    for by in (0.99, 1.01):
        assert likelihood(found.alpha * by, found.beta) < best
        assert likelihood(found.alpha, found.beta * by) < best
        assert likelihood(found.alpha * by, found.beta * by) < best


def test_a_rate_is_drawn_towards_its_peers() -> None:
    """Four of 14 with the prior Beta(1.4, 8.6) of Bayesian Data Analysis, section 5.1: Beta(5.4, 18.6)."""
    row = pool_rates(rates_of([(4, 14)]), Prior(1.4, 8.6)).iloc[0]

    assert row["value"] == 4 / 14
    assert row["pooled"] == pytest.approx(5.4 / 24)
    assert row["own_weight"] == pytest.approx(14 / 24)
    assert (row["pooled_low"], row["pooled_high"]) == pytest.approx(beta.interval(0.95, 5.4, 18.6))


def test_raw_rate_and_interval_stand_beside_the_pooled() -> None:
    rates = rates_of(list(zip(TUMOURS, RATS, strict=True)))

    found = pool_rates(rates)

    pd.testing.assert_frame_equal(found[["value", "low", "high"]], rates[["value", "low", "high"]])


def test_pooling_moves_every_rate_towards_the_common_one_and_small_agencies_most() -> None:
    prior = fit_prior(TUMOURS, RATS)

    found = pool_rates(rates_of([(5, 10), (50, 100), (500, 1000)]), prior)

    assert prior.mean < 0.5
    assert (found["pooled"] < found["value"]).all()
    assert found["pooled"].is_monotonic_increasing
    assert found["own_weight"].is_monotonic_increasing


def test_an_agency_without_cases_is_given_the_rate_of_its_peers() -> None:
    prior = Prior(2, 6)

    row = pool_rates(rates_of([(0, 0)]), prior).iloc[0]

    assert pd.isna(row["value"])
    assert (row["pooled"], row["own_weight"]) == (0.25, 0)


def test_what_is_missing_for_another_reason_is_left_out() -> None:
    rates = rates_of([(4, 14), (5, 20)])
    rates.loc[1, ["value", "reason"]] = [np.nan, "checks_failed"]

    assert pool_rates(rates, Prior(2, 6))["report_id"].tolist() == ["0"]


def test_rates_that_differ_by_chance_alone_become_the_common_one() -> None:
    found = pool_rates(rates_of([(5, 10)] * 9 + [(6, 10)]))

    assert found["pooled"].to_numpy() == pytest.approx(51 / 100, abs=1e-3)


@pytest.mark.parametrize(
    ("parts", "message"),
    [([(1, 2)] * 4, "needs 5 agencies with cases, there are 4"), ([(0, 9)] * 6, "alike"), ([(9, 9)] * 6, "alike")],
)
def test_from_agencies_that_tell_nothing_no_prior_is_fitted(parts: list[tuple[float, float]], message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        pool_rates(rates_of(parts))


def test_rates_of_several_indicators_are_not_pooled() -> None:
    both = pd.concat([rates_of([(1, 2)]), rates_of([(1, 2)], "refusal_rate")])

    with pytest.raises(CorpusError, match="one indicator"):
        pool_rates(both, Prior(1, 1))


def test_nothing_to_pool_has_the_same_columns() -> None:
    found = pool_rates(build("indicators"), Prior(1, 1))

    assert {name: str(dtype) for name, dtype in found.dtypes.items()} == dict(POOLED)
