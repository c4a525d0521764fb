"""Markdown: plain text without its marks; each line keeps its number. Its tables are those of plain text (layout H)."""

import re

from gia_analysis.documents.encoding import decode
from gia_analysis.documents.model import Content
from gia_analysis.documents.text import read_text
from gia_analysis.errors import DocumentError

_MARKS = re.compile(r"^ {0,3}#{1,6}[ \t]+|[ \t]+#+[ \t]*$|\*\*|\\(?=[!-/:-@\[-`{}~])", re.MULTILINE)


def read(data: bytes) -> Content:
    """Read the bytes of a Markdown text in whichever encoding.

    Raises:
        DocumentError: the bytes are text in no encoding known here.
    """
    decoded = decode(data)
    if not decoded.text.strip():
        raise DocumentError("the file is empty")
    return Content(read_text(_MARKS.sub("", decoded.text)), decoded.encoding, decoded.undecoded)
