"""All agencies over the years: how many report, what they add up to, and their rates put together."""

from collections.abc import Mapping
from functools import cached_property

import pandas as pd

from gia_analysis.analysis import DEFAULT_DISCLOSURE_RATE
from gia_analysis.corpus import Corpus
from gia_analysis.display import Card, Section, format_number, format_share
from gia_analysis.errors import CorpusError
from gia_analysis.forms import Language
from gia_analysis.summaries.following import WITH_CORRECTION
from gia_analysis.summaries.trends_lines import (
    agency_lines,
    by_year,
    in_every_year,
    own_lines,
    year_to_year,
)
from gia_analysis.summaries.trends_links import year_links
from gia_analysis.summaries.trends_page import (
    CORRECTIONS,
    GROUNDS,
    RATES,
    SUMMED,
    VOLUMES,
    TrendPage,
)
from gia_analysis.traced import Quoted, Shown, Traced, Words


class AllTrends(TrendPage):
    """All agencies of a corpus over all its years.

    A number over them names its year (``data-year``) and is over the agencies' own figures, one report for an agency and
    year, as ``own_lines`` picks them. ``data-panel`` marks those over agencies with a figure in every year, ``data-pair``
    those over agencies with comparable figures in that year and the one before.

    Raises:
        CorpusError: the corpus has no readable report with a year.
    """

    def __init__(self, corpus: Corpus, lang: Language = "zh") -> None:
        super().__init__(lang)
        self.corpus = corpus = corpus.one_each
        self._sums: dict[str, pd.DataFrame] = {}
        reports = corpus.reports[corpus.reports["status"] != "failed"]
        self.reports = reports[reports["year"].notna() & reports["agency"].notna()]
        self.years = sorted({int(year) for year in self.reports["year"]})
        if not self.years:
            raise CorpusError("the corpus has no readable report with a year")

    @cached_property
    def lines(self) -> pd.DataFrame:
        """The agencies' own figures: a row for each agency, year and series."""
        return own_lines(agency_lines(self.corpus, [*VOLUMES, *RATES, *CORRECTIONS, *GROUNDS], SUMMED))

    @property
    def title(self) -> str:
        return self._t("历年趋势", "Trends over the years")

    def _one_year(self) -> Section:
        sentence = self._say(
            "语料中只有 {year} 年的报告，看不出变化。",
            "The corpus has reports of {year} only: no change can be told.",
            year=self._year(self.years[0]),
        )
        return Section(self.title, [sentence])

    @cached_property
    def _by_code(self) -> Mapping[str, pd.DataFrame]:
        return {str(code): rows for code, rows in self.lines.groupby("code", sort=False)}

    def _of(self, code: str) -> pd.DataFrame:
        return self._by_code.get(code, self.lines.iloc[:0])

    def _yearly(self, code: str) -> pd.DataFrame:
        """Return what a series adds up to in each year, over all agencies."""
        if code not in self._sums:
            self._sums[code] = by_year(self._of(code))
        return self._sums[code]

    def _trace(self, code: str) -> dict[str, str]:
        return {"series" if code in SUMMED else "indicator": code}

    def _over(self, value: float, how: str, year: int, code: str, *, text: str = "", **more: str) -> Traced:
        """Return a number of a year over agencies; over how many stands beside it."""
        trace = {**self._trace(code), "year": str(year), **more, "how": how}
        return Traced(text or format_number(value), float(value), trace)

    def headline(self) -> Section:
        """Return which years there are, how many agencies stand behind them, and what changed from first to last."""
        if len(self.years) < 2:
            return self._one_year()
        last = self.years[-1]
        facts: list[tuple[str, Shown]] = [
            (self._t("年度", "Years"), Quoted(f"{self.years[0]}–{last}", "time")),
            (self._t("机关", "Agencies"), self._agencies()),
            *self._latest(last),
        ]
        lead = [
            self._t(
                "汇总其他机关数字的报告（全市、全区）一律不计入合计。每个数字旁注明有多少机关。",
                "Reports that sum up other agencies are never added. Beside each number stands how many agencies it is of.",
            ),
            self._breaks_note(),
        ]
        return Section(
            self._t("主要变化", "What changed"), [*lead, Card(self.title, facts, lang=self.lang), self._links()]
        )

    def _agencies(self) -> Shown:
        volume = self._of("request_volume")
        every = volume["agency"].nunique()
        lasting = in_every_year(volume)["agency"].nunique()
        trace = {"indicator": "request_volume", "how": "count"}
        return self._say(
            "{every}，其中 {lasting} 个各年都有新收申请数",
            "{every}, of which {lasting} have a number of new requests in every year",
            every=Traced(format_number(every), float(every), {**trace, "year": "any"}),
            lasting=Traced(format_number(lasting), float(lasting), {**trace, "year": "any", "panel": "every"}),
        )

    def _latest(self, last: int) -> list[tuple[str, Shown]]:
        facts: list[tuple[str, Shown]] = []
        for code in VOLUMES:
            pairs = year_to_year(self._of(code))
            row = pairs[pairs["year"] == last]
            if len(row):
                name = self._t(f"{self._name(code)}，比上年", f"{self._name(code)}, against last year")
                facts.append((name, self._growth(row.iloc[0], code)))
        rates = self._yearly(DEFAULT_DISCLOSURE_RATE)
        for year in rates["year"].tail(2):
            row = rates[rates["year"] == year].iloc[0]
            name = self._name(DEFAULT_DISCLOSURE_RATE)
            facts.append((self._t(f"{name}，{year} 年", f"{name}, {year}"), self._rate_and_agencies(row)))
        return facts

    def _growth(self, row: pd.Series, code: str) -> Shown:
        year, agencies = int(row["year"]), row["agencies"]
        return self._say(
            "{growth}（{before} → {now}，{n} 个两年可比的机关）",
            "{growth} ({before} → {now}, over {n} agencies comparable in both years)",
            growth=self._grown(row, code),
            before=self._over(row["before"], "sum", year, code, pair="before"),
            now=self._over(row["now"], "sum", year, code, pair="now"),
            n=self._over(agencies, "count", year, code, pair="both"),
        )

    def _grown(self, row: pd.Series, code: str) -> Traced:
        if pd.isna(row["growth"]):
            return Traced(format_number(None), None)
        text = f"{100 * row['growth']:+.1f} %".replace("-", "−")
        return self._over(row["growth"], "growth", int(row["year"]), code, text=text)

    def _rate_and_agencies(self, row: pd.Series) -> Shown:
        return self._say("{rate} 个机关", "{rate} agencies", rate=self._rate(row, DEFAULT_DISCLOSURE_RATE))

    def _rate(self, row: pd.Series, code: str) -> Shown:
        if pd.isna(row["value"]):
            return Traced(format_number(None), None)
        text = format_share(row["value"], row["low"], row["high"])
        year, agencies = int(row["year"]), row["agencies"]
        rate = self._over(row["value"], "rate", year, code, text=text)
        mark = [WITH_CORRECTION[self.lang]] if row["corrected"] else []
        return Words([rate, *mark, " · ", self._behind(agencies, year, code)])

    def _behind(self, agencies: float, year: int, code: str) -> Traced:
        """Return how many agencies stand behind a number."""
        return self._over(agencies, "count", year, code, where="known")

    def _links(self) -> object:
        pages = {year: f"all-{year}.html" for year in self.years}
        return year_links(self._t("各年度的比较：", "All agencies of one year: "), pages, self.lang)
