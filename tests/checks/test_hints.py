"""Which cell is probably wrong: one hint for each slip that can be told, and none where nothing can be said."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd
import pytest

from gia_analysis import Report
from gia_analysis.checks import run_checks
from gia_analysis.checks.hints import HINT_TYPES, find_hints
from gia_analysis.schema import Frames, build

Given = Mapping[str, Any]
MakeFrames = Callable[[Mapping[str, Given]], Frames]

APPLICANTS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other_org", "total")

# Jiangsu's Public Security Department 2023: 184 + 1 = 182 + 3. How they fall on outcomes and applicants is ours.
POLICE = {
    "new_received": (150, 20, 0, 3, 9, 2, 184),
    "carried_in": (1, 0, 0, 0, 0, 0, 1),
    "granted": (86, 12, 0, 3, 5, 2, 108),
    "partially_granted": (45, 8, 0, 0, 3, 0, 56),
    "unable_not_held": (17, 0, 0, 0, 1, 0, 18),
    "results_total": (148, 20, 0, 3, 9, 2, 182),
    "carried_out": (3, 0, 0, 0, 0, 0, 3),
}
DISPUTES = "review_litigation.reconsideration"


def row(name: str, values: Iterable[float]) -> dict[str, float]:
    return {f"requests.{name}.{column}": value for column, value in zip(APPLICANTS, values, strict=True)}


def police(
    changed: Mapping[str, float | str | None] | None = None, *, year: int = 2023, agency: str | None = None
) -> Given:
    """Return the report with some cells changed; without an agency it has no other year to be held against."""
    cells = {cell: value for name, values in POLICE.items() for cell, value in row(name, values).items()}
    return {"form": "2021", "cells": {**cells, **(changed or {})}, "facts": {"agency": agency, "year": year}}


def before_police(changed: Mapping[str, float] | None = None, *, agency: str) -> Given:
    """Return a report of 2022 that carries out what that of 2023 carries in."""
    cells = row("carried_out", POLICE["carried_in"]) | row("new_received", (148, 20, 0, 3, 9, 2, 182))
    return police({**cells, **(changed or {})}, year=2022, agency=agency)


def fees(year: int, amount: float, agency: str) -> Given:
    cells = {"art20_8.fees.fee_amount": amount}
    return {"form": "2021", "cells": cells, "facts": {"agency": agency, "year": year}}


def statistics(**cells: float) -> Given:
    return {"form": "2014", "cells": {f"stats_2014.{name}.value": value for name, value in cells.items()}}


GRANTED = "requests.granted.natural_person"
SLIPS = {
    "digit": 83, "missing_digit": 8, "doubled_digit": 886, "digits_swapped": 68, "sign": -86, "unit": 860_000,
    "blank_zero": None,
}  # fmt: skip
FORGOTTEN = {f"requests.carried_in.{column}": 0 for column in ("natural_person", "total")}
NOT_HANDED_ON = {f"requests.carried_out.{column}": 0 for column in ("natural_person", "total")}

REPORTS: Mapping[str, Given] = {
    "clean": police(),
    **{slip: police({GRANTED: printed}) for slip, printed in SLIPS.items()},
    "negative": {"form": "2021", "cells": {"art20_6.penalty.decisions": -40}},
    "total": police({"requests.results_total.total": 195}),
    "neighbours": police({GRANTED: 12, "requests.granted.business": 86}),
    "shifted": police(row("partially_granted", (8, 0, 0, 3, 0, 56, 0))),
    "rows": police(row("results_total", POLICE["carried_out"]) | row("carried_out", POLICE["results_total"])),
    "with total": police({"requests.new_received.natural_person": 15, "requests.new_received.total": 49}),
    "two": police({GRANTED: 68, f"{DISPUTES}.upheld": 33, f"{DISPUTES}.total": 3}),
    "named": police({f"{DISPUTES}.upheld": 1, f"{DISPUTES}.corrected": 95, f"{DISPUTES}.total": 107}),
    "unnamed": police({f"{DISPUTES}.upheld": 4108, f"{DISPUTES}.corrected": 2377, f"{DISPUTES}.total": 7777}),
    "unread": police({GRANTED: "ambiguous"}),
    "inside": statistics(
        replies_total=48, reply_granted=30, reply_denied=81, denied_privacy=12, denied_trade_secret=6,
        requests_received=48, received_online=48, requests_concluded=48, concluded_on_time=48,
    ),
    "in 2022": before_police(agency="in"),
    "in 2023": police(FORGOTTEN, agency="in"),
    "out 2022": before_police(NOT_HANDED_ON, agency="out"),
    "out 2023": police(agency="out"),
    "both 2022": police(year=2022, agency="both"),
    "both 2023": police(agency="both"),
    "yuan 2024": fees(2024, 4800.5, "yuan"),
    "yuan 2025": fees(2025, 51_251_100, "yuan"),
    "odd 2023": fees(2023, 5600, "odd"),
    "odd 2024": fees(2024, 0.48, "odd"),
    "odd 2025": fees(2025, 5125.11, "odd"),
    "grew 2024": fees(2024, 48, "grew"),
    "grew 2025": fees(2025, 5125.11, "grew"),
}  # fmt: skip


@pytest.fixture(scope="module")
def hints(frames: MakeFrames) -> pd.DataFrame:
    """The hints about all reports, found in one go."""
    read = frames(REPORTS)
    return find_hints(read, run_checks(read))


def about(hints: pd.DataFrame, name: str) -> pd.DataFrame:
    return hints[hints["report_id"] == name]


def told(hints: pd.DataFrame, name: str, rank: int = 1) -> dict[str, tuple[float, str]]:
    """Return the suggested figure and the slip by cell, of the hints about a report of one rank."""
    chosen = about(hints, name)
    chosen = chosen[chosen["rank"] == rank]
    return {f"{each.table}.{each.row}.{each.col}": (each.suggested, each.slip) for each in chosen.itertuples()}


def test_a_report_whose_sums_hold_has_no_hint(hints: pd.DataFrame) -> None:
    assert about(hints, "clean").empty


def test_no_report_has_no_hint_and_the_same_columns(hints: pd.DataFrame) -> None:
    nothing = Frames(*(build(name) for name in ("reports", "cells", "sections", "figures", "issues")))

    none = find_hints(nothing, build("checks"))

    assert none.empty
    assert {name: str(kind) for name, kind in none.dtypes.items()} == dict(HINT_TYPES)
    assert list(none.dtypes) == list(hints.dtypes)


def test_the_crossing_of_a_failing_row_and_a_failing_column_is_wrong(hints: pd.DataFrame) -> None:
    """68 granted in place of 86."""
    hint = about(hints, "digits_swapped").iloc[0]

    assert (hint["row"], hint["col"], hint["value"], hint["suggested"]) == ("granted", "natural_person", 68, 86)
    assert (hint["slip"], hint["rank"], hint["certain"]) == ("digits_swapped", 1, True)
    assert (hint["codes"], hint["mended"], hint["broken"]) == ("REQ_RESULTS;REQ_ROW", 2, 0)
    assert hint["detail"] == "difference=18;sums=REQ_RESULTS@natural_person,REQ_ROW@granted"


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_by_its_digits(hints: pd.DataFrame, slip: str) -> None:
    assert told(hints, slip) == {GRANTED: (86, slip)}


def test_a_wrong_sign_mends_the_check_of_signs_too(hints: pd.DataFrame) -> None:
    hint = about(hints, "sign").iloc[0]

    assert (hint["codes"], hint["mended"]) == ("REQ_RESULTS;REQ_ROW;NONNEG", 3)


def test_a_negative_count_outside_all_sums_is_told(hints: pd.DataFrame) -> None:
    assert told(hints, "negative") == {"art20_6.penalty.decisions": (40, "sign")}
    assert not about(hints, "negative")["certain"].any()


def test_a_total_that_no_longer_fits_its_parts_is_told(hints: pd.DataFrame) -> None:
    """The parts add up in every column; the total of 182 is printed as 195."""
    assert told(hints, "total") == {"requests.results_total.total": (182, "total_not_updated")}
    assert about(hints, "total").iloc[0]["codes"] == "REQ_FLOW;REQ_RESULTS;REQ_ROW"


def test_two_neighbours_exchanged_are_one_hint_with_two_cells(hints: pd.DataFrame) -> None:
    own = about(hints, "neighbours")

    assert told(hints, "neighbours") == {GRANTED: (86, "neighbour"), "requests.granted.business": (12, "neighbour")}
    assert own.iloc[0]["detail"].endswith(";with=requests.granted.business")
    assert not own["certain"].any()


def test_a_row_one_column_off_is_put_back(hints: pd.DataFrame) -> None:
    """The first cell is left out, and what follows moves to the left; the 0 of research stays as it is."""
    expected = {
        "natural_person": 45,
        "business": 8,
        "public_welfare": 0,
        "legal_service": 3,
        "other_org": 0,
        "total": 56,
    }

    assert told(hints, "shifted") == {
        f"requests.partially_granted.{column}": (value, "shifted_row") for column, value in expected.items()
    }


def test_two_rows_exchanged_are_told(hints: pd.DataFrame) -> None:
    exchanged = told(hints, "rows")

    assert exchanged["requests.results_total.total"] == (182, "row_swapped")
    assert exchanged["requests.carried_out.total"] == (3, "row_swapped")


def test_a_figure_that_its_total_was_added_up_from_is_told(hints: pd.DataFrame) -> None:
    """15 natural persons for 150: the row adds up to 49, where the flow asks for 184."""
    assert told(hints, "with total") == {
        "requests.new_received.natural_person": (150, "missing_digit"),
        "requests.new_received.total": (184, "missing_digit"),
    }


def test_two_slips_in_one_report_are_two_hints(hints: pd.DataFrame) -> None:
    assert told(hints, "two") == {GRANTED: (86, "digits_swapped")}
    assert told(hints, "two", 2) == {f"{DISPUTES}.upheld": (3, "doubled_digit")}


def test_of_one_failing_sum_alone_a_slip_that_can_be_named_is_told(hints: pd.DataFrame) -> None:
    """1 + 95 = 107 holds with 12."""
    assert told(hints, "named") == {f"{DISPUTES}.upheld": (12, "missing_digit")}


def test_of_one_failing_sum_alone_nothing_is_told_without_a_slip(hints: pd.DataFrame) -> None:
    """4108 + 2377 = 7777: each of the three, or a blank, may be wrong."""
    assert about(hints, "unnamed").empty


def test_a_sum_with_a_cell_that_could_not_be_read_says_nothing(hints: pd.DataFrame) -> None:
    assert about(hints, "unread").empty


def test_a_sum_of_2014_inside_another_is_located(hints: pd.DataFrame) -> None:
    """Refusals stand in the sum of replies, and are the sum of their grounds."""
    assert told(hints, "inside") == {"stats_2014.reply_denied.value": (18, "digits_swapped")}
    assert about(hints, "inside").iloc[0]["certain"]


def test_a_total_that_its_channels_leave_no_choice_is_told(samples: Mapping[str, Report]) -> None:
    """Qujiang's office 2020: 0 items in all, 120 of them on the website."""
    read = samples["2020-qujiang-office-affairs-centre"].frames

    (hint,) = find_hints(read, run_checks(read)).itertuples()

    assert (hint.row, hint.raw, hint.suggested, hint.slip) == ("proactive_total", "0", 120, "blank_zero")
    assert (hint.codes, hint.certain) == ("S_CHANNELS", False)


