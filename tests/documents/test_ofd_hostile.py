"""Hostile and broken OFD files are refused by the reader itself, or read without harm, within bounds of time and memory."""

import random

import pytest

from documents.bounds import read_bounded, refusal
from documents.contents import lines_of
from gia_analysis.documents.ofd import read
from gia_analysis.errors import DocumentError
from gia_analysis.schema import Status
from writers.ofd import pack, page, write
from writers.papers import cells_of, originals

NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'
WORDS = '<ofd:TextObject ID="1" Boundary="20 20 90 6" Font="3" Size="4"><ofd:TextCode X="0" Y="4">正文。</ofd:TextCode></ofd:TextObject>'


def text(steps: str, words: str = "正文。") -> str:
    return WORDS.replace('Y="4"', f'Y="4" DeltaX="{steps}"').replace("正文。", words)


def document(pages: str, common: str = "") -> bytes:
    return f"<ofd:Document {NAMES}><ofd:CommonData>{common}</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages></ofd:Document>".encode()


@pytest.mark.parametrize(
    "steps", ["g 1000000000 4", "g 1e300 4", "g -5 4", "g 3", "g", "x", "1e400 nan", "g 3 inf", "4 " * 2_000_000]
)
def test_steps_are_read_no_further_than_there_are_characters(steps: str) -> None:
    assert lines_of(read(pack([page(text(steps))])))


def test_a_million_objects_are_refused() -> None:
    assert "drawn objects" in refusal(pack([page("<ofd:TextObject/>" * 1_000_000)]))


def test_a_million_objects_over_many_pages_are_refused() -> None:
    content = page("<ofd:TextObject/>" * 100_000)

    assert "drawn objects" in refusal(pack([content] * 8))


def test_a_million_lines_are_refused() -> None:
    lines = "".join(f"M {at % 290} {at % 200} L {at % 290 + 5} {at % 200} " for at in range(1_000))
    path = f'<ofd:PathObject Boundary="0 0 297 210"><ofd:AbbreviatedData>{lines}</ofd:AbbreviatedData></ofd:PathObject>'

    assert "on a page" in refusal(pack([page(path * 1_000)]))


def test_a_million_characters_on_a_page_are_refused() -> None:
    assert "characters on a page" in refusal(pack([page(text("g 9 4", "字" * 10_000) * 100)]))


def test_more_pages_than_are_read_are_refused() -> None:
    pages = '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>' * 1_001

    assert "pages" in refusal(pack([page(WORDS)], extra={"Doc_0/Document.xml": document(pages)}))


@pytest.mark.parametrize(
    "location", ["../../../../etc/passwd", "/etc/passwd", "/../../etc/passwd", "file:///etc/passwd", "", "."]
)
def test_a_place_outside_the_archive_is_no_part_of_it(location: str) -> None:
    pages = f'<ofd:Page ID="1" BaseLoc="{location}"/>'

    assert "has no part" in refusal(pack([page(WORDS)], extra={"Doc_0/Document.xml": document(pages)}))


def test_an_image_or_resource_outside_the_archive_is_not_opened() -> None:
    shown = '<ofd:ImageObject ID="4" CTM="297 0 0 210 0 0" Boundary="0 0 297 210" ResourceID="60"/>'
    medium = '<ofd:MultiMedia ID="60"><ofd:MediaFile>../../../../etc/passwd</ofd:MediaFile></ofd:MultiMedia>'

    assert "has no part" in refusal(pack([page(shown)], resources=f"<ofd:MultiMedias>{medium}</ofd:MultiMedias>"))


def test_drawings_that_hold_themselves_are_refused() -> None:
    inside = '<ofd:CompositeObject ID="7" ResourceID="50" Boundary="0 0 9 9"/>' * 2
    unit = f'<ofd:CompositeGraphicUnit ID="50"><ofd:Content>{inside}</ofd:Content></ofd:CompositeGraphicUnit>'
    data = pack([page(inside)], resources=f"<ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits>")

    assert "within one another" in refusal(data)


