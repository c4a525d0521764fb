"""The relations that forms prescribe as data, walked by one function; blanks are told apart from zeros."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from gia_analysis.checks.evidence import Evidence
from gia_analysis.checks.history import Positions
from gia_analysis.checks.joining import Findings
from gia_analysis.forms import Sum
from gia_analysis.grids import Flags, Grid, Numbers
from gia_analysis.schema import Verdict

_TOLERANCE = 1e-6
_VERDICTS = pd.CategoricalDtype([each.value for each in Verdict])
_REASONS = pd.CategoricalDtype(["all_blank", "unread", "total_missing", "parts_missing"])


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a relation over reports × places: its sum with blanks as zero, and the bounds blanks leave."""

    zero_filled: Numbers
    low: Numbers
    high: Numbers
    empty: Flags
    has_blank: Flags
    has_open: Flags


def check_sums(evidence: Evidence) -> Iterator[Findings]:
    """Yield the findings of every sum of every form, one row for each report and place."""
    for grid, at in zip(evidence.grids, evidence.reports_of_grids, strict=True):
        for each in grid.form.sums:
            if grid.table.code in each.tables:
                yield _check(grid, each, at)


def _check(grid: Grid, rule: Sum, at: Positions) -> Findings:
    left = _side(grid, rule, rule.left, rule.left_of)
    right = _side(grid, rule, rule.right, "sum")
    status, reason = _verdict(rule, left, right)
    table = grid.table
    places = [each.code for each in (table.columns if rule.over == "columns" else table.rows)]
    names = [_cells(grid, rule, place) for place in places]
    place = np.tile(np.arange(len(places)), len(at))
    frame = pd.DataFrame(
        {
            "at": at.repeat(len(places)),
            "row" if rule.over == "rows" else "col": pd.Categorical.from_codes(place, places),
            "status": pd.Categorical.from_codes(status.ravel(), dtype=_VERDICTS),
            "left": left.zero_filled.ravel(),
            "right": right.zero_filled.ravel(),
            "difference": (left.zero_filled - right.zero_filled).ravel(),
            "reason": pd.Categorical.from_codes(reason.ravel() - 1, dtype=_REASONS),
            "cells": pd.Categorical.from_codes(place, names),
        }
    )
    same = {"code": rule.code, "severity": rule.severity, "form": grid.form.id, "table": table.code}
    return Findings(frame, {**same, "relation": rule.relation, "sentence": rule.zh})


def _cells(grid: Grid, rule: Sum, place: str) -> str:
    codes = [code.removeprefix("-") for code in (*rule.left, *rule.right)]
    pairs = [(code, place) if rule.over == "columns" else (place, code) for code in codes]
    return ";".join(f"{grid.table.code}.{row}.{column}" for row, column in pairs)


def _side(grid: Grid, rule: Sum, codes: tuple[str, ...], function: str) -> _Side:
    """Reduce the cells of one side. A blank may be any number from zero up, or any number at all for a change."""
    axis, items = (1, grid.table.rows) if rule.over == "columns" else (2, grid.table.columns)
    order = [item.code for item in items]
    positions = [order.index(code.removeprefix("-")) for code in codes]
    signs = np.array([-1.0 if code.startswith("-") else 1.0 for code in codes])
    shape = (1, len(codes), 1) if axis == 1 else (1, 1, len(codes))
    values = grid.values.take(positions, axis=axis) * signs.reshape(shape)
    missing = np.isnan(values)
    filled = np.where(missing, 0.0, values)
    total = filled.max(axis=axis) if function == "max" else filled.sum(axis=axis)
    if codes and _counts_unknown_rows(rule, codes):
        total = total + grid.unknown
    free = [_is_signed(grid, rule, code) for code in codes]
    falls = missing & np.array([sign < 0 or each for sign, each in zip(signs, free, strict=True)], bool).reshape(shape)
    rises = missing & np.array([sign > 0 or each for sign, each in zip(signs, free, strict=True)], bool).reshape(shape)
    return _Side(
        zero_filled=total,
        low=np.where(falls.any(axis=axis), -np.inf, total),
        high=np.where(rises.any(axis=axis), np.inf, total),
        empty=missing.all(axis=axis) if codes else np.zeros(total.shape, dtype=bool),
        has_blank=missing.any(axis=axis),
        has_open=np.asarray(grid.open.take(positions, axis=axis).any(axis=axis)),
    )


def _is_signed(grid: Grid, rule: Sum, code: str) -> bool:
    column = grid.table.column_by_code.get(code.removeprefix("-"))
    return rule.over == "rows" and column is not None and column.type == "signed"


def _counts_unknown_rows(rule: Sum, codes: tuple[str, ...]) -> bool:
    """An outcome that the form does not know still belongs to the sum over all outcomes."""
    return rule.code == "REQ_RESULTS" and codes == rule.right


def _verdict(rule: Sum, left: _Side, right: _Side) -> tuple[np.ndarray, np.ndarray]:
    """Return the number of the verdict among ``_VERDICTS``, and that of why it does not apply, from 1, 0 where it does."""
    difference = left.zero_filled - right.zero_filled
    lowest, highest = left.low - right.high, left.high - right.low
    if rule.relation == "=":
        holds = np.abs(difference) <= _TOLERANCE
        impossible = (lowest > _TOLERANCE) | (highest < -_TOLERANCE)
    elif rule.relation == "<=":
        holds, impossible = difference <= _TOLERANCE, lowest > _TOLERANCE
    else:
        holds, impossible = difference >= -_TOLERANCE, highest < -_TOLERANCE
    blank = left.has_blank | right.has_blank
    opened = (left.has_open | right.has_open) & ~impossible
    reason = _reason(rule, left, right, holds, opened)
    verdict = np.select(
        [reason > 0, ~blank & holds, ~blank, holds, impossible],
        [
            _number(Verdict.NOT_APPLICABLE),
            _number(Verdict.PASS),
            _number(Verdict.FAIL),
            _number(Verdict.PASS_IF_BLANK_IS_ZERO),
            _number(Verdict.FAIL_WHATEVER_BLANKS_ARE),
        ],
        _number(Verdict.FAIL),
    )
    return verdict, reason


def _number(verdict: Verdict) -> int:
    return int(_VERDICTS.categories.get_loc(verdict.value))


def _reason(rule: Sum, left: _Side, right: _Side, holds: Flags, opened: Flags) -> np.ndarray:
    """Say why a relation does not apply, 0 where it does."""
    all_blank = left.empty & (right.empty | (len(rule.right) == 0))
    total_missing = left.empty & ~right.empty
    parts_missing = right.empty & ~left.empty & ~(holds & (rule.relation == "="))
    return np.select([all_blank, opened, total_missing, parts_missing], [1, 2, 3, 4], 0)
