"""Reports as PDF: by reportlab, with all ruling lines, with some or with none, and by a browser's print of a page."""

import io
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Literal, get_args

from PIL import Image
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from gia_analysis.simulation import Grid, GridCell, Paper
from writers.truetype import chinese_font

Rules = Literal["all", "rows", "three", "outer", "columns", "none"]
RULES: Sequence[Rules] = get_args(Rules)
Command = tuple[object, ...]

FONT = "STSong-Light"  # one of those that every PDF reader has: nothing to embed
_RUNNING_HEAD = "模拟区政府信息公开"
CHROMIUM = "/usr/bin/chromium"


def write(
    paper: Paper,
    *,
    rules: Rules = "all",
    rotation: int = 0,
    flagged: bool = True,
    wide: bool = True,
    rows_a_page: int | None = None,
    repeat_heads: bool = False,
    numbered: bool = False,
    valign: Literal["TOP", "MIDDLE"] = "MIDDLE",
    align: Literal["CENTER", "RIGHT", "LEFT"] = "CENTER",
    size: float = 9,
    embedded: bool = False,
    encrypt: object = None,
) -> bytes:
    """Return a paper as a PDF made by reportlab.

    Args:
        paper: the report.
        rules: which lines of tables are drawn; ``three`` are those above, below, and under the head.
        rotation: how pages are turned; their content is drawn turned the other way, so that they read upright.
        flagged: whether turned pages say that they are; else their content lies on its side.
        wide: landscape.
        rows_a_page: the most rows of a table on a page; tables are cut after so many.
        repeat_heads: whether the parts of a table that was cut repeat its head.
        numbered: whether each page has a running head and its number.
        valign: where texts stand in a high row.
        align: where figures stand in a column.
        size: of letters, in points.
        embedded: whether the file carries its font.
        encrypt: the password of users, or reportlab's own object for it.
    """
    font = _font(paper, embedded)
    width, height = landscape(A4) if wide else A4
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=(width, height), leftMargin=1.5 * cm, rightMargin=1.5 * cm, topMargin=1.8 * cm, bottomMargin=1.8 * cm,
        encrypt=encrypt,
    )  # fmt: skip
    text = ParagraphStyle("text", fontName=font, fontSize=size + 1, leading=(size + 1) * 1.5, wordWrap="CJK")
    story: list[Flowable] = []
    for part in paper:
        if isinstance(part, str):
            story += [Paragraph(escape(part), text), Spacer(1, 4)]
            continue
        heads = head_rows(part)
        for number, piece in enumerate(_pieces(part, rows_a_page, repeat_heads)):
            story += [PageBreak()] if number else []
            own = heads if number == 0 or repeat_heads else 0
            story.append(_table(piece, document.width, rules, own, _Style(font, valign, align, size)))
        story.append(Spacer(1, 10))

    def decorate(canvas: Canvas, _: object) -> None:
        if rotation:
            canvas.setPageRotation(rotation if flagged else 0)
            _turn(canvas, rotation, width, height)
        if numbered:
            canvas.setFont(font, 8)
            canvas.drawCentredString(width / 2, height - 0.9 * cm, _RUNNING_HEAD)
            canvas.drawCentredString(width / 2, 0.8 * cm, f"- {canvas.getPageNumber()} -")

    document.build(story, onFirstPage=decorate, onLaterPages=decorate)
    return out.getvalue()


def _font(paper: Paper, embedded: bool) -> str:
    if not embedded:
        registerFont(UnicodeCIDFont(FONT))
        return FONT
    text = _RUNNING_HEAD + "".join(
        part if isinstance(part, str) else "".join(cell.text for row in part for cell in row) for part in paper
    )
    characters = "".join(sorted(set(text)))
    name = f"Test{sha256(characters.encode()).hexdigest()[:8]}"
    registerFont(TTFont(name, io.BytesIO(chinese_font(characters, name))))
    return name


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


def head_rows(grid: Grid) -> int:
    """Return how many rows at the top of a table bear no figure."""
    return next((number for number, row in enumerate(grid) if any(cell.type for cell in row)), 0)


def _pieces(grid: Grid, most: int | None, repeat_heads: bool) -> Iterator[Grid]:
    """Yield a table cut after so many rows; a cell that reaches over a cut is empty behind it."""
    placed = _placed(grid)
    heads = head_rows(grid)
    start = 0
    while start < len(placed):
        end = len(placed) if most is None else min(len(placed), max(start + most, heads + 1))
        rows = [[cell for cell in _cut(placed, row, start, end) if cell] for row in range(start, end)]
        yield [*(grid[:heads] if start and repeat_heads else []), *rows]
        start = end


_Placed = list[list[tuple[GridCell, int, int] | None]]  # for each place its cell, and the row and column it begins in


