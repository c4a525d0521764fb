"""Workbooks: every report comes back cell for cell, and what a sheet shows is what is read."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import get_args

import numpy as np
import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from documents.contents import lines_of, tables_of
from gia_analysis.documents import read_bytes
from gia_analysis.documents.spreadsheet import read
from gia_analysis.errors import DocumentError
from gia_analysis.forms import Form, forms, get_form
from gia_analysis.reading import interpret
from gia_analysis.report import Report
from gia_analysis.schema import Kind, Status
from gia_analysis.simulation import (
    BlankStyle,
    CellKey,
    compose_report,
    leave_blank,
    print_figures,
    print_grid,
    simulate_figures,
)
from gia_analysis.simulation.grid import NO_UNIT
from writers import xls
from writers.office import save_as
from writers.papers import AGENCY, Original, cells_of, originals
from writers.spreadsheet import Style, write

FORMS = [form for form in forms().values() if form.tables]
STYLES = get_args(Style)


def report_of(data: bytes) -> Report:
    (report,) = interpret(read_bytes(data, "report"))
    return report


def assert_same(data: bytes, original: Original) -> None:
    """A sheet has a cell at every place: where a paper has none, there is a blank one."""
    report = report_of(data)

    on_sheet = {
        key: (value, Kind.BLANK if kind is Kind.ABSENT else kind) for key, (value, kind) in original.cells.items()
    }
    assert cells_of(report) == on_sheet
    assert (report.form, report.year, report.agency) == (original.form, original.year, original.agency)
    assert report.facts.status is Status.OK


def truth(figures: Mapping[CellKey, float], style: BlankStyle) -> dict[CellKey, tuple[float | None, Kind]]:
    return {
        key: (value, Kind.BLANK if value is None else Kind.NUMBER) for key, value in leave_blank(figures, style).items()
    }


def made(fill: Callable[[Worksheet], None]) -> bytes:
    """Return a workbook whose first sheet is filled."""
    book = Workbook()
    assert book.active is not None
    fill(book.active)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook with one of its parts changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, change(old.read(each)) if each == name else old.read(each))
    return stream.getvalue()


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("original", originals().values(), ids=lambda original: original.name)
def test_a_report_comes_back_cell_for_cell(original: Original, style: Style) -> None:
    assert_same(write(original.paper, style), original)


def test_a_statistics_table_alone_says_year_and_agency() -> None:
    form = get_form("2014")
    figures = simulate_figures(form, np.random.default_rng(1), size="small")
    grid = print_grid(form.tables[0], print_figures(figures, "zeros"), AGENCY, 2016, date(2017, 1, 20))

    report = report_of(write((grid,)))

    assert cells_of(report) == truth(figures, "zeros")
    assert (report.form, report.year, report.agency) == ("2014", 2016, AGENCY)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
@pytest.mark.parametrize("style", STYLES)
def test_a_title_right_above_the_tables_names_the_agency(form: Form, style: Style) -> None:
    figures = simulate_figures(form, np.random.default_rng(3), size="small")
    printed = print_figures(figures, "every_zero_blank")
    grids = [print_grid(table, printed, AGENCY, 2020, date(2021, 1, 20)) for table in form.tables]

    report = report_of(write((f"{AGENCY}2020年政府信息公开工作年度报告", *grids), style))

    assert cells_of(report) == truth(figures, "every_zero_blank")
    assert (report.form, report.year, report.agency) == (form.id, 2020, AGENCY)


def test_groups_joined_over_a_table_without_units_are_rows_of_it() -> None:
    form = get_form("2014")
    figures = simulate_figures(form, np.random.default_rng(3), size="small")
    grid = print_grid(form.tables[0], print_figures(figures, "every_zero_blank"), AGENCY, 2016, date(2017, 1, 20))
    without_units = [
        [replace(row[0], columns=2)] if len(row) == 1 or row[1].text == NO_UNIT else [row[0], row[2]] for row in grid
    ]

    assert cells_of(report_of(write((without_units,)))) == truth(figures, "every_zero_blank")


def test_figures_stored_as_texts_are_the_same_figures() -> None:
    original = originals()["full_2021"]

    assert_same(write(original.paper, numbers=False), original)


@pytest.mark.parametrize("style", get_args(BlankStyle))
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_form_comes_back_with_every_manner_of_leaving_blank(form: Form, style: BlankStyle) -> None:
    for seed, layout in enumerate(STYLES):
        figures = simulate_figures(form, np.random.default_rng(seed), size="small")
        paper = compose_report(form, print_figures(figures, style), agency=AGENCY, year=2020)

        report = report_of(write(paper, layout))

        assert cells_of(report) == truth(figures, style)
        assert (report.form, report.year, report.agency) == (form.id, 2020, AGENCY)


@pytest.mark.office
@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods"])
def test_reports_saved_by_an_office_program_come_back_cell_for_cell(extension: str) -> None:
    reports = tuple(originals().values())
    workbooks = tuple(write(each.paper, STYLES[number % len(STYLES)]) for number, each in enumerate(reports))

    for original, data in zip(reports, save_as(workbooks, extension, "xlsx"), strict=True):
        assert_same(data, original)


@pytest.mark.office
@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods"])
def test_an_office_program_and_this_reader_show_the_same_of_a_cell(extension: str) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["甲", 12, 282.1, 0.1 + 0.2, date(2021, 1, 20), -3, 11398889, "a\nb", "１２"])
        sheet.append(["乙", "=1/0", "=1+2", '="字"&"符"', 0.125, 2560, True, None, "丙"])
        sheet["E2"].number_format, sheet["F2"].number_format = "0.0%", '#,##0"万元"'
        sheet.merge_cells("A3:C4")
        sheet["A3"], sheet["D3"], sheet["D4"] = "合并", 1, 2

    (data,) = save_as((made(fill),), extension, "xlsx")

    rows = tables_of(read(data))[0]
    assert rows[0] == ["甲", "12", "282.1", "0.3", "2021年1月20日", "-3", "11398889", "a\nb", "１２"]
    assert [*rows[1][:6], *rows[1][7:]] == ["乙", "#DIV/0!", "3", "字符", "12.5%", "2560万元", "", "丙"]
    assert rows[2][:4] == ["合并", "-", "-", "1"]
    assert rows[3][:4] == ["-", "-", "-", "2"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (12.0, "12"),
        (282.1, "282.1"),
        (0.1 + 0.2, "0.3"),
        (11398889.0, "11398889"),
        (1e15, "1000000000000000"),
        (-1, "-1"),
        (0, "0"),
        (" 12 ", " 12 "),
        ("１２３", "１２３"),
        ("#REF!", "#REF!"),
        (True, "TRUE"),
        (date(2021, 1, 20), "2021年1月20日"),
        (datetime(2021, 1, 20, 9, 30), "2021年1月20日 09:30"),
    ],
)
def test_a_cell_is_read_as_it_is_shown(value: object, shown: str) -> None:
    assert tables_of(read(made(lambda sheet: sheet.append(["标签", value]))))[0][0] == ["标签", shown]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.125, "0.0%", "12.5%"),
        (2560, '#,##0.00"万元"', "2560万元"),
        (2560000, '0!.0,"万元"', "2560000"),
        (3, '0"件";-0"件"', "3件"),
        (0, '_ * #,##0_ ;_ * "-"_ ;_ @_ ', "0"),
        (44216, 'yyyy"年"m"月"', "2021年1月"),
        (44216, "[$-804]yyyy\\-m\\-d;@", "2021年1月20日"),
        (44216, "[Red]0", "44216"),
        (59, "yyyy-m-d", "1900年2月28日"),
        (61, "yyyy-m-d", "1900年3月1日"),
    ],
)
def test_a_number_format_shows_dates_percents_and_units_and_scales_nothing(value: float, code: str, shown: str) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["标签", value])
        sheet["B1"].number_format = code

    assert tables_of(read(made(fill)))[0][0][1] == shown


def test_days_may_be_counted_from_1904() -> None:
    def fill(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.epoch = CALENDAR_MAC_1904
        sheet.append(["标签", date(2021, 1, 20)])

    assert tables_of(read(made(fill)))[0][0][1] == "2021年1月20日"


def test_of_a_formula_the_stored_result_is_read_and_one_without_is_no_blank() -> None:
    data = made(lambda sheet: sheet.append(["标签", "=SUM(1,2)", "=SUM(3,4)"]))
    stored = with_part(
        data, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<f>SUM(1,2)</f><v />", b"<f>SUM(1,2)</f><v>3</v>")
        .replace(b"<f>SUM(1,2)</f><v></v>", b"<f>SUM(1,2)</f><v>3</v>").replace(b"<v></v>", b"").replace(b"<v />", b"")
    )  # fmt: skip

    assert tables_of(read(stored))[0][0] == ["标签", "3", "=SUM(3,4)"]


def test_joined_cells_have_their_text_once_and_the_others_are_absent() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B2"], sheet["D2"], sheet["D3"], sheet["B4"], sheet["C4"], sheet["D4"] = "组", 1, 2, "a", "b", "c"
        sheet.merge_cells("B2:C3")

    assert tables_of(read(made(fill)))[0][:3] == [["组", "-", "1"], ["-", "-", "2"], ["a", "b", "c"]]


def test_what_is_hidden_is_not_read() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in ("甲乙丙", "丁戊己", "庚辛壬"):
            sheet.append(list(row))
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        for name, state in (("代码", "hidden"), ("参数", "veryHidden")):
            other = sheet.parent.create_sheet(name)
            other.append(["不", "读"])
            other.sheet_state = state

    assert tables_of(read(made(fill))) == [[["甲", "丙"], ["庚", "壬"], ["", ""]]]


def test_joined_cells_of_which_the_first_are_hidden_keep_their_text() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["标题", None, None])
        sheet.append([1, 2, 3])
        sheet.merge_cells("A1:C1")
        sheet.column_dimensions["A"].hidden = True

    assert tables_of(read(made(fill)))[0][:2] == [["标题", "-"], ["2", "3"]]


def test_comments_are_not_read() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["标签", 5])
        sheet["B1"].comment = Comment("请核对 7", "某人")

    assert tables_of(read(made(fill)))[0][0] == ["标签", "5"]


def test_all_sheets_are_read_each_with_its_number_as_page() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["甲", 1])
        sheet.parent.create_sheet().append(["乙", 2])

    content = read(made(fill))

    assert [(block.page, block.rows[0][0].text) for block in content.blocks] == [(1, "甲"), (2, "乙")]  # type: ignore[union-attr]


def test_titles_and_paragraphs_are_text_and_captions_belong_to_their_table() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (
            ["某局2021年政府信息公开工作年度报告"],
            ["本报告依照条例编制。"],
            ["一、总体情况"],
            ["无。"],
            ["第二十条第（一）项"],
        ):
            sheet.append(row)
        sheet.append(["信息内容", "数量"])
        sheet.append(["规章", None])
        sheet.append([])
        sheet.append(["某局"])
        for row in (1, 2, 3, 4, 5):
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)

    content = read(made(fill))

    assert lines_of(content) == [
        "某局2021年政府信息公开工作年度报告",
        "本报告依照条例编制。",
        "一、总体情况",
        "无。",
        "某局",
    ]
    assert tables_of(content) == [[["第二十条第（一）项", "-"], ["信息内容", "数量"], ["规章", ""]]]


def with_shared_texts(data: bytes, texts: str) -> bytes:
    """Return a workbook whose cells of text name, as those of Excel do, texts kept in a part of their own."""
    numbers = count()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Type="{kind}" Target="sharedStrings.xml" Id="rId99"/></Relationships>'.encode()
    named = re.compile(rb't="inlineStr"><is>.*?</is>')
    data = with_part(data, "xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b"</Relationships>", relation))
    data = with_part(
        data, "xl/worksheets/sheet1.xml", lambda xml: named.sub(lambda _: b't="s"><v>%d</v>' % next(numbers), xml)
    )
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{texts}</sst>')
    return stream.getvalue()


def test_texts_are_read_in_runs_without_readings_and_with_escapes() -> None:
    texts = (
        "<si><r><t>国家</t></r><r><rPr><b/></rPr><t>秘密</t></r><rPh sb='0' eb='1'><t>ぶん</t></rPh></si>"
        "<si><t xml:space='preserve'>一_x000D_\n二</t></si>"
    )
    data = with_shared_texts(made(lambda sheet: sheet.append(["a", "b", 3])), texts)

    assert tables_of(read(data))[0][0] == ["国家秘密", "一\n二", "3"]


def test_a_cell_that_names_no_text_of_the_workbook_is_an_error_and_no_blank() -> None:
    data = with_shared_texts(made(lambda sheet: sheet.append(["a", "b"])), "<si><t>甲</t></si>")

    with pytest.raises(DocumentError, match="B1 names a text"):
        read(data)


def test_cells_that_do_not_say_where_they_stand_stand_one_after_the_other() -> None:
    data = made(lambda sheet: [sheet.append([1, 2]), sheet.append([3, 4])])  # type: ignore[func-returns-value]
    bare = with_part(data, "xl/worksheets/sheet1.xml", lambda xml: re.sub(rb' r="[A-Z]*\d+"', b"", xml))

    assert tables_of(read(bare))[0][:2] == [["1", "2"], ["3", "4"]]


def test_an_xml_workbook_of_excel_2003_is_read() -> None:
    xml = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
    <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
      xmlns:x="urn:schemas-microsoft-com:office:excel">
    <Worksheet ss:Name="1"><Table>
      <Row><Cell ss:MergeAcross="2"><Data ss:Type="String">标题</Data></Cell></Row>
      <Row ss:Index="4"><Cell><Data ss:Type="String">甲</Data></Cell><Cell ss:Index="3"><Data ss:Type="Number">12.0</Data></Cell></Row>
      <Row ss:Hidden="1"><Cell><Data ss:Type="String">隐</Data></Cell><Cell><Data ss:Type="Number">1</Data></Cell></Row>
      <Row><Cell><Data ss:Type="DateTime">2021-01-20T00:00:00.000</Data></Cell><Cell><Data ss:Type="String">乙</Data></Cell></Row>
    </Table></Worksheet>
    <Worksheet ss:Name="2"><Table><Row><Cell><Data ss:Type="String">代码</Data></Cell></Row></Table>
      <x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
    </Workbook>"""

    content = read(xml.encode())

    assert tables_of(content) == [[["标题", "-", "-"], ["甲", "", "12"], ["2021年1月20日", "乙", ""], ["", "", ""]]]


