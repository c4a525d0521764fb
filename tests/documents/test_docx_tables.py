"""Tables of Word documents are read as true grids, and tables that only frame others as what they hold."""

import pytest
from docx.document import Document
from docx.oxml import OxmlElement

from documents.contents import order_of, tables_of
from gia_analysis.documents import read_bytes
from gia_analysis.documents.docx import read
from gia_analysis.reading import interpret
from gia_analysis.report import Report
from writers.docx import p, tbl, tc, tr, write, write_xml
from writers.papers import Original, cells_of, originals

SPAN = '<w:gridSpan w:val="{}"/>'.format
DOWN, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def report_of(data: bytes) -> Report:
    (report,) = interpret(read_bytes(data, "report.docx"))
    return report


@pytest.mark.parametrize("original", originals().values(), ids=originals())
def test_a_table_with_something_unusual_is_read_as_one_without(original: Original) -> None:
    """Usual tables are read in another, faster way."""

    def make_unusual(document: Document) -> None:
        for table in document.tables:
            table.cell(0, 0).paragraphs[0]._p.append(OxmlElement("w:hyperlink"))

    assert tables_of(read(write(original.paper, make_unusual))) == tables_of(read(write(original.paper)))


UNUSUAL = {
    "tab stops": p("1", '<w:pPr><w:tabs><w:tab w:val="left" w:pos="400"/></w:tabs></w:pPr>'),
    "shape before a change": tc("1", '<w:tcPrChange w:id="1"><w:tcPr><w:gridSpan w:val="2"/></w:tcPr></w:tcPrChange>'),
    "reading": "<w:p><w:r><w:ruby><w:rt><w:r><w:t>yī</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>1</w:t></w:r></w:rubyBase></w:ruby>"
    "</w:r></w:p>",
    "move": "<w:p><w:moveFrom><w:r><w:t>9</w:t></w:r></w:moveFrom><w:r><w:t>1</w:t></w:r></w:p>",
    "hidden text": "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r><w:r><w:t>1</w:t></w:r></w:p>",
    "wrapped run": "<w:p><w:sdt><w:sdtContent><w:r><w:t>1</w:t></w:r></w:sdtContent></w:sdt></w:p>",
}


@pytest.mark.parametrize("content", UNUSUAL.values(), ids=UNUSUAL)
def test_what_stands_beside_the_text_of_a_cell_changes_nothing(content: str) -> None:
    cell = content if content.startswith("<w:tc>") else tc(content)

    assert tables_of(read(write_xml(tbl(tr(tc("甲"), cell, tc("2")), tr(tc(), tc(), tc()))))) == [
        [["甲", "1", "2"], ["", "", ""]]
    ]


def test_cells_merged_both_ways_stand_once_and_the_others_are_absent() -> None:
    body = tbl(
        tr(tc("合并", SPAN(2) + DOWN), tc("甲")),
        tr(tc("", SPAN(2) + GOES_ON), tc("乙")),
        tr(tc("丙"), tc(), tc("丁")),
        widths=(500, 500, 500),
    )

    assert tables_of(read(write_xml(body))) == [[["合并", "-", "甲"], ["-", "-", "乙"], ["丙", "", "丁"]]]


def test_a_merge_that_goes_on_may_say_so_in_words_or_not() -> None:
    body = tbl(
        tr(tc("上", DOWN), tc("1")), tr(tc("", '<w:vMerge w:val="continue"/>'), tc("2")), tr(tc("", GOES_ON), tc("3"))
    )

    assert tables_of(read(write_xml(body))) == [[["上", "1"], ["-", "2"], ["-", "3"]]]


def test_a_cell_merged_into_one_above_that_does_not_exist_is_a_cell_of_its_own() -> None:
    body = tbl(tr(tc("一"), tc("二")), tr(tc("三", GOES_ON), tc("四")))

    assert tables_of(read(write_xml(body))) == [[["一", "二"], ["三", "四"]]]


