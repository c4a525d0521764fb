"""Rules that need the same agency's report of the year before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pytest

from gia_analysis.checks import RULES, History, read_history, run_checks
from gia_analysis.errors import CorpusError
from gia_analysis.forms import prescribed_form
from gia_analysis.schema import FAILING, KEY, Frames, Kind, build
from gia_analysis.simulation import BlankStyle, leave_blank, simulate_figures

Given = Mapping[str, Any]
Check = Callable[[Mapping[str, Given]], pd.DataFrame]
Make = Callable[[Mapping[str, Given]], Frames]
Judge = Callable[[pd.DataFrame, str, str], dict[str, tuple[str, str | None]]]

PASS, FAIL, NOT = "pass", "fail", "not_applicable"
ZERO_IF_BLANK, CANNOT = "pass_if_blank_is_zero", "fail_whatever_blanks_are"
ALONE = "no_report_of_last_year"
AGENCY = "天门市教育局"
OVER_YEARS = [code for code, rule in RULES.items() if rule.run.__module__.endswith(".years")]


def report(year: int | None, form: str, cells: Mapping[str, Any], **facts: Any) -> Given:
    fill = facts.pop("fill", 0.0)
    return {"form": form, "cells": cells, "fill": fill, "facts": {"agency": AGENCY, "year": year, **facts}}


@dataclass(frozen=True)
class Case:
    """Cells of two reports of one agency in years that follow, and what a rule says of the later at one place."""

    code: str
    fact: str
    before: Mapping[str, Any] | None
    now: Mapping[str, Any]
    verdict: str
    place: str = ""
    reason: str | None = None
    forms: tuple[str, str] = ("2021", "2021")
    fill: float | None = field(default=0.0)

    def reports(self) -> dict[str, Given]:
        agency = {"agency": f"{self.code} {self.fact}", "fill": self.fill}
        earlier = (
            {} if self.before is None else {f"{self.name} before": report(2022, self.forms[0], self.before, **agency)}
        )
        return {**earlier, self.name: report(2023, self.forms[1], self.now, **agency)}

    @property
    def name(self) -> str:
        return f"{self.code}: {self.fact}"


OUT, IN = "requests.carried_out.total", "requests.carried_in.total"
NEW, RESULTS = "requests.new_received.total", "requests.results_total.total"
FORCE = "art20_1.normative_documents.in_force"
ISSUED, REPEALED = "art20_1.normative_documents.issued_this_year", "art20_1.normative_documents.repealed_this_year"
DISCLOSED, NEWLY = "art20_1.regulations.disclosed_total", "art20_1.regulations.disclosed_this_year"
ITEMS, CHANGE = "art20_6.penalty.items_last_year", "art20_6.penalty.items_change"
PENDING, DISPUTES = "review_litigation.reconsideration.pending", "review_litigation.reconsideration.total"
LICENCES, FEES = "art20_5.licensing.decisions", "art20_8.fees.fee_amount"
RECEIVED, CONCLUDED = "stats_2014.requests_received.value", "stats_2014.requests_concluded.value"
REPLIES, STAFF = "stats_2014.replies_total.value", "stats_2014.staff_total.value"
OLD, OLDEST, FIRST, SECOND = ("2019", "2019"), ("2014", "2014"), ("2014", "2019"), ("2019", "2021")
DOCUMENTS, NO_TABLE = "normative_documents", "no_table_of_last_year"

CASES = [
    Case("X_CARRY", "three carried on", {OUT: 3}, {IN: 3}, PASS, "carried_in"),
    Case("X_CARRY", "three carried out, two in", {OUT: 3}, {IN: 2}, FAIL, "carried_in"),
    Case("X_CARRY", "from the form of 2019", {OUT: 3}, {IN: 2}, FAIL, "carried_in", forms=SECOND),
    Case("X_CARRY", "none carried out, blank", {OUT: 0}, {IN: None}, ZERO_IF_BLANK, "carried_in"),
    Case("X_CARRY", "three carried out, blank", {OUT: 3}, {IN: None}, NOT, "carried_in", "blank"),
    Case("X_CARRY", "blank, three carried in", {OUT: None}, {IN: 3}, NOT, "carried_in", "blank"),
    Case("X_CARRY", "blank in both", {OUT: None}, {IN: None}, NOT, "carried_in", "all_blank"),
    Case("X_CARRY", "last year's place not certain", {OUT: "ambiguous"}, {IN: 3}, NOT, "carried_in", "unread"),
    Case("X_CARRY", "this year's a text", {OUT: 3}, {IN: "text"}, NOT, "carried_in", "unread"),
    Case("X_CARRY", "alone", None, {IN: 3}, NOT, reason=ALONE),
    Case("X_CARRY", "last year without the table", {LICENCES: 1}, {IN: 3}, NOT, reason=NO_TABLE),
    Case("X_CARRY", "the form of 2014 has no such table", {RECEIVED: 9}, {IN: 3}, NOT, reason=NO_TABLE, forms=FIRST),
    Case("X_FORCE", "74 and 3 issued, 5 repealed", {FORCE: 76}, {FORCE: 74, ISSUED: 3, REPEALED: 5}, PASS, DOCUMENTS),
    Case("X_FORCE", "two too many", {FORCE: 76}, {FORCE: 76, ISSUED: 3, REPEALED: 5}, FAIL, DOCUMENTS),
    Case("X_FORCE", "none repealed, left blank", {FORCE: 76}, {FORCE: 79, ISSUED: 3, REPEALED: None}, ZERO_IF_BLANK, DOCUMENTS),
    Case("X_FORCE", "too many whatever was repealed", {FORCE: 76}, {FORCE: 80, ISSUED: 3, REPEALED: None}, CANNOT, DOCUMENTS),
    Case("X_FORCE", "the total blank", {FORCE: 76}, {FORCE: None, ISSUED: 3}, NOT, DOCUMENTS, "blank"),
    Case("X_FORCE", "alone", None, {FORCE: 76}, NOT, reason=ALONE),
    Case("X_FORCE", "the form of 2019 does not tell", {DISCLOSED: 76}, {FORCE: 76}, NOT, reason="form_differs", forms=SECOND),
    Case("X_DISCLOSED", "seven more", {DISCLOSED: 70}, {DISCLOSED: 77, NEWLY: 7}, PASS, "regulations", forms=OLD),
    Case("X_DISCLOSED", "seven more, total as before", {DISCLOSED: 70}, {DISCLOSED: 70, NEWLY: 7}, FAIL, "regulations", forms=OLD),
    Case("X_DISCLOSED", "none more, left blank", {DISCLOSED: 70}, {DISCLOSED: 70, NEWLY: None}, ZERO_IF_BLANK, "regulations", forms=OLD),
    Case("X_DISCLOSED", "alone", None, {DISCLOSED: 70}, NOT, reason=ALONE, forms=OLD),
    Case("X_ITEMS", "25 less one (乌海工信局 2020: 25 / -1)", {ITEMS: 25, CHANGE: -1}, {ITEMS: 24}, PASS, "penalty", forms=OLD),
    Case("X_ITEMS", "25 less one and 25 again", {ITEMS: 25, CHANGE: -1}, {ITEMS: 25}, FAIL, "penalty", forms=OLD),
    Case("X_ITEMS", "no change, left blank", {ITEMS: 25, CHANGE: None}, {ITEMS: 25}, ZERO_IF_BLANK, "penalty", forms=OLD),
    Case("X_ITEMS", "a change left blank may be a decrease", {ITEMS: 25, CHANGE: None}, {ITEMS: 20}, FAIL, "penalty", forms=OLD),
    Case("X_ITEMS", "alone", None, {ITEMS: 25}, NOT, reason=ALONE, forms=OLD),
    Case("X_PENDING", "two pending among three", {PENDING: 2}, {DISPUTES: 3}, PASS, "reconsideration"),
    Case("X_PENDING", "two pending, one in all", {PENDING: 2}, {DISPUTES: 1}, FAIL, "reconsideration"),
    Case("X_PENDING", "two pending, the total blank", {PENDING: 2}, {DISPUTES: None}, NOT, "reconsideration", "blank"),
    Case("X_PENDING", "alone", None, {DISPUTES: 1}, NOT, reason=ALONE),
    Case("X_JUMP", "five times", {NEW: 20}, {NEW: 100}, PASS, "new_received"),
    Case("X_JUMP", "more than five times", {NEW: 20}, {NEW: 101}, FAIL, "new_received"),
    Case("X_JUMP", "a fifth", {NEW: 100}, {NEW: 20}, PASS, "new_received"),
    Case("X_JUMP", "less than a fifth", {NEW: 100}, {NEW: 19}, FAIL, "new_received"),
    Case("X_JUMP", "to nothing", {NEW: 20}, {NEW: 0}, FAIL, "new_received"),
    Case("X_JUMP", "from 19 nothing follows", {NEW: 19}, {NEW: 500}, NOT, "new_received", "small_base"),
    Case("X_JUMP", "to a blank", {NEW: 100}, {NEW: None}, NOT, "new_received", "blank"),
    Case("X_JUMP", "from a blank", {NEW: None}, {NEW: 100}, NOT, "new_received", "blank"),
    Case("X_JUMP", "to a text", {NEW: 100}, {NEW: "text"}, NOT, "new_received", "unread"),
    Case("X_JUMP", "yuan in place of 万元", {FEES: 282.1}, {FEES: 2821000}, FAIL, "fees"),
    Case("X_JUMP", "requests received on the form of 2014 go on", {RECEIVED: 60}, {NEW: 301}, FAIL, "new_received", forms=FIRST),
    Case("X_JUMP", "decisions do not go on from the form of 2014", {RECEIVED: 60}, {LICENCES: 301}, NOT, reason=NO_TABLE, forms=FIRST),
    Case("X_JUMP", "alone", None, {NEW: 100}, NOT, reason=ALONE),
    Case("X_COPY", "one figure of two changed", {NEW: 8, RESULTS: 8}, {NEW: 8, RESULTS: 7}, PASS),
    Case("X_COPY", "all figures as before", {NEW: 8, RESULTS: 8}, {NEW: 8, RESULTS: 8}, FAIL),
    Case("X_COPY", "as before, zeros left blank now", {NEW: 8, RESULTS: 0}, {NEW: 8, RESULTS: None}, FAIL),
    Case("X_COPY", "as before but for a blank", {NEW: 8, RESULTS: 8}, {NEW: 8, RESULTS: None}, ZERO_IF_BLANK),
    Case("X_COPY", "as before but for a text", {NEW: 8, RESULTS: 8}, {NEW: 8, RESULTS: "text"}, NOT, reason="unread"),
    Case("X_COPY", "all zero", {NEW: 0}, {NEW: 0}, NOT, reason="nothing_counted"),
    Case("X_COPY", "the same documents in force", {FORCE: 74}, {FORCE: 74}, NOT, reason="nothing_counted"),
    Case("X_COPY", "another form", {NEW: 8}, {NEW: 8}, NOT, reason="form_differs", forms=SECOND),
    Case("X_COPY", "alone", None, {NEW: 8}, NOT, reason=ALONE),
    Case("RL_ZERO", "disputes without results in two years", {RESULTS: 0}, {RESULTS: 0, DISPUTES: 2}, FAIL),
    Case("RL_ZERO", "disputes may stem from results of last year", {RESULTS: 5}, {RESULTS: 0, DISPUTES: 2}, PASS),
    Case("RL_ZERO", "last year's results blank", {RESULTS: None}, {RESULTS: 0, DISPUTES: 2}, NOT, reason="blank"),
    Case("RL_ZERO", "results blank", {RESULTS: 0}, {RESULTS: None, DISPUTES: 2}, NOT, reason="blank"),
    Case("RL_ZERO", "disputes without results, alone", None, {RESULTS: 0, DISPUTES: 2}, NOT, reason=ALONE),
    Case("RL_ZERO", "results and disputes, alone", None, {RESULTS: 1, DISPUTES: 2}, PASS),
    Case("S_CONCL_RECEIVED", "two left before", {RECEIVED: 10, CONCLUDED: 8}, {RECEIVED: 10, CONCLUDED: 12}, PASS, "value", forms=OLDEST),
    Case("S_CONCL_RECEIVED", "one left before", {RECEIVED: 10, CONCLUDED: 9}, {RECEIVED: 10, CONCLUDED: 12}, FAIL, "value", forms=OLDEST),
    Case("S_CONCL_RECEIVED", "blank", {RECEIVED: 10}, {RECEIVED: None, CONCLUDED: 12}, NOT, "value", "blank", forms=OLDEST),
    Case("S_CONCL_RECEIVED", "fewer than received, alone", None, {RECEIVED: 10, CONCLUDED: 9}, PASS, "value", forms=OLDEST),
    Case("S_CONCL_RECEIVED", "more than received, alone", None, {RECEIVED: 10, CONCLUDED: 12}, NOT, "value", ALONE, forms=OLDEST),
    Case("S_REPL_RECEIVED", "two left before", {RECEIVED: 10, CONCLUDED: 8}, {RECEIVED: 10, REPLIES: 12}, PASS, "value", forms=OLDEST),
    Case("S_REPL_RECEIVED", "one left before", {RECEIVED: 10, CONCLUDED: 9}, {RECEIVED: 10, REPLIES: 12}, FAIL, "value", forms=OLDEST),
    Case("S_REPL_RECEIVED", "blank", {RECEIVED: 10}, {RECEIVED: None, REPLIES: 12}, NOT, "value", "blank", forms=OLDEST),
    Case("S_REPL_RECEIVED", "more than received, alone", None, {RECEIVED: 10, REPLIES: 12}, NOT, "value", ALONE, forms=OLDEST),
]  # fmt: skip


@pytest.fixture(scope="module")
def checks(check: Check) -> pd.DataFrame:
    return check({name: given for case in CASES for name, given in case.reports().items()})


def verdict_at(checks: pd.DataFrame, case: Case) -> tuple[str, str | None]:
    """Return verdict and reason at the case's row or column; X_CARRY is looked at in the total."""
    own = checks[(checks["code"] == case.code) & (checks["report_id"] == case.name)]
    if case.place:
        own = own[(own["row"] == case.place) | (own["row"].isna() & (own["col"] == case.place))]
        own = own[own["col"].eq("total")] if case.code == "X_CARRY" else own
    else:
        own = own[own["row"].isna() & own["col"].isna()]
    row = own.iloc[0]
    assert len(own) == 1
    return str(row["status"]), None if pd.isna(row["reason"]) else str(row["reason"])


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_rule_judges(checks: pd.DataFrame, case: Case) -> None:
    assert verdict_at(checks, case) == (case.verdict, case.reason)


