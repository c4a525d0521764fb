"""OFD: every report comes back cell for cell from what two kinds of producers draw; and each way of drawing is read."""

import io
from collections.abc import Sequence
from datetime import date
from typing import get_args

import numpy as np
import pytest

from documents.contents import lines_of, tables_of
from gia_analysis.documents import read_bytes
from gia_analysis.documents.ofd import read
from gia_analysis.errors import DocumentError
from gia_analysis.forms import Form, forms
from gia_analysis.reading import interpret
from gia_analysis.report import Report
from gia_analysis.schema import Kind, Status
from gia_analysis.simulation import BlankStyle, compose_report, leave_blank, print_figures, print_grid, simulate_figures
from writers.examples import full_2021
from writers.ofd import Style, pack, page, write
from writers.papers import AGENCY, Original, cells_of, originals
from writers.scan import CLEAN, scan

FORMS = [form for form in forms().values() if form.tables]
STYLES: Sequence[Style] = get_args(Style)


def report_of(data: bytes) -> Report:
    (report,) = interpret(read_bytes(data, "report"))
    return report


def text(x: float, y: float, codes: str, *, size: float = 4, more: str = "") -> str:
    return f'<ofd:TextObject ID="9" Boundary="{x} {y} 100 6" Font="3" Size="{size}" {more}>{codes}</ofd:TextObject>'


