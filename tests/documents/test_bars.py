"""Tables parted by bars or TABs: which layout they are in, and whether their blanks are still where they were."""

import time

import pytest

from gia_analysis.documents import Block, TableBlock, TextBlock
from gia_analysis.documents.text import read_text

ROWS = 200_000


def table(text: str) -> TableBlock:
    """Return the only block of a text."""
    tables = [block for block in read_text(text) if isinstance(block, TableBlock)]
    assert len(tables) == 1
    return tables[0]


def texts_of(block: Block) -> list[list[str]]:
    assert isinstance(block, TableBlock)
    return [[cell.text for cell in row] for row in block.rows]


def lines_of(block: Block) -> list[str]:
    assert isinstance(block, TextBlock)
    return list(block.lines)


# Layout D: one cell a line, each before a bar


def test_layout_d_is_one_run_of_cells_each_in_a_line_that_ends_in_a_bar() -> None:
    block = table("行政处罚 |\n25 |\n行政强制 |\n17 |")

    assert texts_of(block) == [["行政处罚", "25", "行政强制", "17"]]
    assert (block.layout, block.row_ends_known, block.rows_opened) == ("D", False, False)


def test_layout_d_says_on_which_line_a_cell_begins() -> None:
    (row,) = table("行政处罚 |\n|\n25 |\n本年新\n制作数量 |\n17 |").rows

    assert [(cell.text, cell.line) for cell in row] == [
        ("行政处罚", 1), ("", 2), ("25", 3), ("本年新\n制作数量", 4), ("17", 6)
    ]  # fmt: skip


def test_a_bar_alone_before_a_figure_is_a_blank_that_was_kept() -> None:
    block = table("规章 |\n|\n|\n74 |\n规范性文件 |\n5 |\n6 |\n19 |")

    assert block.blanks_kept
    assert texts_of(block) == [["规章", "", "", "74", "规范性文件", "5", "6", "19"]]


def test_where_blanks_were_kept_a_line_of_several_bars_is_what_a_span_hides() -> None:
    block = table("行政处罚 |\n|\n25 |\n|||\n行政强制 |\n17 |\n8 |\n|||")

    assert texts_of(block) == [["行政处罚", "", "25", "行政强制", "17", "8"]]


def test_bars_behind_figures_alone_may_be_blanks_that_were_moved() -> None:
    """The total, or a natural person's? The row was printed with seven columns."""
    block = table("一、本年新收政府信息公开申请数量 |\n4 |\n||||||\n二、上年结转政府信息公开申请数量 |\n9 |\n||||||")

    assert not block.blanks_kept


def test_without_bars_behind_figures_no_blank_was_dropped() -> None:
    assert table("第二十条第（六）项 |\n|||\n行政处罚 |\n25 |\n行政强制 |\n17 |").blanks_kept


# Layout E: as D, each row opened by a bar


def test_layout_e_is_d_with_a_bar_before_each_row() -> None:
    block = table("|\n行政处罚 |\n25 |\n|\n行政强制 |\n17 |")

    assert (block.layout, block.rows_opened, block.row_ends_known) == ("E", True, False)
    assert [cell.text for cell in block.rows[0] if cell.text] == ["行政处罚", "25", "行政强制", "17"]


def test_layout_e_keeps_a_blank_between_figures_beside_the_bar_that_opens_the_row() -> None:
    """句容 2025: the bar before a row's label is no cell of its table."""
    block = table("|\n规章 |\n3 |\n|\n74 |\n|\n行政规范性文件 |\n5 |\n6 |\n19 |")

    assert block.blanks_kept
    assert [cell.text for cell in block.rows[0]] == ["", "规章", "3", "", "74", "", "行政规范性文件", "5", "6", "19"]


def test_a_cell_of_layout_e_may_go_on_in_the_next_line() -> None:
    block = table("|\n本年新\n制作数量 |\n本年新\n公开数量 |\n|\n规章 |\n3 |")

    assert (block.layout, [cell.text for cell in block.rows[0]][1]) == ("E", "本年新\n制作数量")


# Layout H: Markdown