@pytest.mark.parametrize("code", OVER_YEARS)
def test_every_rule_is_seen_to_hold_to_fail_and_not_to_apply(code: str) -> None:
    assert {PASS, FAIL, NOT} <= {case.verdict for case in CASES if case.code == code}


def test_carried_over_is_held_in_every_column(check: Check) -> None:
    checks = check({"2022": report(2022, "2021", {OUT: 3}), "2023": report(2023, "2021", {IN: 3})})
    own = checks[(checks["code"] == "X_CARRY") & (checks["report_id"] == "2023")]

    assert len(own) == 7
    assert set(own["severity"]) == {"hard"}


def test_a_failing_rule_names_both_cells_and_the_other_report(check: Check) -> None:
    checks = check({"2022": report(2022, "2021", {OUT: 3}), "2023": report(2023, "2021", {IN: 2})})
    row = checks[(checks["code"] == "X_CARRY") & (checks["status"] == FAIL)].iloc[0]

    assert (row["report_id"], row["left"], row["relation"], row["right"], row["difference"]) == ("2023", 2, "=", 3, -1)
    assert row["cells"] == "requests.carried_in.total;last_year:requests.carried_out.total"
    assert row["detail"] == "last_year=2022;source=2022.txt"


def test_a_report_without_one_of_last_year_gets_one_finding_a_rule(check: Check) -> None:
    checks = check({"2023": report(2023, "2021", {IN: 2, LICENCES: 5, FEES: 1, DISPUTES: 2, FORCE: 3})})
    over_years = checks[checks["code"].str.startswith("X_") & checks["code"].isin(OVER_YEARS)]

    assert over_years.groupby("code").size().to_dict() == dict.fromkeys(
        ["X_CARRY", "X_COPY", "X_FORCE", "X_JUMP", "X_PENDING"], 1
    )


