"""Ruling lines → the grids they draw, with cells joined where the line between them is missing."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from gia_analysis.documents.limits import MOST_CROSSINGS, MOST_TABLE_CELLS, require_at_most
from gia_analysis.documents.pages.lines import Line
from gia_analysis.documents.pages.model import Glyph
from gia_analysis.documents.pages.rules import Stroke

_TOUCH = 3.0  # points between lines that meet, and between parallel lines that are one
_THINNEST = 5.0  # points between two lines with nothing written between: a double line
_COVERED = 0.7  # share of a cell's side that a line must cover to bound it


@dataclass(slots=True, eq=False)
class Cell:
    """A cell of a ruled grid: its box, what is written in it, and whether lines close it above and below.

    ``absent`` says that the lines around it leave it out, where a row is shorter than others.
    """

    left: float
    top: float
    right: float
    bottom: float
    page: int
    closed_above: bool = True
    closed_below: bool = True
    absent: bool = False
    glyphs: list[Glyph] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class RuledGrid:
    """A ruled grid: where its column and row lines are, and for each place the cell that covers it."""

    columns: list[float]
    rows: list[float]
    places: list[list[Cell]]

    @property
    def cells(self) -> Iterator[Cell]:
        """Each cell once, in reading order."""
        seen: set[int] = set()
        for row in self.places:
            for cell in row:
                if id(cell) not in seen:
                    seen.add(id(cell))
                    yield cell

    def pieces(self) -> "list[RuledGrid]":
        """Return the tables that stand on top of one another in it: each begins with a cell over its whole width.

        What follows such a cell is another table only if it has column lines of its own, and lacks some of those above.
        """
        alone = [all(cell is row[0] for cell in row) for row in self.places]
        starts = [number for number in range(1, len(alone)) if alone[number] and not alone[number - 1]]
        cuts = [0]
        ends = [*starts[1:], len(self.places)] if starts else []
        for start, end in zip(starts, ends, strict=True):
            above, below = _begins(self.places[cuts[-1] : start]), _begins(self.places[start:end])
            if not (above <= below or below <= above):
                cuts.append(start)
        return [self._part(start, end) for start, end in zip(cuts, [*cuts[1:], len(self.places)], strict=True)]

    def _part(self, start: int, end: int) -> "RuledGrid":
        return _without_idle_lines(RuledGrid(self.columns, self.rows[start : end + 1], self.places[start:end]))

    def cell_at(self, across: float, down: float) -> Cell | None:
        """Return the cell that covers a point."""
        if not (self.columns[0] <= across <= self.columns[-1] and self.rows[0] <= down <= self.rows[-1]):
            return None
        column = min(max(bisect_right(self.columns, across) - 1, 0), len(self.columns) - 2)
        row = min(max(bisect_right(self.rows, down) - 1, 0), len(self.rows) - 2)
        return self.places[row][column]


def find_grids(
    horizontal: Sequence[Stroke], vertical: Sequence[Stroke], glyphs: Sequence[Glyph], page: int
) -> list[RuledGrid]:
    """Return the grids that lines draw. Glyphs only tell which lines have something written between them.

    Raises:
        LimitError: the lines cross more often, or make more cells, than is read.
    """
    middles = sorted((glyph.top + glyph.bottom) / 2 for glyph in glyphs)
    centres = sorted((glyph.left + glyph.right) / 2 for glyph in glyphs)
    grids = []
    for across, down in _components(horizontal, vertical):
        columns = _line_places([stroke.at for stroke in down], across, centres)
        rows = _line_places([stroke.at for stroke in across], down, middles)
        if len(columns) < 2 or len(rows) < 2:
            continue
        require_at_most(MOST_TABLE_CELLS, (len(columns) - 1) * (len(rows) - 1), "cells in its tables")
        grids.append(_grid(columns, rows, across, down, page))
    return grids


def _components(
    horizontal: Sequence[Stroke], vertical: Sequence[Stroke]
) -> Iterator[tuple[list[Stroke], list[Stroke]]]:
    """Yield the lines that hang together: horizontal and vertical ones."""
    count = len(horizontal)
    parents = list(range(count + len(vertical)))

    def root(number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    places = np.array([stroke.at for stroke in vertical])
    starts = np.array([stroke.start for stroke in vertical]) - _TOUCH
    ends = np.array([stroke.end for stroke in vertical]) + _TOUCH
    crossings = 0
    for number, (at, start, end) in enumerate(horizontal):
        first, last = np.searchsorted(places, (start - _TOUCH, end + _TOUCH))
        touching = np.flatnonzero((starts[first:last] <= at) & (ends[first:last] >= at))
        crossings += len(touching)
        require_at_most(MOST_CROSSINGS, crossings, "crossings of ruling lines on a page")
        for other in touching.tolist():
            parents[root(count + int(first) + other)] = root(number)
    members: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for number, stroke in enumerate((*horizontal, *vertical)):
        members.setdefault(root(number), ([], []))[number >= count].append(stroke)
    yield from (each for each in members.values() if each[0] and each[1])


def _line_places(places: list[float], crossing: Sequence[Stroke], written: Sequence[float]) -> list[float]:
    """Return where the lines of a grid are in one direction.

    Where the crossing lines reach beyond the outermost line, an outer line is missing: it is where they end.

    Args:
        places: of the lines.
        crossing: the lines that cross them.
        written: where glyphs stand, sorted.
    """
    first, last = min(stroke.start for stroke in crossing), max(stroke.end for stroke in crossing)
    found = _clusters(sorted(places), _TOUCH)
    if found[0] - first > 2 * _TOUCH:
        found.insert(0, first)
    if last - found[-1] > 2 * _TOUCH:
        found.append(last)
    merged = found[:1]
    for place in found[1:]:
        if place - merged[-1] > _THINNEST or bisect_left(written, place) > bisect_left(written, merged[-1]):
            merged.append(place)
    return merged


def _clusters(places: Sequence[float], apart: float) -> list[float]:
    """Return the middle of each run of places that lie close together, from sorted places."""
    clusters: list[list[float]] = []
    for place in places:
        if clusters and place - clusters[-1][-1] <= apart and place - clusters[-1][0] <= 2 * apart:
            clusters[-1].append(place)
        else:
            clusters.append([place])
    return [(cluster[0] + cluster[-1]) / 2 for cluster in clusters]


def _grid(
    columns: list[float], rows: list[float], across: Sequence[Stroke], down: Sequence[Stroke], page: int
) -> RuledGrid:
    below = _sides(rows, columns, across)  # [row line][column]: the line is drawn there
    beside = _sides(columns, rows, down)  # [column line][row]
    height, width = len(rows) - 1, len(columns) - 1
    places: list[list[Cell | None]] = [[None] * width for _ in range(height)]
    for row in range(height):
        for column in range(width):
            if places[row][column] is not None:
                continue
            right = column + 1
            while right < width and places[row][right] is None and not beside[right][row]:
                right += 1
            bottom = row + 1
            while bottom < height and not _is_divided(below, beside, bottom, column, right):
                bottom += 1
            above, under = (any(below[line][column:right]) for line in (row, bottom))
            beyond = any(beside[width]) if right == width else _is_absent(places[row][right])
            absent = beyond and not any(beside[right][row:bottom])
            cell = Cell(columns[column], rows[row], columns[right], rows[bottom], page, above, under, absent)
            for each in range(row, bottom):
                places[each][column:right] = [cell] * (right - column)
    return _without_idle_lines(RuledGrid(columns, rows, [[each for each in row if each] for row in places]))


def _is_absent(cell: Cell | None) -> bool:
    return cell is not None and cell.absent


def _is_divided(below: list[list[bool]], beside: list[list[bool]], row: int, column: int, right: int) -> bool:
    """Tell whether a line parts a cell from the row below it, or that row is parted itself."""
    return any(below[row][column:right]) or any(beside[line][row] for line in range(column + 1, right))


def _sides(lines: list[float], spans: list[float], strokes: Sequence[Stroke]) -> list[list[bool]]:
    """Tell for each line of a grid between which of the crossing lines it is drawn."""
    sides = [[False] * (len(spans) - 1) for _ in lines]
    for at, start, end in strokes:
        position = bisect_left(lines, at)
        near = min(
            (each for each in (position - 1, position) if 0 <= each < len(lines)),
            key=lambda each: abs(lines[each] - at),
        )
        first = max(bisect_right(spans, start) - 1, 0)
        for span in range(first, min(bisect_left(spans, end), len(spans) - 1)):
            begin, finish = spans[span], spans[span + 1]
            if min(end, finish) - max(start, begin) >= _COVERED * (finish - begin):
                sides[near][span] = True
    return sides


def _begins(places: Sequence[Sequence[Cell]]) -> set[int]:
    """Return the columns in which a cell begins."""
    return {column for row in places for column in range(1, len(row)) if row[column] is not row[column - 1]}


def _without_idle_lines(grid: RuledGrid) -> RuledGrid:
    """Return a grid without the rows and columns at which no cell begins."""
    places = grid.places
    rows = [number for number, row in enumerate(places) if number == 0 or row != places[number - 1]]
    turned = list(zip(*places, strict=True))
    columns = [number for number, column in enumerate(turned) if number == 0 or column != turned[number - 1]]
    return RuledGrid(
        [*(grid.columns[number] for number in columns), grid.columns[-1]],
        [*(grid.rows[number] for number in rows), grid.rows[-1]],
        [[places[row][column] for column in columns] for row in rows],
    )
