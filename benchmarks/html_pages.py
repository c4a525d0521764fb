"""How fast a web page becomes tidy cells, beside what ``pandas.read_html`` takes to give its raw tables.

Pages of 30 to 800 KB hold a simulated report on the form of 2014, 2019 or 2021 (its tables in full) between what content
management systems print around it: menus, a share box that is not displayed, lists of links, a footer, scripts and style
sheets. The report itself is

- ``clean``: cells and paragraphs with an attribute or two, as an editor leaves them that throws the styles of Word away;
- ``word``: pasted from Word; each cell with a paragraph, a span with its language for each run of figures or of Chinese
  text, ``o:p`` at the end, all of them with styles;
- ``wps``: pasted from WPS; the same, each run in a font in its span;
- ``prose``: as ``word``, with long chapters: a third of the page is paragraphs.

A page is as large as it is by longer styles (up to half of it) and by more of what stands around the report.

- ``gia`` goes from the bytes to the report: cells with their values, kinds and places, chapters, agency, year, findings
  of the reading. ``cells alone`` leaves out all but the cells; pages of one form are alike but for their figures and their
  text, as official pages are, so that most are read by a template. ``first of its kind`` is what a page takes for which
  there is none.
- ``read_html`` (lxml) goes from the text, already decoded, to raw tables. What rows and columns mean is left open.
- ``documents`` is the first half of ``gia`` (bytes → text and true grids), ``parser`` is lexbor alone.

Each way reads 40 pages one after the other, all of them new, as a corpus of thousands is read. The first few after other work
take longer, up to 40 % the very first, since they find nothing of their code and memory near the processor;
``of 5 pages`` is the same ratio for such a start.

Correctness is counted in cells of the form. One is right with ``gia`` if its value and its kind are those simulated. It
is right with ``read_html`` if the raw table has its text, or the same number, at the row and column where the printed
table has it; an empty cell may be NaN. Of all its tables the one that agrees best is taken for each printed table.

Run with ``python benchmarks/html_pages.py``; it takes seven minutes. Ratios are to be trusted, seconds are this
machine's. ``--quick`` is a smoke test, ``--json`` prints the figures for machines.
"""

import argparse
import json
import platform
import re
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from io import StringIO
from itertools import cycle
from statistics import median

import numpy as np
import pandas as pd
from measuring import Task, in_turns, markdown
from selectolax.lexbor import LexborHTMLParser

from gia_analysis.documents import read_bytes
from gia_analysis.documents.grid import GridBudget, SpanCell, expand
from gia_analysis.forms import get_form
from gia_analysis.reading import interpret, read_cells, reader
from gia_analysis.reading.templates import Templates
from gia_analysis.records import Cell
from gia_analysis.schema import Kind
from gia_analysis.simulation import CellKey, Grid, compose_report, leave_blank, print_figures, simulate_figures

KILOBYTE = 1_000
KINDS = (
    (30, "2014", "clean"), (30, "2019", "clean"), (30, "2021", "clean"), (80, "2014", "word"), (80, "2019", "word"),
    (80, "2021", "word"), (165, "2019", "wps"), (165, "2021", "word"), (165, "2021", "prose"), (400, "2014", "wps"),
    (400, "2021", "word"), (400, "2019", "prose"), (800, "2014", "word"), (800, "2019", "wps"), (800, "2021", "word"),
    (800, "2021", "prose"),
)  # fmt: skip
PAGES, FEW = 40, 5  # read one after the other
Truth = Mapping[CellKey, tuple[float | None, Kind]]

_STYLE = "zero_rows_blank"
_PROPERTIES = (
    "font-size:10.5pt", "font-family:仿宋_GB2312", "mso-hansi-font-family:宋体", "mso-bidi-font-family:宋体", "color:black",
    "border:solid windowtext 1.0pt", "border-left:none", "mso-border-alt:solid windowtext .5pt", "padding:0cm 5.4pt",
    "text-align:center", "line-height:150%", "mso-pagination:widow-orphan", "layout-grid-mode:char", "height:21.0pt",
    "word-break:break-all", "mso-font-kerning:0pt", "letter-spacing:0pt", "background:white", "text-indent:2em",
)  # fmt: skip
_MARK = "\0"  # stands for a style until it is known how long they are
_SHARE_OF_STYLES, _SHARE_OF_PROSE = 0.5, 0.33
_MOST_LINKS = 150
_RUN = re.compile("[!-~]+|[^!-~]+")  # Word parts figures from Chinese text


@dataclass(frozen=True, slots=True)
class Page:
    """A report as a web page, its true grids, and what a perfect reader finds in it."""

    data: bytes
    grids: Sequence[Grid]
    truth: Truth


