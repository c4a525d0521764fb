"""Rules about reports before 2014, whose figures are told in words."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pytest

from gia_analysis.checks import RULES
from gia_analysis.reading.prose import read_figures
from gia_analysis.records import Section

Given = Mapping[str, Any]
Check = Callable[[Mapping[str, Given]], pd.DataFrame]
Judge = Callable[[pd.DataFrame, str, str], dict[str, tuple[str, str | None]]]

PASS, FAIL, NOT = "pass", "fail", "not_applicable"
CHANNELS = "当面申请3条，传真申请0条，电子邮件申请5条，网上申请10条，信函申请7条"


def report(text: str, **facts: Any) -> Given:
    """A report of 2012 without any table, whose chapter on requests is the text."""
    figures = read_figures([Section("requests", "三", "依申请公开情况", text, 1)])
    names = ("topic", "value", "unit", "approximate", "raw", "sentence", "breakdown", "role")
    told = [{name: getattr(figure, name) for name in names} for figure in figures]
    return {"form": "pre2014", "figures": told, "facts": {"form": None, "year": 2012, **facts}}


CASES = [
    ("P_TOLD_RECEIVED", f"共受理申请25条，其中{CHANNELS}。", PASS, None),
    ("P_TOLD_RECEIVED", f"共受理申请26条，其中{CHANNELS}。", FAIL, None),
    ("P_TOLD_RECEIVED", f"共受理申请26条，其中{CHANNELS}，其他形式1条。", PASS, None),
    ("P_TOLD_RECEIVED", "共受理申请26条，其中网上申请10条，信函申请7条。", NOT, "parts_missing"),
    ("P_TOLD_RECEIVED", f"共受理申请26条，其中{CHANNELS}。另有网上申请2条申请。", NOT, "told_more_than_once"),
    ("P_TOLD_RECEIVED", f"共受理申请约26条，其中{CHANNELS}。", NOT, "not_told"),
    ("P_TOLD_RECEIVED", "共受理申请26条。", NOT, "not_told"),
    ("P_TOLD_REPLIES", "答复申请20条，同意公开12条，同意部分公开3条，不予公开5条。", PASS, None),
    ("P_TOLD_REPLIES", "答复申请20条，同意公开12条，同意部分公开3条，不予公开4条。", FAIL, None),
    ("P_TOLD_REPLIES", "答复申请20条，同意公开12条。", NOT, "parts_missing"),
    ("P_TOLD_REPLIES", "一切如常。", NOT, "not_told"),
    ("P_TOLD_DENIED", "不予公开5条，其中涉及国家秘密2条，信息不存在3条。", PASS, None),
    ("P_TOLD_DENIED", "不予公开5条，其中涉及国家秘密3条，信息不存在3条。", FAIL, None),
    ("P_TOLD_DENIED", "不予公开5条，其中涉及国家秘密1条，信息不存在3条。", NOT, "list_may_be_partial"),
    ("P_TOLD_DENIED", "不予公开5条，其中涉及国家秘密1条，信息不存在2条，其他原因1条。", FAIL, None),
    ("P_TOLD_DENIED", "不予公开5条，其中自然人申请3条，企业申请3条。", NOT, "reasons_not_known"),
    ("P_TOLD_DENIED", "不予公开5条，其中涉及国家秘密3余条，信息不存在3条。", NOT, "approximate"),
    ("P_TOLD_DENIED", "不予公开5条。", NOT, "not_told"),
    ("P_TOLD_CUMULATIVE", "自条例施行以来累计公开政府信息5000条，2012年公开政府信息1200条。", PASS, None),
    ("P_TOLD_CUMULATIVE", "自条例施行以来累计公开政府信息500条，2012年公开政府信息1200条。", FAIL, None),
    ("P_TOLD_CUMULATIVE", "自条例施行以来累计公开政府信息5000余条，2012年公开政府信息1200条。", NOT, "not_told"),
]


OTHERS: Mapping[str, Given] = {
    "of 2016": report(f"共受理申请26条，其中{CHANNELS}。", year=2016),
    "of an unknown year": report(f"共受理申请26条，其中{CHANNELS}。", year=None),
    "on the form of 2014": {
        **report(f"共受理申请26条，其中{CHANNELS}。"),
        "form": "2014",
        "facts": {"year": 2013, "form": "2014"},
        "cells": {"stats_2014.requests_received.value": 26},
    },
}


@pytest.fixture(scope="module")
def checks(check: Check) -> pd.DataFrame:
    """The checks of every case, all in one go."""
    table = report(f"共受理申请26条，其中{CHANNELS}。", form="pre2014", year=None)
    return check({f"{code} {text}": report(text) for code, text, _, _ in CASES} | OTHERS | {"with a table": table})


@pytest.mark.parametrize(("code", "text", "verdict", "reason"), CASES)
def test_a_rule_judges(
    checks: pd.DataFrame, verdicts: Judge, code: str, text: str, verdict: str, reason: str | None
) -> None:
    assert verdicts(checks, code, f"{code} {text}") == {"": (verdict, reason)}


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.run.__module__.endswith(".pre2014")])
def test_every_rule_is_seen_to_hold_to_fail_and_not_to_apply(code: str) -> None:
    assert {verdict for each, _, verdict, _ in CASES if each == code} == {PASS, FAIL, NOT}


@pytest.mark.parametrize("other", OTHERS)
def test_reports_of_another_time_are_not_judged(checks: pd.DataFrame, verdicts: Judge, other: str) -> None:
    assert verdicts(checks, "P_TOLD_RECEIVED", other) == {}


def test_a_report_with_the_local_table_is_one_of_that_time(checks: pd.DataFrame, verdicts: Judge) -> None:
    assert verdicts(checks, "P_TOLD_RECEIVED", "with a table") == {"": (FAIL, None)}
