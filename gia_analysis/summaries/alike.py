"""Reports whose chapter is nearly the same, put together from the pairs of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True, slots=True)
class Alike:
    """Reports, by source and report_id, that a chain of pairs joins, and the least similarity of these pairs."""

    section: str
    keys: Sequence[tuple[str, str]]
    similarity: float


def alike(pairs: pd.DataFrame) -> list[Alike]:
    """Return the groups of reports of different agencies in each chapter, the largest first.

    Args:
        pairs: as ``similarity.near_duplicates`` returns them.
    """
    different = pairs[~pairs["relation"].str.startswith("same_agency")]
    groups = [
        group for section, part in different.groupby("section", sort=True) for group in _groups(str(section), part)
    ]
    return sorted(groups, key=lambda group: -len(group.keys))


def _groups(section: str, pairs: pd.DataFrame) -> list[Alike]:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    first = pd.MultiIndex.from_arrays([pairs["source"], pairs["report_id"]])
    second = pd.MultiIndex.from_arrays([pairs["other_source"], pairs["other_report_id"]])
    number, keys = pd.factorize(first.append(second))
    one, other = number[: len(pairs)], number[len(pairs) :]
    joined = coo_array((np.ones(len(pairs)), (one, other)), shape=(len(keys), len(keys)))
    count, group_of = connected_components(joined, directed=False)
    least = pairs["similarity"].groupby(group_of[one]).min()
    return [
        Alike(section, [tuple(keys[at]) for at in np.flatnonzero(group_of == group)], float(least[group]))
        for group in range(count)
    ]
