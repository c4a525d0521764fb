"""PDF files with ruling lines read as the text does, cell for cell, however their pages are laid out."""

import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.machinery import ModuleSpec, PathFinder
from typing import Any

import numpy as np
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from gia_analysis import Report
from gia_analysis.documents import TableBlock, read_bytes
from gia_analysis.errors import DocumentError
from gia_analysis.forms import get_form
from gia_analysis.reading import interpret
from gia_analysis.simulation import BlankStyle, Paper, compose_report, leave_blank, print_figures, simulate_figures
from writers.papers import cells_of, originals
from writers.pdf import page_of, print_page, write
from writers.raw_pdf import file_of, stream
from writers.raw_pdf import page_of as raw_page

PAGES: Mapping[str, Mapping[str, Any]] = {
    "on wide pages": {},
    "with its own font": {"embedded": True},
    "on high pages": {"wide": False, "valign": "TOP", "align": "RIGHT", "size": 11, "rows_a_page": 10},
    "over pages": {"rows_a_page": 9},
    "over pages with heads and numbers repeated": {"rows_a_page": 9, "repeat_heads": True, "numbered": True},
    "turned by 90": {"rotation": 90},
    "turned by 180": {"rotation": 180},
    "turned by 270": {"rotation": 270},
    "lying on its side": {"rotation": 90, "flagged": False},
    "lying on its other side": {"rotation": 270, "flagged": False},
    "upside down": {"rotation": 180, "flagged": False},
}


def read(data: bytes) -> Report:
    reports = interpret(read_bytes(data, "report.pdf"))
    assert len(reports) == 1
    return reports[0]


@pytest.mark.parametrize("pages", PAGES)
@pytest.mark.parametrize("name", originals())
def test_a_ruled_report_reads_back_cell_for_cell(name: str, pages: str) -> None:
    original = originals()[name]

    report = read(write(original.paper, **PAGES[pages]))

    assert cells_of(report) == original.cells
    facts = report.facts
    assert (facts.form, facts.year, facts.agency) == (original.form, original.year, original.agency)


@pytest.mark.browser
@pytest.mark.parametrize("name", originals())
def test_a_page_printed_by_a_browser_reads_back_cell_for_cell(name: str) -> None:
    original = originals()[name]

    report = read(print_page(page_of(original.paper)))

    assert cells_of(report) == original.cells
    facts = report.facts
    assert (facts.form, facts.year, facts.agency) == (original.form, original.year, original.agency)


@pytest.mark.parametrize("style", ["zeros", "zero_rows_blank", "every_zero_blank", "only_totals"])
@pytest.mark.parametrize(("form", "year"), [("2014", 2017), ("2019", 2020), ("2021", 2022)])
def test_every_form_in_every_blank_style_reads_back(form: str, year: int, style: BlankStyle) -> None:
    for seed in range(3):
        figures = simulate_figures(get_form(form), np.random.default_rng(seed), size="large")
        printed = print_figures(figures, style)
        paper = compose_report(get_form(form), printed, agency="云山市教育局", year=year)

        report = read(write(paper, rows_a_page=11, repeat_heads=seed == 1))

        read_back = {(cell.table, cell.row, cell.col): cell.value for cell in report.cell_list}
        assert read_back == leave_blank(figures, style)


RADICALS = str.maketrans({unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)})


@pytest.mark.parametrize("embedded", [True, False])
@pytest.mark.parametrize("name", ["full_2021", "2020-tongji-subdistrict"])
def test_radicals_in_place_of_characters_are_read_as_the_characters(name: str, embedded: bool) -> None:
    """Many programs that make PDF files write ⾏政 for 行政, which looks the same."""
    original = originals()[name]
    paper = in_radicals(original.paper)
    assert paper != original.paper

    report = read(write(paper, embedded=embedded))

    assert cells_of(report) == original.cells
    assert (report.facts.form, report.facts.year, report.facts.agency) == (
        original.form,
        original.year,
        original.agency,
    )


def in_radicals(paper: Paper) -> Paper:
    """Return a paper with the radicals in place of the characters that look like them."""
    return tuple(
        part.translate(RADICALS)
        if isinstance(part, str)
        else [[replace(cell, text=cell.text.translate(RADICALS)) for cell in row] for row in part]
        for part in paper
    )


def test_a_table_over_pages_is_one_and_its_cells_know_their_pages() -> None:
    paper = originals()["full_2021"].paper
    document = read_bytes(write(paper, rows_a_page=9), "report.pdf")

    tables = [block for block in document.blocks if isinstance(block, TableBlock)]
    requests = max(tables, key=lambda table: len(table.rows))

    assert len(tables) == 6
    pages = [row[0].page for row in requests.rows]
    assert requests.page == pages[0]
    assert pages == sorted(pages) and len(set(pages)) == 4


