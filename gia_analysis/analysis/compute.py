"""Indicators over a corpus: numerator, denominator, value and interval, or the reason why there is none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from gia_analysis.analysis.intervals import wilson_interval
from gia_analysis.analysis.registry import Definition, Indicator, Term, indicators
from gia_analysis.forms import Table
from gia_analysis.grids import Flags, Grid, Numbers, read_grids
from gia_analysis.schema import FAILING, KEY, Frames, build

Blanks = Literal["missing", "zero"]
_NO_FLAGS: Mapping[str, frozenset[str]] = {}


@dataclass(frozen=True, slots=True)
class _Amount:
    """A sum of cells over the reports: the sum with blanks as zero, and where blank or unread cells entered it.

    ``absent`` marks reports whose form does not have the cells; ``cells`` names, for each report, those that it has.
    """

    value: Numbers
    blank: Flags
    unread: Flags
    absent: Flags
    cells: list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Setting:
    """What all indicators of one computation share."""

    keys: pd.MultiIndex
    grids: Sequence[Grid]
    failing: Mapping[tuple[str, str], Mapping[str, frozenset[str]]]
    blanks: Blanks

    def known(self, amount: _Amount) -> Numbers:
        """Return an amount, NaN where a cell of it is unread, or blank and not to count as zero."""
        return np.where(amount.unread | (amount.blank & (self.blanks == "missing")), np.nan, amount.value)

    def flags(self, grid: Grid, cells: Sequence[Sequence[str]]) -> list[str]:
        """Return for each report the failing hard checks that touch any of its cells."""
        found = [self.failing.get(key, _NO_FLAGS) for key in grid.keys]
        return [
            ";".join(sorted({code for cell in names for code in each.get(cell, ())})) if each else ""
            for each, names in zip(found, cells, strict=True)
        ]


def compute_indicators(frames: Frames, checks: pd.DataFrame, *, blanks: Blanks = "missing") -> pd.DataFrame:
    """Return the table ``indicators``: one row for every readable report and indicator.

    Args:
        frames: what was read.
        checks: the table ``checks`` of the same reports. A share or ratio that touches a cell of a failing hard check
            is missing for that reason; a count stays as printed; both name the checks in ``flags``.
        blanks: ``missing`` (an indicator that needs a blank cell is missing) or ``zero`` (blanks count as zero); the
            choice shows in the column ``blanks``.
    """
    keys = pd.MultiIndex.from_frame(frames.reports.loc[frames.reports["status"] != "failed", KEY])
    setting = _Setting(keys, read_grids(frames.cells), _failing_cells(checks), blanks)
    parts = [_compute(each, setting) for each in indicators().values()]
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


def _compute(indicator: Indicator, setting: _Setting) -> pd.DataFrame:
    parts = [
        _apply(indicator, definition, grid, setting)
        for definition in indicator.definitions
        for grid in setting.grids
        if grid.table.code == definition.table
    ]
    joined = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*KEY, "reason"])
    found = joined.drop_duplicates(KEY).set_index(KEY)
    complete = found.reindex(setting.keys)
    complete.loc[~complete.index.isin(found.index), "reason"] = "not_on_form"
    return complete.assign(code=indicator.code, unit=indicator.unit, blanks=setting.blanks).reset_index()


def _apply(indicator: Indicator, definition: Definition, grid: Grid, setting: _Setting) -> pd.DataFrame:
    """Compute one definition for the reports of one grid."""
    top = _amount(definition.numerator, grid, setting.grids)
    bottom = _amount(definition.denominator, grid, setting.grids)
    cells = [tuple(dict.fromkeys(names)) for names in map(tuple.__add__, top.cells, bottom.cells)]
    flags = setting.flags(grid, cells)
    numerator, denominator = setting.known(top), setting.known(bottom)
    if indicator.kind == "count":
        denominator, value = np.full_like(numerator, np.nan), numerator
    else:
        with np.errstate(divide="ignore", invalid="ignore"):
            value = numerator / denominator
    reason = _reason(indicator, top, bottom, numerator, denominator, flags)
    missing = np.array([each is not None for each in reason], dtype=bool)
    low, high = wilson_interval(numerator, denominator)
    no_interval = missing | (indicator.kind != "share")
    found = pd.DataFrame(
        {
            **{name: grid.keys.get_level_values(name) for name in KEY},
            "value": np.where(missing, np.nan, value),
            "numerator": numerator,
            "denominator": denominator,
            "low": np.where(no_interval, np.nan, low),
            "high": np.where(no_interval, np.nan, high),
            "reason": reason,
            "flags": [text or None for text in flags],
            "cells": [";".join(names) for names in cells],
        }
    )
    return found[~(top.absent | bottom.absent)]


def _reason(
    indicator: Indicator, top: _Amount, bottom: _Amount, numerator: Numbers, denominator: Numbers, flags: Sequence[str]
) -> list[str | None]:
    """Return why there is no value, one for each report; None where there is one."""
    unread = top.unread | bottom.unread
    missing = np.isnan(numerator) | (np.isnan(denominator) & (indicator.kind != "count"))
    flagged = (np.array(flags, dtype=object) != "") & (indicator.kind != "count")
    found = np.select(
        [unread, missing, flagged, denominator == 0, (numerator > denominator) & (indicator.kind == "share")],
        ["unread", "blank", "checks_failed", "denominator_zero", "numerator_exceeds_denominator"],
        "",
    )
    return [str(code) or None for code in found]


def _amount(terms: Sequence[Term], grid: Grid, grids: Sequence[Grid]) -> _Amount:
    """Sum the terms for the reports of one grid; a report of mixed forms may have a term in a table of another form."""
    size = len(grid.keys)
    value, blank, unread = np.zeros(size), np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    absent = np.zeros(size, dtype=bool)
    cells: list[tuple[str, ...]] = [()] * size
    for term in terms:
        covered = np.zeros(size, dtype=bool)
        for part, opened, has, codes in _parts(term, grid.keys, grids):
            value = value + np.where(has, np.nan_to_num(part).sum(axis=1), 0.0)
            blank |= has & (np.isnan(part) & ~opened).any(axis=1)
            unread |= has & (np.isnan(part) & opened).any(axis=1)
            cells = [(*names, *codes) if here else names for names, here in zip(cells, has, strict=True)]
            covered |= has
        if _rows_of(term, grid.form.table_by_code.get(term.table)):
            blank |= ~covered
        else:
            absent |= ~covered
    return _Amount(value, blank, unread, absent, cells)


def _rows_of(term: Term, table: Table | None) -> tuple[str, ...]:
    """Return the rows of a table that make up a term; none where the table does not have it."""
    if table is None or term.column not in table.column_by_code:
        return ()
    return table.rows_of(term.row) or ((term.row,) if term.row in table.row_by_code else ())


def _parts(
    term: Term, keys: pd.MultiIndex, grids: Sequence[Grid]
) -> Iterator[tuple[Numbers, Flags, Flags, tuple[str, ...]]]:
    """Yield a term's cells over the reports of ``keys``: figures, unread, whether the report has the table, names."""
    for grid in grids:
        rows = _rows_of(term, grid.table) if grid.table.code == term.table else ()
        if not rows:
            continue
        order = [row.code for row in grid.table.rows]
        positions = [order.index(row) for row in rows]
        column = [each.code for each in grid.table.columns].index(term.column)
        at = grid.keys.get_indexer(keys)
        names = tuple(f"{term.table}.{row}.{term.column}" for row in rows)
        yield grid.values[:, positions, column][at], grid.open[:, positions, column][at], at >= 0, names
