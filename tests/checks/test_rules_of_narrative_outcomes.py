"""Outcomes, normative documents and disputes told in the text: rules that hold, fail, and cannot judge."""

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
IF_ZERO, WHATEVER = "pass_if_blank_is_zero", "fail_whatever_blanks_are"
DENIED = ("requests__denied_third_party__total", "requests__denied_process_info__total")


@dataclass(frozen=True)
class Case:
    """A report, and what a rule says of it at one place (of several rows: the row; of several columns: the row, too)."""

    code: str
    fact: str
    verdict: str
    place: str = ""
    cells: Mapping[str, float | str | None] = field(default_factory=dict)
    told: tuple[tuple[str, float], ...] = ()
    form: str = "2021"
    reason: str | None = None
    sentence: str = "办理政府信息公开申请。"
    section: str = "overview"
    fill: float | None = 0.0

    @property
    def name(self) -> str:
        return f"{self.code}: {self.fact}"

    @property
    def given(self) -> Given:
        figures = [
            {"topic": topic, "value": value, "sentence": self.sentence, "section": self.section}
            for topic, value in self.told
        ]
        cells = {name.replace("__", "."): value for name, value in self.cells.items()}
        return {"form": self.form, "cells": cells, "figures": figures, "fill": self.fill}


GRANTED = "requests__granted__total"
CASES = [
    Case("NARR_OUTCOME", "granted as in the table", PASS, "granted", {GRANTED: 9}, (("granted", 9),)),
    Case("NARR_OUTCOME", "granted otherwise", FAIL, "granted", {GRANTED: 9}, (("granted", 8),)),
    Case("NARR_OUTCOME", "granted beside a blank", NOT, "granted", {GRANTED: None}, (("granted", 8),), reason="blank"),
    Case("NARR_OUTCOME", "granted beside what was not read", NOT, "granted", {GRANTED: "ambiguous"},
         (("granted", 8),), reason="unread"),
    Case("NARR_OUTCOME", "nothing told", NOT, "", {GRANTED: 9}, reason="not_told"),
    Case("NARR_OUTCOME", "published on its own, not on request", NOT, "", {GRANTED: 9}, (("granted", 120),),
         reason="not_told", sentence="应公开的信息予以公开。"),
    Case("NARR_OUTCOME", "in the chapter on requests", PASS, "granted", {GRANTED: 9}, (("granted", 9),), sentence="其中。",
         section="requests"),
    Case("NARR_OUTCOME", "refusals are the sum over eight rows", PASS, "denied", {DENIED[0]: 2, DENIED[1]: 3},
         (("denied", 5),)),
    Case("NARR_OUTCOME", "a sum with blanks that is right without them", IF_ZERO, "denied", {DENIED[0]: 2, DENIED[1]: 3},
         (("denied", 5),), fill=None),
    Case("NARR_OUTCOME", "a sum with blanks that exceeds what is told", WHATEVER, "denied", {DENIED[0]: 2, DENIED[1]: 4},
         (("denied", 5),), fill=None),
    Case("NARR_OUTCOME", "a sum whose blanks may hold the rest", NOT, "denied", {DENIED[0]: 2, DENIED[1]: 2},
         (("denied", 5),), fill=None, reason="blank"),
    Case("NARR_OUTCOME", "a sum of blanks", NOT, "denied", {DENIED[0]: None}, (("denied", 5),), fill=None,
         reason="blank"),
    Case("NARR_OUTCOME", "a row that the form does not have", NOT, "denied",
         {DENIED[0]: 2, "requests__unknown:属于工作秘密__total": 3}, (("denied", 5),), reason="unread"),
    Case("NARR_OUTCOME", "other handling has three rows since 2021", PASS, "other",
         {"requests__other_misc__total": 2, "requests__other_overdue_fee__total": 1}, (("other_handling", 3),)),
    Case("NARR_OUTCOME", "and one before", FAIL, "other", {"requests__other_handling__total": 2},
         (("other_handling", 3),), form="2019"),
    Case("NARR_OUTCOME", "a reply of the form of 2014", FAIL, "reply_granted", {"stats_2014__reply_granted__value": 4},
         (("granted", 3),), form="2014"),
    Case("NARR_OUTCOME", "not existing is a row of 2014", PASS, "reply_not_exist",
         {"stats_2014__reply_not_exist__value": 4}, (("reply_not_exist", 4),), form="2014"),
    Case("NARR_OUTCOME", "of several figures told one agrees", PASS, "granted", {GRANTED: 9},
         (("granted", 7), ("granted", 9))),
    Case("NARR_NORMATIVE", "issued, as in the table", PASS, "normative_documents",
         {"art20_1__normative_documents__issued_this_year": 5}, (("normative_documents_issued", 5),)),
    Case("NARR_NORMATIVE", "another number in force", FAIL, "normative_documents",
         {"art20_1__normative_documents__in_force": 74}, (("normative_documents_in_force", 73),)),
    Case("NARR_NORMATIVE", "repealed beside a blank", NOT, "normative_documents",
         {"art20_1__normative_documents__repealed_this_year": None}, (("normative_documents_repealed", 2),),
         reason="blank"),
    Case("NARR_NORMATIVE", "made, on the form of 2019", PASS, "normative_documents",
         {"art20_1__normative_documents__made_this_year": 2}, (("normative_documents_issued", 2),), form="2019"),
    Case("NARR_NORMATIVE", "issued, on the form of 2014", FAIL, "normative_documents_issued",
         {"stats_2014__normative_documents_issued__value": 2}, (("normative_documents_issued", 3),), form="2014"),
    Case("NARR_NORMATIVE", "nothing told", NOT, "", {"art20_1__normative_documents__in_force": 74}, reason="not_told"),
    Case("NARR_DISPUTE", "none, as in the table (衢江 2020)", PASS, "reconsiderations_total",
         {"stats_2014__reconsiderations_total__value": 0}, (("reconsiderations_total", 0),), form="2014",
         sentence="无相关行政复议和行政诉讼。", section="disputes"),
    Case("NARR_DISPUTE", "62 reconsiderations (江苏省公安厅 2023)", PASS, "reconsideration",
         {"review_litigation__reconsideration__total": 62}, (("reconsiderations_total", 62),), section="disputes"),
    Case("NARR_DISPUTE", "lawsuits are the sum of both kinds", FAIL, "litigation",
         {"review_litigation__litigation_direct__total": 14, "review_litigation__litigation_after_review__total": 7},
         (("litigations_total", 20),), section="disputes"),
    Case("NARR_DISPUTE", "a kind left blank", NOT, "litigation",
         {"review_litigation__litigation_direct__total": 14, "review_litigation__litigation_after_review__total": None},
         (("litigations_total", 20),), section="disputes", reason="blank"),
    Case("NARR_DISPUTE", "cases that a body decides for others", NOT, "",
         {"review_litigation__reconsideration__total": 1}, (("reconsiderations_total", 120),),
         sentence="全年办理行政复议案件120件。", reason="not_told"),
]  # fmt: skip


