"""Several files of one report, as a page and its attachment: which of them is taken, so that no agency counts twice."""

import numpy as np
import pandas as pd

from gia_analysis.analysis.agency_years import place_reports
from gia_analysis.schema import KEY, Status

_CELL = ["table", "row", "col"]
_LEAST_ALIKE = 0.5  # share of the figures: below it they are of two agencies, or years, that cannot be told apart
_LEAST_TELLING = 5  # figures that tell whether two agencies of one name are the same, where their divisions do not
_BY_STATUS = {status.value: place for place, status in enumerate((Status.OK, Status.PARTIAL, Status.FAILED))}


def editions(reports: pd.DataFrame, cells: pd.DataFrame, aliases: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return which report stands for each: of several of one agency, year and scope the one that was read best.

    Of reports that have less than half of their figures in common, zeros aside, each stands for itself: that they are the
    same cannot be told. Where the division of one is not known, it may be another agency of the name: then at least
    five figures must be there to tell.

    Args:
        reports: the table ``reports``.
        cells: the table ``cells`` of the same corpus.
        aliases: the renamed agencies.

    Returns:
        A row for each report, with the index of ``reports``: ``taken`` tells whether it stands for itself, ``of`` is the
        place of the row that stands for it, ``agrees`` whether all figures that both print are the same.
    """
    found = pd.DataFrame({"of": np.arange(len(reports)), "agrees": True}, index=reports.index)
    pairs = _pairs(reports, aliases)
    if len(pairs):
        told = _compare(pairs, reports, cells)
        sure = _same(reports["region_code"], told) | _same(reports["sha256"], told)
        enough = sure | (told["judged"] >= _LEAST_TELLING)
        copies = told[enough & (told["same"] >= _LEAST_ALIKE * told["judged"])]
        at = copies.index.to_numpy()
        found.iloc[at, found.columns.get_loc("of")] = copies["main"].to_numpy()
        found.iloc[at, found.columns.get_loc("agrees")] = (copies["same"] == copies["judged"]).to_numpy()
    return found.assign(taken=found["of"].to_numpy() == np.arange(len(reports)))


def _pairs(reports: pd.DataFrame, aliases: pd.DataFrame | None) -> pd.DataFrame:
    """Return for each report that is not the best read of its agency, year and scope the place of the one that is."""
    placed = place_reports(reports, aliases)
    at = pd.MultiIndex.from_frame(reports[KEY]).get_indexer(placed.keys)
    facts = reports[["status", "cells_number"]].iloc[at].reset_index(drop=True)
    frame = pd.DataFrame(
        {"at": at, "period": placed.frame["period"].to_numpy(), "status": facts["status"].map(_BY_STATUS),
         "figures": -facts["cells_number"].fillna(0).astype("int64")}
    )  # fmt: skip
    several = frame[frame.duplicated("period", keep=False)].sort_values(["period", "status", "figures", "at"])
    main = several.groupby("period")["at"].transform("first")
    return several.assign(main=main)[several["at"] != main].set_index("at")[["main"]]


def _same(fact: pd.Series, pairs: pd.DataFrame) -> pd.Series:
    """Tell of each pair whether a fact of both is known and the same."""
    one, other = fact.iloc[pairs.index].array, fact.iloc[pairs["main"]].array
    return pd.Series(one == other, index=pairs.index).fillna(False).astype(bool)


def _compare(pairs: pd.DataFrame, reports: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Return for each pair how many cells both print, at least one of them another figure than zero, and how many alike."""
    wanted = (
        reports[KEY].iloc[[*pairs.index, *pairs["main"].unique()]].assign(at=[*pairs.index, *pairs["main"].unique()])
    )
    values = cells.loc[cells["value"].notna(), [*KEY, *_CELL, "value"]].merge(wanted, on=KEY)[["at", *_CELL, "value"]]
    others = values.merge(pairs, left_on="at", right_index=True)
    both = others.merge(values, left_on=["main", *_CELL], right_on=["at", *_CELL], suffixes=("", "_main"))
    judged = both[(both["value"] != 0) | (both["value_main"] != 0)]
    counts = judged.assign(same=judged["value"] == judged["value_main"]).groupby("at")["same"].agg(["size", "sum"])
    return pairs.assign(judged=counts["size"], same=counts["sum"]).fillna({"judged": 0, "same": 0})
