"""PDF files made to hang, to fill the memory or to crash: each is refused or ends as a failed row, within its limits."""

import re
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from gia_analysis.containers import Item
from gia_analysis.documents import read_bytes
from gia_analysis.errors import DocumentError, LimitError
from gia_analysis.report import Report
from gia_analysis.schema import Status
from gia_analysis.workers import Limits, Task, Workers
from writers.papers import originals
from writers.pdf import write
from writers.raw_pdf import file_of, page_of, stream

SECONDS, MEMORY = 20.0, 1_000_000_000
CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
ONE_PAGE = {
    1: CATALOG,
    2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
}
HELVETICA = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"


def page_tree_loop() -> bytes:
    return file_of(
        {
            1: CATALOG,
            2: "<< /Type /Pages /Kids [3 0 R] /Count 5 >>",
            3: "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 5 >>",
        }
    )


def own_parent() -> bytes:
    return file_of(
        {
            1: CATALOG,
            2: "<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 2 0 R >>",
            3: "<< /Type /Page /Parent 3 0 R /Contents 3 0 R >>",
        }
    )


def form_within_itself() -> bytes:
    form = stream(
        b"/X Do /X Do", "/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /XObject << /X 5 0 R >> >>"
    )
    return page_of(b"/X Do", "/XObject << /X 5 0 R >>", {5: form})


def forms_that_double() -> bytes:
    forms: dict[int, bytes | str] = {
        number: stream(
            b"/X Do " * 10,
            f"/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources << /XObject << /X {number + 1} 0 R >> >>",
        )
        for number in range(5, 20)
    }
    last = stream(b"0 0 9 9 re f", "/Type /XObject /Subtype /Form /BBox [0 0 99 99]")
    return page_of(b"/X Do", "/XObject << /X 5 0 R >>", {**forms, 20: last})


def packed_gigabytes() -> bytes:
    return file_of({**ONE_PAGE, 4: stream_of(packed(b" " * 1_000_000, 1_500), "/FlateDecode")})


def packed_twice() -> bytes:
    inner = packed(b"0 0 m " * 150_000, 1_000)
    return file_of({**ONE_PAGE, 4: stream_of(zlib.compress(inner, 9), "[/FlateDecode /FlateDecode]")})


def packed(piece: bytes, times: int) -> bytes:
    """Return a piece packed as often as that, without it ever being there as a whole."""
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(piece) for _ in range(times)), packer.flush()])


def stream_of(data: bytes, filters: str) -> bytes:
    return f"<< /Length {len(data)} /Filter {filters} >>\nstream\n".encode() + data + b"\nendstream"


def object_stream_loop() -> bytes:
    pack = stream(b"5 0 << /Type /Catalog >>", "/Type /ObjStm /N 1 /First 4 /Extends 4 0 R")
    return file_of(
        {
            1: "<< /Type /Catalog /Pages 5 0 R >>",
            4: pack,
            5: stream(b"4 0 1 0", "/Type /ObjStm /N 2 /First 8 /Extends 5 0 R"),
        }
    )


def many_pages() -> bytes:
    kids = " ".join(["3 0 R"] * 100_000)
    return file_of(
        {
            1: CATALOG,
            2: f"<< /Type /Pages /Kids [{kids}] /Count 100000 >>",
            3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        }
    )


def a_page_of_kilometres() -> bytes:
    return page_of(b"BT /F1 12 Tf 72 700 Td (0) Tj ET", HELVETICA, box=(-1e30, -1e30, 1e30, 1e30))


def an_image_of_a_page_of_kilometres() -> bytes:
    image = stream(
        b"\0", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    )
    return page_of(
        b"1e7 0 0 1e7 0 0 cm /I Do", "/XObject << /I 5 0 R >>", {5: image}, box=(0, 0, 10_000_000, 10_000_000)
    )


def a_million_segments() -> bytes:
    return page_of(b"0 0 m " + b"9 9 l 1 9 l " * 500_000 + b"S", packed=True)


def a_million_lines() -> bytes:
    lines = b"".join(b"%d 0 m %d 800 l S " % (number % 500, number % 500) for number in range(1_000_000))
    return page_of(lines, packed=True)


def lines_that_all_cross() -> bytes:
    lines = [b"0 %d m 12000 %d l S %d 0 m %d 12000 l S " % (at, at, at, at) for at in range(0, 12_000, 6)]
    return page_of(b"".join(lines), box=(0, 0, 12_000, 12_000), packed=True)


def a_million_characters() -> bytes:
    return page_of(b"BT /F1 9 Tf 9 9 Td " + b"(0000000000) Tj " * 100_000 + b"ET", HELVETICA, packed=True)