PARTNERS: list[tuple[str, Mapping[str, Given], str]] = [
    ("another agency", {"other": report(2022, "2021", {OUT: 3}, agency="开远市教育局")}, ALONE),
    ("two years ago", {"old": report(2021, "2021", {OUT: 3})}, ALONE),
    ("of a report that could not be read", {"bad": report(2022, "2021", {OUT: 3}, status="failed")}, ALONE),
    ("a year not known", {"dateless": report(None, "2021", {OUT: 3})}, ALONE),
    (
        "two reports of last year, of which nobody can tell which holds",
        {"a": report(2022, "2021", {OUT: 3}), "b": report(2022, "2021", {OUT: 2})},
        "several_reports_of_last_year",
    ),
    (
        "a sum over many agencies, beside figures of one",
        {"all": report(2022, "2021", {OUT: 3}, scope="aggregate")},
        "scope_differs",
    ),
]


@pytest.mark.parametrize(("fact", "others", "reason"), PARTNERS, ids=[fact for fact, _, _ in PARTNERS])
def test_nothing_is_held_against(check: Check, verdicts: Judge, fact: str, others: Given, reason: str) -> None:
    checks = check({**others, "now": report(2023, "2021", {IN: 2}, scope="own")})

    assert verdicts(checks, "X_CARRY", "now") == {"": (NOT, reason)}


