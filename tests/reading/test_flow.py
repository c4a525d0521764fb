"""The run of lines and cells: labels over two lines, headings and remarks glued to cells, plain writing beside print."""

from collections.abc import Callable

import pytest

from gia_analysis import Report
from gia_analysis.documents import read_bytes
from gia_analysis.reading.flow import Line, Token, read_flow

Read = Callable[[str], Report]
ValuesOf = Callable[[Report, str, str], list[float | None]]
Print = Callable[..., str]

ART20_6 = ["第二十条第（六）项", "信息内容", "本年处理决定数量"]


def flow_of(text: str) -> list[tuple[str, int | None]]:
    """Return the flow of a text: lines as ``-text`` and cells as ``text``, each with its line."""
    return [
        (f"-{item.text}" if isinstance(item, Line) else item.text, item.line)
        for item in read_flow(read_bytes(text.encode(), "report.txt"))
        if item.text.strip()
    ]


# Lines above the first cell


def test_the_first_line_of_a_label_is_part_of_the_cell_below_it() -> None:
    """Layout C breaks a cell at its line break; the first row of a table has no row above that it could belong to."""
    found = flow_of("无。\n第二十条\n第（六）项 | | |\n行政处罚 | 25 |\n")

    assert found == [("-无。", 1), ("第二十条\n第（六）项", 2), ("行政处罚", 4), ("25", 4)]


def test_two_lines_above_may_be_part_of_the_first_label() -> None:
    found = flow_of("无。\n第二\n十条\n第（六）项 | | |\n行政处罚 | 25 |\n")

    assert found[:2] == [("-无。", 1), ("第二\n十条\n第（六）项", 2)]


@pytest.mark.parametrize(
    "above", ["公开内容", "四、政府信息公开行政复议、行政诉讼情况", "下表为处理决定数量，截至年底，单位件，不含下属"]
)
def test_a_line_that_makes_no_label_with_the_cell_below_stays_text(above: str) -> None:
    assert flow_of(f"{above}\n行政处罚 | 25 |\n") == [(f"-{above}", 1), ("行政处罚", 2), ("25", 2)]


def test_a_line_above_a_label_that_is_complete_stays_text() -> None:
    """行政 and 复议 are a label, and so is 行政复议; above 行政复议 the word 行政 is one too many."""
    assert flow_of("行政\n行政复议 | 行政诉讼 |\n")[:2] == [("-行政", 1), ("行政复议", 2)]


# What hangs on a cell


def test_a_heading_behind_the_last_figure_is_set_free(read: Read, tabs: Print, values_of: ValuesOf) -> None:
    """尧都区县底镇 2020, layout B."""
    text = tabs([ART20_6[0]], ART20_6[1:], ["行政处罚", "25"], ["行政强制", "17"]).rstrip("\n")

    report = read(f"二、主动公开政府信息情况\n{text}\n三、收到和处理政府信息公开申请情况\n无申请。\n")

    assert values_of(report, "art20_6", "compulsion") == [17]
    assert [section.title for section in report.section_list if section.title] == [
        "主动公开政府信息情况", "收到和处理政府信息公开申请情况"
    ]  # fmt: skip


def test_a_heading_before_the_first_label_is_set_free() -> None:
    """Layout A, without an empty line between heading and table: both are before the first bar."""
    found = flow_of("二、主动公开政府信息情况\n第二十条第（六）项\n|\n行政处罚\n|\n25\n|\n")

    assert found == [("-二、主动公开政府信息情况", 1), ("第二十条第（六）项", 2), ("行政处罚", 4), ("25", 6)]


def test_a_heading_between_two_cells_is_set_free_of_both() -> None:
    found = flow_of("行政处罚\n|\n17\n三、收到和处理政府信息公开申请情况\n申请人情况\n|\n自然人\n|\n")

    assert found == [
        ("行政处罚", 1), ("17", 3), ("-三、收到和处理政府信息公开申请情况", 4), ("申请人情况", 5), ("自然人", 7)
    ]  # fmt: skip


def test_a_remark_before_a_label_is_set_free() -> None:
    found = flow_of("行政处罚\n|\n25\n|\n（单位：件）\n信息内容\n|\n17\n|\n")

    assert found == [("行政处罚", 1), ("25", 3), ("-（单位：件）", 5), ("信息内容", 6), ("17", 8)]


def test_a_label_of_several_lines_is_kept_whole() -> None:
    found = flow_of("信息内容\n|\n本年\n处理决定\n数量\n|\n25\n|\n")

    assert found == [("信息内容", 1), ("本年\n处理决定\n数量", 3), ("25", 7)]


def test_figures_of_several_lines_stay_in_their_cell() -> None:
    """Which of them is meant nobody can say; apart, each would be a cell and shift the others."""
    assert flow_of("行政处罚\n|\n25\n31\n|\n17\n|\n") == [("行政处罚", 1), ("25\n31", 3), ("17", 6)]


# Plain writing


def test_print_and_plain_writing_are_both_kept() -> None:
    text = "資訊內容 | 本年製發件數 |\n規章 | 12條 |\n經審定的規範性檔案應當對外發布。\n"

    flow = read_flow(read_bytes(text.encode(), "report.txt"))

    cells = [item for item in flow if isinstance(item, Token)]
    lines = [item for item in flow if isinstance(item, Line) and item.text]
    assert [(cell.text, cell.label) for cell in cells] == [
        ("資訊內容", "信息内容"), ("本年製發件數", "本年制发件数"), ("規章", "规章"), ("12條", "12条")
    ]  # fmt: skip
    assert cells[-1].plain == "12条"
    assert [(line.printed, line.text) for line in lines] == [
        ("經審定的規範性檔案應當對外發布。", "经审定的规范性文件应当对外发布。")
    ]


def test_a_simplified_text_is_as_it_was_printed() -> None:
    flow = read_flow(read_bytes("规章 | 12件 |\n发布规范性文件。\n".encode(), "report.txt"))

    assert all(item.plain == item.text if isinstance(item, Token) else item.printed == item.text for item in flow)


def test_a_cell_keeps_its_print_where_its_label_is_read_in_plain_writing(read: Read) -> None:
    """PDFs leave radicals and zero-width characters; pinyin comes from hacked mirrors."""
    printed = "信息内容 | 本年处理决(jue)定数量 |\n⾏政处罚 | 25 |\n行\u200b政强制 | １７ |\n"

    report = read(f"第二十条第（六）项 | |\n{printed}")

    assert {cell.row: (cell.value, cell.raw) for cell in report.cell_list} == {
        "penalty": (25, "25"), "compulsion": (17, "１７")
    }  # fmt: skip


def test_a_traditional_heading_opens_its_chapter(read: Read) -> None:
    text = (
        "二、主動公開政府資訊情況\n第二十條第（六）項 | |\n資訊內容 | 本年處理決定數量 |\n行政處罰 | 25 |\n行政強制 | 17 |\n"
        "三、收到和處理政府資訊公開申請情況\n未收到申請。\n"
    )

    report = read(text)

    assert [(section.section, section.text) for section in report.section_list] == [
        ("proactive", ""), ("requests", "未收到申請。")
    ]  # fmt: skip
    assert [cell.value for cell in report.cell_list] == [25, 17]