def test_old_workbooks_are_read_with_joined_and_hidden_cells_and_errors() -> None:
    hidden_row = xls.record(0x208, (3).to_bytes(2, "little") + bytes(10) + (0x20).to_bytes(2, "little") + bytes(2))
    error = xls.record(0x205, b"\x02\0\1\0\0\0\x17\1")
    records = [xls.label(0, 0, "标题"), xls.merged([(0, 0, 0, 1)]), xls.label(1, 0, "甲"), xls.number(1, 1, 12.5)]
    records += [xls.label(2, 0, "乙"), error, hidden_row, xls.label(3, 0, "隐"), xls.number(3, 1, 1)]

    content = read(xls.write(b"".join(records), xls.label(0, 0, "代码"), hidden=frozenset({1})))

    assert tables_of(content) == [[["标题", "-"], ["甲", "12.5"], ["乙", "#REF!"], ["", ""]]]


def test_shared_texts_that_go_on_in_another_record_and_width_are_one() -> None:
    first = (1).to_bytes(4, "little") * 2 + (6).to_bytes(2, "little") + b"\1" + "政府信".encode("utf-16-le")
    shared = xls.record(0xFC, first) + xls.record(0x3C, b"\0abc")
    cells = xls.record(0xFD, bytes(6) + bytes(4)) + xls.number(0, 1, 1)

    assert tables_of(read(xls.write(cells, globals_=shared)))[0][0] == ["政府信abc", "1"]


