"""What the pages on data quality and on trends say: what was read and what to mend; sums over the right agencies."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import gia_analysis as gia
from gia_analysis.schema import Kind
from gia_analysis.simulation import simulate_corpus
from gia_analysis.summaries.quality import QualitySummary
from gia_analysis.summaries.trends import AgencyTrendSummary, TrendSummary
from gia_analysis.summaries.trends_lines import by_year, in_every_year, own_lines, year_to_year

NEW_REQUESTS = ("requests.new_received.total", "stats_2014.requests_received.value")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight agencies on three forms, a file that is empty, and one report cut in the middle."""
    made = tmp_path_factory.mktemp("simulated")
    simulate_corpus(made, agencies=8, first_year=2018, last_year=2021, seed=3)
    (made / "raw" / "empty.txt").write_bytes(b"")
    last = sorted((made / "raw").glob("*_2021.txt"))[-1]
    last.write_bytes(last.read_bytes()[:2500])
    return made


@pytest.fixture(scope="module")
def corpus(folder: Path) -> gia.Corpus:
    return gia.read_reports(folder / "raw")


def rows_of(text: str, start: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(start)]


def changed(corpus: gia.Corpus, agency: str, cell: tuple[str, str, str], value: float | None, year: int) -> gia.Corpus:
    """Return the corpus with another figure in a cell; blank where there is none."""
    key = corpus.reports.set_index(["agency", "year"]).loc[(agency, year), "report_id"]
    cells = corpus.cells
    at = cells["report_id"].eq(key) & cells["table"].eq(cell[0]) & cells["row"].eq(cell[1]) & cells["col"].eq(cell[2])
    assert at.sum() == 1
    kind = cells["kind"].mask(at, Kind.BLANK.value if value is None else Kind.NUMBER.value).astype("str")
    return gia.Corpus(replace(corpus.frames, cells=cells.assign(value=cells["value"].mask(at, value), kind=kind)))


def test_files_that_could_not_be_read_are_listed_with_the_reason(corpus: gia.Corpus) -> None:
    text = repr(QualitySummary(corpus, "en").reading())

    assert "Of 33 files" in text
    assert "1 could not be read" in text
    assert any("empty.txt" in line and "the file is empty" in line for line in text.splitlines())


def test_a_report_cut_off_counts_as_read_in_part_and_is_told_what_to_do(corpus: gia.Corpus) -> None:
    text = repr(QualitySummary(corpus, "en").reading())

    assert rows_of(text, "a row of the form was not found")[0].endswith(
        "See whether the file was cut off or rows are missing."
    )


def test_a_broken_carry_over_names_both_figures(corpus: gia.Corpus) -> None:
    agency = corpus.reports["agency"].iloc[0]
    before = corpus.reports.set_index(["agency", "year"]).loc[(agency, 2019), "report_id"]
    of_before = corpus.cells[corpus.cells["report_id"] == before]
    out = of_before.query("row == 'carried_out' and col == 'total'")["value"].item()
    broken = changed(corpus, agency, ("requests", "carried_in", "total"), out + 40, 2020)
    text = repr(QualitySummary(broken, "en").carried_over())

    assert re.split(r"\s{2,}", rows_of(text, f"{agency} 2020")[0])[1:] == ["Total", f"{out + 40:,.0f}", f"{out:,.0f}"]
    assert rows_of(text, "2020")[0].split()[2] == "1"


def test_a_likely_wrong_cell_names_the_cell_and_a_value(corpus: gia.Corpus) -> None:
    """A figure ten times too large in one column of one row, which breaks the sum of both."""
    cells = corpus.cells.query("table == 'requests' and row == 'granted' and col == 'natural_person' and value > 3")
    agency, year = corpus.reports.set_index("report_id").loc[cells["report_id"].iloc[0], ["agency", "year"]]
    true = cells["value"].iloc[0]
    wrong = changed(corpus, agency, ("requests", "granted", "natural_person"), true * 10, int(year))
    (line,) = rows_of(repr(QualitySummary(wrong, "en").hints()), f"{agency} {year}")

    assert re.split(r"\s{2,}", line)[2:4] == [f"{true * 10:,.0f}", f"{true:,.0f}"]


def test_a_report_with_a_blank_is_no_longer_among_those_whose_rate_can_be_trusted(corpus: gia.Corpus) -> None:
    busy = corpus.indicators.query("code == 'disclosure_rate_broad' and denominator >= 30 and flags.isna()")
    year_of = corpus.reports.set_index("report_id").loc[busy["report_id"], ["agency", "year"]]
    agency, year = year_of[year_of["year"] >= 2019].iloc[0]
    blank = changed(corpus, agency, ("requests", "partially_granted", "total"), None, int(year))
    reasons = []
    for each in (corpus, blank):
        table = repr(QualitySummary(each, "en").trust()).rpartition("Disclosure rate, broad\n")[2]
        found = (re.split(r"\s{2,}", line) for line in table.splitlines())
        reasons.append({cells[0]: int(cells[1]) for cells in found if len(cells) == 4 and cells[1].isdigit()})
    before, after = reasons

    trusted, missing = "enough cases, checks hold", "a cell it needs is blank"
    assert after[trusted] == before[trusted] - 1
    assert after.get(missing, 0) == before.get(missing, 0) + 1


