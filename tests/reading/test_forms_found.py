"""Which form a report is on: told by its labels, block by block, and never by its year."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from gia_analysis import NotAReportError, Report
from gia_analysis.schema import Status

Read = Callable[[str], Report]
ValuesOf = Callable[[Report, str, str], list[float | None]]

BLOCKS_2021 = (
    "第二十条第（五）项 | |||\n信息内容 | 本年处理决定数量 | ||\n行政许可 | 5 | ||\n"
    "第二十条第（六）项 | |||\n信息内容 | 本年处理决定数量 | ||\n行政处罚 | 0 | ||\n行政强制 | 0 | ||\n"
    "第二十条第（八）项 | |||\n信息内容 | 本年收费金额（单位：万元） | ||\n行政事业性收费 | 282.1 | ||\n"
)
FIRST_BLOCK_2019 = (
    "第二十条第（一）项 | |||\n信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n"
    "规章 | 0 | 0 | 0 |\n规范性文件 | 0 | 0 | 0 |\n"
)
FIRST_BLOCK_2021 = (
    "第二十条第（一）项 | |||\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n"
    "规章 | 3 | 5 | 74 |\n{} | 564 | 984 | 4185 |\n"
)


def test_a_hybrid_report_is_mixed_and_each_cell_has_its_form(read: Read) -> None:
    """A bureau's report for 2021: its first block in the columns of 2019, the others in those of 2021."""
    report = read(FIRST_BLOCK_2019 + BLOCKS_2021)

    assert report.form == "mixed"
    assert {(cell.table, cell.form) for cell in report.cell_list} == {
        ("art20_1", "2019"), ("art20_5", "2021"), ("art20_6", "2021"), ("art20_8", "2021")
    }  # fmt: skip


def test_figures_of_a_hybrid_report_stand_under_the_columns_of_their_form(read: Read, values_of: ValuesOf) -> None:
    report = read(FIRST_BLOCK_2019 + BLOCKS_2021)

    assert values_of(report, "art20_1", "regulations") == [0, 0, 0]
    assert values_of(report, "art20_5", "licensing") == [5]
    assert values_of(report, "art20_8", "fees") == [282.1]


@pytest.mark.parametrize("label", ["行政规范性文件", "规范性文件"])
def test_the_columns_decide_where_a_row_has_the_label_of_the_other_form(
    read: Read, values_of: ValuesOf, label: str
) -> None:
    """吴起 2022 prints 规范性文件 on the form of 2021. Figures: the worked example of 2025."""
    report = read(FIRST_BLOCK_2021.format(label) + BLOCKS_2021)

    assert report.form == "2021"
    assert values_of(report, "art20_1", "normative_documents") == [564, 984, 4185]


def test_the_form_of_2014_is_found_in_a_report_for_2020(samples: Mapping[str, Report]) -> None:
    report = samples["2020-qujiang-office-affairs-centre"]

    assert (report.year, report.form) == (2020, "2014")


def test_the_form_of_2019_is_found_in_a_report_for_2021(read: Read, sample_paths: Mapping[str, Path]) -> None:
    """平利县正阳镇 used the form of 2019 for 2021."""
    text = sample_paths["2020-tongji-subdistrict"].read_text(encoding="utf-8")

    report = read(text.replace("2020年", "2021年"))

    assert (report.year, report.form) == (2021, "2019")


def test_topics_of_zhejiang_are_not_missed_where_no_topic_is_printed(
    read: Read, sample_paths: Mapping[str, Path]
) -> None:
    """The national form of 2014 has 58 rows."""
    lines = sample_paths["2020-qujiang-office-affairs-centre"].read_text(encoding="utf-8").split("\n")
    first = next(number for number, line in enumerate(lines) if line.startswith("(四)申请类型数"))
    assert lines[first + 19].startswith("四、行政复议数量")

    report = read("\n".join(lines[:first] + lines[first + 19 :]))

    assert (report.facts.labels_found, report.facts.labels_expected) == (58, 58)
    assert {cell.value for cell in report.cell_list if cell.row == "channel_website"} == {120}


