"""Rules that need the same agency's report of the year before."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

Given = Mapping[str, Any]
Check = Callable[[Mapping[str, Given]], pd.DataFrame]
Judge = Callable[[pd.DataFrame, str, str], dict[str, tuple[str, str | None]]]


def handled(year: int, results: float, disputes: float, agency: str = "天门市教育局") -> Given:
    cells = {"requests.results_total.total": results, "review_litigation.reconsideration.total": disputes}
    return {"form": "2021", "cells": cells, "facts": {"agency": agency, "year": year}}


def concluded(year: int, received: float, done: float) -> Given:
    cells = {"stats_2014.requests_received.value": received, "stats_2014.requests_concluded.value": done}
    return {"form": "2014", "cells": cells, "facts": {"agency": "天门市教育局", "year": year}}


def test_disputes_without_results_in_two_years_are_odd(check: Check, verdicts: Judge) -> None:
    checks = check({"2022": handled(2022, 0, 0), "2023": handled(2023, 0, 2)})

    assert verdicts(checks, "RL_ZERO", "2023")[""] == ("fail", None)


def test_disputes_may_stem_from_results_of_last_year(check: Check, verdicts: Judge) -> None:
    checks = check({"2022": handled(2022, 5, 0), "2023": handled(2023, 0, 2)})

    assert verdicts(checks, "RL_ZERO", "2023")[""] == ("pass", None)


def test_the_report_of_another_agency_says_nothing(check: Check, verdicts: Judge) -> None:
    checks = check({"2022": handled(2022, 0, 0, "开远市教育局"), "2023": handled(2023, 0, 2)})

    assert verdicts(checks, "RL_ZERO", "2023")[""] == ("not_applicable", "no_report_of_last_year")


def test_the_report_of_two_years_ago_says_nothing(check: Check, verdicts: Judge) -> None:
    checks = check({"2021": handled(2021, 0, 0), "2023": handled(2023, 0, 2)})

    assert verdicts(checks, "RL_ZERO", "2023")[""] == ("not_applicable", "no_report_of_last_year")


def test_two_reports_of_one_year_say_nothing(check: Check, verdicts: Judge) -> None:
    """Nobody can tell which of them holds."""
    checks = check({"a": handled(2022, 0, 0), "b": handled(2022, 5, 0), "2023": handled(2023, 0, 2)})

    assert verdicts(checks, "RL_ZERO", "2023")[""] == ("not_applicable", "no_report_of_last_year")


def test_requests_left_from_last_year_may_be_concluded(check: Check, verdicts: Judge) -> None:
    checks = check({"2016": concluded(2016, 10, 8), "2017": concluded(2017, 10, 12)})

    assert verdicts(checks, "S_CONCL_RECEIVED", "2017")["value"] == ("pass", None)


def test_more_concluded_than_received_and_left_over_are_odd(check: Check, verdicts: Judge) -> None:
    checks = check({"2016": concluded(2016, 10, 9), "2017": concluded(2017, 10, 12)})

    assert verdicts(checks, "S_CONCL_RECEIVED", "2017")["value"] == ("fail", None)
