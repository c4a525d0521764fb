"""Web pages saved as one file give what the page gives."""

import pytest

from gia_analysis.documents import read_bytes
from gia_analysis.errors import DocumentError
from gia_analysis.reading import interpret
from writers import html
from writers.mhtml import Transfer, save, write
from writers.papers import cells_of, originals

FRAMES = b"<html><head><title>x</title></head><frameset><frame src=sheet001.htm></frameset></html>"


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("name", list(originals()))
def test_an_original_is_read_back_from_a_saved_page(name: str, encoding: str, transfer: Transfer) -> None:
    original = originals()[name]

    document = read_bytes(write(original.paper, "word", encoding, transfer), "report.mht")

    report = interpret(document)[0]
    assert (document.format, document.encoding, cells_of(report)) == ("mhtml", encoding, original.cells)
    assert (report.form, report.year, report.agency) == (original.form, original.year, original.agency)


def test_a_saved_page_has_the_text_and_the_head_of_the_page() -> None:
    page = html.write(originals()["full_2021"].paper, "cms")

    saved, plain = read_bytes(save([page]), "report.mht"), read_bytes(page, "report.html")

    assert (saved.blocks, saved.properties) == (plain.blocks, plain.properties)


def test_the_report_may_be_in_a_frame_of_the_page() -> None:
    original = originals()["full_2021"]
    pages = [FRAMES, html.write(original.paper, "plain"), b"<p>sheet 2</p>"]

    assert cells_of(interpret(read_bytes(save(pages), "report.mht"))[0]) == original.cells


def test_a_page_of_a_single_part_is_read() -> None:
    page = b"MIME-Version: 1.0\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=E5=85=AC=\r\n</p>"

    document = read_bytes(page, "report.mht")

    assert document.blocks[0].lines == ("公",)  # type: ignore[union-attr]


@pytest.mark.parametrize("pages", [[], [FRAMES]])
def test_a_saved_page_without_a_page_that_shows_text_is_refused(pages: list[bytes]) -> None:
    with pytest.raises(DocumentError, match="shows no text" if pages else "holds no page"):
        read_bytes(save(pages), "report.mht")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_truncated_saved_page_gives_what_is_left_of_it(share: float) -> None:
    data = write(originals()["full_2021"].paper, "cms", transfer="base64")

    document = read_bytes(data[: int(len(data) * share)], "report.mht")

    assert document.blocks


def test_parts_in_each_other_without_end_are_refused() -> None:
    parts = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (number, number) for number in range(3_000)
    )

    with pytest.raises(DocumentError):
        read_bytes(b"MIME-Version: 1.0\n" + parts + b"Content-Type: text/html\n\n<p>x</p>", "report.mht")
