"""Ruling lines as drawn → ruling lines as seen: dashes and pieces that lie on one line are one line."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gia_analysis.documents.limits import MOST_RULES, require_at_most
from gia_analysis.documents.pages.model import Rule

_SAME_LINE = 1.0  # points that pieces of one line may lie apart across it
_WIDEST_BREAK = 4.0  # points between two pieces of one line
_SHORTEST = 5.0  # points; what is shorter is no rule but a dot, a tick or a part of a drawing


class Stroke(NamedTuple):
    """A rule by its place across its direction (``at``) and its extent along it."""

    at: float
    start: float
    end: float


def join_rules(rules: Sequence[Rule]) -> tuple[list[Stroke], list[Stroke]]:
    """Return the horizontal and the vertical lines that rules make up, each sorted by place.

    Raises:
        LimitError: the page has more rules than are read.
    """
    require_at_most(MOST_RULES, len(rules), "ruling lines on a page")
    horizontal = [Stroke(rule.top, rule.left, rule.right) for rule in rules if rule.top == rule.bottom]
    vertical = [Stroke(rule.left, rule.top, rule.bottom) for rule in rules if rule.left == rule.right]
    return _join(horizontal), _join(vertical)


def _join(strokes: Iterable[Stroke]) -> list[Stroke]:
    joined: list[Stroke] = []
    for line in _lines(sorted(strokes)):
        line.sort(key=lambda stroke: stroke.start)
        open_at, start, end = line[0]
        for stroke in line[1:]:
            if stroke.start - end > _WIDEST_BREAK:
                joined.append(Stroke(open_at, start, end))
                open_at, start, end = stroke
            else:
                end = max(end, stroke.end)
        joined.append(Stroke(open_at, start, end))
    return [stroke for stroke in joined if stroke.end - stroke.start >= _SHORTEST]


def _lines(strokes: Iterable[Stroke]) -> Iterable[list[Stroke]]:
    """Yield the strokes that lie on one line, from strokes sorted by place."""
    line: list[Stroke] = []
    for stroke in strokes:
        if line and stroke.at - line[0].at > _SAME_LINE:
            yield line
            line = []
        line.append(stroke)
    if line:
        yield line
