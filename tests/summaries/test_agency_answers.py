"""An agency's page answers five questions first, in sentences, in an order, from what is printed."""

from dataclasses import replace
from pathlib import Path

import pytest

import gia_analysis as gia
from gia_analysis.forms import Language
from gia_analysis.schema import Kind
from gia_analysis.simulation import simulate_corpus
from gia_analysis.summaries import AgencySummary
from gia_analysis.summaries.agency_page import file_of
from gia_analysis.summaries.agency_standing import COMPARED_INDICATORS, PEER_COLUMNS

SAMPLES = Path(__file__).parents[2] / "data" / "raw"
TONGJI, XUSHUI, QUJIANG = "通济街道办事处", "保定市徐水区人民政府办公室", "衢江区机关事务保障中心"


@pytest.fixture(scope="module")
def samples() -> gia.Corpus:
    return gia.read_reports(SAMPLES)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> gia.Corpus:
    folder = tmp_path_factory.mktemp("many")
    simulate_corpus(folder, agencies=60, first_year=2021, last_year=2021, seed=7)
    return gia.read_reports(folder / "raw")


@pytest.mark.parametrize(
    ("lang", "questions"),
    [
        ("zh", ["收到多少申请", "多少得到信息", "与谁相比", "拒绝了什么", "数字可信吗"]),
        ("en", ["How many requests", "Answered with information", "Compared with whom", "What was refused", "Can it be trusted"]),
    ],
)  # fmt: skip
def test_the_page_begins_with_five_questions_in_their_order(
    samples: gia.Corpus, lang: Language, questions: list[str]
) -> None:
    card = AgencySummary(samples, TONGJI, 2020, lang).headline().parts[0]

    assert [question for question, _ in card.facts] == questions
    assert all(str(answer) for _, answer in card.facts)


def test_answers_are_those_printed(samples: gia.Corpus) -> None:
    """通济街道办事处: 2 received, none carried in, 1 granted, 1 carried over."""
    answers = dict(AgencySummary(samples, TONGJI, 2020).headline().parts[0].facts)

    assert str(answers["收到多少申请"]) == "本年新收申请 2 件，上年结转 0 件，应办理 2 件。"
    assert (
        "公开率（予以公开与部分公开）：100.0 % (20.7–100.0) = 1 / 1。算法：(予以公开 + 部分公开) ÷ 办理结果总计"
        in str(answers["多少得到信息"])
    )
    assert "不予公开 0 件，无法提供 0 件" in str(answers["拒绝了什么"])


def test_a_blank_is_answered_as_blank_and_what_is_partly_blank_with_at_least(samples: gia.Corpus) -> None:
    """保定市徐水区人民政府办公室: one request, not held; the other outcomes are blank."""
    answers = dict(AgencySummary(samples, XUSHUI, 2020, "en").headline().parts[0].facts)

    assert "with the information in full: — (blank)" in str(answers["Answered with information"])
    assert "unable to provide: at least 1" in str(answers["What was refused"])


def test_carry_over_that_is_not_told_is_not_added(samples: gia.Corpus) -> None:
    frames = samples.frames
    cells = frames.cells
    blank = (cells["row"] == "carried_in") & (cells["table"] == "requests")
    changed = cells.assign(
        value=cells["value"].mask(blank), kind=cells["kind"].mask(blank, Kind.BLANK.value).astype("str")
    )
    page = AgencySummary(gia.Corpus(replace(frames, cells=changed)), TONGJI, 2020)

    assert str(page.received()) == "本年新收申请 2 件；上年结转多少没有填明：—（空白），不能当作零。"
    assert "虚线框是报告没有填明的部分" in repr(page.requests())


def test_the_answer_on_trust_says_whether_the_answers_are_touched(samples: gia.Corpus) -> None:
    """衢江区机关事务保障中心: the channels of publication contradict each other, the requests do not."""
    trust = str(AgencySummary(samples, QUJIANG, 2020).trust())

    assert "项应当成立的核验有" in trust
    assert trust.endswith("前面关于申请和公开率的回答所用的数字不在其中。")
    assert str(AgencySummary(samples, TONGJI, 2020).trust()).endswith("没有发现自相矛盾；核验不能说明数字是否属实。")


def test_a_contradiction_in_the_answers_is_told(samples: gia.Corpus) -> None:
    frames = samples.frames
    cells = frames.cells
    wrong = (cells["row"] == "results_total") & (cells["col"] == "total")
    changed = replace(frames, cells=cells.assign(value=cells["value"].mask(wrong, 7.0)))

    assert "引用之前应核对原文" in str(AgencySummary(gia.Corpus(changed), TONGJI, 2020).trust())


