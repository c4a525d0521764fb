"""The HTML of a notebook as it stands on a page: nothing in it that the page's policy blocks, sections that can be linked,
figures that lead to their definitions, and charts that can be read on dark."""

import re
from collections.abc import Mapping
from functools import lru_cache
from html import unescape

from gia_analysis.analysis import indicators

DEFINITIONS = "definitions.html"

_STYLE_ELEMENT = re.compile(r"<style\b[^>]*>.*?</style>", re.DOTALL)
_STYLED_TAG = re.compile(
    r'<(?P<name>[A-Za-z]+)(?P<before>(?:[^<>"]|"[^"]*")*?)\sstyle="(?P<style>[^"]*)"(?P<after>(?:[^<>"]|"[^"]*")*)>'
)
_CHART = re.compile(r"<svg\b(?P<attributes>[^>]*)>(?P<content>.*?)</svg>", re.DOTALL)
_JOINS = ("stroke-linejoin", "stroke-linecap")
_FONT = re.compile(r"(?:(?P<style>italic|oblique) )?(?:(?P<weight>bold|\d{3}) )?(?P<size>[\d.]+px) (?P<family>.+)")
_COLOUR = re.compile(r'\b(?P<attribute>fill|stroke|stop-color)="(?P<colour>#[0-9a-f]{6})"')

_SVG_ELEMENTS = {
    "circle", "clipPath", "defs", "ellipse", "g", "line", "linearGradient", "path", "pattern", "polygon", "polyline", "rect",
    "stop", "svg", "symbol", "text", "tspan", "use",
}  # fmt: skip
_PRESENTATION = {
    "clip-path", "clip-rule", "color", "display", "dominant-baseline", "fill", "fill-opacity", "fill-rule", "font-family",
    "font-size", "font-style", "font-weight", "letter-spacing", "opacity", "stop-color", "stop-opacity", "stroke",
    "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity",
    "stroke-width", "text-anchor", "text-decoration", "visibility",
}  # fmt: skip

_HEADING = re.compile(r"<h2(?P<attributes>[^>]*)>(?P<content>.*?)</h2>", re.DOTALL)
_ID = re.compile(r'\bid="(?P<id>[^"]+)"')
_MARKUP = re.compile(r"<[^>]*>")
_HOW_MANY = 'data-how="count"'  # reports or agencies that have a figure: no figure of the indicator itself
_FIGURE = re.compile(
    r'<summary\b.*?</summary>|<a\b[^>]*>.*?</a>|<data\b[^>]* data-indicator="(?P<code>[^"]+)"[^>]*>.*?</data>',
    re.DOTALL,
)
_LINK_OR_FIGURE = re.compile(r"<(?:a|data)\b")
_HEAD_OF_FIGURES = re.compile(
    r'(?P<tag><(?:table|tr|th)\b[^>]* data-indicator="(?P<code>[^"]+)"[^>]*>(?:<caption>|<th\b[^>]*>)?)'
    r"(?P<head>.*?)(?=</(?:caption|th)>)",
    re.DOTALL,
)


def without_styles(body: str) -> str:
    """Return HTML without ``style`` elements and attributes, which a page's policy blocks.

    In a chart they become presentation attributes, with the same look; of a table the alignment of cells is kept.
    """
    charts = _CHART.sub(_join_strokes, body)
    return _STYLED_TAG.sub(_unstyled, _STYLE_ELEMENT.sub("", charts))


def _join_strokes(chart: re.Match[str]) -> str:
    """Give a chart itself what matplotlib prescribes for all of its elements: they inherit it."""
    style = _STYLE_ELEMENT.search(chart["content"])
    if style is None:
        return chart.group()
    prescribed = dict(re.findall(r"([\w-]+): *(\w+)", style.group()))
    given = "".join(f' {name}="{prescribed[name]}"' for name in _JOINS if name in prescribed)
    return f"<svg{chart['attributes']}{given}>{chart['content']}</svg>"


def _unstyled(tag: re.Match[str]) -> str:
    declared = _declarations(tag["style"])
    if tag["name"] in _SVG_ELEMENTS:
        kept = {name: value for name, value in declared.items() if name in _PRESENTATION}
    else:
        kept = {"align": declared["text-align"]} if declared.get("text-align") in ("left", "right", "center") else {}
    given = "".join(f' {name}="{value}"' for name, value in kept.items() if f" {name}=" not in tag["before"])
    return f"<{tag['name']}{tag['before']}{given}{tag['after']}>"


