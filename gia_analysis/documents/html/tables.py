"""The tables of a page, taken out of it from the inside to the outside, so that each stands where it stood.

A table that holds others, or in which no two cells stand side by side, only lays out the page: its cells are lines. Of
one that holds others, rows without any that stand together as a table stay one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from selectolax.lexbor import LexborNode

from gia_analysis.documents.grid import TO_THE_END, GridBudget, SpanCell, expand
from gia_analysis.documents.html.tree import insert_before, replace_with, tags_of
from gia_analysis.documents.html.writing import BREAK, holds_place, lines_of, place_of
from gia_analysis.documents.limits import DEEPEST_TABLE, MOST_TABLE_CELLS, require_at_most
from gia_analysis.documents.model import Block, TextCell

_NUMBER = re.compile(r"[ \t\n\r\f]*\+?([0-9]+)")
_USUAL_SPANS: dict[str | None, int] = {None: 1, **{str(number): number for number in range(20)}}
_LARGEST_SPAN = 65_534
_LEAST_ROWS = 2  # of a table within one that lays out the page

Spans = Mapping[int, tuple[int, int]]
Taken = list[tuple[Block, ...]]

_ROW, _CAPTION = tags_of("tr", "caption")
MOST_KNOWN, _LONGEST_KNOWN = 4_096, 120
known_cells: dict[str, TextCell] = {}  # by the pieces of their texts: reports share most of their labels and figures


@dataclass(slots=True)
class _Rows:
    """The rows of a table: their elements, their cells, and the numbers of those that hold tables; and its captions."""

    nodes: list[LexborNode] = field(default_factory=list)
    cells: list[list[SpanCell | TextCell]] = field(default_factory=list)
    holding: set[int] = field(default_factory=set)
    captions: list[LexborNode] = field(default_factory=list)

    def texts(self, number: int) -> int:
        """Return how many cells of a row have a text."""
        return sum(bool(cell.text) for cell in self.cells[number])


def take_tables(body: LexborNode, taken: Taken, budget: GridBudget) -> None:
    """Take the tables out of a page, innermost first, and leave the number of each in ``taken`` in its place.

    Raises:
        LimitError: they have more cells than are read.
    """
    tables = body.parser.tags("table")  # as ``css`` finds them, in less time
    depths = _depths(tables)
    require_at_most(DEEPEST_TABLE, max(depths, default=0), "tables in each other")
    for table, depth in zip(reversed(tables), reversed(depths), strict=True):
        parts = table.css("tr,td,th,caption")
        if len(parts) > MOST_TABLE_CELLS:
            require_at_most(MOST_TABLE_CELLS, sum(part.tag_id != _ROW for part in parts), "cells in its tables")
        spans = {node.mem_id: _spans_of(node) for node in table.css("[rowspan],[colspan]")}
        rows = _rows_of(parts, spans)
        if rows.holding:
            _take_rows(rows, taken, budget)
            _dissolve(table, nested=depth > 0)
        elif _only_frames(rows, nested=depth > 0):
            _dissolve(table, nested=depth > 0)
        else:
            for caption in rows.captions:
                insert_before(table, caption.text(separator=BREAK, skip_empty=True))
            replace_with(table, place_of(len(taken)))
            taken.append((expand(rows.cells, budget),))


def _depths(tables: Sequence[LexborNode]) -> list[int]:
    """Return in how many others each table lies."""
    within: dict[int, int] = {}  # element → the number of tables that it is or lies in
    depths: list[int] = []
    for table in tables:
        path: list[int] = []
        node = table.parent
        while node is not None and node.mem_id not in within:
            path.append(node.mem_id)
            node = node.parent
        depth = within[node.mem_id] if node is not None else 0
        within.update(dict.fromkeys(path, depth))
        within[table.mem_id] = depth + 1
        depths.append(depth)
    return depths


def _rows_of(parts: Sequence[LexborNode], spans: Spans) -> _Rows:
    rows = _Rows()
    cells: list[SpanCell | TextCell] | None = None
    for part in parts:
        tag = part.tag_id
        if tag == _ROW:
            cells = []
            rows.nodes.append(part)
            rows.cells.append(cells)
        elif tag == _CAPTION:
            rows.captions.append(part)
        elif cells is not None:
            pieces = part.text(True, BREAK, False, True)  # by place: there may be thousands
            cell = known_cells.get(pieces)
            if cell is None:
                cell = _cell_of(pieces)
                if holds_place(pieces):
                    rows.holding.add(len(rows.nodes) - 1)
            span = spans.get(part.mem_id) if spans else None
            cells.append(SpanCell(cell.text, *span) if span else cell)
    return rows


def _cell_of(pieces: str) -> TextCell:
    """Return a cell by the pieces of its text, its lines; one that holds places keeps them as they are."""
    if holds_place(pieces):
        return TextCell(pieces)
    cell = TextCell(lines_of(pieces))
    if len(pieces) <= _LONGEST_KNOWN:
        if len(known_cells) >= MOST_KNOWN:
            known_cells.clear()
        known_cells[pieces] = cell
    return cell


def _only_frames(rows: _Rows, *, nested: bool) -> bool:
    """Tell whether a table is but a frame around its cells."""
    if all(len(cells) <= 1 for cells in rows.cells):
        return True
    return nested and sum(map(rows.texts, range(len(rows.nodes)))) <= 1


def _take_rows(rows: _Rows, taken: Taken, budget: GridBudget) -> None:
    """Take out the rows of a table that hold no table and are one by themselves."""
    for holding, group in groupby(range(len(rows.nodes)), rows.holding.__contains__):
        run = list(group)
        side_by_side = sum(rows.texts(number) > 1 for number in run)
        if holding or side_by_side < _LEAST_ROWS:
            continue
        insert_before(rows.nodes[run[0]], place_of(len(taken)))
        taken.append((expand([rows.cells[number] for number in run], budget),))
        for number in run:
            rows.nodes[number].decompose(recursive=False)


def _dissolve(table: LexborNode, *, nested: bool) -> None:
    """Leave the lines of a table in its place; where no other holds it, its elements part them as they are."""
    if nested:
        replace_with(table, table.text(separator=BREAK, skip_empty=True))


def _spans_of(node: LexborNode) -> tuple[int, int]:
    """Return how many rows and columns a cell spans; what is no number is 1, no rows are all rows to the end."""
    attributes = node.attributes
    rows = _span(attributes.get("rowspan"))
    return TO_THE_END if rows == 0 else min(rows, _LARGEST_SPAN), _span(attributes.get("colspan")) or 1


def _span(written: str | None) -> int:
    if (usual := _USUAL_SPANS.get(written)) is not None:
        return usual
    found = _NUMBER.match(written or "")
    return int(found[1][:9]) if found else 1