def test_text_outside_tables_comes_without_page_numbers_and_running_heads() -> None:
    document = read_bytes(write(originals()["full_2021"].paper, numbered=True), "report.pdf")

    lines = [line for block in document.blocks if not isinstance(block, TableBlock) for line in block.lines]

    assert "一、总体情况" in lines
    assert not [line for line in lines if line.startswith("- ") or line == "模拟区政府信息公开"]


def test_a_file_encrypted_without_a_password_is_read() -> None:

    original = originals()["full_2021"]

    report = read(write(original.paper, encrypt=StandardEncryption("", "owner", canPrint=0, canCopy=0)))

    assert cells_of(report) == original.cells


def test_a_file_locked_with_a_password_says_so() -> None:
    with pytest.raises(DocumentError, match="locked with a password"):
        read_bytes(write(originals()["full_2021"].paper, encrypt="secret"), "report.pdf")


def test_a_file_without_text_says_so() -> None:
    with pytest.raises(DocumentError, match="1 pages and no text"):
        read_bytes(raw_page(b""), "empty.pdf")


HELVETICA = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"


def texts_of(
    content: bytes, resources: str = HELVETICA, more: Mapping[int, bytes | str] | None = None
) -> list[list[str]]:
    """Return the cells of the one table on a page, or its lines, each as a row of one."""
    (block,) = read_bytes(raw_page(content, resources, more), "page.pdf").blocks
    if isinstance(block, TableBlock):
        return [[cell.text for cell in row] for row in block.rows]
    return [[line] for line in block.lines]


GRID = b"".join(b"100 %d 300 100 re S " % y for y in (500, 600)) + b"200 500 m 200 700 l S 300 500 m 300 700 l S "


def test_one_run_of_text_over_a_row_is_parted_at_the_lines() -> None:
    row = "({:28}{:28}{:28}) Tj"
    first, second = row.format("one", "two", "three"), row.format("1", "22", "333")
    text = f"BT /F1 12 Tf 110 640 Td {first} 0 -100 Td {second} ET".encode()

    assert texts_of(GRID + text) == [["one", "two", "three"], ["1", "22", "333"]]


def test_digits_that_touch_over_a_line_are_parted_there() -> None:
    text = b"BT /F1 24 Tf 160 640 Td (123456) Tj ET"

    rows = texts_of(GRID + text)

    assert rows[0][0] + rows[0][1] == "123456"
    assert rows[0][0] in ("123", "12", "1234")


def test_text_printed_twice_to_look_bold_counts_once() -> None:
    text = b"BT /F1 12 Tf 110 640 Td (12) Tj 0.3 0 Td (12) Tj 90 0 Td (11) Tj ET"

    assert texts_of(GRID + text)[0] == ["12", "11", ""]


def test_a_number_broken_in_a_narrow_cell_is_one_number() -> None:
    narrow = b"100 500 40 100 re S 140 500 40 100 re S "
    text = b"BT /F1 12 Tf 104 560 Td (12,) Tj 0 -14 Td (345) Tj 40 14 Td (x) Tj ET"

    assert texts_of(narrow + text) == [["12,345", "x"]]


def test_a_dash_at_the_end_of_a_line_stays_a_dash() -> None:
    text = b"BT /F1 12 Tf 110 640 Td (7) Tj 100 0 Td (-) Tj 0 -100 Td (-) Tj ET"

    assert texts_of(GRID + text) == [["7", "-", ""], ["", "-", ""]]


def test_lines_and_text_in_a_form_stand_where_its_matrix_puts_them() -> None:

    inside = GRID + b"BT /F1 12 Tf 110 640 Td (a) Tj 100 0 Td (b) Tj 100 -100 Td (c) Tj ET"
    form = stream(
        inside,
        f"/Type /XObject /Subtype /Form /BBox [0 0 900 900] /Matrix [0.5 0 0 0.5 60 100] /Resources << {HELVETICA} >>",
    )

    rows = texts_of(b"q 1 0 0 1 10 20 cm /X Do Q", "/XObject << /X 5 0 R >>", {5: form})

    assert rows == [["a", "b", ""], ["", "", "c"]]


def test_lines_drawn_as_thin_filled_bars_make_a_grid() -> None:
    bars = b"".join(b"100 %d 300 0.7 re f " % y for y in (500, 600, 700))
    bars += b"".join(b"%d 500 0.7 200 re f " % x for x in (100, 250, 400))
    text = b"BT /F1 12 Tf 110 640 Td (a) Tj 200 -100 Td (b) Tj ET"

    assert texts_of(bars + text) == [["a", ""], ["", "b"]]