@lru_cache(maxsize=2048)
def _declarations(style: str) -> Mapping[str, str]:
    pairs = (each.partition(":") for each in unescape(style).split(";") if ":" in each)
    found = {name.strip().lower(): value.strip().replace('"', "'") for name, _, value in pairs}
    font = _FONT.fullmatch(found.pop("font", ""))
    if font:
        found |= {f"font-{name}": value for name, value in font.groupdict().items() if value}
    return {name: value for name, value in found.items() if not set("<>&") & set(value)}


def with_definitions(body: str) -> str:
    """Return HTML in which every figure of an indicator leads to its definition; what is a link already stays one.

    Where a table, a column or a row is of an indicator, its caption or head leads there.
    """
    known = indicators()

    def link(code: str, content: str) -> str:
        return f'<a href="{DEFINITIONS}#{code}">{content}</a>'

    def lead(found: re.Match[str]) -> str:
        code, figure = found["code"], found.group()
        return link(code, figure) if code in known and _HOW_MANY not in figure else figure

    def lead_from_head(found: re.Match[str]) -> str:
        code, tag, head = found["code"], found["tag"], found["head"]
        leads = code in known and _HOW_MANY not in tag and not _LINK_OR_FIGURE.search(head)
        return f"{tag}{link(code, head)}" if leads and head else found.group()

    return _HEAD_OF_FIGURES.sub(lead_from_head, _FIGURE.sub(lead, body))


def with_sections(body: str) -> tuple[str, list[tuple[str, str]]]:
    """Return HTML whose headings of the second level can be linked, and those links: each anchor with its text."""
    sections: list[tuple[str, str]] = []

    def name(heading: re.Match[str]) -> str:
        given = _ID.search(heading["attributes"])
        anchor = unescape(given["id"]) if given else f"section-{len(sections) + 1}"
        sections.append((anchor, unescape(_MARKUP.sub("", heading["content"])).strip()))
        return heading.group() if given else f'<h2 id="{anchor}"{heading["attributes"]}>{heading["content"]}</h2>'

    return _HEADING.sub(name, body), sections


def dark_charts(body: str) -> str:
    """Return the style that shows a page's charts on dark: every colour in them with its lightness turned round."""
    used = sorted({(found["attribute"], found["colour"]) for found in _COLOUR.finditer(body)})
    rules = "".join(
        f'figure.chart [{attribute}="{colour}"]{{{attribute}:{on_dark(colour)}}}' for attribute, colour in used
    )
    return f"@media screen and (prefers-color-scheme:dark){{{rules}}}" if rules else ""


@lru_cache(maxsize=512)
def on_dark(colour: str) -> str:
    """Return a colour of the same hue for a dark page: white becomes the page, ink becomes light.

    The lightness is that of Oklab (Björn Ottosson, 2020).

    >>> on_dark("#ffffff"), on_dark("#1f2933"), on_dark("#1d5b8f")
    ('#161b20', '#dce9f7', '#77b4ed')
    """
    linear = [_to_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5)]
    cones = [_dot(row, linear) ** (1 / 3) for row in _TO_CONES]
    lightness, green_red, blue_yellow = (_dot(row, cones) for row in _TO_LAB)
    turned = min(_PAGE + (1 - lightness) * (_INK - _PAGE) / (1 - _DARKEST), _INK)
    chroma = (green_red**2 + blue_yellow**2) ** 0.5
    if chroma > _COLOURED:
        turned = max(turned, _SEEN)
    tint = _TINT if chroma < _GREY else (0.0, 0.0)
    lab = (turned, green_red + tint[0], blue_yellow + tint[1])
    back = [_dot(row, lab) ** 3 for row in _FROM_LAB]
    shown = (_from_linear(min(max(_dot(row, back), 0.0), 1.0)) for row in _FROM_CONES)
    return "#" + "".join(f"{round(255 * each):02x}" for each in shown)


def _dot(row: tuple[float, ...], values: list[float] | tuple[float, ...]) -> float:
    return sum(weight * value for weight, value in zip(row, values, strict=True))


def _to_linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _from_linear(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


_PAGE, _INK, _DARKEST = 0.219, 0.93, 0.275  # lightness of the dark page, of text on it, and of ink on paper
_COLOURED, _SEEN = 0.05, 0.53  # colours stand out from the page by 3 to 1
_GREY, _TINT = 0.005, (-0.004, -0.011)  # greys take the hue of the page
_TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_LAB = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_FROM_CONES = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
