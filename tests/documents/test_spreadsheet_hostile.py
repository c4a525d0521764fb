"""Hostile and broken workbooks are refused by the reader itself, within bounds of time and memory."""

import io
import random
import struct
import zipfile

import pytest

from documents.bounds import read_bounded, refusal
from gia_analysis.documents.spreadsheet import read
from gia_analysis.errors import DocumentError
from gia_analysis.schema import Status
from writers import spreadsheet, xls
from writers.papers import cells_of, originals

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def packed(parts: dict[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def workbook(sheet: bytes | str, shared: bytes | str | None = None, **more: bytes | str) -> bytes:
    """Return a workbook of one sheet, given as the XML of the part."""
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, kind, target in (
            (1, "worksheet", "worksheets/sheet1.xml"),
            (2, "sharedStrings", "sharedStrings.xml"),
        )
    )
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
        **({} if shared is None else {"xl/sharedStrings.xml": shared}),
    }
    return packed(parts | more)


def sheet(rows: str, rest: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{rest}</worksheet>'


def test_a_cell_in_the_last_corner_of_a_sheet_costs_no_more_than_any_other() -> None:
    """Libraries reserve memory for all places between; a file of 5 KB ends their process."""
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'

    assert len(read(workbook(sheet(cells))).blocks) == 1
    assert "no disclosure report" in refusal(workbook(sheet(cells)))


@pytest.mark.parametrize("part", ["sheet", "shared"])
def test_parts_that_unpack_to_more_than_is_read_are_refused(part: str) -> None:
    bomb = b"<sst>" + b" " * 300_000_000
    data = workbook(bomb) if part == "sheet" else workbook(sheet(""), bomb)

    assert "unpacks to more than" in refusal(data)


def test_texts_that_unpack_to_hundreds_of_megabytes_are_refused_before_they_are_parsed() -> None:
    shared = f'<sst xmlns="{MAIN}">'.encode() + b"<si><t>a</t></si>" * 9_000_000

    assert "more than" in refusal(workbook(sheet(""), shared))


def test_a_long_text_named_by_many_cells_is_refused() -> None:
    shared = f'<sst xmlns="{MAIN}"><si><t>{"长" * 32_000}</t></si></sst>'
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 20_000))

    assert "characters" in refusal(workbook(sheet(cells), shared))


def test_a_million_joined_ranges_are_refused() -> None:
    merged = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, 1_000_001))

    assert "joined cells" in refusal(workbook(sheet("", f"<mergeCells>{merged}</mergeCells>")))


def test_ranges_joined_over_the_same_cells_many_times_are_refused() -> None:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="B{row}"><v>1</v></c></row>' for row in range(1, 2_000)
    )
    merged = '<mergeCell ref="A1:B1048576"/>' * 1_000

    assert "cells in its tables" in refusal(workbook(sheet(rows, f"<mergeCells>{merged}</mergeCells>")))


def test_a_cell_in_each_row_and_column_is_refused_and_not_made_a_grid() -> None:
    letters = [chr(65 + one) + chr(65 + two) for one in range(26) for two in range(26)]
    rows = "".join(
        f'<row r="{at}"><c r="{column}{at}"><v>1</v></c></row>' for at, column in enumerate(letters, start=1)
    )

    assert "cells in its tables" in refusal(workbook(sheet(rows)))


@pytest.mark.parametrize("part", ["sheet", "workbook", "shared"])
def test_entities_are_never_expanded_nor_fetched(part: str) -> None:
    attack = (
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "' + "ha" * 1_000 + '">]>'
        f'<worksheet xmlns="{MAIN}"><sheetData><row><c t="inlineStr"><is><t>&x;&y;</t></is></c></row></sheetData></worksheet>'
    )
    data = {
        "sheet": workbook(attack),
        "workbook": workbook(sheet(""), **{"xl/workbook.xml": attack}),
        "shared": workbook(sheet(""), attack),
    }[part]

    assert "document type" in refusal(data)


def test_parts_outside_the_archive_are_not_reached() -> None:
    outside = f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="{{}}"/></Relationships>'

    for target in ("../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd"):
        data = workbook(sheet(""), **{"xl/_rels/workbook.xml.rels": outside.format(target)})
        assert "has no part" in refusal(data)


def test_cells_at_places_that_are_none_are_an_error() -> None:
    assert "no place on a sheet" in refusal(workbook(sheet('<row><c r="A-1"><v>1</v></c></row>')))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_refused(share: float) -> None:
    data = spreadsheet.write(originals()["full_2021"].paper)

    assert read_bounded(data[: int(len(data) * share)]).facts.status is Status.FAILED


