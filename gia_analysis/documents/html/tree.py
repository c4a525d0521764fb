"""A page as a tree that holds only what is shown, and the lines into which its elements part the text.

Elements within a line (``span``, ``font``, ``o:p``, ``a``, unknown ones) are taken away around their text as soon as the page
is open. What is left parts lines, so that two texts side by side are two lines. The parser's own code does it.
"""

from collections.abc import Collection, Iterable, Sequence, Set

from selectolax.lexbor import LexborHTMLParser, LexborNode

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
_TYPED = frozenset({"", "text", "number", "tel", "date", "email", "url"})
_MOSTLY = 2  # times: a hidden part that holds more than half of the text is what the page is about


def tags_of(*names: str) -> tuple[int, ...]:
    """Return the numbers of names that the parser knows."""
    page = LexborHTMLParser("")
    return tuple(page.create_node(name).tag_id for name in names)


def _tag_of_comments() -> int:
    root = LexborHTMLParser("<!---->").root
    assert root and root.prev
    return root.prev.tag_id


_PARTING_TAGS = frozenset(tags_of(*_PARTING.split()))
_NAMES_WITHOUT_TEXT = dict(zip(tags_of(*_WITHOUT_TEXT.split()), _WITHOUT_TEXT.split(), strict=True))
_RUNS = r"span,font,o\:p,a,b"  # the most frequent ones within lines
_NOTE_MARK, _FIELD, _COMMENT = *tags_of("sup", "input"), _tag_of_comments()
_LEFT_AS_LINES = _PARTING_TAGS | _NAMES_WITHOUT_TEXT.keys() | {_FIELD}


def show_text_alone(body: LexborNode, tags: Set[int], hidden: str, apart: Collection[int]) -> bool:
    """Leave nothing in a page but what is shown; return whether two texts may stand side by side now.

    What is filled in becomes text, and so do the marks of notes.

    Args:
        body: the body of the page.
        tags: the numbers of the names that its elements have.
        hidden: a selector of those that may be hidden.
        apart: which stand for themselves, whatever they are called.
    """
    if _FIELD in tags:
        for field in body.css("input"):
            _show_value(field)
    may_be_hidden: list[LexborNode] = []
    side_by_side = not tags.isdisjoint((_FIELD, _NOTE_MARK))
    names = [_NAMES_WITHOUT_TEXT[tag] for tag in tags & _NAMES_WITHOUT_TEXT.keys()]
    for node in body.css(",".join([*names, hidden])):
        if node.tag_id in _NAMES_WITHOUT_TEXT:
            side_by_side |= _take_out(node)
        else:
            may_be_hidden.append(node)
    if _NOTE_MARK in tags:
        _bracket([mark for mark in body.css("sup") if mark.mem_id not in apart])
    return _leave_out_hidden(body, [node for node in may_be_hidden if node.mem_id != body.mem_id]) or side_by_side


def _take_out(node: LexborNode) -> bool:
    """Take an element out of its page; return whether two texts stand side by side where it was."""
    before, after = node.prev, node.next
    node.decompose(recursive=False)
    return before is not None and after is not None and before.is_text_node and after.is_text_node


def join_runs(body: LexborNode, hidden: str) -> None:
    """Take away the elements that are most of a page from Word, those of the runs in its lines, unless they may be hidden.

    What comes after has a much smaller tree to walk; the parser's own code does it, several times as fast as ``part_lines``.
    """
    body.unwrap_tags([f":is({_RUNS}):not({hidden})"], delete_empty=True)
    body.merge_text_nodes()


def are_lines(tags: Set[int]) -> bool:
    """Tell whether elements with such tags part lines, all but those that are taken out so that text is shown alone."""
    return tags <= _LEFT_AS_LINES


def part_lines(body: LexborNode, apart: Collection[int]) -> None:
    """Leave no elements in a page but those that part its lines, each text between two of them in one piece.

    Args:
        body: the body of the page.
        apart: which others do so whatever they are called.
    """
    for node in [node for node in body.traverse() if node.tag_id not in _PARTING_TAGS]:
        if node.tag_id == _COMMENT:
            node.decompose(recursive=False)
        elif node.mem_id not in apart:
            node.unwrap(delete_empty=True)
    body.merge_text_nodes()


def stand_apart(body: LexborNode, nodes: Iterable[LexborNode]) -> None:
    """Let elements of a page that stand within a line be lines of their own, and join the text around what was taken out."""
    for node in nodes:
        if node.tag_id not in _PARTING_TAGS:
            node.insert_before(node.parser.create_node("br"))
            node.insert_after(node.parser.create_node("br"))
    body.merge_text_nodes()


def insert_before(node: LexborNode, text: str) -> None:
    """Put a text before an element as a line of its own, or several that are parted already."""
    line: LexborNode = node.parser.create_node("p")
    if text:
        line.insert_child(text)
    node.insert_before(line, True)


def replace_with(node: LexborNode, text: str) -> None:
    """Put a text in the place of an element, as ``insert_before`` does."""
    insert_before(node, text)
    node.decompose(recursive=False)


def _show_value(field: LexborNode) -> None:
    """Put what is typed into a field of a form in its place."""
    attributes = field.attributes
    if (attributes.get("type") or "text").lower() in _TYPED and (value := attributes.get("value")):
        field.insert_before(value)
    field.decompose(recursive=False)


def _bracket(marks: Sequence[LexborNode]) -> None:
    """Put the numbers of notes into brackets, so that they are no digits of the figures before them."""
    seen: set[int] = set()
    for mark in marks:
        if mark.mem_id not in seen:
            seen.update(inner.mem_id for inner in mark.traverse())
            if (text := mark.text().strip()).isdecimal():
                mark.insert_before(f"[{text}]")
                mark.decompose(recursive=False)


def _leave_out_hidden(body: LexborNode, found: Sequence[LexborNode]) -> bool:
    """Take out what is hidden, unless it is most of the page: then a script of the page shows it.

    Returns:
        Whether two texts stand side by side now.
    """
    lengths: list[tuple[LexborNode, int]] = []
    seen: set[int] = set()
    for node in found:
        if node.mem_id not in seen:
            seen.update(inner.mem_id for inner in node.traverse())
            lengths.append((node, len(node.text())))
    length = _length_up_to(_MOSTLY * max((each for _, each in lengths), default=0), body)
    parted = [_take_out(node) for node, each in lengths if each * _MOSTLY <= length]
    return any(parted)


def _length_up_to(most: int, body: LexborNode) -> int:
    """Return how many characters of text a page has, or at least so many that it is known to have the most asked for."""
    length = 0
    for node in body.traverse(include_text=True) if most else ():
        if node.is_text_node:
            length += len(node.text())
            if length >= most:
                break
    return length