def test_layout_h_is_a_row_a_line_between_bars() -> None:
    block = table("| 规章 | 3 | | 74 |\n| 规范性文件 | 5 | 6 | 19 |")

    assert texts_of(block) == [["规章", "3", "", "74"], ["规范性文件", "5", "6", "19"]]
    assert (block.layout, block.row_ends_known, block.blanks_kept) == ("H", True, True)


@pytest.mark.parametrize("rule", ["|---|---|---|", "| --- | :-: | ---: |", "|:--|--:|-----|"])
def test_the_line_of_dashes_of_markdown_is_no_row(rule: str) -> None:
    """石家庄 2021 is in Markdown, which asks for such a line below the head."""
    assert texts_of(table(f"| 信息内容 | 甲 | 乙 |\n{rule}\n| 规章 | 3 | 74 |")) == [
        ["信息内容", "甲", "乙"], ["规章", "3", "74"]
    ]  # fmt: skip


def test_a_row_of_dashes_for_not_applicable_is_a_row() -> None:
    assert texts_of(table("| 规章 | - | - |\n| - | - | - |\n| 规范性文件 | 5 | 6 |"))[1] == ["-", "-", "-"]


def test_layout_h_has_kept_its_blanks_where_they_stand_at_the_end() -> None:
    """With a bar before the first cell the grid is drawn, and blanks at its right are cells like others."""
    assert table("| 规章 | 3 |  |  |\n| 规范性文件 | 5 | 6 | 19 |").blanks_kept


def test_layout_h_may_have_lost_its_blanks_where_bars_are_gathered_at_the_end() -> None:
    assert not table("| 规章 | 3 |||\n| 规范性文件 | 5 | 6 | 19 |").blanks_kept


# Layout C, and C with its blanks moved


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ("规章 | 3 | | 74 |\n规范性文件 | 5 | 6 | 19 |", True),
        ("规章 | | | 74 |\n规范性文件 | 5 | 6 | 19 |", True),
        ("规章 | 3 | 74 | |\n规范性文件 | 5 | 6 | 19 |", False),
        ("规章 | 3 | 74 ||\n规范性文件 | 5 | 6 | 19 |", False),
        ("规章 | | 若干 | |\n规范性文件 | 5 | | |", False),
    ],
    ids=["inside", "before", "behind", "gathered", "before-a-word"],
)
def test_rows_of_layout_c_have_kept_their_blanks_where_one_stands_before_a_figure(rows: str, kept: bool) -> None:
    assert table(rows).blanks_kept is kept


@pytest.mark.parametrize("figure", ["1,006", "增72", "-3", "２", "2560万元", "12件", "5①", "4*"])
def test_a_figure_is_known_as_one_however_it_is_written(figure: str) -> None:
    assert table(f"规章 | | {figure} | |\n规范性文件 | 5 | | |").blanks_kept


@pytest.mark.parametrize("blank", ["\xa0", "\u3000", "\t", "\u200b", " \u3000 "])
def test_a_blank_cell_is_blank_whatever_white_space_it_holds(blank: str) -> None:
    assert table(f"规章 |{blank}| 74 | |\n规范性文件 | 5 | 6 | |").blanks_kept


def test_a_row_broken_in_a_cell_goes_on_in_the_next_line() -> None:
    block = table("信息内容 | 本年新\n制作数量 | 本年新\n公开数量 |\n规章 | 3 | 74 |\n规范性文件 | 5 | 6 |")

    assert texts_of(block) == [
        ["信息内容", "本年新\n制作数量", "本年新\n公开数量"], ["规章", "3", "74"], ["规范性文件", "5", "6"]
    ]  # fmt: skip
    assert [[cell.line for cell in row] for row in block.rows] == [[1, 1, 2], [4, 4, 4], [5, 5, 5]]


# Layout T: rows of cells joined by TABs


def test_three_lines_of_cells_joined_by_tabs_are_rows() -> None:
    """As spreadsheets and word processors copy a table."""
    block = table("信息内容\t本年制发件数\t现行有效件数\n规章\t3\t\n行政规范性文件\t\t19\n")

    assert texts_of(block) == [
        ["信息内容", "本年制发件数", "现行有效件数"],
        ["规章", "3", ""],
        ["行政规范性文件", "", "19"],
    ]
    assert (block.layout, block.row_ends_known, block.blanks_kept) == ("T", True, True)


