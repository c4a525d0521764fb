"""Fonts that a PDF file does not carry: its text is read with a font of marks, its pages are drawn with one of shapes."""

import io
from collections.abc import Callable
from ctypes import string_at

import numpy as np
import pypdfium2_raw as pdfium
import pytest
from fontTools.ttLib import TTFont

from gia_analysis.documents import TextBlock, read_bytes
from gia_analysis.documents.pdf.fonts import Font, use
from gia_analysis.documents.pdf.marks import marks
from gia_analysis.simulation import Paper
from writers.papers import originals
from writers.pdf import page_of, print_page, write
from writers.raw_pdf import page_of as raw_page

MANY = "条件⾏⺠㐂〇、（一）：％０Ａ“”—…①⑩㈠─│┌→□■Ωжáéㄅアー々〆12,345.67-/kg"
CHINESE = ("SimSun", "SimSun,Bold", "SimHei", "FangSong_GB2312", "KaiTi", "#B7#C2#CB#CE", "STSong-Light", "Unheard")
OTHERS = {  # name of a font, collection of characters, encoding in the file and in Python
    "MingLiU": ("CNS1", "ETen-B5-H", "big5"),
    "MS-Gothic": ("Japan1", "90ms-RKSJ-H", "shift-jis"),
    "Batang": ("Korea1", "KSC-EUC-H", "euc-kr"),
}


def page_with(name: str, text: str, ordering: str = "GB1", encoding: str = "UniGB-UCS2-H", codec: str = "utf-16-be") -> bytes:  # fmt: skip
    """Return a page with a text in a font that is not in the file."""
    font = f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /{encoding} /DescendantFonts [6 0 R] >>"
    descendant = (
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /DW 1000 /FontDescriptor 7 0 R "
        f"/CIDSystemInfo << /Registry (Adobe) /Ordering ({ordering}) /Supplement 2 >> >>"
    )
    descriptor = (
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 "
        "/Descent -120 /CapHeight 700 /StemV 80 >>"
    )
    content = f"BT /F1 12 Tf 20 640 Td <{text.encode(codec).hex()}> Tj ET".encode()
    return raw_page(content, "/Font << /F1 5 0 R >>", {5: font, 6: descendant, 7: descriptor})


Placed = list[tuple[str, tuple[float, ...]]]


def characters_of(data: bytes, font: Font) -> Placed:
    """Return the characters of a file and their boxes, with a font in place of those that it lacks."""
    placed: Placed = []
    box = pdfium.FS_RECTF()
    with use(font):
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        for number in range(pdfium.FPDF_GetPageCount(document)):
            page = pdfium.FPDF_LoadPage(document, number)
            text = pdfium.FPDFText_LoadPage(page)
            for index in range(pdfium.FPDFText_CountChars(text)):
                if pdfium.FPDFText_IsGenerated(text, index):
                    continue  # a blank or a new line, which PDFium adds where it sees fit
                pdfium.FPDFText_GetLooseCharBox(text, index, box)
                character = chr(pdfium.FPDFText_GetUnicode(text, index))
                placed.append((character, (box.left, box.right, box.bottom, box.top)))
            pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(page)
        pdfium.FPDF_CloseDocument(document)
    return placed


@pytest.mark.parametrize("name", originals())
def test_characters_stand_where_a_font_with_shapes_puts_them(name: str) -> None:
    """But for the ink of some shapes, which reaches out of the place of its character by less than a fifth of its size."""
    size = 9
    data = write(originals()[name].paper, size=size)

    found, expected = characters_of(data, Font.MARKS), characters_of(data, Font.SHAPES)

    assert [character for character, _ in found] == [character for character, _ in expected]
    apart = np.abs(np.array([box for _, box in found]) - np.array([box for _, box in expected])).max(axis=0)
    assert apart.max() < 0.2 * size


@pytest.mark.parametrize(
    "make",
    [
        lambda paper: write(paper, embedded=True),
        pytest.param(lambda paper: print_page(page_of(paper)), marks=pytest.mark.browser),
    ],
    ids=["reportlab", "browser"],
)
def test_a_file_with_its_own_fonts_reads_the_same_with_any(make: Callable[[Paper], bytes]) -> None:
    data = make(originals()["full_2021"].paper)

    assert characters_of(data, Font.MARKS) == characters_of(data, Font.SHAPES)


@pytest.mark.parametrize("name", CHINESE)
def test_no_character_of_a_font_that_is_not_in_the_file_is_lost(name: str) -> None:
    assert text_of(page_with(name, MANY)) == MANY


@pytest.mark.parametrize("character", "条件一、１①⾏㐂—0")
def test_a_character_alone_is_not_lost(character: str) -> None:
    assert text_of(page_with("SimSun", character)) == character


@pytest.mark.parametrize("name", OTHERS)
def test_fonts_of_other_scripts_are_read_too(name: str) -> None:
    ordering, encoding, codec = OTHERS[name]

    assert text_of(page_with(name, "條件一（二）0123", ordering, encoding, codec)) == "條件一（二）0123"


def text_of(data: bytes) -> str:
    (block,) = read_bytes(data, "page.pdf").blocks
    assert isinstance(block, TextBlock)
    return "".join(block.lines).replace(" ", "")


def test_the_font_of_marks_has_the_same_glyph_for_every_character() -> None:
    font = TTFont(io.BytesIO(marks()))
    glyphs = font.getBestCmap()

    assert len(marks()) < 1000
    assert set(glyphs.values()) == {font.getGlyphOrder()[1]}
    assert all(code in glyphs for code in range(0x20, 0x32000) if not 0xD800 <= code < 0xE000)
    assert font["glyf"][font.getGlyphOrder()[1]].numberOfContours == 1


def test_pages_are_drawn_with_shapes() -> None:
    """Whoever draws a page in the same process sees characters, before and after a file is read."""
    one, other = (page_with("SimSun", character) for character in "一国")

    before = drawn(one)
    read_bytes(other, "page.pdf")

    assert drawn(one) == before
    assert drawn(other) != before
    with use(Font.MARKS):
        assert drawn(other) == drawn(one) != before


def drawn(data: bytes) -> bytes:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    page = pdfium.FPDF_LoadPage(document, 0)
    bitmap = pdfium.FPDFBitmap_Create(595, 842, 0)
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, 595, 842, 0xFFFFFFFF)
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, 595, 842, 0, 0)
    pixels = string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), 842 * pdfium.FPDFBitmap_GetStride(bitmap))
    pdfium.FPDFBitmap_Destroy(bitmap)
    pdfium.FPDF_ClosePage(page)
    pdfium.FPDF_CloseDocument(document)
    return pixels
