"""Funnel plots: the limits within which agencies of each size would fall if they differed by chance alone.

After D. J. Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005),
1185-1202. scipy has the binomial distribution.
"""

from collections.abc import Mapping
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from gia_analysis.errors import CorpusError
from gia_analysis.grids import Numbers
from gia_analysis.schema import KEY

Method = Literal["exact", "normal"]

LEVELS: Mapping[str, float] = {"95": 0.95, "998": 0.998}
"""Inner and outer limits: about two and three standard deviations."""

FUNNEL: Mapping[str, str] = {
    **dict.fromkeys(KEY, "str"), "numerator": "float64", "denominator": "float64", "value": "float64",
    "target": "float64", "low_95": "float64", "high_95": "float64", "low_998": "float64", "high_998": "float64",
    "overdispersion": "float64", "outside": "str",
}  # fmt: skip
"""The columns of ``place_in_funnel`` and their types."""


def place_in_funnel(
    rates: pd.DataFrame, *, target: float | None = None, method: Method = "exact", widen: bool = False
) -> pd.DataFrame:
    """Return the limits for the denominator of each agency, and on which side of them it falls (see ``FUNNEL``).

    ``outside`` is ``above_998``, ``above_95``, ``below_95`` or ``below_998``, missing within the limits. By chance up to
    one agency of twenty is outside the inner and one of five hundred outside the outer limits; being outside is a reason
    to look, not a finding. Of exact limits the whole numbers decide, between which the lines are drawn: where there are
    few cases, one that lies on a likely number just beyond the line is not outside.

    Args:
        rates: rows of ``indicators`` of one share, of agencies that may be compared; those without a value are left out.
        target: the share that limits stand around; the share of all together if none is given.
        method: ``exact`` or ``normal``, as in ``funnel_limits``.
        widen: widen the limits for overdispersion, which needs ``normal``.

    Raises:
        CorpusError: the rows are of several indicators, or ``widen`` comes with exact limits.
    """
    if rates["code"].nunique() > 1:
        raise CorpusError(f"a funnel is of one indicator, these are {sorted(rates['code'].unique())}")
    if widen and method == "exact":
        raise CorpusError("exact limits cannot be widened for overdispersion: choose method='normal'")
    frame = rates.loc[rates["value"].notna(), [*KEY, "numerator", "denominator", "value"]].reset_index(drop=True)
    count, total = (frame[name].to_numpy(dtype="float64") for name in ("numerator", "denominator"))
    share = target if target is not None else float(count.sum() / total.sum()) if len(frame) else float("nan")
    factor = overdispersion(count, total, share) if widen else 1.0
    frame["target"], frame["overdispersion"] = share, factor
    outside = np.full(len(frame), None, dtype=object)
    for name, level in LEVELS.items():
        low, high = funnel_limits(total, share, level, method=method, factor=factor)
        frame[f"low_{name}"], frame[f"high_{name}"] = low, high
        least, most = (low * total, high * total) if method == "normal" else _whole_limits(total, share, level)
        outside[count > most] = f"above_{name}"
        outside[count < least] = f"below_{name}"
    frame["outside"] = pd.Series(outside, dtype="str")
    return frame[list(FUNNEL)].astype(dict(FUNNEL))


def funnel_limits(
    denominators: npt.ArrayLike, target: float, level: float, *, method: Method = "exact", factor: float = 1.0
) -> tuple[Numbers, Numbers]:
    """Return the lower and upper limit of a proportion for each denominator, within 0 and 1; NaN for a denominator of 0.

    ``exact`` takes the quantiles of the binomial distribution: for a probability p, with r the least number whose
    cumulative probability F(r) is p or more, the limit is (r - a) / n, where a = (F(r) - p) / (F(r) - F(r - 1)) lies
    between two whole numbers so that limits are smooth in n (appendix A.1.1). ``normal`` takes
    target ± z · sqrt(factor · target · (1 - target) / n). ``factor`` is the overdispersion, for ``normal`` alone.
    """
    from scipy import stats

    total = np.asarray(denominators, dtype="float64")
    n = np.where(total > 0, total, np.nan)
    tail = (1 - level) / 2
    if method == "normal":
        half = stats.norm.ppf(1 - tail) * np.sqrt(factor * target * (1 - target) / n)
        return np.clip(target - half, 0, 1), np.clip(target + half, 0, 1)
    limits = []
    for probability, r in zip((tail, 1 - tail), _whole_limits(n, target, level), strict=True):
        reached, before = stats.binom.cdf(r, n, target), stats.binom.cdf(r - 1, n, target)
        with np.errstate(invalid="ignore"):
            limits.append(np.clip((r - (reached - probability) / (reached - before)) / n, 0, 1))
    return limits[0], limits[1]


def _whole_limits(denominators: Numbers, target: float, level: float) -> tuple[Numbers, Numbers]:
    """Return the least and the greatest number of cases within the limits: beyond each lies at most half of 1 - level."""
    from scipy import stats

    tail = (1 - level) / 2
    low, high = (stats.binom.ppf(probability, denominators, target) for probability in (tail, 1 - tail))
    return np.maximum(low, 0), high


def overdispersion(
    numerators: npt.ArrayLike, denominators: npt.ArrayLike, target: float, *, winsorised: float = 0.1
) -> float:
    """Return how many times the variance among agencies is that of chance alone; at least one.

    It is the mean of the squared z-scores, those beyond the ``winsorised`` share at either end drawn in to it, so that
    the very outliers which the limits should show do not widen them (section on over-dispersion). NaN without agencies.
    """
    count, total = np.asarray(numerators, dtype="float64"), np.asarray(denominators, dtype="float64")
    there = total > 0
    if not there.any():
        return float("nan")
    if not 0 < target < 1:
        return 1.0
    z = (count[there] / total[there] - target) / np.sqrt(target * (1 - target) / total[there])
    low, high = np.quantile(z, [winsorised, 1 - winsorised])
    return max(1.0, float(np.mean(np.clip(z, low, high) ** 2)))