def test_a_row_joined_by_tabs_may_begin_with_an_empty_cell() -> None:
    block = table("三、本年度办理结果\t（一）予以公开\t3\n\t（二）部分公开\t5\n\t（七）总计\t8\n")

    assert [row[0] for row in texts_of(block)] == ["三、本年度办理结果", "", ""]
    assert [row[-1] for row in texts_of(block)] == ["3", "5", "8"]


def test_two_lines_with_tabs_are_text() -> None:
    blocks = read_text("电话：\t000000\n传真：\t000001\n无。")

    assert [lines_of(block) for block in blocks] == [["电话：\t000000", "传真：\t000001", "无。"]]


# Several layouts


def test_each_stretch_of_a_text_is_read_in_its_own_layout() -> None:
    """Beijing Street 2020 flattens its first tables in one way and the others in another."""
    text = (
        "第二十条第（一）项\n|\n规章\n|\n3\n|\n一、概述：\n"
        "行政许可 |\n5 |\n|\n7 |\n二、概述：\n"
        "| 行政处罚 | 8 |\n| 行政强制 | 9 |\n三、概述：\n"
        "|\n收费 |\n12 |\n|\n采购 |\n13 |\n四、概述：\n"
        "予以公开 | | 15 |\n\n"
        "甲\t1\t2\n乙\t3\t4\n丙\t5\t6\n"
    )

    tables = [block for block in read_text(text) if isinstance(block, TableBlock)]

    assert [block.layout for block in tables] == ["A", "D", "H", "E", "C", "T"]
    assert texts_of(tables[1]) == [["行政许可", "5", "", "7"]]
    assert texts_of(tables[4]) == [["予以公开", "", "15"]]


@pytest.mark.parametrize(
    "heading", ["三、收到和处理政府信息公开申请情况", "四、其他需要报告的事项", "第五部分改进措施", "全年公开如下："]
)
def test_a_heading_between_tables_is_no_part_of_a_cell(heading: str) -> None:
    blocks = read_text(f"行政处罚 | 25 |\n行政强制 | 17 |\n{heading}\n（一）予以公开 | 3 | 3 |\n")

    assert next(lines_of(block) for block in blocks if isinstance(block, TextBlock)) == [heading]
    assert [texts_of(block) for block in blocks if isinstance(block, TableBlock)] == [
        [["行政处罚", "25"], ["行政强制", "17"]], [["（一）予以公开", "3", "3"]]
    ]  # fmt: skip


# Texts that are made to be slow


@pytest.mark.parametrize(
    "text",
    [
        "|" * 2_000_000,
        "| " * 1_000_000,
        "0|" * 1_000_000,
        "|\n" * ROWS,
        "||\n" * ROWS,
        "0 |\n" * ROWS,
        "0 |\n|||\n" * (ROWS // 2),
        "甲\n|\n" * ROWS,
        "甲\n" * ROWS + "|\n",
        "甲\n乙 | 0\n" * (ROWS // 2),
        "甲\t0\n" * ROWS,
        "\t0\n" * ROWS,
        "\t" * 2_000_000,
        "|---" * 500_000,
        "1," * 500_000 + "|",
    ],
    ids=[
        "bars", "blank-cells", "cells", "bar-lines", "two-bars", "closed", "closed-spans", "apart", "text-before-a-bar",
        "broken-rows", "tabbed", "tabs", "tabs-alone", "rules", "commas",
    ],
)  # fmt: skip
def test_time_grows_with_the_size_of_a_text(text: str) -> None:
    begin = time.perf_counter()
    read_text(text)

    assert time.perf_counter() - begin < 20


def test_a_line_of_a_million_bars_has_no_million_cells() -> None:
    for text in ("|" * 1_000_000, f"规章 {'|' * 1_000_000}", f"| 规章 {'|' * 1_000_000}\n| 甲 | 0 |"):
        cells = [
            cell for block in read_text(text) if isinstance(block, TableBlock) for row in block.rows for cell in row
        ]
        assert len(cells) < 1_000


def test_a_figure_far_behind_a_million_bars_stays_in_the_text() -> None:
    """What is beyond the widest row that is cut into cells is kept as the last of them."""
    (block,) = read_text(f"规章 {'|' * 10_000} 74 |")

    assert isinstance(block, TableBlock)
    assert block.rows[0][-1].text.endswith("74 |")
