"""What pages say of likely slips, corrections, breaks over the years, chance, and what a rate does not mean."""

from pathlib import Path

import pandas as pd
import pytest
from lxml import html

import gia_analysis as gia
from gia_analysis.analysis import get_indicator
from gia_analysis.schema import Kind
from gia_analysis.simulation import simulate_corpus
from gia_analysis.summaries import AgencySummary, CrossAgencySummary
from gia_analysis.summaries.alike import alike
from gia_analysis.summaries.amounts import outcome_amounts
from gia_analysis.traced import Quoted, Traced, compose
from summaries.recompute import Recompute

SAMPLES = Path(__file__).parents[2] / "data" / "raw"
QUJIANG, TONGJI = "衢江区机关事务保障中心", "通济街道办事处"
HEADER = "report_id,source,table,row,col,printed,corrected,reason,published_in,author,date"


@pytest.fixture(scope="module")
def corpus() -> gia.Corpus:
    return gia.read_reports(SAMPLES)


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> gia.Corpus:
    folder = tmp_path_factory.mktemp("simulated")
    simulate_corpus(folder, agencies=12, first_year=2018, last_year=2020, seed=3)
    return gia.read_reports(folder / "raw")


@pytest.fixture
def corrected(corpus: gia.Corpus, tmp_path: Path) -> gia.Corpus:
    """通济街道办事处 with five new requests in place of the two printed."""
    place = tmp_path / "corrections.csv"
    source = corpus.reports.set_index("agency").loc[TONGJI, "source"]
    line = f",{source},requests,new_received,total,2,5,misprint,second edition,agency,2021-05-31"
    place.write_text(f"{HEADER}\n{line}\n", encoding="utf-8")
    return corpus.with_corrections(place)


@pytest.mark.parametrize(("lang", "slip"), [("zh", "漏填"), ("en", "figure left out")])
def test_the_likely_wrong_cell_is_named_beside_what_was_printed(corpus: gia.Corpus, lang: str, slip: str) -> None:
    """衢江区机关事务保障中心: 120 items on the website, 0 in all."""
    text = repr(AgencySummary(corpus, QUJIANG, 2020, lang).findings())  # type: ignore[arg-type]

    row = next(line for line in text.splitlines() if slip in line)
    assert row.split()[-1] == "S_CHANNELS"
    assert " 0 " in row
    assert " 120 " in row
    assert ("不是更正" if lang == "zh" else "not a correction") in text


def test_a_report_whose_sums_hold_has_no_suspected_cell(corpus: gia.Corpus) -> None:
    assert "可能有误" not in repr(AgencySummary(corpus, TONGJI, 2020).findings())


def test_a_correction_is_told_wherever_it_enters(corrected: gia.Corpus) -> None:
    page = AgencySummary(corrected, TONGJI, 2020)
    added_up = repr(CrossAgencySummary(corrected).headline()).splitlines()

    assert "5 件（含更正的数字）" in repr(page.headline())
    assert any(line.split() == ["新收申请合计", "6（含更正的数字）"] for line in added_up)
    assert any(
        line.split()[-5:] == ["2", "5", "misprint", "(second", "edition)"]
        for line in repr(page.provenance()).splitlines()
    )


def test_corrected_figures_can_be_followed_to_the_correction(corrected: gia.Corpus) -> None:
    page = html.fromstring(AgencySummary(corrected, TONGJI, 2020).headline().html())
    figure = next(each for each in page.iter("data") if each.get("data-indicator") == "request_volume")
    trace = {name.removeprefix("data-"): value for name, value in figure.attrib.items()}

    assert trace["flags"] == "corrected"
    assert Recompute(corrected, 2020).numbers(trace) == [5.0]


def test_printed_figures_stay_as_printed_under_a_correction(corrected: gia.Corpus) -> None:
    text = repr(AgencySummary(corrected, TONGJI, 2020).requests())

    assert any(line.split() == ["一、本年新收政府信息公开申请数量", "2"] for line in text.splitlines())


def test_over_the_years_the_change_of_form_is_told(simulated: gia.Corpus) -> None:
    agency = simulated.reports["agency"].iloc[0]
    text = repr(AgencySummary(simulated, agency, 2020).years())

    assert "| 2019" in text
    rows = [line for line in text.splitlines() if line.startswith(("2018  2014", "2019  2019", "2020  2019"))]
    assert ["≈" in row for row in rows] == [True, False, False]


