"""Markdown: plain text without its marks, each line with its number; tables in HTML within it are read as such."""

import re
from collections.abc import Iterator
from dataclasses import replace

from gia_analysis.documents.encoding import decode
from gia_analysis.documents.grid import GridBudget
from gia_analysis.documents.html import read_page
from gia_analysis.documents.model import Block, Content, TextBlock
from gia_analysis.documents.text import read_text
from gia_analysis.errors import DocumentError

_MARKS = re.compile(
    r"^ {0,3}#{1,6}[ \t]+"  # a heading
    r"|[ \t]+#+[ \t]*$"  # its end
    r"|^ {0,3}>[ \t]?"  # a quotation
    r"|\*\*"  # bold
    r"|~~[^~\n]{1,200}~~"  # struck out, with its text
    r"|\\(?=[!-/:-@\[-`{}~])"  # a mark that is none
    r"|<!--[^\n]{0,1000}?-->|</?(?:b|i|u|em|strong|span|font|center|p|div|small)(?:[ \t][^<>\n]{0,1000})?>",
    re.MULTILINE | re.IGNORECASE,
)
_WRITTEN = re.compile(r"\\\||&(?:nbsp|emsp|ensp|lt|gt|amp|quot|#124);|<br[ \t]{0,9}/?>", re.IGNORECASE)
_MEANT = {
    "\\|": "｜", "&#124;": "｜",  # a bar within a cell
    "&nbsp;": "\xa0", "&emsp;": "\u2003", "&ensp;": "\u2002", "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"',
}  # fmt: skip
_TABLE_TAG = re.compile(r"<(/?)table\b", re.IGNORECASE)
_END_OF_TAG = ">"


def read(data: bytes) -> Content:
    """Read the bytes of a Markdown text in whichever encoding.

    Raises:
        DocumentError: the bytes are text in no encoding known here.
        LimitError: its tables have more cells than are read.
    """
    decoded = decode(data)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise DocumentError("the file is empty")
    blocks: list[Block] = []
    budget = GridBudget()
    end = line = 0
    for start, after in _html_tables(text):
        blocks += _lines(text[end:start], line)
        blocks += read_page(text[start:after].encode("utf-8", "replace"), budget).blocks
        line += text.count("\n", end, after)
        end = after
    blocks += _lines(text[end:], line)
    return Content(tuple(blocks), decoded.encoding, decoded.undecoded)


def _html_tables(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each outermost table in HTML begins and ends; one that is not closed is none."""
    start = depth = 0
    for tag in _TABLE_TAG.finditer(text):
        if tag[1] and depth:
            depth -= 1
            if not depth and (end := text.find(_END_OF_TAG, tag.end())) >= 0:
                yield start, end + 1
        elif not tag[1]:
            start = start if depth else tag.start()
            depth += 1


def _lines(text: str, before: int) -> Iterator[Block]:
    """Yield the blocks of a part of the text, before which there are some lines."""
    plain = _MARKS.sub("", _WRITTEN.sub(lambda found: _MEANT.get(found[0].lower(), " "), text))
    for block in read_text(plain) if plain.strip() else ():
        yield _moved(block, before) if before else block


def _moved(block: Block, by: int) -> Block:
    """Return a block with the numbers of its lines raised."""
    if isinstance(block, TextBlock):
        return replace(block, numbers=tuple(number + by for number in block.numbers or ()))
    rows = tuple(tuple(cell._replace(line=(cell.line or 0) + by) for cell in row) for row in block.rows)
    return replace(block, rows=rows)
