"""Tables without any mark (layout F: one cell a line; or one row a line, parted by blanks): their lines as cells.

Only the labels of the forms tell that such lines are a table. It ends before the first heading, sentence or long line;
what is neither label nor figure belongs to it only where a label or a figure follows soon.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from gia_analysis.forms import (
    known_labels,
    normalise,
    opening_labels,
    row_labels,
    without_enumerator,
    without_parenthesis,
)
from gia_analysis.reading.flow import Flow, Line, Shape, Token
from gia_analysis.reading.values import is_unit, read_value
from gia_analysis.schema import Kind

_LONGEST_CELL = 60
_LONGEST_FIGURE = 20
_MOST_PARTS = 3
_MOST_OTHERS = 4
_LEAST_LABELS = 3
_FIGURES = (Kind.NUMBER, Kind.NA)
_CELLS = Shape(row_ends_known=False, blanks_kept=False)
_ROWS = Shape(row_ends_known=True, blanks_kept=False)


@dataclass(slots=True)
class _Cells:
    """What lines give so far: tokens, how many of the flow's items they take, and what speaks for a table."""

    tokens: list[Token] = field(default_factory=list)
    sure: int = 0
    end: int = 0
    labels: int = 0
    figures: int = 0

    @property
    def is_table(self) -> bool:
        return self.labels >= _LEAST_LABELS or (self.labels > 0 and self.figures > 0)


def free_cells(flow: Flow) -> Flow:
    """Return the flow with the lines of unmarked tables as cells."""
    found: list[Line | Token] = []
    done = 0  # items that are in ``found``, as they are or as cells
    lines = [(position, item) for position, item in enumerate(flow) if isinstance(item, Line)]
    for position, line in lines:
        if position < done or not _opens(flow, position, line):
            continue
        cells = _read_cells(flow, position)
        if cells.is_table:
            found += flow[done:position]
            found += cells.tokens[: cells.sure]
            done = cells.end
    return (*found, *flow[done:]) if done else flow


def _short(line: Line) -> str:
    """Return a line as a label, or nothing where it is too long to be a cell."""
    return normalise(line.text) if len(line.text) <= _LONGEST_CELL * 2 else ""


def may_open(line: Line) -> bool:
    """Tell whether a line is worded like the first one of a table without any mark."""
    if line.heading or len(line.text) > _LONGEST_CELL * 2:
        return False
    label = normalise(line.text)
    return label in opening_labels() or label in row_labels() or _split_row(line) is not None


def _opens(flow: Flow, position: int, line: Line) -> bool:
    if not may_open(line):
        return False
    label = normalise(line.text)
    if label in opening_labels() or label not in row_labels():
        return True
    following = (item for item in flow[position + 1 : position + 4] if item.text.strip())
    after = next(following, None)
    return isinstance(after, Line) and _is_figure(after.text)


def _is_figure(text: str) -> bool:
    return len(text) <= _LONGEST_FIGURE and read_value(text).kind in _FIGURES


def _read_cells(flow: Flow, start: int) -> _Cells:
    cells = _Cells()
    others = 0
    position = start
    while position < len(flow):
        item = flow[position]
        if not isinstance(item, Line) or others > _MOST_OTHERS or _ends_table(flow, position, item):
            break
        label = _short(item)
        if not label:
            if item.text.strip():
                break
            position += 1
            continue
        taken, kind = _take(flow, position, item, label, cells)
        if kind == "stop":
            break
        others = others + 1 if kind == "other" else 0
        position += taken
        if kind != "other":
            cells.sure, cells.end = len(cells.tokens), position
    return cells


def _ends_table(flow: Flow, position: int, line: Line) -> bool:
    """Tell whether a line is a heading, and not a row that is worded like one, with its unit or figure below it."""
    if line.heading is None:
        return False
    following = next((item for item in flow[position + 1 : position + 4] if item.text.strip()), None)
    if line.heading.number or not isinstance(following, Line):
        return True
    if _short(line) in _bare_labels() and _short(following) in known_labels():
        return False
    return not (is_unit(normalise(following.text)) or read_value(following.text).kind is Kind.NUMBER)


@cache
def _bare_labels() -> frozenset[str]:
    """Return the labels of rows and groups without their numerals."""
    return frozenset(map(without_enumerator, row_labels()))


def _take(flow: Flow, position: int, line: Line, label: str, cells: _Cells) -> tuple[int, str]:
    """Add what a line holds to the cells; return how many items that takes, and what it is."""
    if _is_figure(line.text) or is_unit(label):
        cells.tokens.append(_token(line.text, label, line))
        cells.figures += not is_unit(label)
        return 1, "figure"
    joined, parts = _join(flow, position, label)
    if joined in known_labels():
        text = "\n".join(item.text.strip() for item in flow[position : position + parts])
        cells.tokens.append(_token(text, joined, line))
        cells.labels += 1
        return parts, "label"
    row = _split_row(line)
    if row:
        name, figures = row
        cells.tokens += [
            _token(text, normalise(text), line, column, row_ends_known=True)
            for column, text in enumerate((name, *figures))
        ]
        cells.labels += normalise(name) in known_labels()
        cells.figures += len(figures)
        return 1, "label"
    if head := _split_head(line):
        cells.tokens += [
            _token(text, normalise(text), line, column, row_ends_known=True) for column, text in enumerate(head)
        ]
        cells.labels += len(head)
        return 1, "label"
    if len(label) > _LONGEST_CELL or "。" in line.text:
        return 0, "stop"
    cells.tokens.append(_token(line.text, label, line))
    return 1, "other"


def _join(flow: Flow, position: int, label: str) -> tuple[str, int]:
    """Return the longest known label that begins in a line and goes on in the next ones, and how many it takes."""
    best = (label, 1)
    text = label
    for parts in range(2, _MOST_PARTS + 1):
        item = flow[position + parts - 1] if position + parts <= len(flow) else None
        if not isinstance(item, Line) or item.heading or not (part := _short(item)) or _is_figure(item.text):
            break
        text += part
        if text in known_labels():
            best = (text, parts)
    return best


def _split_row(line: Line) -> tuple[str, Sequence[str]] | None:
    """Return the label and the figures of a line that is a row parted by blanks; None where it is none."""
    parts = line.text.split()
    if len(parts) == 1 or not parts or not _is_figure(parts[-1]):
        return None
    first = next((i + 1 for i in range(len(parts) - 1, -1, -1) if not _is_figure(parts[i])), 0)
    name = "".join(parts[:first])
    return (name, parts[first:]) if first and normalise(name) in row_labels() else None


def _split_head(line: Line) -> Sequence[str]:
    """Return the labels of a line that is the head of a table parted by blanks; nothing where it is none."""
    parts = line.text.split()
    labels = [normalise(part) for part in parts]
    known = all(label in known_labels() or without_parenthesis(label) in known_labels() for label in labels)
    return parts if known and len(parts) > 1 else ()


def _token(text: str, label: str, line: Line, column: int = 0, *, row_ends_known: bool = False) -> Token:
    shape = _ROWS if row_ends_known else _CELLS
    return Token(text.strip(), label, line.at, column, line.line, line.page, shape)