@pytest.mark.parametrize(("facts", "reason"), [({"agency": None}, "agency_unknown"), ({"year": None}, "year_unknown")])
def test_who_and_when_must_be_known(check: Check, verdicts: Judge, facts: Given, reason: str) -> None:
    now = report(2023, "2021", {IN: 2})

    checks = check({"2022": report(2022, "2021", {OUT: 3}), "now": {**now, "facts": {**now["facts"], **facts}}})

    assert verdicts(checks, "X_CARRY", "now") == {"": (NOT, reason)}


def test_of_two_reports_of_last_year_that_of_the_same_scope_counts(check: Check, verdicts: Judge) -> None:
    """东城区 2023 publishes both: 800 requests in the whole district, 206 at its government."""
    checks = check(
        {
            "all": report(2022, "2021", {NEW: 800}, scope="aggregate"),
            "own": report(2022, "2021", {NEW: 206}, scope="own"),
            "now": report(2023, "2021", {NEW: 4001}, scope="aggregate"),
        }
    )

    row = checks[
        (checks["code"] == "X_JUMP") & (checks["row"] == "new_received") & (checks["report_id"] == "now")
    ].iloc[0]

    assert (row["status"], row["right"]) == (FAIL, 800)


def test_the_same_report_held_twice_is_one(make_frames: Make, verdicts: Judge) -> None:
    frames = make_frames({"2022": report(2022, "2021", {OUT: 3}), "2023": report(2023, "2021", {IN: 3})})
    again = frames.reports[frames.reports["report_id"] == "2022"].assign(source="copy.txt")
    cells = frames.cells[frames.cells["report_id"] == "2022"].assign(source="copy.txt")

    checks = run_checks(
        Frames(
            reports=pd.concat([frames.reports, again], ignore_index=True),
            cells=pd.concat([frames.cells, cells], ignore_index=True),
            sections=frames.sections, figures=frames.figures, issues=frames.issues,
        )
    )  # fmt: skip

    assert set(verdicts(checks, "X_CARRY", "2023").values()) == {(PASS, None)}


