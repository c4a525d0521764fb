"""Notebooks and failures → HTML pages: one file each, with nothing loaded from elsewhere."""

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from markupsafe import Markup
from nbconvert import TemplateExporter
from nbformat import NotebookNode
from traitlets.config import Config

from gia_analysis.display import format_number
from gia_analysis.forms import Language
from gia_analysis.publishing.body import dark_charts, with_definitions, with_sections, without_styles
from gia_analysis.publishing.frame import ALONE, SITE_FILES, Link, Place, frame

NOTEBOOK_ONLY = "notebook-only"

_GLYPH = re.compile(r'<path(?=[^>]* id="(?P<id>[A-Za-z]+-[A-Za-z]+-[0-9a-f]+)")[^>]*/>')
_thread = threading.local()

Reason = Literal["error", "timeout", "memory", "died", "startup", "stopped"]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a notebook has no page: what happened, where, and after how many seconds.

    ``cell`` counts the notebook's code cells from 1; it is missing where the run did not fail in a cell.
    """

    reason: Reason
    message: str
    notebook: str
    cell: int | None = None
    seconds: float | None = None


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


def notebook_page(
    notebook: NotebookNode,
    title: str,
    lang: Language,
    *,
    home: str | None,
    code: bool = False,
    links: Sequence[Link] = (),
    file: str | None = None,
    site: Sequence[str] = SITE_FILES,
    facts: Sequence[tuple[str, str]] = (),
) -> str:
    """Return the page of an executed notebook: its outputs, and its code only on demand.

    Args:
        notebook: the executed notebook.
        title: of the page.
        lang: of the page.
        home: the site's index; None for a page that stands alone, which leads nowhere.
        code: whether the notebook's code is shown.
        links: other pages about the same, as text and file; without a file the one that this is.
        file: the page's own, so that the navigation knows where it stands.
        site: which of the pages that all others lead to there are.
        facts: names and values of the notebook's parameters, without folders of this machine.
    """
    body, _ = _exporter(code=code).from_notebook_node(notebook)
    place = Place(file, site, links) if home else ALONE
    body = _each_glyph_once(without_styles(body))
    body, sections = with_sections(with_definitions(body) if home and "definitions.html" in site else body)
    return frame(
        "notebook.html", title, lang, place, style=dark_charts(body), sections=sections, body=Markup(body),
        facts=_named(facts, lang),
    )  # fmt: skip


def _each_glyph_once(body: str) -> str:
    """Return a page's body with the outline of each glyph defined by the first chart that uses it, and by no other."""
    seen: set[str] = set()

    def keep(match: re.Match[str]) -> str:
        known = match["id"] in seen
        seen.add(match["id"])
        return "" if known else match.group()

    return _GLYPH.sub(keep, body).replace("<defs></defs>", "")


def failure_page(
    title: str,
    failure: Failure,
    facts: Sequence[tuple[str, str]],
    lang: Language,
    *,
    home: str | None,
    links: Sequence[Link] = (),
    file: str | None = None,
    site: Sequence[str] = SITE_FILES,
) -> str:
    """Return the page that stands where a notebook failed: what failed, where, and what to do.

    Args:
        title: of the page.
        failure: what happened.
        facts: names and values of the notebook's parameters, without folders of this machine.
        lang: of the page.
        home: as for ``notebook_page``, like all that follows.
        links: other pages about the same.
        file: the page's own.
        site: which of the pages that all others lead to there are.
    """
    english = lang == "en"
    where = [(_WHERE["notebook"][english], failure.notebook)]
    if failure.cell is not None:
        where.append((_WHERE["cell"][english], str(failure.cell)))
    if failure.seconds is not None:
        where.append((_WHERE["seconds"][english], format_number(failure.seconds, 1)))
    steps = [_CURES[failure.reason][english], _AGAIN[english]]
    if failure.reason == "error":
        steps.append(_LOOK[english].format(notebook=failure.notebook))
    return frame(
        "failure.html", title, lang, Place(file, site, links) if home else ALONE, what=_HAPPENED[failure.reason][english],
        facts=[*where, *_named(facts, lang)], message=failure.message, steps=steps,
    )  # fmt: skip


def _named(facts: Sequence[tuple[str, str]], lang: Language) -> list[tuple[str, str]]:
    """Return parameters by the names that people read; a language by its own."""
    return [
        (_PARAMETERS.get(name, (name, name))[lang == "en"], _LANGUAGES.get(value, value) if name == "lang" else value)
        for name, value in facts
    ]


_PARAMETERS = {
    "agency": ("行政机关", "Agency"),
    "year": ("报告年度", "Report year"),
    "first_year": ("首年", "First year"),
    "last_year": ("末年", "Last year"),
    "lang": ("语言", "Language"),
    "code": ("指标", "Indicator"),
}
_LANGUAGES = {"zh": "中文", "en": "English"}
_WHERE = {
    "notebook": ("笔记本", "Notebook"),
    "cell": ("代码格（自 1 起）", "Code cell, from 1"),
    "seconds": ("用时（秒）", "Seconds run"),
}
_HAPPENED: Mapping[Reason, tuple[str, str]] = {
    "error": ("笔记本的一格在运行中出错，错误信息见下。", "A cell of the notebook raised the error below."),
    "timeout": ("运行超过了时限，已被停止。", "It ran longer than the time allowed and was stopped."),
    "memory": ("运行所需内存超过了上限，已被停止。", "It needed more memory than allowed and was stopped."),
    "died": ("运行这一页的进程意外结束。", "The process that ran it ended before its time."),
    "startup": ("运行笔记本的进程未能启动。", "The process that runs notebooks could not be started."),
    "stopped": ("整批运行被中断，还没有轮到或没有做完这一页。", "The batch was interrupted before this page was done."),
}
_CURES: Mapping[Reason, tuple[str, str]] = {
    "error": (
        "先看错误信息：若说某份报告缺失或重复，请更正语料后重新读取。",
        "Read the message first: where it says that a report is missing or there twice, mend the corpus and read it again.",
    ),
    "timeout": (
        "机器若正忙，请减少同时运行的数目；数据量大时，请放宽时限。",
        "Run fewer at a time if the machine is busy; allow more time if the data are large.",
    ),
    "memory": (
        "请减少同时运行的数目，或放宽内存上限。",
        "Run fewer at a time, or allow more memory.",
    ),
    "died": (
        "常见原因是内存不足：请减少同时运行的数目。",
        "The usual cause is too little memory: run fewer at a time.",
    ),
    "startup": (
        "请检查 Python 环境是否完整（python -m pip check），以及磁盘是否有空间。",
        "Check that the Python environment is whole (python -m pip check) and that the disk has room.",
    ),
    "stopped": ("无需更正任何内容。", "Nothing needs to be mended."),
}
_AGAIN = (
    "用同样的参数再次运行 gia publish：已经完成的页面不会重做，只补做这一页和其他未完成的页面。",
    "Run gia publish again in the same way: pages that are done are not made anew, only this one and others that failed.",
)
_LOOK = (
    "若仍然出错，运行 gia lab，打开 {notebook}，填入上面的参数并逐格运行，即可看到完整的错误；也可将本页连同报告原文发给维护者。",
    "If it fails again, run gia lab, open {notebook}, fill in the parameters above and run it cell by cell to see the whole "
    "error; or send this page with the report to the maintainers.",
)
