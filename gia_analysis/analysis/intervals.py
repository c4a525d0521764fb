"""Intervals for proportions."""

from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


def wilson_interval(
    successes: npt.ArrayLike, trials: npt.ArrayLike, confidence: float = 0.95
) -> tuple[Numbers, Numbers]:
    """Return the lower and upper ends of Wilson's score interval (Wilson 1927, JASA 22, 209-212).

    Both are NaN where there were no trials, or where the successes are no part of them.
    """
    count = np.asarray(successes, dtype="float64")
    total = np.asarray(trials, dtype="float64")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    valid = (total > 0) & (count >= 0) & (count <= total)
    n = np.where(valid, total, np.nan)
    share = count / n
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    low = np.where(count == 0, np.where(valid, 0.0, np.nan), centre - half)
    high = np.where(count == n, np.where(valid, 1.0, np.nan), centre + half)
    return low, high
