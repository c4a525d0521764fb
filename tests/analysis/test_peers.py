"""Peer groups, and how a report stands among its peers."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

from gia_analysis.analysis import FEWEST_CASES, SMALLEST_GROUP, compare, peer_groups, wilson_interval
from gia_analysis.analysis.peers import COMPARED
from gia_analysis.errors import FormError
from gia_analysis.schema import build

CODE = "disclosure_rate_broad"


def key(name: str) -> tuple[str, str]:
    return f"{name}.txt", name


def reports_of(**given: dict[str, Any]) -> pd.DataFrame:
    """Reports of county departments for 2022, but for what is given."""
    usual = {
        "status": "ok", "year": 2022, "scope": "own", "agency_level": "county", "agency_type": "department",
        "region_code": "330106", "form": "2021",
    }  # fmt: skip
    return build(
        "reports", [{**usual, "source": key(name)[0], "report_id": name, **facts} for name, facts in given.items()]
    )


def rates_of(rates: Sequence[tuple[str, float, float]], code: str = CODE) -> pd.DataFrame:
    """Rows of ``indicators``: name of the report, numerator, denominator."""
    rows = []
    for name, numerator, denominator in rates:
        low, high = wilson_interval(numerator, denominator)
        rows.append(
            {
                "source": key(name)[0], "report_id": name, "code": code, "blanks": "missing", "numerator": numerator,
                "denominator": denominator, "value": numerator / denominator if denominator else np.nan,
                "low": float(low), "high": float(high), "reason": None if denominator else "denominator_zero",
            }
        )  # fmt: skip
    return build("indicators", rows)


def counts_of(counts: dict[str, float | None], code: str) -> pd.DataFrame:
    rows = [
        {"source": key(name)[0], "report_id": name, "code": code, "blanks": "missing", "numerator": count, "value": count,
         "reason": "blank" if count is None else None}
        for name, count in counts.items()
    ]  # fmt: skip
    return build("indicators", rows)


NAMES = ["a", "b", "c", "d", "e"]


@pytest.fixture
def five() -> pd.DataFrame:
    """Five departments with 40 results each: 10, 20, 20, 30 and 40 released."""
    return rates_of([("a", 10, 40), ("b", 20, 40), ("c", 20, 40), ("d", 30, 40), ("e", 40, 40)])


@pytest.fixture
def group() -> pd.Series:
    return peer_groups(reports_of(**{name: {} for name in NAMES}), build("indicators"), by=("level", "type"))


def test_a_group_is_named_by_year_scope_and_what_was_asked_for(group: pd.Series) -> None:
    assert set(group) == {"2022 / own / county / department"}
    assert list(group.index) == [key(name) for name in NAMES]


@pytest.mark.parametrize(
    "other",
    [
        {"year": 2021},
        {"scope": "aggregate"},
        {"agency_level": "province"},
        {"agency_type": "township"},
        {"region_code": "330206"},
        {"form": "2019"},
    ],
)
def test_reports_that_differ_in_a_fact_are_no_peers(other: dict[str, Any]) -> None:
    by = ("level", "type", "form", "prefecture")

    groups = peer_groups(reports_of(one={}, other=other), build("indicators"), by=by)

    assert groups.notna().all()
    assert groups.nunique() == 2


@pytest.mark.parametrize(
    ("fact", "by"), [("agency_level", "level"), ("agency_type", "type"), ("region_code", "province"), ("year", "level")]
)
def test_a_report_of_which_a_fact_is_not_known_has_no_peers(fact: str, by: str) -> None:
    groups = peer_groups(reports_of(one={fact: None}), build("indicators"), by=(by,))

    assert groups.isna().all()


def test_a_province_has_no_prefecture() -> None:
    groups = peer_groups(reports_of(one={"region_code": "330000"}), build("indicators"), by=("prefecture",))

    assert groups.isna().all()


@pytest.mark.parametrize("scope", ["unknown", None])
def test_a_report_of_unknown_scope_has_no_peers_unless_that_is_asked_for(scope: str | None) -> None:
    reports = reports_of(one={"scope": scope}, own={})

    strict = peer_groups(reports, build("indicators"), by=("level",))
    asked = peer_groups(reports, build("indicators"), by=("level",), with_unknown_scope=True)

    assert strict.isna().tolist() == [True, False]
    assert asked.tolist() == ["2022 / unknown / county", "2022 / own / county"]


@pytest.mark.parametrize(
    ("workload", "expected"),
    [
        (0, "0"),
        (1, "1-9"),
        (9, "1-9"),
        (10, "10-99"),
        (99, "10-99"),
        (100, "100-999"),
        (1000, "1000+"),
        (34430, "1000+"),
    ],
)
def test_size_is_a_power_of_ten_of_the_workload(workload: float, expected: str) -> None:
    groups = peer_groups(reports_of(one={}), counts_of({"one": workload}, "workload"), by=("size",))

    assert groups.tolist() == [f"2022 / own / {expected}"]


def test_on_the_form_of_2014_size_is_told_by_the_requests_received() -> None:
    sizes = pd.concat([counts_of({"one": None}, "workload"), counts_of({"one": 12}, "request_volume")])

    groups = peer_groups(reports_of(one={"form": "2014"}), sizes, by=("size",))

    assert groups.tolist() == ["2022 / own / 10-99"]


def test_a_report_that_could_not_be_read_is_in_no_group() -> None:
    assert peer_groups(reports_of(one={"status": "failed"}), build("indicators"), by=()).empty


def test_an_unknown_grouping_names_the_nearest() -> None:
    with pytest.raises(FormError, match="unknown grouping 'levels': did you mean 'level'"):
        peer_groups(reports_of(one={}), build("indicators"), by=("levels",))


def test_a_report_is_ranked_among_its_peers(five: pd.DataFrame, group: pd.Series) -> None:
    found = compare(five, group).set_index("report_id")

    assert found["rank"].tolist() == [5, 3, 3, 2, 1]
    assert found["percentile"].tolist() == [10, 40, 40, 70, 90]
    assert set(found["peers"]) == {5}
    assert found.loc["a", ["lower_quartile", "median", "upper_quartile"]].tolist() == [0.5, 0.5, 0.75]


def test_a_comparison_keeps_value_and_interval(five: pd.DataFrame, group: pd.Series) -> None:
    found = compare(five, group)

    pd.testing.assert_frame_equal(found[["value", "low", "high"]], five[["value", "low", "high"]])


def test_a_rate_of_too_few_cases_is_not_ranked_and_ranks_no_other(five: pd.DataFrame, group: pd.Series) -> None:
    more = pd.concat([five, rates_of([("small", FEWEST_CASES - 1, FEWEST_CASES - 1)])], ignore_index=True)
    groups = pd.concat([group, pd.Series(["2022 / own / county / department"], index=[key("small")])])
    groups.index = pd.MultiIndex.from_tuples(groups.index)

    found = compare(more, groups).set_index("report_id")

    assert found.loc["small", "reason"] == "too_few"
    assert pd.isna(found.loc["small", "rank"])
    assert found.loc["small", "median"] == 0.5
    assert found.loc["e", ["rank", "peers"]].tolist() == [1, 5]


def test_thirty_cases_are_enough(group: pd.Series) -> None:
    rates = rates_of([(name, 3, FEWEST_CASES) for name in NAMES])

    assert compare(rates, group)["reason"].isna().all()


def test_a_group_of_fewer_than_five_is_not_compared(five: pd.DataFrame, group: pd.Series) -> None:
    found = compare(five.iloc[: SMALLEST_GROUP - 1], group)

    assert set(found["reason"]) == {"too_few_peers"}
    assert found[["rank", "percentile", "median"]].isna().all(axis=None)
    assert set(found["peers"]) == {4}


def test_own_figures_and_aggregates_are_never_compared(five: pd.DataFrame) -> None:
    """The sum over a district would be the first of its own departments."""
    reports = reports_of(**{name: {} for name in NAMES}, whole={"scope": "aggregate"})
    rates = pd.concat([five, rates_of([("whole", 400, 400)])], ignore_index=True)

    found = compare(rates, peer_groups(reports, rates, by=("level",))).set_index("report_id")

    assert found.loc["whole", "reason"] == "too_few_peers"
    assert found.loc["e", "rank"] == 1
    assert found.loc["e", "peers"] == 5


def test_why_an_indicator_is_missing_stays_the_reason(group: pd.Series) -> None:
    found = compare(rates_of([("a", 0, 0)]), group)

    assert found["reason"].tolist() == ["denominator_zero"]


def test_without_a_group_there_is_no_comparison(five: pd.DataFrame, group: pd.Series) -> None:
    found = compare(five, group.mask(np.arange(5) == 0)).set_index("report_id")

    assert found.loc["a", "reason"] == "no_group"
    assert pd.isna(found.loc["a", "peers"])


def test_counts_are_ranked_however_small(group: pd.Series) -> None:
    found = compare(counts_of(dict(zip(NAMES, range(5), strict=True)), "request_volume"), group)

    assert found["rank"].tolist() == [5, 4, 3, 2, 1]


def test_indicators_are_ranked_apart(five: pd.DataFrame, group: pd.Series) -> None:
    counts = counts_of(dict(zip(NAMES, range(5), strict=True)), "request_volume")

    found = compare(pd.concat([five, counts], ignore_index=True), group)

    assert set(found["peers"]) == {5}


def test_nothing_to_compare_has_the_same_columns(group: pd.Series) -> None:
    found = compare(build("indicators"), group)

    assert {name: str(dtype) for name, dtype in found.dtypes.items()} == dict(COMPARED)
