"""The rates that several agencies and scholars call "disclosure rate", on published and worked figures."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pytest

from gia_analysis.analysis import DEFAULT_DISCLOSURE_RATE, compute_indicators
from gia_analysis.checks import run_checks
from gia_analysis.schema import Frames

Make = Callable[[Mapping[str, Mapping[str, Any]]], Frames]

# A provincial capital for 2025, column 总计 (a public test fixture whose sums all hold):
# N = 13,810 = G 5,548 + P 2,168 + D 730 + U 3,421 + NP 457 + O 1,486.
WORKED = {
    "new_received": 14069, "carried_in": 560, "granted": 5548, "partially_granted": 2168,
    "denied_state_secret": 13, "denied_law_prohibits": 30, "denied_safety_stability": 11, "denied_third_party": 51,
    "denied_internal_affairs": 104, "denied_process_info": 85, "denied_enforcement_file": 286,
    "denied_admin_inquiry": 150,
    "unable_not_held": 3222, "unable_needs_creation": 180, "unable_unclear": 19,
    "not_processed_petition": 203, "not_processed_repeat": 148, "not_processed_publication": 0,
    "not_processed_abusive": 101, "not_processed_reconfirm": 5,
    "other_overdue_correction": 318, "other_overdue_fee": 203, "other_misc": 965,
    "results_total": 13810, "carried_out": 819,
}  # fmt: skip


def report_of(figures: Mapping[str, float]) -> Mapping[str, Any]:
    """A report of natural persons alone, so that rows add up."""
    cells = {
        f"requests.{row}.{column}": figure for row, figure in figures.items() for column in ("natural_person", "total")
    }
    return {"form": "2021", "cells": cells}


@pytest.fixture(scope="module")
def indicators(frames: Make) -> pd.DataFrame:
    made = frames(
        {
            "worked": report_of(WORKED),
            # 上海市2023年度报告: 34,430 answered, 10,538 released in full or in part; how the rest fell is not needed.
            "shanghai": report_of(
                {"new_received": 34430, "granted": 10538, "unable_not_held": 23892, "results_total": 34430}
            ),
            # 普陀区2022年上半年: 81 of 263, there called 公开率.
            "putuo": report_of({"new_received": 263, "granted": 81, "unable_not_held": 182, "results_total": 263}),
        }
    )
    return compute_indicators(made, run_checks(made)).set_index(["report_id", "code"])


@pytest.mark.parametrize(
    ("code", "numerator", "denominator", "percent"),
    [
        ("disclosure_rate_full", 5548, 13810, 40.2),
        ("disclosure_rate_broad", 7716, 13810, 55.9),
        ("disclosure_rate_answerable", 7716, 11867, 65.0),
        ("disclosure_rate_merits", 7716, 8446, 91.4),
        ("disclosure_rate_without_other", 7716, 12324, 62.6),
        ("disclosures_per_request", 7716, 14069, 54.8),
    ],
)
def test_one_report_has_many_disclosure_rates(
    indicators: pd.DataFrame, code: str, numerator: float, denominator: float, percent: float
) -> None:
    found = indicators.loc[("worked", code)]

    assert (found["numerator"], found["denominator"]) == (numerator, denominator)
    assert round(100 * found["value"], 1) == percent


@pytest.mark.parametrize(("report", "percent"), [("shanghai", 30.61), ("putuo", 30.80)])
def test_the_broad_rate_is_the_one_that_agencies_publish(indicators: pd.DataFrame, report: str, percent: float) -> None:
    found = indicators.loc[(report, "disclosure_rate_broad")]

    assert round(100 * found["value"], 2) == percent


def test_the_default_rate_is_the_broad_one() -> None:
    assert DEFAULT_DISCLOSURE_RATE == "disclosure_rate_broad"


@pytest.mark.parametrize(
    ("code", "numerator", "denominator"),
    [
        ("refusal_rate", 730, 13810),
        ("inability_rate", 3421, 13810),
        ("non_processing_rate", 457, 13810),
        ("other_rate", 1486, 13810),
        ("completion_rate", 13810, 14629),
        ("backlog_rate", 819, 14629),
        ("refusal_ground.denied_enforcement_file", 286, 730),
        ("exemption_rate.denied_enforcement_file", 286, 13810),
        ("inability_reason.unable_not_held", 3222, 3421),
        ("not_held_rate", 3222, 13810),
        ("petition_share", 203, 13810),
        ("abuse_share", 249, 13810),
        ("abandonment_rate", 521, 13810),
        ("non_processing_reason.not_processed_petition", 203, 457),
    ],
)
def test_other_shares_have_the_parts_of_their_definition(
    indicators: pd.DataFrame, code: str, numerator: float, denominator: float
) -> None:
    found = indicators.loc[("worked", code)]

    assert (found["numerator"], found["denominator"]) == (numerator, denominator)
    assert found["value"] == numerator / denominator


@pytest.mark.parametrize(("code", "value"), [("request_volume", 14069), ("workload", 14629), ("results", 13810)])
def test_counts_are_given_with_their_unit_and_without_denominator(
    indicators: pd.DataFrame, code: str, value: float
) -> None:
    found = indicators.loc[("worked", code)]

    assert (found["value"], found["unit"]) == (value, "件")
    assert pd.isna(found["denominator"])
    assert pd.isna(found["low"])


@pytest.mark.parametrize(
    "families", [("disclosure_rate_broad", "refusal_rate", "inability_rate", "non_processing_rate", "other_rate")]
)
def test_the_rates_of_all_outcomes_sum_to_one(indicators: pd.DataFrame, families: tuple[str, ...]) -> None:
    total = sum(indicators.loc[("worked", code), "value"] for code in families)

    assert total == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("family", ["refusal_ground", "inability_reason", "non_processing_reason", "applicant_share"])
def test_the_shares_of_a_family_sum_to_one(indicators: pd.DataFrame, family: str) -> None:
    worked = indicators.loc["worked"]

    assert worked.loc[worked.index.str.startswith(f"{family}."), "value"].sum() == pytest.approx(1, abs=1e-12)
