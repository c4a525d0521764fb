"""Three hundred simulated agencies from 2016 to 2024, on three forms: what was simulated is what the series say.

Some are renamed, some miss a year, and some carry another number in than they carried out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
import pandas as pd
import pytest

from gia_analysis.analysis.crosswalk import crosswalk
from gia_analysis.analysis.panel import continuity, growth, panel, reporting
from gia_analysis.analysis.series import long_series
from gia_analysis.checks import run_checks
from gia_analysis.forms import prescribed_form
from gia_analysis.schema import FAILING, Frames, build
from gia_analysis.simulation import CellKey, Size, invented_agencies, simulate_figures

AGENCIES = 300
YEARS = range(2016, 2025)
RENAMED_IN = 2021
# The crosswalk by hand: rows on the form of 2014, and rows of the total column on the forms since 2019.
BY_HAND: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "new_received": (("requests_received",), ("new_received",)),
    "carried_in": ((), ("carried_in",)),
    "carried_out": ((), ("carried_out",)),
    "results_total": (("replies_total",), ("results_total",)),
    "granted": (("reply_already_public", "reply_granted"), ("granted",)),
    "partially_granted": (("reply_partially_granted",), ("partially_granted",)),
    "unable_not_held": (("reply_not_this_agency", "reply_not_exist"), ("unable_not_held",)),
    "unable_unclear": (("reply_asked_to_amend",), ("unable_unclear",)),
    "denied_third_party": (("denied_trade_secret", "denied_privacy"), ("denied_third_party",)),
    "referred": (
        ("denied_not_government_information", "reply_other_channel"),
        (
            "denied_admin_inquiry", "not_processed_petition", "not_processed_repeat", "not_processed_publication",
            "not_processed_abusive", "not_processed_reconfirm",
        ),
    ),
    "other": ((), ("other_handling", "other_overdue_correction", "other_overdue_fee", "other_misc")),
}  # fmt: skip
# Their question changed once more in 2021: from documents made to documents issued.
DOCUMENTS = {"regulations_issued", "normative_documents_issued"}


@dataclass(frozen=True)
class Report:
    number: int
    name: str
    year: int
    figures: Mapping[CellKey, float]

    @property
    def report_id(self) -> str:
        return f"{self.number}-{self.year}"


def misses(number: int) -> int | None:
    """The year of which an agency has no report; never 2019, at which the series break."""
    return (2017, 2018, 2021, 2022, 2023)[number // 10 % 5] if number % 10 == 3 else None


def is_renamed(number: int) -> bool:
    return number % 12 == 5


def is_planted(number: int, year: int) -> bool:
    return number % 15 == 7 and year == 2020 + number // 15 % 4


def reports_of(number: int, name: str, size: Size) -> Iterator[Report]:
    generator = np.random.default_rng([20, number])
    figures: dict[CellKey, float] = {}
    for year in YEARS:
        figures = simulate_figures(prescribed_form(year), generator, size=size, previous=figures)
        printed = dict(figures)
        if is_planted(number, year):
            for column in ("natural_person", "total"):
                printed["requests", "carried_in", column] += 3
        if year != misses(number):
            renamed = is_renamed(number) and year >= RENAMED_IN
            yield Report(number, f"{name}（新）" if renamed else name, year, printed)


def frames_of(reports: list[Report]) -> Frames:
    rows = [
        (report.report_id, prescribed_form(report.year).id, *cell, value)
        for report in reports
        for cell, value in report.figures.items()
    ]
    cells = pd.DataFrame(rows, columns=["report_id", "form", "table", "row", "col", "value"])
    cells = cells.assign(source=cells["report_id"] + ".txt", kind="number", match="exact", raw="")
    facts = [
        {
            "report_id": each.report_id, "source": f"{each.report_id}.txt", "status": "ok", "agency": each.name,
            "form": prescribed_form(each.year).id, "year": each.year, "scope": "own",
        }
        for each in reports
    ]  # fmt: skip
    return Frames(build("reports", facts), build("cells", cells), build("sections"), build("figures"), build("issues"))


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    named = enumerate(islice(invented_agencies(), AGENCIES))
    return [report for number, agency in named for report in reports_of(number, agency.name, agency.size)]


@pytest.fixture(scope="module")
def aliases(reports: list[Report]) -> pd.DataFrame:
    names = sorted({each.name for each in reports if each.name.endswith("（新）")})
    rows = [
        {"agency": each.removesuffix("（新）"), "same_as": each, "to_year": RENAMED_IN - 1, "source": "simulated"}
        for each in names
    ]
    found = pd.DataFrame(rows, columns=["agency", "same_as", "from_year", "to_year", "source"])
    return found.astype({"from_year": "Int64", "to_year": "Int64"})


@pytest.fixture(scope="module")
def frames(reports: list[Report]) -> Frames:
    return frames_of(reports)


@pytest.fixture(scope="module")
def series(frames: Frames, aliases: pd.DataFrame) -> pd.DataFrame:
    return long_series(frames, aliases=aliases)


@pytest.fixture(scope="module")
def balanced(series: pd.DataFrame) -> pd.DataFrame:
    return panel(series)


def told(report: Report, code: str) -> float:
    """What a report tells of a series, from its figures as simulated; NaN where its form does not ask."""
    old, new = BY_HAND[code]
    if report.year < 2019:
        return sum(report.figures["stats_2014", row, "value"] for row in old) if old else float("nan")
    return sum(report.figures.get(("requests", row, "total"), 0) for row in new)


def number_of(series: pd.DataFrame, reports: list[Report]) -> pd.Series:
    """The number of the agency that each row is of, by the name it was followed under."""
    last = {report.name: report.number for report in reports}
    return series["agency"].map(last)


def test_the_series_are_what_was_simulated(series: pd.DataFrame, reports: list[Report]) -> None:
    found = series[series["code"].isin(BY_HAND)].set_index(["report_id", "code"])["value"]
    true = pd.Series({(each.report_id, code): told(each, code) for each in reports for code in BY_HAND})

    assert len(found) == len(true)
    pd.testing.assert_series_equal(found.sort_index(), true.sort_index(), check_names=False, check_index_type=False)


def test_every_report_has_every_series_once(series: pd.DataFrame, reports: list[Report]) -> None:
    assert len(series) == len(reports) * len(crosswalk())
    assert not series.duplicated(["agency", "scope", "year", "code"]).any()


def test_what_is_missing_is_not_on_the_form(series: pd.DataFrame) -> None:
    assert set(series.loc[series["value"].isna(), "reason"]) == {"not_on_form"}
    assert series.loc[series["value"].notna(), "reason"].isna().all()


def test_series_break_at_2019_and_nowhere_else(series: pd.DataFrame) -> None:
    questions = series[~series["code"].isin(DOCUMENTS)]
    on_both = {code for code, each in crosswalk().items() if each.on_form("2014") and each.on_form("2019")} - DOCUMENTS

    broken = questions[questions["breaks"]]

    assert set(broken["year"]) == {2019}
    assert set(broken["code"]) == on_both
    assert len(broken) == AGENCIES * len(on_both)


def test_the_question_about_documents_changed_again_in_2021(series: pd.DataFrame) -> None:
    broken = series[series["breaks"] & (series["code"] == "regulations_issued")]

    assert set(broken["year"]) == {2021, 2022}  # 2022: those without a report of 2021
    assert len(broken) == AGENCIES


def test_what_stands_on_the_form_of_2014_is_near_not_exact(series: pd.DataFrame) -> None:
    requests = series[series["code"] == "new_received"]

    assert (requests["exact"] == (requests["year"] >= 2019)).all()


def test_renamed_agencies_are_followed(series: pd.DataFrame, reports: list[Report]) -> None:
    number = series["report_id"].str.partition("-")[0].astype("int64")

    assert (series["agency"].groupby(number).nunique() == 1).all()
    assert series["agency"].nunique() == AGENCIES
    followed = series[(series["code"] == "new_received") & is_renamed(number)]
    assert (followed.groupby("agency")["year"].nunique() >= len(YEARS) - 1).all()


def test_without_the_aliases_a_renamed_agency_is_two(frames: Frames) -> None:
    found = long_series(frames, codes=["new_received"])

    assert found["agency"].nunique() == AGENCIES + sum(is_renamed(number) for number in range(AGENCIES))


def test_a_missing_year_is_a_gap(balanced: pd.DataFrame, reports: list[Report]) -> None:
    gaps = balanced[balanced["reason"] == "no_report"]
    missed = {(number, misses(number)) for number in range(AGENCIES) if misses(number)}

    assert len(balanced) == AGENCIES * len(YEARS) * len(crosswalk())
    assert set(zip(number_of(gaps, reports), gaps["year"], strict=True)) == missed
    assert gaps["value"].isna().all()
    assert gaps["source"].isna().all()


def test_growth_is_that_of_the_simulated_figures(balanced: pd.DataFrame, reports: list[Report]) -> None:
    truth = {(each.number, each.year): told(each, "new_received") for each in reports}
    found = growth(balanced[balanced["code"] == "new_received"].reset_index(drop=True))
    expected: list[tuple[float | None, float | None]] = []
    for number, year in zip(number_of(found, reports), found["year"], strict=True):
        now, before = truth.get((number, year)), truth.get((number, year - 1))
        if now is None or before is None or year == 2019:
            expected.append((None, None))
        else:
            expected.append((now - before, (now - before) / before if before else None))

    true = pd.DataFrame(expected, columns=["change", "growth"], dtype="float64")
    pd.testing.assert_frame_equal(found[["change", "growth"]], true)
    assert (found["growth"].isna() == found["growth_reason"].notna()).all()
    assert found["growth"].notna().sum() > AGENCIES


def test_growth_says_why_there_is_none(balanced: pd.DataFrame, reports: list[Report]) -> None:
    found = growth(balanced[balanced["code"] == "new_received"].reset_index(drop=True))
    reasons = found.set_index([number_of(found, reports), "year"])["growth_reason"]
    busy, gap, idle = 0, 3, 3  # a city government; the fourth agency is a town without requests, and misses 2017

    assert reasons[busy, 2016] == "base_missing"
    assert reasons[busy, 2019] == "series_break"
    assert pd.isna(reasons[busy, 2020])
    assert (reasons[gap, 2017], reasons[gap, 2018]) == ("value_missing", "base_missing")
    assert reasons[idle, 2022] == "base_zero"


def test_the_share_of_agencies_that_report(balanced: pd.DataFrame) -> None:
    found = reporting(balanced).set_index("year")
    missing = pd.Series([misses(number) for number in range(AGENCIES)]).value_counts()

    assert (found["agencies"] == AGENCIES).all()
    assert {year: AGENCIES - count for year, count in found["reporting"].items()} == {
        year: int(missing.get(year, 0)) for year in YEARS
    }
    assert found.loc[2020, "share"] == 1
    assert found.loc[2017, "share"] == (AGENCIES - missing[2017]) / AGENCIES


def test_broken_carry_overs_are_exactly_those_planted(series: pd.DataFrame, reports: list[Report]) -> None:
    found = continuity(series)
    by_agency = {report.name: report.number for report in reports}
    broken = found[found["holds"].eq(False).fillna(False)]
    planted = {(each.number, each.year) for each in reports if is_planted(each.number, each.year)}

    assert set(zip(broken["agency"].map(by_agency), broken["year"], strict=True)) == planted
    assert (broken["difference"] == 3).all()
    assert len(planted) == AGENCIES // 15


def test_the_checks_over_years_find_the_same(frames: Frames, aliases: pd.DataFrame, reports: list[Report]) -> None:
    checks = run_checks(replace(frames, cells=frames.cells[frames.cells["table"] == "requests"]), aliases=aliases)
    planted = {each.report_id for each in reports if is_planted(each.number, each.year)}

    failing = checks[(checks["code"] == "X_CARRY") & checks["status"].isin(FAILING)]
    found = long_series(frames, checks, aliases, codes=["carried_in"])
    flagged = found[found["flags"].fillna("").str.contains("X_CARRY")]

    assert set(failing["report_id"]) == planted
    assert set(flagged["report_id"]) == planted


def test_a_carry_over_that_cannot_be_told_says_why(series: pd.DataFrame) -> None:
    found = continuity(series)
    open_ones = found[found["holds"].isna()]

    assert set(found["year"]) == set(range(2019, 2025))
    assert set(open_ones.loc[open_ones["year"] == 2019, "reason"]) == {"not_on_form", "no_report_of_last_year"}
    assert set(open_ones.loc[open_ones["year"] > 2019, "reason"]) == {"no_report_of_last_year"}
    assert found["difference"].notna().sum() > AGENCIES * 4
