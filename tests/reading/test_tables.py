"""Tables read from hand-written texts: what is missing, unknown, or too much in a table shifts nothing else."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from gia_analysis import Report
from gia_analysis.records import Cell

Read = Callable[[str], Report]
RowOf = Callable[[Report, str, str], list[Cell]]
ValuesOf = Callable[[Report, str, str], list[float | None]]
Values = dict[tuple[str, str, str], float | None]

ART20_1 = ["第二十条第（一）项", "信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"]
ART20_5 = ["第二十条第（五）项", "信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]


@pytest.fixture
def tongji(sample_paths: Mapping[str, Path]) -> str:
    """The sample in layout C, whose cells are all filled."""
    return sample_paths["2020-tongji-subdistrict"].read_text(encoding="utf-8")


def values_by_cell(report: Report) -> Values:
    return {(cell.table, cell.row, cell.col): cell.value for cell in report.cell_list}


def issues_of(report: Report, code: str) -> list[tuple[str | None, str | None]]:
    return [(issue.table, issue.row) for issue in report.issue_list if issue.code == code]


def without_row(values: Values, table: str, row: str) -> Values:
    return {cell: value for cell, value in values.items() if cell[:2] != (table, row)}


@pytest.mark.parametrize(
    ("line", "table", "row"),
    [
        ("规章 (市政府令) | 0 | 0 | 0 |\n", "art20_1", "regulations"),
        ("行政强制 | 0 | 0 | 0 |\n", "art20_6", "compulsion"),
        ("二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||\n", "requests", "carried_in"),
        ("2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||\n", "requests", "not_processed_repeat"),
        ("(七)总计 | 1 | 0 | 0 | 0 | 0 | 0 | 1 | ||\n", "requests", "results_total"),
    ],
)
def test_a_missing_row_is_reported_and_shifts_nothing(read: Read, tongji: str, line: str, table: str, row: str) -> None:
    assert line in tongji

    report = read(tongji.replace(line, ""))

    assert issues_of(report, "LABEL_MISSING") == [(table, row)]
    assert {cell.kind.value for cell in report.cell_list if cell.row == row and cell.table == table} == {"absent"}
    expected = without_row(values_by_cell(read(tongji)), table, row)
    assert without_row(values_by_cell(report), table, row) == expected
    assert report.facts.status == "partial"


def test_an_unknown_row_of_article_20_is_kept_and_shifts_nothing(read: Read, values_of: ValuesOf) -> None:
    """The Wuhan environment bureau printed 其他主动公开文件 186/86/255 in 2020; we set it before the last row."""
    report = read(
        "第二十条第（一）项 | |||\n"
        "信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n"
        "规章 | 0 | 0 | 1 |\n"
        "其他主动公开文件 | 186 | 86 | 255 |\n"
        "规范性文件 | 2 | 2 | 19 |\n"
    )

    assert values_of(report, "art20_1", "unknown:其他主动公开文件") == [186, 86, 255]
    assert values_of(report, "art20_1", "regulations") == [0, 0, 1]
    assert values_of(report, "art20_1", "normative_documents") == [2, 2, 19]
    assert issues_of(report, "ROW_UNKNOWN") == [("art20_1", "unknown:其他主动公开文件")]


def test_an_unknown_row_is_kept_where_row_ends_are_not_marked(
    read: Read, bars: Callable[..., str], values_of: ValuesOf
) -> None:
    report = read(
        bars(*ART20_1, "规章", "0", "0", "1", "其他主动公开文件", "186", "86", "255", "规范性文件", "2", "2", "19")
    )

    assert values_of(report, "art20_1", "unknown:其他主动公开文件") == [186, 86, 255]
    assert values_of(report, "art20_1", "normative_documents") == [2, 2, 19]


def test_an_unknown_row_before_all_others_is_kept(read: Read, values_of: ValuesOf) -> None:
    """行政检查 and 行政确认 are met among the blocks of article 20 (通州新华街道 2019)."""
    report = read(
        "第二十条第（六）项 | | |\n信息内容 | 本年处理决定数量 | |\n"
        "行政检查 | 7 | |\n行政处罚 | 3 | |\n行政强制 | 0 | |\n"
    )

    assert values_of(report, "art20_6", "unknown:行政检查") == [7]
    assert values_of(report, "art20_6", "penalty") == [3]


def test_an_unknown_ground_of_refusal_is_kept_and_shifts_nothing(read: Read, tongji: str, values_of: ValuesOf) -> None:
    """9.属于工作秘密 is printed by one public tool; the Law on Guarding State Secrets of 2024 knows the term."""
    row = "9.属于工作秘密 | 4 | 0 | 0 | 0 | 0 | 0 | 4 | ||\n"

    report = read(tongji.replace("(四)无法提供 | 1.本机关", f"{row}(四)无法提供 | 1.本机关"))

    assert values_of(report, "requests", "unknown:9.属于工作秘密") == [4, 0, 0, 0, 0, 0, 4]
    expected = values_by_cell(read(tongji))
    assert without_row(values_by_cell(report), "requests", "unknown:9.属于工作秘密") == expected


def test_a_row_with_more_figures_than_columns_gets_no_value_and_keeps_its_print(
    read: Read, tongji: str, row_of: RowOf
) -> None:
    printed = "(七)总计 | 1 | 0 | 0 | 0 | 0 | 0 | 1 | "
    report = read(tongji.replace(f"{printed}||", f"{printed}9 | |"))

    cells = row_of(report, "requests", "results_total")

    assert [(cell.kind.value, cell.value) for cell in cells] == [("ambiguous", None)] * 7
    assert {cell.raw for cell in cells} == {"1 | 0 | 0 | 0 | 0 | 0 | 1 | 9"}
    assert issues_of(report, "ROW_TOO_LONG") == [("requests", "results_total")]


def test_a_row_whose_blanks_may_be_lost_gets_no_value_and_keeps_its_print(
    read: Read, tongji: str, row_of: RowOf
) -> None:
    """Natural persons and total, or two kinds of organisation? No other row of the table shows that blanks are kept."""
    printed = "一、本年新收政府信息公开申请数量 | "
    report = read(tongji.replace(f"{printed}2 | 0 | 0 | 0 | 0 | 0 | 2 | ||", f"{printed}3 | 3 | |||||||"))

    cells = row_of(report, "requests", "new_received")

    assert [(cell.kind.value, cell.value, cell.raw) for cell in cells] == [("ambiguous", None, "3 | 3")] * 7
    assert issues_of(report, "BLANKS_LOST") == [("requests", "new_received")]


def test_a_row_with_blanks_is_read_where_its_table_keeps_them(read: Read, tongji: str, values_of: ValuesOf) -> None:
    printed = "一、本年新收政府信息公开申请数量 | "
    report = read(tongji.replace(f"{printed}2 | 0 | 0 | 0 | 0 | 0 | 2 | ||", f"{printed}3 | | | | | | 3 | ||"))

    assert values_of(report, "requests", "new_received") == [3, None, None, None, None, None, 3]


def test_a_row_too_short_is_ambiguous_where_row_ends_are_not_marked(
    read: Read, bars: Callable[..., str], row_of: RowOf, values_of: ValuesOf
) -> None:
    """汨罗 2021 printed 规章 / 3 / 3, then the next row."""
    report = read(bars(*ART20_1, "规章", "3", "3", "规范性文件", "2", "2", "19"))

    cells = row_of(report, "art20_1", "regulations")

    assert [(cell.kind.value, cell.value, cell.raw) for cell in cells] == [("ambiguous", None, "3 | 3")] * 3
    assert values_of(report, "art20_1", "normative_documents") == [2, 2, 19]


def test_a_cell_missing_inside_a_table_leaves_its_row_open(read: Read, tabs: Callable[..., str], row_of: RowOf) -> None:
    """Which of three cells is gone cannot be told from two figures."""
    report = read(tabs([ART20_5[0]], ART20_5[1:], ["行政许可", "8", "5"], ["其他对外管理服务事项", "1", "0", "2"]))

    cells = row_of(report, "art20_5", "licensing")

    assert [(cell.kind.value, cell.value, cell.raw) for cell in cells] == [("ambiguous", None, "8 | 5")] * 3
    assert issues_of(report, "BLANKS_LOST") == [("art20_5", "licensing")]


def test_a_cell_missing_where_the_table_breaks_off_is_the_last_one(
    read: Read, tabs: Callable[..., str], row_of: RowOf
) -> None:
    """尧都区县底镇 2020, layout B: 政府集中采购 | 2, then the next heading."""
    report = read(tabs(["第二十条第（九）项"], ["信息内容", "采购项目数量", "采购总金额"], ["政府集中采购", "2"]))

    cells = row_of(report, "art20_9", "procurement")

    assert [(cell.kind.value, cell.value) for cell in cells] == [("number", 2), ("absent", None)]
    assert issues_of(report, "CELL_ABSENT") == [("art20_9", "procurement")]


def test_unknown_rows_of_one_label_are_kept_apart(read: Read, tabs: Callable[..., str]) -> None:
    report = read(
        tabs(
            [ART20_5[0]], ART20_5[1:], ["行政许可", "8", "5", "3"], ["行政检查", "1", "0", "2"],
            ["行政检查", "4", "0", "6"], ["其他对外管理服务事项", "1", "0", "2"],
        )
    )  # fmt: skip

    decisions = {cell.row: cell.value for cell in report.cell_list if cell.col == "decisions"}
    assert decisions == {"licensing": 3, "unknown:行政检查": 2, "unknown:行政检查#2": 6, "other_services": 2}


def test_a_changed_figure_may_be_worded_and_other_cells_blank(
    read: Read, bars: Callable[..., str], values_of: ValuesOf, row_of: RowOf
) -> None:
    """杭锦后旗教育局 2020, layout A: licences 126 / 增72 / 142, procurement 3 / 2560万元, all other cells blank."""
    report = read(
        bars(*ART20_5, "行政许可", "126", "增72", "142", "其他对外管理服务事项", "", "", "")
        + bars("第二十条第（九）项", "信息内容", "采购项目数量", "采购总金额", "政府集中采购", "3", "2560万元")
    )

    assert values_of(report, "art20_5", "licensing") == [126, 72, 142]
    assert [cell.kind.value for cell in row_of(report, "art20_5", "other_services")] == ["blank"] * 3
    assert [(cell.value, cell.unit) for cell in row_of(report, "art20_9", "procurement")] == [(3, "项"), (2560, "万元")]


def test_explanations_in_brackets_and_marks_for_nothing_are_understood(
    read: Read, values_of: ValuesOf, row_of: RowOf
) -> None:
    """Wuhan environment bureau 2020: 8/5/93, 117/0/165, 90/0/22, 4 / 4 / -; labels with the city's explanations."""
    head = "信息内容 | 上一年项目数量(指2019年事项数) | 本年增/减 | 处理决定数量(指2020年办件量) |\n"
    report = read(
        f"第二十条第（五）项 | |||\n{head}行政许可 | 8 | 5 | 93 |\n其他对外管理服务事项 | 117 | 0 | 165 |\n"
        f"第二十条第（六）项 | |||\n{head}行政处罚 | 90 | 0 | 22 |\n行政强制 | 4 | 4 | - |\n"
    )

    assert values_of(report, "art20_5", "licensing") == [8, 5, 93]
    assert values_of(report, "art20_5", "other_services") == [117, 0, 165]
    assert values_of(report, "art20_6", "penalty") == [90, 0, 22]
    assert [cell.kind.value for cell in row_of(report, "art20_6", "compulsion")] == ["number", "number", "na"]


