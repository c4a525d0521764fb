"""Numbers of reports as pages show them, each with the cells, indicator or checks that give it again."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pandas as pd

from gia_analysis.analysis import get_indicator
from gia_analysis.analysis.registry import Term
from gia_analysis.corrections import CORRECTED
from gia_analysis.display import format_number
from gia_analysis.forms import Language, forms, label
from gia_analysis.report_card import describe_indicator
from gia_analysis.schema import FAILING
from gia_analysis.traced import Shown, Traced, Words
from gia_analysis.wording import kind_word

FAILS = f"status={','.join(FAILING)}"
_MOST_NAMED = 3
WITH_CORRECTION = {"zh": "（含更正的数字）", "en": " (with a corrected figure)"}
_MADE = {
    "sum": ("合计", "sum"),
    "median": ("中位数", "median"),
    "rate": ("合计相除", "quotient of sums"),
    "count": ("计数", "count"),
}
_AT_LEAST = {"zh": "至少 ", "en": "at least "}
_DASH = format_number(None)


def number(value: float | None, trace: Mapping[str, str], title: str = "", link: str = "") -> Traced:
    """Return a plain figure, a dash where there is none."""
    known = None if value is None or pd.isna(value) else float(value)
    return Traced(format_number(known), known, trace, title, link)


def over(
    value: float,
    how: str,
    reports: int,
    among: str,
    language: Language,
    *,
    text: str = "",
    title: str = "",
    **trace: str,
) -> Traced:
    """Return a number over several reports: how it was made, how many entered, and among which they are."""
    every = {**trace, "how": how, "reports": str(reports), "among": among}
    if not title:
        name = get_indicator(trace["indicator"]).name(language) if "indicator" in trace else ""
        made = " · ".join(each for each in (name, _MADE[how][language == "en"]) if each)
        title = f"{made}（{reports} 份报告）" if language == "zh" else f"{made} ({reports} reports)"
    return Traced(text or format_number(value), float(value), every, title)


def name_cells(names: Iterable[str], language: Language) -> str:
    """Return cells by the labels of their rows and columns, at most three of them, joined by +."""
    given = list(names)
    told = [_cell_name(name, language) for name in given[:_MOST_NAMED]]
    more = len(given) - len(told)
    if more:
        told.append(f"另 {more} 格" if language == "zh" else f"{more} more cells")
    return " + ".join(told)


def split_name(name: str) -> tuple[str, str, str]:
    """Return table, row and column of ``table.row.col``; a row that the form does not have may hold dots.

    >>> split_name("art20_1.unknown:1.2.made")
    ('art20_1', 'unknown:1.2', 'made')
    """
    table, _, place = name.partition(".")
    row, _, column = place.rpartition(".")
    return table, row, column


@lru_cache(maxsize=4096)
def _cell_name(name: str, language: Language) -> str:
    table, row, column = split_name(name)
    named = label(table, row, language, short=True)
    return named if column in ("total", "value") else f"{named} · {label(table, column, language, short=True)}"


@lru_cache(maxsize=4096)
def cells_of(code: str, cells: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which of the cells of an indicator, as ``indicators`` names them, make up its numerator and its denominator."""
    names = cells.split(";")
    for definition in get_indicator(code).definitions:
        if all(any(_is_of(name, term) for term in definition.terms) for name in names):
            parts = (definition.numerator, definition.denominator)
            top, bottom = (tuple(n for n in names if any(_is_of(n, term) for term in terms)) for terms in parts)
            return top, bottom
    return tuple(names), ()


def _is_of(name: str, term: Term) -> bool:
    table, row, column = split_name(name)
    return (table, column) == (term.table, term.column) and row in _rows_of(term)


@lru_cache(maxsize=512)
def _rows_of(term: Term) -> frozenset[str]:
    found = (form.table_by_code.get(term.table) for form in forms().values())
    return frozenset(row for table in found for row in term.rows_on(table))


def follow_indicator(row: Any, report: Hashable, language: Language) -> Shown:
    """Return an indicator of a report (a row of ``indicators``) in words, its figures followed by their cells.

    Where a correction entered, that is said beside it.
    """
    text = describe_indicator(row, language)
    if isinstance(row["reason"], str):
        return text
    shown = _figure(row, str(report), text, language)
    unit = text.removeprefix(shown.text)
    parts: list[Shown] = [shown, *([unit] if unit else [])]
    if is_corrected(row["flags"]):
        parts.append(WITH_CORRECTION[language])
    is_plain = len(parts) == 1 and get_indicator(str(row["code"])).kind == "count"
    return shown if is_plain else Words(parts)


def is_corrected(flags: object) -> bool:
    """Tell whether a correction entered an indicator, by its flags."""
    return isinstance(flags, str) and CORRECTED in flags.split(";")


