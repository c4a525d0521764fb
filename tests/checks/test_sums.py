"""The sums of every form: a report in which each holds, one in which it does not, and one that is blank."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from gia_analysis.forms import forms

Given = Mapping[str, Any]
Check = Callable[[Mapping[str, Given]], pd.DataFrame]
Judge = Callable[[pd.DataFrame, str, str], dict[str, tuple[str, str | None]]]


@dataclass(frozen=True)
class Case:
    """A sum at one row or column of one table, and two sets of cells, as code=figure: with the first it holds."""

    form: str
    code: str
    table: str
    holds: str
    fails: str
    row: str | None = None
    column: str | None = None

    @property
    def name(self) -> str:
        return f"{self.form}-{self.code}-{self.table}-{self.row or self.column}"

    def cells(self, text: str) -> dict[str, float]:
        pairs = [part.split("=") for part in text.split()]
        if self.column:
            return {f"{self.table}.{code}.{self.column}": float(value) for code, value in pairs}
        return {f"{self.table}.{self.row}.{code}": float(value) for code, value in pairs}


DATA = Path(__file__).parents[1] / "data" / "sums.toml"
CASES = [Case(**each) for each in tomllib.loads(DATA.read_text(encoding="utf-8"))["case"]]
every_case = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])


@pytest.fixture(scope="module")
def checks(check: Check) -> pd.DataFrame:
    """Three reports a case: one in which its sum holds, one in which it does not, one in which all is blank."""
    given: dict[str, Given] = {}
    for case in CASES:
        holds, fails = case.cells(case.holds), case.cells(case.fails)
        given[f"{case.name} holds"] = {"form": case.form, "cells": holds}
        given[f"{case.name} fails"] = {"form": case.form, "cells": fails}
        given[f"{case.name} blank"] = {"form": case.form, "cells": dict.fromkeys(holds), "fill": None}
    return check(given)


def judged(checks: pd.DataFrame, case: Case, variant: str) -> set[str]:
    """Return the verdicts at the case's place. S_HEAD stands for two relations, of which both are set there."""
    at_place = checks["col"] == case.column if case.column else checks["row"] == case.row
    own = (checks["code"] == case.code) & (checks["table"] == case.table) & at_place
    return set(checks[own & (checks["report_id"] == f"{case.name} {variant}")]["status"])


def test_every_sum_of_every_form_has_a_case_here() -> None:
    expected = {(form.id, each.code, table) for form in forms().values() for each in form.sums for table in each.tables}

    assert {(case.form, case.code, case.table) for case in CASES} == expected


@every_case
def test_a_sum_that_holds_passes(checks: pd.DataFrame, case: Case) -> None:
    """Of the topics of 2014 only those named are there; the others count as blank."""
    expected = "pass_if_blank_is_zero" if case.code == "S_TOPICS" else "pass"

    assert judged(checks, case, "holds") == {expected}


@every_case
def test_a_sum_that_does_not_hold_fails(checks: pd.DataFrame, case: Case) -> None:
    assert judged(checks, case, "fails") == {"fail"}


@every_case
def test_a_sum_over_blanks_alone_does_not_apply(checks: pd.DataFrame, case: Case) -> None:
    assert judged(checks, case, "blank") == {"not_applicable"}


def test_a_failing_sum_names_both_sides_the_difference_and_its_cells(checks: pd.DataFrame) -> None:
    row = checks[
        (checks["code"] == "REQ_FLOW")
        & (checks["col"] == "total")
        & (checks["report_id"] == "2019-REQ_FLOW-requests-total fails")
    ].iloc[0]

    assert (row["left"], row["relation"], row["right"], row["difference"], row["severity"]) == (2, "=", 1, 1, "hard")
    assert row["cells"] == (
        "requests.new_received.total;requests.carried_in.total;requests.results_total.total;requests.carried_out.total"
    )
    assert row["sentence"] == "第一项加第二项之和，等于第三项加第四项之和。"


@pytest.mark.parametrize(
    ("form", "code", "places"),
    [
        ("2019", "REQ_FLOW", 7),
        ("2019", "REQ_ROW", 23),
        ("2021", "REQ_RESULTS", 7),
        ("2021", "REQ_ROW", 25),
        ("2021", "RL_SUM", 3),
    ],
)
def test_a_sum_is_checked_at_every_place(checks: pd.DataFrame, form: str, code: str, places: int) -> None:
    own = checks[(checks["form"] == form) & (checks["code"] == code)]

    assert set(own.groupby("report_id").size()) == {places}


def test_findings_stand_in_the_order_of_the_sources(checks: pd.DataFrame) -> None:
    assert checks["source"].is_monotonic_increasing


def test_an_outcome_that_the_form_does_not_have_belongs_to_the_results(check: Check, verdicts: Judge) -> None:
    """9.属于工作秘密 4 beside 1 granted: the total of results is 5."""
    table = "requests"
    cells = {f"{table}.granted.total": 1, f"{table}.unknown:9、属于工作秘密.total": 4}

    found = check(
        {
            "with": {"form": "2021", "cells": {**cells, f"{table}.results_total.total": 5}},
            "without": {"form": "2021", "cells": {**cells, f"{table}.results_total.total": 1}},
        }
    )

    assert verdicts(found, "REQ_RESULTS", "with")["total"] == ("pass", None)
    assert verdicts(found, "REQ_RESULTS", "without")["total"] == ("fail", None)
