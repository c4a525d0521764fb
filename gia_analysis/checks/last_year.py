"""How a rule holds cells of a report against the same agency's report of the year before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pandas as pd

from gia_analysis.checks.evidence import Evidence
from gia_analysis.checks.history import Place, Positions, Words, forms_with
from gia_analysis.checks.relations import Relation, Term, add_up, judge, or_missing
from gia_analysis.forms import forms
from gia_analysis.grids import Flags, Numbers
from gia_analysis.schema import FAILING, Verdict

LAST_YEAR = "last_year:"

_NOT = Verdict.NOT_APPLICABLE.value


@dataclass(frozen=True, slots=True)
class Judged:
    """What a rule says of one place over all readable reports.

    ``missing`` tells why nothing of last year can be held against it ("" where it can).
    """

    table: str
    row: str | None
    column: str | None
    on_form: Flags
    missing: Words
    status: Words
    reason: Words
    left: Numbers
    right: Numbers
    relation: Relation | None
    cells: str | None


_Part = tuple[Positions, Judged, bool]


def findings_of(evidence: Evidence, judged: Iterable[Judged]) -> pd.DataFrame:
    """Return the findings of a rule: one a place.

    There is but one a table where last year's report has nothing to hold against it, and one in all without a report.
    """
    alone = np.asarray(evidence.why_no_last_year != "")
    told = np.zeros(len(alone), dtype=bool)
    told_of_table: dict[str, Flags] = {}
    parts: list[_Part] = []
    for each in judged:
        whole = each.on_form & (each.missing != "")
        seen = told_of_table.setdefault(each.table, np.zeros(len(alone), dtype=bool))
        of_table = replace(each, row=None, column=None, relation=None, cells=None)
        parts.append((np.flatnonzero(each.on_form & ~whole), each, True))
        parts.append((np.flatnonzero(whole & ~alone & ~seen), of_table, False))
        parts.append((np.flatnonzero(whole & alone & ~told), replace(of_table, table=""), False))
        told |= whole & alone
        seen |= whole & ~alone
    return _frame(evidence, [part for part in parts if len(part[0])])


def _frame(evidence: Evidence, parts: Sequence[_Part]) -> pd.DataFrame:
    """Return findings in one frame: of each part the reports, what was judged, and whether it could be."""
    if not parts:
        return pd.DataFrame(columns=["at", "status"])
    sizes = [len(here) for here, _, _ in parts]
    here = np.concatenate([part[0] for part in parts])

    def text(values: Iterable[str | None]) -> Words:
        return np.repeat(np.array([value or None for value in values], dtype=object), sizes)

    status = np.concatenate([each.status[at] if could else np.full(len(at), _NOT, object) for at, each, could in parts])
    reason = np.concatenate([(each.reason if could else each.missing)[at] for at, each, could in parts])
    left = np.concatenate([each.left[at] if could else np.full(len(at), np.nan) for at, each, could in parts])
    right = np.concatenate([each.right[at] if could else np.full(len(at), np.nan) for at, each, could in parts])
    return pd.DataFrame(
        {
            "at": here,
            "table": text(each.table for _, each, _ in parts),
            "row": text(each.row for _, each, _ in parts),
            "col": text(each.column for _, each, _ in parts),
            "status": status,
            "left": left,
            "relation": text(each.relation for _, each, _ in parts),
            "right": right,
            "difference": left - right,
            "reason": or_missing(reason),
            "detail": _detail(evidence, here, np.isin(status, FAILING)),
            "cells": text(each.cells for _, each, _ in parts),
        }
    )


def _detail(evidence: Evidence, here: Positions, failing: Flags) -> Words:
    """Name last year's report where a rule fails."""
    detail = np.full(len(here), None, dtype=object)
    before = evidence.report_of_last_year.iloc[here[failing]]
    detail[failing] = ("last_year=" + before["report_id"] + ";source=" + before["source"]).to_numpy(dtype=object)
    return detail


def places_of(evidence: Evidence, names: Sequence[str]) -> tuple[list[Place], Flags, Words]:
    """Return cells of this year and last, where this year's are on the form, and why last year's are not to be had."""
    places = [
        evidence.last_year(name.removeprefix(LAST_YEAR)) if name.startswith(LAST_YEAR) else evidence.this_year(name)
        for name in names
    ]
    before = [place for name, place in zip(names, places, strict=True) if name.startswith(LAST_YEAR)]
    now = [place for name, place in zip(names, places, strict=True) if not name.startswith(LAST_YEAR)]
    on_form = np.logical_and.reduce([place.on_form for place in now])
    no_table = ~np.logical_and.reduce([place.has_table for place in before])
    other_form = ~np.logical_and.reduce([place.on_form for place in before])
    why = evidence.why_no_last_year
    missing = np.select(
        [why != "", no_table, other_form], [why, "no_table_of_last_year", "form_differs"], ""
    ).astype(object)  # fmt: skip
    return places, on_form, missing


@cache
def _is_signed(name: str) -> bool:
    place = name.removeprefix(LAST_YEAR)
    table, row, column = place.split(".")
    return any(forms()[form].table(table).type_of(row, column) == "signed" for form in forms_with(place))


def relate(evidence: Evidence, left: Sequence[str], relation: Relation, right: Sequence[str]) -> Judged:
    """Judge a relation between cells named ``table.row.col``, behind ``-`` where subtracted, ``last_year:`` where last year's.

    It stands at the first cell of this year.
    """
    names = [name.removeprefix("-") for name in (*left, *right)]
    places, on_form, missing = places_of(evidence, names)
    terms = [
        Term(place, given.startswith("-"), _is_signed(name))
        for given, name, place in zip((*left, *right), names, places, strict=True)
    ]
    sides = add_up(terms[: len(left)]), add_up(terms[len(left) :])
    status, reason = judge(sides[0], relation, sides[1])
    reason[np.isin(reason, ["total_missing", "parts_missing"])] = "blank"
    table, row, column = next(name for name in names if not name.startswith(LAST_YEAR)).split(".")
    return Judged(
        table, row, column, on_form, missing, status, reason, sides[0].zero_filled, sides[1].zero_filled, relation,
        ";".join(names),
    )  # fmt: skip
