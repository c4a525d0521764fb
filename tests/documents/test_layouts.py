"""Plain text → blocks: the three flattenings of tables, against short texts written by hand."""

from gia_analysis.documents import Block, TableBlock, TextBlock
from gia_analysis.documents.text import read_text


def texts_of(block: Block) -> list[list[str]]:
    assert isinstance(block, TableBlock)
    return [[cell.text for cell in row] for row in block.rows]


def lines_of(block: Block) -> list[str]:
    assert isinstance(block, TextBlock)
    return list(block.lines)


def test_layout_a_is_one_run_of_cells_each_before_a_bar() -> None:
    """A bar after a bar is an empty cell; a label may go on in the next line."""
    text = "规章\n|\n3\n|\n|\n本年新\n制作数量\n|\n"

    (block,) = read_text(text)[:1]

    assert isinstance(block, TableBlock)
    assert texts_of(block) == [["规章", "3", "", "本年新\n制作数量"]]
    assert (block.layout, block.row_ends_known, block.blanks_kept) == ("A", False, True)


def test_layout_a_says_on_which_line_a_cell_begins() -> None:
    (block,) = read_text("规章\n|\n|\n本年新\n制作数量\n|")

    assert isinstance(block, TableBlock)
    assert [cell.line for cell in block.rows[0]] == [1, 3, 4]


def test_layout_a_ends_before_text_that_no_bar_follows() -> None:
    blocks = read_text("规章\n|\n3\n|\n三、收到和处理政府信息公开申请情况\n")

    assert texts_of(blocks[0]) == [["规章", "3"]]
    assert lines_of(blocks[1]) == ["三、收到和处理政府信息公开申请情况", ""]


def test_layout_a_does_not_take_a_paragraph_for_a_cell() -> None:
    paragraph = "全年主动公开政府信息337条，涉及机构职能、政策解读、重大项目等。" * 4

    blocks = read_text(f"{paragraph}\n规章\n|\n")

    assert lines_of(blocks[0]) == [paragraph]
    assert texts_of(blocks[1]) == [["规章"]]


def test_layout_b_is_a_cell_a_tab_and_a_row_an_empty_line() -> None:
    text = "\t规章\n\t0\n\t\n\t1\n\n\t规范性文件\n\t2\n\t2\n\t116\n"

    (block, _) = read_text(text)

    assert isinstance(block, TableBlock)
    assert texts_of(block) == [["规章", "0", "", "1"], ["规范性文件", "2", "2", "116"]]
    assert (block.layout, block.row_ends_known, block.blanks_kept) == ("B", True, True)


def test_layout_b_goes_on_with_a_cell_in_a_line_without_tab() -> None:
    (block,) = read_text("\t本年新\n制作数量\n\t本年新\n公开数量")

    assert texts_of(block) == [["本年新\n制作数量", "本年新\n公开数量"]]


def test_layout_b_says_on_which_line_a_cell_begins() -> None:
    (block,) = read_text("\t规章\n\t0\n\n\t规范性文件\n\t2")

    assert isinstance(block, TableBlock)
    assert [[cell.line for cell in row] for row in block.rows] == [[1, 2], [4, 5]]


def test_layout_b_ends_after_two_empty_lines() -> None:
    blocks = read_text("\t四、结转下年度继续办理\n\t0\n\n\n四、政府信息公开行政复议、行政诉讼情况")

    assert texts_of(blocks[0]) == [["四、结转下年度继续办理", "0"]]
    assert "四、政府信息公开行政复议、行政诉讼情况" in lines_of(blocks[1])


def test_layout_c_is_a_row_a_line() -> None:
    text = "规章 (市政府令) | 0 | | 0 |\n规范性文件 | 2 | 2 | 116 |"

    (block,) = read_text(text)

    assert isinstance(block, TableBlock)
    assert texts_of(block) == [["规章 (市政府令)", "0", "", "0"], ["规范性文件", "2", "2", "116"]]
    assert (block.layout, block.row_ends_known) == ("C", True)