@pytest.fixture(scope="module")
def checks(check: Check) -> pd.DataFrame:
    return check({case.name: case.given for case in CASES})


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_rule_judges(checks: pd.DataFrame, verdicts: Judge, case: Case) -> None:
    assert verdicts(checks, case.code, case.name).get(case.place) == (case.verdict, case.reason)


@pytest.mark.parametrize(
    "code", [code for code, rule in RULES.items() if rule.run.__module__.endswith(".narrative_outcomes")]
)
def test_every_rule_is_seen_to_hold_to_fail_and_not_to_apply(code: str) -> None:
    assert {PASS, FAIL, NOT} <= {case.verdict for case in CASES if case.code == code}


def quoted(check: Check, cells: Given, topic: str, value: float, form: str = "2021") -> str | None:
    """Return the cell that the only failing comparison says the text quotes."""
    named = {name.replace("__", "."): figure for name, figure in cells.items()}
    figure = {"topic": topic, "value": value, "sentence": "收到申请。", "section": "disputes"}
    checks = check({"a": {"form": form, "cells": named, "figures": [figure]}})
    failing = checks[checks["status"].isin([FAIL, WHATEVER]) & checks["code"].str.startswith("NARR")]
    (detail,) = failing["detail"]
    return str(detail).partition("quotes=")[2] or None


NEW = "requests__new_received"


def test_a_figure_of_one_column_is_said_to_be_that(check: Check) -> None:
    cells = {f"{NEW}__total": 50, f"{NEW}__natural_person": 48, f"{NEW}__business": 2}

    assert quoted(check, cells, "requests_received", 48) == "requests.new_received.natural_person"


def test_of_a_total_and_its_only_part_the_total_is_quoted(check: Check) -> None:
    cells = {f"{NEW}__total": 50, "requests__granted__total": 48, "requests__granted__natural_person": 48}

    assert quoted(check, cells, "requests_received", 48) == "requests.granted.total"


def test_new_and_carried_in_together_are_quoted_as_a_sum(check: Check) -> None:
    cells = {f"{NEW}__total": 252, "requests__carried_in__total": 10}

    assert quoted(check, cells, "requests_received", 262) == "requests.new_received.total+requests.carried_in.total"


def test_both_kinds_of_lawsuits_together_are_quoted_as_a_sum(check: Check) -> None:
    cells = {"review_litigation__litigation_direct__total": 2, "review_litigation__litigation_after_review__total": 3}

    assert quoted(check, cells, "litigation_direct", 5) == (
        "review_litigation.litigation_direct.total+review_litigation.litigation_after_review.total"
    )


def test_a_figure_in_several_cells_is_no_quotation(check: Check) -> None:
    cells = {f"{NEW}__total": 50, "requests__granted__total": 48, "requests__results_total__total": 48}

    assert quoted(check, cells, "requests_received", 48) is None


@pytest.mark.parametrize("value", [0, 1])
def test_none_and_one_are_no_quotation(check: Check, value: float) -> None:
    cells = {f"{NEW}__total": 50, "requests__granted__total": 1}

    assert quoted(check, cells, "requests_received", value) is None


def test_cells_in_another_unit_are_no_quotation(check: Check) -> None:
    cells = {"stats_2014__reply_granted__value": 4, "stats_2014__staff_total__value": 7}

    assert quoted(check, cells, "granted", 7, "2014") is None


def test_items_told_may_be_those_of_a_channel(check: Check) -> None:
    """Qujiang 2020 tells 120 items, counts none, and counts 120 on its website."""
    cells = {"stats_2014__proactive_total__value": 0, "stats_2014__channel_website__value": 120}

    assert quoted(check, cells, "proactive_total", 120, "2014") == "stats_2014.channel_website.value"
