"""The three flattenings, against short texts written by hand."""

from typing import cast

import pytest

from gia_analysis.forms import Table, get_form
from gia_analysis.simulation import Grid, GridCell, Layout, lay_out, print_bars, print_rows, print_tables, print_tabs

GRID = [
    [GridCell("角", rows=2, columns=2), GridCell("申请人", columns=2)],
    [GridCell("自然人"), GridCell("总计")],
    [GridCell("三、结果", rows=2), GridCell("公开"), GridCell("1"), GridCell("")],
    [GridCell("不予公开"), GridCell(""), GridCell("7")],
    [GridCell("四、结转", columns=2), GridCell("3"), GridCell("4")],
]


def filled(table: Table, *figures: str) -> Grid:
    cells = [(row.code, column.code) for row in table.rows for column in table.columns]
    return lay_out(table, dict(zip(cells, figures, strict=True)))


def test_layout_a_prints_own_cells_each_before_a_bar() -> None:
    expected = (
        "角\n|\n申请人\n|\n"
        "自然人\n|\n总计\n|\n"
        "三、结果\n|\n公开\n|\n1\n|\n|\n"
        "不予公开\n|\n|\n7\n|\n"
        "四、结转\n|\n3\n|\n4\n|\n"
    )

    assert print_bars([GRID]) == expected


def test_layout_b_prints_an_empty_cell_below_a_spanning_one_whatever_its_width() -> None:
    expected = (
        "\t角\n\t申请人\n\n"
        "\t\n\t自然人\n\t总计\n\n"
        "\t三、结果\n\t公开\n\t1\n\t\n\n"
        "\t\n\t不予公开\n\t\n\t7\n\n"
        "\t四、结转\n\t3\n\t4\n\n"
        "\n"
    )

    assert print_tabs([GRID]) == expected


def test_layout_c_keeps_blanks_before_a_figure_and_pads_at_the_end() -> None:
    expected = (
        "角 | 申请人 | ||\n"
        "自然人 | 总计 | ||\n"
        "三、结果 | 公开 | 1 | |\n"
        "不予公开 |  | 7 | |\n"
        "四、结转 | 3 | 4 | |\n"
    )  # fmt: skip

    assert print_rows([GRID]) == expected


def test_layout_c_pads_the_blocks_of_article_20_to_the_widest_of_them() -> None:
    form = get_form("2019")
    documents = filled(form.table("art20_1"), "0", "0", "0", "2", "2", "116")
    procurement = filled(form.table("art20_9"), "33", "6054万元")
    expected = (
        "第二十条第（一）项 | |||\n"
        "信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n"
        "规章 | 0 | 0 | 0 |\n"
        "规范性文件 | 2 | 2 | 116 |\n"
        "第二十条第（九）项 | |||\n"
        "信息内容 | 采购项目数量 | 采购总金额 | |\n"
        "政府集中采购 | 33 | 6054万元 | |\n"
    )

    assert print_rows([documents, procurement]) == expected


@pytest.mark.parametrize(
    "line",
    [
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 | ||||||||",
        "自然人 | 法人或其他组织 | 总计 | |||||||",
        "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |||||",
        "一、本年新收政府信息公开申请数量 | 2 | 0 | 0 | 0 | 0 | 0 | 2 | ||",
        "三、本年度办理结果 | （一）予以公开 | 1 | 0 | 0 | 0 | 0 | 0 | 1 | |",
        "（三）不予公开 | 1.属于国家秘密 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | |",
        "2.其他法律行政法规禁止公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||",
        "（七）总计 |  |  |  |  |  |  | 1 | ||",
        "四、结转下年度继续办理 | |||||||||",
    ],
)
def test_layout_c_prints_the_table_of_requests_as_sites_do(line: str) -> None:
    table = get_form("2019").table("requests")
    figures: dict[tuple[str, str], str | None] = {
        (row.code, column.code): "0" for row in table.rows for column in table.columns
    }
    figures |= {("new_received", "natural_person"): "2", ("new_received", "total"): "2"}
    figures |= {("granted", "natural_person"): "1", ("granted", "total"): "1"}
    figures |= {("results_total", column.code): "" for column in table.columns} | {("results_total", "total"): "1"}
    figures |= {("carried_out", column.code): "" for column in table.columns}

    assert line in print_rows([lay_out(table, figures)]).splitlines()


def test_an_unknown_layout_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"unknown layout 'F': known are 'A', 'B', 'C'"):
        print_tables([GRID], cast(Layout, "F"))
