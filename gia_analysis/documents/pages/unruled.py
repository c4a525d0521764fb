"""Lines of text → the tables among them that no ruling lines draw, or not enough of them."""

import itertools
from collections.abc import Iterator, Sequence
from statistics import median

from gia_analysis.documents.pages.blocks import Bar
from gia_analysis.documents.pages.columns import Column, columns_below, find_columns
from gia_analysis.documents.pages.pieces import Strip, letter_size
from gia_analysis.documents.pages.rows import read_rows
from gia_analysis.documents.pages.tables import Table

_LEAST_STRIPS = 2
_MOST_BETWEEN = 8  # lines of one piece between two of several
_WIDE_HEAD = 4  # pieces on a line that is the head of a table even if no figure is below it
_NARROW = 0.6  # of the width of the text
_INDENT = 0.05
_CLOSE = 2.1  # sizes of a letter from one line to the next that is right below it
_WIDE_GAP = 1.35  # times the usual gap between lines, between two tables
_CENTRED = 0.02  # of the width of a table


def find_tables(strips: Sequence[Strip], bars: Sequence[Bar]) -> Iterator[Table | Strip]:
    """Yield the tables among lines, and the lines that are in none, in reading order."""
    position = 0
    for start, end in _stretches(strips):
        yield from strips[position:start]
        cuts = _cuts(strips[start:end])
        for begin, finish in zip(cuts, [*cuts[1:], end - start], strict=True):
            yield from _table(strips[start + begin : start + finish], bars)
        position = end
    yield from strips[position:]


def _table(strips: Sequence[Strip], bars: Sequence[Bar]) -> Iterator[Table | Strip]:
    """Yield the table that lines are; the lines where no columns are found that part what stands on each."""
    columns, certain = find_columns(strips)
    if len(columns) < 2 or any(_share_a_column(strip, columns) for strip in strips):
        yield from strips
        return
    own = [bar for bar in bars if strips[0].top - 5 <= bar[1] <= strips[-1].bottom + 5]
    rows = read_rows(strips, columns, own)
    places = (*(column.left for column in columns), columns[-1].right)
    yield Table(places, tuple(rows), strips[0].page, certain=certain)


def _share_a_column(strip: Strip, columns: Sequence[Column]) -> bool:
    """Tell whether two figures of a line stand in one column: then some column was not found."""
    places = [columns_below(piece.left, piece.right, columns) for piece in strip.pieces if piece.is_figure]
    alone = [place[0] for place in places if len(place) == 1]
    return len(set(alone)) < len(alone)


def _stretches(strips: Sequence[Strip]) -> Iterator[tuple[int, int]]:
    """Yield where tables begin and end: runs of lines of several pieces, with the short lines between and around them."""
    if not strips:
        return
    left, right = min(strip.line.left for strip in strips), max(strip.line.right for strip in strips)
    width, size = right - left, letter_size(strips)
    narrow = [strip.line.right - strip.line.left < _NARROW * width for strip in strips]
    number = floor = 0
    while number < len(strips):
        if len(strips[number].pieces) < 2:
            number += 1
            continue
        end = last = number
        while end < len(strips) and (
            len(strips[end].pieces) > 1 or (narrow[end] and _is_near(strips, last, end, size))
        ):
            last = end if len(strips[end].pieces) > 1 else last
            end += 1
        start, end = number, last + 1
        full = [strip for strip in strips[start:end] if len(strip.pieces) > 1]
        if len(full) >= _LEAST_STRIPS and any(strip.has_figure or len(strip.pieces) >= _WIDE_HEAD for strip in full):
            edge = min(strip.line.left for strip in full)
            while start > floor and narrow[start - 1] and _is_part(strips[start - 1], strips[start], edge, width, size):
                start -= 1
            while end < len(strips) and narrow[end] and _is_close(strips[end - 1], strips[end], size):
                end += 1
            yield start, end
            floor = end
        number = max(end, number + 1)


def _is_near(strips: Sequence[Strip], last: int, number: int, size: float) -> bool:
    """Tell whether a line of one piece may stand between others of a table: few do, or it is as close as a row."""
    before, strip = strips[number - 1], strips[number]
    return number - last <= _MOST_BETWEEN or before.page != strip.page or _is_close(before, strip, size)


def _is_part(strip: Strip, below: Strip, edge: float, width: float, size: float) -> bool:
    """Tell whether a line above a table is one of its head: indented as against its first column, or right above it."""
    return strip.line.left > edge + _INDENT * width or _is_close(strip, below, size)


def _is_close(above: Strip, below: Strip, size: float) -> bool:
    return below.top - above.top <= _CLOSE * size and below.page == above.page


def _cuts(strips: Sequence[Strip]) -> list[int]:
    """Return where in a stretch of lines tables begin: with a head below, after a wide gap or at a line in the middle."""
    left, right = min(strip.line.left for strip in strips), max(strip.line.right for strip in strips)
    gaps = [below.top - above.bottom for above, below in itertools.pairwise(strips)]
    usual = median([gap for gap in gaps if gap > 0] or [0.0])
    cuts = [0]
    for number in _heads(strips):
        before = max((each for each in range(number) if strips[each].has_figure), default=None)
        if before is None or before < cuts[-1]:
            continue
        widest = max(range(before + 1, number + 1), key=lambda each: gaps[each - 1])
        title = next((each for each in range(before + 1, number) if _is_centred(strips[each], left, right)), None)
        if gaps[widest - 1] > _WIDE_GAP * usual:
            cuts.append(widest)
        elif title is not None:
            cuts.append(title)
    return cuts


def _heads(strips: Sequence[Strip]) -> Iterator[int]:
    """Yield the first line of several words after each run of lines with figures."""
    looking = False
    for number, strip in enumerate(strips):
        if strip.has_figure:
            looking = True
        elif looking and len(strip.pieces) > 1:
            looking = False
            yield number


def _is_centred(strip: Strip, left: float, right: float) -> bool:
    off = abs(strip.line.left + strip.line.right - left - right) / 2
    return len(strip.pieces) == 1 and off < _CENTRED * (right - left)
