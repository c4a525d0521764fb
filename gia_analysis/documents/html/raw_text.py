"""Pages parsed without their long style sheet and script, which the parser would go through byte by byte for nothing.

Both are looked for where most of either stands: the first style sheet at the beginning of a page, the last script where no
element follows it. Whatever is in them up to their end tag is their text, and has no part in the rest of the tree. That
they are none that only look so, as in a comment, is proved in the tree: what precedes a cut is the same with and without
it, so that an element of which nothing but ``_CUT`` is left begins where it does in the whole page.
"""

import re
import secrets
from collections.abc import Iterable

import numpy as np
from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode, SelectolaxError

from gia_analysis.documents.html.hidden import SMALL

_CUT = secrets.token_hex(16).encode()  # no page has it: it is drawn anew in each process, and nothing of it is shown
_LONG = 16_384  # bytes of a text that is worth a cut
_BEGINNING = 8_192  # bytes in which the first style sheet begins
_MOST_SIGNS = 100  # "<" in a style sheet, most of which have none
_MOST_NAMES = 1_000  # "script" in a script, as in "javascript"
_STYLE, _SCRIPT, _END_OF_SCRIPT, _NAME = b"<style", b"<script", b"</script", b"script"
_END_OF_STYLE = re.compile(rb"</style[\s/>]", re.IGNORECASE)
_ENDS_OF_NAMES = (b"\t", b"\n", b"\f", b"\r", b" ", b"/", b">")
_FOREIGN = frozenset({"svg", "math"})  # where style sheets and scripts are markup


def parse(markup: bytes) -> LexborHTMLParser:
    """Return a page in UTF-8 as a tree, in which a long style sheet or script may have lost its text.

    ``raw_html`` of the tree is the markup that is left.

    Raises:
        MemoryError: there is no room for it.
    """
    if cuts := _cuts(markup):
        page = parse_whole(_without(markup, cuts))
        if _cuts_shown_by(page) == len(cuts):
            return page
    return parse_whole(markup)


def parse_whole(markup: bytes) -> LexborHTMLParser:
    """Return a page in UTF-8 as a tree, as a browser with scripts does.

    Raises:
        MemoryError: there is no room for it.
    """
    try:
        return LexborHTMLParser(markup, scripting=True, options=LexborDocumentOptions.WO_EVENTS)
    except SelectolaxError as error:  # no page is too broken for it, but there may be no room for one
        raise MemoryError from error


def _cuts(markup: bytes) -> list[slice]:
    """Return where the texts stand that may be cut out."""
    style = _long_style(markup)
    script = _long_script(markup, style.stop if style else 0)
    return [cut for cut in (style, script) if cut]


def _long_style(markup: bytes) -> slice | None:
    """Return where the text of the first style sheet stands, up to its end tag."""
    tag = markup.find(_STYLE, 0, _BEGINNING)
    start = markup.find(b">", tag) + 1 if tag >= 0 else 0
    end = start - 1
    for _ in range(_MOST_SIGNS if start else 0):
        end = markup.find(b"<", end + 1)
        if end < 0:
            break
        if _END_OF_STYLE.match(markup, end):
            return slice(start, end) if end - start >= _LONG else None
    return None


def _long_script(markup: bytes, after: int) -> slice | None:
    """Return where the text of the last script stands, in the latter half of a page, with no element behind it.

    There is neither an end tag nor the beginning of another script in it, so that it ends with its own in any case.
    """
    tag = markup.rfind(_SCRIPT, max(after, len(markup) // 2))
    start = markup.find(b">", tag) + 1 if tag >= 0 else 0
    if not start or len(markup) - start < _LONG:
        return None
    rest = (np.frombuffer(markup, np.uint8, offset=start) | SMALL).tobytes()
    length = rest.rfind(_END_OF_SCRIPT)
    if length < _LONG or _may_have_tags(rest, length):
        return None
    behind = markup[start + length + len(_END_OF_SCRIPT) :]
    ends_there = behind.startswith(_ENDS_OF_NAMES) and behind.count(b"<") == behind.count(b"</")
    return slice(start, start + length) if ends_there else None


def _may_have_tags(text: bytes, end: int) -> bool:
    """Tell whether a text may have the beginning or the end of a script before some place: whether its name stands so."""
    place = end
    for _ in range(_MOST_NAMES):
        place = text.rfind(_NAME, 0, place)
        if place < 0:
            return False
        if text.endswith((b"<", b"</"), 0, place):
            return True
    return True


def _without(markup: bytes, cuts: Iterable[slice]) -> bytes:
    kept, start = [], 0
    for cut in cuts:
        kept.append(memoryview(markup)[start : cut.start])
        start = cut.stop
    return _CUT.join([*kept, memoryview(markup)[start:]])


def _cuts_shown_by(page: LexborHTMLParser) -> int:
    """Return how many cuts are in a style sheet of the head or in a script that is the last element."""
    style = page.head is not None and any(node.text_lexbor().encode() == _CUT for node in page.head.css("style"))
    last, foreign = page.body, False
    while last is not None and (inner := _last_element_in(last)) is not None:
        last, foreign = inner, foreign or inner.tag in _FOREIGN
    script = last is not None and last.tag == "script" and not foreign and last.text_lexbor().encode() == _CUT
    return style + script


def _last_element_in(node: LexborNode) -> LexborNode | None:
    inner = node.last_child
    while inner is not None and not inner.is_element_node:
        inner = inner.prev
    return inner