@pytest.fixture
def make_frames(frames: Make) -> Make:
    return frames


def test_a_renamed_agency_is_held_against_itself(make_frames: Make, verdicts: Judge) -> None:
    frames = make_frames(
        {
            "2018": report(2018, "2021", {OUT: 3}, agency="衢江区食品药品监督管理局"),
            "2019": report(2019, "2021", {IN: 2}, agency="衢江区市场监督管理局"),
        }
    )
    aliases = pd.DataFrame(
        [("衢江区食品药品监督管理局", "衢江区市场监督管理局", None, 2018, "2019年机构改革方案")],
        columns=["agency", "same_as", "from_year", "to_year", "source"],
    )

    assert verdicts(run_checks(frames), "X_CARRY", "2019") == {"": (NOT, ALONE)}
    assert verdicts(run_checks(frames, aliases=aliases), "X_CARRY", "2019")["carried_in"] == (FAIL, None)


def test_agencies_of_one_name_are_held_against_themselves(check: Check, verdicts: Judge) -> None:
    """朝阳区 is in 北京 (110105) and in 长春 (220104)."""
    checks = check(
        {
            f"{code} {year}": report(year, "2021", {cell: number}, agency="朝阳区教育局", region_code=code)
            for code, number in (("110105", 3), ("220104", 4))
            for year, cell in ((2022, OUT), (2023, IN))
        }
        | {"somewhere": report(2023, "2021", {IN: 3}, agency="朝阳区教育局")}
    )

    assert set(verdicts(checks, "X_CARRY", "110105 2023").values()) == {(PASS, None)}
    assert set(verdicts(checks, "X_CARRY", "220104 2023").values()) == {(PASS, None)}
    assert verdicts(checks, "X_CARRY", "somewhere") == {"": (NOT, "agency_ambiguous")}


