"""Why an indicator is missing, and what counts blanks as zero."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pytest

from gia_analysis import Report, indicators
from gia_analysis.analysis import Blanks, compute_indicators
from gia_analysis.checks import run_checks
from gia_analysis.schema import Frames, build

Make = Callable[[Mapping[str, Mapping[str, Any]]], Frames]
CODE = "disclosure_rate_broad"


def printed(form: str = "2019", **figures: float | str | None) -> Mapping[str, Any]:
    """A report in which 20 requests of natural persons came to 20 results, but for the figures given."""
    usual = {"new_received": 20, "granted": 12, "partially_granted": 0, "unable_not_held": 8, "results_total": 20}
    rows = {**usual, **figures}
    return {
        "form": form,
        "cells": {f"requests.{row}.{col}": value for row, value in rows.items() for col in ("natural_person", "total")},
    }


REPORTS: Mapping[str, Mapping[str, Any]] = {
    "complete": printed(),
    "blank part": printed(partially_granted=None),
    "blank total": printed(results_total=None),
    "none": printed(new_received=0, granted=0, unable_not_held=0, results_total=0),
    "failing": printed(results_total=21),
    "ambiguous": printed(granted="ambiguous"),
    "words": printed(partially_granted="text"),
    "too many": printed(granted=25, results_total=20),
    "form of 2014": {"form": "2014", "cells": {
        "stats_2014.replies_total.value": 10, "stats_2014.reply_granted.value": 4,
        "stats_2014.reply_already_public.value": 1, "stats_2014.reply_not_exist.value": 5,
    }},
    "told otherwise": {
        **printed(),
        "figures": [{"topic": "requests_received", "value": 19, "sentence": "收到申请19件。"}],
    },
    "no table": {"form": "2019"},
    "no requests table": {"form": "2019", "cells": {"art20_6.penalty.decisions": 3}},
    "failed": {"form": "2019", "facts": {"status": "failed"}},
}  # fmt: skip


@pytest.fixture(scope="module")
def computed(frames: Make) -> Mapping[Blanks, pd.DataFrame]:
    made = frames(REPORTS)
    checks = run_checks(made)
    treatments: tuple[Blanks, ...] = ("missing", "zero")
    return {
        blanks: compute_indicators(made, checks, blanks=blanks).set_index(["report_id", "code"])
        for blanks in treatments
    }


@pytest.mark.parametrize(
    ("report", "reason"),
    [
        ("blank part", "blank"),
        ("blank total", "blank"),
        ("none", "denominator_zero"),
        ("failing", "checks_failed"),
        ("ambiguous", "unread"),
        ("words", "unread"),
        ("no table", "not_on_form"),
        ("no requests table", "not_on_form"),
    ],
)
def test_a_missing_rate_says_why(computed: Mapping[Blanks, pd.DataFrame], report: str, reason: str) -> None:
    found = computed["missing"].loc[(report, CODE)]

    assert found["reason"] == reason
    assert found[["value", "low", "high"]].isna().all()


def test_a_complete_report_has_its_rate_and_no_reason(computed: Mapping[Blanks, pd.DataFrame]) -> None:
    found = computed["missing"].loc[("complete", CODE)]

    assert found["value"] == 0.6
    assert pd.isna(found["reason"])
    assert (round(found["low"], 4), round(found["high"], 4)) == (0.3866, 0.7812)


def test_a_rate_names_the_failing_checks_that_touch_it(computed: Mapping[Blanks, pd.DataFrame]) -> None:
    assert computed["missing"].loc[("failing", CODE), "flags"] == "REQ_FLOW;REQ_RESULTS"


def test_a_check_that_need_not_hold_leaves_a_figure_standing(computed: Mapping[Blanks, pd.DataFrame]) -> None:
    """The text tells 19 requests, the table 20: a soft finding on the very cell."""
    found = computed["missing"].loc[("told otherwise", "request_volume")]

    assert found["value"] == 20
    assert pd.isna(found["flags"])


def test_a_numerator_above_its_denominator_is_named_where_no_check_was_run(frames: Make) -> None:
    cells = {"requests.new_received.business": 5, "requests.new_received.total": 3}
    made = frames({"one": {"form": "2019", "cells": cells}})

    found = compute_indicators(made, run_checks(made).iloc[:0]).set_index("code").loc["applicant_share.business"]

    assert (found["reason"], found["numerator"], found["denominator"]) == ("numerator_exceeds_denominator", 5, 3)


def test_numerator_and_denominator_are_given_also_where_a_check_fails(computed: Mapping[Blanks, pd.DataFrame]) -> None:
    found = computed["missing"].loc[("failing", CODE)]

    assert (found["numerator"], found["denominator"]) == (12, 21)


def test_blanks_count_as_zero_only_where_that_is_asked_for(computed: Mapping[Blanks, pd.DataFrame]) -> None:
    missing, zero = (computed[blanks].loc[("blank part", CODE)] for blanks in ("missing", "zero"))

    assert (missing["blanks"], zero["blanks"]) == ("missing", "zero")
    assert pd.isna(missing["value"])
    assert zero["value"] == 0.6


def test_every_row_says_how_blanks_were_treated(computed: Mapping[Blanks, pd.DataFrame]) -> None:
    assert {blanks: set(frame["blanks"]) for blanks, frame in computed.items()} == {
        "missing": {"missing"},
        "zero": {"zero"},
    }


@pytest.mark.parametrize("report", ["ambiguous", "words"])
def test_what_could_not_be_read_is_never_zero(computed: Mapping[Blanks, pd.DataFrame], report: str) -> None:
    assert computed["zero"].loc[(report, CODE), "reason"] == "unread"


def test_blank_totals_as_zero_make_no_rate(computed: Mapping[Blanks, pd.DataFrame]) -> None:
    """Twelve granted of a blank total are not twelve of none."""
    found = computed["zero"].loc[("blank total", CODE)]

    assert pd.isna(found["value"])
    assert found["reason"] in ("denominator_zero", "checks_failed")


def test_the_form_of_2014_counts_what_was_already_public_as_released(computed: Mapping[Blanks, pd.DataFrame]) -> None:
    found = computed["missing"].loc[("form of 2014", CODE)]

    assert (found["numerator"], found["denominator"], found["value"]) == (5, 10, 0.5)


def test_what_the_form_of_2014_does_not_ask_is_not_on_it(computed: Mapping[Blanks, pd.DataFrame]) -> None:
    assert computed["missing"].loc[("form of 2014", "workload"), "reason"] == "not_on_form"


def test_a_report_that_could_not_be_read_has_no_indicators(computed: Mapping[Blanks, pd.DataFrame]) -> None:
    assert "failed" not in computed["missing"].index.get_level_values("report_id")


def test_every_readable_report_has_every_indicator_once(computed: Mapping[Blanks, pd.DataFrame]) -> None:
    found = computed["missing"].reset_index()[["report_id", "code"]]

    assert not found.duplicated().any()
    assert len(found) == (len(REPORTS) - 1) * len(indicators())


@pytest.mark.parametrize("given", [{}, {"one": printed()}, {"failed": REPORTS["failed"]}])
def test_columns_and_types_do_not_depend_on_the_data(frames: Make, given: Mapping[str, Mapping[str, Any]]) -> None:
    made = frames(given)

    found = compute_indicators(made, run_checks(made))

    assert found.dtypes.to_dict() == build("indicators").dtypes.to_dict()


def test_a_value_is_given_exactly_where_there_is_no_reason(computed: Mapping[Blanks, pd.DataFrame]) -> None:
    for frame in computed.values():
        assert (frame["value"].notna() == frame["reason"].isna()).all()


def test_every_value_of_a_share_lies_in_its_interval(computed: Mapping[Blanks, pd.DataFrame]) -> None:
    shares = computed["zero"].dropna(subset=["low"])

    assert len(shares) > 0
    assert shares["value"].between(shares["low"], shares["high"]).all()


def test_blank_outcomes_leave_the_rate_of_xushui_missing(samples: Mapping[str, Report]) -> None:
    """One request, not held; whether the blank 予以公开 is zero is left to the reader."""
    found = samples["2020-xushui-government-office"].indicators.set_index("code").loc[CODE]

    assert found["reason"] == "blank"


def test_a_printed_count_stays_and_names_the_checks_it_fails(computed: Mapping[Blanks, pd.DataFrame]) -> None:
    rate, count = (computed["missing"].loc[("failing", code)] for code in (CODE, "results"))

    assert pd.isna(rate["value"])
    assert count["value"] == count["numerator"]
    assert count["flags"] == rate["flags"] != ""
    assert pd.isna(count["reason"])
