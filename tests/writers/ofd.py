"""Reports as OFD (GB/T 33190), written by hand after the standard, for no program that writes it is at hand.

Two styles, as the files of different producers look: ``lines`` has text in runs with the step to each next character,
and stroked lines; ``bars`` has each page on a template with a running head, text drawn in points and brought to size by a
matrix, steps as ``g n d`` or a ``TextCode`` a character, filled bars for lines, and blocks within one another.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Literal
from unicodedata import east_asian_width

from gia_analysis.simulation import Grid, GridCell, Paper

Style = Literal["lines", "bars"]

WIDTH, HEIGHT = 297.0, 210.0  # millimetres; A4 on its side
SIZE = 3.2  # of letters
_MARGIN, _LEADING, _PADDING = 15.0, 1.35, 0.8
_POINT = 25.4 / 72
NAMESPACE = "http://www.ofdspec.org/2016"
_HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<ofd:{{}} xmlns:ofd="{NAMESPACE}">'


@dataclass(slots=True)
class Sheet:
    """What is drawn on a page: texts with the place where their base line begins, and lines."""

    texts: list[tuple[float, float, str]] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)


def write(paper: Paper, style: Style = "lines") -> bytes:
    """Return a report as an OFD document."""
    sheets = lay_out(paper)
    contents = [_content(sheet, style, number) for number, sheet in enumerate(sheets, start=1)]
    return pack(contents, template=_template() if style == "bars" else None, absolute=style == "bars")


def pack(
    contents: Sequence[str],
    *,
    template: str | None = None,
    absolute: bool = False,
    resources: str = "",
    extra: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return an OFD document of the contents of its pages (``Content.xml``).

    Args:
        contents: of the pages.
        template: the content of the template page, of number 900.
        absolute: whether places are given from the root of the archive.
        resources: what stands in the document's list of resources.
        extra: further parts by name; they replace those of the same name.
    """
    base = "/Doc_0/" if absolute else ""
    pages = "".join(
        f'<ofd:Page ID="{1000 + number}" BaseLoc="{base}Pages/Page_{number}/Content.xml"/>'
        for number in range(len(contents))
    )
    named = f'<ofd:TemplatePage ID="900" BaseLoc="{base}Tpls/Tpl_0/Content.xml"/>' if template else ""
    parts = {
        "OFD.xml": _HEAD.format("OFD")[:-1]
        + ' Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:Title>年度报告</ofd:Title></ofd:DocInfo>'
        f"<ofd:DocRoot>{base}{'' if absolute else 'Doc_0/'}Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": _HEAD.format("Document")
        + f"<ofd:CommonData><ofd:MaxUnitID>9000</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 {WIDTH:g} {HEIGHT:g}"
        f"</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>{base}PublicRes.xml</ofd:PublicRes>"
        f"<ofd:DocumentRes>{base}DocumentRes.xml</ofd:DocumentRes>{named}</ofd:CommonData>"
        f"<ofd:Pages>{pages}</ofd:Pages></ofd:Document>",
        "Doc_0/PublicRes.xml": _HEAD.format("Res")[:-1]
        + ' BaseLoc="Res"><ofd:Fonts><ofd:Font ID="3" FontName="宋体" FamilyName="宋体"/></ofd:Fonts></ofd:Res>',
        "Doc_0/DocumentRes.xml": _HEAD.format("Res")[:-1] + f' BaseLoc="Res">{resources}</ofd:Res>',
        **{f"Doc_0/Pages/Page_{number}/Content.xml": content for number, content in enumerate(contents)},
        **({"Doc_0/Tpls/Tpl_0/Content.xml": template} if template else {}),
        **(extra or {}),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def page(objects: str, *, used: str = "", area: str = "") -> str:
    """Return the content of a page with the objects of its one layer."""
    return (
        f'{_HEAD.format("Page")}{area}{used}<ofd:Content><ofd:Layer ID="1" Type="Body">{objects}</ofd:Layer>'
        "</ofd:Content></ofd:Page>"
    )


def _template() -> str:
    return page(_text_in_points(WIDTH / 2 - 20, 8, "政府信息公开工作年度报告（模拟）", 7))


def _content(sheet: Sheet, style: Style, number: int) -> str:
    if style == "lines":
        objects = "".join(_line(*line, 10 + at) for at, line in enumerate(sheet.lines))
        objects += "".join(_text(*text, 5000 + at) for at, text in enumerate(sheet.texts))
        return page(objects)
    bars = "".join(_bar(*line, 10 + at) for at, line in enumerate(sheet.lines))
    texts = "".join(_text_in_points(*text, 5000 + at) for at, text in enumerate(sheet.texts))
    texts += _text_in_points(WIDTH / 2, HEIGHT - 6, f"- {number} -", 4999)
    blocks = f'<ofd:PageBlock ID="2">{bars}<ofd:PageBlock ID="3">{texts}</ofd:PageBlock></ofd:PageBlock>'
    return page(blocks, used='<ofd:Template TemplateID="900" ZOrder="Background"/>')


def _text(x: float, y: float, text: str, number: int) -> str:
    """A run in millimetres, with the step to each next character."""
    steps = " ".join(f"{width_of(character) * SIZE:g}" for character in text[:-1])
    return (
        f'<ofd:TextObject ID="{number}" Boundary="{x:.4f} {y - SIZE:.4f} {_width(text):.4f} {SIZE * 1.2:.4f}" Font="3" '
        f'Size="{SIZE:g}"><ofd:FillColor Value="0 0 0"/><ofd:TextCode X="0" Y="{SIZE:g}"'
        f"{f' DeltaX={steps!r}' if steps else ''}>{escape(text)}</ofd:TextCode></ofd:TextObject>"
    )


def _text_in_points(x: float, y: float, text: str, number: int) -> str:
    """A run in points, brought to millimetres by a matrix: every third with a ``TextCode`` a character."""
    size = SIZE / _POINT
    widths = [width_of(character) * size for character in text]
    if number % 3 == 0:
        places = [sum(widths[:at]) for at in range(len(text))]
        codes = "".join(
            f'<ofd:TextCode X="{place:.3f}" Y="0">{escape(character)}</ofd:TextCode>'
            for place, character in zip(places, text, strict=True)
        )
    else:
        codes = f'<ofd:TextCode X="0" Y="0" DeltaX="{" ".join(_runs(widths[:-1]))}">{escape(text)}</ofd:TextCode>'
    return (
        f'<ofd:TextObject ID="{number}" CTM="{_POINT:.6f} 0 0 {_POINT:.6f} 0 {SIZE:g}" '
        f'Boundary="{x:.4f} {y - SIZE:.4f} {_width(text):.4f} {SIZE * 1.2:.4f}" Font="3" Size="{size:.4f}">{codes}'
        "</ofd:TextObject>"
    )


def _runs(steps: Sequence[float]) -> Iterator[str]:
    at = 0
    while at < len(steps):
        end = at
        while end < len(steps) and steps[end] == steps[at]:
            end += 1
        yield f"g {end - at} {steps[at]:.4f}" if end - at > 1 else f"{steps[at]:.4f}"
        at = end


def _line(x0: float, y0: float, x1: float, y1: float, number: int) -> str:
    return (
        f'<ofd:PathObject ID="{number}" Boundary="{x0:.4f} {y0:.4f} {x1 - x0 + 0.2:.4f} {y1 - y0 + 0.2:.4f}" '
        'LineWidth="0.2"><ofd:StrokeColor Value="0 0 0"/>'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0:.4f} {y1 - y0:.4f} </ofd:AbbreviatedData></ofd:PathObject>"
    )


