"""A report as a scanner gives it: pages drawn as images, then skewed, blurred, specked and compressed."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from gia_analysis.simulation import GridCell, Paper

SANS, SERIF = pylopdf_fonts_zh_cn.sans_path(), pylopdf_fonts_zh_cn.serif_path()

_WIDTH, _HEIGHT, _MARGIN = 595.0, 842.0, 54.0  # points
_PADDING = 3.0
_WEIGHTS = {3: (4, 1, 1), 4: (2, 1, 1, 1), 10: (1, 1.4, 3.6, 1, 1, 1, 1, 1, 1, 1.1)}

Grid = Sequence[Sequence[GridCell]]


@dataclass(frozen=True, slots=True)
class Scanner:
    """How a page is printed and scanned: lengths in points or pixels, angle in degrees, ``paper`` a grey from 0 to 255."""

    dpi: int = 200
    angle: float = 0.4
    noise: float = 6.0
    blur: float = 0.6
    paper: int = 236
    ink: int = 40
    quality: int = 75  # of JPEG; 0 leaves it uncompressed
    rule: float = 0.5
    size: float = 9.0  # of the type in tables
    font: Path = SANS
    seed: int = 0


CLEAN = Scanner(angle=0.0, noise=0.0, blur=0.0, paper=255, ink=0, quality=0)


def write(paper: Paper, scanner: Scanner = CLEAN, kind: str = "TIFF") -> bytes:
    """Return the scan of a report: all its pages in one TIFF, or, as PNG, JPEG or GIF, one below the other."""
    pages = scan(paper, scanner)
    stream = io.BytesIO()
    dpi = (scanner.dpi, scanner.dpi)
    if kind == "TIFF":
        pages[0].save(stream, kind, save_all=True, append_images=pages[1:], dpi=dpi, compression="tiff_lzw")
    else:
        stacked(pages).save(stream, kind, dpi=dpi)
    return stream.getvalue()


def scan(paper: Paper, scanner: Scanner = CLEAN) -> list[Image.Image]:
    """Return the pages of a report as scanned."""
    random = np.random.default_rng(scanner.seed)
    return [_scanned(page, scanner, random) for page in _Press(scanner).pages(paper)]


def stacked(pages: Sequence[Image.Image]) -> Image.Image:
    """Return pages as one image, one below the other."""
    whole = Image.new(pages[0].mode, (max(page.width for page in pages), sum(page.height for page in pages)))
    down = 0
    for page in pages:
        whole.paste(page, (0, down))
        down += page.height
    return whole


def _scanned(page: Image.Image, scanner: Scanner, random: np.random.Generator) -> Image.Image:
    if scanner.angle:
        page = page.rotate(scanner.angle, Image.Resampling.BICUBIC, fillcolor=scanner.paper)
    if scanner.blur:
        page = page.filter(ImageFilter.GaussianBlur(scanner.blur * scanner.dpi / 200))
    if scanner.noise:
        grain = random.normal(0, scanner.noise, (page.height, page.width))
        page = Image.fromarray(np.clip(np.asarray(page) + grain, 0, 255).astype(np.uint8))
    if scanner.quality:
        stream = io.BytesIO()
        page.save(stream, "JPEG", quality=scanner.quality)
        page = Image.open(stream)
        page.load()
    return page


class _Press:
    """Draws pages."""

    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner
        self._scale = scanner.dpi / 72
        self._done: list[Image.Image] = []
        self._turn()

    def pages(self, paper: Paper) -> list[Image.Image]:
        for position, part in enumerate(paper):
            if isinstance(part, str):
                self._paragraph(part, 15.0 if position == 0 else 10.5)
            else:
                self._table(part)
        return self._done

    def _turn(self) -> None:
        size = round(_WIDTH * self._scale), round(_HEIGHT * self._scale)
        self._done.append(Image.new("L", size, self._scanner.paper))
        self._draw = ImageDraw.Draw(self._done[-1])
        self._down = _MARGIN

    def _text(self, text: str, left: float, top: float, size: float) -> None:
        font = _font(self._scanner.font, size * self._scale)
        self._draw.text((left * self._scale, top * self._scale), text, self._scanner.ink, font)

    def _line(self, left: float, top: float, right: float, bottom: float) -> None:
        ends = tuple(round(each * self._scale) for each in (left, top, right, bottom))
        self._draw.line(ends, self._scanner.ink, max(1, round(self._scanner.rule * self._scale)))

    def _wrapped(self, text: str, width: float, size: float) -> list[str]:
        font, lines = _font(self._scanner.font, size * self._scale), [""]
        for character in text:
            if lines[-1] and font.getlength(lines[-1] + character) > width * self._scale:
                lines.append("")
            lines[-1] += character
        return lines

    def _paragraph(self, text: str, size: float) -> None:
        for line in self._wrapped(text, _WIDTH - 2 * _MARGIN, size):
            if self._down + size > _HEIGHT - _MARGIN:
                self._turn()
            self._text(line, _MARGIN, self._down, size)
            self._down += 1.5 * size
        self._down += 4

    def _table(self, grid: Grid) -> None:
        columns = sum(cell.columns for cell in grid[0])
        weights = _WEIGHTS.get(columns, (1,) * columns)
        unit = (_WIDTH - 2 * _MARGIN) / sum(weights)
        edges = [_MARGIN + unit * sum(weights[:count]) for count in range(columns + 1)]
        placed = list(_placed(grid))
        heights = self._heights(placed, edges, len(grid))
        if self._down + sum(heights) > _HEIGHT - _MARGIN and sum(heights) < _HEIGHT - 2 * _MARGIN:
            self._turn()
        tops: list[float] = []
        for height in heights:
            if self._down + height > _HEIGHT - _MARGIN:
                self._turn()
            tops.append(self._down)
            self._down += height
            for cell, row, column in placed:
                if row + cell.rows == len(tops):
                    self._cell(cell, (edges[column], tops[row], edges[column + cell.columns], self._down))
        self._down += 10

    def _heights(self, placed: Sequence[tuple[GridCell, int, int]], edges: Sequence[float], rows: int) -> list[float]:
        size = self._scanner.size
        heights = [size + 3 * _PADDING] * rows
        for cell, row, column in sorted(placed, key=lambda each: each[0].rows):
            width = edges[column + cell.columns] - edges[column] - 2 * _PADDING
            needed = 1.25 * size * len(self._wrapped(cell.text, width, size)) + 2 * _PADDING
            last = row + cell.rows - 1
            heights[last] += max(0.0, needed - sum(heights[row : last + 1]))
        return heights

    def _cell(self, cell: GridCell, box: tuple[float, float, float, float]) -> None:
        left, top, right, bottom = box
        for side in (
            (left, top, right, top),
            (left, bottom, right, bottom),
            (left, top, left, bottom),
            (right, top, right, bottom),
        ):
            self._line(*side)
        size = self._scanner.size
        lines = self._wrapped(cell.text, right - left - 2 * _PADDING, size)
        down = (top + bottom) / 2 - 1.25 * size * len(lines) / 2
        for line in lines:
            width = _font(self._scanner.font, size * self._scale).getlength(line) / self._scale
            self._text(line, (left + right - width) / 2, down, size)
            down += 1.25 * size


def _placed(grid: Grid) -> Iterator[tuple[GridCell, int, int]]:
    """Yield each cell with the row and column at which it begins; a row that is short ends with an empty cell."""
    columns = sum(cell.columns for cell in grid[0])
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(grid):
        column = 0
        cells = list(row)
        while column < columns:
            if (number, column) in taken:
                column += 1
                continue
            cell = cells.pop(0) if cells else GridCell("")
            taken.update((number + down, column + right) for down in range(cell.rows) for right in range(cell.columns))
            yield cell, number, column
            column += cell.columns


@cache
def _font(path: Path, pixels: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), pixels)
