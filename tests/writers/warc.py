"""Web archives, with the library that crawlers write them with."""

import gzip
import io
from collections.abc import Sequence
from dataclasses import dataclass

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: the address, the body, and how it was sent."""

    url: str
    body: bytes
    kind: str | None = "text/html"
    status: str = "200 OK"
    packed: bool = False
    chunked: bool = False
    record: str = "response"


def write(answers: Sequence[Answer], *, packed: bool = True) -> bytes:
    """Return a web archive: a record about the crawl, then each answer with a note of its request before it."""
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("crawl.warc", {"software": "test"}))
    for answer in answers:
        if answer.record == "response":
            request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "example.gov.cn")], is_http_request=True)
            writer.write_record(writer.create_warc_record(answer.url, "request", http_headers=request))
        writer.write_record(_record(writer, answer))
    return stream.getvalue()


def _record(writer: WARCWriter, answer: Answer) -> object:
    body = gzip.compress(answer.body) if answer.packed else answer.body
    if answer.chunked:
        body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:100], body[100:]) if part) + b"0\r\n\r\n"
    headers = [("Content-Type", answer.kind)] if answer.kind else []
    headers += [("Content-Encoding", "gzip")] * answer.packed + [("Transfer-Encoding", "chunked")] * answer.chunked
    if answer.record != "response":
        return writer.create_warc_record(
            answer.url, answer.record, payload=io.BytesIO(body), warc_content_type=answer.kind or ""
        )
    http = StatusAndHeaders(answer.status, headers, protocol="HTTP/1.1")
    return writer.create_warc_record(answer.url, answer.record, payload=io.BytesIO(body), http_headers=http)
