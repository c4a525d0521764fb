"""The oddities of real pages that simulated reports can have, one by one, with where each was seen."""

import re
from collections.abc import Callable

import pytest

from gia_analysis.report import Report
from gia_analysis.simulation import QUIRKS

HEAD = "第二十条第（一）项 | |||\n信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |\n"
RULES = "规章 | 1 | 0 | 34 |\n"
DOCUMENTS = "规范性文件 | 5 | 1006 | 78 |\n"
BLOCK = HEAD + RULES + DOCUMENTS
OTHER_BLOCK = (
    "第二十条第（六）项 | |||\n信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |\n行政处罚 | 253 | 0 | 11 |\n"
)

ReadBlock = Callable[[str], dict[str, list[float | None]]]


@pytest.fixture
def rows_of(read: Callable[[str], Report]) -> ReadBlock:
    """Read what a text says, by row: None where it gives no figure."""

    def read_rows(text: str) -> dict[str, list[float | None]]:
        rows: dict[str, list[float | None]] = {}
        for cell in read(text).cell_list:
            rows.setdefault(cell.row, []).append(cell.value)
        return {row: values for row, values in rows.items() if any(value is not None for value in values)}

    return read_rows


PLAIN = {"regulations": [1, 0, 34], "normative_documents": [5, 1006, 78]}


def test_label_alias_is_the_official_label(rows_of: ReadBlock) -> None:
    """Wuqi 2022 prints the label of one form on the other; the words for the change are joined elsewhere."""
    text = BLOCK.replace("规章", "政府规章").replace("规范性文件", "行政规范性文件")

    assert rows_of(text) == PLAIN
    assert rows_of(OTHER_BLOCK.replace("增/减", "增减")) == {"penalty": [253, 0, 11]}


def test_label_note_is_no_part_of_the_label_and_its_digits_are_no_figures(rows_of: ReadBlock) -> None:
    """Tongji 2020 (市政府令), Wuhan 2020 (指2019年事项数)."""
    text = OTHER_BLOCK.replace("上一年项目数量", "上一年项目数量（指2019年事项数）")

    assert rows_of(BLOCK.replace("规章", "规章 (市政府令)")) == PLAIN
    assert rows_of(text) == {"penalty": [253, 0, 11]}


def test_header_unit_leaves_the_amount_as_it_is(rows_of: ReadBlock) -> None:
    """Tongzhou 2019 (万元,保留四位小数), Beijing Street 2020 (万元)."""
    head = "第二十条第（九）项 | ||\n信息内容 | 采购项目数量 | {} |\n政府集中采购 | 9 | 103.3879 |\n"

    assert rows_of(head.format("采购总金额(万元,保留四位小数)")) == {"procurement": [9, 103.3879]}
    assert rows_of(head.format("采购总金额（万元）")) == {"procurement": [9, 103.3879]}


def test_header_cut_at_a_line_break_is_told_by_its_place(rows_of: ReadBlock) -> None:
    """Xinhua subdistrict 2019: 本年新 twice; a petition office of 2019: 本年增/."""
    assert rows_of(BLOCK.replace("本年新制作数量", "本年新").replace("本年新公开数量", "本年新")) == PLAIN
    assert rows_of(OTHER_BLOCK.replace("本年增/减", "本年增/")) == {"penalty": [253, 0, 11]}


REQUESTS = (
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 | ||||||||\n"
    "自然人 | 法人或其他组织 | 总计 | |||||||\n"
    "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |||||\n"
    "一、本年新收政府信息公开申请数量 | 4 | 0 | 0 | 0 | 0 | 1 | 5 | ||\n"
    "三、本年度办理结果 | （一）予以公开 | 3 | 0 | 0 | 0 | 0 | 0 | 3 | |\n"
    "（三）不予公开 | 1.属于国家秘密 | 1 | 0 | 0 | 0 | 0 | 0 | 1 | |\n"
    "3.危及“三安全一稳定” | 0 | 0 | 0 | 0 | 0 | 1 | 1 | ||\n"
    "（七）总计 | 4 | 0 | 0 | 0 | 0 | 1 | 5 | ||\n"
)
ANSWERED = {
    "new_received": [4, 0, 0, 0, 0, 1, 5],
    "granted": [3, 0, 0, 0, 0, 0, 3],
    "denied_state_secret": [1, 0, 0, 0, 0, 0, 1],
    "denied_safety_stability": [0, 0, 0, 0, 0, 1, 1],
    "results_total": [4, 0, 0, 0, 0, 1, 5],
}


