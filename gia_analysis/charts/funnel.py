"""Funnel plots: rates by the number of cases, and the limits that chance allows."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Annotation
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import Bbox

from gia_analysis.charts.bars import shorten
from gia_analysis.charts.chart import ACCENT, INK, MUTED, PALE, Chart, drawing
from gia_analysis.display import format_number, format_share
from gia_analysis.forms import Language

_HEIGHT_INCHES = 3.8
_POINT = 4.0  # pixels from the middle of a point to where a name may begin
_MOST_NAMED = 6
_OUTSIDE = "#b5452c"
_CASES = {"zh": "办理结果（件）", "en": "results"}
_BESIDE = [(side, above) for above in (8, -8, 18, -18) for side in (1, -1)]  # where a name may stand, of its point
_BEHIND_NAMES = {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.5}


def funnel_chart(title: str, placed: pd.DataFrame, limits: pd.DataFrame, language: Language = "zh") -> Chart:
    """Draw each rate over its number of cases, with the 95 % and 99.8 % limits; those outside stand out and are named.

    Numbers of cases are on a scale of logarithms.

    Args:
        title: what is shown.
        placed: rows as ``analysis.place_in_funnel`` returns them, with ``name``.
        limits: by ascending ``denominator``: ``target``, ``low_95``, ``high_95``, ``low_998``, ``high_998``, all shares.
        language: of labels and text alternative.
    """
    with drawing(_HEIGHT_INCHES) as (figure, axes):
        figure.subplots_adjust(0.1, 0.15, 0.9, 0.9)
        _draw_limits(axes, limits)
        outside = placed["outside"].notna()
        for part, colour in ((placed[~outside], ACCENT), (placed[outside], _OUTSIDE)):
            axes.plot(
                part["denominator"], 100 * part["value"], "o", color=colour, markersize=5, clip_on=False, zorder=3
            )
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: format_number(value)))
        axes.xaxis.set_minor_formatter(FuncFormatter(lambda value, _: ""))
        axes.yaxis.set_major_locator(MaxNLocator(5))
        axes.set_ylim(0, 100)
        axes.set_xlabel(_CASES[language])
        axes.set_ylabel("%", rotation=0, labelpad=12)
        axes.grid(visible=False, axis="x")
        axes.set_title(title, loc="left")
        name_outside(axes, placed)
        told = ("；" if language == "zh" else "; ").join(
            f"{row.name} {format_share(row.value)} ({format_number(row.denominator)})"
            for row in placed[["name", "value", "denominator"]].itertuples(index=False)
        )
        return Chart.of(figure, title, told, whole=True)


def _draw_limits(axes: Axes, limits: pd.DataFrame) -> None:
    """Draw what all have in common and the limits around it, each named at its end."""
    if limits.empty:
        return
    cases = limits["denominator"]
    axes.plot(cases, 100 * limits["target"], color=MUTED, linewidth=1)
    for level, text, style in (("95", "95 %", (0, (4, 2))), ("998", "99.8 %", "solid")):
        for side in ("low", "high"):
            axes.plot(cases, 100 * limits[f"{side}_{level}"], color=PALE, linewidth=1.4, linestyle=style)
        axes.annotate(
            text, (cases.iloc[-1], 100 * limits[f"high_{level}"].iloc[-1]), xytext=(6, 6 if level == "998" else -4),
            textcoords="offset points", color=MUTED, fontsize=8, annotation_clip=False,
        )  # fmt: skip


def name_outside(axes: Axes, placed: pd.DataFrame) -> None:
    """Name the agencies furthest outside, each where no other name and the fewest points are; without such a place not at all."""
    outside = placed[placed["outside"].notna()]
    distance = (outside["value"] - outside["target"]).abs().sort_values(ascending=False, kind="stable")
    points = axes.transData.transform(np.column_stack([placed["denominator"], 100 * placed["value"]]))
    taken: list[Bbox] = []
    for place in distance.index[:_MOST_NAMED]:
        row = outside.loc[place]
        name = axes.annotate(
            shorten(str(row["name"]), 12), (row["denominator"], 100 * row["value"]), xytext=(0, 0),
            textcoords="offset points", va="center", color=INK, fontsize=8, bbox=_BEHIND_NAMES,
        )  # fmt: skip
        free: list[tuple[int, tuple[int, int], Bbox]] = []
        for beside in _BESIDE:
            _move(name, beside)
            box = name.get_window_extent()
            if axes.bbox.containsx(box.x0) and axes.bbox.containsx(box.x1) and not box.count_overlaps(taken):
                free.append((box.padded(_POINT).count_contains(points), beside, box))
        if not free:
            name.remove()
            continue
        _, beside, box = min(free, key=lambda each: each[0])
        _move(name, beside)
        taken.append(box)


def _move(name: Annotation, beside: tuple[int, int]) -> None:
    side, above = beside
    name.set_position((6 * side, above))
    name.set_horizontalalignment("left" if side > 0 else "right")
