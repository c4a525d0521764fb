"""Web pages, by lexbor: what a browser would show, its tables as true grids, and what the head says of the page.

The parser reads as browsers do, at any depth and however broken the page is.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from gia_analysis.documents.grid import GridBudget
from gia_analysis.documents.html.drawn import take_drawn_tables
from gia_analysis.documents.html.memory import collector_paused, keep_freed_memory
from gia_analysis.documents.html.opening import Page, pages_of
from gia_analysis.documents.html.preformatted import may_hold_table, table_of_lines, take_preformatted
from gia_analysis.documents.html.tables import Taken, take_tables
from gia_analysis.documents.html.tree import stand_apart
from gia_analysis.documents.html.writing import BREAK, line_of, may_collapse, parts_of, reads_well
from gia_analysis.documents.model import Block, Content, TableBlock, TextBlock
from gia_analysis.errors import DocumentError

__all__ = ["NO_TEXT", "read", "read_page"]

NO_TEXT = "the page shows no text: it has frames, or a script loads its text; save what a browser shows"


def read(data: bytes) -> Content:
    """Read the bytes of a web page in whichever encoding.

    Raises:
        DocumentError: the page shows no text, or its bytes are text in no encoding known here.
        LimitError: it has more cells, elements in each other, or attributes than are read.
    """
    content = read_page(data, GridBudget())
    if not content.blocks:
        raise DocumentError(NO_TEXT)
    return content


def read_page(data: bytes, budget: GridBudget) -> Content:
    """Read the bytes of a web page, one of several: it may show nothing.

    Args:
        data: the page.
        budget: how many cells its tables may have.

    Raises:
        DocumentError: its bytes are text in no encoding known here.
        LimitError: it has more cells, elements in each other, or attributes than are read.
    """
    keep_freed_memory()
    with collector_paused():
        left = budget.left
        for page in pages_of(data):
            budget.left = left
            taken: Taken = []
            text = _text_around(page, taken, budget)
            told = (text, *_texts_of(taken), *(value for _, value in page.properties))
            if not page.taken_for or reads_well(told):
                break
        return Content(tuple(_blocks(text, taken)), page.encoding, page.undecoded, properties=page.properties)


def _text_around(page: Page, taken: Taken, budget: GridBudget) -> str:
    """Take the tables out of a page; return the text around them, with the number of each in ``taken`` in its place."""
    if page.body is None:
        return ""
    take_preformatted(page.body, page.tags, taken)
    if page.boxes:
        take_drawn_tables(page.boxes, taken, budget)
        stand_apart(page.body, page.boxes)
    take_tables(page.body, taken, budget)
    text: str = page.body.text(separator=BREAK, skip_empty=True)
    return text


def _texts_of(taken: Taken) -> list[str]:
    texts: list[str] = []
    for block in chain.from_iterable(taken):
        if isinstance(block, TableBlock):
            texts += [cell[0] for row in block.rows for cell in row]
        else:
            texts += block.lines
    return texts


def _blocks(text: str, taken: Taken) -> Iterator[Block]:
    """Yield lines and what was taken out between them."""
    tables_may_be_lines = "\n" in text and may_hold_table(text)
    as_line = line_of if may_collapse(text) else str.strip  # most pages have thousands of short lines
    lines: list[str] = []
    for number, pieces in parts_of(text):
        if number is not None:
            yield from _text_block(lines)
            yield from taken[number]
            lines = []
        if not tables_may_be_lines:
            lines += map(as_line, pieces)
            continue
        for piece in pieces:
            if blocks := table_of_lines(piece):
                yield from _text_block(lines)
                yield from blocks
                lines = []
            else:
                lines.append(line_of(piece))
    yield from _text_block(lines)


def _text_block(lines: Iterable[str]) -> Iterator[TextBlock]:
    """Yield the lines that are not empty as a block, if there are any."""
    if shown := tuple(filter(None, lines)):
        yield TextBlock(shown)
