"""Web archives: pages and files are documents, however they were sent; the rest of a crawl is counted."""

from collections import Counter
from collections.abc import Callable

import pytest

from writers.archive import zip_of
from writers.warc import Answer, write

Look = Callable[..., dict[str, bytes | str | None]]

PAGE = "<html><body><h1>某局2021年政府信息公开工作年度报告</h1></body></html>".encode()
URL = "http://example.gov.cn/2021"


@pytest.mark.parametrize("packed", [True, False])
def test_a_page_is_a_document_numbered_by_its_record(
    found: Look, urls: Callable[..., list[str | None]], packed: bool
) -> None:
    data = write([Answer(URL, PAGE)], packed=packed)

    assert found(data) == {"#3": PAGE}  # after the note on the crawl and that on the request
    assert urls(data) == [URL]


def test_a_page_is_unpacked_as_it_was_sent(found: Look) -> None:
    answers = [
        Answer(URL, PAGE, packed=True),
        Answer(URL, PAGE + b"1", chunked=True),
        Answer(URL, PAGE + b"2", packed=True, chunked=True),
    ]

    assert list(found(write(answers)).values()) == [PAGE, PAGE + b"1", PAGE + b"2"]


@pytest.mark.parametrize(
    "kind", ["application/pdf", "application/octet-stream", "text/plain; charset=gbk", None, "application/msword"]
)
def test_files_are_documents_whatever_they_are_called(found: Look, kind: str | None) -> None:
    assert list(found(write([Answer(URL, b"%PDF-1.4 ...", kind)])).values()) == [b"%PDF-1.4 ..."]


@pytest.mark.parametrize("record", ["resource", "conversion"])
def test_records_without_http_are_documents(found: Look, record: str) -> None:
    assert list(found(write([Answer(URL, b"text", "text/plain", record=record)])).values()) == [b"text"]


def test_what_no_report_is_in_is_counted(found: Look, left_out: Callable[[bytes], list[str]]) -> None:
    others = [
        Answer(URL, b"body{}", "text/css"),
        Answer(URL, b"1", "application/javascript"),
        Answer(URL, b"\x89PNG\r\n\x1a\n", "image/png"),
        Answer(URL, b"\x89PNG\r\n\x1a\n", "application/octet-stream"),
        Answer("http://example.gov.cn/robots.txt", b"User-agent: *", "text/plain"),
        Answer(URL, PAGE, status="404 Not Found"),
        Answer(URL, b"", status="302 Found"),
        Answer(URL, b""),
    ]
    data = write([*others, Answer(URL, PAGE)])

    assert list(found(data).values()) == [PAGE]
    assert Counter(left_out(data)) == {
        "notes of the crawler (requests, revisits, metadata)": 10,
        "images, styles, scripts and the like in web archives": 5,
        "redirects and errors in web archives": 2,
        "empty answers in web archives": 1,
    }


def test_an_archive_for_download_is_opened(found: Look) -> None:
    assert found(write([Answer(URL, zip_of({"a.txt": b"report"}), "application/zip")])) == {"#3!/a.txt": b"report"}


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_cut_off_keeps_what_came_before_and_says_so(found: Look, packed: bool) -> None:
    data = write([Answer(URL, PAGE), Answer(URL, PAGE * 100)], packed=packed)
    records = found(data[: -(len(PAGE) * 50 if not packed else 60)])

    assert records["#3"] == PAGE
    assert [value for value in records.values() if isinstance(value, str)]


def test_what_is_no_web_archive_after_its_first_line_says_so(found: Look) -> None:
    assert isinstance(next(iter(found(b"WARC/1.0\r\nnonsense\r\n\r\n" + bytes(1_000)).values())), str)