def deep_arrays() -> bytes:
    return page_of(b"[" * 1_000_000, more={5: "[" * 200_000}, packed=True)


def a_font_that_is_its_own_descendant() -> bytes:
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [5 0 R] /ToUnicode 5 0 R >>"
    )
    return page_of(b"BT /F1 12 Tf 72 700 Td (00) Tj ET", "/Font << /F1 5 0 R >>", {5: font})


NO_TEXT = "the PDF has 1 pages and no text on any of them"  # PDFium itself left out what loops
ENDED = r"reading it ended the process \(SIG"  # PDFium took more memory than a document may, and gave up
STOPPED: Mapping[Callable[[], bytes], str] = {
    page_tree_loop: "page 5 of the PDF is damaged",
    own_parent: NO_TEXT,
    object_stream_loop: NO_TEXT,
    deep_arrays: NO_TEXT,
    a_font_that_is_its_own_descendant: NO_TEXT,
    an_image_of_a_page_of_kilometres: NO_TEXT,
    a_page_of_kilometres: "no disclosure report",
    many_pages: "more than 1,000 pages",
    a_million_segments: "more than 400,000 segments of drawn paths on a page",
    a_million_lines: "more than 200,000 drawn objects on a page",
    a_million_characters: "more than 200,000 characters on a page",
    lines_that_all_cross: "more than 500,000 crossings of ruling lines on a page",
    form_within_itself: ENDED,
    forms_that_double: ENDED,
    packed_gigabytes: ENDED,
    packed_twice: ENDED,
}
HOSTILE = {made.__name__: made for made in STOPPED}


def read_apart(files: Mapping[str, bytes], seconds: float = SECONDS) -> dict[str, Report]:
    """Return the report of each file as a worker process gives it, within limits of time and memory."""
    tasks = [Task(Item(name, Path(name), data=data)) for name, data in files.items()]
    with Workers(1, Limits(seconds, MEMORY)) as workers:
        found = {}
        for task, answer in workers.read(tasks):
            assert isinstance(answer, tuple)
            found[task.item.source] = answer[0]
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_a_failed_row_that_says_what_stopped_it_and_the_next_file_is_read(name: str) -> None:
    good = write(originals()["full_2021"].paper)
    files = {name: HOSTILE[name](), "good.pdf": good}
    started = time.monotonic()

    reports = read_apart(files)

    assert time.monotonic() - started < SECONDS + 15
    assert reports[name].facts.status is Status.FAILED
    assert re.match(STOPPED[HOSTILE[name]], reports[name].facts.message or "")
    assert reports["good.pdf"].facts.status is Status.OK


# In a process of its own, which has started no other one, so that the peak is that of the worker.
MEASURED = """
import resource, sys
from pathlib import Path
from gia_analysis.containers import Item
from gia_analysis.workers import Limits, Task, Workers
with Workers(1, Limits(float(sys.argv[2]), int(sys.argv[3]))) as workers:
    list(workers.read([Task(Item("bomb.pdf", Path(sys.argv[1])))]))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_a_bomb_never_takes_more_memory_than_a_document_may(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.pdf"
    bomb.write_bytes(packed_gigabytes())
    command = [sys.executable, "-c", MEASURED, str(bomb), str(SECONDS), str(MEMORY)]

    kilobytes = int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    assert kilobytes < (MEMORY + 500_000_000) / 1000


@pytest.mark.parametrize("name", [made.__name__ for made, says in STOPPED.items() if says.startswith("more than")])
def test_what_goes_over_a_limit_is_a_limit_error(name: str) -> None:
    with pytest.raises(LimitError, match=STOPPED[HOSTILE[name]]):
        read_bytes(HOSTILE[name](), name)


def test_a_file_cut_off_anywhere_is_read_or_refused_but_never_breaks() -> None:
    data = write(originals()["full_2021"].paper)
    files = {f"{share}.pdf": data[: len(data) * share // 20] for share in range(1, 20)}

    for report in read_apart(files).values():
        assert report.facts.status is Status.FAILED
        assert "fault of the reader" not in (report.facts.message or "")


def test_a_file_with_broken_bytes_never_breaks_the_reader() -> None:
    data = bytearray(write(originals()["full_2021"].paper))
    files = {}
    for number in range(12):
        broken = bytearray(data)
        for place in range(50 + 97 * number, len(broken), 911 + number):
            broken[place] ^= 0x55
        files[f"{number}.pdf"] = bytes(broken)

    for report in read_apart(files).values():
        assert "fault of the reader" not in (report.facts.message or "")


def test_garbage_behind_the_magic_is_refused_as_damaged() -> None:
    with pytest.raises(DocumentError, match="damaged or cut off"):
        read_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 40, "garbage.pdf")
