"""Indicators that are no formulas in cells: agencies without requests, publication in time, checks passed."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import pytest

from gia_analysis.analysis import compute_indicators
from gia_analysis.checks import run_checks
from gia_analysis.schema import Frames, build

Make = Callable[[Mapping[str, Mapping[str, Any]]], Frames]


def received(count: float | None, **facts: Any) -> Mapping[str, Any]:
    """A report on the form of 2021 in which natural persons made some requests, all concluded."""
    cells = {
        f"requests.{row}.{column}": count
        for row in ("new_received", "unable_not_held", "results_total")
        for column in ("natural_person", "total")
    }
    return {"form": "2021", "cells": cells, "facts": {"year": 2022, "agency_type": "department", **facts}}


@pytest.fixture(scope="module")
def made(frames: Make) -> Frames:
    return frames(
        {
            "none": received(0, published=date(2023, 1, 31)),
            "some": received(3, published=date(2023, 2, 1)),
            "government": received(3, published=date(2023, 3, 31), agency_type="government"),
            "blank": received(None),
            "failing": {"form": "2021", "cells": {"requests.new_received.total": 4}, "facts": {"year": 2022}},
            "no table": {"form": "2021", "facts": {"year": 2022}},
        }
    )


@pytest.fixture(scope="module")
def found(made: Frames) -> pd.DataFrame:
    return compute_indicators(made, run_checks(made)).set_index(["report_id", "code"])


@pytest.mark.parametrize(("report", "value"), [("none", 1), ("some", 0)])
def test_an_agency_without_requests_counts_one(found: pd.DataFrame, report: str, value: float) -> None:
    row = found.loc[(report, "zero_requests")]

    assert (row["value"], row["numerator"], row["denominator"]) == (value, value, 1)
    assert row["cells"] == "requests.new_received.total"


@pytest.mark.parametrize(
    ("report", "reason"), [("blank", "blank"), ("failing", "checks_failed"), ("no table", "not_on_form")]
)
def test_whether_there_were_requests_is_open_where_the_count_is(found: pd.DataFrame, report: str, reason: str) -> None:
    assert found.loc[(report, "zero_requests"), "reason"] == reason


def test_a_blank_count_is_none_only_where_blanks_count_as_zero(made: Frames) -> None:
    zero = compute_indicators(made, run_checks(made), blanks="zero").set_index(["report_id", "code"])

    assert zero.loc[("blank", "zero_requests"), "value"] == 1


@pytest.mark.parametrize(("report", "value"), [("none", 1), ("some", 0), ("government", 1)])
def test_a_department_has_until_january_and_a_government_until_march(
    found: pd.DataFrame, report: str, value: float
) -> None:
    row = found.loc[(report, "published_in_time")]

    assert (row["value"], row["denominator"]) == (value, 1)


def test_without_a_date_it_is_open_whether_a_report_was_in_time(found: pd.DataFrame) -> None:
    assert found.loc[("blank", "published_in_time"), "reason"] == "date_or_agency_unknown"


def test_data_quality_is_the_share_of_hard_checks_that_hold(made: Frames, found: pd.DataFrame) -> None:
    checks = run_checks(made)
    hard = checks[(checks["report_id"] == "failing") & (checks["severity"] == "hard")]["status"]

    row = found.loc[("failing", "data_quality")]

    assert (row["numerator"], row["denominator"]) == ((hard == "pass").sum(), hard.isin(["pass", "fail"]).sum())
    assert 0 < row["value"] < 1


def test_a_clean_report_passes_all_hard_checks(found: pd.DataFrame) -> None:
    assert found.loc[("some", "data_quality"), "value"] == 1


def test_a_check_that_holds_if_blanks_are_zero_is_judged_only_if_they_are(frames: Make) -> None:
    cells = {"requests.new_received.natural_person": None, "requests.new_received.total": 0}
    made = frames({"one": {"form": "2021", "cells": cells}})
    checks = run_checks(made)
    resting = ((checks["severity"] == "hard") & (checks["status"] == "pass_if_blank_is_zero")).sum()

    missing, zero = (
        compute_indicators(made, checks, blanks=blanks).set_index("code").loc["data_quality"]
        for blanks in ("missing", "zero")
    )

    assert resting > 0
    assert zero["denominator"] - missing["denominator"] == resting
    assert zero["numerator"] - missing["numerator"] == resting


@pytest.mark.parametrize("code", ["published_in_time", "data_quality"])
def test_where_no_checks_were_made_nothing_is_known(made: Frames, code: str) -> None:
    found = compute_indicators(made, build("checks")).set_index("code").loc[code]

    assert set(found["reason"]) == {"not_checked"}
    assert found["value"].isna().all()


@pytest.mark.parametrize("code", ["zero_requests", "published_in_time", "data_quality"])
def test_a_fact_about_one_report_has_no_interval(found: pd.DataFrame, code: str) -> None:
    assert found.xs(code, level="code")[["low", "high"]].isna().all(axis=None)
