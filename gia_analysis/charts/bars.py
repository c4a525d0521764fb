"""Bars and intervals: the few shapes that most charts are made of."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from gia_analysis.charts.canvas import SMALL, SMALL_LINE, WIDTH, Canvas, canvas, fit, width_of, wrap
from gia_analysis.charts.chart import ACCENT, GRID, INK, MUTED, PALE, Chart
from gia_analysis.display import format_number, format_share
from gia_analysis.forms import Language

_TOP, _LINE, _AXIS = 26.0, 19.0, 18.0
_BAR = 12.0
_WIDEST_LABELS = 0.42 * WIDTH
_LONGEST_LABEL = 20
_WHITE = "#ffffff"
_DARK = {"#1d5b8f", "#b5452c", "#8a7a9b", "#4f8a6b", "#7f8f6a"}  # on which figures are white


def shorten(label: str, longest: int = _LONGEST_LABEL) -> str:
    """Return a label that fits beside an axis; an English one may be twice as long."""
    limit = longest * (2 if label.isascii() else 1)
    return label if len(label) <= limit else label[: limit - 1] + "…"


def _separator(language: Language) -> str:
    return "；" if language == "zh" else "; "


def _beside(labels: Sequence[str]) -> float:
    """Return how wide the labels beside bars are, with what parts them from the bars."""
    return min(max(map(width_of, labels), default=0.0), _WIDEST_LABELS) + 8


def _label(sheet: Canvas, label: str, beside: float, middle: float) -> None:
    sheet.text(beside - 8, middle, fit(label, beside - 8), "right")


def _percent_axis(sheet: Canvas, left: float, scale: float, top: float, bottom: float) -> None:
    """Draw the lines and figures of a scale from 0 to 100 %."""
    for percent in range(0, 101, 25):
        x = left + percent * scale
        sheet.line([(x, top), (x, bottom)], GRID)
        sheet.text(x, bottom + 9, f"{percent} %", "center", size=SMALL, colour=MUTED)


def bar_chart(
    title: str, values: pd.Series, language: Language = "zh", *, unit: str = "", colours: Sequence[str] | None = None
) -> Chart:
    """Draw one horizontal bar a row, its figure beside it; a missing figure is written as a dash and has no bar."""
    labels = [str(name) for name in values.index]
    beside, filled = _beside(labels), values.astype("float64").fillna(0.0)
    figure = max((width_of(format_number(value), SMALL) for value in values), default=0.0) + 8
    scale = (WIDTH - beside - figure) / max(float(filled.max()) if len(filled) else 0.0, 1.0)
    with canvas(_TOP + _LINE * len(labels) + (_AXIS if unit else 4)) as sheet:
        sheet.title(title)
        sheet.line([(beside, _TOP), (beside, _TOP + _LINE * len(labels))], GRID, width=1)
        for row, (label, value, known) in enumerate(zip(labels, values, filled, strict=True)):
            middle = _TOP + _LINE * (row + 0.5)
            _label(sheet, label, beside, middle)
            if known:
                colour = colours[row] if colours else ACCENT
                sheet.bar(beside, middle - _BAR / 2, max(known, 0.0) * scale, _BAR, colour)
            sheet.text(beside + max(known, 0.0) * scale + 4, middle, format_number(value), size=SMALL)
        if unit:
            sheet.text(WIDTH, sheet.height - 8, unit, "right", size=SMALL, colour=MUTED)
        told = (f"{label} {format_number(value)}" for label, value in zip(labels, values, strict=True))
        return sheet.chart(title, _separator(language).join(told))


def interval_chart(
    title: str,
    rates: pd.DataFrame,
    language: Language = "zh",
    *,
    highlighted: str | None = None,
    middle: tuple[str, float] | None = None,
    note: str = "",
) -> Chart:
    """Draw one rate a row as a point with its interval, in percent, and its parts beside it.

    A row without a rate has a dash in place of both.

    Args:
        title: what is shown.
        rates: indexed by name, with columns ``value``, ``low``, ``high``, ``numerator``, ``denominator``.
        language: of the text alternative.
        highlighted: the name that stands out.
        middle: what all rates are held against, as a dotted line: its name and its share.
        note: the definition of the rate, written below.
    """
    labels = [str(name) for name in rates.index]
    rows = list(rates[["value", "low", "high", "numerator", "denominator"]].itertuples(index=False, name=None))
    parts = ["—" if pd.isna(row[0]) else f"{format_number(row[3])}/{format_number(row[4])}" for row in rows]
    left, right = _beside(labels), max((width_of(each, SMALL) for each in parts), default=0.0) + 14
    scale, top = (WIDTH - left - right) / 100, _TOP + (14 if middle else 0)
    lines = wrap(note, WIDTH, SMALL) if note else []
    bottom = top + _LINE * len(labels)
    with canvas(bottom + _AXIS + SMALL_LINE * len(lines) + 4) as sheet:
        sheet.title(title)
        _percent_axis(sheet, left, scale, top, bottom)
        if middle:
            _hold_against(sheet, middle, left + 100 * middle[1] * scale, top, bottom)
        for row, (label, (value, low, high, *_), part) in enumerate(zip(labels, rows, parts, strict=True)):
            at, colour = top + _LINE * (row + 0.5), ACCENT if highlighted in (None, label) else PALE
            _label(sheet, label, left, at)
            sheet.text(WIDTH, at, part, "right", size=SMALL, colour=MUTED)
            if pd.notna(value):
                sheet.line([(left + 100 * low * scale, at), (left + 100 * high * scale, at)], colour, width=3)
                sheet.dot(left + 100 * value * scale, at, colour)
        sheet.lines(bottom + _AXIS + 6, lines)
        told = [
            f"{label} {format_share(value, low, high)}"
            for label, (value, low, high, *_) in zip(labels, rows, strict=True)
        ]
        told += [f"{middle[0]} {format_share(middle[1])}"] if middle else []
        return sheet.chart(title, _separator(language).join(told))


def _hold_against(sheet: Canvas, middle: tuple[str, float], x: float, top: float, bottom: float) -> None:
    text = f"{middle[0]} {format_share(middle[1])}"
    sheet.line([(x, top - 2), (x, bottom)], MUTED, width=1, dashed=True)
    half = width_of(text, SMALL) / 2
    sheet.text(min(max(x, half), WIDTH - half), top - 9, text, "center", size=SMALL, colour=MUTED)


def stacked_chart(
    title: str,
    amounts: pd.DataFrame,
    names: Mapping[str, str],
    colours: Mapping[str, str],
    language: Language = "zh",
    *,
    shares: bool = True,
) -> Chart:
    """Draw one stacked bar a row: parts of a whole in percent (``shares``), or the amounts themselves.

    A part's figure stands in it where there is room; those too small for theirs can be read in the text alternative.

    Args:
        title: what is shown.
        amounts: indexed by name, a column a part, no missing values.
        names: what people read for each column.
        colours: of each column.
        language: of the text alternative.
        shares: whether to draw percent of each row's sum.
    """
    labels = [str(name) for name in amounts.index]
    drawn = amounts.div(amounts.sum(axis=1).replace(0, np.nan), axis=0) * 100 if shares else amounts
    left, ends = _beside(labels), [] if shares else [format_number(each) for each in amounts.sum(axis=1)]
    right = max((width_of(each, SMALL) + 6 for each in ends), default=12.0)
    widest = 100.0 if shares else max(float(amounts.sum(axis=1).max()) if len(amounts) else 0.0, 1.0)
    scale = (WIDTH - left - right) / widest
    legend = _legend([names[part] for part in drawn.columns])
    top = _TOP + SMALL_LINE * (legend[-1][1] + 1 if legend else 0) + 4
    bottom = top + _LINE * len(labels)
    with canvas(bottom + (_AXIS if shares else 4)) as sheet:
        sheet.title(title)
        for (x, line), part in zip(legend, drawn.columns, strict=True):
            y = _TOP + SMALL_LINE * line + 2
            sheet.bar(x, y - 4, 8, 8, colours[part])
            sheet.text(x + 12, y, names[part], size=SMALL)
        if shares:
            _percent_axis(sheet, left, scale, top, bottom)
        for row, (label, values) in enumerate(zip(labels, drawn.fillna(0.0).to_numpy(dtype="float64"), strict=True)):
            middle = top + _LINE * (row + 0.5)
            _label(sheet, label, left, middle)
            end = _stack(sheet, values, [colours[part] for part in drawn.columns], left, middle, scale, shares=shares)
            if not shares:
                sheet.text(end + 4, middle, ends[row], size=SMALL, colour=MUTED)
        return sheet.chart(title, _told_parts(amounts, names, labels, language))


def _stack(
    sheet: Canvas,
    values: Sequence[float],
    colours: Sequence[str],
    x: float,
    middle: float,
    scale: float,
    *,
    shares: bool,
) -> float:
    """Draw the parts of a bar, and return where it ends."""
    for value, colour in zip(values, colours, strict=True):
        wide = float(value) * scale
        text = f"{value:.0f} %" if shares else format_number(value)
        if wide:
            sheet.bar(x, middle - _BAR / 2 - 1, wide, _BAR + 2, colour)
        if wide > width_of(text, SMALL) + 6:
            ink = _WHITE if colour in _DARK else INK
            sheet.text(x + wide / 2, middle, text, "center", size=SMALL, colour=ink)
        x += wide
    return x


def _legend(names: Sequence[str]) -> list[tuple[float, int]]:
    """Return for each name of a legend where it begins and in which line it stands."""
    places: list[tuple[float, int]] = []
    x, line = 0.0, 0
    for name in names:
        wide = width_of(name, SMALL) + 28
        if x and x + wide > WIDTH:
            x, line = 0.0, line + 1
        places.append((x, line))
        x += wide
    return places


def _told_parts(amounts: pd.DataFrame, names: Mapping[str, str], labels: Sequence[str], language: Language) -> str:
    rows = []
    for label, (_, row) in zip(labels, amounts.iterrows(), strict=True):
        parts = [f"{names[part]} {format_number(row[part])}" for part in amounts.columns if row[part]]
        rows.append(f"{label}: {', '.join(parts) if parts else '0'}")
    return _separator(language).join(rows)