@pytest.mark.parametrize(("wrong", "row"), [("out 2022", "carried_out"), ("in 2023", "carried_in")])
def test_a_broken_carry_over_is_told_in_the_year_whose_flow_fails(hints: pd.DataFrame, wrong: str, row: str) -> None:
    """1 is carried over; one of the reports forgets it."""
    assert told(hints, wrong) == {
        f"requests.{row}.natural_person": (1, "carry_over"),
        f"requests.{row}.total": (1, "carry_over"),
    }
    assert set(about(hints, wrong).query("rank == 1")["codes"]) == {"REQ_FLOW;X_CARRY"}
    assert about(hints, "in 2022").empty
    assert about(hints, "out 2023").empty


def test_a_carry_over_that_both_years_add_up_with_gives_no_hint(hints: pd.DataFrame) -> None:
    """1 carried in after 3 carried out, and both flows hold: nothing tells which is wrong."""
    assert about(hints, "both 2022").empty
    assert about(hints, "both 2023").empty


def test_an_amount_in_yuan_is_told_by_the_year_before(hints: pd.DataFrame) -> None:
    """Changchun New Area 2025: 5,125.11 in units of 10,000 yuan."""
    hint = about(hints, "yuan 2025").iloc[0]

    assert told(hints, "yuan 2025") == {"art20_8.fees.fee_amount": (5125.11, "unit")}
    assert (hint["codes"], hint["detail"]) == ("X_JUMP", "factor=10000;other_year=4800.5")
    assert about(hints, "yuan 2024").empty


def test_the_odd_amount_between_two_years_is_the_wrong_one(hints: pd.DataFrame) -> None:
    assert told(hints, "odd 2024") == {"art20_8.fees.fee_amount": (4800, "unit")}
    assert about(hints, "odd 2023").empty
    assert about(hints, "odd 2025").empty


def test_an_amount_that_just_grew_is_no_slip(hints: pd.DataFrame) -> None:
    assert about(hints, "grew 2025").empty


def test_what_is_told_of_a_report_does_not_depend_on_the_others(hints: pd.DataFrame, frames: MakeFrames) -> None:
    read = frames({"two": REPORTS["two"]})

    alone = find_hints(read, run_checks(read))

    pd.testing.assert_frame_equal(alone, about(hints, "two").reset_index(drop=True))
