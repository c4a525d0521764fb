"""Text whose source lines are its lines, as in ``<pre>``: where they are a flattened table, it is read as plain text.

Other elements may be styled to keep their lines; there, only lines that are a flattened table are taken for lines.
"""

from collections.abc import Set

from selectolax.lexbor import LexborNode

from gia_analysis.documents.html.tables import Taken
from gia_analysis.documents.html.tree import replace_with, tags_of
from gia_analysis.documents.html.writing import BREAK, line_of, place_of
from gia_analysis.documents.model import Block, TableBlock
from gia_analysis.documents.text import read_text

_LEAST_LINES = 3
_NAMES = ("pre", "textarea", "xmp", "listing")
_TAGS = tags_of(*_NAMES)


def take_preformatted(body: LexborNode, tags: Set[int], taken: Taken) -> None:
    """Keep the lines of preformatted text; where some are a table, take them out of the page."""
    if tags.isdisjoint(_TAGS):
        return
    for node in body.css(",".join(_NAMES)):
        text = node.text(separator="\n")
        if "\n" not in text.strip() or any(child.tag != "br" for child in node.iter()):
            continue
        if blocks := table_of_lines(text):
            replace_with(node, place_of(len(taken)))
            taken.append(blocks)
        else:
            replace_with(node, BREAK.join(filter(None, map(line_of, text.split("\n")))))


def may_hold_table(text: str) -> bool:
    """Tell whether a text holds what parts the cells of a flattened table."""
    return "|" in text or "\t" in text


def table_of_lines(text: str) -> tuple[Block, ...]:
    """Return a text as what it is by its source lines, if they are a flattened table."""
    if text.count("\n") < _LEAST_LINES or not may_hold_table(text.strip()):
        return ()
    blocks = read_text(text.strip("\r\n"))
    return blocks if any(isinstance(block, TableBlock) for block in blocks) else ()
