"""The chapters of a report and their running text."""

from collections.abc import Callable, Mapping

import pytest

from gia_analysis import Report
from gia_analysis.documents import read_bytes
from gia_analysis.reading.flow import read_flow
from gia_analysis.reading.sections import read_sections
from gia_analysis.records import Section


def sections_of(text: str) -> list[Section]:
    return list(read_sections(read_flow(read_bytes(text.encode(), "report.txt"))))


def test_chapters_hold_the_text_up_to_the_next_heading() -> None:
    found = sections_of("前言。\n一、总体情况\n甲。\n 乙。\n\n六、其他需要报告的事项\n无。\n")

    assert found == [
        Section("preamble", None, None, "前言。", 1),
        Section("overview", "一", "总体情况", "甲。\n乙。", 2, opened_by="heading"),
        Section("other", "六", "其他需要报告的事项", "无。", 6, opened_by="heading"),
    ]


def test_a_chapter_without_text_is_kept() -> None:
    found = sections_of("一、总体情况\n二、主动公开政府信息情况\n无。\n")

    assert [(section.section, section.text) for section in found] == [("overview", ""), ("proactive", "无。")]


def test_a_title_keeps_the_brackets_and_colons_that_were_printed() -> None:
    found = sections_of("附件：政府信息公开情况统计表\n见下。\n")

    assert found[0].title == "附件：政府信息公开情况统计表"


def test_text_without_any_heading_is_the_preamble() -> None:
    """荷塘桂花街道 has no heading at all."""
    found = sections_of("全年主动公开政府信息12条。\n收到申请0件。\n")

    assert found == [Section("preamble", None, None, "全年主动公开政府信息12条。\n收到申请0件。", 1)]


def test_a_lone_date_at_the_end_is_a_signature_with_the_name_indented_above() -> None:
    found = sections_of(
        "一、总体情况\n甲。\n"
        "                     韶关市浈江区人民政府办公室\n\n                         2021年1月17日\n"
    )

    assert found[-1] == Section("signature", None, None, "韶关市浈江区人民政府办公室\n2021年1月17日", 3)
    assert found[0].text == "甲。"


def test_a_date_alone_is_a_signature_without_a_name() -> None:
    found = sections_of("六、其他需要报告的事项\n无\n\n                      2021年1月29日\n")

    assert found[-1] == Section("signature", None, None, "2021年1月29日", 4)


def test_a_sentence_that_ends_in_a_date_is_no_signature() -> None:
    found = sections_of("一、总体情况\n本年度统计截至2020年12月31日\n")

    assert [section.section for section in found] == ["overview"]


def test_a_date_before_a_last_table_is_no_signature() -> None:
    found = sections_of("八、政府信息公开年度统计表\n2020年12月31日\n统计指标 | 单位 | 统计数 |\n")

    assert [section.section for section in found] == ["statistics"]


def test_a_heading_glued_to_a_cell_is_set_free() -> None:
    """Xiandi: 政府集中采购 / 2, then the next heading in the place of the amount."""
    found = sections_of(
        "二、主动公开政府信息情况\n\t政府集中采购\n\t2\n 三、收到和处理政府信息公开申请情况\n\t申请人情况\n\n"
    )

    assert [(section.section, section.number) for section in found] == [("proactive", "二"), ("requests", "三")]


def test_tables_are_no_part_of_the_text(samples: Mapping[str, Report]) -> None:
    sections = {section.section: section.text for section in samples["2020-tongji-subdistrict"].section_list}

    assert {section.level for section in samples["2020-tongji-subdistrict"].section_list} == {1}
    assert (sections["proactive"], sections["requests"], sections["disputes"]) == ("", "", "")


def test_chapters_say_on_which_line_they_begin(
    samples: Mapping[str, Report], sample_line: Callable[[str, int], str]
) -> None:
    """Chapter three of xiandi is glued to a cell, with a blank before it."""
    titled = [section for section in samples["2020-xiandi-town"].section_list if section.title and section.level == 1]

    lines = [sample_line("2020-xiandi-town", section.line or 0).strip() for section in titled]

    assert len(lines) == 6
    assert lines == [f"{section.number}、{section.title}" for section in titled]


def outline_of(text: str) -> list[tuple[int, str, str | None, str | None]]:
    return [(section.level, section.section, section.number, section.title) for section in sections_of(text)]