def simulated(style: BlankStyle, agencies: int = 8) -> Frames:
    """Return clean reports of agencies of all sizes for 2016 to 2024."""
    facts, cells = [], []
    for number in range(agencies):
        generator, figures = np.random.default_rng([7, number]), {}
        size = ("none", "small", "medium", "large")[number % 4]
        for year in range(2016, 2025):
            form = prescribed_form(year)
            figures = simulate_figures(form, generator, size=size, previous=figures)  # type: ignore[arg-type]
            name = f"{number}-{year}"
            key = {"report_id": name, "source": f"{year}/{number}.txt"}
            facts.append({**key, "status": "ok", "form": form.id, "year": year, "agency": f"第{number}市教育局"})
            for (table, row, col), value in leave_blank(figures, style).items():
                kind = Kind.BLANK if value is None else Kind.NUMBER
                place = {"form": form.id, "table": table, "row": row, "col": col}
                cells.append({**key, **place, "value": value, "kind": kind.value, "match": "exact"})
    others = {name: build(name) for name in ("sections", "figures", "issues")}
    return Frames(reports=build("reports", facts), cells=build("cells", cells), **others)


@pytest.fixture(scope="module")
def clean() -> Frames:
    return simulated("zeros")


@pytest.mark.parametrize("style", ["zeros", "zero_rows_blank", "every_zero_blank", "only_totals", "totals_blank"])
def test_in_clean_reports_nothing_fails_but_what_jumps_or_is_equal_by_chance(style: BlankStyle) -> None:
    checks = run_checks(simulated(style))
    failing = checks[checks["status"].isin(FAILING) & checks["code"].isin(OVER_YEARS)]

    assert set(failing["code"]) <= {"X_JUMP", "X_COPY"}
    jumps, copies = failing[failing["code"] == "X_JUMP"], failing[failing["code"] == "X_COPY"]
    assert (np.maximum(jumps["left"], jumps["right"]) > 5 * np.minimum(jumps["left"], jumps["right"])).all()
    assert set(jumps["row"]) <= {"fees", "procurement", "new_received", "results_total"}  # drawn anew, or a new form
    assert (copies["left"] == copies["right"]).all()
    assert (copies["left"] <= 6).all()


