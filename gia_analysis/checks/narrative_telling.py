"""What a text tells beside what a table gives: told figures, amounts of a table, how they compare, what is quoted."""

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd

from gia_analysis.checks.evidence import Evidence
from gia_analysis.grids import Flags, Grid, Numbers
from gia_analysis.schema import FAILING, Verdict

Places = npt.NDArray[np.intp]
Place = tuple[str, str, str]

_TOLERANCE = 1e-6
_SAYS_NOTHING = (0.0, 1.0)  # figures that stand in so many cells that none can be meant
_TOTAL = "total"
_SUMS = {
    "requests": (("new_received", "carried_in"),),
    "review_litigation": (("litigation_direct", "litigation_after_review"),),
}
_RANK = (Verdict.PASS.value, Verdict.PASS_IF_BLANK_IS_ZERO.value, Verdict.NOT_APPLICABLE.value, *FAILING)
_TELLING = ("topic", "section", "order", "value", "raw", "sentence")
_TOLD: WeakKeyDictionary[Evidence, pd.DataFrame] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Amount:
    """What one place of a table gives over all readable reports: a cell, or a sum over the rows of a group.

    ``figure`` counts blanks beside figures as zero and is NaN where all is blank; ``has`` says which reports have the
    table, ``unread`` where something stands that could not be read. ``rows`` are those that make it up in any form.
    """

    place: Place
    rows: tuple[str, ...]
    figure: Numbers
    blank: Flags
    unread: Flags
    has: Flags
    cells: npt.NDArray[np.object_]

    def plus(self, other: "Amount") -> "Amount":
        """Return the sum of two amounts, at the place of the first."""
        return Amount(
            self.place,
            (*self.rows, *other.rows),
            self.figure + other.figure,
            self.blank | other.blank,
            self.unread | other.unread,
            self.has & other.has,
            self.cells + ";" + other.cells,
        )


def read_amount(evidence: Evidence, table: str, row: str, column: str, form: str | None = None) -> Amount:
    """Return a cell, or the sum over the rows of a group, in whatever form has it (or in one form only)."""
    size = len(evidence.reports)
    figure, blank, unread, has = np.full(size, np.nan), np.zeros(size, bool), np.zeros(size, bool), np.zeros(size, bool)
    cells = np.full(size, "", dtype=object)
    rows: dict[str, None] = {}
    for grid, rows_at in zip(evidence.grids, evidence.rows_of_grids, strict=True):
        codes = _codes(grid, row) if grid.table.code == table and form in (None, grid.form.id) else ()
        if not codes or column not in grid.table.column_by_code:
            continue
        at = np.flatnonzero(rows_at >= 0)
        known = rows_at[at]
        number = _positions(grid, column)
        places = [_row_position(grid, code) for code in codes]
        values = grid.values[:, places, number][known]
        opened = grid.open[:, places, number][known] & np.isnan(values)
        figure[at] = np.where(np.isnan(values).all(axis=1), np.nan, np.nansum(values, axis=1))
        unread[at] = opened.any(axis=1) | ((len(codes) > 1) & (grid.unknown[known, number] > 0))
        blank[at] = np.isnan(values).any(axis=1)
        has[at] = True
        cells[at] = ";".join(f"{table}.{code}.{column}" for code in codes)
        rows.update(dict.fromkeys(codes))
    return Amount((table, row, column), tuple(rows), figure, blank, unread, has, cells)


def _codes(grid: Grid, row: str) -> tuple[str, ...]:
    return grid.table.rows_of(row) or ((row,) if row in grid.table.row_by_code else ())


def _row_position(grid: Grid, row: str) -> int:
    return [each.code for each in grid.table.rows].index(row)


def _positions(grid: Grid, column: str) -> int:
    return [each.code for each in grid.table.columns].index(column)


def read_told(evidence: Evidence, *topics: str) -> pd.DataFrame:
    """Return the exact figures told on some topics in readable reports, in the order of the text.

    They have the columns ``topic``, ``section``, ``order``, ``value``, ``raw`` and ``sentence`` of the table ``figures``, and
    ``at``, the number of the report.
    """
    if evidence not in _TOLD:
        figures = evidence.frames.figures[list(_TELLING)]
        exact = ~evidence.frames.figures["approximate"].fillna(False).astype(bool) & (evidence.at_figures >= 0)
        _TOLD[evidence] = figures.assign(at=evidence.at_figures)[figures["topic"].notna() & exact]
    every = _TOLD[evidence]
    return every[every["topic"].isin(topics)]


