"""Rules about the report as a document: one in which each holds, one in which it does not, one it cannot judge."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
import pytest

from gia_analysis.checks import RULES, run_checks
from gia_analysis.schema import Frames, build

Given = Mapping[str, Any]
Check = Callable[[Mapping[str, Given]], pd.DataFrame]
Judge = Callable[[pd.DataFrame, str, str], dict[str, tuple[str, str | None]]]

PASS, FAIL, NOT = "pass", "fail", "not_applicable"
SIX = ("overview", "proactive", "requests", "disputes", "problems", "other")


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


def facts(**values: Any) -> Given:
    return {"facts": values}


CASES = [
    Case("FORM_YEAR", "the form of 2019 for 2020", PASS, facts(year=2020)),
    Case("FORM_YEAR", "the form of 2014 for 2020 (衢江)", FAIL, facts(year=2020), form="2014"),
    Case("FORM_YEAR", "the form of 2019 for 2021 (平利县正阳镇)", FAIL, facts(year=2021)),
    Case("FORM_YEAR", "blocks of two forms", FAIL, facts(year=2021, form="mixed"), form="2021"),
    Case("FORM_YEAR", "an unknown year", NOT, reason="form_or_year_unknown"),
    Case("FORM_YEAR", "a year before the Regulation", NOT, facts(year=2007), reason="form_or_year_unknown"),
    Case(
        "PUBLISHED_LATE",
        "a department on 31 January",
        PASS,
        facts(year=2020, published="2021-01-31", agency_type="department"),
    ),
    Case(
        "PUBLISHED_LATE",
        "a department on 1 February",
        FAIL,
        facts(year=2020, published="2021-02-01", agency_type="department"),
    ),
    Case(
        "PUBLISHED_LATE",
        "an institution on 20 February (衢江 2020)",
        FAIL,
        facts(year=2020, published="2021-02-20", agency_type="public_institution"),
    ),
    Case(
        "PUBLISHED_LATE",
        "a government on 31 March",
        PASS,
        facts(year=2020, published="2021-03-31", agency_type="government"),
    ),
    Case(
        "PUBLISHED_LATE",
        "a government on 1 April",
        FAIL,
        facts(year=2020, published="2021-04-01", agency_type="government"),
    ),
    Case(
        "PUBLISHED_LATE",
        "a department in March for 2018, before the revised Regulation",
        PASS,
        facts(year=2018, published="2019-03-31", agency_type="department"),
        form="2014",
    ),
    Case(
        "PUBLISHED_LATE",
        "a department in April for 2018",
        FAIL,
        facts(year=2018, published="2019-04-01", agency_type="department"),
        form="2014",
    ),
    Case("PUBLISHED_LATE", "no date", NOT, facts(year=2020, agency_type="department"), reason="date_or_agency_unknown"),
    Case(
        "PUBLISHED_LATE",
        "an unknown body",
        NOT,
        facts(year=2020, published="2021-02-20"),
        reason="date_or_agency_unknown",
    ),
    Case("FILED_BEFORE_PERIOD_END", "published after the year", PASS, facts(year=2020, published="2021-01-17")),
    Case(
        "FILED_BEFORE_PERIOD_END",
        "filled in on 29 December (衢江 2020)",
        FAIL,
        facts(year=2020, filed="2020-12-29", published="2021-02-20"),
    ),
    Case(
        "FILED_BEFORE_PERIOD_END",
        "published before the period told had ended",
        FAIL,
        facts(year=2020, period_end="2020-12-30", published="2020-12-25"),
    ),
    Case("FILED_BEFORE_PERIOD_END", "no date", NOT, facts(year=2020), reason="date_unknown"),
    Case("YEAR_CONFLICT", "one year in both", PASS, facts(title_year=2020, period_end="2020-12-31")),
    Case(
        "YEAR_CONFLICT",
        "titled 2020, counting 2021 (邹城市田黄镇)",
        FAIL,
        facts(title_year=2020, period_end="2021-12-31"),
    ),
    Case("YEAR_CONFLICT", "no period", NOT, facts(title_year=2020), reason="one_year_only"),
    Case("SECTION_MISSING", "all six chapters", PASS, {"sections": ["preamble", *SIX, "signature"]}),
    Case("SECTION_MISSING", "chapter six missing (浈江 2020)", FAIL, {"sections": SIX[:5]}),
    Case("SECTION_MISSING", "no chapter at all", FAIL, {"sections": []}),
    Case("SECTION_MISSING", "the form of 2014 prescribes none", NOT, form="2014", reason="no_chapters_prescribed"),
]


@pytest.fixture(scope="module")
def checks(check: Check) -> pd.DataFrame:
    return check({case.name: {"form": case.form, **case.given} for case in CASES})


SPAM_TEXTS = [
    ("plain", "全年主动公开政府信息337条，涉及体育彩票、药品、网络赌博治理，政务服务app下载量上升。", PASS, None),
    ("a site's name replaced (通济街道 2020)", "可浏览某某App 官方下载、街道政务网等网站。", FAIL, None),
    ("a term replaced (mirrors)", "（二）365体育官网。未收到申请。", FAIL, None),
    ("no text", "", NOT, "no_text"),
]


@pytest.fixture(scope="module")
def checks_of_texts(frames: Callable[[Mapping[str, Given]], Frames]) -> pd.DataFrame:
    made = frames({name: {"form": "2019", "cells": {"art20_6.penalty.decisions": 0}} for name, *_ in SPAM_TEXTS})
    rows = [
        {"report_id": name, "source": f"{name}.txt", "section": "overview", "order": 0, "level": 1, "text": text}
        for name, text, *_ in SPAM_TEXTS
    ]
    return run_checks(replace(made, sections=build("sections", rows)))


@pytest.mark.parametrize(("name", "text", "verdict", "reason"), SPAM_TEXTS)
def test_spam_of_hacked_pages_is_found(
    checks_of_texts: pd.DataFrame, verdicts: Judge, name: str, text: str, verdict: str, reason: str | None
) -> None:
    assert verdicts(checks_of_texts, "SPAM_TEXT", name) == {"": (verdict, reason)}


def test_the_words_of_spam_are_told_with_what_they_advertise(checks_of_texts: pd.DataFrame) -> None:
    failing = checks_of_texts[(checks_of_texts["code"] == "SPAM_TEXT") & (checks_of_texts["status"] == FAIL)]

    assert sorted(failing["detail"]) == ["downloads:app官方下载", "gambling:365体育"]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_rule_judges(checks: pd.DataFrame, verdicts: Judge, case: Case) -> None:
    assert verdicts(checks, case.code, case.name).get(case.place) == (case.verdict, case.reason)


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.run.__module__.endswith(".documents")])
def test_every_rule_is_seen_to_hold_to_fail_and_not_to_apply(code: str) -> None:
    of_texts = {verdict for _, _, verdict, _ in SPAM_TEXTS} if code == "SPAM_TEXT" else set()
    assert {case.verdict for case in CASES if case.code == code} | of_texts == {PASS, FAIL, NOT}
