"""Bars and intervals: the few shapes that all charts are made of."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from gia_analysis.charts.chart import ACCENT, INK, MUTED, PALE, Chart, drawing
from gia_analysis.display import format_number, format_share
from gia_analysis.forms import Language

_LINE_INCHES = 0.3
_LONGEST_LABEL = 20
_LEGEND_COLUMNS = 3


def _height(lines: int) -> float:
    return 0.9 + _LINE_INCHES * max(lines, 2)


def shorten(label: str, longest: int = _LONGEST_LABEL) -> str:
    """Return a label that fits beside an axis; an English one may be twice as long."""
    limit = longest * (2 if label.isascii() else 1)
    return label if len(label) <= limit else label[: limit - 1] + "…"


def _separator(language: Language) -> str:
    return "；" if language == "zh" else "; "


def bar_chart(
    title: str, values: pd.Series, language: Language = "zh", *, unit: str = "", colours: Sequence[str] | None = None
) -> Chart:
    """Draw one horizontal bar a row, its figure beside it; a missing figure is written as a dash and has no bar."""
    labels = [str(name) for name in values.index]
    with drawing(_height(len(values))) as (figure, axes):
        filled = values.astype("float64").fillna(0.0)
        positions = range(len(values))  # by position: two rows may bear one name, and are not one bar
        axes.barh(positions, filled.to_numpy(), color=list(colours) if colours else ACCENT, height=0.76)
        axes.set_yticks(positions, [shorten(name) for name in labels])
        axes.set_ylim(len(values) - 0.5, -0.5)
        axes.grid(visible=False, axis="y")
        largest = max(filled.max(), 1.0)
        for position, value in enumerate(values):
            shown = 0.0 if pd.isna(value) else float(value)
            axes.text(shown + largest * 0.01, position, format_number(value), va="center", color=INK, fontsize=9)
        axes.set_xlim(0, largest * 1.1)
        axes.set_xlabel(unit)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_title(title, loc="left")
        told = _separator(language).join(
            f"{name} {format_number(value)}" for name, value in zip(labels, values, strict=True)
        )
        return Chart.of(figure, title, told)


def interval_chart(
    title: str, rates: pd.DataFrame, language: Language = "zh", *, highlighted: str | None = None
) -> Chart:
    """Draw one rate a row as a point with its interval, in percent.

    Args:
        title: what is shown.
        rates: indexed by name, with columns ``value``, ``low``, ``high``, ``numerator``, ``denominator``.
        language: of the text alternative.
        highlighted: the name that stands out.
    """
    labels = [str(name) for name in rates.index]
    with drawing(_height(len(rates))) as (figure, axes):
        for position, (name, row) in enumerate(zip(labels, rates.itertuples(), strict=True)):
            colour = ACCENT if highlighted in (None, name) else PALE
            axes.plot(
                [100 * row.low, 100 * row.high],
                [position, position],
                color=colour,
                linewidth=3,
                solid_capstyle="butt",
                clip_on=False,
            )
            axes.plot([100 * row.value], [position], "o", color=colour, markersize=7, clip_on=False)
            parts = f"{format_number(row.numerator)}/{format_number(row.denominator)}"
            axes.text(102, position, parts, va="center", color=MUTED, fontsize=9)
        axes.set_yticks(range(len(labels)), [shorten(name) for name in labels])
        axes.set_ylim(len(labels) - 0.5, -0.5)
        axes.set_xlim(0, 100)
        axes.set_xlabel("%")
        axes.set_title(title, loc="left")
        told = _separator(language).join(
            f"{name} {format_share(row.value, row.low, row.high)}"
            for name, row in zip(labels, rates.itertuples(), strict=True)
        )
        return Chart.of(figure, title, told)


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
    with drawing(_height(len(amounts))) as (figure, axes):
        left = np.zeros(len(drawn))
        for part in drawn.columns:
            width = drawn[part].fillna(0).to_numpy(dtype="float64")
            axes.barh(range(len(labels)), width, left=left, color=colours[part], label=names[part], height=0.72)
            left = left + width
        axes.set_yticks(range(len(labels)), [shorten(name) for name in labels])
        axes.set_ylim(len(labels) - 0.5, -0.5)
        axes.set_xlim(0, 100 if shares else max(float(left.max()), 1.0) * 1.05)
        axes.set_xlabel("%" if shares else "")
        axes.grid(visible=False, axis="y")
        lines = -(-len(drawn.columns) // _LEGEND_COLUMNS)
        axes.set_title(title, loc="left", pad=8 + 16 * lines)
        axes.legend(
            loc="lower left", bbox_to_anchor=(0, 1), ncols=_LEGEND_COLUMNS, frameon=False, fontsize=9, borderaxespad=0.2,
            handlelength=1.2, borderpad=0,
        )  # fmt: skip
        return Chart.of(figure, title, _told_parts(amounts, names, labels, language))


def _told_parts(amounts: pd.DataFrame, names: Mapping[str, str], labels: Sequence[str], language: Language) -> str:
    rows = []
    for label, (_, row) in zip(labels, amounts.iterrows(), strict=True):
        parts = [f"{names[part]} {format_number(row[part])}" for part in amounts.columns if row[part]]
        rows.append(f"{label}: {', '.join(parts) if parts else '0'}")
    return _separator(language).join(rows)
