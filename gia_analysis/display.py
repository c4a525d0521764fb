"""One renderer for notebook and terminal: tables with captions, and cards of facts. Everything printed is escaped."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd

from gia_analysis.forms import Language
from gia_analysis.shared_traces import SharedTraces, share_traces
from gia_analysis.traced import Quoted, Shown, Traced, Words, html_of, trace_attributes

_MISSING = "—"


def format_number(value: Any, digits: int = 0) -> str:
    """Return a figure with thousands separators; a dash where there is none.

    >>> format_number(13810.0), format_number(None), format_number(282.1, 2)
    ('13,810', '—', '282.10')
    """
    if value is None or pd.isna(value):
        return _MISSING
    number = float(value)
    if digits == 0 and not number.is_integer():
        return f"{number:,.12g}"
    return f"{number:,.{digits}f}"


def format_share(value: Any, low: Any = None, high: Any = None) -> str:
    """Return a share in percent, with its interval if that is given.

    >>> format_share(0.559, 0.551, 0.567)
    '55.9 % (55.1–56.7)'
    """
    if value is None or pd.isna(value):
        return _MISSING
    text = f"{100 * float(value):.1f} %"
    if low is None or high is None or pd.isna(low) or pd.isna(high):
        return text
    return f"{text} ({100 * float(low):.1f}–{100 * float(high):.1f})"


def _shown(value: Any) -> Shown:
    if isinstance(value, str | Traced | Quoted | Words):
        return value
    if value is None or pd.isna(value):
        return _MISSING
    if pd.api.types.is_number(value) and not pd.api.types.is_bool(value):
        return format_number(value)
    return str(value)


def _is_figure(column: pd.Series) -> bool:
    if len(column) and column.dtype == object:
        return all(isinstance(value, Traced) for value in column)
    return bool(pd.api.types.is_numeric_dtype(column.dtype))


def _width(shown: Shown) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in str(shown))


def _pad(shown: Shown, width: int, *, right: bool = False) -> str:
    space = " " * (width - _width(shown))
    return space + str(shown) if right else str(shown) + space


@dataclass(frozen=True)
class ShownTable:
    """A frame as people read it: a caption, headings, aligned figures, and notes below.

    Its values may be numbers that can be followed. ``anchors`` gives rows a name on the page that links lead to.
    """

    frame: pd.DataFrame
    caption: str
    notes: Sequence[Shown] = field(default=())
    index: bool = True
    anchors: Sequence[str] = ()

    def _grid(self) -> tuple[list[str], list[list[Shown]], list[bool]]:
        names = [str(name) for name in self.frame.columns]
        columns = [[_shown(value) for value in self.frame[name]] for name in self.frame.columns]
        numeric = [_is_figure(self.frame[name]) for name in self.frame.columns]
        if self.index:
            names.insert(0, str(self.frame.index.name or ""))
            columns.insert(0, [_shown(value) for value in self.frame.index])
            numeric.insert(0, False)
        return names, [list(row) for row in zip(*columns, strict=True)] if len(self.frame) else [], numeric

    def _repr_html_(self) -> str:
        names, rows, numeric = self._grid()
        shared = share_traces(rows)
        columns = shared.columns or [{}] * len(names)
        head = "".join(map(_html_head, names, numeric, columns))
        anchors = [f' id="{escape(anchor)}"' if anchor else "" for anchor in self.anchors] or [""] * len(rows)
        body = "".join(
            f"<tr{anchor}{trace_attributes(shared.rows[place])}>{_html_row(row, numeric, shared, place)}</tr>"
            for place, (anchor, row) in enumerate(zip(anchors, rows, strict=True))
        )
        notes = "".join(f'<p class="note">{html_of(note)}</p>' for note in self.notes)
        return (
            f'<div class="table"><table{trace_attributes(shared.table)}><caption>{escape(self.caption)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{notes}"
        )

    def __repr__(self) -> str:
        names, rows, numeric = self._grid()
        widths = [max([_width(name), *(_width(row[i]) for row in rows)]) for i, name in enumerate(names)]
        lines = [self.caption]
        for row in [list[Shown](names), *rows]:
            cells = [_pad(text, width, right=number) for text, width, number in zip(row, widths, numeric, strict=True)]
            lines.append("  ".join(cells).rstrip())
        return "\n".join([*lines, *map(str, self.notes)])


def _html_row(row: Sequence[Shown], numeric: Sequence[bool], shared: SharedTraces, place: int) -> str:
    cells = []
    for column, (shown, number) in enumerate(zip(row, numeric, strict=True)):
        tag = 'th scope="row"' if column == 0 else "td"
        cells.append(f"<{tag}{_align(number)}>{html_of(shown, shared.at(place, column))}</{tag.split()[0]}>")
    return "".join(cells)


def _html_head(name: str, number: bool, trace: Mapping[str, str]) -> str:
    tag = 'th scope="col"' if name else "td"
    align = _align(number) if name else ""
    return f"<{tag}{align}{trace_attributes(trace)}>{escape(name)}</{tag.split()[0]}>"


def _align(number: bool) -> str:
    return ' class="figure"' if number else ""


def show(
    frame: pd.DataFrame, caption: str, *notes: Shown, index: bool = True, anchors: Sequence[str] = ()
) -> ShownTable:
    """Return a frame ready to be looked at, in a notebook, a terminal or on a page."""
    return ShownTable(frame, caption, notes, index, anchors)


@dataclass(frozen=True)
class Card:
    """A title, facts by name, and lines below; for what a reader should see first."""

    title: str
    facts: Sequence[tuple[str, Shown]]
    notes: Sequence[Shown] = ()
    lang: Language = "zh"

    def text(self) -> str:
        width = max((_width(name) for name, _ in self.facts), default=0)
        return "\n".join(
            [
                self.title,
                *(f"  {_pad(name, width)}  {value}" for name, value in self.facts),
                *(f"  {x}" for x in self.notes),
            ]
        )

    def html(self) -> str:
        facts = "".join(
            f'<tr><th scope="row">{escape(name)}</th><td>{html_of(value)}</td></tr>' for name, value in self.facts
        )
        notes = "".join(f"<li>{html_of(note)}</li>" for note in self.notes)
        listed = f"<ul>{notes}</ul>" if notes else ""
        return f'<div class="card"><table class="facts"><caption>{escape(self.title)}</caption>{facts}</table>{listed}</div>'

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return self.html()


@dataclass(frozen=True)
class Section:
    """A titled run of paragraphs, tables, cards and charts; each is shown by itself, so that it keeps its own kind."""

    title: str
    parts: Sequence[Any]

    def _ipython_display_(self) -> None:
        from IPython.display import HTML, display

        opening = "".join(_paragraph(part) for part in self._opening())
        display(HTML(f"<h2>{escape(self.title)}</h2>{opening}", metadata=None))
        for part in self.parts[len(self._opening()) :]:
            display(HTML(_paragraph(part)) if _is_text(part) else part)

    def html(self) -> str:
        """Return the section as a page shows it, but for its charts."""
        parts = (
            _paragraph(part) if _is_text(part) else getattr(part, "_repr_html_", _nothing)() for part in self.parts
        )
        return f"<section><h2>{escape(self.title)}</h2>{''.join(parts)}</section>"

    def _opening(self) -> list[Shown]:
        """Return the paragraphs that stand before anything else."""
        first = next((i for i, part in enumerate(self.parts) if not _is_text(part)), len(self.parts))
        return list(self.parts[:first])

    def __repr__(self) -> str:
        return "\n".join([self.title, *(str(part) if _is_text(part) else repr(part) for part in self.parts)])


def _nothing() -> str:
    return ""


def _is_text(part: Any) -> bool:
    return isinstance(part, str | Traced | Quoted | Words)


def _paragraph(text: Shown) -> str:
    return f"<p>{html_of(text)}</p>"


@dataclass(frozen=True)
class Notes:
    """Small print: a run of notes."""

    notes: Sequence[Shown]

    def _repr_html_(self) -> str:
        return "".join(f'<p class="note">{html_of(note)}</p>' for note in self.notes)

    def __repr__(self) -> str:
        return "\n".join(map(str, self.notes))


@dataclass(frozen=True)
class Folded:
    """Something long that opens on demand: a summary line and what lies behind it."""

    summary: Shown
    content: ShownTable | Notes

    def _repr_html_(self) -> str:
        return f"<details><summary>{html_of(self.summary)}</summary>{self.content._repr_html_()}</details>"

    def __repr__(self) -> str:
        return f"{self.summary}\n{self.content!r}"
