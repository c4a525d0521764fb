"""One agency over all its years: its figures as lines and side by side, what is carried over, and what changed."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import pandas as pd

from gia_analysis.aliases import name_and_place
from gia_analysis.analysis import DEFAULT_DISCLOSURE_RATE
from gia_analysis.analysis.agency_years import SEVERAL_REPORTS
from gia_analysis.corpus import Corpus
from gia_analysis.display import Card, Folded, Section, format_number
from gia_analysis.errors import CorpusError
from gia_analysis.forms import Language
from gia_analysis.schema import KEY
from gia_analysis.summaries.following import follow_indicator, name_cells, number
from gia_analysis.summaries.trends_lines import agency_lines
from gia_analysis.summaries.trends_links import year_links
from gia_analysis.summaries.trends_page import (
    CORRECTIONS,
    FLOW,
    GROUNDS,
    NOTHING,
    OUTCOMES,
    RATES,
    VOLUMES,
    Part,
    TrendPage,
)
from gia_analysis.traced import Quoted, Shown, Traced, Words
from gia_analysis.wording import word

REFUSALS = (
    "denied_state_secret", "denied_law_prohibits", "denied_safety_stability", "denied_third_party",
    "denied_internal_affairs", "denied_process_info", "denied_enforcement_file", "denied_admin_inquiry",
)  # fmt: skip
_DECIDED = ("total", "upheld", "corrected", "other", "pending")
RECONSIDERED = tuple(f"reconsiderations_{result}" for result in _DECIDED)
LITIGATED = tuple(f"litigations_{result}" for result in _DECIDED)
_SERIES = tuple(dict.fromkeys((*FLOW, *OUTCOMES, *REFUSALS, *RECONSIDERED, *LITIGATED)))
_SCOPES = ("own", "unknown", "aggregate")


class AgencyTrend(TrendPage):
    """An agency over all its years in a corpus.

    Figures of its own and of reports that sum others up are never mixed: shown are those of which there are more years.

    Raises:
        CorpusError: the corpus has no such agency; the message names the nearest.
    """

    def __init__(self, corpus: Corpus, agency: str, lang: Language = "zh") -> None:
        super().__init__(lang)
        self.own = corpus.one_each.select(agency)
        every = agency_lines(self.own, [*VOLUMES, *RATES, *CORRECTIONS, *GROUNDS], _SERIES)
        if every.empty:
            raise CorpusError(f"no report of {agency} was read together with its year")
        years = every.groupby(["scope", "agency"])["year"].nunique()
        first = sorted(years.index, key=lambda each: (-int(years[each]), _SCOPES.index(each[0]), each[1]))[0]
        self.scope = str(first[0])
        self.lines = every[(every["scope"] == first[0]) & (every["agency"] == first[1])].reset_index(drop=True)
        self.followed = str(first[1])
        self.others = len(years) - 1
        self.years = sorted({int(year) for year in self.lines["year"]})
        named = self.own.reports[self.own.identity == self.followed].sort_values("year", kind="stable")
        self.names = [str(name) for name in dict.fromkeys(named["agency"])]
        self.agency = name_and_place(self.names[-1], self.followed, named["region"].iloc[-1])

    @property
    def title(self) -> str:
        return self._t(f"{self.agency}：历年政府信息公开", f"{self.agency}: information disclosure over the years")

    def _of(self, code: str) -> pd.DataFrame:
        return self.lines[self.lines["code"] == code]

    @cached_property
    def _indicators(self) -> dict[tuple[str, str], pd.Series]:
        rows = self.own.indicators
        return {(str(row["report_id"]), str(row["code"])): row for _, row in rows.iterrows()}

    def headline(self) -> Section:
        """Return which years there are, and the main figures of the last of them beside those of the year before."""
        if len(self.years) < 2:
            sentence = self._say(
                "语料中只有 {year} 年的报告，看不出变化。",
                "The corpus has its report of {year} only: no change can be told.",
                year=self._year(self.years[0]),
            )
            return Section(self.title, [sentence])
        years = self._t("、", ", ").join(str(year) for year in self.years)
        facts: list[tuple[str, Shown]] = [
            (self._t("年度", "Years"), Quoted(years, "time")),
            (self._t("统计口径", "Scope"), word(self.scope, self.lang)),
        ]
        if len(self.names) > 1:
            facts.insert(0, (self._t("名称", "Names"), Quoted(" → ".join(self.names))))
        before, last = self.years[-2:]
        for code in (*VOLUMES, DEFAULT_DISCLOSURE_RATE):
            name = self._t(f"{self._name(code)}，{before} → {last}", f"{self._name(code)}, {before} → {last}")
            facts.append((name, Words([self._figure(code, before), " → ", self._figure(code, last)])))
        parts: list[object] = [
            self._breaks_note(),
            *self._scope_note(),
            Card(self.title, facts, lang=self.lang),
            self._links(),
        ]
        return Section(self._t("主要变化", "What changed"), parts)

    def _scope_note(self) -> list[Shown]:
        if not self.others:
            return []
        return [
            self._t(
                "同名的还有另一口径（本机关或汇总）或另一地区的报告，与此不能混算，未列入。",
                "Under this name there are also reports of another scope (own or summed up) or place; they cannot be mixed with these.",
            )
        ]

    def _links(self) -> object:
        reports = self.own.reports[(self.own.reports["status"] != "failed") & self.own.reports["year"].notna()]
        first = reports.drop_duplicates("year")
        pages = {int(row.year): f"agency-{int(row.year)}-{row.report_id}.html" for row in first.itertuples()}
        return year_links(self._t("各年度的详情：", "Each year in detail: "), pages, self.lang)

    def _figure(self, code: str, year: int) -> Shown:
        """Return an indicator of a year, or why there is none."""
        found = self._of(code)
        rows = found[found["year"] == year]
        if rows.empty:
            return self._dash("no_report")
        row = rows.iloc[0]
        if row["reason"] == SEVERAL_REPORTS or pd.isna(row["report_id"]):
            return self._dash(SEVERAL_REPORTS)
        shown = follow_indicator(self._indicators[str(row["report_id"]), code], str(row["report_id"]), self.lang)
        return self._near(row, shown)

    def _near(self, row: pd.Series, shown: Shown) -> Shown:
        near = pd.notna(row["exact"]) and not row["exact"] and pd.notna(row["value"])
        return Words(["≈ ", shown]) if near else shown

    def _dash(self, reason: str) -> Shown:
        brackets = ("（", "）") if self.lang == "zh" else (" (", ")")
        return f"{format_number(None)}{brackets[0]}{word(reason, self.lang)}{brackets[1]}"

    def volumes(self) -> Part:
        """Return requests received, handled and carried over as lines."""
        if len(self.years) < 2:
            return NOTHING
        title = self._t("收到和办理多少申请", "How many requests came and were handled")
        return Section(title, self._counts(self._t("各年件数", "Requests by year"), FLOW))

    def _counts(self, caption: str, codes: Sequence[str]) -> list[object]:
        """Return counts as lines, one panel a series; a sentence where no year has a figure."""
        chart = self._chart(caption, {self._short(code): self._of(code) for code in codes})
        return [*chart] or [self._t("各年都没有可以画图的数字。", "There is no figure to draw in any year.")]

    def disputes(self) -> Part:
        """Return reconsiderations and lawsuits as lines, with those that went against the agency."""
        if len(self.years) < 2:
            return NOTHING
        title = self._t("行政复议与行政诉讼", "Reconsideration and litigation")
        codes = ("reconsiderations_total", "reconsiderations_corrected", "litigations_total", "litigations_corrected")
        points = {self._name(code): self._of(code) for code in codes}
        if not any(rows["value"].fillna(0).gt(0).any() for rows in points.values()):
            return Section(
                title, [self._t("各年印出的件数均为零或空白。", "In all years the figures are zero or blank.")]
            )
        parts: list[object] = [*self._chart(self._t("案件（件）", "Cases"), points)]
        rates = [code for code in CORRECTIONS if self._of(code)["value"].notna().any()]
        if rates:
            caption = self._t("结果纠正的比例", "Share decided against the agency")
            parts.append(self._by_year(caption, rates, self._figure))
        return Section(title, parts)

    def rates(self) -> Part:
        """Return the main rates as lines with their intervals, and the same in a table."""
        if len(self.years) < 2:
            return NOTHING
        title = self._t("公开、不予公开与办结的比率", "Rates of disclosure, refusal and completion")
        codes = [code for code in RATES if self._of(code)["value"].notna().any()]
        if not codes:
            return Section(
                title,
                [
                    self._t(
                        "各年都没有比率：没有结果，或有空白。", "There is no rate in any year: no results, or blanks."
                    )
                ],
            )
        points = {self._name(code): self._with_intervals(code) for code in codes}
        note = self._t(
            "竖条为威尔逊 95 % 区间：两年的竖条重叠时，变化可能只是偶然。",
            "Bars are Wilson 95 % intervals: where those of two years overlap, the change may be chance.",
        )
        caption = self._t("各年比率与区间", "Rates by year, with intervals")
        parts = [note, *self._chart(caption, points, shares=True), self._by_year(title, codes, self._figure)]
        tables = set(self.own.cells["table"].unique())
        summary = self._t("口径、含义与依据", "Definitions, meaning and sources")
        return Section(title, [*parts, Folded(summary, self._footnotes(codes, tables))])

    def _with_intervals(self, code: str) -> pd.DataFrame:
        bounds = self.own.indicators.loc[self.own.indicators["code"] == code, [*KEY, "low", "high"]]
        return self._of(code).merge(bounds, on=KEY, how="left")

    def refusals(self) -> Part:
        """Return the grounds of refusal that occur, as lines."""
        if len(self.years) < 2:
            return NOTHING
        title = self._t("不予公开的理由", "Why requests were refused")
        points = {
            self._short(code): self._of(code) for code in REFUSALS if self._of(code)["value"].fillna(0).gt(0).any()
        }
        if not points:
            return Section(
                title, [self._t("各年印出的理由均为零或空白。", "In all years the grounds are zero or blank.")]
            )
        return Section(title, list(self._chart(self._t("不予公开（件）", "Requests refused"), points)))

    def side_by_side(self) -> Part:
        """Return all years side by side: requests, outcomes, grounds of refusal, reviews and lawsuits, as printed."""
        if len(self.years) < 2:
            return NOTHING
        groups = (
            (self._t("申请", "Requests"), FLOW),
            (self._t("办理结果", "Outcomes"), OUTCOMES),
            (self._t("不予公开的理由", "Grounds of refusal"), REFUSALS),
            (self._t("行政复议", "Reconsideration"), RECONSIDERED),
            (self._t("行政诉讼", "Litigation"), LITIGATED),
        )
        note = self._t(
            "数字照印。≈ 表示该年表式只有近似口径；— 表示没有数字，不是零。",
            "Figures as printed. ≈: that year's form has only something near; — means no figure, which is not zero.",
        )
        tables = [self._by_year(caption, codes, self._printed) for caption, codes in groups]
        return Section(self._t("各年度并列", "All years side by side"), [note, *tables])

    def _printed(self, code: str, year: int) -> Traced:
        """Return the figure of a long series in a year, as the sum of its cells."""
        found = self._of(code)
        rows = found[found["year"] == year]
        if rows.empty or pd.isna(rows.iloc[0]["value"]):
            return Traced(format_number(None), None)
        row = rows.iloc[0]
        cells = str(row["cells"])
        trace = {"cells": cells, "report": str(row["report_id"])}
        shown = number(row["value"], trace, name_cells(cells.split(";"), self.lang))
        return shown if row["exact"] else replace(shown, text=f"≈ {shown.text}")
