"""Hostile and damaged documents made of parts are refused in words, soon, and without taking the memory."""

import os
import struct
import time
import zipfile
from pathlib import Path

import pytest

from gia_analysis.containers import Item
from gia_analysis.documents.docx import read
from gia_analysis.documents.limits import LARGEST_PART_BYTES, MOST_PARTS, MOST_TABLE_CELLS
from gia_analysis.documents.model import TableBlock
from gia_analysis.documents.package import open_package, parse_xml
from gia_analysis.errors import DocumentError, LimitError
from gia_analysis.schema import Status
from gia_analysis.workers import Limits, Task, Workers
from writers.docx import p, tbl, tc, tr, write_xml
from writers.parts import pack, unpack, with_parts

MAIN = "word/document.xml"
SECONDS, MEMORY_BYTES = 20.0, 1_000_000_000


def refusal(data: bytes) -> str:
    """Return why a worker with little time and memory refuses a document."""
    with Workers(1, Limits(SECONDS, MEMORY_BYTES)) as workers:
        ((_, answer),) = workers.read([Task(Item("report.docx", Path("report.docx"), data=data))])
    assert isinstance(answer, tuple)
    assert [report.facts.status for report in answer] == [Status.FAILED]
    return str(answer[0].facts.message)


def document_of(body: str) -> bytes:
    """Return a document whose body is written as it is, however wrong."""
    data = write_xml(p("正文"))
    whole = unpack(data)[MAIN].decode()
    start = whole.index("<w:body>") + len("<w:body>")
    return with_parts(data, {MAIN: whole[:start] + body + whole[whole.index("<w:sectPr") :]})


def test_a_document_that_unpacks_to_gigabytes_is_refused() -> None:
    bomb = document_of("")
    parts = unpack(bomb)
    path_of_bomb = with_parts(bomb, {MAIN: parts[MAIN] + b" " * (LARGEST_PART_BYTES + 10)})

    assert len(path_of_bomb) < 1_000_000
    assert "unpacks to more than 200 MB" in refusal(path_of_bomb)


def test_a_part_that_hides_its_size_is_refused_all_the_same() -> None:
    data = bytearray(pack({MAIN: b" " * (LARGEST_PART_BYTES + 10)}))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 10)

    with pytest.raises(DocumentError, match="unpack"):
        open_package(bytes(data)).read(MAIN)


def test_all_parts_together_unpack_to_no_more_than_is_read() -> None:
    package = open_package(pack({f"{number}.xml": b" " * 150_000_000 for number in range(3)}))

    with pytest.raises(LimitError, match="unpacks to more"):
        for name in package.names:
            package.read(name)


def test_a_document_of_very_many_parts_is_refused() -> None:
    with pytest.raises(LimitError, match="more than 10,000 parts"):
        open_package(pack({str(number): b"" for number in range(MOST_PARTS + 1)}, zipfile.ZIP_STORED))


@pytest.mark.parametrize("depth", [300, 100_000])
def test_markup_that_nests_deeply_is_refused(depth: int) -> None:
    assert "nests deeper" in refusal(document_of("<w:sdt>" * depth + "</w:sdt>" * depth))


def test_a_hundred_thousand_tables_one_in_the_other_are_refused() -> None:
    opened, closed = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"

    assert "nests deeper" in refusal(document_of(opened * 100_000 + closed * 100_000))


def test_more_tables_one_in_the_other_than_are_read_are_refused() -> None:
    opened, closed = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"

    with pytest.raises(LimitError, match="more than 50 tables one in the other"):
        read(document_of(opened * 60 + closed * 60))


def test_a_million_attributes_are_refused() -> None:
    attributes = " ".join(f'a{number}=""' for number in range(1_000_000))

    assert "longer tags" in refusal(document_of(f"<w:p {attributes}/>"))


def test_more_markup_than_is_read_is_refused_unparsed() -> None:
    assert "more than 4,000,000 tags and attributes" in refusal(document_of("<w:p/>" * 4_000_001))


def test_a_million_cells_are_refused() -> None:
    row = tr(*[tc()] * 1_000)

    assert f"more than {MOST_TABLE_CELLS:,} cells" in refusal(document_of(tbl(*[row] * 500)))
    assert "tags and attributes" in refusal(document_of(tbl(*[row] * 1_000)))


def test_a_million_cells_that_a_few_declare_are_refused() -> None:
    row = tr(*[tc("", '<w:gridSpan w:val="1000"/>')] * 100)

    assert f"more than {MOST_TABLE_CELLS:,} cells" in refusal(document_of(tbl(*[row] * 10)))


def test_very_many_narrow_columns_take_no_longer_than_others() -> None:
    cells = "".join(tc("1", f'<w:gridSpan w:val="{span}"/>') for span in (2, 3, 999, 5_000, 2_000_000_000))
    started = time.process_time()

    read(document_of(tbl(*[tr(cells)] * 100, widths=[5] * 100_000)))
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x "&b;&b;&b;&b;">]>',
        '<!DOCTYPE w SYSTEM "http://127.0.0.1/x.dtd">',
        "<!DOCTYPE w>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(declared: str, encoding: str) -> None:
    markup = f'<?xml version="1.0" encoding="{encoding}"?>{declared}<w>&x;</w>'

    with pytest.raises(DocumentError, match="declares a document type"):
        parse_xml(markup.encode(encoding))


def test_a_name_that_leads_out_of_the_archive_leads_nowhere(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_bytes(unpack(write_xml(p("秘密")))[MAIN])
    data = write_xml(p("正文"))
    away = os.path.relpath(secret, "/")
    for target in (f"/{away}", f"../../../{away}", f"file:///{away}"):
        relations = unpack(data)["_rels/.rels"].decode().replace(MAIN, target)

        with pytest.raises(DocumentError, match="no part"):
            read(with_parts(data, {MAIN: None, "_rels/.rels": relations, f"../../{away}": b"x"}))


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_document_is_refused(kept: float) -> None:
    data = write_xml(p("正文"))

    with pytest.raises(DocumentError, match="truncated or damaged"):
        read(data[: int(len(data) * kept)])


def test_a_part_with_a_wrong_checksum_is_refused() -> None:
    data = bytearray(pack({MAIN: b"<a/>" * 1_000}, zipfile.ZIP_STORED))
    data[data.index(b"<a/>") + 1] ^= 1

    with pytest.raises(DocumentError, match="cannot be unpacked"):
        open_package(bytes(data)).read(MAIN)


def test_a_part_that_is_locked_is_refused() -> None:
    data = bytearray(pack({MAIN: b"<a/>"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1

    with pytest.raises(DocumentError, match="locked with a password"):
        open_package(bytes(data)).read(MAIN)


def test_a_table_of_forty_thousand_rows_is_read_in_seconds() -> None:
    """About two; were each row looked for among all before it, minutes."""
    data = document_of(tbl(*[tr(tc("甲"), tc("1"))] * 40_000))
    started = time.process_time()
    content = read(data)

    assert time.process_time() - started < 30
    assert sum(len(block.rows) for block in content.blocks if isinstance(block, TableBlock)) == 40_000
