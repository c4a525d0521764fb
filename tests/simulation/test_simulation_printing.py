"""Whole printed reports: their chapters, options and captions, and that their tables look like those of real pages."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from gia_analysis.errors import FormError
from gia_analysis.forms import Form, forms, get_form
from gia_analysis.reading import read_report
from gia_analysis.simulation import CellKey, Layout, join_reports, lay_out, print_report, print_tables

AGENCY = "模拟省云江市模拟区财政局"
SAMPLES = Path(__file__).parents[2] / "data" / "raw"
PRINTABLE = [form for form in forms().values() if form.tables]


def zeros(form: Form) -> dict[CellKey, str | None]:
    return {(table.code, row.code, column.code): "0" for table, row, column in form.cells() if not row.optional}


def headings(text: str) -> list[str]:
    return [line for line in text.splitlines() if re.match(r"[一二三四五六七八]、", line) and "|" not in line]


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_chapters_of_the_uniform_format_come_in_order_with_their_official_headings(form: str) -> None:
    text = print_report(get_form(form), zeros(get_form(form)), agency=AGENCY, year=2021)

    assert headings(text) == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]
    assert (
        text.index("三、收到") < text.index("（本列数据") < text.index("四、政府信息") < text.index("未经复议直接起诉")
    )


def test_the_2014_table_comes_last_with_its_caption_and_a_footer_without_names() -> None:
    text = print_report(get_form("2014"), zeros(get_form("2014")), agency=AGENCY, year=2018, punctuation="half")

    table = text[text.index("八、政府信息公开情况统计表") :].splitlines()
    assert table[1:7] == [
        "政府信息公开情况统计表 | ||",
        "(2018年度) | ||",
        f"填报单位:{AGENCY} | ||",
        "统计指标 | 单位 | 统计数 |",
        "一、主动公开情况 | —— | |",
        "(一)主动公开政府信息数(不同渠道和方式公开相同信息计1条) | 条 | 0 |",
    ]
    assert table[-7:-3] == [
        "(二)举办各类培训班数 | 次 | 0 |",
        "(三)接受培训人员数 | 人次 | 0 |",
        "单位负责人: 审核人: 填报人: | ||",
        "联系电话: 填报日期:2019.1.20 | ||",
    ]


@pytest.mark.parametrize("form", PRINTABLE, ids=lambda form: form.id)
def test_every_report_says_that_it_is_simulated_and_which_year_it_counts(form: Form) -> None:
    text = print_report(form, zeros(form), agency=AGENCY, year=2019, title=False, contact=False, narrative=False)

    preamble = text.splitlines()[0]
    assert "模拟生成" in preamble
    assert "不是任何行政机关的真实报告" in preamble
    assert "统计期限自2019年1月1日起至2019年12月31日止" in preamble


def test_title_contact_and_signature_are_as_asked() -> None:
    form = get_form("2021")

    full = print_report(form, zeros(form), agency=AGENCY, year=2022, signed=date(2023, 1, 9))
    bare = print_report(form, zeros(form), agency=AGENCY, year=2022, title=False, contact=False)

    assert full.startswith(f"{AGENCY}2022年政府信息公开工作年度报告\n")
    assert f"请与{AGENCY}联系（地址：" in full
    assert full.endswith(f"{AGENCY}\n{' ' * 40}2023年1月9日\n")
    assert "年度报告\n" not in bare
    assert "联系" not in bare


def test_the_narrative_tells_the_figures_of_the_tables_and_leaves_out_what_is_blank() -> None:
    form = get_form("2021")
    figures = zeros(form)
    figures["requests", "new_received", "total"] = "12"
    figures["requests", "results_total", "total"] = "11"
    figures["requests", "carried_in", "total"] = ""

    told = print_report(form, figures, agency=AGENCY, year=2022)
    silent = print_report(form, figures, agency=AGENCY, year=2022, narrative=False)

    assert "本年共收到政府信息公开申请12件，本年度办结政府信息公开申请11件，结转下年度继续办理0件。" in told
    assert "12件" not in silent


def test_a_missing_figure_and_an_unknown_table_are_refused() -> None:
    form = get_form("2021")
    figures = zeros(form)

    with pytest.raises(FormError, match=r"art20_9.*2021"):
        print_report(form, figures | {("art20_9", "procurement", "procurement_items"): "1"}, agency=AGENCY, year=2022)
    del figures["review_litigation", "reconsideration", "pending"]
    with pytest.raises(FormError, match=r"review_litigation\.reconsideration\.pending"):
        print_report(form, figures, agency=AGENCY, year=2022)


def test_each_table_is_printed_in_a_layout_of_its_own() -> None:
    """Beijing Street 2020 flattens its first tables as C and the others as H."""
    form = get_form("2019")
    layouts = dict.fromkeys(form.table_by_code, "C") | {"art20_9": "F", "requests": "H", "review_litigation": "D"}

    text = print_report(form, zeros(form), agency=AGENCY, year=2020, layout=cast(Mapping[str, Layout], layouts))

    assert "行政处罚 | 0 | 0 | 0 |\n" in text
    assert "政府集中采购\n0\n0\n" in text
    assert "| 四、结转下年度继续办理 |  |  | 0 |" in text
    assert "复议后起诉 |\n||||||||\n" in text


def test_a_sequence_of_layouts_is_taken_in_turn_by_the_chapters_with_tables() -> None:
    form = get_form("2021")

    text = print_report(form, zeros(form), agency=AGENCY, year=2022, layout=["E", "C", "F"])

    assert "|\n行政处罚 |\n0 |\n||\n" in text
    assert "四、结转下年度继续办理 | 0 | 0 |" in text
    assert "\n尚未审结\n总计\n0\n0\n" in text


def test_tables_stand_without_headings_or_headings_without_tables() -> None:
    form = get_form("2021")

    bare = print_report(form, zeros(form), agency=AGENCY, year=2022, headings=False)
    empty = print_report(form, zeros(form), agency=AGENCY, year=2022, left_out=["requests"], narrative=False)

    assert headings(bare) == []
    assert "行政处罚 | 0 |" in bare
    assert "三、收到和处理政府信息公开申请情况\n无。\n四、" in empty
    assert "行政处罚 | 0 |" in empty
    with pytest.raises(FormError, match="request"):
        print_report(form, zeros(form), agency=AGENCY, year=2022, left_out=["request"])


def test_a_table_is_printed_twice_where_it_is_given_twice() -> None:
    form = get_form("2021")
    again = {key: figure for key, figure in zeros(form).items() if key[0] == "art20_6"}
    again["art20_6", "penalty", "decisions"] = "3"

    text = print_report(form, zeros(form), agency=AGENCY, year=2022, printed_again=again)

    assert text.count("第二十条第（六）项 |") == 2
    assert text.index("行政处罚 | 0 |") < text.index("行政处罚 | 3 |") < text.index("第二十条第（八）项")


def test_reports_joined_follow_each_other_whole() -> None:
    form = get_form("2021")
    one, two = (print_report(form, zeros(form), agency=AGENCY, year=year) for year in (2022, 2023))

    assert join_reports([one, two]) == f"{one}\n{two}"


def test_a_form_without_tables_cannot_be_printed() -> None:
    with pytest.raises(FormError, match="form 2021 prescribes no table"):
        print_report(replace(get_form("2021"), tables=()), {}, agency=AGENCY, year=2021)


def test_a_table_without_a_title_has_year_and_agency_above_its_head() -> None:
    form = get_form("pre2014")

    text = print_report(form, zeros(form), agency=AGENCY, year=2012)

    assert f"（2012年度） | |||\n填报单位：{AGENCY} | |||\n指标名称 | 计量单位 | 本期实际 | 本年累计 |\n" in text


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        ("2020-xushui-government-office.txt", "A"),
        ("2020-xiandi-town.txt", "B"),
        ("2020-zhenjiang-government-office.txt", "B"),
        ("2020-tongji-subdistrict.txt", "C"),
        ("2020-qujiang-office-affairs-centre.txt", "C"),
    ],
)
def test_tables_look_like_those_of_real_pages_to_the_character(name: str, layout: Layout) -> None:
    """The figures of a sample, printed in its layout, are the sample's own lines but for blanks and local labels."""
    path = SAMPLES / name
    report = read_report(path)
    form = get_form(str(report.form))
    printed = {
        (cell.table, cell.row, cell.col): None if cell.kind == "absent" else cell.raw for cell in report.cell_list
    }
    grids = {
        table.code: lay_out(table, {(row, col): raw for (code, row, col), raw in printed.items() if code == table.code})
        for table in form.tables
    }

    if form.id == "2014":
        groups = [[grids["stats_2014"][1:]]]  # year and agency stand between its title and the rest
    else:
        proactive = [grid for code, grid in grids.items() if code.startswith("art20")]
        groups = [proactive, [grids["requests"]], [grids["review_litigation"]]]
    sample = alike(path.read_text(encoding="utf-8"))

    for group in groups:
        assert alike(print_tables(group, layout)).rstrip("\n") in sample


def alike(text: str) -> str:
    """Return the text without what differs from site to site: stray blanks, width of punctuation, notes in labels."""
    text = text.translate(str.maketrans("（）：，", "():,", "\u3000\xa0"))
    text = re.sub(r"(?<=\t) +| +$|(?<=[一-龥]) (?=[一-龥(])", "", text, flags=re.MULTILINE)
    text = text.replace("本年新\n", "本年新").replace("年度累计数", "统计数")
    return re.sub(r"\((?:市政府令|有规范性文件登记号)\)", "", text)
