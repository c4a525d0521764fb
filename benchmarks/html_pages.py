"""How fast a web page becomes tidy cells, beside what ``pandas.read_html`` takes to give its raw tables.

Pages of 30 to 800 KB hold a simulated report on the form of 2021 (its tables in full) as content management systems
publish it: pasted from Word, with classes and inline styles on each cell, paragraph and run of text, between menus,
scripts and style sheets. Half of a page is inline styles; larger pages have longer ones, and more of the rest.

- ``gia`` goes from the bytes to the cells of the report with their values, kinds and places.
- ``read_html`` (lxml) goes from the text, already decoded, to raw tables. What rows and columns mean is left open.
- ``documents`` is the first half of ``gia`` (bytes → text and true grids), ``parser`` is lexbor alone.

Correctness is counted in cells of the form. One is right with ``gia`` if its value and its kind are those simulated. It
is right with ``read_html`` if the raw table has its text, or the same number, at the row and column where the printed
table has it; an empty cell may be NaN. Of all its tables the one that agrees best is taken for each printed table.

Run with ``python benchmarks/html_pages.py``; it takes less than a minute. Ratios are to be trusted, seconds are this
machine's. ``--quick`` is a smoke test, ``--json`` prints the figures for machines.
"""

import argparse
import json
import platform
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
from gia_analysis.reading import interpret
from gia_analysis.schema import Kind
from gia_analysis.simulation import CellKey, Grid, compose_report, leave_blank, print_figures, simulate_figures

SIZES = (30, 80, 165, 400, 800)
KILOBYTE = 1_000
PAGES = 5  # read one after the other
Truth = Mapping[CellKey, tuple[float | None, Kind]]

_FORM = "2021"
_STYLE = "zero_rows_blank"
_PROPERTIES = (
    "font-size:10.5pt", "font-family:仿宋_GB2312", "mso-hansi-font-family:宋体", "mso-bidi-font-family:宋体", "color:black",
    "border:solid windowtext 1.0pt", "border-left:none", "mso-border-alt:solid windowtext .5pt", "padding:0cm 5.4pt",
    "text-align:center", "line-height:150%", "mso-pagination:widow-orphan", "layout-grid-mode:char", "height:21.0pt",
    "word-break:break-all", "mso-font-kerning:0pt", "letter-spacing:0pt", "background:white", "text-indent:2em",
)  # fmt: skip
_STYLED = 1_400  # elements of a report that have a style
_SHARE_OF_STYLES = 0.5
_MOST_PARAGRAPHS, _MOST_LINKS = 80, 150


@dataclass(frozen=True, slots=True)
class Page:
    """A report as a web page, its true grids, and what a perfect reader finds in it."""

    data: bytes
    grids: Sequence[Grid]
    truth: Truth


