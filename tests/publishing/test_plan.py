"""Which pages there are, and which of them a change reaches."""

import shutil
from dataclasses import fields, replace
from pathlib import Path

import nbformat
import pandas as pd
import pytest

import gia_analysis as gia
from gia_analysis.corpus import Corpus
from gia_analysis.publishing import notebook_folder
from gia_analysis.publishing.plan import SitePlan
from gia_analysis.simulation import simulate_corpus
from gia_analysis.summaries.agency_standing import peer_groups

YEARS = (2022, 2023)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("plan")
    simulate_corpus(folder, agencies=60, first_year=YEARS[0], last_year=YEARS[1], seed=3)
    return gia.read_reports(folder / "raw")


def hashes(corpus: Corpus) -> dict[str, str | None]:
    """Return the pages of a corpus with the hash of what each depends on."""
    pages = SitePlan(corpus, {"corpus": "/somewhere"}, notebook_folder(), "zh").pages()
    assert len({page.run.file for page in pages}) == len(pages)
    return {page.run.file: page.run.data for page in pages}


def changed(corpus: Corpus, **frames: pd.DataFrame) -> Corpus:
    """Return a corpus with other tables; checks and indicators stay as they were unless they are among them."""
    kept = {name: frames.pop(name, getattr(corpus, name)) for name in ("checks", "indicators")}
    return Corpus(replace(corpus.frames, **frames), **kept)


def test_there_is_a_page_for_each_agency_and_year_and_for_what_all_have_in_common(corpus: Corpus) -> None:
    pages = SitePlan(corpus, {"corpus": "/somewhere"}, notebook_folder(), "zh").pages()

    kinds = pd.Series([page.page.kind for page in pages]).value_counts().to_dict()
    assert kinds == {"agency": 120, "trend": 60, "cross": 2, "quality": 1, "trends": 1}
    first = next(page for page in pages if page.page.kind == "agency")
    assert first.run.parameters == {
        "corpus": "/somewhere", "agency": first.page.agency, "year": first.page.year, "lang": "zh"
    }  # fmt: skip
    assert [words for words, _ in first.run.frame.links] == ["2022", "2023", "历年"]
    assert [target is None for _, target in first.run.frame.links] == [True, False, False]
    files = {page.run.file for page in pages}
    assert {target for page in pages for _, target in page.run.frame.links if target} <= files


def test_the_same_reports_are_the_same_whenever_they_are_read(corpus: Corpus) -> None:
    again = Corpus(corpus.frames)

    assert hashes(again) == hashes(corpus)


def test_a_text_that_changed_reaches_the_pages_of_its_agency_and_those_of_all(corpus: Corpus) -> None:
    report = corpus.reports.iloc[7]
    sections = corpus.sections
    mine = sections.index[sections["report_id"] == report["report_id"]][0]
    other = changed(corpus, sections=sections.assign(text=sections["text"].where(sections.index != mine, "另一句话")))

    reached = differing(corpus, other)

    agency = set(corpus.reports.loc[corpus.reports["agency"] == report["agency"], "report_id"])
    assert reached == {*pages_of(corpus, agency), "quality.html", "trends.html", "all-2022.html", "all-2023.html"}


def test_a_figure_that_others_are_compared_with_reaches_their_pages_of_that_year_too(corpus: Corpus) -> None:
    report = corpus.reports.iloc[7]
    rows = corpus.indicators
    mine = (rows["report_id"] == report["report_id"]) & (rows["code"] == "request_volume")
    assert mine.sum() == 1
    other = changed(corpus, indicators=rows.assign(value=rows["value"].mask(mine, 9_999.0)))

    reached = differing(corpus, other)

    groups = peer_groups(corpus.reports)
    peers = corpus.reports[groups == groups[report.name]]
    agency = set(corpus.reports.loc[corpus.reports["agency"] == report["agency"], "report_id"])
    expected = {f"agency-{row.year}-{row.report_id}.html" for row in peers.itertuples()} | pages_of(corpus, agency)
    assert 10 <= len(peers) < 60, "the group must not be all there are"
    assert reached == {*expected, "quality.html", "trends.html", "all-2022.html", "all-2023.html"}


def test_where_a_corpus_lies_does_not_matter(corpus: Corpus) -> None:
    here, there = (
        [page.run.data for page in SitePlan(corpus, {"corpus": place}, notebook_folder(), "zh").pages()]
        for place in ("/here", "/there")
    )

    assert here == there