def test_quotes_missing_or_other_are_the_same_label(rows_of: ReadBlock) -> None:
    """Quotation marks are lost or made straight by many editors."""
    assert rows_of(REQUESTS.replace("“", "").replace("”", "")) == ANSWERED
    assert rows_of(REQUESTS.replace("“", '"').replace("”", '"')) == ANSWERED


def test_enumerator_missing_leaves_the_label_what_it_is(rows_of: ReadBlock) -> None:
    """Numbers set by a text processor are not copied with the text."""
    bare = re.sub(r"(?m)(?<=\| )（[一三]）|^（[三七]）|[一三]、|\d\.", "", REQUESTS)

    assert "\n总计 | 4" in bare
    assert rows_of(bare) == ANSWERED


def test_wrong_character_in_a_long_label_reads_the_row_or_none_but_no_other(rows_of: ReadBlock) -> None:
    """A slip of the hand or of character recognition."""
    read = rows_of(REQUESTS.replace("本年新收政府", "本年新收攻府"))

    assert read.pop("new_received", ANSWERED["new_received"]) == ANSWERED["new_received"]
    assert {row: values for row, values in read.items() if not row.startswith("unknown:")} == {
        row: values for row, values in ANSWERED.items() if row != "new_received"
    }


def test_bracket_width_may_change_within_a_label(rows_of: ReadBlock) -> None:
    """Kept from several editors of one page."""
    assert rows_of(BLOCK.replace("（一）", "(一）")) == PLAIN


def test_label_blanks_are_no_part_of_the_label(rows_of: ReadBlock) -> None:
    """Qujiang 2020 统 计 指 标 and 社会 稳定, Jurong 2025 第二十条 第(一)项."""
    text = BLOCK.replace("第二十条第", "第二十条 第").replace("规章", "规　章").replace("信息内容", "信 息 内 容")

    assert rows_of(text) == PLAIN


def test_label_break_inside_a_cell_does_not_end_it(rows_of: ReadBlock) -> None:
    """Xushui 2020 and Zhenjiang district 2020: 本年新⏎制作数量."""
    cells = "第二十条第（一）项 信息内容 本年新\n制作数量 本年新\n公开数量 对外公开\n总数量 规章 1 0 34 规范性\n文件 5 1006 78".split(
        " "
    )

    assert rows_of("".join(f"{cell}\n|\n" for cell in cells)) == PLAIN


def test_label_of_two_paragraphs_is_one_label_or_none(rows_of: ReadBlock) -> None:
    """Tianmen 2025 prints each line of a cell as a paragraph."""
    text = (
        "第二十条第（一）项 信息内容 本年新 制作数量 本年新 公开数量 对外公开 总数量 规章 1 0 34 规范性文件 5 1006 78"
    )

    read = rows_of("二、主动公开政府信息情况\n" + text.replace(" ", "\n") + "\n")

    assert read.items() <= PLAIN.items()


def test_zero_width_characters_are_no_part_of_the_label(rows_of: ReadBlock) -> None:
    """Set by web editors to allow or forbid line breaks."""
    assert rows_of(BLOCK.replace("规章", "规\u200b章").replace("规范性", "规范\u2060性\ufeff")) == PLAIN


def test_unknown_row_shifts_nothing(rows_of: ReadBlock) -> None:
    """Wuhan 2020: 其他主动公开文件 186, 86, 255."""
    read = rows_of(HEAD + RULES + DOCUMENTS + "其他主动公开文件 | 186 | 86 | 255 |\n")

    assert read == {**PLAIN, "unknown:其他主动公开文件": [186, 86, 255]}


@pytest.mark.parametrize("figure", ["1,006", "1，006", "1 006", "1\xa0006"])
def test_thousands_separator_is_no_part_of_the_figure(rows_of: ReadBlock, figure: str) -> None:
    """Written by accountants and their programs."""
    assert rows_of(BLOCK.replace("1006", figure)) == PLAIN


@pytest.mark.parametrize("figure", ["1006件", "1006 件", "1006个", "1006项"])
def test_counter_is_no_part_of_the_figure(rows_of: ReadBlock, figure: str) -> None:
    """Hangjin Rear Banner 2020: 2560万元 in the amount of procurement."""
    assert rows_of(BLOCK.replace("1006", figure)) == PLAIN


def test_full_width_digits_are_digits(rows_of: ReadBlock) -> None:
    """Typed with an input method for Chinese."""
    assert rows_of(BLOCK.replace("1006", "１００６").replace("34", "３４")) == PLAIN


