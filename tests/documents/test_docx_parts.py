"""Of a Word document only what it prints is read, whichever program wrote it and however its parts are named."""

import pytest
from docx.document import Document

from documents.contents import lines_of
from gia_analysis.documents import read_bytes
from gia_analysis.documents.docx import read
from gia_analysis.documents.word.looks import without_looks
from gia_analysis.errors import DocumentError, NeedsConversionError
from gia_analysis.reading import interpret
from writers.docx import p, write, write_xml
from writers.papers import AGENCY, cells_of, originals
from writers.parts import unpack, with_parts

MAIN = "word/document.xml"
STRICT = {
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def in_header(document: Document) -> None:
    document.sections[0].header.paragraphs[0].text = f"{AGENCY}2021年政府信息公开工作年度报告"
    document.sections[0].footer.paragraphs[0].text = "第1页"


def test_the_header_of_pages_and_the_core_title_are_properties_and_no_text() -> None:
    def with_title(document: Document) -> None:
        document.core_properties.title = "年度报告"
        document.core_properties.author = "某人"

    content = read(write_xml(p("正文"), "", in_header, with_title))

    assert lines_of(content) == ["正文"]
    assert content.properties == (("title", f"{AGENCY}2021年政府信息公开工作年度报告"), ("title", "年度报告"))


def test_a_report_whose_title_stands_in_the_header_has_its_year_and_agency() -> None:
    paper = originals()["full_2021"].paper
    untitled = [piece for piece in paper if not (isinstance(piece, str) and (AGENCY in piece or "2021年" in piece))]

    (report,) = interpret(read_bytes(write(tuple(untitled), in_header), "report.docx"))

    assert (report.year, report.agency) == (2021, AGENCY)


def test_footnotes_and_comments_are_not_in_the_text() -> None:
    body = '<w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id="2"/><w:commentReference w:id="1"/></w:r></w:p>'
    notes = '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'

    assert lines_of(read(with_parts(write_xml(body), {"word/footnotes.xml": notes}))) == ["正文"]


def test_a_strict_document_is_read_as_a_transitional_one() -> None:
    original = originals()["full_2021"]
    data = write(original.paper)
    parts = unpack(data)
    for usual, strict in STRICT.items():
        parts = {name: content.replace(usual, strict) for name, content in parts.items()}

    (report,) = interpret(read_bytes(with_parts(data, parts), "report.docx"))

    assert b"schemas.openxmlformats.org/wordprocessingml" not in parts[MAIN]
    assert cells_of(report) == original.cells


@pytest.mark.parametrize(
    "kind", ["ms-word.document.macroEnabled.main", "openxmlformats-officedocument.wordprocessingml.template.main"]
)
def test_documents_with_macros_and_templates_are_read(kind: str) -> None:
    data = write_xml(p("正文"))
    types = unpack(data)["[Content_Types].xml"].decode()
    usual = "openxmlformats-officedocument.wordprocessingml.document.main"
    other = with_parts(data, {"[Content_Types].xml": types.replace(usual, kind), "word/vbaProject.bin": b"macro"})

    document = read_bytes(other, "report.docm")

    assert (document.format, lines_of(document)) == ("docx", ["正文"])


def test_the_main_part_may_have_another_name() -> None:
    data = write_xml(p("正文"))
    relations = unpack(data)["_rels/.rels"].decode().replace(MAIN, "/word/document2.xml")

    moved = with_parts(data, {MAIN: None, "word/document2.xml": unpack(data)[MAIN], "_rels/.rels": relations})

    assert lines_of(read(moved)) == ["正文"]


@pytest.mark.parametrize("separator", ["word\\document.xml", "Word/Document.xml"])
def test_names_of_parts_may_differ_in_case_and_slashes(separator: str) -> None:
    data = write_xml(p("正文"))

    assert lines_of(read(with_parts(data, {MAIN: None, separator: unpack(data)[MAIN]}))) == ["正文"]


def test_a_part_in_utf_16_is_read() -> None:
    data = write_xml(p("正文"))
    text = unpack(data)[MAIN].decode().replace("UTF-8", "UTF-16")

    assert lines_of(read(with_parts(data, {MAIN: text.encode("utf-16")}))) == ["正文"]


def test_comments_and_instructions_in_the_markup_are_no_text() -> None:
    assert lines_of(
        read(write_xml("<!-- 注 --><w:p><!-- 注 --><?x y?><w:r><!-- 注 --><w:t>正文</w:t></w:r></w:p>"))
    ) == ["正文"]


def test_a_document_without_its_main_part_is_refused() -> None:
    with pytest.raises(DocumentError, match=r"no part 'word/document\.xml'"):
        read(with_parts(write_xml(p("正文")), {MAIN: None}))


def test_a_main_part_that_is_no_word_document_is_refused() -> None:
    with pytest.raises(DocumentError, match="no body"):
        read(with_parts(write_xml(p("正文")), {MAIN: "<a><b/></a>"}))


def test_a_document_with_a_part_in_another_format_asks_for_an_office_program() -> None:
    with pytest.raises(NeedsConversionError, match="other formats"):
        read(write_xml(p("正文") + '<w:altChunk r:id="rId9"/>'))


def test_what_looks_like_formatting_in_a_literal_text_is_text() -> None:
    data = b"<w:t><![CDATA[1<w:b/>2]]></w:t>"

    assert without_looks(data) == data
    assert without_looks(b'<w:rPr><w:sz w:val="24"/><w:vanish/><w:b/></w:rPr>') == b"<w:rPr><w:vanish/></w:rPr>"
    assert (
        without_looks(b'<w:lang w:val="a>b"/><w:bookmarkEnd w:id="1"/>')
        == b'<w:lang w:val="a>b"/><w:bookmarkEnd w:id="1"/>'
    )