def test_a_notebook_more_is_a_page_more_by_the_parameters_it_takes(corpus: Corpus, tmp_path: Path) -> None:
    def write(name: str, parameters: str) -> None:
        cell = nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
        title = nbformat.v4.new_markdown_cell("# 费用 · Fees\n\nYou learn what it costs.")
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        nbformat.write(nbformat.v4.new_notebook(cells=[title, cell], metadata=kernel), tmp_path / name)

    for notebook in notebook_folder().glob("*.ipynb"):
        shutil.copy(notebook, tmp_path)
    write("06_fees.ipynb", "corpus: str = ''\nlang: str = 'zh'")
    write("07_fees of a year.ipynb", "corpus: str = ''\nyear: int = 0\nlang: str = 'zh'")

    pages = SitePlan(corpus, {"corpus": "/somewhere"}, tmp_path, "zh").pages()

    known = SitePlan(corpus, {"corpus": "/somewhere"}, notebook_folder(), "zh").pages()
    more = {
        page.page.file: page.page.title for page in pages if page.page.file not in {each.page.file for each in known}
    }
    assert more == {
        "06_fees.html": "费用", "07_fees-of-a-year-2023.html": "2023 年费用", "07_fees-of-a-year-2022.html": "2022 年费用"
    }  # fmt: skip


def differing(before: Corpus, after: Corpus) -> set[str]:
    old, new = hashes(before), hashes(after)
    assert old.keys() == new.keys()
    return {file for file in old if old[file] != new[file]}


def pages_of(corpus: Corpus, report_ids: set[str]) -> set[str]:
    rows = corpus.reports[corpus.reports["report_id"].isin(report_ids)].sort_values("year")
    last = rows["report_id"].iloc[-1]
    return {f"agency-{row.year}-{row.report_id}.html" for row in rows.itertuples()} | {f"trend-{last}.html"}


HOMONYM = "朝阳区人民政府"
PLACES = {"110105": "北京市朝阳区", "220104": "吉林省长春市朝阳区"}


def with_homonyms(corpus: Corpus) -> Corpus:
    """Return a corpus in which two agencies of different divisions bear one name."""
    reports = corpus.reports.copy()
    for agency, (code, region) in zip(reports["agency"].unique(), PLACES.items(), strict=False):
        reports.loc[reports["agency"] == agency, ["agency", "region_code", "region"]] = HOMONYM, code, region
    return changed(corpus, reports=reports)


def test_agencies_of_one_name_have_pages_of_their_own(corpus: Corpus) -> None:
    both = with_homonyms(corpus)
    pages = SitePlan(both, {"corpus": "/somewhere"}, notebook_folder(), "zh").pages()

    for code, region in PLACES.items():
        own = [page for page in pages if page.page.agency == f"{HOMONYM}[{code}]"]
        titles = [f"{HOMONYM}（{region}） {year} 年政府信息公开" for year in YEARS]
        assert [page.page.title for page in own] == [*titles, f"{HOMONYM}（{region}）历年政府信息公开"]
        for page in own:
            agency, year = page.run.parameters["agency"], page.run.parameters.get("year")
            assert both.select(agency, year).reports["region_code"].tolist() == [code] * (1 if year else 2)
    assert not [page for page in pages if page.page.agency == HOMONYM]


def test_a_renamed_agency_has_one_page_over_its_years(corpus: Corpus) -> None:
    reports = corpus.reports
    name = reports["agency"].iloc[0]
    early = (reports["agency"] == name) & (reports["year"] == YEARS[0])
    aliases = pd.DataFrame({"agency": ["旧名局"], "same_as": [name], "from_year": [None], "to_year": [YEARS[0]]})
    renamed = replace(corpus.frames, reports=reports.assign(agency=reports["agency"].mask(early, "旧名局")))

    known = Corpus(renamed, checks=corpus.checks, indicators=corpus.indicators, aliases=aliases)
    pages = SitePlan(known, {"corpus": "/somewhere"}, notebook_folder(), "zh").pages()

    own = [page for page in pages if page.page.agency == name]
    assert [(page.page.kind, page.page.title) for page in own] == [
        ("agency", f"旧名局 {YEARS[0]} 年政府信息公开"), ("agency", f"{name} {YEARS[1]} 年政府信息公开"),
        ("trend", f"{name}历年政府信息公开"),
    ]  # fmt: skip
    assert not [page for page in pages if page.page.agency == "旧名局"]
    assert hashes(known) != hashes(changed(corpus, reports=renamed.reports))


def test_several_files_of_one_report_make_one_page_which_depends_on_them_all(corpus: Corpus) -> None:
    first = corpus.reports.iloc[0]

    def with_copy(frame: pd.DataFrame) -> pd.DataFrame:
        rows = frame[frame["source"] == first["source"]]
        return pd.concat([frame, rows.assign(source="copy.html", report_id="0" * 16)], ignore_index=True)

    tables = {field.name: with_copy(getattr(corpus.frames, field.name)) for field in fields(corpus.frames)}
    before, after = hashes(corpus), hashes(Corpus(replace(corpus.frames, **tables)))

    assert set(after) == set(before)
    changed_pages = {file for file, each in after.items() if file.startswith("agency-") and each != before[file]}
    assert f"agency-{first['year']}-{first['report_id']}.html" in changed_pages
    assert len(changed_pages) == len(YEARS)