def test_dashed_lines_make_a_grid() -> None:
    dashes = b"".join(b"%d %d 2 0.5 re f " % (x, y) for y in (500, 600, 700) for x in range(100, 402, 4))
    dashes += b"".join(b"%d %d 0.5 2 re f " % (x, y) for x in (100, 250, 400) for y in range(500, 702, 4))
    text = b"BT /F1 12 Tf 110 640 Td (a) Tj 200 -100 Td (b) Tj ET"

    assert texts_of(dashes + text) == [["a", ""], ["", "b"]]


def test_characters_that_the_file_does_not_name_are_never_taken_for_figures() -> None:
    """A font without names for its glyphs: their numbers are no characters."""
    font = "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Odd /Encoding /Identity-H /DescendantFonts [6 0 R] >>"
    descendant = (
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Odd /DW 500 /FontDescriptor 7 0 R "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    descriptor = (
        "<< /Type /FontDescriptor /FontName /ABCDEF+Odd /Flags 4 /FontBBox [0 0 500 700] /ItalicAngle 0 /Ascent 700 "
        "/Descent 0 /CapHeight 700 /StemV 80 >>"
    )
    text = b"BT /F1 12 Tf 110 640 Td <00310032> Tj ET"

    rows = texts_of(GRID + text, "/Font << /F1 5 0 R >>", {5: font, 6: descendant, 7: descriptor})

    assert not any(character.isdigit() for row in rows for text in row for character in text)


def test_text_outside_the_page_is_none() -> None:
    text = b"BT /F1 12 Tf 110 640 Td (seen) Tj 0 9000 Td (unseen) Tj ET"

    assert texts_of(text) == [["seen"]]


def test_title_and_author_of_the_file_are_its_properties() -> None:

    data = file_of(
        {
            1: "<< /Type /Catalog /Pages 2 0 R >>",
            2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 500] /Contents 4 0 R /Resources << {HELVETICA} >> >>",
            4: stream(b"BT /F1 12 Tf 110 240 Td (text) Tj ET"),
            5: "<< /Title <FEFF4E918C31> /Author (Bureau) >>",
        },
        trailer="/Info 5 0 R ",
    )

    assert read_bytes(data, "page.pdf").properties == (("Title", "云谱"), ("Author", "Bureau"))


SCAN = "/XObject << /I 5 0 R >> " + HELVETICA
IMAGE = stream(b"\xff", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8")
FIGURES = b"110 640 Td (12) Tj 100 0 Td (345) Tj ET"


class Hiding:
    """Finds the modules that Python finds, but none of what recognises text in images."""

    names = ("rapidocr", "onnxruntime")

    @classmethod
    def hides(cls, module: str) -> bool:
        return module.partition(".")[0] in cls.names

    @classmethod
    def find_spec(cls, name: str, path: Sequence[str] | None = None, target: Any = None) -> ModuleSpec | None:
        return None if cls.hides(name) else PathFinder.find_spec(name, path, target)


@pytest.fixture
def without_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine that lacks what recognises text in images."""
    for name in filter(Hiding.hides, list(sys.modules)):
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Hiding if finder is PathFinder else finder for finder in sys.meta_path])


@pytest.mark.usefixtures("without_recognition")
def test_a_file_that_is_only_an_image_says_what_to_install() -> None:
    with pytest.raises(DocumentError, match="install"):
        read_bytes(raw_page(b"595 0 0 842 0 0 cm /I Do", SCAN, {5: IMAGE}), "scan.pdf")


@pytest.mark.usefixtures("without_recognition")
def test_unseen_text_over_an_image_is_kept_but_not_trusted() -> None:
    content = GRID + b"BT 3 Tr /F1 12 Tf " + FIGURES + b" q 595 0 0 842 0 0 cm /I Do Q"

    (block,) = read_bytes(raw_page(content, SCAN, {5: IMAGE}), "scan.pdf").blocks

    assert isinstance(block, TableBlock)
    assert [(cell.text, cell.confidence) for cell in block.rows[0][:2]] == [("12", 0.5), ("345", 0.5)]


def test_text_over_an_image_that_fills_the_page_is_text() -> None:
    words = b"".join(
        b"1 0 0 1 50 %d Tm (some words of a text over a picture) Tj " % (700 - 20 * line) for line in range(9)
    )
    content = b"q 595 0 0 842 0 0 cm /I Do Q BT /F1 12 Tf " + words + b"ET"

    (block,) = read_bytes(raw_page(content, SCAN, {5: IMAGE}), "scan.pdf").blocks

    assert len(block.lines) == 9  # type: ignore[union-attr]
