"""The panel of agencies: every agency in every year, growth from year to year, who reports, and what is carried over."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from gia_analysis.analysis.agency_years import SERIES_COLUMNS
from gia_analysis.errors import CorpusError

NO_REPORT = "no_report"
_LINE = ["agency", "scope", "code"]


def panel(series: pd.DataFrame, years: Iterable[int] | None = None) -> pd.DataFrame:
    """Return long series with every year of every agency: a year without a report is a row with reason ``no_report``.

    An agency whose own figures and aggregates both are published stands there twice, once for each ``scope``; they are
    never mixed.

    Args:
        series: what ``long_series`` or ``indicator_series`` returns.
        years: all years from the first to the last of these are in the panel, and no others; without it, those from
            the first to the last in ``series``.

    Returns:
        The same columns, sorted by agency, scope, series (in the order of ``series``) and year.

    Raises:
        CorpusError: ``series`` is no such frame, or has several rows for an agency, scope, year and series.
    """
    _require(series)
    wanted = _span(series["year"] if years is None else pd.Series(list(years), dtype="int64"))
    lines = series.drop_duplicates(_LINE)[[*_LINE, "unit"]].reset_index(drop=True)
    number = _numbers(series, lines)
    place = pd.Index(wanted).get_indexer(series["year"].astype("int64"))
    inside = place >= 0
    order = np.full(len(lines) * len(wanted), -1)
    order[number[inside] * len(wanted) + place[inside]] = np.flatnonzero(inside)
    full = series.take(np.maximum(order, 0)).reset_index(drop=True) if len(series) else series.reset_index(drop=True)
    absent = order < 0
    at = lines.take(np.repeat(np.arange(len(lines)), len(wanted))).reset_index(drop=True)
    full = full.assign(**{name: full[name].mask(absent) for name in full.columns if name not in at.columns})
    full = full.assign(**{name: at[name] for name in at.columns}, year=np.tile(wanted, len(lines)))
    full["reason"] = full["reason"].mask(absent, NO_REPORT)
    full["breaks"] = full["breaks"].fillna(False)
    return full.astype(dict(SERIES_COLUMNS))[list(SERIES_COLUMNS)]


def growth(balanced: pd.DataFrame) -> pd.DataFrame:
    """Return a panel with the change from the year before, absolute and relative.

    The columns added are ``previous`` (the value of the year before), ``change`` (in the unit of the value), ``growth``
    (a share of ``previous``: 0.25 is 25 % more) and ``growth_reason``, why there is no growth: ``value_missing``,
    ``base_missing`` (no value the year before, or it is before the panel), ``series_break`` (the definition changed in
    between, so the two cannot be compared: there is no change either) or ``base_zero`` (there is a change, no growth).

    Raises:
        CorpusError: the frame is no panel.
    """
    _require(balanced)
    previous = _year_before(balanced)
    value = balanced["value"]
    broken = balanced["breaks"].fillna(False).to_numpy(dtype=bool)
    change = (value - previous).mask(broken)
    reason = np.select(
        [value.isna(), previous.isna(), broken, previous == 0],
        ["value_missing", "base_missing", "series_break", "base_zero"],
        "",
    )
    found = balanced.assign(previous=previous, change=change, growth=change / previous.where(previous != 0))
    return found.assign(growth_reason=pd.Series(reason, index=balanced.index, dtype="str").mask(reason == ""))


def _year_before(balanced: pd.DataFrame) -> pd.Series:
    """Return for each row the value of the same line in the year before; NaN where there is no row of that year."""
    line = balanced.groupby(_LINE, sort=False).ngroup().to_numpy()
    year, value = balanced["year"].to_numpy(dtype="int64"), balanced["value"].to_numpy(dtype="float64")
    order = np.lexsort((year, line))
    later, sooner = order[1:], order[:-1]
    follows = (line[later] == line[sooner]) & (year[later] == year[sooner] + 1)
    previous = np.full(len(value), np.nan)
    previous[later[follows]] = value[sooner[follows]]
    return pd.Series(previous, index=balanced.index)


def reporting(balanced: pd.DataFrame) -> pd.DataFrame:
    """Return how many agencies report each year: ``year``, ``agencies`` in the panel, ``reporting``, and the ``share``.

    An agency reports in a year if the panel has a report of it, whatever its scope and whether or not it has figures.
    """
    _require(balanced)
    reports = balanced["reason"].ne(NO_REPORT)
    told = reports.groupby([balanced["agency"], balanced["year"]]).any().groupby("year").agg(["size", "sum"])
    found = told.rename(columns={"size": "agencies", "sum": "reporting"}).reset_index()
    found = found.astype({"year": "Int64", "agencies": "Int64", "reporting": "Int64"})
    return found.assign(share=(found["reporting"] / found["agencies"]).astype("float64"))


def continuity(series: pd.DataFrame) -> pd.DataFrame:
    """Return what agencies carried out of a year beside what they carried into the next.

    Args:
        series: long series that hold ``carried_out`` and ``carried_in``.

    Returns:
        One row for each agency, scope and ``year`` with a report on a form that asks for it: ``carried_out`` of the year
        before, ``carried_in`` of the year, ``difference`` (in less out), ``holds``, and ``reason`` where it cannot be
        told: that of the figure of the year, else that of the year before (``no_report_of_last_year`` where there was
        none).
    """
    _require(series)
    key = ["agency", "scope", "year"]
    into, out = _one(series, "carried_in"), _one(series, "carried_out")
    into = into[into["reason"].ne("not_on_form")]
    out["year"] += 1
    found = into.merge(out, on=key, how="left", suffixes=("", "_before"), indicator=True)
    difference = found["value"] - found["value_before"]
    before = found["reason_before"].mask(found["_merge"] == "left_only", "no_report_of_last_year")
    reason = found["reason"].fillna(before).where(difference.isna())
    holds = difference.eq(0).astype("boolean").mask(difference.isna())
    columns = {"carried_out": found["value_before"], "carried_in": found["value"], "difference": difference}
    return found[key].assign(**columns, holds=holds, reason=reason.astype("str"))


def _one(series: pd.DataFrame, code: str) -> pd.DataFrame:
    rows = series[(series["code"] == code) & series["reason"].ne(NO_REPORT)]
    return rows[["agency", "scope", "year", "value", "reason"]].reset_index(drop=True)


def _span(years: pd.Series) -> list[int]:
    return list(range(int(years.min()), int(years.max()) + 1)) if len(years) else []


def _numbers(series: pd.DataFrame, lines: pd.DataFrame) -> np.ndarray:
    """Return for each row the number of its line."""
    return np.asarray(pd.MultiIndex.from_frame(lines[_LINE]).get_indexer(pd.MultiIndex.from_frame(series[_LINE])))


def _require(series: pd.DataFrame) -> None:
    missing = [name for name in SERIES_COLUMNS if name not in series.columns]
    if missing:
        raise CorpusError(f"this is no frame of long series: it has no column {missing[0]!r}")
    if series.duplicated([*_LINE, "year"]).any():
        twice = series.loc[series.duplicated([*_LINE, "year"]), [*_LINE, "year"]].iloc[0]
        raise CorpusError(f"a series has two rows for {', '.join(str(each) for each in twice)}")