def mark_corrected(shown: Shown, rows: pd.DataFrame, language: Language) -> Shown:
    """Return a number over several reports (rows of ``indicators``), and whether a corrected figure entered it."""
    return Words([shown, WITH_CORRECTION[language]]) if any(map(is_corrected, rows["flags"])) else shown


def _figure(row: Any, report: str, text: str, language: Language) -> Traced:
    code = str(row["code"])
    counts = get_indicator(code).kind == "count"
    trace = {"indicator": code, "report": report}
    title = get_indicator(code).name(language)
    if isinstance(row["cells"], str):
        top, bottom = cells_of(code, row["cells"])
        trace |= {"cells": ";".join(top)} if counts else {"numerator": ";".join(top), "denominator": ";".join(bottom)}
        title = name_cells(top, language)
        title = title if counts else f"({title}) ÷ ({name_cells(bottom, language)})"
    if row["blanks"] == "zero":
        trace["blanks"] = "zero"
    if is_corrected(row["flags"]):
        trace["flags"] = CORRECTED
    return Traced(format_number(row["value"]) if counts else text, float(row["value"]), trace, title)


class ReportFigures:
    """The cells of one report, as numbers that lead to their row on the page.

    A report of mixed forms has a cell once: no table stands twice in it.
    """

    def __init__(self, cells: pd.DataFrame, report: str, language: Language) -> None:
        self._language = language
        self._report = report
        self._rows = {f"{row.table}.{row.row}.{row.col}": row for row in cells.itertuples()}

    def value(self, table: str, row: str, column: str) -> float | None:
        found = self._rows.get(f"{table}.{row}.{column}")
        return None if found is None or pd.isna(found.value) else float(found.value)

    def cell(self, table: str, row: str, column: str) -> Traced:
        """Return the figure of a cell; a dash for a cell without one, or that the report does not have."""
        name = f"{table}.{row}.{column}"
        if name not in self._rows:
            return Traced(_DASH, None)
        trace = {"cells": name, "report": self._report}
        return number(self.value(table, row, column), trace, self._printed(name), name)

    def total(self, names: Sequence[str]) -> Traced:
        """Return the sum of cells (``table.row.col``), a dash where one of them has no figure or there are none."""
        if len(names) == 1:
            return self.cell(*split_name(names[0]))
        values = [float(self._rows[name].value) for name in names if name in self._rows]
        if not names or len(values) < len(names) or any(pd.isna(value) for value in values):
            return Traced(_DASH, None)
        title = "；".join(self._printed(name) for name in names[:_MOST_NAMED])
        title += f"；… {len(names)}" if len(names) > _MOST_NAMED else ""
        return number(float(sum(values)), {"cells": ";".join(names), "report": self._report}, title)

    def known(self, names: Sequence[str]) -> list[str]:
        """Return those of some cells (``table.row.col``) that hold a figure."""
        return [name for name in names if self.value(*split_name(name)) is not None]

    def amount(self, names: Sequence[str]) -> Shown:
        """Return the sum of cells; where some are without a figure, at least how much it is, or why there is none."""
        known = self.known(names)
        if len(known) == len(names) > 0:
            return self.total(names)
        least = self.total(known)
        if least.value:
            return Words([_AT_LEAST[self._language], least])
        return self.missing(names)

    def missing(self, names: Sequence[str]) -> str:
        """Return a dash, and why cells have no figure."""
        why = self.why(names)
        if not why:
            return _DASH
        return f"{_DASH}（{why}）" if self._language == "zh" else f"{_DASH} ({why})"

    def why(self, names: Sequence[str]) -> str:
        """Return in a word why cells have no figure, as the first of them tells; nothing if the report has none of them."""
        found = (self._rows[name] for name in names if name in self._rows)
        return next((kind_word(row.kind, self._language) for row in found if pd.isna(row.value)), "")

    def plain(self, table: str, row: str, column: str) -> Traced:
        """Return the figure of a cell without link and labels, for tables that say where it stands."""
        name = f"{table}.{row}.{column}"
        return number(
            self.value(table, row, column), {"cells": name, "report": self._report} if name in self._rows else {}
        )

    def count(self, found: int, where: str = "") -> Traced:
        """Return how many cells hold a condition, all without one."""
        return number(found, {"cells-where": where, "report": self._report})

    def checks(self, found: int, where: str) -> Traced:
        """Return how many checks hold a condition."""
        return number(found, {"checks": where, "report": self._report})

    def _printed(self, name: str) -> str:
        row = self._rows[name]
        named = [label(row.table, code, self._language, form=row.form, short=True) for code in (row.row, row.col)]
        raw = row.raw if isinstance(row.raw, str) and row.raw else ""
        if self._language == "zh":
            told = f"印为“{raw}”" if raw else kind_word(row.kind)
            return f"{' · '.join(named)}：{told}"
        return f"{' · '.join(named)}: {f'printed {raw!r}' if raw else kind_word(row.kind, 'en')}"