def test_one_year_makes_no_line(corpus: gia.Corpus) -> None:
    assert "只有一个年度" in repr(AgencySummary(corpus, TONGJI, 2020).years())


def test_problems_and_measures_are_told_with_their_sentence(corpus: gia.Corpus) -> None:
    """衢江区机关事务保障中心 tells three problems and three measures."""
    lines = repr(AgencySummary(corpus, QUJIANG, 2020).topics()).splitlines()

    assert sum(line.startswith("问题") for line in lines) == 3
    assert any(line.startswith("措施") and line.endswith("2、完善考核,加强培训。") for line in lines)


def test_an_english_page_prints_no_chinese_source(corpus: gia.Corpus) -> None:
    origin = get_indicator("disclosure_rate_broad").origin("en")

    for section in (
        AgencySummary(corpus, TONGJI, 2020, "en").outcomes(),
        CrossAgencySummary(corpus, 2020, "en").rates(),
    ):
        assert origin in repr(section)
        assert "上海市" not in repr(section)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_rate_says_its_formula_and_what_it_does_not_mean(corpus: gia.Corpus, lang: str) -> None:
    rate = get_indicator("disclosure_rate_broad")
    text = repr(AgencySummary(corpus, TONGJI, 2020, lang).outcomes())  # type: ignore[arg-type]

    assert {"zh": "(予以公开 + 部分公开) ÷ 总计", "en": "(Granted + Partially granted) ÷ "}[lang] in text
    assert rate.caution(lang) in text  # type: ignore[arg-type]


def test_the_funnel_names_those_outside_and_says_what_that_is_worth(simulated: gia.Corpus) -> None:
    text = repr(CrossAgencySummary(simulated, 2020).funnel())

    assert "不是结论" in text
    assert "收缩后的公开率" in text


def test_with_few_agencies_there_is_no_funnel(corpus: gia.Corpus) -> None:
    assert "有公开率的机关少于 5 个" in repr(CrossAgencySummary(corpus, 2020).funnel())


def test_what_is_too_little_is_not_ranked(simulated: gia.Corpus) -> None:
    text = repr(CrossAgencySummary(simulated, 2020).peers())

    assert "件数少于 30 的公开率、可比机关少于 5 个的组不排名" in text
    assert "件数太少，不排名" in text


def test_texts_that_are_alike_stand_together() -> None:
    """甲 and 乙, 乙 and 丙 are alike in one chapter; the same agency's earlier report is not counted."""
    rows = [("甲", "乙", 0.9, "other_agency"), ("丙", "乙", 0.8, "other_agency"), ("甲", "丁", 1.0, "same_agency")]
    pairs = pd.DataFrame(
        [{"source": a, "report_id": a, "section": "plans", "other_source": b, "other_report_id": b, "similarity": s,
          "relation": r} for a, b, s, r in rows]
    )  # fmt: skip

    (group,) = alike(pairs)

    assert {key[0] for key in group.keys} == {"甲", "乙", "丙"}
    assert group.similarity == 0.8


def test_a_blank_outcome_of_a_form_that_has_it_is_not_drawn_as_zero(simulated: gia.Corpus) -> None:
    summary = CrossAgencySummary(simulated, 2020)
    busiest = outcome_amounts(summary.cells).sum(axis=1).idxmax()
    cells = summary.cells
    blank = (
        (cells["report_id"] == busiest[1]) & cells["row"].str.startswith("not_processed") & (cells["col"] == "total")
    )
    drawn = f"{summary.reports.loc[busiest, 'name']}: 予以公开"
    assert drawn in repr(summary.composition())

    summary.cells = cells.assign(
        value=cells["value"].mask(blank), kind=cells["kind"].mask(blank, Kind.BLANK.value).astype("str")
    )

    assert drawn not in repr(summary.composition())


def test_a_sentence_escapes_its_text_and_keeps_its_numbers() -> None:
    number = Traced("1,200", 1200.0, {"cells": "a.b.c", "report": "r"}, 'printed "1200"', "a.b.c")
    words = compose("<b> {n} of {name}", n=number, name=Quoted("<i>"))

    assert str(words) == "<b> 1,200 of <i>"
    assert words.html() == (
        '&lt;b&gt; <a class="cell" href="#cell-a.b.c"><data value="1200" data-cells="a.b.c" data-report="r" '
        'title="printed &quot;1200&quot;">1,200</data></a> of <samp>&lt;i&gt;</samp>'
    )
