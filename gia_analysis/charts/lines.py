"""Lines over years: figures that can be followed, with their gaps, and the breaks at which they cannot be compared."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from gia_analysis.charts.bars import shorten
from gia_analysis.charts.chart import ACCENT, MUTED, Chart, drawing
from gia_analysis.display import format_number, format_share
from gia_analysis.forms import Language

LINE_COLOURS = (ACCENT, "#b5452c", "#d99a4e", "#8a7a9b", "#4f8a6b", "#9aa5b1")
_HEIGHT_INCHES = 3.0
_LEGEND_COLUMNS = 3
_MOST_YEARS = 12
_MARKER_SIZE = 6
_APPROXIMATE = {"zh": "空心点：该表式只有近似口径", "en": "hollow: only something near on that form"}
_BREAK = {"zh": "口径变化", "en": "definition changes"}


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
    with drawing(_HEIGHT_INCHES) as (figure, axes):
        for (name, part), colour in zip(points.items(), _colours(len(points)), strict=True):
            _draw(axes, part, name, colour)
        values = pd.concat([part["value"] for part in points.values()] or [pd.Series(dtype="float64")])
        largest = float(max(values.max(), 0)) if values.notna().any() else 0.0
        axes.set_ylim(min(float(values.fillna(0).min()), 0) * 1.1 if len(values) else 0, (largest or 1) * 1.18)
        _label_years(axes, years)
        _mark_breaks(axes, points, language)
        measured = "%" if shares else unit
        axes.set_ylabel(measured, rotation=0 if len(measured) <= 2 else 90, labelpad=12)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: format_number(value)))
        axes.yaxis.set_major_locator(MaxNLocator(5, integer=largest >= 5))
        handles = _legend(points, language)
        axes.set_title(title, loc="left", pad=8 + 16 * -(-len(handles) // _LEGEND_COLUMNS))
        if handles:
            axes.legend(
                handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=_LEGEND_COLUMNS, frameon=False,
                fontsize=9, borderaxespad=0.2, handlelength=1.6, borderpad=0,
            )  # fmt: skip
        told = ("；" if language == "zh" else "; ").join(
            _told(name if len(points) > 1 else "", part, language, shares=shares) for name, part in points.items()
        )
        return Chart.of(figure, title, told)


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


def _draw(axes: Axes, points: pd.DataFrame, name: str, colour: str) -> None:
    """Draw a line in the pieces that its breaks leave, then its points."""
    for _, piece in points.groupby(points["breaks"].cumsum()):
        axes.plot(piece.index, piece["value"], color=colour, linewidth=2, clip_on=False)
    for exact, part in points.groupby("exact"):
        face = colour if exact else "white"
        axes.plot(
            part.index, part["value"], "o", color=colour, markerfacecolor=face, markeredgewidth=1.6,
            markersize=_MARKER_SIZE, clip_on=False, zorder=3,
        )  # fmt: skip


def _mark_breaks(axes: Axes, points: dict[str, pd.DataFrame], language: Language) -> None:
    first, last = axes.get_xlim()
    broken = {int(year) for part in points.values() for year in part.index[part["breaks"]] if year - 0.5 > first}
    for number, year in enumerate(sorted(broken)):
        axes.axvline(year - 0.5, color=MUTED, linewidth=1.2, linestyle=(0, (1, 2)))
        late = year - 0.5 > first + (last - first) * 0.75
        axes.text(
            year - (0.55 if late else 0.45), 0.985 - 0.075 * (number % 2), f"{year} {_BREAK[language]}", va="top",
            ha="right" if late else "left", transform=axes.get_xaxis_transform(), color=MUTED, fontsize=9,
        )  # fmt: skip


def _label_years(axes: Axes, years: Sequence[int]) -> None:
    axes.grid(visible=False, axis="x")
    step = -(-len(years) // _MOST_YEARS) or 1
    axes.set_xticks(list(years)[::step], [str(year) for year in years[::step]])
    if years:
        axes.set_xlim(years[0] - 0.5, years[-1] + 0.5)


def _legend(points: dict[str, pd.DataFrame], language: Language) -> list[Line2D]:
    handles = []
    if len(points) > 1:
        for name, colour in zip(points, _colours(len(points)), strict=True):
            handles.append(Line2D([], [], color=colour, linewidth=2, label=shorten(name)))
    if any((~part["exact"] & part["value"].notna()).any() for part in points.values()):
        handles.append(
            Line2D(
                [], [], color=MUTED, linestyle="none", marker="o", markerfacecolor="white", markersize=_MARKER_SIZE,
                label=_APPROXIMATE[language],
            )
        )  # fmt: skip
    return handles


def _told(name: str, points: pd.DataFrame, language: Language, *, shares: bool) -> str:
    """Return a line in words: every year with its figure, ≈ before one that is only near, | where the line breaks."""
    words = []
    for year, row in points.iterrows():
        figure = format_share(row["value"] / 100) if shares else format_number(row["value"])
        words.append(f"{'| ' if row['breaks'] else ''}{year} {'' if row['exact'] else '≈'}{figure}")
    joined = ("，" if language == "zh" else ", ").join(words)
    return f"{name}: {joined}" if name else joined
