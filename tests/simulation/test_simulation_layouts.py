"""The flattenings, against short texts written by hand."""

from typing import cast, get_args

import pytest

from gia_analysis.forms import Table, get_form
from gia_analysis.simulation import (
    KEEPS_BLANKS,
    Grid,
    GridCell,
    Layout,
    lay_out,
    print_bars,
    print_rows,
    print_tables,
    print_tabs,
)

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


HAND_WRITTEN: dict[Layout, str] = {
    "C_collapsed": (
        "角 | 申请人 | ||\n"
        "自然人 | 总计 | ||\n"
        "三、结果 | 公开 | 1 | |\n"
        "不予公开 | 7 | ||\n"
        "四、结转 | 3 | 4 | |\n"
    ),
    "D": (
        "角 |\n申请人 |\n||\n"
        "自然人 |\n总计 |\n||\n"
        "三、结果 |\n公开 |\n1 |\n|\n"
        "不予公开 |\n|\n7 |\n|\n"
        "四、结转 |\n3 |\n4 |\n|\n"
    ),
    "D_collapsed": (
        "角 |\n申请人 |\n||\n"
        "自然人 |\n总计 |\n||\n"
        "三、结果 |\n公开 |\n1 |\n|\n"
        "不予公开 |\n7 |\n||\n"
        "四、结转 |\n3 |\n4 |\n|\n"
    ),
    "E": (
        "|\n角 |\n申请人 |\n||\n"
        "|\n自然人 |\n总计 |\n||\n"
        "|\n三、结果 |\n公开 |\n1 |\n|\n"
        "|\n不予公开 |\n|\n7 |\n|\n"
        "|\n四、结转 |\n3 |\n4 |\n|\n"
    ),
    "F": "角\n申请人\n自然人\n总计\n三、结果\n公开\n1\n不予公开\n7\n四、结转\n3\n4\n",
    "H": (
        "| 角 |  | 申请人 |  |\n"
        "|  |  | 自然人 | 总计 |\n"
        "| 三、结果 | 公开 | 1 |  |\n"
        "|  | 不予公开 |  | 7 |\n"
        "| 四、结转 |  | 3 | 4 |\n"
    ),
    "H_ruled": (
        "| 角 |  | 申请人 |  |\n"
        "|---|---|---|---|\n"
        "|  |  | 自然人 | 总计 |\n"
        "| 三、结果 | 公开 | 1 |  |\n"
        "|  | 不予公开 |  | 7 |\n"
        "| 四、结转 |  | 3 | 4 |\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", HAND_WRITTEN)
def test_other_layouts_print_the_same_table_in_their_ways(layout: Layout) -> None:
    """D as in Tongzhou 2019, E Jurong 2025, F Tongzhou petition office 2019."""
    assert print_tables([GRID], layout) == HAND_WRITTEN[layout]


def test_every_layout_is_held_against_a_text_and_some_keep_every_blank() -> None:
    assert set(HAND_WRITTEN) | {"A", "B", "C"} == set(get_args(Layout))
    assert {"A", "B", "D", "E", "H", "H_ruled"} == KEEPS_BLANKS


@pytest.mark.parametrize(
    ("layout", "printed"),
    [
        (
            "C_collapsed",
            "一、本年新收政府信息公开申请数量 | 3 | 3 | |||||||\n二、上年结转政府信息公开申请数量 | |||||||||\n",
        ),
        (
            "D_collapsed",
            "一、本年新收政府信息公开申请数量 |\n3 |\n3 |\n|||||||\n二、上年结转政府信息公开申请数量 |\n|||||||||\n",
        ),
        ("F", "一、本年新收政府信息公开申请数量\n3\n3\n二、上年结转政府信息公开申请数量\n三、本年度办理结果\n"),
    ],
)
def test_collapsed_layouts_turn_the_blanks_of_a_row_into_bars_or_nothing(layout: Layout, printed: str) -> None:
    table = get_form("2019").table("requests")
    figures: dict[tuple[str, str], str | None] = {
        (row.code, column.code): "" for row in table.rows for column in table.columns
    }
    figures |= {("new_received", "natural_person"): "3", ("new_received", "total"): "3"}

    assert printed in print_tables([lay_out(table, figures)], layout)


@pytest.mark.parametrize(
    ("layout", "printed"),
    [
        (
            "D",
            "第二十条第（九）项 |\n|||\n信息内容 |\n采购项目数量 |\n采购总金额 |\n|\n政府集中采购 |\n33 |\n6054万元 |\n|\n",
        ),
        ("E", "|\n第二十条第（九）项 |\n|||\n|\n信息内容 |\n采购项目数量 |\n采购总金额 |\n|\n|\n政府集中采购 |\n"),
        (
            "H",
            "| 第二十条第（九）项 |  |  |  |\n| 信息内容 | 采购项目数量 | 采购总金额 |  |\n| 政府集中采购 | 33 | 6054万元 |  |\n",
        ),
    ],
)
def test_blocks_of_article_20_are_filled_up_to_the_widest_of_them(layout: Layout, printed: str) -> None:
    """As D in Tongzhou 2019 and E in Jurong 2025."""
    form = get_form("2019")
    documents = filled(form.table("art20_1"), "0", "0", "0", "2", "2", "116")
    procurement = filled(form.table("art20_9"), "33", "6054万元")

    assert printed in print_tables([documents, procurement], layout)


def test_an_unknown_layout_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"unknown layout 'G': known are 'A', 'B', 'C'"):
        print_tables([GRID], cast(Layout, "G"))
