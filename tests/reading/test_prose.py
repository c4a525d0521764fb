"""Figures told in running text: what is counted, how many, whether about, and which belong to one list."""

import time
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
    ["本年度办结申请共182件。", "办理政府信息公开申请182件。", "政府信息公开申请办结件数182件。"],
)
def test_results_are_told_in_many_ways(told: Told, sentence: str) -> None:
    assert [(figure.topic, figure.value) for figure in told(sentence)] == [("results_total", 182)]


def test_replies_are_not_what_was_concluded(told: Told) -> None:
    """The form of 2014 counts requests concluded (申请办结数) apart from replies (申请答复数)."""
    figures = told("收到申请66件，办结66件，答复68件；全年答复政府信息公开申请68件。")

    assert [(figure.topic, figure.value) for figure in figures] == [
        ("requests_received", 66), ("results_total", 66), ("replies_total", 68), ("replies_total", 68)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "value", "unit"),
    [
        ("全年主动公开政府信息337条。", 337, "条"),
        ("共新增主动公开政府信息120条。", 120, "条"),
        ("我镇累计公开政府信息132条。", 132, "条"),
        ("主动公开政府信息13,612条次。", 13_612, "条次"),
        ("及时予以公开政府信息120条。", 120, "条"),
        (
            "主动公开规划计划、财政预决算、人事任免、应急管理、环境保护、食品安全、社会保障、价格收费等政府信息512条。",
            512,
            "条",
        ),
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
        "网页关注者25498人。",
        "占比30.61%，比上年增长29.3个百分点。",
        "依申请公开政府信息目录3条。",
        "受理投诉12件。",
    ],
)
def test_other_figures_have_no_topic(told: Told, sentence: str) -> None:
    figures = told(sentence)

    assert figures
    assert {figure.topic for figure in figures} == {None}


@pytest.mark.parametrize("sentence", ["2020年12月31日。", "第2020号文件。", "电话：0532-00000000。"])
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


@pytest.mark.parametrize(
    ("sentence", "topic", "value"),
    [
        ("其中予以公开12件。", "granted", 12), ("同意公开政府信息3件。", "granted", 3),
        ("部分公开7件。", "partially_granted", 7), ("不予公开的5件。", "denied", 5), ("不同意公开2件。", "denied", 2),
        ("无法提供9件。", "unable", 9), ("信息不存在4件。", "reply_not_exist", 4),
        ("本机关不掌握相关政府信息6件。", "unable_not_held", 6), ("不予处理1件。", "not_processed", 1),
        ("其他处理8件。", "other_handling", 8),
        ("发生行政复议3件。", "reconsiderations_total", 3), ("收到行政复议申请2件。", "reconsiderations_total", 2),
        ("被提起行政诉讼案件4起。", "litigations_total", 4), ("全年发生两起行政诉讼。", "litigations_total", 2),
        ("因信息公开引发3件行政复议案件。", "reconsiderations_total", 3),
        ("制发行政规范性文件11件。", "normative_documents_issued", 11),
        ("废止规范性文件2件。", "normative_documents_repealed", 2),
        ("现行有效的规范性文件共74件。", "normative_documents_in_force", 74),
        ("主动公开规范性文件9件。", "proactive_normative_documents", 9),
        ("通过区政府门户网站发布信息120条。", "channel_website", 120),
        ("政务微信公众号推送信息88条。", "channel_wechat", 88), ("发布政务微博418条。", "channel_weibo", 418),
        ("通过政府公报公开政府信息6条。", "channel_gazette", 6),
        ("网站访问量达12.5万人次。", "page_visits", 125_000), ("政策解读材料23篇。", "policy_interpretations", 23),
        ("举办政务公开业务培训班3期。", "trainings", 3), ("组织2次专题培训。", "trainings", 2),
        ("培训人员65人次。", "trainees", 65), ("召开工作会议4次。", "meetings", 4),
        ("配备专职人员2名。", "staff_full_time", 2), ("现有兼职工作人员13人。", "staff_part_time", 13),
        ("设立政府信息查阅点5个。", "reading_points", 5), ("召开新闻发布会7场。", "press_conferences", 7),
    ],
)  # fmt: skip
def test_what_is_counted_is_known_by_the_words_around_the_figure(
    told: Told, sentence: str, topic: str, value: float
) -> None:
    assert [(figure.topic, figure.value) for figure in told(sentence)] == [(topic, value)]


