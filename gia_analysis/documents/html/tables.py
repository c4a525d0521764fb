"""The tables of a page, taken out of it from the inside to the outside, so that each stands where it stood.

A table that holds others, or in which no two cells stand side by side, only lays out the page: its cells are lines. Of
one that holds others, rows without any that stand together as a table stay one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from selectolax.lexbor import LexborNode

from gia_analysis.documents.grid import TO_THE_END, GridBudget, SpanCell, expand
from gia_analysis.documents.html.tree import insert_before, part_lines, replace_with, tags_of, text_of
from gia_analysis.documents.html.writing import BREAK, holds_place, line_of, place_of
from gia_analysis.documents.limits import DEEPEST_TABLE, MOST_TABLE_CELLS, require_at_most
from gia_analysis.documents.model import Block

_NUMBER = re.compile(r"[ \t\n\r\f]*\+?([0-9]+)")
_LARGEST_SPAN = 65_534
_LEAST_ROWS = 2  # of a table within one that lays out the page

Spans = Mapping[int, tuple[int, int]]
Taken = list[tuple[Block, ...]]

_ROW, _CAPTION = tags_of("tr", "caption")


@dataclass(slots=True)
class _Row:
    node: LexborNode
    cells: list[SpanCell | str]
    holds_tables: bool = False

    def texts(self) -> int:
        """Return how many of the cells have a text."""
        return sum(bool(cell if isinstance(cell, str) else cell.text) for cell in self.cells)


def take_tables(body: LexborNode, taken: Taken, budget: GridBudget) -> None:
    """Take the tables out of a page, innermost first, and leave the number of each in ``taken`` in its place.

    Raises:
        LimitError: they have more cells than are read.
    """
    tables = body.css("table")
    depths = _depths(tables)
    require_at_most(DEEPEST_TABLE, max(depths, default=0), "tables in each other")
    for table, depth in zip(reversed(tables), reversed(depths), strict=True):
        parts = table.css("tr,td,th,caption")
        if len(parts) > MOST_TABLE_CELLS:
            require_at_most(MOST_TABLE_CELLS, sum(part.tag_id != _ROW for part in parts), "cells in its tables")
        spans = {node.mem_id: _spans_of(node) for node in table.css("[rowspan],[colspan]")}
        rows = list(_rows_of(parts, spans))
        if any(row.holds_tables for row in rows):
            _take_rows(rows, taken, budget)
            _dissolve(table, nested=depth > 0)
        elif _only_frames(rows, nested=depth > 0):
            _dissolve(table, nested=depth > 0)
        else:
            for caption in (part for part in parts if part.tag_id == _CAPTION):
                part_lines(caption)
                insert_before(table, caption.text(separator=BREAK, skip_empty=True))
            replace_with(table, place_of(len(taken)))
            taken.append((expand([row.cells for row in rows], budget),))


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


def _rows_of(parts: Sequence[LexborNode], spans: Spans) -> Iterator[_Row]:
    row: _Row | None = None
    for part in parts:
        tag = part.tag_id
        if tag == _ROW:
            if row:
                yield row
            row = _Row(part, [])
        elif row and tag != _CAPTION:
            text = part.text(True, BREAK, False, True)  # by place: there may be thousands
            if BREAK in text:
                row.holds_tables = row.holds_tables or holds_place(text)
                text = text_of(part, text)
            else:
                text = line_of(text)
            span = spans.get(part.mem_id)
            row.cells.append(SpanCell(text, *span) if span else text)
    if row:
        yield row


def _only_frames(rows: Sequence[_Row], *, nested: bool) -> bool:
    """Tell whether a table is but a frame around its cells."""
    if all(len(row.cells) <= 1 for row in rows):
        return True
    return nested and sum(row.texts() for row in rows) <= 1


def _take_rows(rows: Sequence[_Row], taken: Taken, budget: GridBudget) -> None:
    """Take out the rows of a table that hold no table and are one by themselves."""
    for holding, group in groupby(rows, lambda row: row.holds_tables):
        run = list(group)
        side_by_side = sum(row.texts() > 1 for row in run)
        if holding or side_by_side < _LEAST_ROWS:
            continue
        insert_before(run[0].node, place_of(len(taken)))
        taken.append((expand([row.cells for row in run], budget),))
        for row in run:
            row.node.decompose(recursive=False)


def _dissolve(table: LexborNode, *, nested: bool) -> None:
    """Leave the lines of a table in its place; where no other holds it, its elements part them as they are."""
    if nested:
        part_lines(table)
        replace_with(table, table.text(separator=BREAK, skip_empty=True))


def _spans_of(node: LexborNode) -> tuple[int, int]:
    """Return how many rows and columns a cell spans; what is no number is 1, no rows are all rows to the end."""
    attributes = node.attrs
    rows = _span(attributes.get("rowspan"))
    return TO_THE_END if rows == 0 else min(rows, _LARGEST_SPAN), _span(attributes.get("colspan")) or 1


def _span(written: str | None) -> int:
    found = _NUMBER.match(written or "")
    return int(found[1][:9]) if found else 1
