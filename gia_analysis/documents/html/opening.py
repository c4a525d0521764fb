"""Bytes → a page whose tree holds shown text alone, in whichever encoding.

A page is taken for UTF-8 at first, and parsed as it is; that it was none shows in its text in the end. So the markup, which
is most of a page, need not be decoded.
"""

import codecs
from collections.abc import Iterator, Set
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gia_analysis.documents.encoding import BYTE_ORDER_MARK, decode_to_utf8
from gia_analysis.documents.html.bounds import require_plain
from gia_analysis.documents.html.drawn import find_drawn_cells, has_cells_enough, may_have_cells_enough
from gia_analysis.documents.html.hidden import hidden_in
from gia_analysis.documents.html.raw_text import parse
from gia_analysis.documents.html.tree import are_lines, join_runs, part_lines, show_text_alone
from gia_analysis.documents.html.writing import line_of
from gia_analysis.documents.model import Property

_HEAD_BYTES = 4_096
_TOLD = "meta[content],title"


@dataclass(slots=True)
class Page:
    """A page as it is read.

    ``body`` is missing where it has frames instead; of its elements, only those that part lines and those drawn as cells are
    left, each text between two of them in one piece. ``tags`` are the numbers of the names of the elements in it,
    ``boxes`` the cells of tables that are drawn with boxes, ``apart`` the identities of those, ``properties`` what the head
    says of the page, and ``markup`` what was parsed. ``encoding`` and ``undecoded`` are those of ``decode``; ``taken_for``
    says that its encoding was not looked for.
    """

    body: LexborNode | None
    properties: tuple[Property, ...]
    markup: bytes
    tags: Set[int] = frozenset()
    boxes: list[LexborNode] = field(default_factory=list)
    apart: Set[int] = frozenset()
    encoding: str = "utf-8"
    undecoded: int = 0
    taken_for: bool = False


def pages_of(data: bytes) -> Iterator[Page]:
    """Yield the pages that some bytes may be: what they are in UTF-8 if they begin so, then what they are.

    Raises:
        DocumentError: they are text in no encoding known here.
        LimitError: the page has too many elements in each other, or attributes.
        MemoryError: there is no room for it.
    """
    markup = data.removeprefix(BYTE_ORDER_MARK)
    if _begins_as_utf8(markup):
        page = _open(markup)
        page.encoding, page.taken_for = "utf-8-sig" if len(markup) < len(data) else "utf-8", True
        if b"\0" not in page.markup:  # looked for where the processor has them at hand
            yield page
    markup, encoding, undecoded = decode_to_utf8(data)
    page = _open(markup)
    page.encoding, page.undecoded = encoding, undecoded
    yield page


def _begins_as_utf8(markup: bytes) -> bool:
    head = markup[:_HEAD_BYTES]
    if b"\0" in head or markup.endswith(b"\0"):  # perhaps UTF-16, or a file that was not written to its end
        return False
    try:
        codecs.utf_8_decode(head, "strict", False)
    except UnicodeDecodeError:
        return False
    return True


def _open(markup: bytes, *, guess: bool = True) -> Page:
    """Return a page; that it has true cells enough may be guessed at first, and is looked at when that takes less time."""
    require_plain(markup)
    parser = parse(markup)
    page = Page(parser.body, tuple(_properties(parser)), parser.raw_html)
    if page.body is not None:
        hidden = hidden_in(page.markup)
        guessed = guess and may_have_cells_enough(markup)
        page.boxes = [] if guessed else find_drawn_cells(parser, markup)
        page.apart = {node.mem_id for node in page.boxes}
        if not page.boxes:
            join_runs(page.body, hidden)
        tags = [node.tag_id for node in page.body.traverse()]
        if guessed and not has_cells_enough(tags):
            return _open(markup, guess=False)
        page.tags = set(tags)
        side_by_side = show_text_alone(page.body, page.tags, hidden, page.apart)
        if page.boxes or not are_lines(page.tags):
            part_lines(page.body, page.apart)
        elif side_by_side:
            page.body.merge_text_nodes()
    return page


def _properties(parser: LexborHTMLParser) -> Iterator[Property]:
    """Yield the fields that a page gives of itself, and its title."""
    told = parser.head.css(_TOLD) if parser.head else []
    for node in told or parser.css(_TOLD):
        if node.tag == "title":
            if title := line_of(node.text()):
                yield "title", title
            continue
        attributes = node.attributes
        name, content = attributes.get("name") or attributes.get("property"), attributes.get("content")
        if name and content:
            yield name, content
