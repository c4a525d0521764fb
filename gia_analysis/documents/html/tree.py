"""A page as a tree that holds only what is shown, and in which every text stands for a line of its own.

Elements within a line (``span``, ``font``, ``o:p``, ``a``, unknown ones) are taken away around their text. What is left
parts lines, so that two texts side by side are two lines. The parser's own code does it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Self

from selectolax.lexbor import LexborHTMLParser, LexborNode


class _Role(IntEnum):
    """What an element does to the text around and in it; one that is not known stands within a line."""

    PARTS_LINES = 0
    HOLDS_NO_TEXT = 1
    HOLDS_NOTE_MARK = 2
    IS_FILLED_IN = 3


# Only names that the parser has numbers for: it numbers others anew in each page.
_PARTING = (
    "html body frameset div p br hr h1 h2 h3 h4 h5 h6 table caption colgroup col tbody thead tfoot tr td th ul ol li dl dt "
    "dd dir menu pre listing xmp plaintext textarea blockquote center address article section main header footer nav aside "
    "figure figcaption form fieldset legend details summary dialog hgroup search button marquee"
)
# del, s and strike: what is struck out no longer counts, and beside what replaced it, it would make another figure.
_WITHOUT_TEXT = (
    "script style noscript template head title meta link base select datalist svg math iframe frame noframes noembed embed "
    "audio video canvas img area map rt rp del s strike"
)
_HIDDEN = '[style*="display:none" i],[style*="display: none" i]'
_TYPED = frozenset({"", "text", "number", "tel", "date", "email", "url"})
_MOSTLY = 2  # times: a hidden part that holds more than half of the text is what the page is about


def tags_of(*names: str) -> tuple[int, ...]:
    """Return the numbers of names that the parser knows."""
    page = LexborHTMLParser("")
    return tuple(page.create_node(name).tag_id for name in names)


def _roles() -> dict[int, _Role]:
    root = LexborHTMLParser("<!---->").root
    assert root and root.prev
    known = {root.prev.tag_id: _Role.HOLDS_NO_TEXT}  # that of a comment
    for names, role in (
        (_PARTING, _Role.PARTS_LINES),
        (_WITHOUT_TEXT, _Role.HOLDS_NO_TEXT),
        ("sup", _Role.HOLDS_NOTE_MARK),
        ("input", _Role.IS_FILLED_IN),
    ):
        known |= dict.fromkeys(tags_of(*names.split()), role)
    return known


_ROLES = _roles()
_PARTING_TAGS = frozenset(tag for tag, role in _ROLES.items() if role is _Role.PARTS_LINES)


@dataclass(slots=True)
class Elements:
    """The elements and comments of a page in order, and the number of the name of each: found once, asked for often."""

    nodes: list[LexborNode]
    tags: list[int]

    @classmethod
    def of(cls, body: LexborNode) -> Self:
        nodes = list(body.traverse())
        return cls(nodes, [node.tag_id for node in nodes])

    def named(self, *tags: int) -> list[LexborNode]:
        """Return the elements with one of some names."""
        if not any(tag in self.tags for tag in tags):
            return []
        return [node for node, tag in zip(self.nodes, self.tags, strict=True) if tag in tags]


def show_text_alone(body: LexborNode, elements: Elements, displays: bool, parting: Collection[int]) -> None:
    """Leave nothing in a page but shown text and what parts its lines.

    Args:
        body: the body of the page.
        elements: what it holds.
        displays: whether the page says of any element how it is displayed.
        parting: which elements part lines whatever they are called.
    """
    within: list[LexborNode] = []
    marks: list[LexborNode] = []
    for node, tag in zip(elements.nodes, elements.tags, strict=True):
        if tag in _PARTING_TAGS:
            continue
        role = _ROLES.get(tag)
        if role is _Role.IS_FILLED_IN:
            _show_value(node)
        if role is _Role.HOLDS_NO_TEXT or role is _Role.IS_FILLED_IN:
            node.decompose(recursive=False)
        elif not parting or node.mem_id not in parting:
            within.append(node)
            if role is _Role.HOLDS_NOTE_MARK:
                marks.append(node)
    _bracket(marks)
    _leave_out_hidden(body, displays)
    for node in within:
        node.unwrap(delete_empty=True)
    body.merge_text_nodes()


def _show_value(field: LexborNode) -> None:
    """Put what is typed into a field of a form before it."""
    attributes = field.attributes
    if (attributes.get("type") or "text").lower() in _TYPED and (value := attributes.get("value")):
        field.insert_before(value)


def _bracket(marks: Sequence[LexborNode]) -> None:
    """Put the numbers of notes into brackets, so that they are no digits of the figures before them."""
    seen: set[int] = set()
    for mark in marks:
        if mark.mem_id not in seen:
            seen.update(inner.mem_id for inner in mark.traverse())
            if (text := mark.text().strip()).isdecimal():
                mark.insert_before(f"[{text}]")
                mark.decompose(recursive=False)


def _leave_out_hidden(body: LexborNode, displays: bool) -> None:
    """Take out what is hidden, unless it is most of the page: then a script of the page shows it."""
    query = f"[hidden],{_HIDDEN}" if displays else "[hidden]"
    hidden = [node for node in body.css(query) if node.mem_id != body.mem_id]
    length = len(body.text()) if hidden else 0
    seen: set[int] = set()
    for node in hidden:
        if node.mem_id not in seen:
            seen.update(inner.mem_id for inner in node.traverse())
            if len(node.text()) * _MOSTLY <= length:
                node.decompose(recursive=False)