def published(size: int, seed: int, form_code: str = "2021", manner: str = "word") -> Page:
    """Return a simulated report as a page of about so many kilobytes."""
    form = get_form(form_code)
    figures = simulate_figures(form, np.random.default_rng(seed), size="medium")
    paper = compose_report(form, print_figures(figures, _STYLE), agency="云山市教育局", year=2022)
    kept = leave_blank(figures, _STYLE)
    truth = {key: (value, Kind.BLANK if value is None else Kind.NUMBER) for key, value in kept.items()}
    grids = [part for part in paper if not isinstance(part, str)]
    parts = [_paragraph(part, manner) if isinstance(part, str) else _table(part, manner) for part in paper]
    if manner == "prose":
        prose = _filled(
            lambda number: _paragraph(_SENTENCE.format(number) * 3, manner), int(size * KILOBYTE * _SHARE_OF_PROSE)
        )
        parts[3:3] = prose
    return Page(_around("".join(parts), size * KILOBYTE).encode(), grids, truth)


def _around(article: str, size: int) -> str:
    """Return an article as a page of about so many bytes."""
    room = size - len(article.encode()) - len(_HEAD + _END)
    longest = max(0, min(room, int(size * _SHARE_OF_STYLES))) // max(1, article.count(_MARK))
    article = article.replace(_MARK, _style(longest))
    room = size - len(article.encode()) - len(_HEAD + _END)
    menus = list(_filled(_MENU.format, room // 4))[:_MOST_LINKS]
    links = list(_filled(_LINK.format, room // 4))[:_MOST_LINKS]
    room -= sum(len(each.encode()) for each in (*menus, *links))
    rules, calls = "".join(_filled(_RULE.format, room // 2)), "".join(_filled(_CALL.format, room // 2))
    top, bottom = f"<ul class='nav'>{''.join(menus)}</ul>", f"<ul class='related'>{''.join(links)}</ul>"
    return _HEAD.format(styles=rules) + top + _TITLE + article + bottom + _END.format(script=calls)


def _style(length: int) -> str:
    """Return the text of an attribute with a style of at most so many bytes."""
    chosen: list[str] = []
    for name in cycle(_PROPERTIES):
        if len(";".join([*chosen, name]).encode()) > length - len(' style=""'):
            break
        chosen.append(name)
    return f' style="{";".join(chosen)}"' if chosen else ""


_HEAD = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开年报_云山市人民政府</title>'
    '<meta name="PubDate" content="2023-01-18 10:00"><style>{styles}</style></head><body><div class="wrap">'
)
_TITLE = (
    "<div class='crumbs'><a href='/'>首页</a> &gt; <a href='/zwgk/'>政务公开</a></div>"
    "<div class='share' style='display:none'><p>扫一扫在手机打开当前页</p><img src='/qr.png'></div><div id='zoom'>"
)
_END = (
    "</div></div><div class='footer'><p>主办：云山市人民政府</p><p>网站标识码：5300000001</p></div>"
    "<script>{script}</script></body></html>"
)
_SENTENCE = (
    "（{0}）全年主动公开政府信息，办理建议提案，召开新闻发布会，组织政策解读，回应群众关切，网站访问量稳步上升。"
)
_MENU = '<li class="item"><a href="/zwgk/col{0}/index.html" target="_blank" title="栏目{0}">政务公开栏目{0}</a></li>\n'
_LINK = '<li><a href="/zwgk/art/{0}.html">关于公布第{0}批事项的通知</a><span>2022-12-01</span></li>\n'
_RULE = ".page-{0} .item {{ float: left; padding: 0 12px; line-height: 32px }}\n"
_CALL = "$('.item-{0}').on('click', function () {{ if ({0} < 9) show('<table><tr><td>{0}</td></tr></table>'); }});\n"


def _filled(piece: Callable[[int], str], room: int) -> Iterator[str]:
    number = 0
    while room > 0:
        text = piece(number)
        room -= len(text.encode())
        number += 1
        yield text


def _paragraph(text: str, manner: str) -> str:
    if manner == "clean":
        return f"<p{_MARK}>{escape(text)}</p>\n"
    return f'<p class="MsoNormal"{_MARK}>{"".join(_run(run, manner) for run in _RUN.findall(text))}<o:p></o:p></p>\n'


def _run(text: str, manner: str) -> str:
    content = escape(text)
    if manner == "wps":
        content = f'<font face="仿宋_GB2312">{content}</font>'
    language = ' lang="EN-US"' if text.isascii() else ""
    return f"<span{language}{_MARK}>{content}</span>"


def _table(grid: Grid, manner: str) -> str:
    def cell(text: str, rows: int, columns: int) -> str:
        spans = (f' rowspan="{rows}"' if rows > 1 else "") + (f' colspan="{columns}"' if columns > 1 else "")
        if manner == "clean":
            return f'<td{spans} align="center"{_MARK}>{escape(text) or "&nbsp;"}</td>\n'
        return f'<td{spans} width="87" valign="center"{_MARK}>{_paragraph(text or chr(0xA0), manner)}</td>\n'

    rows = "".join(
        f"<tr{_MARK}>{''.join(cell(each.text, each.rows, each.columns) for each in row)}</tr>\n" for row in grid
    )
    return f'<table class="MsoNormalTable" border="1" cellspacing="0"><tbody>{rows}</tbody></table>\n'


def read(page: Page) -> Truth:
    """Read a page with the package; return value and kind of each cell found."""
    cells = (cell for report in interpret(read_bytes(page.data, "page.html")) for cell in report.cell_list)
    return {(cell.table, cell.row, cell.col): (cell.value, cell.kind) for cell in cells}


def read_html(text: str) -> list[pd.DataFrame]:
    return pd.read_html(StringIO(text), flavor="lxml")


def _right_in_raw(grid: Grid, raw: pd.DataFrame) -> int:
    """Return how many figures of a printed table a raw one has in their row and column."""
    rows = expand([[SpanCell(cell.text, cell.rows, cell.columns) for cell in row] for row in grid], GridBudget()).rows
    right = 0
    for number, (row, expanded) in enumerate(zip(grid, rows, strict=True)):
        places = (column for column, cell in enumerate(expanded) if not cell.absent)
        for cell, column in zip(row, places, strict=True):
            if cell.type and number < raw.shape[0] and column < raw.shape[1]:
                right += _is(raw.iat[number, column], cell.text)
    return right


def _is(found: object, text: str) -> bool:
    if pd.isna(found) or not text:  # type: ignore[call-overload]
        return bool(pd.isna(found)) and not text  # type: ignore[call-overload]
    try:
        return str(found) == text or float(str(found)) == float(text)
    except ValueError:
        return False


def correctness(pages: Sequence[Page]) -> dict[str, float]:
    """Return the share of cells that each reader has right, in percent."""
    cells = sum(len(page.truth) for page in pages)
    ours = sum(found == page.truth.get(key) for page in pages for key, found in read(page).items())
    raw = 0
    for page in pages:
        tables = read_html(page.data.decode())
        raw += sum(max(_right_in_raw(grid, table) for table in tables) for grid in page.grids)
    return {"gia: cells right %": 100 * ours / cells, "read_html: cells right %": 100 * raw / cells}


def compare(kinds: Sequence[tuple[int, str, str]], rounds: int) -> list[dict[str, object]]:
    """Time the ways through the same pages in turns, new pages in each round, several at a time as a corpus is read."""
    rows: list[dict[str, object]] = []
    for size, form, manner in kinds:
        sets = [
            [published(size, turn * PAGES + each, form, manner).data for each in range(PAGES)]
            for turn in range(rounds + 1)
        ]  # their bytes alone: what they hold would be looked through with each collection of garbage
        spent = {name: 1_000 * taken / PAGES for name, taken in in_turns([_ways(pages) for pages in sets]).items()}
        starts = [_ways(pages[first : first + FEW]) for pages in sets for first in range(0, PAGES, 2 * FEW)]
        start = in_turns([{name: ways[name] for name in ("cells", "read_html")} for ways in starts])
        rows.append(
            {
                "page KB": len(sets[0][0]) / KILOBYTE,
                "form": form,
                "manner": manner,
                "read_html ms": spent["read_html"],
                "gia: cells alone ms": spent["cells"],
                "read_html, cells alone = 1": spent["read_html"] / spent["cells"],
                f"of {FEW} pages": start["read_html"] / start["cells"],
                "gia: cells, first of its kind ms": spent["first"],
                "gia: whole report ms": spent["gia"],
                "read_html, whole report = 1": spent["read_html"] / spent["gia"],
                "documents ms": spent["documents"],
                "parser ms": spent["parser"],
                **correctness([published(size, each, form, manner) for each in range(FEW)]),
            }
        )
    return rows


def _ways(pages: Sequence[bytes]) -> dict[str, Task]:
    def each(read_one: Callable[[bytes], object]) -> Task:
        """Read one page after the other and keep none, as a stream of them is read."""
        return lambda: deque(map(read_one, pages), maxlen=0)

    texts = [page.decode() for page in pages]
    return {
        "gia": each(lambda page: interpret(read_bytes(page, "page.html"))),
        "cells": each(lambda page: read_cells(read_bytes(page, "page.html"))),
        "first": each(_read_first),
        "read_html": lambda: deque(map(read_html, texts), maxlen=0),
        "documents": each(lambda page: read_bytes(page, "page.html")),
        "parser": each(LexborHTMLParser),
    }


def _read_first(page: bytes) -> Sequence[Cell]:
    """Read the cells of a page as if none like it had been met."""
    shared, reader._templates = reader._templates, Templates()
    try:
        return read_cells(read_bytes(page, "page.html"))
    finally:
        reader._templates = shared


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small sizes: does it run?")
    parser.add_argument("--json", action="store_true", help="print JSON, not Markdown")
    chosen = parser.parse_args()
    rows = compare(KINDS[::5], 2) if chosen.quick else compare(KINDS, 9)
    ratios = [float(str(row["read_html, cells alone = 1"])) for row in rows]
    if chosen.json:
        measured = {"pages": rows, "least ratio": min(ratios), "median ratio": median(ratios)}
        print(json.dumps({"python": platform.python_version(), **measured}, ensure_ascii=False, indent=1))
        return
    print(f"Python {platform.python_version()}, {platform.machine()}; processor time on one core, medians\n")
    print(markdown("A web page → tidy cells, beside pandas.read_html → raw tables", rows))
    print(
        f"To the cells alone, gia is {min(ratios):.1f} times as fast on the page where it gains least, {median(ratios):.1f} in the median."
    )


if __name__ == "__main__":
    main()
