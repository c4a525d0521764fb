"""Rules about text and tables: a report in which each holds, one in which it does not, one it cannot judge."""

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


def told(topic: str, value: float, sentence: str = "", *, approximate: bool = False) -> Given:
    return {"topic": topic, "value": value, "sentence": sentence, "approximate": approximate}


def listed(total: float, *parts: float, rest: float | None = None, approximate: bool = False) -> Given:
    """Figures of one enumeration (其中…), with or without an 'other'."""
    members = [("total", total), *(("part", part) for part in parts), *([] if rest is None else [("rest", rest)])]
    return {
        "figures": [
            {"breakdown": 1, "role": role, "value": value, "approximate": approximate} for role, value in members
        ]
    }


RECEIVED, CARRIED, RESULTS = (
    "requests__new_received__total",
    "requests__carried_in__total",
    "requests__results_total__total",
)
CASES = [
    Case(
        "NARR_REQUESTS",
        "as many as in the table (xushui 2020)",
        PASS,
        {**cells(**{RECEIVED: 1}), "figures": [told("requests_received", 1)]},
        place="new_received",
    ),
    Case(
        "NARR_REQUESTS",
        "fewer than in the table",
        FAIL,
        {**cells(**{RECEIVED: 2}), "figures": [told("requests_received", 1)]},
        place="new_received",
    ),
    Case(
        "NARR_REQUESTS",
        "with those carried in, and the text says so",
        PASS,
        {
            **cells(**{RECEIVED: 252, CARRIED: 10}),
            "figures": [told("requests_received", 262, "收到申请262件（含上年结转10件）")],
        },
        place="new_received",
    ),
    Case(
        "NARR_REQUESTS",
        "with those carried in, but another number",
        FAIL,
        {
            **cells(**{RECEIVED: 252, CARRIED: 10}),
            "figures": [told("requests_received", 263, "收到申请263件（含上年结转10件）")],
        },
        place="new_received",
    ),
    Case(
        "NARR_REQUESTS",
        "with those carried in, which are blank in the table",
        PASS,
        {
            **cells(**{RECEIVED: 252, CARRIED: None}),
            "figures": [told("requests_received", 252, "收到申请252件，其中上年结转10件")],
        },
        place="new_received",
    ),
    Case(
        "NARR_REQUESTS",
        "with those carried in, and the text does not say so",
        FAIL,
        {**cells(**{RECEIVED: 252, CARRIED: 10}), "figures": [told("requests_received", 262)]},
        place="new_received",
    ),
    Case(
        "NARR_REQUESTS",
        "one told, two in the table (tongji 2020)",
        FAIL,
        {**cells(**{RECEIVED: 2}), "figures": [told("request_told", 1)]},
        place="new_received",
    ),
    Case(
        "NARR_REQUESTS",
        "two told one by one",
        PASS,
        {**cells(**{RECEIVED: 2}), "figures": [told("request_told", 1), told("request_told", 1)]},
        place="new_received",
    ),
    Case(
        "NARR_REQUESTS",
        "one told as an example beside the total",
        PASS,
        {**cells(**{RECEIVED: 2}), "figures": [told("request_told", 1), told("requests_received", 2)]},
        place="new_received",
    ),
    Case(
        "NARR_REQUESTS",
        "an approximate number is not judged",
        NOT,
        {**cells(**{RECEIVED: 210}), "figures": [told("requests_received", 200, approximate=True)]},
        place="new_received",
        reason="not_told",
    ),
    Case("NARR_REQUESTS", "not told", NOT, cells(**{RECEIVED: 2}), place="new_received", reason="not_told"),
    Case(
        "NARR_REQUESTS",
        "told beside a blank",
        NOT,
        {**cells(**{RECEIVED: None}), "figures": [told("requests_received", 1)]},
        place="new_received",
        reason="blank",
    ),
    Case(
        "NARR_REQUESTS",
        "the form of 2014",
        FAIL,
        {**cells(stats_2014__requests_received__value=0), "figures": [told("requests_received", 1)]},
        form="2014",
        place="requests_received",
    ),
    Case(
        "NARR_CARRY",
        "three carried out (江苏省公安厅 2023)",
        PASS,
        {**cells(requests__carried_out__total=3), "figures": [told("carried_out", 3)]},
        place="carried_out",
    ),
    Case(
        "NARR_CARRY",
        "another number carried out",
        FAIL,
        {**cells(requests__carried_out__total=3), "figures": [told("carried_out", 2)]},
        place="carried_out",
    ),
    Case(
        "NARR_CARRY",
        "another number carried in",
        FAIL,
        {**cells(**{CARRIED: 1}), "figures": [told("carried_in", 0)]},
        place="carried_in",
    ),
    Case(
        "NARR_CARRY",
        "another number concluded",
        FAIL,
        {**cells(**{RESULTS: 182}), "figures": [told("results_total", 181)]},
        place="results_total",
    ),
    Case(
        "NARR_CARRY",
        "concluded and replied to are two rows of 2014",
        PASS,
        {
            **cells(stats_2014__requests_concluded__value=66, stats_2014__replies_total__value=68),
            "figures": [told("results_total", 66), told("replies_total", 68)],
        },
        form="2014",
        place="replies_total",
    ),
    Case(
        "NARR_CARRY",
        "replied to, in words of its own",
        PASS,
        {**cells(**{RESULTS: 182}), "figures": [told("replies_total", 182)]},
        place="results_total",
    ),
    Case("NARR_CARRY", "not told", NOT, cells(**{RESULTS: 182}), place="results_total", reason="not_told"),
    Case(
        "NARR_PROACTIVE",
        "as many as in the table",
        PASS,
        {**cells(stats_2014__proactive_total__value=120), "figures": [told("proactive_total", 120)]},
        form="2014",
        place="proactive_total",
    ),
    Case(
        "NARR_PROACTIVE",
        "120 told, none in the table (衢江 2020)",
        FAIL,
        {**cells(stats_2014__proactive_total__value=0), "figures": [told("proactive_total", 120)]},
        form="2014",
        place="proactive_total",
    ),
    Case(
        "NARR_PROACTIVE",
        "not told",
        NOT,
        cells(stats_2014__proactive_total__value=0),
        form="2014",
        place="proactive_total",
        reason="not_told",
    ),
    Case("NARR_BREAKDOWN", "132 = 12 + 35 + 27 + 33 + 25 (xiandi 2020)", PASS, listed(132, 12, 35, 27, 33, rest=25)),
    Case("NARR_BREAKDOWN", "49 against 48, with an 'other' (浈江 2020)", FAIL, listed(49, 3, 0, 34, 2, 3, 5, rest=1)),
    Case("NARR_BREAKDOWN", "parts that exceed the total", FAIL, listed(100, 80, 30)),
    Case("NARR_BREAKDOWN", "a total divided twice, by channel and by applicant", PASS, listed(100, 60, 40, 90, 10)),
    Case("NARR_BREAKDOWN", "amounts of money", PASS, listed(0.3, 0.1, 0.2)),
    Case(
        "NARR_BREAKDOWN",
        "a list that may be partial is not judged",
        NOT,
        listed(100, 20, 10),
        reason="list_may_be_partial",
    ),
    Case(
        "NARR_BREAKDOWN",
        "approximate figures are not judged",
        NOT,
        listed(100, 80, 30, approximate=True),
        reason="approximate",
    ),
]


@pytest.fixture(scope="module")
def checks(check: Check) -> pd.DataFrame:
    return check({case.name: {"form": case.form, **case.given} for case in CASES})


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_rule_judges(checks: pd.DataFrame, verdicts: Judge, case: Case) -> None:
    assert verdicts(checks, case.code, case.name).get(case.place) == (case.verdict, case.reason)


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.run.__module__.endswith(".narrative")])
def test_every_rule_is_seen_to_hold_to_fail_and_not_to_apply(code: str) -> None:
    assert {case.verdict for case in CASES if case.code == code} == {PASS, FAIL, NOT}
