"""Pooled rates: the rates of small agencies drawn towards those of their peers, as far as their few cases require.

The cases of an agency are binomial in its own rate, and the rates of all come from one beta distribution, fitted to all
of them by maximum likelihood (D. A. Griffiths, Biometrics 29 (1973), 637-648): empirical Bayes for the beta-binomial
(A. Gelman and others, Bayesian Data Analysis, section 5.1). scipy has the functions.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from gia_analysis.errors import CorpusError
from gia_analysis.grids import Numbers
from gia_analysis.schema import KEY

FEWEST_AGENCIES = 5
"""From fewer agencies no distribution of rates is fitted."""

_MOST_CASES = 1e6  # a prior worth more cases than any agency has: the rates do not differ beyond chance

POOLED: Mapping[str, str] = {
    **dict.fromkeys(KEY, "str"), "numerator": "float64", "denominator": "float64", "value": "float64",
    "low": "float64", "high": "float64", "pooled": "float64", "pooled_low": "float64", "pooled_high": "float64",
    "own_weight": "float64",
}  # fmt: skip
"""The columns of ``pool_rates`` and their types."""


@dataclass(frozen=True, slots=True)
class Prior:
    """The beta distribution of the rates of a group of agencies."""

    alpha: float
    beta: float

    @property
    def mean(self) -> float:
        return self.alpha / (self.alpha + self.beta)

    @property
    def cases(self) -> float:
        """How many cases of an agency's own weigh as much as what is known of its peers."""
        return self.alpha + self.beta


def fit_prior(numerators: npt.ArrayLike, denominators: npt.ArrayLike) -> Prior:
    """Return the beta distribution of greatest likelihood; agencies without cases tell nothing of it.

    Where rates do not differ beyond chance it is worth a million cases: every pooled rate is then the common one.

    Raises:
        CorpusError: fewer than five agencies have cases, or all cases or none of them are successes.
    """
    from scipy import optimize, special

    count, total = np.asarray(numerators, dtype="float64"), np.asarray(denominators, dtype="float64")
    there = total > 0
    if there.sum() < FEWEST_AGENCIES:
        raise CorpusError(f"pooling needs {FEWEST_AGENCIES} agencies with cases, there are {there.sum()}")
    pairs, times = np.unique(np.column_stack([count[there], total[there]]), axis=0, return_counts=True)
    successes, failures = pairs[:, 0], pairs[:, 1] - pairs[:, 0]
    if not successes.any() or not failures.any():
        raise CorpusError("pooling needs agencies that differ: here all cases are alike")

    def against(point: Numbers) -> float:
        mean, cases = special.expit(point[0]), np.exp(point[1])
        alpha, beta = mean * cases, (1 - mean) * cases
        likelihood = special.betaln(successes + alpha, failures + beta) - special.betaln(alpha, beta)
        return -float(times @ likelihood)

    mean = float((times @ successes) / (times @ pairs[:, 1]))
    begin = np.array([special.logit(mean), np.log(10.0)])
    bounds = [(-30.0, 30.0), (np.log(1e-3), np.log(_MOST_CASES))]
    found = optimize.minimize(
        against, begin, method="Nelder-Mead", bounds=bounds, options={"xatol": 1e-8, "fatol": 1e-10, "maxiter": 2000}
    )
    mean, cases = float(special.expit(found.x[0])), float(np.exp(found.x[1]))
    return Prior(mean * cases, (1 - mean) * cases)


def pool_rates(rates: pd.DataFrame, prior: Prior | None = None, *, confidence: float = 0.95) -> pd.DataFrame:
    """Return raw and pooled rates side by side (see ``POOLED``); an agency of no cases is given the rate of its peers.

    ``pooled`` is (numerator + alpha) / (denominator + alpha + beta), with the middle of its beta distribution as interval;
    ``own_weight`` is how far it rests on the agency's own cases. The interval takes the prior as known, and is somewhat
    too narrow where it comes from few agencies.

    Args:
        rates: rows of ``indicators`` of one share, of agencies that may be compared. Left out are those without
            numerator or denominator, and those missing for another reason than that they had no cases.
        prior: what is known of the peers; fitted to these rows if none is given.
        confidence: of the interval of the pooled rate.

    Raises:
        CorpusError: the rows are of several indicators, or no prior can be fitted to them.
    """
    from scipy import special

    if rates["code"].nunique() > 1:
        raise CorpusError(f"rates are pooled of one indicator, these are {sorted(rates['code'].unique())}")
    usable = rates["value"].notna() | (rates["reason"] == "denominator_zero")
    frame = rates.loc[usable, [*KEY, "numerator", "denominator", "value", "low", "high"]].reset_index(drop=True)
    count, total = (frame[name].to_numpy(dtype="float64") for name in ("numerator", "denominator"))
    known = prior or fit_prior(count, total)
    alpha, beta = count + known.alpha, total - count + known.beta
    tail = (1 - confidence) / 2
    frame["pooled"] = alpha / (alpha + beta)
    frame["pooled_low"] = special.betaincinv(alpha, beta, tail)
    frame["pooled_high"] = special.betaincinv(alpha, beta, 1 - tail)
    frame["own_weight"] = total / (total + known.cases)
    return frame[list(POOLED)].astype(dict(POOLED))
