"""Percentages told in the text against the two numbers they are made of."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pytest

from gia_analysis.reading.prose import read_figures
from gia_analysis.records import Section

Given = Mapping[str, Any]
Check = Callable[[Mapping[str, Given]], pd.DataFrame]
Shares = Mapping[str, list[tuple[str, str | None]]]

PASS, FAIL, NOT = "pass", "fail", "not_applicable"
TABLE = {"requests.new_received.total": 60, "requests.carried_in.total": 6, "requests.results_total.total": 66}


def report(text: str, cells: Given | None = None, form: str = "2021") -> Given:
    """A report whose chapter one is the text."""
    figures = read_figures([Section("overview", "一", "总体情况", text, 1)])
    names = ("topic", "value", "unit", "approximate", "raw", "sentence", "breakdown", "role")
    told = [{name: getattr(figure, name) for name in names} for figure in figures]
    return {"form": form, "cells": TABLE if cells is None else cells, "figures": told}


JUDGED = [
    ("共答复申请34430件，其中予以公开或部分公开10538件，占比30.61%。", PASS),  # 上海市 2023
    ("共答复申请34430件，其中予以公开或部分公开10538件，占比30.6%。", PASS),
    ("共答复申请34430件，其中予以公开或部分公开10538件，占比31%。", PASS),
    ("共答复申请34430件，其中予以公开或部分公开10538件，占比30.71%。", FAIL),
    ("共答复申请34,430件，其中予以公开或部分公开10,538件，占答复总数的30.61%。", PASS),
    ("公开信息200条，其中政策类50条（占25%），解读类30条，占16%。", FAIL),
    ("收到申请100件，比上年增加25件，增长33.3%。", PASS),
    ("收到申请100件，比2022年减少25件，下降20%。", PASS),
    ("收到申请100件，较上年增加25件，同比增长25%。", FAIL),
    ("收到申请50件，办结40件，办结率80%。", PASS),
    ("收到申请50件，办结40件，办结率100%。", FAIL),
    ("依申请公开办结率达到100%。", PASS),
    ("依申请公开办结率为98%。", FAIL),
]
NOT_CERTAIN = [
    "收到申请100件，办结90件，其中予以公开30件，占30%。",  # of which of the two
    "收到申请约100件，其中予以公开30件，占比40%。",
    "收到申请100余件，其中予以公开30件，占比40%。",
    "收到申请100件，其中予以公开30件，约占40%。",
    "收到申请100件，其中网上申请30件，占全市总数的12%。",
    "收到申请100件，其中网上申请30件，占信函总数的12%。",
    "收到申请100件，其中网上申请30件，占去年的12%。",
    "公开率为12%，满意度达98%。",
    "政府信息公开申请按时办结率98%。",
    "收到申请3件；建议提案办结率90%。",
    "收到申请100件，增长33.3%。",
]
LIST = "公开信息200条，其中政策类50条，占25%，解读类30条，占16%，其他120条，占60%。"
NO_SHARE = "收到申请60件。"
NO_CELLS = {"art20_6.penalty.decisions": 0}


@pytest.fixture(scope="module")
def shares(check: Check) -> Shares:
    """The verdicts on every text, all in one go; those with numbers of their own stand without the table."""
    texts = [*(text for text, _ in JUDGED), *NOT_CERTAIN, LIST, NO_SHARE]
    reports = {text: report(text, NO_CELLS if "50件" in text else None) for text in texts}
    blank = {"requests.new_received.total": None, "requests.results_total.total": 66}
    rows = {"stats_2014.requests_received.value": 50, "stats_2014.requests_concluded.value": 49}
    reports["beside a blank"] = report("依申请公开办结率98%。", blank)
    reports["on the form of 2014"] = report("依申请公开办结率98%。", rows, "2014")
    checks = check(reports)
    own = checks[checks["code"] == "NARR_SHARE"]
    found: dict[str, list[tuple[str, str | None]]] = {}
    for name, status, reason in own[["report_id", "status", "reason"]].itertuples(index=False):
        found.setdefault(name, []).append((status, reason if isinstance(reason, str) else None))
    return found


@pytest.mark.parametrize(("text", "expected"), JUDGED)
def test_a_share_is_held_against_its_numbers(shares: Shares, text: str, expected: str) -> None:
    """The table counts 60 new and 6 carried in, and 66 results."""
    assert shares[text][-1] == (expected, None)


def test_every_share_of_a_list_is_judged_by_itself(shares: Shares) -> None:
    assert shares[LIST] == [(PASS, None), (FAIL, None), (PASS, None)]


@pytest.mark.parametrize("text", NOT_CERTAIN)
def test_a_share_of_uncertain_numbers_is_not_judged(shares: Shares, text: str) -> None:
    assert shares[text] == [(NOT, "numbers_not_certain")]


def test_a_rate_beside_blanks_is_not_judged(shares: Shares) -> None:
    assert shares["beside a blank"] == [(NOT, "numbers_not_certain")]


def test_a_rate_of_the_form_of_2014_is_judged_by_its_rows(shares: Shares) -> None:
    assert shares["on the form of 2014"] == [(PASS, None)]


def test_a_text_without_shares_tells_none(shares: Shares) -> None:
    assert shares[NO_SHARE] == [(NOT, "not_told")]