def test_outcomes_are_told_one_after_the_other(told: Told) -> None:
    """上海市 2023: 10,538 of 34,430 were released in whole or in part."""
    figures = told("共答复申请34430件，其中予以公开9000件、部分公开1538件，公开率30.61%。")

    assert [(figure.topic, figure.value, figure.unit) for figure in figures] == [
        ("replies_total", 34_430, "件"), ("granted", 9_000, "件"), ("partially_granted", 1_538, "件"), (None, 30.61, "%"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("clause", "value", "unit"),
    [
        ("收取信息处理费1200元", 0.12, "万元"), ("收取信息处理费共计3.5万元", 3.5, "万元"),
        ("收取信息处理费0元", 0, "万元"), ("收取信息处理费共计人民币2,350元", 0.235, "万元"), ("信息处理费收入1.2亿元", 12_000, "万元"),
    ],
)  # fmt: skip
def test_money_is_given_in_ten_thousand_yuan_and_keeps_its_print(
    told: Told, clause: str, value: float, unit: str
) -> None:
    (figure,) = told(f"本年度{clause}。")

    assert (figure.topic, figure.value, figure.unit) == ("processing_fee", value, unit)
    assert clause.endswith(figure.raw)


@pytest.mark.parametrize(
    ("sentence", "value", "unit", "about"),
    [
        ("收到申请十二件。", 12, "件", False), ("收到申请二十余件。", 20, "件", True),
        ("收到申请一百零五件。", 105, "件", False), ("收到申请一件。", 1, "件", False), ("收到申请零件。", 0, "件", False),
        ("发生行政复议案件两起。", 2, "起", False), ("编印手册一千二百册。", 1_200, "册", False),
        ("梳理事项十多项。", 10, "项", True), ("涉及三百二十一个村。", 321, "个", False),
    ],
)  # fmt: skip
def test_chinese_numerals_are_figures(told: Told, sentence: str, value: float, unit: str, about: bool) -> None:
    assert [(figure.value, figure.unit, figure.approximate) for figure in told(sentence)] == [(value, unit, about)]


@pytest.mark.parametrize(
    "sentence",
    [
        "一是开设一个专栏，建成一批专区，实行一次办。", "《条例》第二十条第（一）项。", "第十二条、第15条规定。",
        "数十件申请，几十条信息，上百件建议。", "十四五期间，三五件小事。", "收到申请3-5件，办结3～5件，公开3至5条。",
        "在20个工作日内答复，历时3个月。", "2020年度第4期、第12次会议。", "国办发〔2014〕32号。", "6月起施行，9时起开放。",
        "2021年1月29日，12月份。", "会议室在3楼，热线12345。", "编号A12件。",
    ],
)  # fmt: skip
def test_idioms_articles_spans_dates_and_ranges_are_no_figures(told: Told, sentence: str) -> None:
    assert told(sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "value"),
    [("占比30.61%。", 30.61), ("办结率百分之百。", 100), ("公开率达100%。", 100), ("占百分之三十五。", 35), ("占百分之12.5。", 12.5)],
)  # fmt: skip
def test_shares_are_figures_in_percent(told: Told, sentence: str, value: float) -> None:
    found = [(figure.value, figure.unit, figure.topic) for figure in told(sentence)]

    assert found == [(value, "%", None)]


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("新收政府信息公开申请数量为12。", 12),
        ("收到申请数为0，", 0),
        ("收到申请总数：3；", 3),
        ("行政复议数量为零。", 0),
    ],
)
def test_a_figure_without_a_unit_counts_where_it_is_known_what_it_counts(
    told: Told, sentence: str, value: float
) -> None:
    (figure,) = told(sentence)

    assert (figure.value, figure.unit) == (value, None)
    assert figure.topic in ("requests_received", "reconsiderations_total")