def test_a_repeated_row_or_cell_of_ods_is_no_bomb() -> None:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    )
    cell = '<table:table-cell table:number-columns-repeated="{}"><text:p>{}</text:p></table:table-cell>'
    body = (
        f"<office:document-content {names}><office:body><office:spreadsheet><table:table>{{}}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}
    full = f'<table:table-row table:number-rows-repeated="1048576">{cell.format(16384, "a")}</table:table-row>'
    empty = f"<table:table-row>{cell.format(1, 'a')}</table:table-row>" + full.replace("<text:p>a</text:p>", "")

    assert "cells on a sheet" in refusal(packed(mimetype | {"content.xml": body.format(full)}))
    assert len(read(packed(mimetype | {"content.xml": body.format(empty)})).blocks) == 1


def test_cells_at_the_end_of_what_an_old_workbook_can_name_cost_little_and_beyond_it_are_an_error() -> None:
    last, beyond = (xls.write(xls.label(0, 0, "甲") + xls.number(0xFFFF, column, 1)) for column in (0xFF, 0x100))

    assert len(read(last).blocks) == 1
    assert "no disclosure report" in refusal(last)
    assert "damaged" in refusal(beyond)


def test_a_cell_in_the_last_row_of_hundreds_of_sheets_is_refused() -> None:
    assert "rows on its sheets" in refusal(xls.write(*[xls.number(0xFFFF, 0xFF, 1)] * 900))


def test_hundreds_of_thousands_of_joined_ranges_of_an_old_workbook_are_refused() -> None:
    thousand = xls.merged([(row, row, 0, 1) for row in range(1_000)])

    assert "joined cells" in refusal(xls.write(xls.label(0, 0, "甲") + thousand * 500))


def test_a_full_sheet_of_an_old_workbook_is_refused() -> None:
    blank = b"".join(xls.record(0x201, struct.pack("<HHH", row, 255, 0)) for row in range(65_536))
    full = b"".join(xls.number(row, column, 1) for row in range(1_000) for column in range(256))

    assert "no disclosure report" in refusal(xls.write(xls.label(0, 0, "甲") + blank))
    assert "cells on a sheet" in refusal(xls.write(full))


def test_defined_names_of_an_old_workbook_that_double_one_another_are_no_bomb() -> None:
    def twice(number: int) -> bytes:
        return xls.defined_name((b"\x23" + struct.pack("<HH", number, 0)) * 2 + b"\x08")

    names = xls.defined_name(b"\x17\x04\0haha") + b"".join(map(twice, range(1, 60)))

    assert "no disclosure report" in refusal(xls.write(xls.label(0, 0, "甲"), globals_=names))


def test_workbooks_older_than_excel_95_say_so() -> None:
    assert "older than Excel 95" in refusal(xls.write(xls.label(0, 0, "甲"), version=xls.EXCEL_4))


def test_nothing_is_printed_about_a_damaged_workbook(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DocumentError):
        read(xls.write(xls.number(0xFFFF, 0xFFFF, 1))[:-100])

    assert capfd.readouterr() == ("", "")


def test_old_workbooks_that_are_garbage_are_refused_and_never_end_the_reader() -> None:
    """Whatever byte is changed, and wherever it is cut: an answer, or an error of the reader's own."""
    sound = xls.write(
        xls.label(0, 0, "甲") + xls.merged([(0, 0, 0, 1)] * 3) + xls.number(1, 1, 1) + xls.label(1, 0, "乙")
    )
    chance = random.Random(4)
    for _ in range(1_500):
        data = bytearray(sound[: chance.randrange(8, len(sound))] if chance.random() < 0.3 else sound)
        for _ in range(chance.randrange(1, 20)):
            data[chance.randrange(8, len(data))] = chance.randrange(256)
        try:
            read(bytes(data))
        except DocumentError:
            continue


def test_sectors_that_follow_each_other_in_a_ring_end() -> None:
    sound = xls.write(xls.label(0, 0, "甲"))
    ring = bytearray(sound)
    struct.pack_into("<I", ring, xls.SECTOR + 4 * 3, 2)

    assert "damaged" in refusal(bytes(ring))


def test_short_sectors_are_followed_to_their_end_and_never_in_a_ring() -> None:
    sound = xls.write(xls.label(0, 0, "甲"))

    assert len(read(xls.in_short_sectors(sound, [*range(1, 64), 0xFFFFFFFE])).blocks) == 1
    assert "never ends" in refusal(xls.in_short_sectors(sound, [1, 0]))


def test_a_container_without_a_workbook_says_so() -> None:
    with pytest.raises(DocumentError, match="holds no workbook"):
        read(xls.container(b"?", name="Other"))


def test_locked_workbooks_say_so() -> None:
    locked = xls.write(xls.label(0, 0, "甲"), globals_=xls.record(0x2F, bytes(6)))
    manifest = {"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>", "content.xml": "?"}

    assert "locked with a password" in refusal(locked)
    assert "locked with a password" in refusal(
        packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", **manifest})
    )


def test_after_hostile_files_the_next_is_read() -> None:
    original = originals()["full_2021"]

    assert cells_of(read_bounded(spreadsheet.write(original.paper))) == original.cells
