"""The figures of all agencies over the years: one row for an agency, year and series, and what they add up to."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from gia_analysis.aliases import identity
from gia_analysis.analysis import (
    get_indicator,
    growth,
    indicator_series,
    long_series,
    panel,
    wilson_interval,
)
from gia_analysis.corpus import Corpus
from gia_analysis.schema import KEY

_LINE = ["agency", "scope"]
YEARLY = (
    "year",
    "agencies",
    "value",
    "low",
    "high",
    "numerator",
    "denominator",
    "median",
    "exact",
    "breaks",
    "corrected",
)


def own_lines(series: pd.DataFrame) -> pd.DataFrame:
    """Return long series without those of reports that sum others up, and that may.

    A report that does not tell its scope may be such a sum where the agency also publishes sums.
    """
    aggregates = series.loc[series["scope"] == "aggregate", "agency"].unique()
    open_scope = (series["scope"] == "unknown") & series["agency"].isin(aggregates)
    return series[(series["scope"] != "aggregate") & ~open_scope].reset_index(drop=True)


def agency_lines(corpus: Corpus, indicators: Iterable[str], series: Iterable[str] = ()) -> pd.DataFrame:
    """Return indicators and series of all agencies, with numerator and denominator of those that are quotients.

    The columns are those of ``long_series``, ``numerator`` and ``denominator``. Aggregates are among them. Agencies are under
    the name by which the corpus follows them, in a part of it too.
    """
    wanted = corpus.indicators[corpus.indicators["code"].isin(list(indicators))]
    parts = wanted[[*KEY, "code", "numerator", "denominator"]]
    found = indicator_series(wanted, corpus.reports, corpus.aliases).merge(parts, on=[*KEY, "code"], how="left")
    quotient = found["code"].map(lambda code: get_indicator(code).kind != "count").astype(bool)
    found[["numerator", "denominator"]] = found[["numerator", "denominator"]].where(quotient & found["value"].notna())
    if codes := list(series):
        lines = long_series(corpus.frames, corpus.checks, corpus.aliases, codes=codes)
        found = pd.concat([found, lines], ignore_index=True)
    followed = dict(zip(identity(corpus.reports, corpus.aliases), corpus.identity, strict=True))
    found["agency"] = found["agency"].map(followed)
    return found


def by_year(lines: pd.DataFrame) -> pd.DataFrame:
    """Return what the figures of one series add up to in each year (see ``YEARLY``).

    ``value`` is the sum of counts, else the quotient of the sums, with its Wilson interval; ``agencies`` those that have a
    figure. A year ``breaks``, or is not ``exact``, where that holds for more than half of them.
    """
    known = lines[lines["value"].notna()]
    groups = known.groupby(known["year"].astype("int64"))
    found = groups.agg(
        agencies=("value", "size"), total=("value", "sum"), median=("value", "median"),
        numerator=("numerator", lambda each: each.sum(min_count=1)),
        denominator=("denominator", lambda each: each.sum(min_count=1)),
        exact=("exact", lambda each: bool(each.eq(False).mean() <= 0.5)),
        breaks=("breaks", lambda each: bool(each.eq(True).mean() > 0.5)),
        corrected=("flags", lambda each: bool(each.str.contains("corrected").fillna(False).any())),
    )  # fmt: skip
    quotient = found["denominator"].notna()
    found["value"] = found["total"].mask(
        quotient, found["numerator"] / found["denominator"].where(found["denominator"] > 0)
    )
    found["low"], found["high"] = wilson_interval(found["numerator"], found["denominator"])
    return found.reset_index()[list(YEARLY)]


def in_every_year(lines: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of one series of those agencies that have a figure in every year that there is: a balanced panel."""
    years = lines["year"].nunique()
    known = lines[lines["value"].notna()]
    size = known.groupby(_LINE)["year"].transform("nunique")
    return known[size == years]


def year_to_year(lines: pd.DataFrame) -> pd.DataFrame:
    """Return for each year the sums of one series over the agencies that can be compared with the year before.

    The columns are ``year``, ``agencies``, ``before``, ``now`` and ``growth`` (a share of ``before``). An agency whose
    definition changed in between, or that lacks one of the figures, is not among them.
    """
    grown = growth(panel(lines))
    pairs = grown[grown["change"].notna()]
    found = pairs.groupby(pairs["year"].astype("int64")).agg(
        agencies=("value", "size"), before=("previous", "sum"), now=("value", "sum")
    )
    found["growth"] = found["now"] / found["before"].where(found["before"] > 0) - 1
    return found.reset_index()


def changed_most(lines: pd.DataFrame, *, least: float, shown: int) -> pd.DataFrame:
    """Return the agencies whose figure of the last year differs most from that of the year before, relative to it.

    Args:
        lines: of one series.
        least: smaller figures of the year before are not judged.
        shown: how many agencies at most, growing and shrinking together.
    """
    grown = growth(panel(lines))
    last = grown[(grown["year"] == lines["year"].max()) & (grown["previous"] >= least) & grown["growth"].notna()]
    size = np.abs(np.log((last["value"] + 1) / (last["previous"] + 1)))
    return last.loc[size.sort_values(ascending=False, kind="stable").index].head(shown)
