"""Pages → blocks in reading order."""

from collections.abc import Iterable

from gia_analysis.documents.model import Block, TableBlock, TextBlock, TextCell, TextLine
from gia_analysis.documents.pages.grids import RuledGrid, find_grids
from gia_analysis.documents.pages.lines import lines_of
from gia_analysis.documents.pages.model import Page
from gia_analysis.documents.pages.rules import join_rules


def read_pages(pages: Iterable[Page]) -> tuple[Block, ...]:
    """Return what stands on pages: their tables, and the text outside them.

    Raises:
        LimitError: there are more ruling lines or cells than are read.
    """
    blocks: list[Block] = []
    for page in pages:
        grids = [g for g in find_grids(*join_rules(page.rules), page.glyphs, page.number) if len(list(g.cells)) > 1]
        loose = []
        for glyph in page.glyphs:
            at = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
            cell = next(filter(None, (grid.cell_at(*at) for grid in grids)), None)
            (loose if cell is None else cell.glyphs).append(glyph)
        parts: list[tuple[float, Block]] = [(g.rows[0], _table(g, page.number)) for g in grids]
        parts += [(line.top, TextBlock((TextLine(line.text()),), page.number)) for line in lines_of(loose)]
        blocks += [block for _, block in sorted(parts, key=lambda part: part[0])]
    return tuple(blocks)


def _table(grid: RuledGrid, page: int) -> TableBlock:
    for cell in grid.cells:
        cell.text = "\n".join(line.text(" ") for line in lines_of(cell.glyphs))
    seen: set[int] = set()
    rows = []
    for row in grid.places:
        printed = []
        for cell in row:
            printed.append(TextCell("", page=page, absent=True) if id(cell) in seen else TextCell(cell.text, page=page))
            seen.add(id(cell))
        rows.append(tuple(printed))
    return TableBlock(tuple(rows), True, True, "grid", page, columns_known=True)
