"""Whose pages they are: agencies of one name are kept apart, and a renamed one is followed."""

from dataclasses import replace

import pandas as pd
import pytest

import gia_analysis as gia
from gia_analysis.errors import CorpusError
from gia_analysis.simulation import simulate_corpus
from gia_analysis.summaries.agency import AgencySummary
from gia_analysis.summaries.trends import AgencyTrendSummary

HOMONYM = "朝阳区人民政府"
PLACES = {"110105": "北京市朝阳区", "220104": "吉林省长春市朝阳区"}
FORMER = "旧名局"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> gia.Corpus:
    """Three agencies over three years: two bear one name, the third had another in the first year."""
    folder = tmp_path_factory.mktemp("names")
    simulate_corpus(folder, agencies=3, first_year=2021, last_year=2023, seed=9)
    frames = gia.read_reports(folder / "raw").frames
    reports = frames.reports.copy()
    *homonyms, renamed = reports["agency"].unique()
    for agency, (code, region) in zip(homonyms, PLACES.items(), strict=True):
        reports.loc[reports["agency"] == agency, ["agency", "region_code", "region"]] = HOMONYM, code, region
    reports.loc[(reports["agency"] == renamed) & (reports["year"] == 2021), "agency"] = FORMER
    aliases = pd.DataFrame({"agency": [FORMER], "same_as": [renamed], "from_year": [None], "to_year": [2021]})
    return gia.Corpus(replace(frames, reports=reports), aliases=aliases)


@pytest.mark.parametrize("code", PLACES)
def test_agencies_of_one_name_are_told_apart_by_their_division(corpus: gia.Corpus, code: str) -> None:
    summary = AgencySummary(corpus, f"{HOMONYM}[{code}]", 2022)

    assert summary.title == f"{HOMONYM}（{PLACES[code]}） 2022 年政府信息公开"
    assert summary.own.reports["region_code"].tolist() == [code] * 3
    assert AgencyTrendSummary(corpus, f"{HOMONYM}[{code}]").title == f"{HOMONYM}（{PLACES[code]}）：历年政府信息公开"


def test_a_name_that_several_bear_is_refused_with_those_that_there_are(corpus: gia.Corpus) -> None:
    with pytest.raises(
        CorpusError, match=r"2 agencies .*say which, 朝阳区人民政府\[110105\] or 朝阳区人民政府\[220104\]"
    ):
        AgencySummary(corpus, HOMONYM, 2022)


def test_a_renamed_agency_is_followed_under_both_names(corpus: gia.Corpus) -> None:
    name = corpus.reports["agency"].iloc[-1]
    before, after = AgencySummary(corpus, FORMER, 2021), AgencySummary(corpus, name, 2022)

    assert AgencySummary(corpus, name, 2021).report_id == before.report_id
    assert before.title.startswith(FORMER)
    assert after.title.startswith(name)
    assert all(f"<time>{year}</time>" in page.years().html() for page in (before, after) for year in (2021, 2022, 2023))
    trend = AgencyTrendSummary(corpus, name)
    assert trend.years == [2021, 2022, 2023]
    assert f"{FORMER} → {name}" in trend.headline().html()


def test_what_neither_is_printed_nor_followed_is_refused(corpus: gia.Corpus) -> None:
    with pytest.raises(CorpusError, match=r"朝阳区人民政府\[110106\].*did you mean '朝阳区人民政府\[110105\]'"):
        corpus.select(f"{HOMONYM}[110106]")
    with pytest.raises(CorpusError, match=rf"no report of {FORMER} for 2022 in the corpus: there are \[2021\]"):
        corpus.select(FORMER, 2022)
