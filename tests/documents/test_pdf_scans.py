"""PDF files whose pages are images, or partly so."""

import io
from dataclasses import replace

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from gia_analysis.documents import TableBlock, read_bytes
from gia_analysis.reading import interpret
from gia_analysis.simulation import GridCell
from writers.papers import cells_of, originals
from writers.pdf import FONT, photographed
from writers.scan import CLEAN, Scanner, scan

pytestmark = pytest.mark.ocr


def test_a_scanned_report_has_its_figures_right_or_open() -> None:
    original = originals()["full_2021"]
    scanner = Scanner()

    (report,) = interpret(read_bytes(photographed(scan(original.paper, scanner), scanner.dpi), "scan.pdf"))

    found = {key: value for key, (value, _) in cells_of(report).items() if value is not None}
    printed = {key: value for key, (value, _) in original.cells.items() if value is not None}
    assert found == {key: printed.get(key) for key in found}
    assert len(found) >= 0.95 * len(printed)
    assert (report.facts.form, report.facts.year) == (original.form, original.year)


@pytest.mark.parametrize("text", ["12", "件条"])
def test_what_was_typed_over_a_scanned_form_is_drawn_and_recognised(text: str) -> None:
    """In a font that the file does not carry: the image that is recognised shows it all the same."""
    form = scan(([[GridCell("收到申请"), GridCell("")], [GridCell("办结"), GridCell("")]],), CLEAN)[0]
    registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.drawImage(ImageReader(form), 0, 0, 595, 842)
    canvas.setFont(FONT, 10)
    canvas.drawCentredString(420, 842 - 54 - 13, text)
    canvas.save()

    (block,) = read_bytes(out.getvalue(), "form.pdf").blocks

    assert isinstance(block, TableBlock)
    assert [[cell.text for cell in row] for row in block.rows] == [["收到申请", text], ["办结", ""]]


def test_a_coarse_scan_does_not_become_sharp_by_standing_in_a_pdf() -> None:
    original = originals()["nanyuan_subdistrict_2020"]
    scanner = replace(CLEAN, dpi=90)

    (report,) = interpret(read_bytes(photographed(scan(original.paper, scanner), scanner.dpi), "scan.pdf"))

    assert not [cell for cell in report.cell_list if cell.value is not None]