def test_cells_merged_across_by_the_old_mark_are_one() -> None:
    body = tbl(
        tr(tc("宽", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("窄")), tr(tc("1"), tc("2"), tc("3"))
    )

    assert tables_of(read(write_xml(body))) == [[["宽", "-", "窄"], ["1", "2", "3"]]]


def test_columns_left_free_before_a_row_keep_its_cells_in_their_columns() -> None:
    body = tbl(
        tr(tc("一"), tc("二"), tc("三")), tr(tc("后"), properties='<w:gridBefore w:val="2"/><w:gridAfter w:val="0"/>')
    )

    assert tables_of(read(write_xml(body))) == [[["一", "二", "三"], ["-", "-", "后"]]]


@pytest.mark.parametrize("span", [4, 1_000, 1_000_000_000, 10**40])
def test_a_span_that_reaches_over_the_end_of_its_table_is_cut_there(span: int) -> None:
    body = tbl(tr(tc("头", SPAN(span))), tr(tc("1"), tc("2"), tc("3")), widths=(500, 500, 500))

    assert tables_of(read(write_xml(body))) == [[["头", "-", "-"], ["1", "2", "3"]]]


def test_a_table_that_declares_fewer_columns_than_it_has_keeps_its_spans() -> None:
    body = tbl(tr(tc("头", SPAN(2)), tc("尾")), tr(tc("1"), tc("2"), tc("3")), widths=(500,))

    assert tables_of(read(write_xml(body))) == [[["头", "-", "尾"], ["1", "2", "3"]]]


def test_edges_that_do_not_quite_meet_make_no_column() -> None:
    body = tbl(
        tr(tc("左"), tc("右", SPAN(2))),
        tr(tc("1", SPAN(2)), tc("2")),
        tr(tc("前", SPAN(2)), tc("后"), properties='<w:gridBefore w:val="0"/>'),
        widths=(900, 40, 900),
    )

    assert tables_of(read(write_xml(body))) == [[["左", "右"], ["1", "2"], ["前", "后"]]]


def test_a_narrow_column_with_cells_of_its_own_is_one() -> None:
    body = tbl(tr(tc("左"), tc("0"), tc("右")), widths=(900, 40, 900))

    assert tables_of(read(write_xml(body))) == [[["左", "0", "右"]]]


def test_paragraphs_and_breaks_in_a_cell_part_its_lines() -> None:
    body = tbl(tr(tc("<w:p/>" + p("第一段") + "<w:p><w:r><w:t>第二段</w:t><w:br/><w:t>续</w:t></w:r></w:p>"), tc("1")))

    assert tables_of(read(write_xml(body))) == [[["第一段\n第二段\n续", "1"]]]


def test_a_table_in_a_cell_comes_out_where_it_stands() -> None:
    inner = tbl(tr(tc("内"), tc("1")))
    body = (
        p("前")
        + tbl(tr(tc("外一"), tc("外二")), tr(tc(p("说明") + inner + p("之后")), tc("旁")), tr(tc("尾一"), tc("尾二")))
        + p("后")
    )

    assert order_of(read(write_xml(body))) == ["前", "table 外一", "说明", "table 内", "之后", "旁", "table 尾一", "后"]


def test_a_table_that_frames_the_whole_report_is_no_table() -> None:
    def framed(document: Document) -> None:
        outer = document.add_table(1, 1)
        for element in list(document.element.body)[:-2]:
            outer.cell(0, 0)._tc.append(element)

    original = originals()["full_2021"]

    report = report_of(write(original.paper, framed))

    assert cells_of(report) == original.cells
    assert (report.year, report.agency) == (original.year, original.agency)
    assert [section.title for section in report.section_list if section.level == 1] == [
        section.title for section in report_of(write(original.paper)).section_list if section.level == 1
    ]


def test_deleted_rows_and_cells_are_gone_and_inserted_ones_stay() -> None:
    body = tbl(
        tr(tc("甲"), tc("1")),
        tr(tc("删"), tc("9"), properties="<w:del/>"),
        tr(tc("增"), tc("2"), properties="<w:ins/>"),
        tr(tc("丙"), tc("删", "<w:cellDel/>"), tc("3", "<w:cellIns/>")),
    )

    assert tables_of(read(write_xml(body))) == [[["甲", "1"], ["增", "2"], ["丙", "3"]]]


def test_a_cell_with_nothing_but_a_picture_is_not_blank() -> None:
    picture = "<w:p><w:r><w:drawing><wp:inline/></w:drawing></w:r></w:p>"

    assert tables_of(read(write_xml(tbl(tr(tc(picture), tc(p("1") + picture), tc()))))) == [[["\ufffc", "1", ""]]]
