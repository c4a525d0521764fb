"""What all parts of an agency's page share: its report, its figures as they can be followed, and small tables of them."""

from collections.abc import Sequence
from functools import cached_property

import pandas as pd

from gia_analysis.charts import Chart, bar_chart
from gia_analysis.corpus import Corpus
from gia_analysis.display import Folded, ShownTable, show
from gia_analysis.errors import CorpusError
from gia_analysis.forms import Language, get_form, label
from gia_analysis.summaries.following import ReportFigures, follow_indicator
from gia_analysis.traced import Shown, Traced, Words, compose


class AgencyPage:
    """One agency's report of one year, in a corpus.

    Raises:
        CorpusError: the corpus has no report, or more than one, of this agency and year.
    """

    def __init__(self, corpus: Corpus, agency: str, year: int, lang: Language = "zh") -> None:
        self.corpus = corpus
        self.part = corpus.select(agency, year)
        sources = self.part.reports["source"]
        if len(sources) > 1:
            raise CorpusError(f"{len(sources)} reports of {agency} for {year}: {', '.join(sources)}; keep one of them")
        self.agency, self.year, self.lang = agency, year, lang
        self.report = self.part.reports.iloc[0]
        self.report_id = str(self.report["report_id"])
        self.indicators = self.part.indicators.set_index("code", drop=False)
        self.figures = ReportFigures(self.part.cells, self.report_id, lang)
        self.is_2014 = "stats_2014" in set(self.part.cells["table"])

    @cached_property
    def own(self) -> Corpus:
        """The reports of the agency of all years."""
        return self.corpus.select(self.agency)

    def _t(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def _say(self, zh: str, en: str, **parts: Shown) -> Words:
        """Return a sentence in the page's language with its numbers in their places."""
        return compose(self._t(zh, en), **parts)

    @property
    def title(self) -> str:
        return self._t(
            f"{self.agency} {self.year} 年政府信息公开", f"{self.agency}: information disclosure in {self.year}"
        )

    def _indicator(self, code: str) -> Shown:
        return follow_indicator(self.indicators.loc[code], self.report_id, self.lang)

    def _names(self, table: str, rows: Sequence[str], column: str) -> list[str]:
        return [f"{table}.{row}.{column}" for row in rows]

    def _labels(self, cells: pd.DataFrame, codes: str, *, short: bool = False) -> list[str]:
        places = zip(cells["table"], cells[codes], cells["form"], strict=True)
        return [label(table, code, self.lang, form=form, short=short) for table, code, form in places]

    def _series(self, table: str, rows: Sequence[str], column: str) -> pd.Series:
        names = [label(table, row, self.lang, short=True) for row in rows]
        return pd.Series([self.figures.cell(table, row, column) for row in rows], index=names, dtype="object")

    def _amount_table(self, caption: str, figures: pd.Series) -> ShownTable:
        frame = figures.to_frame(self._t("数量", "Number"))
        return show(frame, caption, *self._blank_note(figures))

    def _bars(self, title: str, figures: pd.Series, colours: Sequence[str] | None = None) -> Chart | str:
        values = values_of(figures)
        if values.fillna(0).sum() == 0:
            return self._t(
                "没有可以画图的数字：各项为零或空白。", "There is nothing to draw: all figures are zero or blank."
            )
        return bar_chart(title, values, self.lang, colours=colours)

    def _folded(self, table: ShownTable) -> Folded:
        return Folded(self._t("图中数字", "Figures of the chart"), table)

    def _blank_note(self, figures: pd.Series | pd.DataFrame) -> list[str]:
        if values_of(figures.stack() if isinstance(figures, pd.DataFrame) else figures).notna().all():
            return []
        return [self._t("— 表示原表该格没有数字，不是零。", "— means that the cell holds no figure; it is not zero.")]

    def _printed_tables(self, codes: Sequence[str]) -> list[object]:
        parts: list[object] = []
        for code in codes:
            cells = self.part.cells[self.part.cells["table"] == code]
            if cells.empty:
                continue
            form = str(cells["form"].iloc[0])
            columns = [column.code for column in get_form(form).table(code).columns]
            rows = list(dict.fromkeys(cells["row"]))
            frame = pd.DataFrame(
                [[self.figures.cell(code, row, column) for column in columns] for row in rows],
                index=[label(code, row, self.lang, form=form) for row in rows],
                columns=[label(code, column, self.lang, form=form) for column in columns],
                dtype="object",
            )
            parts.append(show(frame, label(code, language=self.lang), *self._blank_note(frame)))
        return parts

    def _no_table(self) -> str:
        return self._t("报告中没有这张表。", "The report does not have this table.")


def values_of(figures: pd.Series) -> pd.Series:
    """Return the values of numbers that can be followed, missing where there is none."""
    values = [each.value if isinstance(each, Traced) else None for each in figures]
    return pd.Series(values, index=figures.index, dtype="float64")
