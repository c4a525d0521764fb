"""What all parts of an agency's page share: its report, its figures as they can be followed, and small tables of them."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from gia_analysis.aliases import name_and_place
from gia_analysis.analysis import get_indicator
from gia_analysis.corpus import Corpus
from gia_analysis.display import Folded, ShownTable, show
from gia_analysis.errors import CorpusError
from gia_analysis.forms import Language, get_form, label
from gia_analysis.summaries.amounts import outcome_column, outcome_rows
from gia_analysis.summaries.following import ReportFigures, follow_indicator, is_corrected
from gia_analysis.traced import Shown, Traced, Words, compose


class AgencyPage:
    """One agency's report of one year, in a corpus. ``agency`` is as for ``Corpus.select``.

    Of several files of one report that is shown which was read best; the others are told.

    Raises:
        CorpusError: the corpus has no report of this agency and year, or several that are not the same.
    """

    def __init__(self, corpus: Corpus, agency: str, year: int, lang: Language = "zh") -> None:
        self.corpus, self._every = corpus.one_each, corpus
        self.part = _one_of(self.corpus.select(agency, year), agency, year)
        self.report = self.part.reports.iloc[0]
        self.agency, self.year, self.lang = str(self.report["agency"]), year, lang
        self.name = name_and_place(self.agency, self.part.identity.iloc[0], self.report["region"])
        self.report_id = str(self.report["report_id"])
        self.indicators = self.part.indicators.set_index("code", drop=False)
        self.figures = ReportFigures(self.part.cells, self.report_id, lang)
        self.tables = set(self.part.cells["table"])
        self.is_2014 = "stats_2014" in self.tables

    @cached_property
    def own(self) -> Corpus:
        """The reports of the agency of all years, under whichever name."""
        followed = self.part.identity.iloc[0]
        alone = pd.isna(followed) or int((self.corpus.identity == followed).sum()) == 1
        return self.part if alone else self.corpus.select(followed)

    @cached_property
    def other_files(self) -> pd.DataFrame:
        """The other files of the report: ``source``, and whether all figures that both print agree (``agrees``)."""
        reports, told = self._every.reports, self._every.editions
        mine = np.flatnonzero((reports["report_id"] == self.report_id) & (reports["source"] == self.report["source"]))
        others = told["of"].isin(mine) & ~told["taken"]
        return reports.loc[others, ["source"]].assign(agrees=told.loc[others, "agrees"])

    @cached_property
    def outcome_cells(self) -> Mapping[str, list[str]] | None:
        """The cells of each outcome that the form has; None where the report has no table of them."""
        held = self.part.cells[self.part.cells["table"] == ("stats_2014" if self.is_2014 else "requests")]
        if held.empty:
            return None
        table = get_form(str(held["form"].iloc[0])).table(str(held["table"].iloc[0]))
        column = outcome_column(table.code)
        return {code: self._names(table.code, rows, column) for code, rows in outcome_rows(table).items()}

    def _t(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def _say(self, zh: str, en: str, **parts: Shown) -> Words:
        """Return a sentence in the page's language with its numbers in their places."""
        return compose(self._t(zh, en), **parts)

    def _join(self, parts: Sequence[Shown], zh: str = "、", en: str = ", ") -> Words:
        """Return parts of a sentence with what stands between them."""
        between: list[Shown] = []
        for number, part in enumerate(parts):
            between += [self._t(zh, en), part] if number else [part]
        return Words(between)

    @property
    def title(self) -> str:
        return self._t(f"{self.name} {self.year} 年政府信息公开", f"{self.name}: information disclosure in {self.year}")

    def _indicator(self, code: str) -> Shown:
        return follow_indicator(self.indicators.loc[code], self.report_id, self.lang)

    def _corrected(self, *codes: str) -> list[Shown]:
        """Return in a sentence counts that a correction entered; the figures around it are as printed."""
        rows = [code for code in codes if is_corrected(self.indicators.loc[code, "flags"])]
        told = [
            self._say("{name} {n}", "{name}: {n}", name=get_indicator(code).name(self.lang), n=self._indicator(code))
            for code in rows
        ]
        return [self._say("更正后：{told}。", " Corrected: {told}.", told=self._join(told))] if told else []

    def _formula(self, code: str) -> str:
        """Return what a rate is made of, by the labels of the report's form."""
        for each in get_indicator(code).definitions:
            if each.table in self.tables:
                top, bottom = (
                    " + ".join(self._term(term.table, term.row) for term in terms)
                    for terms in (each.numerator, each.denominator)
                )
                top = f"({top})" if len(each.numerator) > 1 else top
                return f"{top} ÷ {f'({bottom})' if len(each.denominator) > 1 else bottom}"
        return get_indicator(code).name(self.lang)

    def _term(self, table: str, row: str) -> str:
        """Return the name of a row; the form calls its total of results 总计 and no more."""
        if row == "results_total":
            return get_indicator("results").name(self.lang)
        return label(table, row, self.lang, short=True)

    def _names(self, table: str, rows: Sequence[str], column: str) -> list[str]:
        return [f"{table}.{row}.{column}" for row in rows]

    def _labels(self, cells: pd.DataFrame, codes: str, *, short: bool = False) -> list[str]:
        places = zip(cells["table"], cells[codes], cells["form"], strict=True)
        return [label(table, code, self.lang, form=form, short=short) for table, code, form in places]

    def _label(self, table: str, row: str, column: str) -> tuple[str, str]:
        return label(table, row, self.lang, short=True), label(table, column, self.lang, short=True)

    def _series(self, table: str, rows: Sequence[str], column: str) -> pd.Series:
        names = [label(table, row, self.lang, short=True) for row in rows]
        return pd.Series([self.figures.cell(table, row, column) for row in rows], index=names, dtype="object")

    def _amount_table(self, caption: str, figures: pd.Series) -> ShownTable:
        frame = figures.to_frame(self._t("数量", "Number"))
        return show(frame, caption, *self._blank_note(figures))

    def _folded(self, table: ShownTable) -> Folded:
        return Folded(self._t("图中数字", "Figures of the chart"), table)

    def _blank_note(self, figures: pd.Series | pd.DataFrame) -> list[str]:
        if values_of(figures.stack() if isinstance(figures, pd.DataFrame) else figures).notna().all():
            return []
        return [self._t("— 表示原表该格没有数字，不是零。", "— means that the cell holds no figure; it is not zero.")]

    def _printed_tables(self, codes: Sequence[str]) -> list[ShownTable]:
        """Return tables as they are printed, with the labels of their form."""
        parts: list[ShownTable] = []
        for code in codes:
            cells = self.part.cells[self.part.cells["table"] == code]
            if cells.empty:
                continue
            form = str(cells["form"].iloc[0])
            columns = [column.code for column in get_form(form).table(code).columns]
            rows = list(dict.fromkeys(cells["row"]))
            shown = self.figures.plain if code == "requests" else self.figures.cell
            frame = pd.DataFrame(
                [[shown(code, row, column) for column in columns] for row in rows],
                index=[label(code, row, self.lang, form=form) for row in rows],
                columns=[label(code, column, self.lang, form=form) for column in columns],
                dtype="object",
            )
            parts.append(show(frame, label(code, language=self.lang), *self._blank_note(frame)))
        return parts

    def _no_table(self) -> str:
        return self._t("报告中没有这张表。", "The report does not have this table.")