def published(size: int, seed: int) -> Page:
    """Return a simulated report as a page of about so many kilobytes."""
    form = get_form(_FORM)
    figures = simulate_figures(form, np.random.default_rng(seed), size="medium")
    paper = compose_report(form, print_figures(figures, _STYLE), agency="云山市教育局", year=2022)
    kept = leave_blank(figures, _STYLE)
    truth = {key: (value, Kind.BLANK if value is None else Kind.NUMBER) for key, value in kept.items()}
    grids = [part for part in paper if not isinstance(part, str)]
    style = _style(int(size * KILOBYTE * _SHARE_OF_STYLES / _STYLED))
    parts = [_paragraph(part, style) if isinstance(part, str) else _table(part, style) for part in paper]
    room = size * KILOBYTE - sum(len(part.encode()) for part in parts)
    chapter = list(_filled(lambda number: _paragraph(_SENTENCE.format(number), style), room // 3))[:_MOST_PARAGRAPHS]
    menus = list(_filled(_MENU.format, room // 4))[:_MOST_LINKS]
    room -= sum(len(part.encode()) for part in (*chapter, *menus))
    head = _HEAD.format(
        styles="".join(_filled(_RULE.format, room // 2)), script="".join(_filled(_CALL.format, room // 2))
    )
    article = "".join((*parts[:3], *chapter, *parts[3:]))
    body = f"<ul class='nav'>{''.join(menus)}</ul><div id='zoom'>{article}</div><div class='footer'>主办：云山市人民政府</div>"
    return Page(f"{head}{body}</body></html>".encode(), grids, truth)


def _style(length: int) -> str:
    """Return an attribute with a style of about so many bytes."""
    chosen: list[str] = []
    for name in cycle(_PROPERTIES):
        if len(";".join(chosen).encode()) >= length - 12:
            break
        chosen.append(name)
    return f'style="{";".join(chosen)}"'


_HEAD = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>政府信息公开年报_云山市人民政府</title>'
    '<meta name="PubDate" content="2023-01-18 10:00"><style>{styles}</style><script>{script}</script></head><body>'
)
_SENTENCE = (
    "（{0}）全年主动公开政府信息，办理建议提案，召开新闻发布会，组织政策解读，回应群众关切，网站访问量稳步上升。"
)
_MENU = '<li class="item"><a href="/zwgk/col{0}/index.html" target="_blank" title="栏目{0}">政务公开栏目{0}</a></li>\n'
_RULE = ".page-{0} .item {{ float: left; padding: 0 12px; line-height: 32px }}\n"
_CALL = "$('.item-{0}').on('click', function () {{ if ({0} < 9) show('<table><tr><td>{0}</td></tr></table>'); }});\n"


def _filled(piece: Callable[[int], str], room: int) -> Iterator[str]:
    number = 0
    while room > 0:
        text = piece(number)
        room -= len(text.encode())
        number += 1
        yield text


def _paragraph(text: str, style: str) -> str:
    half = len(text) // 2 if len(text) > 12 else len(text)
    runs = "".join(f"<span {style}>{escape(part)}</span>" for part in (text[:half], text[half:]) if part)
    return f'<p class="MsoNormal" {style}>{runs}<o:p></o:p></p>\n'


def _table(grid: Grid, style: str) -> str:
    def cell(text: str, rows: int, columns: int) -> str:
        spans = (f' rowspan="{rows}"' if rows > 1 else "") + (f' colspan="{columns}"' if columns > 1 else "")
        return f"<td{spans} {style}>{_paragraph(text or chr(0xA0), style)}</td>\n"

    rows = "".join(f"<tr>{''.join(cell(each.text, each.rows, each.columns) for each in row)}</tr>\n" for row in grid)
    return f'<table border="1" cellspacing="0"><tbody>{rows}</tbody></table>\n'


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


def compare(sizes: Sequence[int], rounds: int) -> list[dict[str, object]]:
    """Time the ways through the same pages in turns, new pages in each round, several at a time as a corpus is read."""
    rows: list[dict[str, object]] = []
    for size in sizes:
        sets = [[published(size, turn * PAGES + each) for each in range(PAGES)] for turn in range(rounds + 1)]
        spent = {name: 1_000 * taken / PAGES for name, taken in in_turns([_ways(pages) for pages in sets]).items()}
        rows.append(
            {
                "page KB": len(sets[0][0].data) / KILOBYTE,
                "gia ms": spent["gia"],
                "read_html ms": spent["read_html"],
                "read_html, gia = 1": spent["read_html"] / spent["gia"],
                "documents ms": spent["documents"],
                "parser ms": spent["parser"],
                **correctness(sets[0]),
            }
        )
    return rows


def _ways(pages: Sequence[Page]) -> dict[str, Task]:
    texts = [page.data.decode() for page in pages]
    return {
        "gia": lambda: [interpret(read_bytes(page.data, "page.html")) for page in pages],
        "read_html": lambda: [read_html(text) for text in texts],
        "documents": lambda: [read_bytes(page.data, "page.html") for page in pages],
        "parser": lambda: [LexborHTMLParser(page.data) for page in pages],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small sizes: does it run?")
    parser.add_argument("--json", action="store_true", help="print JSON, not Markdown")
    chosen = parser.parse_args()
    rows = compare(SIZES[:2], 2) if chosen.quick else compare(SIZES, 9)
    ratios = [float(str(row["read_html, gia = 1"])) for row in rows]
    if chosen.json:
        measured = {"pages": rows, "least ratio": min(ratios), "median ratio": median(ratios)}
        print(json.dumps({"python": platform.python_version(), **measured}, ensure_ascii=False, indent=1))
        return
    print(f"Python {platform.python_version()}, {platform.machine()}; processor time on one core, medians\n")
    print(markdown("A web page → tidy cells, beside pandas.read_html → raw tables", rows))
    print(
        f"gia is {min(ratios):.1f} times as fast on the page where it gains least, {median(ratios):.1f} in the median."
    )


if __name__ == "__main__":
    main()