def test_a_figure_without_unit_and_topic_is_none(told: Told) -> None:
    assert told("热线电话为12345，门牌号为8。") == ()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("无相关行政复议和行政诉讼。", [("reconsiderations_total", 0), ("litigations_total", 0)]),
        ("本年度未发生行政复议、行政诉讼案件。", [("reconsiderations_total", 0), ("litigations_total", 0)]),
        ("没有因政府信息公开引起的行政诉讼。", [("litigations_total", 0)]),
        ("未收到行政复议申请。", [("reconsiderations_total", 0)]),
        ("无上年结转申请。", [("carried_in", 0)]), ("没有结转至下年度的申请。", [("carried_out", 0)]),
        ("未收取信息处理费。", [("processing_fee", 0)]), ("2020年未收取任何费用。", [("fees_collected", 0)]),
        ("因未按时答复被申请行政复议1件。", [("reconsiderations_total", 1)]),
    ],
)  # fmt: skip
def test_what_did_not_happen_is_a_figure_of_zero(told: Told, sentence: str, expected: list[tuple[str, float]]) -> None:
    assert [(figure.topic, figure.value) for figure in told(sentence)] == expected


@pytest.mark.parametrize(
    "sentence",
    ["收到申请100件以上。", "收到申请100件左右。", "收到申请大约100件。", "收到申请接近100件。", "收到申请不少于100件。",
     "收到申请至少100件。", "收到申请超100件。", "收到申请不到100件。", "收到申请100来件。"],
)  # fmt: skip
def test_words_before_and_after_a_figure_make_it_approximate(told: Told, sentence: str) -> None:
    assert [(figure.topic, figure.value, figure.approximate) for figure in told(sentence)] == [
        ("requests_received", 100, True)
    ]


@pytest.mark.parametrize("sentence", ["最近3件申请。", "附近12个村。", "高达100件。"])
def test_other_words_that_end_alike_do_not(told: Told, sentence: str) -> None:
    assert [figure.approximate for figure in told(sentence)] == [False]


def test_reconsiderations_and_lawsuits_counted_together_have_no_topic(told: Told) -> None:
    assert [(figure.topic, figure.value) for figure in told("行政复议、行政诉讼3件。")] == [(None, 3)]


@pytest.mark.parametrize(
    "sentence",
    ["予以公开或部分公开12件。", "其中予以公开和部分公开的共30件。", "同意公开（含部分公开）12件。", "不予公开、无法提供共5件。",
     "本机关不掌握相关政府信息或信息不存在6件。", "涉及国家秘密、商业秘密3件。", "收到申请5件，其中当面、信函申请共3件。",
     "制定规章和规范性文件5件。"],
)  # fmt: skip
def test_a_figure_over_several_things_has_no_topic_of_one(told: Told, sentence: str) -> None:
    assert told(sentence)[-1].topic is None


@pytest.mark.parametrize(
    "sentence",
    ["全年延期答复申请3件。", "比上年收到申请减少12件。", "不予受理申请3件。",
     "收到信息公开申请若干，受理建议提案10件。", "收到申请若干，提案办结10件。", "收到行政复议申请书3件。",
     "清理规范性文件若干，印发通知3件。", "减免信息处理费300元。"],
)  # fmt: skip
def test_what_only_sounds_alike_has_no_topic(told: Told, sentence: str) -> None:
    assert [figure.topic for figure in told(sentence)] == [None]


