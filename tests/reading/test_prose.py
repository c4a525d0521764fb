"""Figures told in running text: what is counted, how many, whether about, and which belong to one list."""

from collections.abc import Callable

import pytest

from gia_analysis.reading.prose import read_figures
from gia_analysis.records import Figure, Section

Told = Callable[[str], tuple[Figure, ...]]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2023年共收到政府信息公开申请34290件。", 34_290),
        ("全年新收政府信息公开申请14,069件。", 14_069),
        ("本年度受理政府信息公开申请66件，均按时答复。", 66),
        ("收到政府信息公开申请共计12宗。", 12),
        ("区政府办公室收到申请数量1件。", 1),
        ("本年度收到政府信息公开申请０件。", 0),
    ],
)
def test_requests_received_are_told_in_many_ways(told: Told, sentence: str, expected: float) -> None:
    figures = told(sentence)

    assert [(figure.topic, figure.value) for figure in figures] == [("requests_received", expected)]


@pytest.mark.parametrize(
    "sentence",
    ["我中心今年未收到申请，无需答复。", "2020年未收到政府信息公开申请。", "本年度没有收到依申请公开政府信息的申请。",
     "全年无收到申请。", "本年度未接到公民的信息公开申请。"],
)  # fmt: skip
def test_none_received_is_a_figure_of_zero(told: Told, sentence: str) -> None:
    figures = told(sentence)

    assert [(figure.topic, figure.value) for figure in figures] == [("requests_received", 0)]


def test_one_request_told_without_a_number_is_one(told: Told) -> None:
    """Tongji tells of a single request in February, and counts two in its table."""
    figures = told("2020年2月份,街道收到某高校学生“辖区人口数据”申请,街道很快给予答复。")

    assert [(figure.topic, figure.value) for figure in figures] == [("request_told", 1)]


def test_carried_over_and_concluded_are_told_beside_received(told: Told) -> None:
    figures = told("收到政府信息公开申请252件，上年结转申请10件，本年度办结申请共260件，结转下年度继续办理2件。")

    assert [(figure.topic, figure.value) for figure in figures] == [
        ("requests_received", 252), ("carried_in", 10), ("results_total", 260), ("carried_out", 2)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    ["全年答复政府信息公开申请182件。", "本年度办结申请共182件。", "办理政府信息公开申请182件。"],
)
def test_results_are_told_in_many_ways(told: Told, sentence: str) -> None:
    assert [(figure.topic, figure.value) for figure in told(sentence)] == [("results_total", 182)]


@pytest.mark.parametrize(
    ("sentence", "value", "unit"),
    [
        ("全年主动公开政府信息337条。", 337, "条"),
        ("共新增主动公开政府信息120条。", 120, "条"),
        ("我镇累计公开政府信息132条。", 132, "条"),
        ("主动公开政府信息13,612条次。", 13_612, "条次"),
    ],
)
def test_items_disclosed_are_told_in_many_ways(told: Told, sentence: str, value: float, unit: str) -> None:
    found = [(figure.topic, figure.value, figure.unit) for figure in told(sentence)]

    assert found == [("proactive_total", value, unit)]


@pytest.mark.parametrize(
    ("sentence", "value"),
    [("主动公开政府信息200余条。", 200), ("公开政府信息约1.2万条。", 12_000), ("主动公开政府信息近300条。", 300),
     ("主动公开政府信息超过500条。", 500), ("主动公开政府信息逾90条。", 90), ("主动公开政府信息40多条。", 40)],
)  # fmt: skip
def test_a_round_figure_is_marked_approximate(told: Told, sentence: str, value: float) -> None:
    assert [(figure.value, figure.approximate) for figure in told(sentence)] == [(value, True)]


def test_an_exact_figure_is_not_approximate(told: Told) -> None:
    assert [figure.approximate for figure in told("主动公开政府信息达120条。")] == [False]


@pytest.mark.parametrize(
    "sentence",
    [
        "全年受理人大建议3件、政协提案1件。",
        "收到意见建议23条。",
        "14个乡镇、301个村建起服务机构。",
        "发布政务微博418条，关注者25498人。",
        "依申请公开政府信息目录3条。",
        "受理投诉12件。",
    ],
)
def test_other_figures_have_no_topic(told: Told, sentence: str) -> None:
    figures = told(sentence)

    assert figures
    assert {figure.topic for figure in figures} == {None}


@pytest.mark.parametrize("sentence", ["2020年12月31日。", "第2020号文件。", "电话：0532-00000000。", "共有3.5%。"])
def test_dates_and_numbers_of_documents_are_no_figures(told: Told, sentence: str) -> None:
    assert told(sentence) == ()


def test_a_figure_keeps_its_print_its_sentence_and_its_chapter() -> None:
    section = Section("requests", "三", "依申请公开情况", "概述。\n共收到申请１２件；均已答复。", 40)

    (figure,) = read_figures([section])

    assert (figure.raw, figure.sentence, figure.section, figure.line) == ("12件", "共收到申请12件;", "requests", 40)


def roles_of(figures: tuple[Figure, ...]) -> list[tuple[float, str | None]]:
    return [(figure.value, figure.role) for figure in figures]


def test_parts_after_whereof_belong_to_the_figure_before(told: Told) -> None:
    """Xiandi: 132 = 12 + 35 + 27 + 33 + 25."""
    figures = told(
        "累计公开政府信息132条；其中，机构职能12条，社会救助35条，扶贫工作27条，公告通知33条，其他信息25条。"
    )

    assert roles_of(figures) == [
        (132, "total"), (12, "part"), (35, "part"), (27, "part"), (33, "part"), (25, "rest")
    ]  # fmt: skip
    assert {figure.breakdown for figure in figures} == {1}


def test_a_list_may_begin_a_new_sentence(told: Told) -> None:
    """Zhenjiang: 49 told, the parts make 48."""
    figures = told(
        "全年主动公开信息共49条，以工作动态为主。其中：机构职能3条，规章文件0条，工作动态34条，统计数据2条，"
        "规划计划3条，其他（人事任免事项）1条，年度报告等共5条。"
    )

    assert sum(value for value, role in roles_of(figures) if role == "total") == 49
    assert sum(value for value, role in roles_of(figures) if role != "total") == 48


def test_a_single_figure_after_whereof_makes_no_list(told: Told) -> None:
    figures = told("收到政府信息公开申请66件，其中上年结转2件。")

    assert {figure.breakdown for figure in figures} == {None}


def test_figures_in_another_unit_are_no_parts(told: Told) -> None:
    figures = told("公开信息100条，其中政策20条，解读30条，培训5人次。")

    assert roles_of(figures) == [(100, "total"), (20, "part"), (30, "part"), (5, None)]


def test_figures_of_the_next_sentence_are_no_parts(told: Told) -> None:
    figures = told("公开信息100条，其中政策60条，解读40条。推送微信30条。")

    assert roles_of(figures)[-1] == (30, None)


def test_several_lists_are_numbered(told: Told) -> None:
    figures = told("公开信息100条，其中政策60条，解读40条。\n收到申请5件，其中自然人3件，企业2件。")

    assert [figure.breakdown for figure in figures] == [1, 1, 1, 2, 2, 2]
