"""Sums over agencies, and what is not in them."""

from typing import Any

import pandas as pd
import pytest

from gia_analysis.analysis import add_up, wilson_interval
from gia_analysis.errors import CorpusError, FormError
from gia_analysis.schema import build


def report(name: str, **facts: Any) -> dict[str, Any]:
    usual = {"source": f"{name}.txt", "report_id": name, "status": "ok", "year": 2023, "scope": "own", "agency": name}
    return {**usual, **facts}


def row(name: str, code: str, numerator: float | None, denominator: float | None = None, **more: Any) -> dict[str, Any]:
    value = numerator if denominator is None or numerator is None else numerator / denominator
    return {
        "source": f"{name}.txt", "report_id": name, "code": code, "blanks": "missing", "numerator": numerator,
        "denominator": denominator, "value": value, **more,
    }  # fmt: skip


REPORTS = build(
    "reports",
    [
        # 东城区2023: 206 at the district government itself, 252 at its housing committee; 800 in the whole district.
        report("government"),
        report("housing"),
        report("whole district", scope="aggregate"),
        report("not stated", scope="unknown"),
        report("blank"),
        report("failing"),
        report("unread", status="failed", scope=None),
    ],
)
VOLUMES = build(
    "indicators",
    [
        row("government", "request_volume", 206),
        row("housing", "request_volume", 252),
        row("whole district", "request_volume", 800),
        row("not stated", "request_volume", 7),
        row("blank", "request_volume", None, reason="blank"),
        row("failing", "request_volume", 5, flags="REQ_FLOW"),
    ],
)


def test_counts_of_own_figures_are_added() -> None:
    total = add_up(REPORTS, VOLUMES, "request_volume")

    assert (total.value, total.added) == (458, 2)


def test_what_was_left_out_is_counted_by_reason() -> None:
    assert add_up(REPORTS, VOLUMES, "request_volume").left_out_counts == {
        "aggregate": 1, "unknown_scope": 1, "blank": 1, "checks_failed": 1, "failed": 1,
    }  # fmt: skip


def test_what_was_left_out_is_listed() -> None:
    left_out = add_up(REPORTS, VOLUMES, "request_volume").left_out

    assert left_out.set_index(["source", "report_id"])["why"].to_dict() == {
        ("whole district.txt", "whole district"): "aggregate",
        ("not stated.txt", "not stated"): "unknown_scope",
        ("blank.txt", "blank"): "blank",
        ("failing.txt", "failing"): "checks_failed",
        ("unread.txt", "unread"): "failed",
    }


def test_every_report_is_added_or_left_out() -> None:
    total = add_up(REPORTS, VOLUMES, "request_volume")

    assert total.added + len(total.left_out) == len(REPORTS)


def test_reports_of_unknown_scope_are_added_only_where_that_is_asked_for() -> None:
    total = add_up(REPORTS, VOLUMES, "request_volume", with_unknown_scope=True)

    assert total.value == 465
    assert "unknown_scope" not in total.left_out_counts
    assert total.left_out_counts["aggregate"] == 1


def test_a_rate_over_agencies_is_the_quotient_of_the_sums() -> None:
    """Not the mean of the rates, in which an agency of two results would weigh as much as one of 98."""
    reports = build("reports", [report("small"), report("large")])
    rates = build(
        "indicators", [row("small", "disclosure_rate_broad", 2, 2), row("large", "disclosure_rate_broad", 28, 98)]
    )

    total = add_up(reports, rates, "disclosure_rate_broad")

    low, high = wilson_interval(30, 100)
    assert (total.numerator, total.denominator, total.value) == (30, 100, 0.3)
    assert (total.low, total.high) == (float(low), float(high))


def test_facts_about_reports_become_a_share_of_agencies() -> None:
    reports = build("reports", [report(name) for name in "abcd"])
    facts = build("indicators", [row(name, "zero_requests", float(name != "a"), 1.0) for name in "abcd"])

    total = add_up(reports, facts, "zero_requests")

    assert (total.value, total.denominator) == (0.75, 4)
    assert total.low < 0.75 < total.high


def test_an_agency_with_two_reports_of_the_year_is_not_counted_twice() -> None:
    reports = build("reports", [report("one", agency="局"), report("two", agency="局"), report("other")])
    volumes = build("indicators", [row(name, "request_volume", 10) for name in ("one", "two", "other")])

    total = add_up(reports, volumes, "request_volume")

    assert total.value == 10
    assert total.left_out_counts == {"several_reports": 2}


def test_the_aggregate_of_a_government_does_not_make_its_own_report_double() -> None:
    reports = build("reports", [report("own", agency="区政府"), report("sum", agency="区政府", scope="aggregate")])
    volumes = build("indicators", [row("own", "request_volume", 206), row("sum", "request_volume", 800)])

    total = add_up(reports, volumes, "request_volume")

    assert (total.value, total.left_out_counts) == (206, {"aggregate": 1})


def test_a_sum_of_nothing_is_missing_not_zero() -> None:
    total = add_up(REPORTS.iloc[2:3], VOLUMES, "request_volume")

    assert pd.isna(total.value)
    assert total.added == 0


def test_reports_of_several_years_are_not_added_up() -> None:
    reports = build("reports", [report("a"), report("b", year=2022)])

    with pytest.raises(CorpusError, match=r"one year .* \[2022, 2023\]"):
        add_up(reports, VOLUMES, "request_volume")


def test_an_unknown_indicator_names_the_nearest() -> None:
    with pytest.raises(FormError, match="did you mean .*'request_volume'"):
        add_up(REPORTS, VOLUMES, "request_volumes")
