"""A chart as it goes into notebooks and pages: SVG with Chinese that is never boxes, and its figures in words."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import escape

import matplotlib as mpl
import pylopdf_fonts_zh_cn
import seaborn as sns
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

WIDTH_INCHES = 7.2
INK, MUTED, GRID = "#1f2933", "#5f6b7a", "#d9dee5"
ACCENT, PALE = "#1d5b8f", "#a9bfd3"
OUTCOME_COLOURS = {
    "granted": "#1d5b8f",
    "partially_granted": "#6fa3cc",
    "denied": "#b5452c",
    "unable": "#d99a4e",
    "not_processed": "#8a7a9b",
    "other": "#9aa5b1",
}

# What matplotlib writes and a page does not need; together more than a third of a chart.
_SHORTER: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<metadata>.*?</metadata>|<!--.*?-->", re.DOTALL), ""),
    (re.compile(r'(<svg[^>]*?) width="[\d.]+pt" height="[\d.]+pt"'), r"\1"),
    (re.compile(r' id="(?:figure|axes|patch|line2d|text|matplotlib\.axis|xtick|ytick|legend|LineCollection)_\d+"'), ""),
    (re.compile(r"(\d\.\d\d)\d+(?![\d.]*\))"), r"\1"),
    (re.compile(r"\s+"), " "),
    (re.compile(r"> <"), "><"),
    (re.compile(r"></(?:path|use|rect|line|circle)>"), "/>"),
    (re.compile(r' (?:xmlns:)?xlink(?::href)?="http://www.w3.org/1999/xlink"'), ""),
    (re.compile(r"xlink:href="), "href="),
)

_PATH_DATA = re.compile(r'(?<= d=")[^"]+')
_SPARE_SPACE = re.compile(r" (?=[A-Za-z-])|(?<=[A-Za-z]) ")


@cache
def _font_name() -> str:
    """Register the Chinese font that comes with the package's requirements, and return its name."""
    path = str(pylopdf_fonts_zh_cn.sans_path())
    font_manager.fontManager.addfont(path)
    return font_manager.FontProperties(fname=path).get_name()


@contextmanager
def drawing(height_inches: float) -> Iterator[tuple[Figure, Axes]]:
    """Yield a figure and its axes in the house style; nothing outside is changed."""
    style = sns.axes_style("whitegrid")
    style |= {
        "font.family": [_font_name(), "DejaVu Sans"],
        "font.size": 10,
        "axes.unicode_minus": False,
        "axes.edgecolor": GRID,
        "grid.color": GRID,
        "grid.linewidth": 0.6,
        "text.color": INK,
        "axes.labelcolor": MUTED,
        "xtick.color": MUTED,
        "ytick.color": INK,
        "axes.titlesize": 11,
        "axes.titleweight": "normal",
        "svg.fonttype": "path",
        "svg.hashsalt": "gia",
    }
    with mpl.rc_context(style):
        figure = Figure(figsize=(WIDTH_INCHES, height_inches))
        axes = figure.subplots()
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(length=0)
        yield figure, axes


@dataclass(frozen=True)
class Chart:
    """A finished chart: its title, its SVG and its text alternative, which holds the same figures."""

    title: str
    svg: str
    alternative: str

    @classmethod
    def of(cls, figure: Figure, title: str, alternative: str) -> "Chart":
        """Return the chart that a figure shows. The same figure gives the same bytes."""
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
        svg = buffer.getvalue()
        svg = svg[svg.index("<svg") :].strip()
        for pattern, shorter in _SHORTER:
            svg = pattern.sub(shorter, svg)
        svg = _PATH_DATA.sub(lambda data: _SPARE_SPACE.sub("", data.group()).strip(), svg)
        label = f' role="img" aria-label="{escape(f"{title}。{alternative}", quote=True)}"'
        return cls(title, svg.replace("<svg", f"<svg{label}", 1), alternative)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"image/svg+xml": self.svg, "text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"{self.title}: {self.alternative}"