def test_a_table_printed_twice_the_same_is_taken_once(read: Read, tongji: str, values_of: ValuesOf) -> None:
    block = "第二十条第(九)项 | |||\n信息内容 | 采购项目数量 | 采购总金额 | |\n政府集中采购 | 33 | 6054万元 | |\n"
    assert block in tongji

    report = read(tongji.replace(block, block * 2))

    assert values_of(report, "art20_9", "procurement") == [33, 6054]
    assert issues_of(report, "TABLE_TWICE") == [("art20_9", None)]
    assert report.facts.status == "partial"


def test_of_two_prints_that_differ_neither_figure_is_taken(read: Read, tongji: str, row_of: RowOf) -> None:
    block = "第二十条第(九)项 | |||\n信息内容 | 采购项目数量 | 采购总金额 | |\n政府集中采购 | {} | {} | |\n"
    printed = block.format("33", "6054万元")

    report = read(tongji.replace(printed, printed + block.format("33", "2")))

    items, amount = row_of(report, "art20_9", "procurement")
    assert (items.value, items.kind.value) == (33, "number")
    assert (amount.value, amount.kind.value, amount.raw) == (None, "ambiguous", "6054万元 | 2")


def test_of_two_prints_the_more_complete_is_taken(read: Read, tongji: str, values_of: ValuesOf) -> None:
    block = "第二十条第(六)项 | |||\n信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |\n"
    partial = block + "行政处罚 | 0 | 0 | 0 |\n"

    report = read(tongji.replace(block, partial + block, 1))

    assert values_of(report, "art20_6", "penalty") == [0, 0, 0]
    assert values_of(report, "art20_6", "compulsion") == [0, 0, 0]


def test_figures_carry_how_their_label_was_matched(read: Read, tongji: str, row_of: RowOf) -> None:
    found = {row: row_of(read(tongji), "art20_1", row)[0].match for row in ("regulations", "normative_documents")}

    assert found == {"regulations": "no_parenthesis", "normative_documents": "no_parenthesis"}


def test_odd_figures_are_issues_with_their_place(read: Read) -> None:
    report = read("第二十条第（六）项 | | |\n信息内容 | 本年处理决定数量 | |\n行政处罚 | -3 | |\n行政强制 | O | |\n")

    found = [(issue.code, issue.row, issue.raw, issue.line) for issue in report.issue_list if issue.raw]

    assert found == [("NEGATIVE", "penalty", "-3", 3), ("LETTER_FOR_DIGIT", "compulsion", "O", 4)]
