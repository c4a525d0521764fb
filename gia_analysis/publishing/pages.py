"""Notebooks and facts → HTML pages: one file each, with nothing loaded from elsewhere."""

import re
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup
from nbconvert import TemplateExporter
from nbformat import NotebookNode
from traitlets.config import Config

from gia_analysis.forms import Language

NOTEBOOK_ONLY = "notebook-only"

_GLYPH = re.compile(r'<path(?=[^>]* id="(?P<id>[A-Za-z]+-[A-Za-z]+-[0-9a-f]+)")[^>]*/>')
_thread = threading.local()


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("gia_analysis.publishing"), autoescape=True, trim_blocks=True)


@cache
def _style() -> Markup:
    return Markup(files(__package__).joinpath("templates", "style.css").read_text(encoding="utf-8"))


class _BodyExporter(TemplateExporter):
    """Renders cells with the template ``gia_page`` and nothing more: no second pass over the HTML, no widgets."""

    template_name = "gia_page"
    file_extension = ".html"
    template_extension = ".html.j2"


def _exporter(*, code: bool) -> TemplateExporter:
    """Return this thread's exporter, made once: building one costs more than a page."""
    kept: dict[bool, TemplateExporter] = _thread.__dict__.setdefault("exporters", {})
    if code not in kept:
        config = Config()
        config.NbConvertBase.display_data_priority = ["text/html", "image/svg+xml", "image/png", "text/plain"]
        config.TagRemovePreprocessor.enabled = True
        config.TagRemovePreprocessor.remove_cell_tags = {NOTEBOOK_ONLY, "parameters", "injected-parameters"}
        kept[code] = _BodyExporter(
            config=config,
            extra_template_basedirs=[str(files(__package__).joinpath("templates"))],
            exclude_input=not code,
        )
    return kept[code]


def _page(template: str, title: str, lang: Language, **values: Any) -> str:
    return (
        _environment()
        .get_template(template)
        .render(title=title, lang=lang, style=_style(), version=version("gia-analysis"), **values)
    )


def notebook_page(notebook: NotebookNode, title: str, lang: Language, *, home: str | None, code: bool = False) -> str:
    """Return the page of an executed notebook: its outputs, and its code only on demand."""
    body, _ = _exporter(code=code).from_notebook_node(notebook)
    return _page("page.html", title, lang, body=Markup(_each_glyph_once(body)), home=home)


def _each_glyph_once(body: str) -> str:
    """Return a page's body with the outline of each glyph defined by the first chart that uses it, and by no other."""
    seen: set[str] = set()

    def keep(match: re.Match[str]) -> str:
        known = match["id"] in seen
        seen.add(match["id"])
        return "" if known else match.group()

    return _GLYPH.sub(keep, body).replace("<defs></defs>", "")


def failure_page(
    title: str, message: str, facts: Sequence[tuple[str, str]], lang: Language, *, home: str | None
) -> str:
    """Return the page that stands where a notebook failed: what failed, and where."""
    return _page("failure.html", title, lang, message=message, facts=facts, home=home)


def index_page(
    overviews: Sequence[Mapping[str, Any]],
    agencies: Sequence[Mapping[str, Any]],
    left_out: Sequence[Mapping[str, Any]],
    lead: str,
    lang: Language,
) -> str:
    """Return the page that links all others, with the headline figures."""
    chinese = lang == "zh"
    columns = (
        ("机关", "年度", "新收申请", "办理结果", "公开率（公开与部分公开）", "不成立的核验", "表式")
        if chinese
        else ("Agency", "Year", "New requests", "Results", "Disclosure rate, broad", "Failing checks", "Form")
    )
    title = "政府信息公开工作年度报告" if chinese else "Government information disclosure: annual reports"
    return _page(
        "index.html", title, lang, overviews=overviews, agencies=agencies, left_out=left_out, columns=columns, lead=lead
    )
