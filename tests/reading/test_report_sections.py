"""The chapters of a report and their running text."""

from collections.abc import Callable, Mapping

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
        Section("overview", "一", "总体情况", "甲。\n乙。", 2),
        Section("other", "六", "其他需要报告的事项", "无。", 6),
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

    assert (sections["proactive"], sections["requests"], sections["disputes"]) == ("", "", "")


def test_chapters_say_on_which_line_they_begin(
    samples: Mapping[str, Report], sample_line: Callable[[str, int], str]
) -> None:
    """Chapter three of xiandi is glued to a cell, with a blank before it."""
    titled = [section for section in samples["2020-xiandi-town"].section_list if section.title]

    lines = [sample_line("2020-xiandi-town", section.line or 0).strip() for section in titled]

    assert len(lines) == 6
    assert lines == [f"{section.number}、{section.title}" for section in titled]
