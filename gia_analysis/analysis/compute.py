"""Indicators over a corpus: numerator, denominator, value and interval, or the reason why there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from gia_analysis.analysis.intervals import wilson_interval
from gia_analysis.analysis.registry import Definition, Indicator, Term, indicators
from gia_analysis.grids import Flags, Grid, Numbers, read_grids
from gia_analysis.schema import FAILING, KEY, Frames, build

Blanks = Literal["missing", "zero"]
_NO_FLAGS: Mapping[str, frozenset[str]] = {}


@dataclass(frozen=True, slots=True)
class _Amount:
    """A sum of cells over the reports: the sum with blanks as zero, and where blank or unread cells entered it."""

    value: Numbers
    blank: Flags
    unread: Flags
    cells: tuple[str, ...]


def compute_indicators(frames: Frames, checks: pd.DataFrame, *, blanks: Blanks = "missing") -> pd.DataFrame:
    """Return the table ``indicators``: one row for every readable report and indicator.

    Args:
        frames: what was read.
        checks: the table ``checks`` of the same reports; an indicator that touches a cell of a failing hard check is
            missing for that reason, and names the checks.
        blanks: ``missing`` (an indicator that needs a blank cell is missing) or ``zero`` (blanks count as zero); the
            choice shows in the column ``blanks``.
    """
    keys = pd.MultiIndex.from_frame(frames.reports.loc[frames.reports["status"] != "failed", KEY])
    grids = read_grids(frames.cells)
    flags = _failing_cells(checks)
    parts = [_compute(each, keys, grids, flags, blanks) for each in indicators().values()]
    found = [part for part in parts if len(part)]
    joined = pd.concat(found, ignore_index=True) if found else pd.DataFrame()
    return build("indicators", joined)


def _failing_cells(checks: pd.DataFrame) -> dict[tuple[str, str], dict[str, frozenset[str]]]:
    """Return, for each report, the cells that a failing hard check involves, with the codes of the checks."""
    failing = checks[checks["status"].isin(FAILING) & (checks["severity"] == "hard") & checks["cells"].notna()]
    found: dict[tuple[str, str], dict[str, frozenset[str]]] = {}
    for source, report_id, code, cells in failing[[*KEY, "code", "cells"]].itertuples(index=False):
        report = found.setdefault((source, report_id), {})
        for cell in cells.split(";"):
            report[cell] = report.get(cell, frozenset()) | {code}
    return found


def _compute(
    indicator: Indicator,
    keys: pd.MultiIndex,
    grids: Sequence[Grid],
    flags: Mapping[tuple[str, str], Mapping[str, frozenset[str]]],
    blanks: Blanks,
) -> pd.DataFrame:
    parts = [
        _apply(indicator, definition, grid, keys, grids, flags, blanks)
        for definition in indicator.definitions
        for grid in grids
        if grid.table.code == definition.table
    ]
    joined = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*KEY])
    found = joined.drop_duplicates(KEY).set_index(KEY) if len(joined) else joined.set_index(KEY)
    complete = found.reindex(keys)
    never = ~complete.index.isin(found.index)
    complete["reason"] = complete["reason"].where(~never, "not_on_form") if "reason" in complete else "not_on_form"
    return complete.assign(code=indicator.code, unit=indicator.unit, blanks=blanks).reset_index()


def _apply(
    indicator: Indicator,
    definition: Definition,
    grid: Grid,
    keys: pd.MultiIndex,
    grids: Sequence[Grid],
    flags: Mapping[tuple[str, str], Mapping[str, frozenset[str]]],
    blanks: Blanks,
) -> pd.DataFrame:
    top = _amount(definition.numerator, grid, grids)
    bottom = _amount(definition.denominator, grid, grids)
    if top is None or bottom is None:
        return pd.DataFrame(columns=[*KEY, "reason"])
    cells = (*top.cells, *bottom.cells)
    touched = [
        ";".join(sorted({code for cell in cells for code in flags.get(key, _NO_FLAGS).get(cell, ())}))
        for key in grid.keys
    ]
    numerator = np.where((top.blank & (blanks == "missing")) | top.unread, np.nan, top.value)
    counts = indicator.kind == "count"
    denominator = np.where((bottom.blank & (blanks == "missing")) | bottom.unread, np.nan, bottom.value)
    reason = np.select(
        [
            top.unread | bottom.unread,
            (top.blank | bottom.blank) & (blanks == "missing"),
            np.array(touched, dtype=object) != "",
            (denominator == 0) & (not counts),
            (numerator > denominator) & (indicator.kind == "share"),
        ],
        ["unread", "blank", "checks_failed", "denominator_zero", "numerator_exceeds_denominator"],
        "",
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        value = numerator if counts else numerator / denominator
    low, high = wilson_interval(numerator, denominator)
    valid = reason == ""
    shares = valid & (indicator.kind == "share")
    return pd.DataFrame(
        {
            **{name: grid.keys.get_level_values(name) for name in KEY},
            "value": np.where(valid, value, np.nan),
            "numerator": numerator,
            "denominator": np.nan if counts else denominator,
            "low": np.where(shares, low, np.nan),
            "high": np.where(shares, high, np.nan),
            "reason": [code or None for code in reason],
            "flags": [text or None for text in touched],
            "cells": ";".join(cells),
        }
    )


def _amount(terms: Sequence[Term], grid: Grid, grids: Sequence[Grid]) -> _Amount | None:
    """Sum the terms for the reports of one grid; None where a term is not on the form."""
    size = len(grid.keys)
    value, blank, unread = np.zeros(size), np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    cells: list[str] = []
    for term in terms:
        found = [_term(term, other, grid.keys) for other in grids if other.table.code == term.table]
        known = [each for each in found if each is not None]
        if not known:
            return None
        for part, opened, has, codes in known:
            value = value + np.where(has, np.nan_to_num(part).sum(axis=1), 0.0)
            blank |= has & (np.isnan(part) & ~opened).any(axis=1)
            unread |= has & (np.isnan(part) & opened).any(axis=1)
            cells += [cell for cell in codes if cell not in cells]
        covered = np.any([has for _, _, has, _ in known], axis=0)
        blank |= ~covered
    return _Amount(value, blank, unread, tuple(cells))


def _term(term: Term, grid: Grid, keys: pd.MultiIndex) -> tuple[Numbers, Flags, Flags, list[str]] | None:
    """Return a term's cells over the reports of ``keys``: figures, unread, whether the report has the table, names."""
    rows = grid.table.rows_of(term.row) or ((term.row,) if term.row in grid.table.row_by_code else ())
    columns = [column.code for column in grid.table.columns]
    if not rows or term.column not in columns:
        return None
    order = [row.code for row in grid.table.rows]
    positions = [order.index(row) for row in rows]
    at = grid.keys.get_indexer(keys)
    column = columns.index(term.column)
    values = grid.values[:, positions, column][at]
    opened = grid.open[:, positions, column][at]
    return values, opened, at >= 0, [f"{term.table}.{row}.{term.column}" for row in rows]