def _one_of(part: Corpus, agency: str, year: int) -> Corpus:
    """Return the one report of a part; where a report that sums others up stands beside the agency's own, the latter."""
    sources = part.reports["source"]
    if len(sources) == 1:
        return part
    own = part.reports["scope"] != "aggregate"
    if own.sum() == 1 and part.identity.nunique(dropna=False) == 1:
        return part.only(own)
    followed = part.identity.dropna().unique().tolist()
    if len(followed) > 1:
        raise CorpusError(f"{len(followed)} agencies are called {agency}: say which, {' or '.join(followed)}")
    raise CorpusError(f"{len(sources)} reports of {agency} for {year}: {', '.join(sources)}; keep one of them")


def file_of(source: str) -> str:
    """Return where a report was read without the folders of the machine: a path that begins at its root by its name.

    >>> file_of("/home/someone/raw/crawl.zip!/a/b.html"), file_of("data/raw/a.txt")
    ('crawl.zip!/a/b.html', 'data/raw/a.txt')
    """
    path, mark, member = source.partition("!")
    path = path.replace("\\", "/")
    if path.startswith("/") or path[1:2] == ":":
        path = path.rpartition("/")[2]
    return path + mark + member


def values_of(figures: pd.Series) -> pd.Series:
    """Return the values of numbers that can be followed, missing where there is none."""
    values = [each.value if isinstance(each, Traced) else None for each in figures]
    return pd.Series(values, index=figures.index, dtype="float64")
