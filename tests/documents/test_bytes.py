"""Bytes → document: encodings, and what is refused and in which words."""

import hashlib
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from gia_analysis.documents import LARGEST_FILE_BYTES, TextBlock, read_bytes, read_document
from gia_analysis.documents.encoding import Decoded, decode
from gia_analysis.documents.sniff import format_of
from gia_analysis.errors import DocumentError

TEXT = "尧都区县底镇人民政府\n2020年政府信息公开工作年度报告\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(64))


def zip_bytes() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gbk"), "gb18030"),
        (TEXT.encode("gb2312"), "gb18030"),
    ],
)
def test_text_is_the_same_in_every_encoding(data: bytes, encoding: str) -> None:
    assert decode(data) == Decoded(TEXT, encoding, 0)


def test_rare_characters_of_gb18030_are_read() -> None:
    """䶮 and 㙍 occur in place names and are not in GBK."""
    assert decode("䶮㙍𬒈".encode("gb18030")) == Decoded("䶮㙍𬒈", "gb18030", 0)


def test_bad_bytes_side_by_side_are_one_place() -> None:
    data = "统计期限\n".encode() + b"ok \xff\xff"

    assert decode(data) == Decoded("统计期限\nok \ufffd", "utf-8", 1)


def test_a_bad_byte_in_utf_8_leaves_the_rest_as_it_is(sample_texts: dict[str, str]) -> None:
    text = sample_texts["2020-tongji-subdistrict"]
    data, heading = text.encode(), "一、总体情况"
    offset = data.index(heading.encode())

    decoded = decode(data[:offset] + b"\xff" + data[offset:])

    assert decoded == Decoded(text.replace(heading, "\ufffd" + heading, 1), "utf-8", 1)


def test_a_bad_byte_after_a_byte_order_mark_changes_neither_the_mark_nor_the_encoding() -> None:
    assert decode(b"\xef\xbb\xbf" + b"ok \xff") == Decoded("ok \ufffd", "utf-8-sig", 1)


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", "\ufeff\n".encode()])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="the file is empty"):
        read_bytes(data, "report.txt")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (PNG, "the image is damaged"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "the image is damaged"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not a PDF that can be read"),
        (zip_bytes(), "the content is a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "the content is an OLE2 container"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html></html>", "the page shows no text"),
        (b"PAR1", "the content is a Parquet file"),
        (bytes(range(32)) * 8, "the content is binary data"),
    ],
    ids=["png", "jpeg", "pdf", "zip", "ole", "html", "parquet", "binary"],
)
def test_what_holds_no_text_is_refused_in_words_that_say_what_it_is(data: bytes, words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        read_bytes(data, "report.txt")


def test_a_file_is_judged_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    picture, page = tmp_path / "report.txt", tmp_path / "report.pdf"
    picture.write_bytes(PNG)
    page.write_text(f"<html><body><p>{TEXT}</p></body></html>", encoding="utf-8")

    with pytest.raises(DocumentError, match="the image is damaged"):
        read_document(picture)
    assert read_document(page).format == "html"


def test_text_named_otherwise_is_read(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(TEXT.encode())

    assert read_document(file).format == "text"


@pytest.mark.parametrize("data", [TEXT.encode(), TEXT.encode("gb18030"), TEXT.encode("utf-16"), b"a\tb\r\n\x0c"])
def test_plain_text_is_not_taken_for_binary(data: bytes) -> None:
    assert format_of(data) == "text"


def test_a_file_that_is_too_large_is_refused() -> None:
    data = b"x" * (LARGEST_FILE_BYTES + 1)

    with pytest.raises(DocumentError, match="larger than 100 MB"):
        read_bytes(data, "report.txt")


def test_a_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_document(tmp_path / "nowhere.txt")


def test_a_document_knows_its_source_and_the_digest_of_its_bytes() -> None:
    data = TEXT.encode("gb18030")

    document = read_bytes(data, "here/report.txt")

    assert document.source == "here/report.txt"
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.encoding == "gb18030"


def test_the_byte_order_mark_is_no_part_of_the_text() -> None:
    document = read_bytes(b"\xef\xbb\xbf" + TEXT.encode(), "report.txt")

    block = document.blocks[0]
    assert isinstance(block, TextBlock)
    assert block.lines[0] == "尧都区县底镇人民政府"