def test_the_three_other_results_of_2021_are_no_column(read: Read, values_of: ValuesOf) -> None:
    """3.其他 is a row, 其他 a column. Figures: total column of the worked example of 2025."""
    rows = [
        ("(六)其他处理 | 1.申请人无正当理由逾期不补正,行政机关不再处理其政府信息公开申请", "318"),
        ("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "203"),
        ("3.其他", "965"),
        ("(七)总计", "13810"),
        ("四、结转下年度继续办理", "819"),
    ]
    head = "申请人情况 | |||||||\n自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n"
    report = read(head + "".join(f"{label} | 1 | 0 | 0 | 0 | 0 | 0 | {total} |\n" for label, total in rows))

    codes = ("other_overdue_correction", "other_overdue_fee", "other_misc", "results_total", "carried_out")
    assert report.form == "2021"
    assert [values_of(report, "requests", code)[-1] for code in codes] == [318, 203, 965, 13810, 819]


PRE2014 = """定西市人民政府2010年政府信息公开工作年度报告
一、概述
本年主动公开政府信息1200条。
三、依申请公开政府信息和不予公开政府信息的情况
全年共收到政府信息公开申请12件。
附表
{}
"""
PRE2014_ROWS = [
    ["指标名称", "计量单位", "代码", "本期实际", "本年累计"],
    ["主动公开信息数", "条", "01", "1200", "1200"],
    ["其中：全文电子化的主动公开信息数", "条", "02", "1100", "1100"],
    ["对申请的答复总数", "条", "17", "12", "12"],
    ["3.否决公开答复总数", "条", "20", "1", "1"],
    ["行政诉讼数", "件", "33", "0", "0"],
]


@pytest.mark.parametrize("separator", [" | ", "\n"], ids=["rows", "lines"])
def test_a_table_before_2014_is_read_as_far_as_its_labels_match(read: Read, separator: str) -> None:
    """The labels are those of the table of 35 indicators (定西市). What it lacks is not missing: it was never national."""
    bar = " |" if separator == " | " else ""
    table = "\n".join(separator.join(row) + bar for row in PRE2014_ROWS)

    report = read(PRE2014.format(table))

    assert (report.form, report.facts.status) == ("pre2014", Status.OK)
    assert {(cell.row, cell.col): (cell.value, cell.unit) for cell in report.cell_list} == {
        ("proactive_total", "period"): (1200, "条"),
        ("proactive_total", "cumulative_year"): (1200, "条"),
        ("proactive_full_text", "period"): (1100, "条"),
        ("proactive_full_text", "cumulative_year"): (1100, "条"),
        ("replies_total", "period"): (12, "条"),
        ("replies_total", "cumulative_year"): (12, "条"),
        ("reply_denied", "period"): (1, "条"),
        ("reply_denied", "cumulative_year"): (1, "条"),
        ("litigations_total", "period"): (0, "件"),
        ("litigations_total", "cumulative_year"): (0, "件"),
    }
    assert {section.section for section in report.section_list} >= {"overview", "requests"}


def test_the_table_of_fujian_has_this_year_and_all_years(read: Read) -> None:
    """莆田 2009: other words for the same rows, and a column of all years since 2008."""
    rows = [
        ["指标名称", "计量单位", "2009年度", "历年累计"],
        ["主动公开信息数", "条", "800", "1500"],
        ["其中：1.政府网站", "条", "700", "1300"],
        ["2.政府公报", "条", "12", "20"],
        ["受理依申请公开信息总数", "条", "9", "14"],
        ["其中：1.当面", "条", "4", "6"],
        ["6.其它形式", "条", "0", "0"],
        ["本年度对申请的答复总数", "条", "9", "14"],
    ]
    report = read(PRE2014.format("".join(" | ".join(row) + " |\n" for row in rows)))

    found = {(cell.row, cell.col): cell.value for cell in report.cell_list}
    assert {col for _, col in found} == {"period", "cumulative_since_2008"}
    assert found["requests_received", "period"] == 9
    assert found["channel_website", "cumulative_since_2008"] == 1300
    assert found["received_other", "period"] == 0


def test_without_the_heads_of_its_columns_no_table_before_2014_is_read(read: Read) -> None:
    report = read(PRE2014.format("".join(" | ".join(row) + " |\n" for row in PRE2014_ROWS[1:])))

    assert (report.form, report.facts.status) == ("pre2014", Status.PARTIAL)
    assert report.cell_list == ()


ANHUI_ROWS = [
    ["序号", "统计指标", "单位", "区政府统计数", "区直单位统计数", "乡镇街道统计数"],
    ["1", "一、主动公开情况", "——", "", "", ""],
    ["2", "（一）主动公开政府信息数", "条", "10", "20", "30"],
    ["3", "其中：主动公开规范性文件数", "条", "1", "2", "3"],
    ["4", "主动公开机构领导、机构设置及人事信息", "条", "4", "5", "6"],
    ["5", "主动公开政府文件数", "条", "7", "8", "9"],
    ["6", "制发规范性文件总数", "件", "1", "0", "0"],
]


@pytest.mark.parametrize("layout", ["rows", "bars", "lines"])
def test_the_table_of_anhui_has_three_columns_and_rows_of_its_own(read: Read, layout: str) -> None:
    """Anhui numbers the rows, counts government, departments and towns apart, and adds rows; they shift no others."""
    rows = [[cell or "0" for cell in row] if layout == "lines" else row for row in ANHUI_ROWS]
    text = {
        "rows": "".join(" | ".join(row) + " |\n" for row in rows),
        "bars": "".join(f"{cell}\n|\n" if cell else "|\n" for row in rows for cell in row),
        "lines": "\n".join(cell for row in rows for cell in row),
    }[layout]

    report = read(PRE2014.replace("2010", "2015").format(text))

    found: dict[str, list[float | None]] = {}
    for cell in report.cell_list:
        if cell.kind.value == "number":
            found.setdefault(cell.row, []).append(cell.value)
    assert report.form == "2014"
    assert {cell.col for cell in report.cell_list} == {"value_government", "value_departments", "value_towns"}
    assert found == {
        "proactive_total": [10, 20, 30],
        "proactive_normative_documents": [1, 2, 3],
        "unknown:主动公开机构领导、机构设置及人事信息": [4, 5, 6],
        "unknown:主动公开政府文件数": [7, 8, 9],
        "normative_documents_issued": [1, 0, 0],
    }


NOVEL = "话说天下大势，分久必合，合久必分。周末七国分争，并入于秦。\n第一回　宴桃园豪杰三结义　斩黄巾英雄首立功\n"


def test_a_novel_is_no_report_and_the_error_names_what_was_looked_for(read: Read) -> None:
    with pytest.raises(
        NotAReportError, match="no disclosure report: none of its statutory tables, no title .* chapters"
    ):
        read(NOVEL * 20)


def test_a_table_of_something_else_is_no_report(read: Read) -> None:
    with pytest.raises(NotAReportError, match="statutory tables"):
        read("城市 | 面积 | 人口 |\n总计 | 3 | 4 |\n其他 | 1 | 1 |\n" * 5)


def test_a_report_with_chapters_but_no_table_is_read_in_part(read: Read) -> None:
    """Text editions put the tables into pictures or attachments."""
    report = read(
        "一、总体情况\n无。\n二、主动公开政府信息情况\n见附件。\n三、收到和处理政府信息公开申请情况\n见附件。\n"
    )

    assert (report.form, report.facts.status, report.cell_list) == (None, Status.PARTIAL, ())
    assert report.facts.message == "no statutory table was found; the text was kept"


def test_a_title_alone_makes_a_report_read_in_part(read: Read) -> None:
    report = read("吴起县周湾镇人民政府2021年政府信息公开工作年度报告\n正文见附件。\n")

    assert (report.facts.status, report.agency, report.year) == (Status.PARTIAL, "吴起县周湾镇人民政府", 2021)


def test_tables_that_the_form_has_and_the_report_lacks_are_issues(read: Read) -> None:
    report = read(FIRST_BLOCK_2021.format("行政规范性文件") + BLOCKS_2021)

    missing = [issue.table for issue in report.issue_list if issue.code == "TABLE_MISSING"]

    assert missing == ["requests", "review_litigation"]
    assert (report.facts.status, report.facts.message) == (Status.PARTIAL, "TABLE_MISSING ×2")


def test_a_complete_report_is_ok(samples: Mapping[str, Report]) -> None:
    facts = samples["2020-tongji-subdistrict"].facts

    assert (facts.status, facts.message) == (Status.OK, None)
