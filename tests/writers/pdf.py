"""Reports as PDF: by reportlab, with all ruling lines, with some or with none, and by a browser's print of a page."""

import io
from collections.abc import Sequence
from typing import Literal
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from gia_analysis.simulation import Grid, Paper

Rules = Literal["all", "rows", "three", "outer", "inner", "none"]
Command = tuple[object, ...]

FONT = "STSong-Light"  # one of those that every PDF reader has: nothing to embed
CHROMIUM = "/usr/bin/chromium"

_LINES: dict[Rules, Sequence[str]] = {
    "all": ["GRID"],
    "rows": ["LINEABOVE", "LINEBELOW"],
    "three": [],
    "outer": ["BOX"],
    "inner": ["INNERGRID"],
    "none": [],
}
_NARROW = 0.55  # of the width of a column of labels


def write(
    paper: Paper,
    *,
    rules: Rules = "all",
    rotation: int = 0,
    wide: bool = True,
    repeat_heads: bool = False,
    numbered: bool = False,
    page_height: float | None = None,
    valign: Literal["TOP", "MIDDLE"] = "MIDDLE",
    align: Literal["CENTER", "RIGHT", "LEFT"] = "CENTER",
    size: float = 9,
    encrypt: str | None = None,
) -> bytes:
    """Return a paper as a PDF made by reportlab.

    Args:
        paper: the report.
        rules: which lines of tables are drawn; ``three`` are those above, below, and under the first row.
        rotation: how pages are turned; their content is drawn turned the other way, so that they read upright.
        wide: landscape.
        repeat_heads: whether tables that go over a page repeat their heads.
        numbered: whether each page has a running head and its number.
        page_height: of short pages, so that tables go over many.
        valign: where figures stand in a high row.
        align: where figures stand in a column.
        size: of letters, in points.
        encrypt: the password of users.
    """
    registerFont(UnicodeCIDFont(FONT))
    width, height = landscape(A4) if wide else A4
    height = page_height or height
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=(width, height), leftMargin=1.5 * cm, rightMargin=1.5 * cm, topMargin=1.8 * cm, bottomMargin=1.8 * cm,
        encrypt=encrypt,
    )  # fmt: skip
    text = ParagraphStyle("text", fontName=FONT, fontSize=size + 1, leading=(size + 1) * 1.5, wordWrap="CJK")
    story: list[Flowable] = []
    for part in paper:
        if isinstance(part, str):
            story += [Paragraph(escape(part), text), Spacer(1, 4)]
        else:
            heads = _head_rows(part) if repeat_heads else 0
            story += [_table(part, document.width, rules, heads, valign, align, size), Spacer(1, 10)]

    def decorate(canvas: Canvas, _: object) -> None:
        if rotation:
            canvas.setPageRotation(rotation)
            _turn(canvas, rotation, width, height)
        if numbered:
            canvas.setFont(FONT, 8)
            canvas.drawCentredString(width / 2, height - 0.9 * cm, "模拟区政府信息公开")
            canvas.drawCentredString(width / 2, 0.8 * cm, f"- {canvas.getPageNumber()} -")

    document.build(story, onFirstPage=decorate, onLaterPages=decorate)
    return out.getvalue()


def _turn(canvas: Canvas, rotation: int, width: float, height: float) -> None:
    """Turn what is drawn on a page against the page's own rotation."""
    canvas.setPageSize((width, height) if rotation == 180 else (height, width))
    if rotation == 90:
        canvas.translate(height, 0)
    elif rotation == 180:
        canvas.translate(width, height)
    elif rotation == 270:
        canvas.translate(0, width)
    canvas.rotate(rotation)


def _head_rows(grid: Grid) -> int:
    """Return how many rows at the top of a table bear no figure."""
    return next((number for number, row in enumerate(grid) if any(cell.type for cell in row)), 0)


def _table(grid: Grid, width: float, rules: Rules, heads: int, valign: str, align: str, size: float) -> Table:
    label = ParagraphStyle("label", fontName=FONT, fontSize=size, leading=size * 1.2, wordWrap="CJK")
    head = ParagraphStyle("head", parent=label, alignment=1)
    figure = ParagraphStyle("figure", parent=label, alignment={"LEFT": 0, "CENTER": 1, "RIGHT": 2}[align])
    columns = max(sum(cell.columns if cell else 0 for cell in row) for row in grid[:1])
    placed: list[list[object]] = []
    style: list[Command] = [("VALIGN", (0, 0), (-1, -1), valign)]
    hanging: dict[int, int] = {}
    figures_from = columns
    for number, row in enumerate(grid):
        line: list[object] = [""] * columns
        column = 0
        below: dict[int, int] = {}
        for cell in row:
            while column in hanging:
                column += 1
            look = figure if cell.type else head if number < _head_rows(grid) else label
            if cell.type:
                figures_from = min(figures_from, column)
            line[column] = Paragraph(escape(cell.text), look)
            last = column + cell.columns - 1, number + min(cell.rows, len(grid) - number) - 1
            if last != (column, number):
                style.append(("SPAN", (column, number), last))
            for each in range(column, column + cell.columns):
                if cell.rows > 1:
                    below[each] = cell.rows - 1
            column += cell.columns
        placed.append(line)
        hanging = {**{each: rows - 1 for each, rows in hanging.items() if rows > 1}, **below}
    everywhere = ((0, 0), (-1, -1))
    style += [(name, *everywhere, 0.5, colors.black) for name in _LINES[rules]]
    if rules == "three":
        style += [("LINEABOVE", (0, 0), (-1, 0), 1, colors.black), ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black)]
        style.append(("LINEBELOW", (0, max(_head_rows(grid) - 1, 0)), (-1, max(_head_rows(grid) - 1, 0)), 0.5, colors.black))
    return Table(placed, _widths(columns, figures_from, width), style=TableStyle(style), repeatRows=heads)


def _widths(columns: int, labels: int, width: float) -> list[float]:
    if columns == labels or labels == 0:
        return [width / columns] * columns
    share = min(0.5, 0.2 * labels)
    return [width * share / labels] * labels + [width * (1 - share) / (columns - labels)] * (columns - labels)
