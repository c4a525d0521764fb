"""A whole report as plain text: title, preamble, chapters with their tables, signature."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import cycle, groupby, repeat
from typing import Literal

from gia_analysis.errors import FormError
from gia_analysis.forms import Chapter, Form, Table
from gia_analysis.simulation.grid import CellKey, Grid, GridCell, lay_out
from gia_analysis.simulation.layouts import Layout, print_tables
from gia_analysis.simulation.narrative import chapters_of, tell
from gia_analysis.simulation.quirks import Retouch

Punctuation = Literal["full", "half"]
Paper = tuple[str | Grid, ...]
Layouts = Layout | Mapping[str, Layout] | Sequence[Layout]

_NUMERALS = "一二三四五六七八九十"
_HALF_WIDTH = str.maketrans("（）：，；", "():,;")
_INDENT = " " * 40
_STATISTICS = "statistics"


def print_report(
    form: Form,
    figures: Mapping[CellKey, str | None],
    *,
    agency: str,
    year: int,
    layout: Layouts = "C",
    title: bool = True,
    contact: bool = True,
    narrative: bool = True,
    headings: bool = True,
    left_out: Collection[str] = (),
    printed_again: Mapping[CellKey, str | None] | None = None,
    punctuation: Punctuation = "full",
    quirks: Collection[str] = (),
    seed: int = 0,
    signed: date | None = None,
) -> str:
    """Return a report on a form as the plain text of a crawled page. It says of itself that it is simulated.

    Args:
        form: the form whose tables are printed, each in its chapter.
        figures: what to print in each cell, by table, row and column code: ``""`` is an empty cell, None no cell.
            Optional rows are left out where none of them is given.
        agency: the body that reports.
        year: the report year.
        layout: how tables are flattened: all alike, or by table code, or a sequence that the chapters with tables take
            in turn.
        title: whether there is a title line; without it, only the signature (and 填报单位) names the agency in full.
        contact: whether the preamble says whom to ask.
        narrative: whether chapters tell in words; figures told there are those of the tables.
        headings: whether chapters have headings.
        left_out: codes of tables that are not printed, though their chapters are.
        printed_again: figures of tables that are printed a second time, right after the first.
        punctuation: ``half`` prints brackets, colons, commas and semicolons in half width, as many sites do.
        quirks: names of the oddities to print with, of ``QUIRKS``.
        seed: the source of what quirks leave to chance.
        signed: the date under the report; 20 January of the next year if not given.

    Raises:
        FormError: the form has no tables, or a figure is missing or is given for a cell the form does not have.
        ValueError: there is no such layout or quirk, or a quirk does not occur in the layout.
    """
    if not form.tables:
        raise FormError(f"form {form.id} prescribes no table that could be printed")
    again = printed_again or {}
    for table in {table for table, _, _ in (*figures, *again)} | set(left_out):
        form.table(table)  # refuses figures of a table that the form does not have
    retouch = Retouch(quirks, seed)
    day = signed or date(year + 1, 1, 20)
    chapters = [chapter for chapter in chapters_of(form) if _has_place(form, chapter)]
    turns = _turns(layout)
    parts = [f"{agency}{year}年政府信息公开工作年度报告\n"] if title else []
    parts.append(f"{_preamble(agency if contact else None, year)}\n")
    for numeral, chapter in zip(_NUMERALS, chapters, strict=False):
        paragraphs = tell(chapter.code, figures, year) if narrative else []
        grids = [
            (table.code, retouch.grid(print_grid(table, printed, agency, year, day)))
            for table in form.tables
            if table.chapter == chapter.code and table.code not in left_out
            for printed in _prints_of(table, figures, again)
        ]
        parts += [f"{numeral}、{chapter.zh}\n"] if headings else []
        parts += [f"{paragraph}\n" for paragraph in paragraphs or ([] if grids else ["无。"])]
        if grids:
            parts += _print_run(grids, next(turns), retouch)
    parts.append(f"\n{_INDENT}{agency}\n{_INDENT}{day.year}年{day.month}月{day.day}日\n")
    text = "".join(parts)
    return retouch.text(text.translate(_HALF_WIDTH) if punctuation == "half" else text)


def compose_report(
    form: Form,
    figures: Mapping[CellKey, str | None],
    *,
    agency: str,
    year: int,
    title: bool = True,
    narrative: bool = True,
    signed: date | None = None,
) -> Paper:
    """Return a report on a form as its paragraphs and the true grids of its tables, for a writer of any format.

    The arguments are those of ``print_report``.

    Raises:
        FormError: as ``print_report``.
    """
    day = signed or date(year + 1, 1, 20)
    paper: list[str | Grid] = [f"{agency}{year}年政府信息公开工作年度报告"] if title else []
    paper.append(_preamble(agency, year))
    chapters = [chapter for chapter in chapters_of(form) if _has_place(form, chapter)]
    for numeral, chapter in zip(_NUMERALS, chapters, strict=False):
        paragraphs = tell(chapter.code, figures, year) if narrative else []
        tables = [table for table in form.tables if table.chapter == chapter.code]
        paper.append(f"{numeral}、{chapter.zh}")
        paper += paragraphs or ([] if tables else ["无。"])
        paper += [print_grid(table, figures, agency, year, day) for table in tables]
    return (*paper, agency, f"{day.year}年{day.month}月{day.day}日")


def _prints_of(table: Table, *given: Mapping[CellKey, str | None]) -> Iterator[Mapping[CellKey, str | None]]:
    """Yield the figures a table is printed with, once for each set that has any of it; the first set in any case."""
    for number, figures in enumerate(given):
        if number == 0 or any(key[0] == table.code for key in figures):
            yield figures


def join_reports(texts: Sequence[str]) -> str:
    """Return several printed reports as one file, one after the other."""
    return "\n".join(texts)


def _has_place(form: Form, chapter: Chapter) -> bool:
    return chapter.code != _STATISTICS or any(table.chapter == _STATISTICS for table in form.tables)


def _preamble(contact: str | None, year: int) -> str:
    sentences = [
        "本文由程序模拟生成，不是任何行政机关的真实报告。",
        f"本报告中所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
    ]
    if contact:
        where = "地址：模拟路1号，邮编：000000，电话：0000-00000000，电子邮箱：report@example.invalid"
        sentences.append(f"对本报告如有疑问，请与{contact}联系（{where}）。")
    return "".join(sentences)


def _turns(layout: Layouts) -> Iterator[Layout | Mapping[str, Layout]]:
    if isinstance(layout, (str, Mapping)):
        return repeat(layout)
    return cycle(layout)


def _print_run(
    grids: Sequence[tuple[str, Grid]], layout: Layout | Mapping[str, Layout], retouch: Retouch
) -> Iterator[str]:
    """Print the tables of a chapter, those of one layout together."""

    def layout_of(placed: tuple[str, Grid]) -> Layout:
        return layout[placed[0]] if isinstance(layout, Mapping) else layout

    for found, group in groupby(grids, layout_of):
        retouch.require(found)
        yield print_tables([grid for _, grid in group], found)


def print_grid(table: Table, figures: Mapping[CellKey, str | None], agency: str, year: int, day: date) -> Grid:
    """Return a table as it is printed, that of the statistics with year, agency and footer.

    Raises:
        FormError: a figure is missing.
    """
    own = {(row, column): figure for (code, row, column), figure in figures.items() if code == table.code}
    grid = lay_out(table, own)
    return _filed(grid, agency, year, day) if table.chapter == _STATISTICS else grid


def _filed(grid: Grid, agency: str, year: int, day: date) -> Grid:
    """Add what a statistics table bears beside its figures: year and agency below its title, the date at its end.

    Where the title is no part of the table, year and agency stand above its head.
    """
    width = sum(cell.columns for cell in grid[0])

    def spanning(*texts: str) -> Grid:
        return [[GridCell(text, columns=width)] for text in texts]

    footer = spanning("单位负责人： 审核人： 填报人：", f"联系电话： 填报日期：{day.year}.{day.month}.{day.day}")
    title = 1 if len(grid[0]) == 1 else 0
    return [*grid[:title], *spanning(f"（{year}年度）", f"填报单位：{agency}"), *grid[title:], *footer]
