"""What the pages of the samples say; figures of the five reports for 2020 as printed in data/raw."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import gia_analysis as gia
from gia_analysis.errors import CorpusError
from gia_analysis.forms import Language
from gia_analysis.summaries import AgencySummary, CrossAgencySummary

SAMPLES = Path(__file__).parents[2] / "data" / "raw"
AGENCY_PARTS = (
    "headline", "requests", "outcomes", "comparison", "refusals", "findings", "applicants", "proactive", "disputes", "years",
    "topics", "provenance",
)  # fmt: skip
CROSS_PARTS = (
    "headline", "volumes", "rates", "composition", "refusals", "disputes", "funnel", "peers", "quality", "copies", "agencies",
)  # fmt: skip


@pytest.fixture(scope="module")
def corpus() -> gia.Corpus:
    return gia.read_reports(SAMPLES)


def test_headline_figures_of_an_agency_are_those_printed(corpus: gia.Corpus) -> None:
    """通济街道办事处: 2 received, 1 granted, 1 carried over."""
    text = repr(AgencySummary(corpus, "通济街道办事处", 2020).headline())

    assert "本年新收申请 2 件，上年结转 0 件，应办理 2 件" in text
    assert "共办理出结果 1 件，其中予以公开 1 件，部分公开 0 件" in text
    assert "100.0 % (20.7–100.0) = 1 / 1" in text
    assert "项应当成立的核验全部成立，另有 2 处提示" in text


def test_blanks_give_no_rate_but_what_it_were_if_they_were_zero(corpus: gia.Corpus) -> None:
    """保定市徐水区人民政府办公室: one request, not held; the other eighteen outcomes are blank."""
    page = AgencySummary(corpus, "保定市徐水区人民政府办公室", 2020)

    assert "— （所需单元格为空白）  0.0 % (0.0–79.3) = 0 / 1" in repr(page.outcomes())
    assert "无法提供 至少 1 件，不予处理 —（空白） 件" in repr(page.refusals())
    assert any(
        line.split() == ["无法提供", "本机关不掌握相关政府信息", "1"] for line in repr(page.refusals()).splitlines()
    )


def test_findings_show_both_sides(corpus: gia.Corpus) -> None:
    """衢江区机关事务保障中心: 120 items on the website, none in all."""
    text = repr(AgencySummary(corpus, "衢江区机关事务保障中心", 2020, "en").findings())

    assert "S_CHANNELS" in text
    assert "120 > 0" in text


def test_each_figure_says_where_it_stood(corpus: gia.Corpus) -> None:
    """通济街道办事处 prints 6054万元 for procurement."""
    text = repr(AgencySummary(corpus, "通济街道办事处", 2020).provenance().parts[1])
    lines = (SAMPLES / "2020-tongji-subdistrict.txt").read_text(encoding="utf-8").split("\n")

    line = next(number for number, text_line in enumerate(lines, 1) if "6054万元" in text_line)
    assert any("6,054" in row and "6054万元" in row and row.endswith(str(line)) for row in text.splitlines())


def test_labels_are_those_of_the_form_used(corpus: gia.Corpus) -> None:
    """The form of 2019 says 处理决定数量, that of 2021 本年处理决定数量."""
    text = repr(AgencySummary(corpus, "通济街道办事处", 2020).proactive())

    assert " 处理决定数量" in text
    assert "本年处理决定数量" not in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_part_can_be_made_for_every_sample(corpus: gia.Corpus, lang: Language) -> None:
    for agency in corpus.reports["agency"]:
        summary = AgencySummary(corpus, agency, 2020, lang)
        assert all(len(repr(getattr(summary, part)())) > 10 for part in AGENCY_PARTS)
    cross = CrossAgencySummary(corpus, 2020, lang)
    assert all(len(repr(getattr(cross, part)())) > 10 for part in CROSS_PARTS)


def test_sums_over_agencies_say_how_many_have_blanks(corpus: gia.Corpus) -> None:
    text = repr(CrossAgencySummary(corpus, 2020).refusals())

    assert "1 个机关有空白格：合计只含印出的数字，空白没有算作零" in text


def test_all_agencies_together(corpus: gia.Corpus) -> None:
    """2 and 1 requests received, three agencies without any."""
    text = repr(CrossAgencySummary(corpus).headline())

    assert any(line.split() == ["新收申请合计", "3"] for line in text.splitlines())
    assert "3 / 5" in text


def test_an_unknown_agency_or_year_names_what_there_is(corpus: gia.Corpus) -> None:
    with pytest.raises(CorpusError, match="did you mean '通济街道办事处'"):
        AgencySummary(corpus, "通济街道办", 2020)
    with pytest.raises(CorpusError, match=r"for 2019 in the corpus: there are \[2020\]"):
        AgencySummary(corpus, "通济街道办事处", 2019)
    with pytest.raises(CorpusError, match=r"no report for 2019: there are \[2020\]"):
        CrossAgencySummary(corpus, 2019)


@pytest.fixture
def several(tmp_path: Path) -> gia.Corpus:
    """The samples, with two more files of 通济街道办事处: the same figures, and one more request from a natural person."""
    for path in SAMPLES.glob("*.txt"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    tongji = SAMPLES / "2020-tongji-subdistrict.txt"
    (tmp_path / "attached.txt").write_bytes(tongji.read_bytes() + "\n附件\n".encode())
    corpus = gia.read_reports([*sorted(tmp_path.glob("2020*.txt")), tmp_path / "attached.txt", tongji])
    cells, key = corpus.cells.copy(), corpus.reports["source"].iloc[-1]
    place = (cells["source"] == key) & (cells["table"] == "requests") & (cells["row"] == "new_received")
    cells.loc[place & cells["col"].isin(["natural_person", "total"]), "value"] += 1
    return gia.Corpus(replace(corpus.frames, cells=cells))


def test_other_files_of_a_report_are_told_and_not_mixed_with_it(several: gia.Corpus) -> None:
    page = AgencySummary(several, "通济街道办事处", 2020)
    text = str(page.trust())

    assert "收到 2 件" in str(page.received()) or "新收申请 2 件" in str(page.received())
    assert "同一报告另有文件，数字相同：attached.txt。" in text
    assert re.search(r"同一报告另有文件，数字不全相同，引用前应比对：.*2020-tongji-subdistrict\.txt。", text)
    assert "Other files of the same report, with the same figures: attached.txt." in str(
        AgencySummary(several, "通济街道办事处", 2020, "en").trust()
    )


def test_a_report_with_other_files_counts_once(several: gia.Corpus, corpus: gia.Corpus) -> None:
    one, other = (repr(CrossAgencySummary(each, 2020).headline()) for each in (corpus, several))

    assert re.sub(r"\n.*未计入）.*2", "", other) == one


def test_two_reports_of_one_agency_and_year_that_are_not_the_same_are_not_mixed(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_bytes((SAMPLES / "2020-tongji-subdistrict.txt").read_bytes())
    (tmp_path / "two.txt").write_bytes((SAMPLES / "2020-xushui-government-office.txt").read_bytes())
    corpus = gia.read_reports(tmp_path)
    reports = corpus.reports.assign(agency="某局", region_code=None, region=None)

    with pytest.raises(CorpusError, match=r"2 reports of 某局 for 2020: .*one\.txt, .*two\.txt"):
        AgencySummary(gia.Corpus(replace(corpus.frames, reports=reports)), "某局", 2020)
