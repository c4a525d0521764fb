"""Tables drawn with boxes: elements that a style displays as cells, or that are called so by their class or role."""

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gia_analysis.documents.grid import GridBudget
from gia_analysis.documents.html.raw_text import parse_whole
from gia_analysis.documents.html.tree import insert_before, tags_of
from gia_analysis.documents.html.writing import BREAK, holds_place, lines_of, place_of
from gia_analysis.documents.model import Block, TableBlock, TextCell

_NAMES = ("td", "th", "cell", "table-cell", "tcell", "t-cell", "tbl-cell", "grid-cell", "col", "column")
_DISPLAYED = "table-cell"
_CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
_MOST_CLASSES = 20
_MOST_TRUE_CELLS = 100  # of tables around a report, such as lists of links
_STRETCH, _SHARE = 4_096, 16  # bytes; of each stretch such a part is looked at, to tell about how many cells a page has
_MOST_STRETCHES = 32
_DRAWN = ("div", "span", "li", "dd", "p")
_LEAST_ROWS, _LEAST_CELLS = 2, 2

(_CELL,) = tags_of("td")
_Row = tuple[LexborNode, list[str]]


def may_have_cells_enough(markup: bytes) -> bool:
    """Tell by parts of its markup whether a page probably has so many true cells that none is looked for among its boxes."""
    stretch = max(_STRETCH, len(markup) // _MOST_STRETCHES)
    probe = stretch // _SHARE
    found = sum(markup.count(b"<td", start, start + probe) for start in range(stretch // 2, len(markup), stretch))
    return found * _SHARE > _MOST_TRUE_CELLS


def has_cells_enough(tags: Sequence[int]) -> bool:
    """Tell whether a page has so many, by the numbers of the names of its elements."""
    return tags.count(_CELL) > _MOST_TRUE_CELLS


def find_drawn_cells(page: LexborHTMLParser, markup: bytes) -> list[LexborNode]:
    """Return the elements that are drawn as cells of a table, in order; none where a page has true tables enough.

    Args:
        page: the page.
        markup: its markup.
    """
    if len(page.tags("td")) > _MOST_TRUE_CELLS:
        return []
    displays = _DISPLAYED.encode() in markup.lower()
    styles = [node.text() for node in _with_styles(page, markup).css("style")] if displays else []
    classes = dict.fromkeys((*_NAMES, *_classes_of_cells(styles)))
    names = [f'{tag}[class~="{name}"]' for name in classes for tag in _DRAWN]
    return page.css(",".join([*names, f'[style*="{_DISPLAYED}" i]'] if displays else names))


def _with_styles(page: LexborHTMLParser, markup: bytes) -> LexborHTMLParser:
    """Return a page with its style sheets in full."""
    return page if len(page.raw_html) == len(markup) else parse_whole(markup)


def _classes_of_cells(styles: Sequence[str]) -> list[str]:
    """Return the classes that style sheets display as cells."""
    rules = (rule.partition("{") for style in styles if _DISPLAYED in style for rule in style.split("}"))
    return [name for heads, _, body in rules if _DISPLAYED in body for name in _CLASS.findall(heads)][:_MOST_CLASSES]


def take_drawn_tables(cells: Sequence[LexborNode], taken: list[tuple[Block, ...]], budget: GridBudget) -> None:
    """Take the tables that cells are drawn in out of their page, and leave the number of each in ``taken`` in its place.

    Raises:
        LimitError: they have more cells than are read.
    """
    for rows in _tables_of(cells):
        if len(rows) < _LEAST_ROWS:
            continue
        budget.spend(sum(len(texts) for _, texts in rows))
        insert_before(rows[0][0], place_of(len(taken)))
        taken.append((_block_of([texts for _, texts in rows]),))
        for row, _ in rows:
            row.decompose(recursive=False)


def _tables_of(cells: Sequence[LexborNode]) -> Iterator[list[_Row]]:
    """Yield rows that follow each other, each with the texts of its cells."""
    table: list[_Row] = []
    seen: set[int] = set()
    for cell in cells:
        row = cell.parent
        if row is None or row.mem_id in seen:
            continue
        seen.add(row.mem_id)
        texts = _texts_of(row)
        if texts is None:
            continue
        if table and _following(table[-1][0]) != row.mem_id:
            yield table
            table = []
        table.append((row, texts))
    if table:
        yield table


def _texts_of(row: LexborNode) -> list[str] | None:
    """Return the texts of the cells of a row; None where one is no cell but a part of the page that holds others."""
    cells = [each for each in row.iter(include_text=True) if each.is_element_node or not each.is_empty_text_node]
    texts = [cell.text(separator=BREAK, skip_empty=True) for cell in cells]
    if len(cells) < _LEAST_CELLS or any(map(holds_place, texts)) or any(map(_holds_parts, cells)):
        return None
    return [lines_of(text) for text in texts]


def _holds_parts(cell: LexborNode) -> bool:
    """Tell whether an element holds others that hold others: more than the lines of a cell."""
    return any(inner.tag != "br" for part in cell.iter() for inner in part.iter())


def _following(row: LexborNode) -> int | None:
    """Return which element follows a row."""
    node = row.next
    while node is not None and node.is_empty_text_node:
        node = node.next
    return node.mem_id if node is not None else None


def _block_of(rows: Sequence[Sequence[str]]) -> TableBlock:
    """Return the table of some rows; columns are known where every row draws all of them."""
    even = len({len(texts) for texts in rows}) == 1
    cells = tuple(tuple(map(TextCell, texts)) for texts in rows)
    return TableBlock(cells, row_ends_known=True, blanks_kept=True, layout="boxes", columns_known=even)