def test_channels_of_requests_are_told_one_after_the_other(told: Told) -> None:
    """The usual sentence of reports before 2014."""
    figures = told("2012年共受理申请25条，其中当面申请3条，传真申请0条，电子邮件申请5条，网上申请10条，信函申请7条。")

    assert [(figure.topic, figure.value) for figure in figures] == [
        ("requests_received", 25), ("received_in_person", 3), ("received_fax", 0), ("received_email", 5),
        ("received_online", 10), ("received_letter", 7),
    ]  # fmt: skip


def test_items_since_the_regulation_are_not_those_of_the_year(told: Told) -> None:
    figures = told("自2008年5月1日条例施行以来，累计公开政府信息5000条，其中2012年公开政府信息1200条。")

    assert [(figure.topic, figure.value) for figure in figures] == [
        ("proactive_cumulative", 5_000), ("proactive_total", 1_200)
    ]  # fmt: skip


def test_a_fee_asked_for_is_not_a_fee_collected(told: Told) -> None:
    """The usual sentence of chapter six since the report year 2021."""
    figures = told("本年发出收费通知的件数为2件，总金额为3000元，实际收取的总金额为1200元。")

    assert [(figure.topic, figure.value, figure.unit) for figure in figures] == [
        (None, 2, "件"), ("processing_fee_notified", 0.3, "万元"), ("processing_fee", 0.12, "万元")
    ]  # fmt: skip


def test_documents_issued_repealed_and_in_force_are_told_in_a_row(told: Told) -> None:
    figures = told("制发规范性文件5件，废止2件，现行有效74件。")

    assert [(figure.topic, figure.value) for figure in figures] == [
        ("normative_documents_issued", 5), ("normative_documents_repealed", 2), ("normative_documents_in_force", 74)
    ]  # fmt: skip


def test_a_total_before_a_share_is_still_that_of_the_list(told: Told) -> None:
    figures = told("公开信息100条，占比30%，其中政策60条，解读40条。")

    assert roles_of(figures) == [(100, "total"), (30, None), (60, "part"), (40, "part")]


def test_blanks_within_a_number_join_groups_of_three_only(told: Told) -> None:
    assert [figure.value for figure in told("公开信息 13 612 条，办结 3 件。")] == [13_612, 3]
    assert [figure.value for figure in told("截至2020 12件。")] == [12]


def test_sub_chapters_repeat_no_figure() -> None:
    chapter = Section("overview", "一", "总体情况", "（一）主动公开。公开信息3条。", 1)
    part = Section("proactive_disclosure", "一", "主动公开", "公开信息3条。", 1, level=2)

    assert [figure.section for figure in read_figures([chapter, part])] == ["overview"]


def test_a_figure_knows_the_line_on_which_it_stands() -> None:
    section = Section("overview", "一", "总体情况", "甲。\n乙3条。\n\n丙4条。", 10, (11, 13, 14, 16))

    assert [figure.line for figure in read_figures([section])] == [13, 16]


def test_a_sentence_without_end_is_cut_to_what_is_near() -> None:
    (figure, *_) = read_figures([Section("overview", None, None, "公开信息3条，" * 1_000, 1)])

    assert len(figure.sentence) <= 1_000


@pytest.mark.parametrize(
    "piece",
    ["收到申请12件，其中予以公开3件，部分公开2件。\n", "公开信息3条，其中甲1条，乙2条，", "收到", "其中", "1", "一", "二十",
     "结转", "未收到", "办结", "当面、", "复议后", "公开和", "1,234", "（一）", "　1", "共有", "复议诉讼", "解读稿件", "其中1件，1%，"],
)  # fmt: skip
def test_reading_takes_time_in_proportion_to_length(piece: str) -> None:
    """Ten times the text may take no more than some thirty times the time: far from the hundred of a square."""

    def seconds(length: int) -> float:
        section = Section("overview", None, None, piece * (length // len(piece)), 1)
        begin = time.process_time()
        read_figures([section])
        return time.process_time() - begin

    short = min(seconds(20_000) for _ in range(2))

    assert seconds(200_000) < 30 * short + 0.2
