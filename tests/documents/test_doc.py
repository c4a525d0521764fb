"""Old Word documents are read without an office program, cell for cell; damaged and locked ones are refused in words."""

import struct
import time
from pathlib import Path

import numpy as np
import pytest

from documents.contents import lines_of, tables_of
from gia_analysis.containers import Item
from gia_analysis.documents import read_bytes
from gia_analysis.documents.doc import read
from gia_analysis.errors import DocumentError, NeedsConversionError
from gia_analysis.forms import forms
from gia_analysis.reading import interpret
from gia_analysis.schema import Kind, Status
from gia_analysis.simulation import compose_report, print_figures, simulate_figures
from gia_analysis.workers import Limits, Task, Unconverted, Workers
from writers.docx import p, tbl, tc, tr, write, write_xml
from writers.office import originals_as, save_as
from writers.papers import AGENCY, Original, cells_of, originals

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECTOR = 512
WORD_DOCUMENT = "WordDocument".encode("utf-16-le")
FIB = b"\xec\xa5"  # begins the stream WordDocument


def old_word(body: str) -> bytes:
    (data,) = save_as((write_xml(body),), "doc")
    return data


def patched(data: bytes, offset: int, value: bytes) -> bytes:
    """Return a document with bytes of its file information block replaced."""
    start = data.index(FIB) + offset
    return data[:start] + value + data[start + len(value) :]


@pytest.mark.office
@pytest.mark.parametrize("name", originals())
def test_a_report_comes_back_cell_for_cell(name: str) -> None:
    original: Original = originals()[name]

    document = read_bytes(originals_as("doc")[name], f"{name}.wps", convert=False)
    (report,) = interpret(document)

    assert document.format == "doc"
    assert cells_of(report) == original.cells
    assert (report.form, report.year, report.agency) == (original.form, original.year, original.agency)
    assert report.facts.status is Status.OK


@pytest.mark.office
def test_every_form_comes_back_with_blanks_and_without() -> None:
    every = [form for form in forms().values() if form.tables]
    figures = [simulate_figures(form, np.random.default_rng(3), size="small") for form in every]
    printed = [print_figures(each, style) for each in figures for style in ("zeros", "zero_rows_blank")]
    forms_printed = [form for form in every for _ in range(2)]
    papers = [
        compose_report(form, each, agency=AGENCY, year=2021) for form, each in zip(forms_printed, printed, strict=True)
    ]

    for form, each, data in zip(forms_printed, printed, save_as(tuple(map(write, papers)), "doc"), strict=True):
        (report,) = interpret(read_bytes(data, "report.doc", convert=False))
        assert report.form == form.id
        assert cells_of(report) == {
            key: (float(figure), Kind.NUMBER) if figure else (None, Kind.BLANK) for key, figure in each.items()
        }


@pytest.mark.office
def test_merged_cells_and_tracked_changes_are_read_as_printed() -> None:
    changed = (
        '<w:p><w:r><w:t>共</w:t></w:r><w:del w:id="1" w:author="a"><w:r><w:delText>3</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>5</w:t></w:r></w:ins><w:r><w:t>件</w:t></w:r></w:p>'
    )
    wide = '<w:tcW w:w="3000" w:type="dxa"/><w:gridSpan w:val="2"/>'
    one = '<w:tcW w:w="1500" w:type="dxa"/>'
    table = tbl(
        tr(tc("头", wide + '<w:vMerge w:val="restart"/>'), tc("1", one)),
        tr(tc("", wide + "<w:vMerge/>"), tc("2", one)),
        tr(tc("左", one), tc("", one), tc("0", one)),
        widths=(1500, 1500, 1500),
    )

    content = read(old_word(changed + table))

    assert lines_of(content) == ["共5件"]
    assert tables_of(content) == [[["头", "-", "1"], ["-", "-", "2"], ["左", "", "0"]]]


@pytest.mark.office
def test_a_document_locked_with_a_password_is_refused() -> None:
    data = old_word(p("正文"))
    flags = struct.unpack_from("<H", data, data.index(FIB) + 10)[0]

    with pytest.raises(DocumentError, match="locked with a password"):
        read_bytes(patched(data, 10, struct.pack("<H", flags | 0x100)), "report.doc")


@pytest.mark.office
def test_a_document_older_than_word_97_asks_for_an_office_program() -> None:
    """Those have no stream for the tables of what is formatted how."""
    tables = [f"{number}Table".encode("utf-16-le") for number in (0, 1)]
    data = old_word(p("正文"))
    for name in tables:
        data = data.replace(name, "Object".encode("utf-16-le"))

    with pytest.raises(NeedsConversionError, match="only an office program"):
        read_bytes(data, "report.doc", convert=False)


@pytest.mark.office
@pytest.mark.parametrize("kept", [0.02, 0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_truncated_document_is_refused(kept: float) -> None:
    data = originals_as("doc")["full_2021"]

    with pytest.raises(DocumentError):
        read_bytes(data[: int(len(data) * kept)], "report.doc")


@pytest.mark.office
def test_a_document_whose_allocation_table_goes_in_circles_is_refused_soon() -> None:
    data = bytearray(originals_as("doc")["full_2021"])
    first_table = struct.unpack_from("<I", data, 76)[0]
    start = (first_table + 1) * SECTOR
    for number in range(SECTOR // 4):
        struct.pack_into("<I", data, start + 4 * number, number)
    started = time.process_time()

    with pytest.raises(DocumentError, match="damaged"):
        read_bytes(bytes(data), "report.doc")
    assert time.process_time() - started < 5


@pytest.mark.office
def test_a_document_with_bytes_changed_here_and_there_is_read_or_refused() -> None:
    whole = originals_as("doc")["full_2021"]
    chance = np.random.default_rng(11)
    tasks = []
    for number in range(40):
        data = bytearray(whole)
        for place in chance.integers(0, 0x600 if number % 4 == 0 else len(data), 3):
            data[place] = chance.integers(0, 256)
        tasks.append(Task(Item(f"{number}.doc", Path("report.doc"), data=bytes(data))))

    with Workers(1, Limits(30.0, 1_000_000_000)) as workers:
        answers = [answer for _, answer in workers.read(tasks)]

    told = {answer.message if isinstance(answer, Unconverted) else str(answer[0].facts.message) for answer in answers}
    assert [
        words for words in told if "unexpected" in words or "seconds" in words or "ended the process" in words
    ] == []
    assert len([answer for answer in answers if not isinstance(answer, Unconverted) and answer[0].form == "2021"]) > 10


@pytest.mark.parametrize("size", [600, 60_000, 5_000_000])
def test_rubbish_in_the_guise_of_a_document_is_refused(size: int) -> None:
    rubbish = np.random.default_rng(size).bytes(size)
    started = time.process_time()

    with pytest.raises(DocumentError, match="damaged"):
        read_bytes(OLE + rubbish[: size // 2] + WORD_DOCUMENT + rubbish, "report.doc")
    assert time.process_time() - started < 5
