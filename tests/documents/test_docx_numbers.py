"""The numbers that Word sets before paragraphs by itself are read as printed."""

import pytest
from docx.document import Document

from documents.contents import lines_of
from gia_analysis.documents import read_bytes
from gia_analysis.documents.docx import read
from gia_analysis.documents.word.numerals import write_number
from gia_analysis.reading import interpret
from writers.docx import number, p, set_numberings, write, write_xml
from writers.papers import cells_of, originals

LEVEL = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/>{}<w:lvlText w:val="{}"/></w:lvl>'.format
NOTHING = '<w:suff w:val="nothing"/>'
LIST = '<w:abstractNum w:abstractNumId="{0}">{1}</w:abstractNum><w:num w:numId="{0}"><w:abstractNumId w:val="{0}"/></w:num>'.format
CHAPTERS = LIST(
    5,
    LEVEL(0, "chineseCountingThousand", NOTHING, "%1、")
    + LEVEL(1, "chineseCounting", NOTHING, "（%2）")
    + LEVEL(2, "decimal", "", "%3."),
)


def numbered(level: int, list_id: int = 5) -> str:
    return f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr></w:pPr>'


def test_automatic_numbers_stand_before_their_paragraphs() -> None:
    levels = [0, 1, 2, 2, 1, 2, *[0] * 10]
    body = "".join(p("题", numbered(level)) for level in levels)

    lines = lines_of(read(write_xml(body, CHAPTERS)))

    assert lines[:7] == ["一、题", "（一）题", "1. 题", "2. 题", "（二）题", "1. 题", "二、题"]
    assert lines[-2:] == ["十、题", "十一、题"]


def test_automatic_numbers_of_a_style_are_read() -> None:
    def number_headings(document: Document) -> None:
        properties = document.styles["Heading 1"].element.get_or_add_pPr()
        properties._add_numPr()._add_numId().val = 5

    body = p("总体情况", '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>') * 2

    assert lines_of(read(write_xml(body, CHAPTERS, number_headings))) == ["一、总体情况", "二、总体情况"]


def test_a_list_that_begins_anew_does() -> None:
    again = CHAPTERS + (
        '<w:num w:numId="6"><w:abstractNumId w:val="5"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>'
    )
    body = p("甲", numbered(0)) + p("乙", numbered(0)) + p("丙", numbered(0, 6)) + p("丁", numbered(0, 6))

    assert lines_of(read(write_xml(body, again))) == ["一、甲", "二、乙", "四、丙", "五、丁"]


def test_bullets_and_lists_that_do_not_exist_print_no_number() -> None:
    bullets = LIST(5, LEVEL(0, "bullet", "", "\uf06c"))
    body = p("甲", numbered(0)) + p("乙", numbered(0, 0)) + p("丙", numbered(0, 99)) + p("丁", numbered(77))

    assert lines_of(read(write_xml(body, bullets))) == ["甲", "乙", "丙", "丁"]


def test_what_stands_before_each_paragraph_of_a_list_is_short() -> None:
    bomb = LIST(5, LEVEL(0, "decimal", NOTHING, "%1" + "长" * 1_000_000))

    lines = lines_of(read(write_xml(p("甲", numbered(0)) * 1_000, bomb)))

    assert len(lines) == 1_000
    assert max(map(len, lines)) < 100


def test_a_report_whose_headings_and_labels_are_numbered_by_word_comes_back_whole() -> None:
    def number_all(document: Document) -> None:
        set_numberings(document, CHAPTERS + LIST(6, LEVEL(0, "decimal", NOTHING, "%1.")))
        for paragraph in document.paragraphs:
            if paragraph.text[1:2] == "、":
                number(paragraph, 5, paragraph.text[2:])
        requests = document.tables[-2]
        for row in requests.rows[7:15]:  # 1.属于国家秘密 … 8.属于行政查询事项
            label = next(cell for cell in row.cells if cell.text[1:2] == ".").paragraphs[0]
            number(label, 6, label.text[2:])

    original = originals()["full_2021"]
    (plain,) = interpret(read_bytes(write(original.paper), "report.docx"))

    (report,) = interpret(read_bytes(write(original.paper, number_all), "report.docx"))

    assert cells_of(report) == original.cells
    assert report.cell_list == plain.cell_list
    assert report.section_list == plain.section_list


@pytest.mark.parametrize(
    ("writing", "numbers", "written"),
    [
        ("chineseCountingThousand", (1, 10, 11, 20, 105, 110, 1_010), "一 十 十一 二十 一百〇五 一百一十 一千〇一十"),
        ("ideographDigital", (1, 10, 21), "一 一〇 二一"),
        ("chineseLegalSimplified", (1, 10, 12), "壹 壹拾 壹拾贰"),
        ("ideographTraditional", (1, 10, 11), "甲 癸 11"),
        ("decimalEnclosedCircle", (1, 20, 21), "① ⑳ 21"),
        ("decimalFullWidth", (12,), "１２"),
        ("decimalZero", (3, 12), "03 12"),
        ("upperLetter", (1, 26, 27, 10_000), "A Z AA 10000"),
        ("lowerRoman", (4, 9, 1_994), "iv ix mcmxciv"),
        ("cardinalText", (3,), "3"),
        ("chineseCounting", (0, 10_000, 2**31), "0 10000 2147483648"),
    ],
)
def test_numbers_are_written_as_asked(writing: str, numbers: tuple[int, ...], written: str) -> None:
    assert " ".join(write_number(each, writing) for each in numbers) == written