def _bar(x0: float, y0: float, x1: float, y1: float, number: int) -> str:
    thick = 0.18
    width, height = max(x1 - x0, thick), max(y1 - y0, thick)
    return (
        f'<ofd:PathObject ID="{number}" Boundary="{x0 - thick / 2:.4f} {y0 - thick / 2:.4f} {width:.4f} {height:.4f}" '
        'Stroke="false" Fill="true"><ofd:FillColor Value="0 0 0"/><ofd:AbbreviatedData>'
        f"M 0 0 L {width:.4f} 0 L {width:.4f} {height:.4f} L 0 {height:.4f} C</ofd:AbbreviatedData></ofd:PathObject>"
    )


def width_of(character: str) -> float:
    """Return the width of a character as a share of its size."""
    return 1.0 if east_asian_width(character) in "WFA" else 0.5


def _width(text: str) -> float:
    return sum(map(width_of, text)) * SIZE


def wrap(text: str, width: float) -> list[str]:
    """Return a text in lines that are no wider."""
    lines = [""]
    for character in text:
        if character == "\n" or (lines[-1] and _width(lines[-1] + character) > width):
            lines.append("")
        if character != "\n":
            lines[-1] += character
    return lines


def lay_out(paper: Paper) -> list[Sheet]:
    """Return the pages of a report: paragraphs as lines over the width, tables with ruling lines, cut between rows."""
    layout = _Layout()
    for part in paper:
        if isinstance(part, str):
            for line in wrap(f"　　{part}" if len(part) > 40 else part, WIDTH - 2 * _MARGIN):
                layout.line(line)
        else:
            layout.table(part)
    return layout.sheets


