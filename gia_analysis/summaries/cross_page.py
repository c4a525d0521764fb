"""What all parts of the page over all agencies share: the reports of a year, and numbers over several of them."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import pandas as pd

from gia_analysis.analysis import DEFAULT_DISCLOSURE_RATE
from gia_analysis.corpus import Corpus
from gia_analysis.display import Folded, ShownTable
from gia_analysis.errors import CorpusError
from gia_analysis.forms import Language
from gia_analysis.grids import number_reports, read_grids
from gia_analysis.schema import KEY
from gia_analysis.summaries.following import follow_indicator, name_cells, over
from gia_analysis.traced import Quoted, Shown, Traced, Words, compose

MOST_SHOWN = 20
"""So many agencies a chart shows."""

MOST_LISTED = 20
"""So many rows a long table shows."""

MOST_AGENCIES = 40
"""So many rows the table of all agencies shows."""


class CrossPage:
    """All reports of one year in a corpus.

    Raises:
        CorpusError: the corpus has no readable report of that year; the message names the years it has.
    """

    def __init__(self, corpus: Corpus, year: int | None = None, lang: Language = "zh") -> None:
        self.lang = lang
        every, corpus = corpus, corpus.one_each
        readable = corpus.reports[corpus.reports["status"] != "failed"]
        years = sorted({int(each) for each in readable["year"].dropna()})
        if not years:
            raise CorpusError("the corpus has no readable report with a year")
        self.year = year or years[-1]
        if self.year not in years:
            raise CorpusError(f"the corpus has no report for {self.year}: there are {years}")
        self.inputs = every.reports
        copies = every.reports[~every.editions["taken"]]
        self.other_files = copies[copies["year"].eq(self.year).fillna(False).astype(bool)]
        self.reports = readable[readable["year"] == self.year].set_index(KEY, drop=False)
        self.reports["name"] = self.reports["agency"].fillna(self.reports["source"])
        self.own = self.reports[self.reports["scope"] != "aggregate"]
        self.cells = self._of_year(corpus.cells)
        self.checks = self._of_year(corpus.checks)
        self.indicators = self._of_year(corpus.indicators)
        self.sections = self._of_year(corpus.sections)

    def _t(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def _say(self, zh: str, en: str, **parts: Shown) -> Words:
        """Return a sentence in the page's language with its numbers in their places."""
        return compose(self._t(zh, en), **parts)

    def _of_year(self, frame: pd.DataFrame) -> pd.DataFrame:
        number, keys = number_reports(frame)
        return frame[keys.isin(self.reports.index)[number]]

    @cached_property
    def _by_code(self) -> Mapping[str, pd.DataFrame]:
        return {str(code): rows.set_index(KEY) for code, rows in self.indicators.groupby("code", sort=False)}

    def _indicator(self, code: str) -> pd.DataFrame:
        return self._by_code[code].assign(name=self.reports["name"]).reindex(self.reports.index)

    def _followed(self, code: str, keys: pd.MultiIndex) -> list[Shown]:
        """Return an indicator of each report."""
        rows = self._indicator(code).loc[keys].assign(code=code)
        return [follow_indicator(row, key[1], self.lang) for key, (_, row) in zip(keys, rows.iterrows(), strict=True)]

    @property
    def title(self) -> str:
        return self._t(
            f"{self.year} 年各机关政府信息公开比较", f"Information disclosure in {self.year}, agency by agency"
        )

    def _count(self, found: int, **trace: str) -> Traced:
        """Return how many reports of the year hold something."""
        return over(found, "count", len(self.reports), "year", self.lang, **trace)

    def _count_own(self, found: int, **trace: str) -> Traced:
        """Return how many reports that are no aggregates hold something."""
        return over(found, "count", len(self.own), "own", self.lang, **trace)

    def _own_figures(self, table: str, cells: Sequence[tuple[str, str]]) -> pd.DataFrame:
        """Return cells of a table, a row for each report that has it and is no aggregate; missing where none is printed."""
        parts = [
            pd.DataFrame({cell: grid.series(*cell) for cell in cells}).loc[grid.keys.isin(self.own.index)]
            for grid in read_grids(self.cells)
            if grid.table.code == table
        ]
        return pd.concat(parts) if parts else pd.DataFrame(columns=pd.MultiIndex.from_tuples(cells), dtype="float64")

    def _totals(self, table: str, figures: pd.DataFrame) -> Mapping[tuple[str, str], Traced]:
        """Return the sum of each cell over the reports that print a figure in it."""
        sums, known = figures.sum(), figures.notna().sum()
        found = {}
        for row, column in figures.columns:
            name = f"{table}.{row}.{column}"
            title = name_cells([name], self.lang)
            found[row, column] = over(
                sums[row, column], "sum", int(known[row, column]), "own", self.lang, cells=name, title=title
            )
        return found

    def _blank_note(self, table: str, figures: pd.DataFrame) -> list[Shown]:
        blank = int(figures.isna().any(axis=1).sum())
        if not blank:
            return []
        cells = ";".join(f"{table}.{row}.{column}" for row, column in figures.columns)
        return [
            self._say(
                "{n} 个机关有空白格：合计只含印出的数字，空白没有算作零。",
                "Agencies with blank cells: {n}. Sums hold printed figures only; blanks are not counted as zero.",
                n=self._count_own(blank, cells=cells, where="some_missing"),
            )
        ]

    def _cut(self, every: pd.DataFrame | pd.Series, shown: pd.DataFrame | pd.Series, **trace: str) -> list[Shown]:
        """Return the sentence that says that a chart shows the first ones only; nothing where it shows all."""
        if len(every) == len(shown):
            return []
        return [
            self._say(
                "共 {n} 个机关，图中只画前列的；其余见各机关自己的页面。",
                "Agencies: {n}. Drawn are the first ones; the others have their figures on their own pages.",
                n=self._count(len(every), **trace),
            )
        ]

    def _left_out(self, every: Shown, order: str) -> Words:
        """Return the sentence that says how many rows a cut table would have, in which order it is, and where all are."""
        return self._say(
            "共 {all} 个机关，{order}，表中只列前面的；其余见各机关自己的页面，全部数字用 {command} 导出。",
            "Agencies: {all}, {order}; the table shows the first ones. The others are on their own pages; {command} writes "
            "the figures of all.",
            all=every,
            order=order,
            command=Quoted("gia export CORPUS --format xlsx", "code"),
        )

    def _folded(self, table: ShownTable) -> Folded:
        return Folded(self._t("图中数字", "Figures of the chart"), table)

    def _rates(self) -> pd.DataFrame:
        """Return the disclosure rates that there are, of reports that are no aggregates."""
        rows = self._indicator(DEFAULT_DISCLOSURE_RATE).loc[self.own.index].assign(code=DEFAULT_DISCLOSURE_RATE)
        return rows[rows["value"].notna()]
