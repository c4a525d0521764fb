"""An aggregate report is the sum of its members' own reports, as far as all of them are held."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from gia_analysis.checks import History, load_members, read_history, run_checks
from gia_analysis.checks.levels import MEMBER_COLUMNS
from gia_analysis.errors import CorpusError
from gia_analysis.schema import Frames

Given = Mapping[str, Any]
Make = Callable[[Mapping[str, Given]], Frames]

DISTRICT, OFFICE, SCHOOLS, HOUSING = (
    "东城区人民政府",
    "东城区人民政府办公室",
    "东城区教育委员会",
    "东城区住房城市建设委",
)
NEW, CHANGE, AMOUNT = (
    "requests.new_received.total",
    "art20_5.licensing.items_change",
    "art20_9.procurement.procurement_amount",
)
LICENCES, OTHER = "art20_5.licensing.decisions", "requests.other_misc.total"


def report(agency: str, cells: Mapping[str, Any], **facts: Any) -> Given:
    form = facts.pop("form", "2021")
    return {"form": form, "cells": cells, "facts": {"agency": agency, "year": 2023, "scope": "own", **facts}}


def members(*names: str, of: str = DISTRICT, first: int | None = None, last: int | None = None) -> pd.DataFrame:
    return pd.DataFrame([(of, name, first, last, "部门名单") for name in names], columns=list(MEMBER_COLUMNS))


def district(number: float | str | None, *, cell: str = NEW, **facts: Any) -> Given:
    return report(DISTRICT, {cell: number}, scope="aggregate", **facts)


def judged(
    frames: Frames, table: pd.DataFrame | None, cell: str = NEW, **given: Any
) -> dict[str, tuple[str, str | None]]:
    """Return verdict and reason on each aggregate report: at the cell, or on its table or on the whole."""
    checks = run_checks(frames, members=table, **given)
    own = checks[checks["code"] == "AGG_SUM"]
    place = own["table"] + "." + own["row"] + "." + own["col"]
    chosen = own[(place == cell) | own["row"].isna()]
    return {
        key: (status, None if pd.isna(reason) else reason)
        for key, status, reason in zip(chosen["report_id"], chosen["status"], chosen["reason"], strict=True)
    }


def sum_of(
    frames: Make, whole: Given, *parts: Given, table: pd.DataFrame | None = None, cell: str = NEW
) -> tuple[str, str | None]:
    """Return the verdict on an aggregate report beside those of its members."""
    given = {"whole": whole, **{f"part {number}": part for number, part in enumerate(parts)}}
    names = [str(part["facts"]["agency"]) for part in parts]
    return judged(frames(given), members(*dict.fromkeys(names)) if table is None else table, cell)["whole"]


def test_a_sum_over_all_members_holds(frames: Make) -> None:
    """东城区 2023: 800 requests in the district, 206 of them at its government."""
    assert sum_of(frames, district(800), report(OFFICE, {NEW: 206}), report(SCHOOLS, {NEW: 594})) == ("pass", None)


def test_a_sum_that_lacks_one_fails(frames: Make) -> None:
    assert sum_of(frames, district(800), report(OFFICE, {NEW: 206}), report(SCHOOLS, {NEW: 593})) == ("fail", None)


def test_a_failing_sum_names_its_cells_and_how_many_members_there_are(frames: Make) -> None:
    given = frames({"whole": district(800), "a": report(OFFICE, {NEW: 206}), "b": report(SCHOOLS, {NEW: 593})})
    checks = run_checks(given, members=members(OFFICE, SCHOOLS))
    row = checks[(checks["code"] == "AGG_SUM") & (checks["status"] == "fail")].iloc[0]

    assert (row["severity"], row["left"], row["relation"], row["right"], row["difference"]) == (
        "soft",
        800,
        "=",
        799,
        1,
    )
    assert (row["form"], row["table"], row["row"], row["col"]) == ("2021", "requests", "new_received", "total")
    assert (row["cells"], row["detail"]) == (f"{NEW};members:{NEW}", "members=2")


def test_every_cell_of_a_table_is_judged(frames: Make) -> None:
    given = frames({"whole": district(206), "a": report(OFFICE, {NEW: 206})})
    checks = run_checks(given, members=members(OFFICE))

    assert (checks["code"] == "AGG_SUM").sum() == 25 * 7


@pytest.mark.parametrize(
    ("whole", "one", "other", "verdict"),
    [
        (206, 206, None, ("pass_if_blank_is_zero", None)),
        (800, 206, None, ("fail", None)),
        (200, 206, None, ("fail_whatever_blanks_are", None)),
        (None, 206, 594, ("not_applicable", "total_missing")),
        (800, None, None, ("not_applicable", "parts_missing")),
        (None, None, None, ("not_applicable", "all_blank")),
        (800, 206, "ambiguous", ("not_applicable", "unread")),
        ("text", 206, 594, ("not_applicable", "unread")),
    ],
)
def test_a_blank_is_no_zero(frames: Make, whole: Any, one: Any, other: Any, verdict: tuple[str, str | None]) -> None:
    assert sum_of(frames, district(whole), report(OFFICE, {NEW: one}), report(SCHOOLS, {NEW: other})) == verdict


def test_a_change_that_is_blank_may_be_a_decrease(frames: Make) -> None:
    parts = [report(OFFICE, {CHANGE: 5}, form="2019"), report(SCHOOLS, {CHANGE: None}, form="2019")]

    assert sum_of(frames, district(3, cell=CHANGE, form="2019"), *parts, cell=CHANGE) == ("fail", None)


def test_amounts_may_differ_by_rounding(frames: Make) -> None:
    parts = [report(OFFICE, {AMOUNT: 10.333}, form="2019"), report(SCHOOLS, {AMOUNT: 10.333}, form="2019")]

    assert sum_of(frames, district(20.67, cell=AMOUNT, form="2019"), *parts, cell=AMOUNT) == ("pass", None)
    assert sum_of(frames, district(20.7, cell=AMOUNT, form="2019"), *parts, cell=AMOUNT) == ("fail", None)


def test_without_a_table_of_members_nothing_is_known_of_them(frames: Make) -> None:
    given = frames({"whole": district(206), "a": report(OFFICE, {NEW: 206})})

    assert judged(given, None) == {"whole": ("not_applicable", "members_unknown")}
    assert judged(given, members(OFFICE, of="西城区人民政府")) == {"whole": ("not_applicable", "members_unknown")}
    assert judged(given, members(OFFICE, last=2022)) == {"whole": ("not_applicable", "members_unknown")}


def test_where_a_member_is_not_held_nothing_is_judged(frames: Make) -> None:
    given = frames({"whole": district(206), "a": report(OFFICE, {NEW: 206})})
    checks = run_checks(given, members=members(OFFICE, SCHOOLS, HOUSING))
    row = checks[checks["code"] == "AGG_SUM"].iloc[0]

    assert (row["status"], row["reason"], row["detail"]) == (
        "not_applicable",
        "members_missing",
        f"{HOUSING};{SCHOOLS}",
    )


@pytest.mark.parametrize("facts", [{"scope": "aggregate"}, {"scope": "unknown"}, {"year": 2022}, {"status": "failed"}])
def test_only_an_own_report_of_the_year_counts(frames: Make, facts: Given) -> None:
    given = frames({"whole": district(206), "a": report(OFFICE, {NEW: 206}, **facts)})

    assert judged(given, members(OFFICE))["whole"] == ("not_applicable", "members_missing")


def test_of_two_own_reports_of_a_member_nobody_can_tell_which_holds(frames: Make) -> None:
    parts = [report(OFFICE, {NEW: 206}), report(OFFICE, {NEW: 207})]

    assert sum_of(frames, district(206), *parts) == ("not_applicable", "several_reports_of_member")


def test_a_member_without_the_table_leaves_it_open(frames: Make) -> None:
    parts = [report(OFFICE, {NEW: 206}), report(SCHOOLS, {LICENCES: 3})]

    assert sum_of(frames, district(206), *parts) == ("not_applicable", "no_table_of_member")


def test_a_cell_that_a_members_form_does_not_have_is_left_open(frames: Make) -> None:
    parts = [report(OFFICE, {NEW: 206}), report(SCHOOLS, {NEW: 594}, form="2019")]

    assert sum_of(frames, district(800), *parts) == ("pass", None)
    assert sum_of(frames, district(0, cell=OTHER), *parts, cell=OTHER) == ("not_applicable", "form_differs")


def test_members_are_those_of_the_same_division(frames: Make) -> None:
    """Both 朝阳区 have an office of their government; a department of the district has its code."""
    district_of = {"110105": 7, "220104": 9}
    given = {
        f"{kind} {code}": report(name, {NEW: number}, region_code=code, scope=scope)
        for code, number in district_of.items()
        for kind, name, scope in (("whole", "朝阳区人民政府", "aggregate"), ("own", "朝阳区人民政府办公室", "own"))
    }

    found = judged(frames(given), members("朝阳区人民政府办公室", of="朝阳区人民政府"))

    assert found == {"whole 110105": ("pass", None), "whole 220104": ("pass", None)}


def test_a_division_below_lies_within(frames: Make) -> None:
    whole = report("保定市人民政府", {NEW: 5}, scope="aggregate", region_code="130600")
    part = report("徐水区教育局", {NEW: 5}, region_code="130609")
    table = members("徐水区教育局", of="保定市人民政府")

    assert sum_of(frames, whole, part, table=table) == ("pass", None)
    assert sum_of(frames, whole, report("徐水区教育局", {NEW: 5}, region_code="130104"), table=table) == (
        "not_applicable", "members_missing",
    )  # fmt: skip


def test_a_renamed_member_is_found_under_its_old_name(frames: Make) -> None:
    given = frames({"whole": district(594), "a": report("东城区教委", {NEW: 594})})
    aliases = pd.DataFrame(
        [("东城区教委", SCHOOLS, None, None, "印章")], columns=["agency", "same_as", "from_year", "to_year", "source"]
    )

    assert judged(given, members(SCHOOLS), aliases=aliases) == {"whole": ("pass", None)}
    assert judged(given, members("东城区教委"), aliases=aliases) == {"whole": ("pass", None)}
    assert judged(given, members(SCHOOLS)) == {"whole": ("not_applicable", "members_missing")}


def test_members_may_be_in_another_part_of_the_corpus(frames: Make) -> None:
    parts = [frames({"whole": district(206)}), frames({"a": report(OFFICE, {NEW: 206})})]
    history = History(pd.concat([read_history(each) for each in parts], ignore_index=True))

    assert judged(parts[0], members(OFFICE), history=history) == {"whole": ("pass", None)}
    assert judged(parts[1], members(OFFICE), history=history) == {}


def test_a_table_of_members_is_read(tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    file.write_text(f"{','.join(MEMBER_COLUMNS)}\n{DISTRICT},东城区 教委(本级),2019,,名单\n", encoding="utf-8")

    table = load_members(file)

    assert list(table) == list(MEMBER_COLUMNS)
    assert table["member"].tolist() == ["东城区教委（本级）"]
    assert table["from_year"].tolist() == [2019]
    assert table["to_year"].isna().all()


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["甲市人民政府,,,,名单"], "members.csv, line 2: member is empty"),
        (["甲市人民政府,乙局,2019,今,名单"], "line 2: to_year is '今', expected a year in four digits"),
        (
            ["甲市人民政府,乙局,,2020,一", "甲市人民政府,丙局,,,一", "甲市人民政府,乙局,2020,,二"],
            "line 4: '乙局' is a member of '甲市人民政府' already by line 2; keep one",
        ),
    ],
)
def test_a_line_that_cannot_be_meant_is_refused(tmp_path: Path, lines: list[str], message: str) -> None:
    file = tmp_path / "members.csv"
    file.write_text("\n".join([",".join(MEMBER_COLUMNS), *lines]), encoding="utf-8")

    with pytest.raises(CorpusError, match=re.escape(message)):
        load_members(file)


def test_a_member_may_come_again_in_other_years(tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    lines = [",".join(MEMBER_COLUMNS), "甲市人民政府,乙局,,2018,一", "甲市人民政府,乙局,2020,,二"]
    file.write_text("\n".join(lines), encoding="utf-8")

    assert len(load_members(file)) == 2
