"""The index: what the site knows of every agency, as data in the page; unknown stays unknown, and names stay text."""

import json
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import pandas as pd
import pytest
from lxml import html

import gia_analysis as gia
from gia_analysis.corrections import HEADER
from gia_analysis.display import format_share
from gia_analysis.forms import Language
from gia_analysis.publishing.index import SitePage, site_index
from gia_analysis.schema import Frames, build
from publishing.site_frames import many_agencies

SAMPLES = Path(__file__).parents[2] / "data" / "raw"
HOSTILE = "甲局</script><script>alert(1)</script><!-- {{ 7*7 }}\"'\n\u202e\x00\u2028" + "长" * 300
NAME, PLACE, LEVEL, TREND, YEARS = 0, 2, 3, 4, 5
YEAR, FILE, FAILED, REQUESTS, RESULTS, RATE, LOW, HIGH, HARD, OTHER, MARKS = 0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11


@pytest.fixture(scope="module")
def samples() -> gia.Corpus:
    return gia.read_reports(SAMPLES)


def pages_of(corpus: gia.Corpus) -> list[SitePage]:
    known = corpus.reports.dropna(subset=["agency", "year"])
    return [
        SitePage(
            f"agency-{row.year}-{row.report_id}.html", f"{row.agency}", "agency", row.agency, row.year, row.report_id
        )
        for row in known.itertuples()
    ]


def data_of(page: str) -> dict[str, Any]:
    (found,) = html.fromstring(page).xpath("//script[@id='data']/text()")
    data: dict[str, Any] = json.loads(found)
    return data


def rows_of(page: str) -> dict[str, list[Any]]:
    return {each[NAME]: each for each in data_of(page)["agencies"]}


def with_reports(corpus: gia.Corpus, reports: pd.DataFrame) -> gia.Corpus:
    frames = replace(corpus.frames, reports=reports)
    return gia.Corpus(frames, checks=corpus.checks, indicators=corpus.indicators)


def test_figures_are_those_of_the_report(samples: gia.Corpus) -> None:
    """通济街道办事处 received two requests in 2020, and answered one of two with information."""
    (year,) = rows_of(site_index(samples, pages_of(samples), "zh"))["通济街道办事处"][YEARS]
    rows = samples.indicators[samples.indicators["report_id"] == year[FILE]].set_index("code")
    rate = rows.loc["disclosure_rate_broad"]

    assert (year[YEAR], year[REQUESTS]) == (2020, 2)
    assert year[RESULTS] == rows.loc["results", "value"]
    low, high = year[LOW] / 10, year[HIGH] / 10
    assert f"{year[RATE] / 10} % ({low}–{high})" == format_share(rate["value"], rate["low"], rate["high"])


def test_what_is_unknown_is_told_with_its_reason_and_is_never_zero(samples: gia.Corpus) -> None:
    """县底镇 handled no request: it has no disclosure rate."""
    page = site_index(samples, pages_of(samples), "zh")
    (year,) = rows_of(page)["尧都区县底镇人民政府"][YEARS]

    assert (year[REQUESTS], year[RESULTS]) == (0, 0)
    assert data_of(page)["reasons"][int(year[RATE])] == "分母为零"
    assert year[LOW] == year[RATE]


@pytest.mark.parametrize("kept", ["no indicators", "no checks"])
def test_a_figure_that_was_not_computed_is_unknown(samples: gia.Corpus, kept: str) -> None:
    checks, indicators = samples.checks, samples.indicators
    bare = gia.Corpus(
        samples.frames,
        checks=checks.iloc[:0] if kept == "no checks" else checks,
        indicators=indicators.iloc[:0] if kept == "no indicators" else indicators,
    )

    page = site_index(bare, pages_of(bare), "en")

    reasons, (year,) = data_of(page)["reasons"], rows_of(page)["通济街道办事处"][YEARS]
    unknown = (REQUESTS, RESULTS, RATE, LOW, HIGH) if kept == "no indicators" else (HARD, OTHER)
    told = "the indicator was not computed" if kept == "no indicators" else "the checks were not made"
    assert [reasons[int(year[place])] for place in unknown] == [told] * len(unknown)


def test_failing_checks_are_counted_by_whether_they_must_hold(samples: gia.Corpus) -> None:
    found = samples.checks[samples.checks["status"].isin(["fail", "fail_whatever_blanks_are"])]
    for entry in rows_of(site_index(samples, pages_of(samples), "zh")).values():
        (year,) = entry[YEARS]
        severity = found.loc[found["report_id"] == year[FILE], "severity"]

        assert (year[HARD], year[OTHER]) == ((severity == "hard").sum(), (severity != "hard").sum())


def test_regions_are_those_of_the_division_and_open_where_it_is(samples: gia.Corpus) -> None:
    page = site_index(samples, pages_of(samples), "zh")
    data, rows = data_of(page), rows_of(page)

    assert data["places"][rows["尧都区县底镇人民政府"][PLACE]] == ["山西省临汾市尧都区", "140000", "141000"]
    assert rows["通济街道办事处"][PLACE] == -1
    assert [each[1] for each in data["regions"]] == ["河北省", "山西省", "浙江省", "广东省"]
    options = html.fromstring(page).xpath("//select[@id='region']//option/text()")
    assert options == [
        "全部", "河北省（全部）", "保定市", "山西省（全部）", "临汾市", "浙江省（全部）", "衢州市", "广东省（全部）", "韶关市", "未能确定",
    ]  # fmt: skip