def _placed(grid: Grid) -> _Placed:
    columns = sum(cell.columns for cell in grid[0])
    placed: _Placed = [[None] * columns for _ in grid]
    for number, row in enumerate(grid):
        for cell in row:
            column = placed[number].index(None)
            for below in range(number, min(number + cell.rows, len(grid))):
                placed[below][column : column + cell.columns] = [(cell, number, column)] * cell.columns
    return placed


def _cut(placed: _Placed, row: int, start: int, end: int) -> Iterator[GridCell]:
    for column, place in enumerate(placed[row]):
        if place is None or place[2] != column or (place[1] != row and row != start):
            continue
        cell, first, _ = place
        last = min(first + cell.rows, end)
        yield GridCell(cell.text if first == row else "", last - row, cell.columns, cell.type)


class _Style:
    """How the texts of a table look."""

    def __init__(self, font: str, valign: str, align: str, size: float) -> None:
        self.valign = valign
        self.label = ParagraphStyle("label", fontName=font, fontSize=size, leading=size * 1.2, wordWrap="CJK")
        self.head = ParagraphStyle("head", parent=self.label, alignment=1)
        self.figure = ParagraphStyle("figure", parent=self.label, alignment={"LEFT": 0, "CENTER": 1, "RIGHT": 2}[align])


def _table(grid: Grid, width: float, rules: Rules, heads: int, style: _Style) -> Table:
    placed = _placed(grid)
    columns = len(placed[0])
    cells: list[list[object]] = [[""] * columns for _ in placed]
    commands: list[Command] = [("VALIGN", (0, 0), (-1, -1), style.valign)]
    figures_from = columns
    for number, row in enumerate(placed):
        for column, place in enumerate(row):
            if place is None or place[1:] != (number, column):
                continue
            cell = place[0]
            figures_from = min(figures_from, column) if cell.type else figures_from
            look = style.figure if cell.type else style.head if number < heads else style.label
            cells[number][column] = Paragraph(escape(cell.text), look)
            last = column + cell.columns - 1, min(number + cell.rows, len(placed)) - 1
            commands.append(("SPAN", (column, number), last))
            commands += _lines_of_cell(rules, (column, number), last)
    everywhere = (0, 0), (-1, -1)
    commands += [("BOX", *everywhere, 0.5, colors.black)] if rules == "outer" else []
    if rules == "three":
        below_head = (0, max(heads - 1, 0)), (-1, max(heads - 1, 0))
        commands += [("LINEABOVE", (0, 0), (-1, 0), 1, colors.black), ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black)]
        commands.append(("LINEBELOW", *below_head, 0.5, colors.black))
    return Table(cells, _widths(columns, figures_from, width), style=TableStyle(commands))


def _lines_of_cell(rules: Rules, first: tuple[int, int], last: tuple[int, int]) -> list[Command]:
    names = {"all": ["BOX"], "rows": ["LINEABOVE", "LINEBELOW"], "columns": ["LINEBEFORE", "LINEAFTER"]}.get(rules, [])
    places = {
        "BOX": (first, last),
        "LINEABOVE": (first, (last[0], first[1])),
        "LINEBELOW": ((first[0], last[1]), last),
        "LINEBEFORE": (first, (first[0], last[1])),
        "LINEAFTER": ((last[0], first[1]), last),
    }
    return [(name, *places[name], 0.5, colors.black) for name in names]


def _widths(columns: int, labels: int, width: float) -> list[float]:
    """Return the widths of columns: those of labels wide, all others alike."""
    if labels in (0, columns):
        return [width / columns] * columns
    share = min(0.5, 0.2 * labels)
    return [width * share / labels] * labels + [width * (1 - share) / (columns - labels)] * (columns - labels)


def photographed(pages: Sequence[Image.Image], dots_per_inch: int) -> bytes:
    """Return scanned pages as the PDF that a scanner makes: each page is an image."""
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=dots_per_inch)
    return out.getvalue()


def print_page(page: str) -> bytes:
    """Return an HTML page as a browser prints it."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        subprocess.run(
            [
                CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile",
                f"--print-to-pdf={target}", source.as_uri(),
            ],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return target.read_bytes()


def page_of(paper: Paper, *, bordered: bool = True) -> str:
    """Return a paper as an HTML page."""
    border = "1px solid #000" if bordered else "none"
    style = f"table{{border-collapse:collapse;width:100%}}td{{border:{border};padding:4px;text-align:center}}"
    return f"<meta charset=utf-8><style>{style}</style>" + "".join(map(_element, paper))


def _element(part: str | Grid) -> str:
    if isinstance(part, str):
        return f"<p>{escape(part)}</p>"
    rows = (
        "".join(f"<td rowspan={cell.rows} colspan={cell.columns}>{escape(cell.text)}</td>" for cell in row)
        for row in part
    )
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
