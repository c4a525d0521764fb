"""Reports on the time lines of their agencies: one row for an agency, year and series, and where a series breaks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from gia_analysis.aliases import identity
from gia_analysis.forms import forms
from gia_analysis.schema import KEY

Positions = npt.NDArray[np.int64]

SERIES_COLUMNS: Mapping[str, str] = {
    "report_id": "str", "source": "str", "agency": "str", "scope": "str", "year": "Int64", "form": "str", "code": "str",
    "value": "float64", "unit": "str", "exact": "boolean", "breaks": "boolean", "reason": "str", "flags": "str",
    "cells": "str",
}  # fmt: skip
SEVERAL_REPORTS = "several_reports"
FORMS = (*forms(), "mixed")


@dataclass(frozen=True)
class Placed:
    """The readable reports whose agency and year are known, sorted; ``line`` and ``period`` number what they stand on.

    A line is an agency with a scope, a period a year of it. ``frame`` has a row for each report, with source, report_id,
    form (number in ``FORMS``, below zero where it is not known), line and period; of one period, the newest form stands
    first. ``periods`` has a row for each period, with line, agency, scope and year.
    """

    frame: pd.DataFrame
    periods: pd.DataFrame

    @property
    def keys(self) -> pd.MultiIndex:
        return pd.MultiIndex.from_frame(self.frame[KEY])


@dataclass(frozen=True)
class Names:
    """What the numbers in rows stand for; a number below zero stands for nothing."""

    codes: Sequence[str]
    units: Sequence[str | None]
    reasons: Sequence[str]
    flags: Sequence[str]
    cells: Sequence[str]


def place_reports(reports: pd.DataFrame, aliases: pd.DataFrame | None = None) -> Placed:
    """Return the reports on the time lines of their agencies.

    Reports summed over the bodies below an agency (scope ``aggregate``) stand on a line of their own. Those that do not
    tell their scope stand with the agency's own figures (``own``, or ``unknown`` where no report of it tells), but on a
    line of their own (``unknown``) where the agency also publishes aggregates: what they count is then open.
    Reports that could not be read, or whose agency or year is not known, stand on no line.
    """
    frame = reports[["status", *KEY, "year", "form", "scope"]].assign(agency=identity(reports, aliases))
    known = frame["agency"].notna() & frame["year"].notna() & (frame["status"] != "failed")
    frame = frame[known].drop(columns="status").astype({"year": "int64"})
    frame["scope"] = _line_scope(frame["agency"], frame["scope"].fillna("unknown"))
    frame["form"] = pd.Index(FORMS).get_indexer(frame["form"])
    frame = frame.sort_values(
        ["agency", "scope", "year", "form", *KEY], ascending=[True, True, True, False, True, True], ignore_index=True
    )
    frame["line"] = frame.groupby(["agency", "scope"], sort=False).ngroup()
    frame["period"] = frame.groupby(["line", "year"], sort=False).ngroup()
    periods = frame.drop_duplicates("period")[["line", "agency", "scope", "year"]].reset_index(drop=True)
    return Placed(frame, periods)


def _line_scope(agency: pd.Series, scope: pd.Series) -> pd.Series:
    with_aggregates = agency.isin(agency[scope == "aggregate"])
    with_own = agency.isin(agency[scope == "own"])
    return scope.mask((scope == "unknown") & with_own & ~with_aggregates, "own")


def settle(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each period and series: of several reports the first if they agree, else one without value.

    ``rows`` has the numbers of report, period, series, form, version, reason, flags and cells, and the value. Reports
    agree where all have the same value, or all lack it for the same reason.
    """
    place = ["period", "series"]
    crowded = rows.duplicated(place, keep=False)
    if not crowded.any():
        return rows
    groups = rows[crowded].groupby(place, sort=False)
    number = groups[["value", "reason", "form", "version"]].nunique(dropna=False)
    first = groups.head(1).set_index(place)
    number = number.loc[first.index]
    differ = (number["value"] > 1) | (number["reason"] > 1)
    first.loc[differ, "value"] = np.nan
    first.loc[differ, "reason"] = 0
    first.loc[differ, ["report", "flags", "cells"]] = -1
    for name in ("form", "version"):
        first.loc[differ & (number[name] > 1), name] = -1
    return pd.concat([rows[~crowded], first.reset_index()[rows.columns]], ignore_index=True)


def finish(rows: pd.DataFrame, placed: Placed, names: Names, exact: Mapping[tuple[int, int], bool]) -> pd.DataFrame:
    """Return settled rows with words for numbers, sorted by agency, scope, series and year, and their breaks.

    ``exact`` says for each number of a series and of its version whether its cells define it. The first of the reasons is
    that of reports that do not agree.
    """
    year = placed.periods["year"].to_numpy()[rows["period"]]
    line = placed.periods["line"].to_numpy()[rows["period"]]
    rows = rows.iloc[np.lexsort((year, rows["series"], line))]
    numbers = {name: rows[name].to_numpy() for name in rows.columns}
    period, series, version = numbers["period"], numbers["series"], numbers["version"]
    at = placed.periods.iloc[period]
    found = {
        "report_id": _words(placed.frame["report_id"], numbers["report"]),
        "source": _words(placed.frame["source"], numbers["report"]),
        "agency": at["agency"].array,
        "scope": at["scope"].array,
        "year": at["year"].to_numpy(),
        "form": _words(FORMS, numbers["form"]),
        "code": _words(names.codes, series),
        "value": numbers["value"],
        "unit": _words(names.units, series),
        "exact": _exact(series, version, exact),
        "breaks": _breaks(at["line"].to_numpy() * len(names.codes) + series, version),
        "reason": _words(names.reasons, numbers["reason"]),
        "flags": _words(names.flags, numbers["flags"]),
        "cells": _words(names.cells, numbers["cells"]),
    }
    return pd.DataFrame(found).astype(dict(SERIES_COLUMNS))


def _words(words: Sequence[str | None] | pd.Series, numbers: Positions) -> pd.array:
    """Return the words that numbers stand for; missing where a number is below zero."""
    return pd.array([*words, None], dtype="str").take(np.where(numbers < 0, len(words), numbers))


def _exact(series: Positions, version: Positions, exact: Mapping[tuple[int, int], bool]) -> pd.array:
    table = np.zeros([max(each, default=0) + 1 for each in zip(*exact, strict=True)] or (1, 1), dtype=bool)
    for place, holds in exact.items():
        table[place] = holds
    return pd.arrays.BooleanArray(table[series, np.maximum(version, 0)], version < 0)


def _breaks(line: Positions, version: Positions) -> npt.NDArray[np.bool_]:
    """Return where a line (numbers in runs, by year) has another version than the last known one before."""
    if not len(line):
        return np.zeros(0, dtype=bool)
    known = np.maximum.accumulate(np.where(version >= 0, np.arange(len(line)), -1))
    before = np.concatenate([[-1], known[:-1]])
    on_line = (before >= 0) & (line[before] == line)
    return np.asarray((version >= 0) & on_line & (version[before] != version), dtype=bool)
