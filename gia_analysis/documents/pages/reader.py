"""Pages → blocks in reading order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from gia_analysis.documents.model import Block, TextBlock
from gia_analysis.documents.pages.furniture import without_furniture
from gia_analysis.documents.pages.grids import Cell, RuledGrid, find_grids
from gia_analysis.documents.pages.lines import Line, lines_of
from gia_analysis.documents.pages.model import Glyph, Page
from gia_analysis.documents.pages.pieces import Strip, is_figure, strips_of
from gia_analysis.documents.pages.rules import Stroke, join_rules
from gia_analysis.documents.pages.tables import Table, joined, ruled_table
from gia_analysis.documents.pages.unruled import find_tables

_ROOM = 12.0  # points of a cell's width that its text may leave free where it is broken for want of room
_BEYOND = 3.0  # points by which what is written in a cell may reach over its side


@dataclass(slots=True)
class _Layout:
    """A page with its ruled tables, the lines of text outside them, and its ruling lines."""

    number: int
    height: float
    tables: list[tuple[float, Table]]
    lines: list[Line]
    horizontal: list[Stroke]
    vertical: list[Stroke]


_Placed = tuple[Line, int]  # a line and its page


def read_pages(pages: Iterable[Page]) -> tuple[Block, ...]:
    """Return what stands on pages: their tables, and the text outside them. A table goes on over the edge of a page.

    Raises:
        LimitError: there are more ruling lines or cells than are read.
    """
    layouts = [_lay_out(page) for page in pages]
    kept = without_furniture([(layout.height, layout.lines) for layout in layouts])
    parts: list[Table | _Placed] = []
    for layout, lines in zip(layouts, kept, strict=True):
        for position, part in enumerate(_in_order(layout, lines)):
            before = parts[-1] if parts and position == 0 else None
            if isinstance(part, Table) and isinstance(before, Table) and (whole := joined(before, part)):
                parts[-1] = whole
            else:
                parts.append(part)
    return tuple(_blocks(_with_unruled_tables(parts, {layout.number: layout for layout in layouts})))


def _with_unruled_tables(parts: Iterable[Table | _Placed], layouts: Mapping[int, _Layout]) -> Iterator[Table | _Placed]:
    """Yield the parts with the tables that are found among the lines between ruled ones."""
    walls = [(number, wall.at, wall.start, wall.end) for number, layout in layouts.items() for wall in layout.vertical]
    for ruled, group in groupby(parts, lambda part: isinstance(part, Table)):
        if ruled:
            yield from group
            continue
        strips = strips_of([part for part in group if not isinstance(part, Table)], walls)
        shifts = {strip.page: strip.shift for strip in strips}
        bars = [
            (number, bar.at + shift, bar.start, bar.end)
            for number, shift in shifts.items()
            for bar in layouts[number].horizontal
        ]
        for part in find_tables(strips, bars):
            yield (part.line, part.page) if isinstance(part, Strip) else part


def _lay_out(page: Page) -> _Layout:
    horizontal, vertical = join_rules(page.rules)
    grids = [grid for grid in find_grids(horizontal, vertical, page.glyphs, page.number) if _is_table(grid)]
    loose = _fill(grids, page.glyphs)
    whole = []
    for grid in grids:
        cells = list(grid.cells)
        for cell in cells:
            cell.lines = lines_of(cell.glyphs)
        if any(_holds_several(cell) for cell in cells):
            loose += [glyph for cell in cells for glyph in cell.glyphs]
        else:
            whole.append(grid)
    tables = [(piece.rows[0], ruled_table(piece)) for grid in whole for piece in grid.pieces()]
    return _Layout(page.number, page.height, tables, lines_of(loose), horizontal, vertical)


def _is_table(grid: RuledGrid) -> bool:
    """Tell whether a grid has more than one cell; one alone is a frame around text."""
    first = grid.places[0][0]
    return any(cell is not first for row in grid.places for cell in row)


def _holds_several(cell: Cell) -> bool:
    """Tell whether lines are missing in a grid: one of its cells holds several columns, or several rows of figures."""
    if len(cell.lines) < 2:
        return False
    if sum(len(line.cells()) > 1 for line in cell.lines) > 1:
        return True
    texts = [line.text(" ").strip() for line in cell.lines]
    return all(map(is_figure, texts)) and any(
        not text.endswith((",", "，")) and line.width + line.first_word_width() < cell.right - cell.left - _ROOM
        for text, line in zip(texts[:-1], cell.lines, strict=False)
    )


def _fill(grids: Sequence[RuledGrid], glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Put each glyph into the cell that covers its middle; return those that are in none.

    A run of characters that reaches over the side of a cell is parted.
    """
    if not grids:
        return list(glyphs)
    loose = []
    for glyph in glyphs:
        across, down = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
        for grid in grids:
            cell = grid.cell_at(across, down)
            if cell is None:
                continue
            if len(glyph.text) > 1 and (glyph.left < cell.left - _BEYOND or glyph.right > cell.right + _BEYOND):
                loose += _fill(grids, _characters(glyph))
            else:
                cell.glyphs.append(glyph)
            break
        else:
            loose.append(glyph)
    return loose


def _characters(run: Glyph) -> Iterator[Glyph]:
    """Yield the characters of a run, all as wide."""
    width = (run.right - run.left) / len(run.text)
    for number, character in enumerate(run.text):
        left = run.left + number * width
        yield run._replace(text=character, left=left, right=left + width)


def _in_order(layout: _Layout, lines: Iterable[Line]) -> Iterator[Table | tuple[Line, int]]:
    parts: list[tuple[float, Table | tuple[Line, int]]] = [*layout.tables]
    parts += [(line.top, (line, layout.number)) for line in lines]
    parts.sort(key=lambda part: part[0])
    yield from (part for _, part in parts)


def _blocks(parts: Iterable[Table | tuple[Line, int]]) -> Iterator[Block]:
    lines: list[str] = []
    page = 0
    for part in parts:
        if lines and (isinstance(part, Table) or part[1] != page):
            yield TextBlock(tuple(lines), page=page)
            lines = []
        if isinstance(part, Table):
            yield part.block()
        else:
            line, page = part
            lines.append(line.text())
    if lines:
        yield TextBlock(tuple(lines), page=page)