def test_letters_for_digits_are_read_as_digits_or_not_at_all(rows_of: ReadBlock) -> None:
    """Character recognition takes 0 for O and 1 for l."""
    for row, values in rows_of(BLOCK.replace("1006", "lOO6").replace("| 0 |", "| O |")).items():
        assert all(value in (None, truth) for value, truth in zip(values, PLAIN[row], strict=True))


@pytest.mark.parametrize("mark", ["①", "*", "[1]", "注", "【1】", "（注）"])
def test_footnote_mark_is_no_digit_of_the_figure(rows_of: ReadBlock, mark: str) -> None:
    """Compatibility normalisation would make 121 of 12①."""
    for row, values in rows_of(BLOCK.replace("34", f"34{mark}").replace("1006", f"1006{mark}")).items():
        assert all(value in (None, truth) for value, truth in zip(values, PLAIN[row], strict=True))


def test_padded_figure_is_the_figure(rows_of: ReadBlock) -> None:
    """Xiandi 2020: ideographic spaces before 0; Zhenjiang district 2020: no-break spaces on either side."""
    assert rows_of(BLOCK.replace("34", "\u3000\u300034").replace("1006", "\xa01006\u2003")) == PLAIN


def test_zero_width_figure_is_the_figure(rows_of: ReadBlock) -> None:
    """Copied from web editors."""
    assert rows_of(BLOCK.replace("34", "\u200b34").replace("1006", "1006\ufeff")) == PLAIN


def test_traditional_characters_are_read_as_simplified(rows_of: ReadBlock) -> None:
    """Sites with a button for traditional characters."""
    text = (
        "第二十條第（一）項 | |||\n信息內容 | 本年新製作數量 | 本年新公開數量 | 對外公開總數量 |\n"
        "規章 | 1 | 0 | 34 |\n規範性文件 | 5 | 1006 | 78 |\n"
    )

    assert rows_of(text) == PLAIN


def test_taiwan_vocabulary_is_read_as_that_of_the_form(rows_of: ReadBlock) -> None:
    """The mirror of Wuhan 2020: 規範性檔案 for 规范性文件, 資訊 for 信息."""
    text = (
        "第二十條第（一）項 | |||\n資訊內容 | 本年新製作數量 | 本年新公開數量 | 對外公開總數量 |\n"
        "規章 | 1 | 0 | 34 |\n規範性檔案 | 5 | 1006 | 78 |\n"
    )

    assert rows_of(text) == PLAIN


def test_kangxi_radicals_are_the_characters_that_they_look_like(rows_of: ReadBlock) -> None:
    """Text taken from PDF files: ⾏政处罚."""
    assert rows_of(OTHER_BLOCK.replace("行", "⾏").replace("一", "⼀").replace("目", "⽬")) == {"penalty": [253, 0, 11]}


def test_supplement_radicals_are_the_characters_that_they_look_like(rows_of: ReadBlock) -> None:
    """Text taken from PDF files: ⻔ and ⻝, which no normalisation of Unicode knows."""
    rows = "统计指标 | 单位 | 统计数 |\n一、主动公开情况 | —— | |\n6.⻝品药品 | 件 | 3 |\n（一）政府信息公开工作专⻔机构数 | 个 | 1 |\n"

    assert rows_of(rows) == {"topic_food_drug": [3], "dedicated_offices": [1]}


def test_pinyin_in_brackets_is_no_part_of_the_label(rows_of: ReadBlock) -> None:
    """Mirrors made by hackers: 公(gong)开(kai)."""
    assert rows_of(BLOCK.replace("公开", "公(gong)开(kai)").replace("数量", "数(shu)(shu)量")) == PLAIN


def test_paragraphs_apart_are_cells_all_the_same(rows_of: ReadBlock) -> None:
    """Tongzhou petition office 2019: an empty line between any two cells."""
    cells = re.sub(r"[\s|]+", "\n\n", BLOCK)

    assert rows_of(f"二、主动公开政府信息情况\n\n{cells}三、收到和处理政府信息公开申请情况\n\n无。\n") == PLAIN


def test_windows_line_ends_end_lines(rows_of: ReadBlock) -> None:
    """Files from Windows."""
    assert rows_of(BLOCK.replace("\n", "\r\n")) == PLAIN


def test_every_quirk_has_a_test_of_its_own() -> None:
    own = [name for name in globals() if name.startswith("test_")]

    assert [quirk for quirk in QUIRKS if not any(name.startswith(f"test_{quirk}_") for name in own)] == []
