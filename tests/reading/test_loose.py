"""Tables without any mark: one cell a line, or a row a line parted by blanks. Only the labels tell that they are tables."""

from collections.abc import Callable, Iterable

import pytest

from gia_analysis import NotAReportError, Report
from gia_analysis.forms import get_form
from gia_analysis.records import Cell

Read = Callable[[str], Report]
RowOf = Callable[[Report, str, str], list[Cell]]
ValuesOf = Callable[[Report, str, str], list[float | None]]

PROACTIVE = "二、主动公开政府信息情况\n"
REQUESTS = "三、收到和处理政府信息公开申请情况\n"
DISPUTES = "四、政府信息公开行政复议、行政诉讼情况\n"
ART20_1 = ["第二十条第（一）项", "信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"]
ART20_1_OF_2021 = ["第二十条第（一）项", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
ART20_6_OF_2021 = ["第二十条第（六）项", "信息内容", "本年处理决定数量"]
HEAD = [
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况", "自然人", "法人或其他组织",
    "总计", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他",
]  # fmt: skip
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def one_a_line(cells: Iterable[str]) -> str:
    return "".join(f"{cell}\n" for cell in cells)


def lines(*cells: str) -> str:
    """Print a chapter whose cells stand one a line, and the heading of the next."""
    return PROACTIVE + one_a_line(cells) + REQUESTS


def tables_of(report: Report) -> set[str]:
    return {cell.table for cell in report.cell_list}


# One cell a line


def test_cells_one_a_line_are_a_table(read: Read, values_of: ValuesOf) -> None:
    """荔湾南源街道 2020: licences 21 / +19 / 40."""
    head = ["第二十条第（五）项", "信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]

    report = read(lines(*head, "行政许可", "21", "+19", "40", "其他对外管理服务事项", "2", "-3", "114"))

    assert values_of(report, "art20_5", "licensing") == [21, 19, 40]
    assert values_of(report, "art20_5", "other_services") == [2, -3, 114]


def test_a_cell_has_the_line_it_stands_in(read: Read, row_of: RowOf) -> None:
    report = read(lines(*ART20_1, "规章", "3", "5", "", "74", "规范性文件", "6", "8", "9"))

    assert [cell.line for cell in row_of(report, "art20_1", "regulations")] == [8, 9, 11]
    assert [cell.line for cell in row_of(report, "art20_1", "normative_documents")] == [13, 14, 15]


def test_blocks_on_different_forms_are_read_each_on_its_own(read: Read, values_of: ValuesOf) -> None:
    """A bureau's report for 2021, one cell a line: its first block has the columns of 2019."""
    rows = [
        *ART20_1,
        "规章",
        "1",
        "2",
        "4",
        "规范性文件",
        "6",
        "7",
        "8",
        *ART20_6_OF_2021,
        "行政处罚",
        "25",
        "行政强制",
        "17",
    ]

    report = read(lines(*rows))

    assert report.form == "mixed"
    assert values_of(report, "art20_1", "normative_documents") == [6, 7, 8]
    assert {cell.form for cell in report.cell_list if cell.table == "art20_1"} == {"2019"}
    assert (values_of(report, "art20_6", "penalty"), values_of(report, "art20_6", "compulsion")) == ([25], [17])


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_table_of_requests_is_read_row_by_row(read: Read, values_of: ValuesOf, form: str) -> None:
    """Every figure is another one, so that one read a line off would show."""
    table = get_form(form).table("requests")
    cells, expected, opened = [*HEAD], {}, set[str]()
    for number, row in enumerate(table.rows, start=1):
        groups = [group for group in table.groups_of(row) if group.code not in opened]
        opened |= {group.code for group in groups}
        figures = [100 * number + column for column in range(1, 8)]
        cells += [*(group.zh for group in groups), row.zh, *map(str, figures)]
        expected[row.code] = figures

    report = read(f"{REQUESTS}{one_a_line(cells)}{DISPUTES}无。\n")

    assert {row: values_of(report, "requests", row) for row in expected} == expected
    assert report.form == form


def test_the_table_of_disputes_is_fifteen_lines_after_its_head(read: Read, values_of: ValuesOf) -> None:
    figures = "376 97 196 121 790 16 1 12 27 56 74 1 30 51 156".split()
    head = ["行政复议", "行政诉讼", *RESULTS, "未经复议直接起诉", "复议后起诉", *RESULTS, *RESULTS]

    report = read(f"{DISPUTES}{one_a_line([*head, *figures])}五、存在的主要问题及改进情况\n无。\n")

    assert values_of(report, "review_litigation", "reconsideration") == [376, 97, 196, 121, 790]
    assert values_of(report, "review_litigation", "litigation_direct") == [16, 1, 12, 27, 56]
    assert values_of(report, "review_litigation", "litigation_after_review") == [74, 1, 30, 51, 156]


def test_a_dash_is_a_cell_like_a_figure(read: Read, row_of: RowOf) -> None:
    report = read(lines(*ART20_1_OF_2021, "规章", "/", "/", "7", "行政规范性文件", "2", "—", "19"))

    assert [(cell.value, cell.kind.value) for cell in row_of(report, "art20_1", "regulations")] == [
        (None, "na"), (None, "na"), (7, "number")
    ]  # fmt: skip
    assert [cell.value for cell in row_of(report, "art20_1", "normative_documents")] == [2, None, 19]


def test_fewer_figures_than_columns_are_not_placed(read: Read, row_of: RowOf) -> None:
    """汨罗 2021: 规章 / 3 / 3, then 行政规范性文件 / 14, the empty cells gone."""
    report = read(lines(*ART20_1_OF_2021, "规章", "3", "3", "行政规范性文件", "14"))

    found = {row: {(cell.value, cell.kind.value, cell.raw) for cell in row_of(report, "art20_1", row)} for row in (
        "regulations", "normative_documents"
    )}  # fmt: skip
    assert found == {"regulations": {(None, "ambiguous", "3 | 3")}, "normative_documents": {(None, "ambiguous", "14")}}


def test_more_figures_than_columns_are_not_placed(read: Read, row_of: RowOf, values_of: ValuesOf) -> None:
    report = read(lines(*ART20_6_OF_2021, "行政处罚", "25", "31", "行政强制", "17"))

    assert [(cell.value, cell.kind.value) for cell in row_of(report, "art20_6", "penalty")] == [(None, "ambiguous")]
    assert values_of(report, "art20_6", "compulsion") == [17]


def test_without_a_head_the_columns_are_those_of_no_form(read: Read) -> None:
    """Both forms have three columns for these rows; no newer or older form is guessed."""
    report = read(lines("第二十条第（一）项", "规章", "3", "5", "74", "规范性文件", "564", "984", "4185"))

    assert {(cell.value, cell.kind.value) for cell in report.cell_list} == {(None, "ambiguous")}
    assert {cell.raw for cell in report.cell_list} == {"3 | 5 | 74", "564 | 984 | 4185"}


def test_a_row_without_any_figure_holds_none_of_the_next(read: Read, row_of: RowOf, values_of: ValuesOf) -> None:
    report = read(lines(*ART20_1_OF_2021, "规章", "行政规范性文件", "2", "6", "19"))

    assert {(cell.value, cell.kind.value) for cell in row_of(report, "art20_1", "regulations")} <= {
        (None, "absent"), (None, "ambiguous")
    }  # fmt: skip
    assert values_of(report, "art20_1", "normative_documents") == [2, 6, 19]


def test_a_label_over_three_lines_is_one_label(read: Read, values_of: ValuesOf) -> None:
    """Tianmen 2025 prints each line of a cell as a paragraph."""
    head = ["第二十条第（一）项", "信息内容", "本年制", "发件数", "本年", "废止", "件数", "现行有效件数"]

    report = read(lines(*head, "规章", "3", "5", "74", "行政规范", "性", "文件", "564", "984", "4185"))

    assert values_of(report, "art20_1", "regulations") == [3, 5, 74]
    assert values_of(report, "art20_1", "normative_documents") == [564, 984, 4185]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n \n\u3000\n", "\r\n", "\r\n\r\n"])
def test_empty_lines_between_cells_are_no_cells(read: Read, values_of: ValuesOf, between: str) -> None:
    """Tongzhou petition office 2019: an empty line between any two cells."""
    cells = [*ART20_6_OF_2021, "行政处罚", "25", "行政强制", "17"]

    report = read(
        f"二、主动公开政府信息情况{between}{between.join(cells)}{between}三、收到和处理政府信息公开申请情况\n无。"
    )

    assert (values_of(report, "art20_6", "penalty"), values_of(report, "art20_6", "compulsion")) == ([25], [17])


def test_a_unit_below_a_figure_is_its_unit(read: Read, row_of: RowOf) -> None:
    head = ["第二十条第（九）项", "信息内容", "采购项目数量", "采购总金额"]

    cells = row_of(read(lines(*head, "政府集中采购", "33", "6054", "万元")), "art20_9", "procurement")

    assert [(cell.value, cell.unit, cell.raw) for cell in cells] == [(33, "项", "33"), (6054, "万元", "6054")]


def test_a_table_of_2014_stands_in_lines_of_label_unit_and_figure(read: Read, values_of: ValuesOf) -> None:
    rows = [
        "统计指标", "单位", "统计数", "一、主动公开情况", "——", "（一）主动公开政府信息数", "条", "120",
        "其中：主动公开规范性文件数", "条", "7", "制发规范性文件总数", "件", "3", "二、回应解读情况", "——",
    ]  # fmt: skip

    report = read(f"一、概述\n无。\n附表\n{one_a_line(rows)}")

    assert report.form == "2014"
    assert [values_of(report, "stats_2014", row) for row in ("proactive_total", "proactive_normative_documents")] == [
        [120], [7]
    ]  # fmt: skip
    assert values_of(report, "stats_2014", "normative_documents_issued") == [3]


# Where such a table ends


def test_a_sentence_ends_the_table(read: Read, values_of: ValuesOf) -> None:
    end = "以上数据由各科室分别统计后汇总。"

    report = read(lines(*ART20_6_OF_2021, "行政处罚", "25", "行政强制", "17", end, "2020"))

    assert values_of(report, "art20_6", "compulsion") == [17]
    assert end in next(section.text for section in report.section_list if section.section == "proactive")


def test_a_long_line_ends_the_table_though_it_is_no_sentence(read: Read, values_of: ValuesOf) -> None:
    end = "各科室分别统计后汇总，" * 12

    report = read(lines(*ART20_6_OF_2021, "行政处罚", "25", "行政强制", "17", end, "31"))

    assert values_of(report, "art20_6", "compulsion") == [17]


def test_a_remark_below_the_last_figure_is_text(read: Read, values_of: ValuesOf) -> None:
    report = read(lines(*ART20_6_OF_2021, "行政处罚", "25", "行政强制", "17", "注：含下属单位"))

    assert values_of(report, "art20_6", "compulsion") == [17]
    assert "注：含下属单位" in next(section.text for section in report.section_list if section.section == "proactive")


def test_a_heading_without_numeral_ends_the_table(read: Read, values_of: ValuesOf) -> None:
    text = lines(*ART20_6_OF_2021, "行政处罚", "25", "行政强制", "17").replace("三、", "")

    report = read(f"{text}全年收到申请2020件。\n2021\n")

    assert values_of(report, "art20_6", "compulsion") == [17]
    assert [section.section for section in report.section_list if section.title] == ["proactive", "requests"]


def test_a_row_worded_like_a_heading_belongs_to_the_table(read: Read, values_of: ValuesOf) -> None:
    """四、结转下年度继续办理 stands directly before 四、政府信息公开行政复议、行政诉讼情况."""
    cells = [
        *HEAD,
        "（七）总计",
        *"1 2 3 4 5 6 21".split(),
        "四、结转下年度继续办理",
        *"7 8 9 10 11 12 57".split(),
    ]

    report = read(f"{REQUESTS}{one_a_line(cells)}{DISPUTES}无。\n")

    assert values_of(report, "requests", "results_total") == [1, 2, 3, 4, 5, 6, 21]
    assert values_of(report, "requests", "carried_out") == [7, 8, 9, 10, 11, 12, 57]
    assert [section.section for section in report.section_list if section.title] == ["requests", "disputes"]


# Running text is no table


@pytest.mark.parametrize(
    "text",
    [
        "行政许可\n本年办结各类许可较上年有所增加。\n行政处罚\n依法公开处罚决定。\n",
        "第二十条第（一）项\n规章和规范性文件均已上网。\n2020\n",
        "行政处罚 公示率达 100\n",
        "规章制度 12\n",
        "总计\n3\n其他\n4\n",
    ],
    ids=["labels-as-subheadings", "label-then-sentence", "sentence-with-figure", "longer-word", "words-of-any-table"],
)
def test_labels_in_running_text_make_no_table(read: Read, text: str) -> None:
    report = read(f"吴起县周湾镇人民政府2021年政府信息公开工作年度报告\n一、总体情况\n{text}{PROACTIVE}无。\n")

    assert report.cell_list == ()
    assert text.strip().split("\n")[0].split()[0] in "".join(section.text for section in report.section_list)


def test_a_list_of_figures_without_labels_is_no_report(read: Read) -> None:
    with pytest.raises(NotAReportError):
        read("面积\n3\n人口\n4\n总计\n7\n" * 20)


# Rows parted by blanks


@pytest.mark.parametrize("gap", [" ", "    ", "\u3000", "\xa0", " \t "])
def test_a_row_a_line_parted_by_blanks_is_a_row(read: Read, values_of: ValuesOf, gap: str) -> None:
    rows = [[ART20_1[0]], ART20_1[1:], ["规章", "3", "5", "74"], ["规范性文件", "564", "984", "4185"]]

    report = read(PROACTIVE + "".join(f"{gap.join(row)}\n" for row in rows) + REQUESTS)

    assert (report.form, values_of(report, "art20_1", "regulations")) == ("2019", [3, 5, 74])
    assert values_of(report, "art20_1", "normative_documents") == [564, 984, 4185]


def test_the_head_of_a_table_parted_by_blanks_tells_its_form(read: Read) -> None:
    """The rows are those of both forms; once the head was taken for one long label, and the newest form for the right one."""
    rows = "规章 3 5 74\n规范性文件 564 984 4185\n"

    forms = [read(f"{PROACTIVE}{head[0]}\n{' '.join(head[1:])}\n{rows}").form for head in (ART20_1, ART20_1_OF_2021)]

    assert forms == ["2019", "2021"]


def test_the_unit_in_the_head_of_a_table_parted_by_blanks_is_used(read: Read, values_of: ValuesOf) -> None:
    head = "第二十条第（九）项\n信息内容 采购项目数量 采购总金额（元）\n"

    report = read(f"{PROACTIVE}{head}政府集中采购 33 605400\n{REQUESTS}")

    assert values_of(report, "art20_9", "procurement") == [33, 60.54]


def test_a_row_parted_by_blanks_with_fewer_figures_is_not_placed(read: Read, row_of: RowOf) -> None:
    rows = f"{ART20_1[0]}\n{' '.join(ART20_1[1:])}\n规章 3 74\n规范性文件 564 984 4185\n"

    report = read(PROACTIVE + rows + REQUESTS)

    assert {(cell.value, cell.kind.value, cell.raw) for cell in row_of(report, "art20_1", "regulations")} == {
        (None, "ambiguous", "3 | 74")
    }
    assert [cell.value for cell in row_of(report, "art20_1", "normative_documents")] == [564, 984, 4185]


def test_a_label_of_several_words_keeps_its_figures(read: Read, values_of: ValuesOf) -> None:
    report = read(
        f"{PROACTIVE}{ART20_6_OF_2021[0]}\n信 息 内 容 本年处理决定数量\n行政 处罚 25\n行政 强 制 17\n{REQUESTS}"
    )

    assert (values_of(report, "art20_6", "penalty"), values_of(report, "art20_6", "compulsion")) == ([25], [17])


def test_the_lines_of_such_a_table_are_no_running_text(read: Read) -> None:
    report = read(lines("本年公开情况如下。", *ART20_6_OF_2021, "行政处罚", "25", "行政强制", "17"))

    assert (
        next(section.text for section in report.section_list if section.section == "proactive") == "本年公开情况如下。"
    )
    assert tables_of(report) == {"art20_6"}
    assert (report.facts.table_lines, report.facts.table_lines_unused) == (7, 0)
