"""What all parts of the page on data quality share: the reports of all years, and numbers over those that a condition picks."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from gia_analysis.corpus import Corpus
from gia_analysis.display import format_number, format_share
from gia_analysis.forms import Language, label
from gia_analysis.schema import KEY
from gia_analysis.summaries.following import over
from gia_analysis.traced import Quoted, Shown, Traced, Words, compose

MOST_SHOWN = 30
"""So many rows a long table of the page shows; how many there are stands below it."""

EVERYTHING = "gia check CORPUS --format csv"


class QualityPage:
    """A corpus of all years, read or not.

    Its numbers are over ``inputs`` (all files) or ``read`` (those that could be read); ``data-of`` holds conditions on
    columns of ``reports`` that pick some of them, ``province`` standing for the first two digits of ``region_code``.
    """

    def __init__(self, corpus: Corpus, lang: Language = "zh") -> None:
        self.corpus, self.lang = corpus, lang
        self.inputs = corpus.reports.assign(province=corpus.reports["region_code"].str[:2])
        self.reports = self.inputs[self.inputs["status"] != "failed"].reset_index(drop=True)
        self.keys = pd.MultiIndex.from_frame(self.reports[KEY])
        self.names = self.reports["agency"].fillna(self.reports["source"]).set_axis(self.keys)
        self.years = self.reports["year"].set_axis(self.keys)

    def _t(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def _say(self, zh: str, en: str, **parts: Shown) -> Words:
        """Return a sentence in the page's language with its numbers in their places."""
        return compose(self._t(zh, en), **parts)

    def _count(self, found: float, among: str = "read", *, of: str = "", **trace: str) -> Traced:
        """Return how many reports, checks or cells there are; ``of`` picks the reports."""
        reports = len(self.inputs if among == "inputs" else self.reports)
        given = {**trace, **({"of": of} if of else {})}
        return over(float(found), "count", reports, among, self.lang, **given)

    def _share(self, part: float, whole: float, among: str = "read", *, of: str = "", **trace: str) -> Traced:
        """Return a share of reports or of cells in percent, a dash of nothing."""
        if not whole:
            return Traced(format_number(None), None)
        reports = len(self.inputs if among == "inputs" else self.reports)
        given = {**trace, **({"of": of} if of else {})}
        return over(part / whole, "rate", reports, among, self.lang, text=format_share(part / whole), **given)

    def _facts(self, rows: pd.DataFrame, columns: Sequence[str], *, among: str = "read", of: str = "") -> Traced:
        """Return the sum of columns of ``reports`` over some of them."""
        total = float(rows[list(columns)].sum().sum())
        given = {"fact": ";".join(columns), **({"of": of} if of else {})}
        return over(total, "sum", len(rows), among, self.lang, **given)

    def _fact_share(self, rows: pd.DataFrame, part: Sequence[str], whole: Sequence[str], *, of: str = "") -> Traced:
        """Return the quotient of such sums in percent, a dash where there is nothing to divide by."""
        top, bottom = (float(rows[list(columns)].sum().sum()) for columns in (part, whole))
        if not bottom:
            return Traced(format_number(None), None)
        given = {"numerator": ";".join(part), "denominator": ";".join(whole), **({"of": of} if of else {})}
        text = format_share(top / bottom)
        return over(top / bottom, "rate", len(rows), "read", self.lang, text=text, **given)

    def _report(self, source: str, report_id: str) -> Words:
        """Return a report by its agency and year."""
        year = self.years.loc[source, report_id]
        told: list[Shown] = [] if pd.isna(year) else [" ", Quoted(str(int(year)), "time")]
        return Words([Quoted(str(self.names.loc[source, report_id])), *told])

    def _reports(self, rows: pd.DataFrame) -> list[Shown]:
        return [self._report(str(row.source), str(row.report_id)) for row in rows.itertuples()]

    def _place(self, row: Any) -> str:
        """Return a cell by the labels of its table, row and column."""
        form = row.form if isinstance(row.form, str) else None
        codes = [row.row] if row.col == "value" else [row.row, row.col]
        parts = [label(row.table, each, self.lang, form=form, short=True) for each in codes]
        return " · ".join([label(row.table, language=self.lang), *parts])

    def _more(self, every: Shown, total: int) -> list[Shown]:
        """Return the sentence that says how many rows a cut table has, and where all of them are."""
        if total <= MOST_SHOWN:
            return []
        return [
            self._say(
                "共 {all} 处，表中列出前 {shown} 处；全部见 {command}。",
                "There are {all}; the table shows the first {shown}. All of them: {command}.",
                all=every,
                shown=Traced(str(MOST_SHOWN), MOST_SHOWN, {"setting": "MOST_SHOWN"}),
                command=Quoted(EVERYTHING, "code"),
            )
        ]