def compare(evidence: Evidence, pairs: Sequence[tuple[pd.DataFrame, Amount]], *, untold: bool = False) -> pd.DataFrame:
    """Return one finding a report: some figure told is that of the table.

    Of several figures told, the one that agrees counts. Blanks in a sum may be any number from zero up. Where all
    disagree, the detail says what was told, and behind ``quotes=`` which other cell of the table has that figure.

    Args:
        evidence: the frames.
        pairs: figures told, each with the amount that they must equal; the first pair is the usual one.
        untold: whether a report that has the table and tells nothing of it is a row, too.
    """
    amount = pairs[0][1]
    if not amount.has.any() or not (untold or any(len(told) for told, _ in pairs)):
        return pd.DataFrame(columns=["at"])
    best = _best([_judge(told, each) for told, each in pairs])
    failing = best[best["status"].isin(FAILING)]
    for number in failing["pair"].unique():
        own = failing[failing["pair"] == number]
        made_of = pairs[number][1].rows
        quoted = _quoted(evidence, amount.place, made_of, own["at"].to_numpy(), own["left"].to_numpy())
        best.loc[own.index, "detail"] = _join(own["detail"], quoted)
    if untold:
        silent = np.flatnonzero(amount.has & ~np.isin(np.arange(len(amount.has)), best["at"]))
        row = {"at": silent, "status": Verdict.NOT_APPLICABLE.value, "reason": "not_told"}
        rest = pd.DataFrame({**row, "right": amount.figure[silent], "cells": amount.cells[silent]})
        best = pd.concat([best, rest], ignore_index=True)
    table, row_code, column = amount.place
    best = best.assign(table=table, row=row_code, col=column, relation="=", difference=best["left"] - best["right"])
    return best.sort_values("at", kind="stable")


def _judge(told: pd.DataFrame, amount: Amount) -> pd.DataFrame:
    told = told[amount.has[told["at"].to_numpy(dtype=np.intp)]]
    at = told["at"].to_numpy(dtype=np.intp)
    left, right = told["value"].to_numpy(dtype="float64"), amount.figure[at]
    blank, equal = amount.blank[at], np.abs(left - right) <= _TOLERANCE
    reason = np.select(
        [amount.unread[at], np.isnan(right) | (blank & (left > right + _TOLERANCE))], ["unread", "blank"], ""
    )
    status = np.select(
        [reason != "", equal & blank, equal, blank],
        [
            Verdict.NOT_APPLICABLE.value,
            Verdict.PASS_IF_BLANK_IS_ZERO.value,
            Verdict.PASS.value,
            Verdict.FAIL_WHATEVER_BLANKS_ARE.value,
        ],
        Verdict.FAIL.value,
    )
    return pd.DataFrame(
        {
            "at": at,
            "status": status,
            "reason": pd.Series(reason, dtype="str").mask(reason == ""),
            "left": left,
            "right": right,
            "detail": told["sentence"].to_numpy(),
            "cells": amount.cells[at],
        }
    )


def _best(judged: Sequence[pd.DataFrame]) -> pd.DataFrame:
    joined = pd.concat([each.assign(pair=number) for number, each in enumerate(judged)], ignore_index=True)
    joined["rank"] = joined["status"].map({verdict: rank for rank, verdict in enumerate(_RANK)})
    return joined.sort_values(["at", "rank"], kind="stable").drop_duplicates("at").reset_index(drop=True)


def _join(sentences: pd.Series, quoted: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    words = sentences.fillna("").str.rstrip(";").to_numpy(dtype=object)
    both = np.where(words == "", quoted, words + ";" + quoted)
    return np.where(quoted == "", words, both)


def _quoted(evidence: Evidence, place: Place, own: Sequence[str], at: Places, told: Numbers) -> npt.NDArray[np.object_]:
    """Return ``quotes=table.row.col`` for each figure told that one other cell of the table alone has, else nothing.

    Only cells in the unit of the place count. Of a row whose total and part are equal, the total counts.
    """
    table, _, column = place
    found = np.full(len(at), "", dtype=object)
    for grid, rows_at in zip(evidence.grids, evidence.rows_of_grids, strict=True):
        position = rows_at[at] if grid.table.code == table else rows_at[:0]
        here = np.flatnonzero(position >= 0)
        if not len(here) or column not in grid.table.column_by_code:
            continue
        values = grid.values[position[here]]
        hit = (np.abs(values - told[here, None, None]) <= _TOLERANCE) & _plausible(grid, place, own)
        if _TOTAL in grid.table.column_by_code:
            total = _positions(grid, _TOTAL)
            others = np.arange(hit.shape[2]) != total
            hit[:, :, others] &= ~hit[:, :, [total]]
        names = [f"{table}.{row.code}.{each.code}" for row in grid.table.rows for each in grid.table.columns]
        flat = [hit.reshape(len(here), -1)]
        for pair in _SUMS.get(table, ()):
            if set(pair) != set(own):
                sums = values[:, [_row_position(grid, row) for row in pair], _positions(grid, column)]
                flat.append(((sums > 0).all(axis=1) & (np.abs(sums.sum(axis=1) - told[here]) <= _TOLERANCE))[:, None])
                names.append("+".join(f"{table}.{row}.{column}" for row in pair))
        hits = np.concatenate(flat, axis=1)
        single = (hits.sum(axis=1) == 1) & ~np.isin(told[here], _SAYS_NOTHING)
        found[here[single]] = "quotes=" + np.array(names, dtype=object)[hits[single].argmax(axis=1)]
    return found


def _plausible(grid: Grid, place: Place, own: Sequence[str]) -> Flags:
    """Return which cells of a table could be meant in place of some rows' cells in a column."""
    _, _, column = place
    units = {grid.table.unit_of(row, column) for row in own if row in grid.table.row_by_code}
    return np.array(
        [
            [
                grid.table.unit_of(row.code, each.code) in units and not (row.code in own and each.code == column)
                for each in grid.table.columns
            ]
            for row in grid.table.rows
        ]
    )
