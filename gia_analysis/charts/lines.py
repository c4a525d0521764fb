"""Lines over years: figures that can be followed, with their gaps, and the breaks at which they cannot be compared."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from gia_analysis.charts.canvas import SMALL, WIDTH, Canvas, canvas, fit, width_of
from gia_analysis.charts.chart import ACCENT, GRID, GROUND, MUTED, Chart
from gia_analysis.display import format_number, format_share
from gia_analysis.forms import Language

LINE_COLOURS = (ACCENT, "#b5452c", "#d99a4e", "#8a7a9b", "#4f8a6b", "#9aa5b1")
_TALL, _HEAD, _FOOT, _RIGHT, _LEGEND_LINE = 150.0, 26.0, 22.0, 10.0, 16.0
_LONGEST_NAME = 220.0
_MOST_YEARS = 12
_APPROXIMATE = {"zh": "空心点：该表式只有近似口径", "en": "hollow: only something near on that form"}
_BREAK = {"zh": "口径变化", "en": "definition changes"}

_Place = Callable[[float], float]


def line_chart(
    title: str, series: pd.DataFrame, language: Language = "zh", *, unit: str = "", shares: bool = False
) -> Chart:
    """Draw figures over years, one line for each ``name``.

    A year without a figure is a gap. Where the definition changes, the line is interrupted and a dotted line stands
    between the years; figures of a form that has only something near are hollow points.

    Args:
        title: what is shown.
        series: rows with ``year``, ``value``, ``exact`` and ``breaks`` as long series have them, and ``name`` where
            there is more than one line; at most one row a name and year.
        language: of labels and text alternative.
        unit: of the values.
        shares: whether the values are shares, to be shown in percent.
    """
    lines = {str(name): part for name, part in _named(series).groupby("name", sort=False)}
    years = _span(series["year"])
    points = {name: _points(part, years, scale=100 if shares else 1) for name, part in lines.items()}
    ticks = _ticks(points)
    legend = _legend(points, language)
    top = _HEAD + _LEGEND_LINE * (legend[-1][2] + 1 if legend else 0) + 12
    bottom = top + _TALL
    with canvas(bottom + _FOOT) as sheet:
        sheet.title(title)
        left = max(width_of(format_number(tick)) for tick in ticks) + 8
        sheet.text(left - 6, top - 12, "%" if shares else unit, "right", size=SMALL, colour=MUTED)
        for name, x, line, colour in legend:
            _mark(sheet, name, x, _HEAD + _LEGEND_LINE * line, colour)
        step = (WIDTH - left - _RIGHT) / max(len(years), 1)

        def across(year: float) -> float:
            return left + step * (year - (years[0] if years else 0) + 0.5)

        def up(value: float) -> float:
            return bottom - _TALL * (value - ticks[0]) / (ticks[-1] - ticks[0])

        for tick in ticks:
            sheet.line([(left, up(tick)), (WIDTH - _RIGHT, up(tick))], GRID)
            sheet.text(left - 6, up(tick), format_number(tick), "right", size=SMALL, colour=MUTED)
        for year in years[:: -(-len(years) // _MOST_YEARS) or 1]:
            sheet.text(across(year), bottom + 11, str(year), "center", colour=MUTED)
        _mark_breaks(sheet, points, years, across, top, bottom, language)
        for part, colour in zip(points.values(), _colours(len(points)), strict=True):
            _draw(sheet, part, across, up, colour)
        told = ("；" if language == "zh" else "; ").join(
            _told(name if len(points) > 1 else "", part, language, shares=shares) for name, part in points.items()
        )
        return sheet.chart(title, told)


def _named(series: pd.DataFrame) -> pd.DataFrame:
    return series if "name" in series else series.assign(name="")


def _span(years: pd.Series) -> list[int]:
    return list(range(int(years.min()), int(years.max()) + 1)) if len(years) else []


def _colours(lines: int) -> list[str]:
    return [LINE_COLOURS[number % len(LINE_COLOURS)] for number in range(lines)]


def _points(rows: pd.DataFrame, years: Sequence[int], *, scale: float) -> pd.DataFrame:
    """Return a row for every year: ``value`` as drawn, whether it is ``exact``, and whether a break stands before it."""
    found = rows.set_index(rows["year"].astype("int64"))[["value", "exact", "breaks"]].reindex(years)
    return pd.DataFrame(
        {
            "value": found["value"].astype("float64") * scale,
            "exact": found["exact"].astype("boolean").fillna(True).astype(bool),
            "breaks": found["breaks"].astype("boolean").fillna(False).astype(bool),
        }
    )


def _ticks(points: dict[str, pd.DataFrame]) -> list[float]:
    """Return the figures at the lines of the scale, which begins at zero or below and holds all values."""
    values = np.concatenate([part["value"].to_numpy() for part in points.values()] or [np.array([])])
    known = values[~np.isnan(values)]
    largest, least = (float(known.max()), float(known.min())) if len(known) else (0.0, 0.0)
    largest = max(largest, 0.0) or 1.0
    found = MaxNLocator(5, integer=largest >= 5).tick_values(min(least, 0.0), largest * 1.05)
    return [float(each) for each in found]


def _draw(sheet: Canvas, points: pd.DataFrame, across: _Place, up: _Place, colour: str) -> None:
    """Draw a line in the pieces that gaps and breaks leave, then its points."""
    pieces: list[list[tuple[float, float]]] = [[]]
    dots: list[tuple[float, float, bool]] = []
    for year, (value, exact, breaks) in zip(points.index, points.to_numpy(), strict=True):
        if breaks or pd.isna(value):
            pieces.append([])
        if not pd.isna(value):
            pieces[-1].append((across(year), up(value)))
            dots.append((*pieces[-1][-1], bool(exact)))
    for piece in pieces:
        if len(piece) > 1:
            sheet.line(piece, colour, width=2)
    for x, y, exact in dots:
        sheet.dot(x, y, colour if exact else GROUND, edge=colour)


def _mark_breaks(
    sheet: Canvas, points: dict[str, pd.DataFrame], years: Sequence[int], across: _Place, top: float, bottom: float,
    language: Language,
) -> None:  # fmt: skip
    broken = {int(year) for part in points.values() for year in part.index[part["breaks"]] if year > years[0]}
    for number, year in enumerate(sorted(broken)):
        x, text = across(year - 0.5), f"{year} {_BREAK[language]}"
        sheet.line([(x, top - 8), (x, bottom)], MUTED, width=1.2, dashed=True)
        late = x + width_of(text, SMALL) + 6 > WIDTH
        place = x - 4 if late else x + 4
        sheet.text(place, top - 6 + 11 * (number % 2), text, "right" if late else "left", size=SMALL, colour=MUTED)


def _legend(points: dict[str, pd.DataFrame], language: Language) -> list[tuple[str, float, int, str | None]]:
    """Return the names of lines, with place, line and colour; without a colour that of hollow points."""
    names: list[tuple[str, str | None]] = []
    if len(points) > 1:
        names += zip(points, _colours(len(points)), strict=True)
    if any((~part["exact"] & part["value"].notna()).any() for part in points.values()):
        names.append((_APPROXIMATE[language], None))
    found: list[tuple[str, float, int, str | None]] = []
    x, line = 0.0, 0
    for name, colour in names:
        short = fit(name, _LONGEST_NAME, SMALL)
        wide = width_of(short, SMALL) + 40
        if x and x + wide > WIDTH:
            x, line = 0.0, line + 1
        found.append((short, x, line, colour))
        x += wide
    return found


def _mark(sheet: Canvas, name: str, x: float, y: float, colour: str | None) -> None:
    if colour is None:
        sheet.dot(x + 8, y, GROUND, edge=MUTED)
    else:
        sheet.bar(x, y - 1, 16, 2, colour)
    sheet.text(x + 21, y, name, size=SMALL)


def _told(name: str, points: pd.DataFrame, language: Language, *, shares: bool) -> str:
    """Return a line in words: every year with its figure, ≈ before one that is only near, | where the line breaks."""
    words = []
    for year, (value, exact, breaks) in zip(points.index, points.to_numpy(), strict=True):
        figure = format_share(value / 100) if shares else format_number(value)
        words.append(f"{'| ' if breaks else ''}{year} {'' if exact else '≈'}{figure}")
    joined = ("，" if language == "zh" else ", ").join(words)
    return f"{name}: {joined}" if name else joined
