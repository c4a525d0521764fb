"""The frame that all pages share: template, style, script, navigation, and the policy that lets nothing else in."""

from base64 import b64encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from gia_analysis.forms import Language

Link = tuple[str, str | None]

SITE_FILES: tuple[str, ...] = ("index.html", "trends.html", "quality.html", "definitions.html")
_WORDS = {
    "index.html": ("全部机关", "All agencies"),
    "trends.html": ("历年趋势", "Trends"),
    "quality.html": ("数据质量", "Data quality"),
    "definitions.html": ("指标与定义", "Definitions"),
}
_FEWEST_LISTED = 4

# Control characters, which no page can show as they are: the mark that Unicode has for what cannot be shown.
_CONTROLS = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], "\ufffd"),
    **{ord(each): each for each in "\t\n"},
    0x0D: "\n",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands in the site: its file, the pages of the site that there are, and its neighbours.

    ``links`` are other pages about the same (text and file); the one without a file is the page itself. A page that
    stands alone has no ``site``.
    """

    file: str | None = None
    site: Collection[str] = SITE_FILES
    links: Sequence[Link] = ()

    def main_links(self, lang: Language) -> list[Link]:
        """Return the pages of the site that every page leads to, the one that this is without a file."""
        named = [(_WORDS[name][lang == "en"], name) for name in SITE_FILES if name in self.site]
        return [(text, None if name == self.file else name) for text, name in named]


ALONE = Place(site=())


@cache
def environment() -> Environment:
    """Return the templates; whatever they are given is escaped."""
    return Environment(
        loader=PackageLoader("gia_analysis.publishing"), autoescape=True, trim_blocks=True, undefined=StrictUndefined
    )


@cache
def _file(name: str) -> str:
    return files(__package__).joinpath("templates", name).read_text(encoding="utf-8").strip()


def frame(
    template: str,
    title: str,
    lang: Language,
    place: Place = ALONE,
    *,
    style: str = "",
    script: str = "",
    sections: Sequence[tuple[str, str]] = (),
    **values: Any,
) -> str:
    """Return a page: a template of this folder within the shared frame.

    Args:
        template: its name.
        title: of the page.
        lang: of the page.
        place: where it stands in the site.
        style: added to the style that all pages have.
        script: name of a script to run after the one that all pages have.
        sections: anchors and texts of its sections; a table of contents lists them where they are many.
        values: what the template shows.
    """
    shown_style = _file("style.css") + style
    scripts = [_file(name) for name in ("page.js", script) if name]
    page = (
        environment()
        .get_template(template)
        .render(
            title=title,
            lang=lang,
            site_links=place.main_links(lang),
            same_links=place.links,
            sections=sections if len(sections) >= _FEWEST_LISTED else (),
            style=Markup(shown_style),
            scripts=[Markup(each) for each in scripts],
            policy=_policy(shown_style, scripts),
            version=version("gia-analysis"),
            **values,
        )
    )
    return page.replace("\r\n", "\n").translate(_CONTROLS).encode("utf-8", "replace").decode("utf-8")


def _policy(style: str, scripts: Sequence[str]) -> str:
    """Return a policy under which nothing is loaded, and no style and no script holds but those of the page itself."""
    return (
        f"default-src 'none'; style-src {_hashed(style)}; script-src {' '.join(map(_hashed, scripts))}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
