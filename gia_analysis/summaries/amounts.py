"""Amounts that summaries show: printed cells, and sums of cells that the form groups but does not total."""

from collections.abc import Mapping

import pandas as pd

from gia_analysis.forms import Table
from gia_analysis.grids import read_grids
from gia_analysis.schema import KEY

OUTCOMES = ("granted", "partially_granted", "denied", "unable", "not_processed", "other")
OUTCOME_NAMES = {
    "granted": ("予以公开", "Granted"),
    "partially_granted": ("部分公开", "Partially granted"),
    "denied": ("不予公开", "Refused"),
    "unable": ("无法提供", "Unable to provide"),
    "not_processed": ("不予处理", "Not processed"),
    "other": ("其他处理", "Other handling"),
}
# What the replies of the 2014 form correspond to, roughly, in the outcomes of the later forms.
OUTCOMES_OF_2014 = {
    "granted": ("reply_already_public", "reply_granted"),
    "partially_granted": ("reply_partially_granted",),
    "denied": ("reply_denied",),
    "unable": ("reply_not_this_agency", "reply_not_exist", "reply_asked_to_amend"),
    "not_processed": (),
    "other": ("reply_other_channel",),
}


def outcome_rows(table: Table) -> Mapping[str, tuple[str, ...]]:
    """Return the rows of a table that make up each outcome, those that it has; nothing for a table without outcomes."""
    if table.code == "stats_2014":
        return {outcome: rows for outcome, rows in OUTCOMES_OF_2014.items() if rows}
    if table.code != "requests":
        return {}
    found = {
        outcome: table.rows_of(outcome) or ((outcome,) if outcome in table.row_by_code else ()) for outcome in OUTCOMES
    }
    return {outcome: rows for outcome, rows in found.items() if rows}


def outcome_column(table: str) -> str:
    """Return the column in which a table counts all requests."""
    return "value" if table == "stats_2014" else "total"


def outcome_amounts(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the outcomes of each report: indexed by source and report_id, a column an outcome.

    A blank among the cells of an outcome leaves it missing: blank is not zero. So does a form that does not have it.
    """
    parts = []
    for grid in read_grids(cells):
        rows = outcome_rows(grid.table)
        if not rows:
            continue
        column = outcome_column(grid.table.code)
        sums = {
            outcome: pd.concat([grid.series(row, column) for row in codes], axis=1).sum(axis=1, skipna=False)
            for outcome, codes in rows.items()
        }
        parts.append(pd.DataFrame(sums, index=grid.keys).reindex(columns=OUTCOMES))
    if not parts:
        return pd.DataFrame(columns=OUTCOMES, index=pd.MultiIndex.from_arrays([[], []], names=KEY), dtype="float64")
    joined = pd.concat(parts)
    return joined[~joined.index.duplicated()]
