"""Agencies beside their peers: who is comparable with whom, how each stands among them, and sums over them.

Figures of one organ and figures summed over many organs are never set beside each other and never added up.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from gia_analysis.analysis.intervals import wilson_interval
from gia_analysis.analysis.registry import get_indicator
from gia_analysis.errors import CorpusError, FormError
from gia_analysis.schema import KEY

FEWEST_CASES = 30
"""A rate of fewer cases is not ranked: at 30 the Wilson interval of one half reaches from 33 % to 67 %, a third of the
whole scale, so that with fewer the order of two agencies is mostly chance."""

SMALLEST_GROUP = 5
"""A group of fewer ranked members is not compared: its quartiles would each be a single agency."""

SIZE_CLASSES: tuple[tuple[str, float], ...] = (("0", 0), ("1-9", 1), ("10-99", 10), ("100-999", 100), ("1000+", 1000))
"""Classes of the requests to be handled in the year, by name and least number: a power of ten each."""

SIZE_INDICATORS = ("workload", "request_volume")
"""What size is told by: the workload, or where the form does not ask for it (2014), the requests received."""

COMPARED: Mapping[str, str] = {
    **dict.fromkeys(KEY, "str"), "code": "str", "group": "str", "value": "float64", "low": "float64", "high": "float64",
    "denominator": "float64", "peers": "Int64", "median": "float64", "lower_quartile": "float64",
    "upper_quartile": "float64", "rank": "Int64", "percentile": "float64", "reason": "str",
}  # fmt: skip
"""The columns of ``compare`` and their types."""


def _column(name: str) -> Callable[[pd.DataFrame, pd.DataFrame], pd.Series]:
    return lambda reports, indicators: reports[name].astype("str")


def _division(digits: int) -> Callable[[pd.DataFrame, pd.DataFrame], pd.Series]:
    """Group by the first digits of the division code; a province has no prefecture, and zeros stand for none."""

    def group(reports: pd.DataFrame, indicators: pd.DataFrame) -> pd.Series:
        code = reports["region_code"].astype("str").str.slice(0, digits)
        return code.mask(code.str.endswith("00")) if digits > 2 else code

    return group


def size_class(reports: pd.DataFrame, indicators: pd.DataFrame) -> pd.Series:
    """Return the class of ``SIZE_CLASSES`` for each row of ``reports``; missing where no workload is known."""
    keys = pd.MultiIndex.from_frame(reports[KEY])
    size = pd.Series(np.nan, index=keys)
    for code in SIZE_INDICATORS:
        size = size.fillna(indicators[indicators["code"] == code].set_index(KEY)["value"].reindex(keys))
    names = np.array([name for name, _ in SIZE_CLASSES], dtype=object)
    place = np.searchsorted([least for _, least in SIZE_CLASSES], size.to_numpy(), side="right") - 1
    known = size.notna().to_numpy() & (place >= 0)
    found = np.where(known, names[np.maximum(place, 0)], None)
    return pd.Series(found, index=reports.index, dtype="str")


GROUPINGS: Mapping[str, Callable[[pd.DataFrame, pd.DataFrame], pd.Series]] = {
    "level": _column("agency_level"),
    "type": _column("agency_type"),
    "form": _column("form"),
    "province": _division(2),
    "prefecture": _division(4),
    "size": size_class,
}
"""What peers can be grouped by, beside year and scope, which always part them."""


def peer_groups(
    reports: pd.DataFrame,
    indicators: pd.DataFrame,
    by: Sequence[str] = ("level", "type", "size"),
    *,
    with_unknown_scope: bool = False,
) -> pd.Series:
    """Return the name of each readable report's group, indexed by source and report_id.

    Reports of another year or scope are never in one group: own figures and aggregates stand apart. The name is missing
    where one of the facts is not known; such a report has no peers.

    Args:
        reports: the table ``reports``.
        indicators: the table ``indicators`` of the same reports, for ``size``.
        by: any of ``GROUPINGS``.
        with_unknown_scope: give the reports whose scope is not stated groups of their own, in which own figures may
            stand beside aggregates; else they have no group.

    Raises:
        FormError: there is no such grouping; the message names the nearest.
    """
    readable = reports[reports["status"] != "failed"].reset_index(drop=True)
    scope = readable["scope"].astype("str").fillna("unknown")
    parts = [readable["year"].astype("str"), scope if with_unknown_scope else scope.mask(scope == "unknown")]
    for name in by:
        if name not in GROUPINGS:
            raise FormError.unknown("grouping", name, GROUPINGS)
        parts.append(GROUPINGS[name](readable, indicators))
    group = parts[0]
    for part in parts[1:]:
        group = group + " / " + part
    return pd.Series(group.to_numpy(), index=pd.MultiIndex.from_frame(readable[KEY]), name="group", dtype="str")


def compare(
    indicators: pd.DataFrame,
    groups: pd.Series,
    *,
    fewest_cases: int = FEWEST_CASES,
    smallest_group: int = SMALLEST_GROUP,
) -> pd.DataFrame:
    """Return how each report stands among its peers, one row for each row of ``indicators`` (see ``COMPARED``).

    ``peers`` counts the members of the group that are ranked, the report among them; median and quartiles (linear
    between members) are theirs. ``rank`` is 1 for the highest value, and equal values share the better rank;
    ``percentile`` is the share of members (in percent) with a lower value, those with the same counting half.
    ``reason`` says why a report is not ranked: that of the indicator itself, ``no_group``, ``too_few`` (a share or ratio
    of fewer than ``fewest_cases`` cases) or ``too_few_peers`` (fewer than ``smallest_group`` members are ranked).
    """
    frame = indicators[[*KEY, "code", "value", "low", "high", "denominator", "reason"]].reset_index(drop=True)
    group = groups.reindex(pd.MultiIndex.from_frame(frame[KEY])).to_numpy()
    frame["group"] = pd.Series(group, index=frame.index, dtype="str")
    few = frame["denominator"] < fewest_cases
    why = frame["reason"].mask(frame["reason"].isna() & frame["group"].isna(), "no_group")
    why = why.mask(why.isna() & few, "too_few")
    values = frame["value"].where(why.isna())
    among = values.groupby([frame["code"], frame["group"]], sort=False)
    peers = among.transform("count").fillna(0).astype("int64")
    why = why.mask(why.isna() & (peers < smallest_group), "too_few_peers")
    enough = peers >= smallest_group
    ranked = why.isna()
    below = among.rank(method="average") - 0.5
    frame["peers"] = peers.where(frame["group"].notna())
    for name, quantile in (("lower_quartile", 0.25), ("median", 0.5), ("upper_quartile", 0.75)):
        frame[name] = _quantile(values, frame, quantile).where(enough)
    frame["rank"] = among.rank(method="min", ascending=False).where(ranked)
    frame["percentile"] = (100 * below / peers).where(ranked)
    frame["reason"] = why
    return frame[list(COMPARED)].astype(dict(COMPARED))


def _quantile(values: pd.Series, frame: pd.DataFrame, quantile: float) -> pd.Series:
    of_groups = values.groupby([frame["code"], frame["group"]], sort=False).quantile(quantile)
    at = of_groups.index.get_indexer(pd.MultiIndex.from_frame(frame[["code", "group"]]))
    return pd.Series(np.where(at >= 0, of_groups.to_numpy()[at], np.nan) if len(of_groups) else np.nan, frame.index)


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over agencies, and what is not in it.

    ``value`` is the sum of a count, else the quotient of the sums, with the Wilson interval of a share. All are NaN where
    no report could be added. ``left_out`` has one row for each report that is not in the sum: source, report_id, why.
    """

    code: str
    value: float
    numerator: float
    denominator: float
    low: float
    high: float
    added: int
    left_out: pd.DataFrame

    @property
    def left_out_counts(self) -> Mapping[str, int]:
        """How many reports were left out, by reason."""
        return {str(why): int(count) for why, count in self.left_out["why"].value_counts(sort=False).items()}