def test_years_of_an_agency_are_in_one_row_the_latest_first() -> None:
    corpus, pages = many_agencies(3, range(2018, 2024))

    page = site_index(corpus, [*pages, SitePage("trend-1.html", "x", "trend", pages[0].agency)], "zh")

    rows = rows_of(page)
    assert len(rows) == 3
    assert [year[YEAR] for year in rows[pages[0].agency or ""][YEARS]] == [2023, 2022, 2021, 2020, 2019, 2018]
    assert rows[pages[0].agency or ""][TREND] == "trend-1.html"
    assert rows[pages[6].agency or ""][TREND] == 0
    assert html.fromstring(page).xpath("//select[@id='year']/option/text()")[1:] == [
        str(y) for y in range(2023, 2017, -1)
    ]


def test_failed_pages_are_marked(samples: gia.Corpus) -> None:
    pages = pages_of(samples)
    pages[0] = replace(pages[0], failed=True, message="it raised")
    pages.append(SitePage("all-2020.html", "2020 年", "cross", None, 2020, failed=True, message="it raised"))

    page = site_index(samples, pages, "zh")

    assert [each[YEARS][0][FAILED] for each in rows_of(page).values()].count(1) == 1
    (overview,) = html.fromstring(page).xpath("//ul[@class='overviews']/li")
    assert overview.text_content() == "2020 年 （未能生成）"


def test_a_corrected_figure_is_marked(samples: gia.Corpus, tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    report_id = samples.reports.set_index("agency").loc["通济街道办事处", "report_id"]
    file.write_text(
        f"{','.join(HEADER)}\n{report_id},,requests,new_received,total,2,3,漏计,汇总报告,公开机构,2021-03-01\n",
        encoding="utf-8",
    )
    corrected = samples.with_corrections(file)

    (year,) = rows_of(site_index(corrected, pages_of(corrected), "zh"))["通济街道办事处"][YEARS]

    assert (year[REQUESTS], year[MARKS]) == (3, 1)


def test_files_without_a_page_are_told_with_the_reason_and_without_folders_of_the_machine(samples: gia.Corpus) -> None:
    reports = samples.reports.assign(source="/home/someone/raw/" + samples.reports["source"].str.rsplit("/").str[-1])
    reports.loc[0, ["agency", "message"]] = [None, "no title; /home/someone/raw/x has none"]
    reports.loc[1, "year"] = pd.NA
    reports.loc[2, "agency"] = reports.loc[3, "agency"]
    corpus = with_reports(samples, reports)
    pages = [page for page in pages_of(corpus) if page.report_id != reports.loc[2, "report_id"]]

    page = site_index(corpus, pages, "en")

    (table,) = html.fromstring(page).xpath("//details//table")
    assert [[cell.text_content() for cell in row] for row in table.find("tbody")] == [
        ["2020-qujiang-office-affairs-centre.txt", "no title; x has none"],
        ["2020-tongji-subdistrict.txt", "agency or year is not known"],
        ["2020-xiandi-town.txt", "there is another report of this agency and year"],
    ]
    assert "/home/" not in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_names_and_sources_are_data_and_text(samples: gia.Corpus, lang: Language) -> None:
    reports = samples.reports.copy()
    reports.loc[0, ["agency", "region"]] = [HOSTILE, HOSTILE]
    reports.loc[1, ["agency", "source", "message"]] = [None, HOSTILE, HOSTILE]
    corpus = with_reports(samples, reports)
    pages = [replace(page, title=HOSTILE) for page in pages_of(corpus)]

    page = site_index(corpus, [*pages, SitePage("all-2020.html", HOSTILE, "cross", None, 2020)], lang)

    assert HOSTILE in rows_of(page)
    assert page.count("<script") == 3
    assert "\x00" not in page
    assert "<!--" not in page
    assert "{{ 7*7 }}" in html.fromstring(page).xpath("string(//noscript)")


def test_without_scripts_every_agency_is_listed(samples: gia.Corpus) -> None:
    pages = pages_of(samples)

    listed = html.fromstring(site_index(samples, pages, "zh")).xpath("//noscript//a/@href")

    assert sorted(listed) == sorted(page.file for page in pages)


def test_an_empty_corpus_has_an_index() -> None:
    names = ("reports", "cells", "sections", "figures", "issues")
    empty = gia.Corpus(Frames(**{name: build(name) for name in names}))

    assert data_of(site_index(empty, [], "zh"))["agencies"] == []


def test_five_thousand_agencies_over_six_years_take_seconds() -> None:
    corpus, pages = many_agencies(5000, range(2018, 2024))
    site_index(*many_agencies(10, [2020]), "zh")
    start = perf_counter()

    page = site_index(corpus, pages, "zh")

    assert perf_counter() - start < 8
    assert len(rows_of(page)) == len({each.agency for each in pages if each.agency}) > 4900
