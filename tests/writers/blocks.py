"""A report on paper as the blocks that a perfect module of a format gives: paragraphs and true grids."""

from gia_analysis.documents import Block, Document, TextBlock
from gia_analysis.documents.grid import GridBudget, SpanCell, expand
from gia_analysis.simulation import Grid, Paper


def write(paper: Paper) -> Document:
    """Return a report as a document of true grids."""
    budget = GridBudget()
    blocks: list[Block] = []
    for part in paper:
        if isinstance(part, str):
            blocks.append(TextBlock((part,)))
        else:
            blocks.append(expand(span_cells(part), budget))
    return Document(tuple(blocks), source="report", sha256="0" * 64)


def span_cells(grid: Grid) -> list[list[SpanCell]]:
    """Return the cells of a printed table as a document declares them."""
    return [[SpanCell(cell.text, cell.rows, cell.columns) for cell in row] for row in grid]
