"""The format of a file is known by its content."""

import io
import time
import zipfile
from typing import get_args

import numpy as np
import pytest

from gia_analysis.documents import TableBlock, read_bytes
from gia_analysis.documents.limits import MOST_PARTS
from gia_analysis.documents.sniff import FORMATS, format_of
from gia_analysis.errors import DocumentError
from gia_analysis.forms import get_form
from gia_analysis.simulation import Layout, Punctuation, print_figures, print_report, simulate_figures
from writers import html, markdown, mhtml
from writers.papers import originals

PROSE = "2021年，我局认真贯彻落实《中华人民共和国政府信息公开条例》，主动公开信息132条。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("manner", html.MANNERS)
def test_a_page_is_html_in_every_manner_and_encoding(manner: html.Manner, encoding: str) -> None:
    assert format_of(html.write(originals()["full_2021"].paper, manner, encoding)) == "html"


@pytest.mark.parametrize("manner", markdown.MANNERS)
def test_markdown_is_markdown_with_whichever_tables(manner: markdown.Manner) -> None:
    assert format_of(markdown.write(originals()["full_2021"].paper, manner)) == "markdown"


def test_a_saved_page_is_mhtml() -> None:
    assert format_of(mhtml.write(originals()["full_2021"].paper)) == "mhtml"


@pytest.mark.parametrize("punctuation", ["full", "half"])
@pytest.mark.parametrize("layout", get_args(Layout))
def test_a_flattened_report_is_text_or_markdown_and_never_csv(layout: Layout, punctuation: Punctuation) -> None:
    form = get_form("2021")
    figures = print_figures(simulate_figures(form, np.random.default_rng(1), size="medium"))
    text = print_report(form, figures, agency="云山市教育局", year=2022, layout=layout, punctuation=punctuation)

    assert format_of(text.encode()) == ("markdown" if layout == "H_ruled" else "text")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("<!DOCTYPE html><html></html>", "html"), ("\n <HTML>", "html"), ("<p>甲</p>", "html"), ("<?xml version='1.0'?><html>", "html"),
        ("甲<p>乙</p><p>丙</p><p>丁</p>", "html"), ("甲 < 乙，<丙>", "text"), ("甲<br>乙", "text"),
        ("<!-- 注 --><div>甲</div>", "html"), ("# 年报\n\n甲<p>乙</p><p>丙</p>", "markdown"),
        ("提示\n<html><body># 甲\n---|---\n</body>", "html"),
        ("a,b,c\n1,2,3\n4,5,6\n", "csv"), ('甲;"乙;丙"\n1;2\n3;"4\n5"\n6;7', "csv"), ("a,b\n1,2\n", "text"),
        (PROSE * 5, "text"), (PROSE.replace("，", ",") * 5, "text"), ("无。\n" * 9, "text"), ("一,二。\n" * 9, "text"),
        ("甲 | 乙\n--- | ---\n1 | 2\n", "markdown"), ("## 甲\n", "markdown"), ("#甲\n", "text"), ("----------\n甲\n", "text"),
        ("From: a\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n", "mhtml"),
        ("From: 甲\n主题：乙\n", "text"), ("Content-Type: text/plain\n\n甲", "text"),
        ('<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?><w:wordDocument/>', "office-xml"),
        ('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook><Table ss:a="1"/>', "office-xml"),
        ('<?xml version="1.0"?><pkg:package xmlns:pkg="x"/>', "office-xml"),
        ('<?xml version="1.0"?><office:document office:version="1.2"/>', "office-xml"),
    ],
)  # fmt: skip
def test_text_is_told_apart(content: str, code: str) -> None:
    assert format_of(content.encode()) == code


EXCEL_2003 = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
 <Worksheet ss:Name="年报"><Table>
  <Row><Cell ss:MergeAcross="1"><Data ss:Type="String">行政许可</Data></Cell></Row>
  <Row><Cell><Data ss:Type="String">本年</Data></Cell><Cell><Data ss:Type="Number">12</Data></Cell></Row>
 </Table></Worksheet>
</Workbook>"""


@pytest.mark.parametrize("opening", ["", "\ufeff", "\n"])
def test_a_workbook_in_the_xml_of_excel_2003_is_read_as_a_spreadsheet(opening: str) -> None:
    document = read_bytes((opening + EXCEL_2003).encode(), "report.xls")

    (table,) = document.blocks
    assert document.format == "excel-xml"
    assert isinstance(table, TableBlock)
    assert [[cell.text for cell in row] for row in table.rows[:2]] == [["行政许可", ""], ["本年", "12"]]


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, b"")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("part", "code"),
    [("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("xl/workbook.bin", "xlsb"), ("a.txt", "zip")],
)
def test_a_package_is_told_by_its_parts(part: str, code: str) -> None:
    assert format_of(zipped("[Content_Types].xml", "docProps/app.xml", part)) == code


def test_a_binary_workbook_is_refused_with_what_to_do() -> None:
    with pytest.raises(DocumentError, match="XLSB: save it as XLSX"):
        read_bytes(zipped("[Content_Types].xml", "xl/workbook.bin"), "report.xlsb")


def test_an_archive_with_more_entries_than_a_document_has_is_not_opened_to_be_told() -> None:
    package = zipped("[Content_Types].xml", "word/document.xml", *map(str, range(MOST_PARTS)))

    assert format_of(package) == "zip"


def test_every_format_says_in_words_what_it_is() -> None:
    assert all(each.words and each.code == code for code, each in FORMATS.items())


PIECES = ["\n", " ", "\t", " \n", "\r\n", "-", "- ", "|", "| ", "---|", "---\n", "#", "# ", ":", "a:", "a:\n", "a: b\n c\n", "<", "<p",
          "<p ", "</p>", "<!--", "<?xml ", '"', '",', ",", ";\n", "MIME-Version", "\u3000\n", "。\n", "PK\x01\x02", "%PDF"]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("before", ["", "政府信息公开工作年度报告\n", "| a | b |\n", "From: a\n", "<html>"])
def test_telling_the_format_of_a_monotonous_file_takes_no_time(piece: str, before: str) -> None:
    data = (before + piece * (100_000 // len(piece.encode()))).encode()
    started = time.process_time()

    format_of(data)

    assert time.process_time() - started < 1
