"""Word documents are read as Word prints them, cell for cell."""

from typing import get_args

import numpy as np
import pytest

from documents.contents import lines_of, order_of, tables_of
from gia_analysis.documents import read_bytes
from gia_analysis.documents.docx import read
from gia_analysis.forms import Form, forms
from gia_analysis.reading import interpret
from gia_analysis.report import Report
from gia_analysis.schema import Kind, Status
from gia_analysis.simulation import BlankStyle, compose_report, print_figures, simulate_figures
from writers.docx import p, tbl, tc, tr, write, write_xml
from writers.papers import AGENCY, Original, cells_of, originals

FORMS = [form for form in forms().values() if form.tables]


def report_of(data: bytes) -> Report:
    (report,) = interpret(read_bytes(data, "report.docx"))
    return report


@pytest.mark.parametrize("original", originals().values(), ids=originals())
def test_a_report_comes_back_cell_for_cell(original: Original) -> None:
    report = report_of(write(original.paper))

    assert cells_of(report) == original.cells
    assert (report.form, report.year, report.agency) == (original.form, original.year, original.agency)
    assert report.facts.status is Status.OK


@pytest.mark.parametrize("style", get_args(BlankStyle))
@pytest.mark.parametrize("form", FORMS, ids=[form.id for form in FORMS])
def test_every_form_comes_back_with_every_manner_of_leaving_blank(form: Form, style: BlankStyle) -> None:
    printed = print_figures(simulate_figures(form, np.random.default_rng(7), size="medium"), style)

    report = report_of(write(compose_report(form, printed, agency=AGENCY, year=2021)))

    assert cells_of(report) == {
        key: (float(figure), Kind.NUMBER) if figure else (None, Kind.BLANK) for key, figure in printed.items()
    }
    assert (report.form, report.year, report.agency) == (form.id, 2021, AGENCY)


BOX = "<w:txbxContent>{}</w:txbxContent>".format
DRAWN = (
    '<w:drawing><wp:anchor><a:graphic><a:graphicData uri="x"><wps:wsp><wps:txbx>{}</wps:txbx></wps:wsp></a:graphicData>'
    "</a:graphic></wp:anchor></w:drawing>"
).format
OLD_DRAWN = "<w:pict><v:shape><v:textbox>{}</v:textbox></v:shape></w:pict>".format


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = BOX(p("框内标题") + tbl(tr(tc("框内"), tc("1"))))
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{DRAWN(box)}</mc:Choice>'
        f"<mc:Fallback>{OLD_DRAWN(box)}</mc:Fallback></mc:AlternateContent>"
    )

    content = read(write_xml(f"<w:p><w:r><w:t>正文</w:t></w:r><w:r>{both}</w:r></w:p>" + p("下段")))

    assert order_of(content) == ["正文", "框内标题", "table 框内", "下段"]


def test_a_text_box_of_old_word_is_read() -> None:
    assert lines_of(read(write_xml(f"<w:p><w:r>{OLD_DRAWN(BOX(p('框内')))}</w:r></w:p>"))) == ["框内"]


def test_of_tracked_changes_the_accepted_text_is_read() -> None:
    body = (
        "<w:p><w:r><w:t>共</w:t></w:r><w:del><w:r><w:delText>3</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>5</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>件</w:t></w:r></w:moveTo></w:p>"
    )

    assert lines_of(read(write_xml(body))) == ["共5件"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    body = p("三、收到和处理政府信息", "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>") + p("公开申请情况") + p("下段")

    assert lines_of(read(write_xml(body))) == ["三、收到和处理政府信息公开申请情况", "下段"]


@pytest.mark.parametrize(
    "wrapped",
    [
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        '<w:customXml w:element="x">{}</w:customXml>',
        "<w:sdt><w:sdtContent><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>",
        '<mc:AlternateContent><mc:Choice Requires="w14">{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>',
    ],
)
def test_what_wraps_paragraphs_rows_cells_and_runs_is_looked_through(wrapped: str) -> None:
    def wrap(inner: str) -> str:
        return wrapped.replace("{}", inner)

    run = "<w:r><w:t>段</w:t></w:r>"
    body = wrap(p("一")) + f"<w:p>{wrap(run)}</w:p>" + wrap(tbl(wrap(tr(wrap(tc("二")), tc(wrap(p("三")))))))

    content = read(write_xml(body))

    assert (lines_of(content), tables_of(content)) == (["一", "段"], [[["二", "三"]]])


def test_of_a_field_the_result_is_read_and_not_its_instruction() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    inner = f"{mark('begin')}<w:r><w:instrText>PAGE</w:instrText></w:r>{mark('separate')}<w:r><w:t>9</w:t></w:r>{mark('end')}"
    body = (
        f"<w:p><w:r><w:t>共</w:t></w:r>{mark('begin')}<w:r><w:instrText>= SUM(ABOVE) </w:instrText></w:r>{inner}"
        f"{mark('separate')}<w:r><w:t>12</w:t></w:r>{mark('end')}"
        '<w:fldSimple w:instr=" DATE "><w:r><w:t>件</w:t></w:r></w:fldSimple></w:p>'
    )

    assert lines_of(read(write_xml(body))) == ["共12件"]


def test_a_field_that_never_ends_hides_nothing_beyond_its_paragraph() -> None:
    body = '<w:p><w:r><w:t>前</w:t><w:fldChar w:fldCharType="begin"/><w:instrText>X</w:instrText></w:r></w:p>' + p("后")

    assert lines_of(read(write_xml(body))) == ["前", "后"]


def test_tabs_breaks_hyphens_symbols_and_formulas_are_text() -> None:
    body = (
        "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>丙</w:t><w:cr/><w:t>丁</w:t></w:r></w:p>"
        '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="宋体" w:char="25A1"/></w:r>'
        "<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath></w:p>"
    )

    assert lines_of(read(write_xml(body))) == ["甲\t乙-丙", "丁", "\uf0fc□12"]


def test_hidden_text_is_not_read() -> None:
    body = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>显</w:t></w:r></w:p>"
    ) + tbl(tr(tc("甲"), tc("1")), tr(tc("乙"), tc("2"), properties="<w:hidden/>"))

    content = read(write_xml(body))

    assert (lines_of(content), tables_of(content)) == (["显"], [[["甲", "1"]]])


@pytest.mark.parametrize(
    "entry",
    [
        '<w:hyperlink w:anchor="_Toc1234"><w:r><w:t>{}</w:t><w:tab/><w:t>1</w:t></w:r></w:hyperlink>',
        '<w:r><w:t>{}</w:t><w:tab/><w:fldChar w:fldCharType="begin"/><w:instrText> PAGEREF _Toc1234 \\h </w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:t>1</w:t><w:fldChar w:fldCharType="end"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> TOC \\o "1-3" </w:instrText><w:fldChar w:fldCharType="separate"/>'
        "<w:t>{}</w:t></w:r>",
    ],
)
def test_the_table_of_contents_is_no_text(entry: str) -> None:
    titles = ("一、总体情况", "六、其他需要报告的事项")
    body = p("目录") + "".join(f"<w:p>{entry.replace('{}', title)}</w:p>" for title in titles) + p("一、总体情况")

    assert lines_of(read(write_xml(body))) == ["目录", "一、总体情况"]


def test_a_link_to_another_place_is_text() -> None:
    body = '<w:p><w:hyperlink w:anchor="_Ref1"><w:r><w:t>见附件</w:t></w:r></w:hyperlink></w:p>'

    assert lines_of(read(write_xml(body))) == ["见附件"]