def add_up(reports: pd.DataFrame, indicators: pd.DataFrame, code: str, *, with_unknown_scope: bool = False) -> Total:
    """Return the sum of an indicator over the reports of one year.

    Left out, each for the first of these reasons that holds: ``failed`` (could not be read), ``aggregate`` (its figures
    are sums already), ``unknown_scope`` (they may be, unless ``with_unknown_scope``), ``several_reports`` (another report
    of the same agency is there, and which one counts is not known), the reason why the indicator is missing, or
    ``checks_failed`` for a count that fails a check.

    Raises:
        CorpusError: the reports are of several years.
        FormError: there is no such indicator; the message names the nearest.
    """
    indicator = get_indicator(code)
    years = reports["year"].dropna().unique()
    if len(years) > 1:
        raise CorpusError(
            f"only reports of one year can be added up, these are of {sorted(int(each) for each in years)}"
        )
    keys = pd.MultiIndex.from_frame(reports[KEY])
    rows = indicators[indicators["code"] == code].set_index(KEY).reindex(keys).reset_index(drop=True)
    why = _left_out(reports.reset_index(drop=True), rows, with_unknown_scope)
    kept = rows[why.isna()]
    numerator, denominator = (float(kept[name].sum(min_count=1)) for name in ("numerator", "denominator"))
    nothing = float("nan")
    low, high = wilson_interval(numerator, denominator) if indicator.kind == "share" else (nothing, nothing)
    value = numerator if indicator.kind == "count" else numerator / denominator if denominator else nothing
    left_out = pd.DataFrame({**{name: reports[name].to_numpy() for name in KEY}, "why": why}).astype("str")
    listed = left_out[why.notna()].reset_index(drop=True)
    return Total(code, value, numerator, denominator, float(low), float(high), len(kept), listed)


def _left_out(reports: pd.DataFrame, rows: pd.DataFrame, with_unknown_scope: bool) -> pd.Series:
    """Return why each report is not in a sum; missing where it is."""
    scope = reports["scope"].fillna("unknown")
    readable = reports["status"] != "failed"
    own = readable & ((scope == "own") | ((scope == "unknown") & with_unknown_scope))
    again = own & reports["agency"].notna() & reports["agency"].where(own).duplicated(keep=False)
    why = pd.Series(None, index=reports.index, dtype="str")
    for chosen, reason in (
        (~readable, "failed"),
        (scope == "aggregate", "aggregate"),
        ((scope == "unknown") & (not with_unknown_scope), "unknown_scope"),
        (again, "several_reports"),
        (rows["reason"].notna(), rows["reason"]),
        (rows["flags"].notna(), "checks_failed"),
        (rows["value"].isna(), "no_indicator"),
    ):
        why = why.mask(why.isna() & chosen, reason)
    return why