@pytest.mark.parametrize(("encoding", "code_page"), [("gb18030", 936), ("gb18030", None), ("big5", 950)])
def test_texts_and_formats_of_excel_95_are_in_its_code_page_or_else_in_that_of_mainland_china(
    encoding: str, code_page: int | None
) -> None:
    page = b"" if code_page is None else xls.record(0x42, code_page.to_bytes(2, "little"))
    code = '0"件"'.encode(encoding)
    shown = xls.record(0x41E, (164).to_bytes(2, "little") + bytes([len(code)]) + code) + xls.style(164)
    cells = xls.label_95(0, 0, "公開信息".encode(encoding)) + xls.number(0, 1, 3)

    data = xls.write(cells, globals_=page + shown, version=xls.EXCEL_95)

    assert tables_of(read(data))[0][0] == ["公開信息", "3件"]


def test_formats_that_old_workbooks_name_by_number_only_are_those_of_chinese_excel() -> None:
    data = xls.write(xls.label(0, 0, "日期") + xls.number(0, 1, 44216), globals_=xls.style(57))

    assert tables_of(read(data))[0][0] == ["日期", "2021年1月20日"]


def test_defined_names_of_old_workbooks_are_not_worked_out() -> None:
    """A formula of one that xlrd takes for damage: an addition of nothing."""
    data = xls.write(xls.label(0, 0, "甲") + xls.number(0, 1, 1), globals_=xls.defined_name(b"\x03"))

    assert tables_of(read(data))[0][0] == ["甲", "1"]


@pytest.mark.office
def test_a_long_result_of_a_formula_in_an_old_workbook_is_whole() -> None:
    (data,) = save_as((made(lambda sheet: sheet.append(['=REPT("长",12000)', 1])),), "xls", "xlsx")

    assert tables_of(read(data))[0][0] == ["长" * 12_000, "1"]


def test_a_workbook_with_nothing_to_see_says_so() -> None:
    with pytest.raises(DocumentError, match="no cell with anything"):
        read(made(lambda sheet: None))
