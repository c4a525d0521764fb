"""Text whose source lines are its lines, as in ``<pre>``: where they are a flattened table, it is read as plain text.

Other elements may be styled to keep their lines; there, only lines that are a flattened table are taken for lines.
"""

from gia_analysis.documents.html.tables import Taken
from gia_analysis.documents.html.tree import Elements, tags_of
from gia_analysis.documents.html.writing import BREAK, line_of, place_of
from gia_analysis.documents.model import Block, TableBlock
from gia_analysis.documents.text import read_text

_LEAST_LINES = 3
_PREFORMATTED = tags_of("pre", "textarea", "xmp", "listing")


def take_preformatted(elements: Elements, taken: Taken) -> None:
    """Keep the lines of preformatted text; where some are a table, take them out of the page."""
    for node in elements.named(*_PREFORMATTED):
        text = node.text(separator="\n")
        if "\n" not in text.strip() or any(child.tag != "br" for child in node.iter()):
            continue
        if blocks := table_of_lines(text):
            node.replace_with(place_of(len(taken)))
            taken.append(blocks)
        else:
            node.replace_with(BREAK.join(filter(None, map(line_of, text.split("\n")))))


def table_of_lines(text: str) -> tuple[Block, ...]:
    """Return a text as what it is by its source lines, if they are a flattened table."""
    if text.count("\n") < _LEAST_LINES or not ("|" in text or "\t" in text.strip()):
        return ()
    blocks = read_text(text.strip("\r\n"))
    return blocks if any(isinstance(block, TableBlock) for block in blocks) else ()