class _Layout:
    def __init__(self) -> None:
        self.sheets = [Sheet()]
        self._y = _MARGIN

    def line(self, text: str) -> None:
        self._need(SIZE * _LEADING)
        self.sheets[-1].texts.append((_MARGIN, self._y + SIZE, text))
        self._y += SIZE * _LEADING

    def table(self, grid: Grid) -> None:
        """Draw a table; a cell that is cut by the end of a page has its text above."""
        cells = list(_placed(grid))
        count = max(column + cell.columns for _, column, cell in cells)
        left = _column_places(count)
        heights = _row_heights(cells, len(grid), left)
        self._y += SIZE
        done = 0
        while done < len(grid):
            self._need(heights[done])
            end = done
            room = HEIGHT - _MARGIN - self._y
            while end < len(grid) and sum(heights[done : end + 1]) <= room:
                end += 1
            self._part(cells, range(done, max(end, done + 1)), left, heights)
            done = max(end, done + 1)
        self._y += SIZE

    def _part(
        self, cells: Iterable[tuple[int, int, GridCell]], rows: range, left: Sequence[float], heights: Sequence[float]
    ) -> None:
        sheet = self.sheets[-1]
        tops = [self._y]
        for row in rows:
            tops.append(tops[-1] + heights[row])
        for row, column, cell in cells:
            first, last = max(row, rows.start), min(row + cell.rows, rows.stop)
            if first >= last:
                continue
            x0, x1 = left[column], left[column + cell.columns]
            y0, y1 = tops[first - rows.start], tops[last - rows.start]
            sheet.lines += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
            if first == row and cell.text:
                self._write(sheet, cell.text, (x0, y0, x1, y1))
        self._y = tops[-1]

    def _write(self, sheet: Sheet, text: str, box: tuple[float, float, float, float]) -> None:
        x0, y0, x1, y1 = box
        lines = wrap(text, x1 - x0 - 2 * _PADDING)
        y = max(y0 + _PADDING, (y0 + y1 - len(lines) * SIZE * _LEADING) / 2)
        for line in lines:
            sheet.texts.append(((x0 + x1 - _width(line)) / 2, y + SIZE, line))
            y += SIZE * _LEADING

    def _need(self, height: float) -> None:
        if self._y + height > HEIGHT - _MARGIN:
            self.sheets.append(Sheet())
            self._y = _MARGIN


def _placed(grid: Grid) -> Iterator[tuple[int, int, GridCell]]:
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(grid):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            taken.update((row + down, column + right) for down in range(cell.rows) for right in range(cell.columns))
            yield row, column, cell
            column += cell.columns


def _column_places(count: int) -> list[float]:
    """Return where columns begin and the last one ends, all of one width."""
    width = (WIDTH - 2 * _MARGIN) / count
    return [_MARGIN + width * column for column in range(count + 1)]


def _row_heights(cells: Iterable[tuple[int, int, GridCell]], rows: int, left: Sequence[float]) -> list[float]:
    """Return how high rows are, so that the text of every cell fits."""
    heights = [SIZE * _LEADING + 2 * _PADDING] * rows
    for row, column, cell in sorted(cells, key=lambda placed: placed[2].rows):
        lines = len(wrap(cell.text, left[column + cell.columns] - left[column] - 2 * _PADDING))
        missing = lines * SIZE * _LEADING + 2 * _PADDING - sum(heights[row : row + cell.rows])
        if missing > 0:
            heights[row + cell.rows - 1] += missing
    return heights