def test_sub_chapters_follow_their_chapter_and_hold_only_their_own_text() -> None:
    found = sections_of(
        "一、总体情况\n甲。\n（一）主动公开情况。乙。\n丙。\n(四)平台建设\n\n丁。\n（四）措施及成效\n二、主动公开政府信息情况\n"
    )

    assert found[0].text == "甲。\n（一）主动公开情况。乙。\n丙。\n(四)平台建设\n丁。\n（四）措施及成效"
    assert found[1:4] == [
        Section("proactive_disclosure", "一", "主动公开情况", "乙。\n丙。", 3, level=2, opened_by="heading"),
        Section("platform", "四", "平台建设", "丁。", 5, level=2, opened_by="heading"),
        Section("other_topic", "四", "措施及成效", "", 8, level=2, opened_by="heading"),
    ]
    assert found[4].section == "proactive"


def test_each_line_of_a_sub_chapter_knows_its_line_of_the_file() -> None:
    found = sections_of("一、总体情况\n\n（一）主动公开情况。甲。\n\n乙。\n")

    assert [section.text_lines for section in found] == [(3, 5), (3, 5)]


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("2020-xushui-government-office", [
            ("overview", "proactive_disclosure"), ("overview", "on_request"), ("overview", "information_management"),
            ("overview", "platform"), ("overview", "supervision"), ("problems", "shortcomings"),
            ("problems", "improvements"),
        ]),
        ("2020-zhenjiang-government-office", [
            ("overview", "other_topic"), ("overview", "other_topic"), ("problems", "shortcomings"),
            ("problems", "improvements"),
        ]),
        ("2020-tongji-subdistrict", []),
    ],
)  # fmt: skip
def test_sub_chapters_of_the_samples(samples: Mapping[str, Report], stem: str, expected: list[tuple[str, str]]) -> None:
    found, chapter = [], ""
    for section in samples[stem].section_list:
        if section.level == 1:
            chapter = section.section
        else:
            found.append((chapter, section.section))

    assert found == expected


def test_chapters_give_every_line_of_text_once(samples: Mapping[str, Report]) -> None:
    for report in samples.values():
        lines = [line for section in report.section_list if section.level == 1 for line in section.text_lines]
        assert len(lines) == len(set(lines))
        assert lines == sorted(lines)


def test_a_heading_that_repeats_its_chapter_without_numeral_is_a_sub_chapter() -> None:
    found = outline_of("五、存在的主要问题及改进情况\n存在的主要问题：\n人手不足。\n六、其他需要报告的事项\n无。\n")

    assert found == [
        (1, "problems", "五", "存在的主要问题及改进情况"), (2, "shortcomings", None, "存在的主要问题"),
        (1, "other", "六", "其他需要报告的事项"),
    ]  # fmt: skip


def test_a_heading_without_numeral_is_a_sub_chapter_where_its_chapter_comes_later() -> None:
    found = outline_of("一、总体情况\n主动公开情况\n公开3条。\n二、主动公开政府信息情况\n无。\n")

    assert [row[:2] for row in found] == [(1, "overview"), (2, "proactive_disclosure"), (1, "proactive")]


TABLES = (
    "第二十条第（一）项 | | | |\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 0 | 0 | 0 |\n"
    "行政规范性文件 | 0 | 0 | 0 |\n"
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 |\n"
    "一、本年新收政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n"
    "行政复议 | 行政诉讼 |\n0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n"
)


def test_tables_open_their_chapters_where_there_is_no_heading() -> None:
    """荷塘桂花街道 has no heading at all."""
    found = sections_of(f"全年主动公开政府信息12条。\n{TABLES}今后将加强培训。\n")

    assert [(section.section, section.title, section.opened_by, section.line) for section in found] == [
        ("preamble", None, None, 1), ("proactive", None, "table", 2), ("requests", None, "table", 6),
        ("disputes", None, "table", 8),
    ]  # fmt: skip
    assert [section.text for section in found] == ["全年主动公开政府信息12条。", "", "", "今后将加强培训。"]


def test_a_table_opens_only_the_chapter_whose_heading_is_missing() -> None:
    first, _, rest = TABLES.partition("（本列")

    found = sections_of(f"一、总体情况\n甲。\n二、主动公开政府信息情况\n{first}（本列{rest}五、存在的主要问题\n乙。\n")

    assert [(section.section, section.opened_by) for section in found] == [
        ("overview", "heading"), ("proactive", "heading"), ("requests", "table"), ("disputes", "table"),
        ("problems", "heading"),
    ]  # fmt: skip


def test_a_chapter_that_reads_like_a_row_of_2014_is_one_before_running_text_and_none_in_a_table() -> None:
    text = "一、主动公开情况\n全年公开3条，均已上网。\n三、依申请公开情况\n（一）申请情况\n未收到申请。\n"

    assert [row[:3] for row in outline_of(text)] == [
        (1, "proactive", "一"), (1, "requests", "三"), (2, "other_topic", "一")
    ]  # fmt: skip
    assert outline_of("政府信息公开情况统计表\n三、依申请公开情况\n（一）收到申请数\n3\n")[1:] == []
