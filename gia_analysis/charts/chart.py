"""A chart as it goes into notebooks and pages: SVG whose text is text, and its figures in words."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape

import matplotlib as mpl
import pylopdf_fonts_zh_cn
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

WIDTH_INCHES = 7.2
INK, MUTED, GRID, GROUND = "#1f2933", "#5f6b7a", "#d9dee5", "#ffffff"
ACCENT, PALE = "#1d5b8f", "#a9bfd3"
OUTCOME_COLOURS = {
    "granted": "#1d5b8f",
    "partially_granted": "#6fa3cc",
    "denied": "#b5452c",
    "unable": "#d99a4e",
    "not_processed": "#8a7a9b",
    "other": "#9aa5b1",
}
_MARGIN_INCHES = 0.1
_FONTS = (
    "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Hiragino Sans GB','Microsoft YaHei',"
    "'WenQuanYi Micro Hei',system-ui,sans-serif"
)

# What matplotlib writes and a page does not need; together more than half of a chart.
_SHORTER: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<metadata>.*?</metadata>|<!--.*?-->|<style.*?</style>", re.DOTALL), ""),
    (re.compile(r'(<svg[^>]*?) width="[\d.]+pt" height="[\d.]+pt"'), r"\1"),
    (re.compile(r' id="(?:figure|axes|patch|line2d|text|matplotlib\.axis|xtick|ytick|legend|LineCollection)_\d+"'), ""),
    (re.compile(r' transform="rotate\(-?0 [\d. -]+\)"'), ""),
    (re.compile(r"(?<=\d\.\d\d)\d+(?![\d.]*\))"), ""),
    (re.compile(r"\s+"), " "),
    (re.compile(r"> <(?!/text>)"), "><"),
    (re.compile(r"></(?:path|use|rect|line|circle)>"), "/>"),
    (re.compile(r"<defs/>|<defs></defs>"), ""),
    (re.compile(r"<g>((?:<[^g/][^>]*/>)+|<text[^>]*>[^<]*</text>)</g>"), r"\1"),
    (re.compile(r' (?:xmlns:)?xlink(?::href)?="http://www.w3.org/1999/xlink"'), ""),
    (re.compile(r"xlink:href="), "href="),
)

_PATH_DATA = re.compile(r'(?<= d=")[^"]+')
_SPARE_SPACE = re.compile(r" (?=[A-Za-z-])|(?<=[A-Za-z]) ")
_STYLE = re.compile(r' style="([^"]*)"')
_NAME = re.compile(r'(?<= id=")[^"]+|(?<=href="#)[^"]+|(?<=url\(#)[^)]+')
_LEFT_OUT = ("font-family", "stroke-dashoffset")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@cache
def _font_name() -> str:
    """Register the Chinese font that comes with the package's requirements, and return its name."""
    path = str(pylopdf_fonts_zh_cn.sans_path())
    font_manager.fontManager.addfont(path)
    return font_manager.FontProperties(fname=path).get_name()


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the house style; nothing outside is changed. Text is measured with a font that is on every machine."""
    import seaborn  # here, as it takes a second that most of what imports this never needs

    style = seaborn.axes_style("whitegrid")
    style |= {
        "font.family": [_font_name(), "DejaVu Sans"],
        "font.size": 10,
        "axes.unicode_minus": False,
        "axes.edgecolor": GRID,
        "grid.color": GRID,
        "grid.linewidth": 0.6,
        "text.color": INK,
        "text.parse_math": False,
        "axes.labelcolor": MUTED,
        "xtick.color": MUTED,
        "ytick.color": INK,
        "axes.titlesize": 11,
        "axes.titleweight": "normal",
        "svg.fonttype": "none",
        "svg.hashsalt": "gia",
    }
    with mpl.rc_context(style):
        yield


@contextmanager
def drawing(height_inches: float) -> Iterator[tuple[Figure, Axes]]:
    """Yield a figure and its axes in the house style."""
    with house_style():
        figure = Figure(figsize=(WIDTH_INCHES, height_inches), dpi=72)
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
    def of(cls, figure: Figure, title: str, alternative: str, *, whole: bool = False) -> "Chart":
        """Return the chart that a figure shows. The same figure gives the same bytes.

        The SVG has no styles, scripts or references: colours and sizes are attributes, which any rule of a page's style
        sheet overrides (``[fill="#1f2933"]``), and text is in the fonts of the page.

        Args:
            figure: drawn in the house style.
            title: what is shown.
            alternative: the same figures in words.
            whole: whether the figure keeps its size; else it is cut to what is drawn.
        """
        box = None if whole else figure.get_tightbbox(FigureCanvasAgg(figure).get_renderer()).padded(_MARGIN_INCHES)  # type: ignore[no-untyped-call]
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", bbox_inches=box, metadata={"Date": None, "Creator": None})
        told = _NOT_IN_XML.sub("\ufffd", f"{title}。{alternative}")
        given = f' role="img" aria-label="{escape(told, quote=True)}" stroke-linejoin="round" font-family="{_FONTS}"'
        return cls(title, _shorten(buffer.getvalue()).replace("<svg", f"<svg{given}", 1), alternative)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"image/svg+xml": self.svg, "text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"{self.title}: {self.alternative}"


def _shorten(svg: str) -> str:
    svg = _NOT_IN_XML.sub("\ufffd", svg[svg.index("<svg") :].strip())
    for pattern, shorter in _SHORTER:
        svg = pattern.sub(shorter, svg)
    svg = _PATH_DATA.sub(lambda data: _SPARE_SPACE.sub("", data.group()).strip(), svg)
    own = sha256(svg.encode("utf-8", "replace")).hexdigest()[:6]  # charts of one page share no name
    return _NAME.sub(rf"\g<0>-{own}", _STYLE.sub(_attributes, svg))


def _attributes(style: re.Match[str]) -> str:
    """Return a style as attributes, which a Content-Security-Policy does not forbid."""
    pairs = (each.partition(":") for each in style[1].split(";"))
    return "".join(
        f' {name.strip()}="{value.strip()}"'
        for name, _, value in pairs
        if name.strip() and name.strip() not in _LEFT_OUT
    )