def test_blocks_nested_without_end_are_refused() -> None:
    blocks = "<ofd:PageBlock>" * 200 + WORDS + "</ofd:PageBlock>" * 200

    assert "within one another" in refusal(pack([page(blocks)]))


def test_a_page_that_is_its_own_template_ends() -> None:
    used = '<ofd:Template TemplateID="900"/>'
    listed = '<ofd:TemplatePage ID="900" BaseLoc="Pages/Page_0/Content.xml"/>'
    own = document('<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>', listed)

    assert lines_of(read(pack([page(WORDS, used=used)], extra={"Doc_0/Document.xml": own}))) == ["正文。"]


@pytest.mark.parametrize(
    "part", ["OFD.xml", "Doc_0/Document.xml", "Doc_0/PublicRes.xml", "Doc_0/Pages/Page_0/Content.xml"]
)
def test_entities_are_never_expanded_nor_fetched(part: str) -> None:
    attack = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><ofd:Page {NAMES}>&x;</ofd:Page>'

    assert "document type" in refusal(pack([page(WORDS)], extra={part: attack.encode()}))


def test_a_part_that_unpacks_to_more_than_is_read_is_refused() -> None:
    assert "unpacks to more than" in refusal(
        pack([page(WORDS)], extra={"Doc_0/Pages/Page_0/Content.xml": b" " * 300_000_000})
    )


def test_an_image_of_more_pixels_than_are_read_is_refused() -> None:
    shown = '<ofd:ImageObject ID="4" CTM="297 0 0 210 0 0" Boundary="0 0 297 210" ResourceID="60"/>'
    medium = '<ofd:MultiMedia ID="60"><ofd:MediaFile>a.bmp</ofd:MediaFile></ofd:MultiMedia>'
    head = b"BM" + bytes(8) + (54).to_bytes(4, "little") + (40).to_bytes(4, "little")
    bomb = head + (60_000).to_bytes(4, "little") * 2 + b"\1\0\x18\0" + bytes(24)
    data = pack(
        [page(shown)], resources=f"<ofd:MultiMedias>{medium}</ofd:MultiMedias>", extra={"Doc_0/Res/a.bmp": bomb}
    )

    assert "pixels" in refusal(data)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_file_is_refused(share: float) -> None:
    data = write(originals()["full_2021"].paper)

    assert read_bounded(data[: int(len(data) * share)]).facts.status is Status.FAILED


def test_numbers_that_are_none_never_end_the_reader() -> None:
    """Whatever stands where a number should: an answer, or an error of the reader's own."""
    chance = random.Random(4)
    odd = ["nan", "inf", "-1e308", "1e308", "", "g", "十", "0", "-0", "1_0", "9" * 400]
    for _ in range(300):
        a, b, c, d = (chance.choice(odd) for _ in range(4))
        objects = (
            f'<ofd:TextObject Boundary="{a} {b} {c} {d}" CTM="{b} 0 0 {a} {c} {d}" Size="{a}" HScale="{b}">'
            f'<ofd:TextCode X="{a}" Y="{b}" DeltaX="{c} g {d} {a}">正文。</ofd:TextCode></ofd:TextObject>'
            f'<ofd:PathObject Boundary="{a} {b} {c} {d}"><ofd:AbbreviatedData>M {a} {b} L {c} {d} B {a} Q 1 2 3 4 A</ofd:AbbreviatedData>'
            f'</ofd:PathObject><ofd:ImageObject Boundary="{a} {b} {c} {d}" CTM="{a}"/>'
        )
        area = f"<ofd:Area><ofd:PhysicalBox>0 0 {a} {b}</ofd:PhysicalBox></ofd:Area>"
        try:
            read(pack([page(WORDS + objects, area=area)]))
        except DocumentError:
            continue


def test_after_hostile_files_the_next_is_read() -> None:
    original = originals()["full_2021"]

    assert cells_of(read_bounded(write(original.paper))) == original.cells