def path(data: str, *, boundary: str = "0 0 297 210", more: str = "") -> str:
    return (
        f'<ofd:PathObject ID="8" Boundary="{boundary}" LineWidth="0.2" {more}>'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def table(texts: Sequence[Sequence[str]], *, more: str = "") -> str:
    """Return the drawing of a table of 40 by 10 millimetre cells at 20, 20."""
    rows, columns = len(texts), len(texts[0])
    lines = [f"M 20 {20 + 10 * row} L {20 + 40 * columns} {20 + 10 * row}" for row in range(rows + 1)]
    lines += [f"M {20 + 40 * column} 20 L {20 + 40 * column} {20 + 10 * rows}" for column in range(columns + 1)]
    cells = [
        text(22 + 40 * column, 22 + 10 * row, f'<ofd:TextCode X="0" Y="4" DeltaX="g 30 4">{cell}</ofd:TextCode>')
        for row, line in enumerate(texts)
        for column, cell in enumerate(line)
        if cell
    ]
    return path(" ".join(lines), more=more) + "".join(cells)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("original", originals().values(), ids=lambda original: original.name)
def test_a_report_comes_back_cell_for_cell(original: Original, style: Style) -> None:
    report = report_of(write(original.paper, style))

    assert cells_of(report) == original.cells
    assert (report.form, report.year, report.agency) == (original.form, original.year, original.agency)
    assert (report.facts.status, report.facts.format) == (Status.OK, "ofd")


@pytest.mark.parametrize("style", get_args(BlankStyle))
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_form_comes_back_with_every_manner_of_leaving_blank(form: Form, style: BlankStyle) -> None:
    for seed, drawn in enumerate(STYLES):
        figures = simulate_figures(form, np.random.default_rng(seed), size="small")
        paper = compose_report(form, print_figures(figures, style), agency=AGENCY, year=2020)

        report = report_of(write(paper, drawn))

        expected = {
            key: (v, Kind.BLANK if v is None else Kind.NUMBER) for key, v in leave_blank(figures, style).items()
        }
        assert cells_of(report) == expected
        assert (report.form, report.year, report.agency) == (form.id, 2020, AGENCY)


def test_figures_know_the_page_they_stand_on() -> None:
    report = report_of(write(originals()["full_2021"].paper))

    pages = [cell.page for cell in report.cell_list]
    assert pages == sorted(pages, key=lambda page: page or 0) and len(set(pages)) > 1 and None not in pages


@pytest.mark.parametrize(
    "codes",
    [
        '<ofd:TextCode X="0" Y="4" DeltaX="4 4 4 4">政府信息。</ofd:TextCode>',
        '<ofd:TextCode X="0" Y="4" DeltaX="g 4 4">政府信息。</ofd:TextCode>',
        '<ofd:TextCode X="0" Y="4" DeltaX="4 g 2 4 4">政府信息。</ofd:TextCode>',
        '<ofd:TextCode X="0" Y="4">政府信息。</ofd:TextCode>',
        '<ofd:TextCode X="0" Y="4" DeltaX="4">政府</ofd:TextCode><ofd:TextCode X="8" DeltaX="4 4">信息。</ofd:TextCode>',
        '<ofd:TextCode X="8" Y="4" DeltaX="4 4">信息。</ofd:TextCode><ofd:TextCode X="0" DeltaX="4">政府</ofd:TextCode>',
        "<ofd:CGTransform CodePosition='0' CodeCount='1' GlyphCount='1'><ofd:Glyphs>4460</ofd:Glyphs></ofd:CGTransform>"
        '<ofd:TextCode X="0" Y="4" DeltaX="g 4 4">政府信息。</ofd:TextCode>',
    ],
)
def test_characters_stand_where_their_steps_say(codes: str) -> None:
    assert lines_of(read(pack([page(text(20, 20, codes))]))) == ["政府信息。"]


def test_characters_that_xml_cannot_hold_are_escaped() -> None:
    codes = '<ofd:TextCode X="0" Y="4" DeltaX="g 4 2">a\\0020b增\\减</ofd:TextCode>'

    assert lines_of(read(pack([page(text(20, 20, codes))]))) == ["a b增\\减"]


def test_text_is_brought_to_its_place_by_its_matrix() -> None:
    """As drivers of printers write it: far from its boundary, brought back by the matrix."""
    codes = '<ofd:TextCode X="324.419" Y="-303.723" DeltaX="14.749">公开</ofd:TextCode>'
    object_ = (
        '<ofd:TextObject ID="1" CTM="0.3527 0 0 0.3527 -114.4226 111.3523" Boundary="60 40 12 5" Font="3" Size="14.749">'
        f"{codes}</ofd:TextObject>"
    )
    grid = path("M 50 30 L 100 30 M 50 50 L 100 50 M 50 70 L 100 70 M 50 30 L 50 70 M 100 30 L 100 70")

    assert tables_of(read(pack([page(grid + object_)]))) == [[["公开"], [""]]]


@pytest.mark.parametrize(
    "drawn",
    [
        table([["甲", "乙"], ["1", ""]]),
        f'<ofd:PageBlock ID="5"><ofd:PageBlock ID="6">{table([["甲", "乙"], ["1", ""]])}</ofd:PageBlock></ofd:PageBlock>',
    ],
)
def test_lines_make_tables_with_their_blanks(drawn: str) -> None:
    assert tables_of(read(pack([page(drawn)]))) == [[["甲", "乙"], ["1", ""]]]


def test_frames_of_cells_and_thin_bars_are_lines_and_shades_are_none() -> None:
    frames = "".join(
        path(f"M {x} {y} L {x + 40} {y} L {x + 40} {y + 10} L {x} {y + 10} C") for x in (20, 60) for y in (20, 30)
    )
    bars = "".join(
        path(f"M 0 0 L {w} 0 L {w} {h} L 0 {h} C", boundary=f"{x} {y} {w} {h}", more='Stroke="false" Fill="true"')
        for x, y, w, h in [(20, y, 80, 0.2) for y in (20, 30, 40)] + [(x, 20, 0.2, 20) for x in (20, 60, 100)]
    )
    shade = path("M 0 0 L 80 0 L 80 15 L 0 15 C", boundary="20 20 80 15", more='Stroke="false" Fill="true"')
    words = table([["甲", "乙"], ["1", ""]]).partition("</ofd:PathObject>")[2]

    for drawn in (frames, bars, shade + frames):
        assert tables_of(read(pack([page(drawn + words)]))) == [[["甲", "乙"], ["1", ""]]]


@pytest.mark.parametrize("more", ['Stroke="false"', 'Visible="false"'])
def test_lines_that_are_not_drawn_make_no_table(more: str) -> None:
    assert tables_of(read(pack([page(table([["甲", "乙"], ["1", ""]], more=more))]))) == []


def test_a_page_on_its_side_is_read_upright() -> None:
    """The page is upright and its text runs downwards, as a wide table is often printed."""
    upright = "<ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>"
    turned = '<ofd:CompositeObject ID="7" ResourceID="50" CTM="0 1 -1 0 210 0" Boundary="0 0 210 297"/>'
    unit = f'<ofd:CompositeGraphicUnit ID="50" Width="297" Height="210"><ofd:Content>{table([["甲", "乙"], ["1", ""]])}'
    resources = (
        f"<ofd:CompositeGraphicUnits>{unit}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )

    assert tables_of(read(pack([page(turned, area=upright)], resources=resources))) == [[["甲", "乙"], ["1", ""]]]


def test_a_template_is_part_of_each_page_that_uses_it() -> None:
    used = '<ofd:Template TemplateID="900" ZOrder="Background"/>'
    frame = table([["", ""], ["", ""]])
    words = table([["甲", "乙"], ["1", ""]]).partition("</ofd:PathObject>")[2]

    other = text(20, 60, '<ofd:TextCode X="0" Y="4">无。</ofd:TextCode>')
    content = read(pack([page(words, used=used), page(other)], template=page(frame)))

    assert tables_of(content) == [[["甲", "乙"], ["1", ""]]]
    assert lines_of(content) == ["无。"]


def test_watermarks_seals_and_attachments_are_no_text() -> None:
    words = text(20, 20, '<ofd:TextCode X="0" Y="4">正文。</ofd:TextCode>')
    mark = text(60, 20, '<ofd:TextCode X="0" Y="4">内部资料</ofd:TextCode>', more='CTM="0.7 0.7 -0.7 0.7 0 0"')
    seal = page(text(90, 20, '<ofd:TextCode X="0" Y="4">公章</ofd:TextCode>'))

    data = pack(
        [page(words + mark)], extra={"Doc_0/Annots/Page_0/Annot_0.xml": seal.encode(), "Doc_0/Attachs/a.txt": b"a"}
    )

    assert lines_of(read(data)) == ["正文。"]


def test_all_documents_of_a_file_are_read() -> None:
    words = text(20, 20, '<ofd:TextCode X="0" Y="4">其一。</ofd:TextCode>')
    other = text(20, 20, '<ofd:TextCode X="0" Y="4">其二。</ofd:TextCode>')
    names = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    entry = (
        f"<ofd:OFD {names}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        "<ofd:DocBody><ofd:DocRoot>/Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )
    second = f'<ofd:Document {names}><ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages></ofd:Document>'
    extra = {"OFD.xml": entry.encode(), "Doc_1/Document.xml": second.encode(), "Doc_1/P.xml": page(other).encode()}

    content = read(pack([page(words)], extra=extra))

    assert lines_of(content) == ["其一。", "其二。"]
    assert [block.page for block in content.blocks] == [1, 2]


@pytest.mark.parametrize(
    "location",
    [
        "Pages/Page_0/Content.xml",
        "/Doc_0/Pages/Page_0/Content.xml",
        "./Pages/../Pages/Page_0/Content.xml",
        "Doc_0/Pages/Page_0/Content.xml",
        "Pages\\Page_0\\Content.xml",
    ],
)
def test_parts_are_found_however_their_place_is_written(location: str) -> None:
    names = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    document = f'<ofd:Document {names}><ofd:Pages><ofd:Page ID="1" BaseLoc="{location}"/></ofd:Pages></ofd:Document>'
    words = page(text(20, 20, '<ofd:TextCode X="0" Y="4">正文。</ofd:TextCode>'))

    assert lines_of(read(pack([words], extra={"Doc_0/Document.xml": document.encode()}))) == ["正文。"]


def test_a_page_that_is_missing_is_told_and_the_others_are_read() -> None:
    words = page(text(20, 20, '<ofd:TextCode X="0" Y="4">正文。</ofd:TextCode>'))

    content = read(pack([words, words], extra={"Doc_0/Pages/Page_1/Content.xml": b"<ofd:Page"}))

    assert lines_of(content) == ["正文。"]
    assert content.unread_pages == (2,)


def test_what_the_file_says_of_itself_is_kept() -> None:
    words = page(text(20, 20, '<ofd:TextCode X="0" Y="4">正文。</ofd:TextCode>'))

    assert dict(read(pack([words])).properties) == {"Title": "年度报告"}


def test_an_encrypted_document_says_so() -> None:
    with pytest.raises(DocumentError, match="encrypted"):
        read(pack([page("")], extra={"Encryptions.xml": b"<ofd:Encryptions/>"}))


def test_a_document_without_text_says_so() -> None:
    with pytest.raises(DocumentError, match="no text"):
        read(pack([page(path("M 0 0 L 10 0"))]))


def scanned(image: bytes, *, width: float = 297, height: float = 210) -> bytes:
    """Return a document whose one page is an image."""
    shown = f'<ofd:ImageObject ID="4" CTM="{width} 0 0 {height} 0 0" Boundary="0 0 {width} {height}" ResourceID="60"/>'
    medium = '<ofd:MultiMedia ID="60" Type="Image"><ofd:MediaFile>scan.png</ofd:MediaFile></ofd:MultiMedia>'
    medium = f"<ofd:MultiMedias>{medium}</ofd:MultiMedias>"
    return pack([page(shown)], resources=medium, extra={"Doc_0/Res/scan.png": image})


def test_a_page_that_is_an_image_which_cannot_be_opened_says_so() -> None:
    with pytest.raises(DocumentError, match="cannot be opened"):
        read(scanned(b"\x89PNG\r\n\x1a\nnothing"))


def test_text_without_colour_is_not_read_unless_it_is_that_of_a_scan() -> None:
    """A scan with the text that some program recognised in it: nobody knows how sure that was."""
    words = text(20, 20, '<ofd:FillColor Alpha="0"/><ofd:TextCode X="0" Y="4">正文。</ofd:TextCode>')
    seen = text(20, 40, '<ofd:TextCode X="0" Y="4">可见。</ofd:TextCode>')
    shown = '<ofd:ImageObject ID="4" CTM="297 0 0 210 0 0" Boundary="0 0 297 210" ResourceID="60"/>'

    assert lines_of(read(pack([page(words + seen)]))) == ["可见。"]
    assert lines_of(read(pack([page(shown + words)]))) == ["正文。"]


def test_a_page_of_characters_without_meaning_says_so() -> None:
    codes = f'<ofd:TextCode X="0" Y="4" DeltaX="g 30 4">{chr(0xE001) * 9}</ofd:TextCode>'

    with pytest.raises(DocumentError, match="does not say what they are"):
        read(pack([page(text(20, 20, codes))]))


def test_what_is_drawn_outside_the_page_is_not_read() -> None:
    inside, outside = (text(x, 20, '<ofd:TextCode X="0" Y="4">文</ofd:TextCode>') for x in (20, 400))

    assert lines_of(read(pack([page(inside + outside)]))) == ["文"]


@pytest.mark.ocr
def test_a_scan_in_strips_is_recognised_as_one_page() -> None:
    form, printed = full_2021()
    licensing = {key: figure for key, figure in printed.items() if key[0] == "art20_5"}
    (picture,) = scan((print_grid(form.table("art20_5"), licensing, AGENCY, 2021, date(2022, 1, 20)),), CLEAN)
    half = picture.width // 2
    strips = [picture.crop((0, 0, half, picture.height)), picture.crop((half, 0, picture.width, picture.height))]
    objects, media, parts = "", "", {}
    for number, (strip, left) in enumerate(zip(strips, (0, 105), strict=True)):
        stream = io.BytesIO()
        strip.save(stream, "PNG")
        parts[f"Doc_0/Res/{number}.png"] = stream.getvalue()
        media += f'<ofd:MultiMedia ID="{number}"><ofd:MediaFile>{number}.png</ofd:MediaFile></ofd:MultiMedia>'
        objects += f'<ofd:ImageObject ResourceID="{number}" CTM="105 0 0 297 0 0" Boundary="{left} 0 105 297"/>'
    area = "<ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area>"

    content = read(
        pack([page(objects, area=area)], resources=f"<ofd:MultiMedias>{media}</ofd:MultiMedias>", extra=parts)
    )

    assert tables_of(content)[0][-1][:2] == ["行政许可", "11398889"]


@pytest.mark.ocr
def test_a_page_that_is_an_image_is_recognised() -> None:
    form, printed = full_2021()
    licensing = {key: figure for key, figure in printed.items() if key[0] == "art20_5"}
    (picture,) = scan((print_grid(form.table("art20_5"), licensing, AGENCY, 2021, date(2022, 1, 20)),), CLEAN)
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    millimetres = 25.4 / CLEAN.dpi

    content = read(scanned(stream.getvalue(), width=picture.width * millimetres, height=picture.height * millimetres))

    assert tables_of(content)[0][-1][:2] == ["行政许可", "11398889"]
