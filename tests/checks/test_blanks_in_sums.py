"""What a sum says where cells are blank or could not be read: blank is told apart from zero, and unread from blank."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pytest

Given = Mapping[str, Any]
Check = Callable[[Mapping[str, Given]], pd.DataFrame]
Judge = Callable[[pd.DataFrame, str, str], dict[str, tuple[str, str | None]]]


@dataclass(frozen=True)
class Case:
    """A report on the form of 2019 whose other cells are blank, and the verdict of a sum at one place."""

    fact: str
    code: str
    place: str
    cells: dict[str, float | str | None]
    verdict: str
    reason: str | None = None
    match: str | None = "exact"


def requests(column: str = "total", **figures: float | str | None) -> dict[str, float | str | None]:
    return {f"requests.{row}.{column}": figure for row, figure in figures.items()}


def received(**figures: float | str | None) -> dict[str, float | str | None]:
    return {f"requests.new_received.{column}": figure for column, figure in figures.items()}


def licences(**figures: float | str | None) -> dict[str, float | str | None]:
    return {f"art20_5.licensing.{column}": figure for column, figure in figures.items()}


def documents(**figures: float | str | None) -> dict[str, float | str | None]:
    return {f"art20_1.regulations.{column}": figure for column, figure in figures.items()}


ZERO_IF_BLANK, CANNOT = "pass_if_blank_is_zero", "fail_whatever_blanks_are"
NOT = "not_applicable"
CASES = [
    Case(
        "xushui 2020: one request not held, all other outcomes blank",
        "REQ_RESULTS",
        "total",
        requests(results_total=1, unable_not_held=1),
        ZERO_IF_BLANK,
    ),
    Case(
        "xiandi 2020: only the total is filled, with zero", "REQ_ROW", "new_received", received(total=0), ZERO_IF_BLANK
    ),
    Case(
        "a blank may hold what is lacking, but zero is what it must be",
        "REQ_ROW",
        "new_received",
        received(total=3, natural_person=2),
        "fail",
    ),
    Case("a part larger than the total", "REQ_ROW", "new_received", received(total=1, natural_person=2), CANNOT),
    Case(
        "parts that exceed the total together",
        "REQ_RESULTS",
        "total",
        requests(results_total=4, granted=3, partially_granted=2),
        CANNOT,
    ),
    Case(
        "a Shanghai office 2019: outcomes filled, their total blank",
        "REQ_ROW",
        "new_received",
        received(natural_person=2, business=0),
        NOT,
        "total_missing",
    ),
    Case("a total without any part", "REQ_ROW", "new_received", received(total=3), NOT, "parts_missing"),
    Case("nothing at all", "REQ_ROW", "new_received", received(total=None), NOT, "all_blank"),
    Case(
        "flow with one blank that zero fills",
        "REQ_FLOW",
        "total",
        requests(new_received=2, results_total=2),
        ZERO_IF_BLANK,
    ),
    Case("flow that zero does not fill", "REQ_FLOW", "total", requests(new_received=2, results_total=1), "fail"),
    Case(
        "flow with too many results whatever was carried in",
        "REQ_FLOW",
        "total",
        requests(new_received=2, carried_in=0, results_total=3),
        CANNOT,
    ),
    Case("flow without results", "REQ_FLOW", "total", requests(new_received=2, carried_in=0), NOT, "parts_missing"),
    Case(
        "flow without new requests", "REQ_FLOW", "total", requests(results_total=2, carried_out=0), NOT, "total_missing"
    ),
    Case(
        "a cell whose figure has no certain place",
        "REQ_FLOW",
        "total",
        requests(new_received="ambiguous", carried_in=0, results_total=2, carried_out=0),
        NOT,
        "unread",
    ),
    Case(
        "a cell with words in it",
        "REQ_FLOW",
        "total",
        requests(new_received="text", carried_in=0, results_total=2, carried_out=0),
        NOT,
        "unread",
    ),
    Case(
        "a row that was not found",
        "REQ_FLOW",
        "total",
        requests(new_received=2, carried_in="absent", results_total=2, carried_out=0),
        NOT,
        "unread",
        match=None,
    ),
    Case(
        "a cell that was not printed counts as blank",
        "REQ_FLOW",
        "total",
        requests(new_received=2, carried_in="absent", results_total=2, carried_out=0),
        ZERO_IF_BLANK,
    ),
    Case(
        "a mark for not applicable counts as blank",
        "REQ_FLOW",
        "total",
        requests(new_received=2, carried_in="na", results_total=2, carried_out=0),
        ZERO_IF_BLANK,
    ),
    Case(
        "what was read suffices to fail",
        "REQ_ROW",
        "new_received",
        received(total=1, natural_person=2, business="ambiguous"),
        CANNOT,
    ),
    Case("a change that is blank may be anything", "A5_ITEMS", "licensing", licences(items_last_year=4), ZERO_IF_BLANK),
    Case("a decrease from a blank number of items", "A5_ITEMS", "licensing", licences(items_change=-3), "fail"),
    Case("no items and no change", "A5_ITEMS", "licensing", licences(decisions=3), NOT, "all_blank"),
    Case(
        "disclosed this year without a total",
        "A1_SUBSET",
        "regulations",
        documents(disclosed_this_year=3),
        NOT,
        "parts_missing",
    ),
    Case(
        "a total without those of this year",
        "A1_SUBSET",
        "regulations",
        documents(disclosed_total=3),
        NOT,
        "total_missing",
    ),
]


@pytest.fixture(scope="module")
def checks(check: Check) -> pd.DataFrame:
    return check(
        {case.fact: {"form": "2019", "cells": case.cells, "fill": None, "match": case.match} for case in CASES}
    )


@pytest.mark.parametrize("case", CASES, ids=[case.fact for case in CASES])
def test_a_verdict_says_what_it_rests_on(checks: pd.DataFrame, verdicts: Judge, case: Case) -> None:
    assert verdicts(checks, case.code, case.fact)[case.place] == (case.verdict, case.reason)


def test_a_channel_above_the_total_fails_whatever_the_blank_channels_are(check: Check, verdicts: Judge) -> None:
    """衢江 2020, had it left its zeros blank: 120 by website, 0 in all."""
    cells = {"stats_2014.proactive_total.value": 0, "stats_2014.channel_website.value": 120}

    checks = check({"qujiang": {"form": "2014", "cells": cells, "fill": None}})

    assert verdicts(checks, "S_CHANNELS", "qujiang")["value"] == (CANNOT, None)


def test_both_sides_are_given_with_blanks_as_zero(checks: pd.DataFrame) -> None:
    fact = "xushui 2020: one request not held, all other outcomes blank"
    row = checks[(checks["report_id"] == fact) & (checks["code"] == "REQ_RESULTS") & (checks["col"] == "total")].iloc[0]

    assert (row["left"], row["right"], row["difference"]) == (1, 1, 0)
