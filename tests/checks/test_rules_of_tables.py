"""Rules about figures in tables: a report in which each holds, one in which it does not, one it cannot judge."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import pytest

from gia_analysis.checks import RULES

Given = Mapping[str, Any]
Check = Callable[[Mapping[str, Given]], pd.DataFrame]
Judge = Callable[[pd.DataFrame, str, str], dict[str, tuple[str, str | None]]]

PASS, FAIL, NOT = "pass", "fail", "not_applicable"


@dataclass(frozen=True)
class Case:
    """A report, and what a rule says of it at one place (none: the report as a whole)."""

    code: str
    fact: str
    verdict: str
    given: Given = field(default_factory=dict)
    form: str = "2019"
    place: str = ""
    reason: str | None = None

    @property
    def name(self) -> str:
        return f"{self.code}: {self.fact}"


def cells(**figures: Any) -> Given:
    """Cells of one table: ``art20_5__licensing__decisions=5``."""
    return {"cells": {name.replace("__", "."): figure for name, figure in figures.items()}}


def facts(**values: Any) -> Given:
    return {"facts": values}


RESULTS = "requests__results_total__total"
DISPUTES = "review_litigation__reconsideration__total"
CASES = [
    Case(
        "NONNEG",
        "zeros and a decrease (乌海工信局 2020: 25 / -1 / 0)",
        PASS,
        cells(art20_6__penalty__items_last_year=25, art20_6__penalty__items_change=-1),
    ),
    Case("NONNEG", "a negative count", FAIL, cells(art20_6__penalty__decisions=-3), place="penalty"),
    Case("NONNEG", "a fraction of a request", FAIL, cells(requests__granted__total=2.5), place="granted"),
    Case("NONNEG", "a fraction of money (6054.5 万元)", PASS, cells(art20_9__procurement__procurement_amount=6054.5)),
    Case("NONNEG", "negative money", FAIL, cells(art20_9__procurement__procurement_amount=-1), place="procurement"),
    Case("NONNEG", "no table", NOT, reason="no_table"),
    Case(
        "A5_NOITEMS",
        "items and decisions (南源街道 2020: 21 / +19 / 40)",
        PASS,
        cells(
            art20_5__licensing__items_last_year=21,
            art20_5__licensing__items_change=19,
            art20_5__licensing__decisions=40,
        ),
        place="licensing",
    ),
    Case("A5_NOITEMS", "decisions without items", FAIL, cells(art20_5__licensing__decisions=114), place="licensing"),
    Case(
        "A5_NOITEMS",
        "decisions beside blank items",
        NOT,
        cells(art20_5__licensing__items_last_year=None, art20_5__licensing__decisions=114),
        place="licensing",
        reason="blank",
    ),
    Case(
        "PROC_PAIR",
        "both (tongji 2020: 33 projects, 6054 万元)",
        PASS,
        cells(art20_9__procurement__procurement_items=33, art20_9__procurement__procurement_amount=6054),
        place="procurement",
    ),
    Case("PROC_PAIR", "neither", PASS, cells(art20_9__procurement__procurement_items=0), place="procurement"),
    Case(
        "PROC_PAIR",
        "projects without an amount (xiandi 2020)",
        FAIL,
        cells(art20_9__procurement__procurement_items=2, art20_9__procurement__procurement_amount="absent"),
        place="procurement",
    ),
    Case(
        "PROC_PAIR",
        "an amount without projects",
        FAIL,
        cells(art20_9__procurement__procurement_items=0, art20_9__procurement__procurement_amount=25.1),
        place="procurement",
    ),
    Case(
        "PROC_PAIR",
        "no projects and a blank amount",
        NOT,
        cells(art20_9__procurement__procurement_items=0, art20_9__procurement__procurement_amount=None),
        place="procurement",
        reason="blank",
    ),
    Case(
        "REGS_LEVEL",
        "rules of a province",
        PASS,
        {**cells(art20_1__regulations__disclosed_total=74), **facts(agency_level="province")},
        place="regulations",
    ),
    Case(
        "REGS_LEVEL",
        "no rules of a township",
        PASS,
        {**cells(art20_1__regulations__disclosed_total=0), **facts(agency_level="township")},
        place="regulations",
    ),
    Case(
        "REGS_LEVEL",
        "rules of a county",
        FAIL,
        {**cells(art20_1__regulations__disclosed_total=3), **facts(agency_level="county")},
        place="regulations",
    ),
    Case(
        "REGS_LEVEL",
        "rules in force of a township on the form of 2021",
        FAIL,
        {**cells(art20_1__regulations__in_force=3), **facts(agency_level="township")},
        form="2021",
        place="regulations",
    ),
    Case(
        "REGS_LEVEL",
        "rules of an unknown level",
        NOT,
        cells(art20_1__regulations__disclosed_total=3),
        place="regulations",
        reason="level_or_figure_unknown",
    ),
    Case(
        "RL_SCALE",
        "62 reconsiderations and 21 lawsuits on 182 results (江苏省公安厅 2023)",
        PASS,
        cells(**{RESULTS: 182, DISPUTES: 62, "review_litigation__litigation_direct__total": 21}),
    ),
    Case("RL_SCALE", "more than three disputes a result", FAIL, cells(**{RESULTS: 4, DISPUTES: 13})),
    Case("RL_SCALE", "a few disputes are not judged", PASS, cells(**{RESULTS: 0, DISPUTES: 9})),
    Case(
        "RL_SCALE",
        "disputes beside a blank number of results",
        NOT,
        cells(**{RESULTS: None, DISPUTES: 13}),
        reason="blank",
    ),
    Case(
        "S_TRAIN",
        "one training, two trained (衢江 2020)",
        PASS,
        cells(stats_2014__trainings__value=1, stats_2014__trainees__value=2),
        form="2014",
        place="value",
    ),
    Case(
        "S_TRAIN",
        "trained without a training",
        FAIL,
        cells(stats_2014__trainings__value=0, stats_2014__trainees__value=2),
        form="2014",
        place="value",
    ),
    Case(
        "S_TRAIN",
        "trained beside a blank number of trainings",
        NOT,
        cells(stats_2014__trainings__value=None, stats_2014__trainees__value=2),
        form="2014",
        place="value",
        reason="blank",
    ),
]


@pytest.fixture(scope="module")
def checks(check: Check) -> pd.DataFrame:
    return check({case.name: {"form": case.form, **case.given} for case in CASES})


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_rule_judges(checks: pd.DataFrame, verdicts: Judge, case: Case) -> None:
    assert verdicts(checks, case.code, case.name).get(case.place) == (case.verdict, case.reason)


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.run.__module__.endswith(".tables")])
def test_every_rule_is_seen_to_hold_to_fail_and_not_to_apply(code: str) -> None:
    assert {case.verdict for case in CASES if case.code == code} == {PASS, FAIL, NOT}