def test_stocks_that_go_on_are_seen_to_hold(clean: Frames) -> None:
    checks = run_checks(clean)

    passed = checks[checks["status"] == PASS].groupby("code").size()

    assert {"X_CARRY", "X_FORCE", "X_DISCLOSED", "X_ITEMS", "X_PENDING", "X_JUMP", "X_COPY"} <= set(passed.index)


def _of_years(frame: pd.DataFrame, number: int) -> pd.DataFrame:
    """Return the rows of every third year."""
    return frame[frame["source"].str[:4].astype("int64") % 3 == number].reset_index(drop=True)


@pytest.mark.parametrize("prepared", [False, True])
def test_a_corpus_checked_part_by_part_gives_the_findings_of_the_whole(clean: Frames, prepared: bool) -> None:
    """Parts are cut through the years, so that most reports have their last year in another part."""
    names = ("reports", "cells", "sections", "figures", "issues")

    def part(number: int) -> Frames:
        return Frames(**{name: _of_years(getattr(clean, name), number) for name in names})

    parts = [part(number) for number in range(3)]
    joined = pd.concat([read_history(each) for each in parts], ignore_index=True)
    history = History(joined) if prepared else joined
    found = pd.concat([run_checks(each, history) for each in parts], ignore_index=True)

    expected = run_checks(clean)
    order = [*KEY, "code", "table", "row", "col"]
    of_parts, of_all = (
        frame[frame["code"].isin(OVER_YEARS)].sort_values(order, kind="stable", ignore_index=True)
        for frame in (found, expected)
    )
    pd.testing.assert_frame_equal(of_parts, of_all)


def test_a_history_keeps_large_counts_and_amounts_to_the_last_digit(make_frames: Make) -> None:
    """11,398,889 licences fit into four bytes, 5,125.11 万元 and 16,777,217 licences do not."""
    frames = make_frames(
        {
            "a": report(2022, "2021", {LICENCES: 11398889, FEES: 5125.11}),
            "b": report(2023, "2021", {LICENCES: 16777217, FEES: None}),
        }
    )

    history = read_history(frames)
    small = read_history(make_frames({"a": report(2022, "2021", {LICENCES: 11398889})}))

    assert history[LICENCES].tolist() == [11398889, 16777217]
    assert history[FEES].dropna().tolist() == [5125.11]
    assert small[LICENCES].dtype == np.float32
    assert pd.concat([small, history], ignore_index=True)[LICENCES].tolist() == [11398889, 11398889, 16777217]


def test_a_history_without_one_of_the_reports_is_refused(make_frames: Make) -> None:
    frames = make_frames({"2022": report(2022, "2021", {OUT: 3}), "2023": report(2023, "2021", {IN: 3})})
    history = read_history(frames)

    with pytest.raises(CorpusError, match=r"does not hold the report 2023 of 2023\.txt: give what read_history gives"):
        run_checks(frames, history.iloc[:1])