def test_with_too_few_peers_nothing_is_compared(samples: gia.Corpus) -> None:
    page = AgencySummary(samples, TONGJI, 2020)

    assert "不作比较" in repr(page.comparison())
    assert "公开率" not in repr(page.comparison())


def test_the_group_is_named_and_counted_and_its_widening_told(many: gia.Corpus) -> None:
    agency = many.reports.loc[many.reports["agency_type"] == "subdistrict", "agency"].iloc[0]
    text = repr(AgencySummary(many, agency, 2021).comparison())

    assert "与同年度 12 个同类机关（含本机关）相比：乡镇、街道" in text
    assert "没有再按省份、地市区分，而是放宽范围" in text


def test_fewer_than_thirty_cases_are_not_ranked(many: gia.Corpus) -> None:
    results = many.indicators[many.indicators["code"] == "disclosure_rate_broad"].merge(
        many.reports[["report_id", "agency"]], on="report_id"
    )
    few = results.loc[results["denominator"].between(1, 29), "agency"].iloc[0]
    text = repr(AgencySummary(many, few, 2021).comparison())

    assert "不足 30 件，不排名" in text
    assert "排第" not in text


def test_only_what_is_named_is_read_of_others(many: gia.Corpus) -> None:
    """Everything else of the other agencies may be missing or wrong: the comparison stays the same."""
    agency = str(many.reports["agency"].iloc[7])
    own = many.select(agency, 2021)
    mine = many.reports["agency"] == agency
    reports = many.reports.copy()
    for name in reports.columns.difference(list(PEER_COLUMNS)):
        reports[name] = reports[name].where(mine)
    known = many.indicators["code"].isin(COMPARED_INDICATORS) | many.indicators["report_id"].isin(
        own.reports["report_id"]
    )
    kept = {
        name: frame[frame["report_id"].isin(own.reports["report_id"])]
        for name, frame in (
            ("cells", many.cells),
            ("sections", many.sections),
            ("issues", many.issues),
            ("checks", many.checks),
        )
    }
    checks = kept.pop("checks")
    less = gia.Corpus(replace(many.frames, reports=reports, **kept), checks=checks, indicators=many.indicators[known])

    for part in ("headline", "comparison"):
        assert (
            getattr(AgencySummary(less, agency, 2021), part)().html()
            == getattr(AgencySummary(many, agency, 2021), part)().html()
        )


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("/home/someone/raw/a.txt", "a.txt"),
        ("C:\\Users\\someone\\a.zip!/b/c.html", "a.zip!/b/c.html"),
        ("data/raw/a.txt", "data/raw/a.txt"),
        ("crawl.jsonl#17", "crawl.jsonl#17"),
    ],
)
def test_no_folder_of_the_machine_is_shown(source: str, shown: str) -> None:
    assert file_of(source) == shown


def test_a_blank_among_printed_cells_keeps_a_total_open(samples: gia.Corpus) -> None:
    figures = AgencySummary(samples, XUSHUI, 2020).figures
    cells = samples.cells
    held = cells[(cells["table"] == "requests") & (cells["row"] == "unable_not_held") & cells["value"].eq(1)]

    assert len(held)
    assert str(figures.amount(["requests.unable_not_held.total", "requests.unable_unclear.total"])) == "至少 1"
    assert str(figures.amount(["requests.unable_unclear.total"])) == "—（空白）"
    assert str(figures.amount([])) == "—"


def test_cells_of_uncertain_place_are_counted_in_the_answer_on_trust(samples: gia.Corpus) -> None:
    frames = samples.frames
    cells = frames.cells
    kinds = cells["kind"].mask(cells.index.isin(cells.index[cells["row"] == "granted"]), Kind.AMBIGUOUS.value)
    own = samples.reports.loc[samples.reports["agency"] == TONGJI, "report_id"].iloc[0]
    many = int(((cells["row"] == "granted") & (cells["report_id"] == own)).sum())
    changed = gia.Corpus(replace(frames, cells=cells.assign(kind=kinds.astype("str"))))

    assert many
    assert f"{many} 个单元格的数字位置无法确定，没有采用" in str(AgencySummary(changed, TONGJI, 2020).trust())
    assert "推定" not in str(AgencySummary(changed, TONGJI, 2020).trust())