def test_layout_c_keeps_empty_cells_of_a_span_but_the_last() -> None:
    (block,) = read_text("第二十条第(一)项 | |||")

    assert texts_of(block) == [["第二十条第(一)项", "", "", ""]]


def test_layout_c_has_kept_its_blanks_where_one_stands_before_a_figure() -> None:
    (block,) = read_text("规章 | | | 1 |\n规范性文件 | 2 | 2 | 116 |")

    assert isinstance(block, TableBlock)
    assert block.blanks_kept


def test_layout_c_may_have_lost_its_blanks_where_all_stand_at_the_end() -> None:
    """一、本年新收… | 3 | 3 | ||||||| : nobody can say in which of the seven columns the figures stood."""
    (block,) = read_text("一、本年新收政府信息公开申请数量 | 3 | 3 | |||||||")

    assert isinstance(block, TableBlock)
    assert not block.blanks_kept


def test_layout_c_says_on_which_line_a_row_stands() -> None:
    blocks = read_text("二、主动公开政府信息情况\n规章 | 0 |\n规范性文件 | 2 |")

    assert isinstance(blocks[1], TableBlock)
    assert [row[0].line for row in blocks[1].rows] == [2, 3]


def test_one_file_may_mix_all_layouts() -> None:
    text = (
        "一、总体情况\n"
        "规章\n|\n3\n|\n"
        "二、主动公开政府信息情况\n"
        "\t行政许可\n\t8\n\n\n"
        "三、收到和处理政府信息公开申请情况\n"
        "(一)予以公开 | 5 | 0 | 5 |\n"
    )

    blocks = read_text(text)

    tables = [block for block in blocks if isinstance(block, TableBlock)]
    assert [block.layout for block in tables] == ["A", "B", "C"]
    assert [texts_of(block) for block in tables] == [
        [["规章", "3"]], [["行政许可", "8"]], [["(一)予以公开", "5", "0", "5"]]
    ]  # fmt: skip


def test_text_without_tables_is_one_block_of_its_lines() -> None:
    blocks = read_text("一、总体情况\n无。\n")

    assert len(blocks) == 1
    assert lines_of(blocks[0]) == ["一、总体情况", "无。", ""]


def test_lines_of_text_are_numbered_as_in_the_file() -> None:
    blocks = read_text("一、总体情况\n规章 | 0 |\n\n二、主动公开政府信息情况\n")

    assert isinstance(blocks[2], TextBlock)
    assert blocks[2].numbers == (3, 4, 5)


def test_line_ends_of_windows_and_old_macs_are_line_ends() -> None:
    unix = "一、总体情况\n规章\n|\n3\n|\n\t行政许可\n\t8\n\n规章 | 0 |\n"

    assert read_text(unix.replace("\n", "\r\n")) == read_text(unix)
    assert read_text(unix.replace("\n", "\r")) == read_text(unix)


def test_no_line_is_lost(sample_texts: dict[str, str]) -> None:
    """Every line of the samples that is not empty and no bar comes back in some block."""
    for text in sample_texts.values():
        kept = ""
        for block in read_text(text):
            if isinstance(block, TextBlock):
                kept += "".join(block.lines)
            else:
                kept += "".join(cell.text for row in block.rows for cell in row)
        assert printed_characters(kept) == printed_characters(text)


def printed_characters(text: str) -> str:
    return "".join(character for character in text if not character.isspace() and character != "|")


def test_a_long_paragraph_above_a_bar_is_text_and_reading_goes_on() -> None:
    """A line too long for a cell, followed by a bar, once made the reader wait for ever."""
    paragraph = "本机关高度重视政府信息公开工作。" * 8

    first, second, _ = read_text(f"{paragraph}\n|\n0\n|\n")

    assert isinstance(first, TextBlock)
    assert list(first.lines) == [paragraph]
    assert isinstance(second, TableBlock)
    assert [cell.text for cell in second.rows[0]] == ["", "0"]
