"""A whole report as plain text: title, preamble, chapters with their tables, signature."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from gia_analysis.errors import FormError
from gia_analysis.forms import Chapter, Form
from gia_analysis.simulation.grid import CellKey, Grid, GridCell, lay_out
from gia_analysis.simulation.layouts import Layout, print_tables
from gia_analysis.simulation.narrative import chapters_of, tell

Punctuation = Literal["full", "half"]

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
    layout: Layout = "C",
    title: bool = True,
    contact: bool = True,
    narrative: bool = True,
    punctuation: Punctuation = "full",
    signed: date | None = None,
) -> str:
    """Return a report on a form as the plain text of a crawled page. It says of itself that it is simulated.

    Args:
        form: the form whose tables are printed, each in its chapter.
        figures: what to print in each cell, by table, row and column code: ``""`` is an empty cell, None no cell.
            Optional rows are left out where none of them is given.
        agency: the body that reports.
        year: the report year.
        layout: how tables are flattened.
        title: whether there is a title line; without it, only the signature (and 填报单位) names the agency in full.
        contact: whether the preamble says whom to ask.
        narrative: whether chapters tell in words; figures told there are those of the tables.
        punctuation: ``half`` prints brackets, colons, commas and semicolons in half width, as many sites do.
        signed: the date under the report; 20 January of the next year if not given.

    Raises:
        FormError: the form has no tables, or a figure is missing or is given for a cell the form does not have.
        ValueError: there is no such layout.
    """
    if not form.tables:
        raise FormError(f"form {form.id} prescribes no table that could be printed")
    for table in {table for table, _, _ in figures}:
        form.table(table)  # refuses figures of a table that the form does not have
    day = signed or date(year + 1, 1, 20)
    chapters = [chapter for chapter in chapters_of(form) if _has_place(form, chapter)]
    parts = [f"{agency}{year}年政府信息公开工作年度报告\n"] if title else []
    parts.append(f"{_preamble(agency if contact else None, year)}\n")
    for numeral, chapter in zip(_NUMERALS, chapters, strict=False):
        paragraphs = tell(chapter.code, figures, year) if narrative else []
        grids = list(_grids(form, chapter, figures, agency, year, day))
        parts.append(f"{numeral}、{chapter.zh}\n")
        parts += [f"{paragraph}\n" for paragraph in paragraphs or ([] if grids else ["无。"])]
        parts += [print_tables(grids, layout)] if grids else []
    parts.append(f"\n{_INDENT}{agency}\n{_INDENT}{day.year}年{day.month}月{day.day}日\n")
    text = "".join(parts)
    return text.translate(_HALF_WIDTH) if punctuation == "half" else text


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


def _grids(
    form: Form, chapter: Chapter, figures: Mapping[CellKey, str | None], agency: str, year: int, day: date
) -> Iterator[Grid]:
    for table in form.tables:
        if table.chapter == chapter.code:
            own = {(row, column): figure for (code, row, column), figure in figures.items() if code == table.code}
            grid = lay_out(table, own)
            yield _filed(grid, agency, year, day) if table.chapter == _STATISTICS else grid


def _filed(grid: Grid, agency: str, year: int, day: date) -> Grid:
    """Add what a statistics table bears beside its figures: year and agency below its title, the date at its end."""
    width = sum(cell.columns for cell in grid[0])

    def spanning(*texts: str) -> Grid:
        return [[GridCell(text, columns=width)] for text in texts]

    footer = spanning("单位负责人： 审核人： 填报人：", f"联系电话： 填报日期：{day.year}.{day.month}.{day.day}")
    return [grid[0], *spanning(f"（{year}年度）", f"填报单位：{agency}"), *grid[1:], *footer]