def test_sums_over_all_agencies_are_those_of_the_truth(folder: Path, corpus: gia.Corpus) -> None:
    truth = pd.read_parquet(folder / "truth.parquet")
    names = truth["table"] + "." + truth["row"] + "." + truth["col"]
    received = truth[names.isin(NEW_REQUESTS) & truth["value"].notna()].groupby("year")["value"].agg(["sum", "size"])
    text = repr(TrendSummary(corpus, "en").side_by_side())
    requests, _, _ = text.partition("Outcomes")

    told = {year: f"{row['sum']:,.0f} ({row['size']:.0f})" for year, row in received.iterrows()}
    shown = {int(line[:4]): re.findall(r"[\d,]+ \(\d+\)", line)[0] for line in rows_of(requests, "20")}
    assert shown == told


def test_aggregates_are_never_added(corpus: gia.Corpus) -> None:
    biggest = corpus.indicators.query("code == 'request_volume'").sort_values("value")["report_id"].iloc[-1]
    agency = corpus.reports.set_index("report_id").loc[biggest, "agency"]
    scope = corpus.reports["scope"].mask(corpus.reports["agency"] == agency, "aggregate")
    marked = gia.Corpus(replace(corpus.frames, reports=corpus.reports.assign(scope=scope)))
    with_it, without = (TrendSummary(each, "en")._of("request_volume")["value"].sum() for each in (corpus, marked))
    own = corpus.reports.merge(corpus.indicators.query("code == 'request_volume'"), on=["source", "report_id"])

    assert with_it - without == own.loc[own["agency"] == agency, "value"].sum() > 0


def lines(rows: list[tuple[str, int, float | None]], *, scope: str = "own", breaks: int = 0) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["agency", "year", "value"]).astype({"year": "Int64", "value": "float64"})
    given = {
        name: pd.Series(None, index=frame.index, dtype="str")
        for name in ("report_id", "source", "form", "unit", "flags", "cells", "reason")
    }
    nothing = pd.Series(float("nan"), index=frame.index)
    return frame.assign(
        scope=scope, code="new_received", exact=True, breaks=frame["year"].eq(breaks), numerator=nothing,
        denominator=nothing, **given,
    )  # fmt: skip


def test_a_balanced_panel_holds_only_agencies_with_a_figure_in_every_year() -> None:
    frame = lines([("甲", 2019, 1), ("甲", 2020, 2), ("乙", 2019, 5), ("乙", 2020, None), ("丙", 2020, 7)])

    assert list(in_every_year(frame)["agency"]) == ["甲", "甲"]
    assert list(by_year(frame)["value"]) == [6, 9]
    assert list(by_year(frame)["agencies"]) == [2, 2]


def test_a_change_is_told_only_over_agencies_that_can_be_compared() -> None:
    frame = lines([("甲", 2019, 10), ("甲", 2020, 12), ("乙", 2019, 5), ("乙", 2020, None), ("丙", 2020, 7)])
    (row,) = year_to_year(frame).to_dict("records")

    assert (row["agencies"], row["before"], row["now"], round(row["growth"], 3)) == (1, 10, 12, 0.2)


def test_no_change_is_told_over_a_break() -> None:
    assert year_to_year(lines([("甲", 2018, 10), ("甲", 2019, 12)], breaks=2019)).empty


def test_a_report_that_may_be_an_aggregate_is_not_added() -> None:
    """An agency publishes an aggregate and another report that does not tell its scope."""
    open_scope = pd.concat([lines([("甲", 2020, 9)], scope="aggregate"), lines([("甲", 2020, 4)], scope="unknown")])

    assert own_lines(open_scope).empty
    assert len(own_lines(lines([("甲", 2020, 4)], scope="unknown"))) == 1


def test_an_agency_over_its_years_shows_what_is_missing_as_missing(corpus: gia.Corpus) -> None:
    agency = corpus.reports["agency"].iloc[0]
    blank = changed(corpus, agency, ("requests", "new_received", "total"), None, 2020)
    requests, _, _ = repr(AgencyTrendSummary(blank, agency, "en").side_by_side()).partition("Outcomes")

    received = {line.split()[0]: line.split()[1] for line in rows_of(requests, "20")}
    assert received["2018"] == "≈"
    assert received["2019"].replace(",", "").isdigit()
    assert received["2020"] == "—"


def test_an_agency_links_to_the_pages_of_its_years(corpus: gia.Corpus) -> None:
    agency = corpus.reports["agency"].iloc[0]
    page = AgencyTrendSummary(corpus, agency).headline().html()
    reports = corpus.reports[corpus.reports["agency"] == agency]

    for row in reports.itertuples():
        assert f'<a href="agency-{row.year}-{row.report_id}.html"><time>{row.year}</time></a>' in page
