"""Reports as web pages saved in one file, by the mail package: the page, then its frames and pictures."""

from email import encoders
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from typing import Literal

from gia_analysis.simulation import Paper
from writers import html

Transfer = Literal["quoted-printable", "base64"]

_PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020144003b")


def write(
    paper: Paper, manner: html.Manner = "cms", encoding: str = "utf-8", transfer: Transfer = "quoted-printable"
) -> bytes:
    """Return a paper as a saved web page."""
    return save([html.write(paper, manner, encoding)], encoding, transfer)


def save(pages: list[bytes], encoding: str = "utf-8", transfer: Transfer = "quoted-printable") -> bytes:
    """Return pages as one saved page: the first is the main one."""
    saved = MIMEMultipart("related", type="text/html")
    saved["From"] = "<Saved by Blink>"
    saved["Snapshot-Content-Location"] = "http://www.yunshan.example.invalid/zwgk/ndbg/2021.html"
    saved["Subject"] = "=?utf-8?Q?=E5=B9=B4=E5=BA=A6=E6=8A=A5=E5=91=8A?="
    for page in pages:
        part = MIMEBase("text", "html", charset=encoding)
        part.set_payload(page)
        (encoders.encode_quopri if transfer == "quoted-printable" else encoders.encode_base64)(part)
        saved.attach(part)
    saved.attach(MIMEImage(_PIXEL, "gif"))
    return saved.as_bytes()
