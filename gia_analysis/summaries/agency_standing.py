"""The parts of an agency's page that set it beside others, and beside its own years."""

import pandas as pd

from gia_analysis.analysis import DEFAULT_DISCLOSURE_RATE, get_indicator, indicator_series
from gia_analysis.analysis.agency_years import SEVERAL_REPORTS
from gia_analysis.charts import interval_chart, line_chart
from gia_analysis.display import Section, ShownTable, format_number, show
from gia_analysis.summaries.agency_page import AgencyPage
from gia_analysis.summaries.following import follow_indicator, mark_corrected, over
from gia_analysis.traced import Quoted, Shown, Words
from gia_analysis.wording import word

_MOST_PEERS = 20
_OVER_YEARS = ("request_volume", "results", DEFAULT_DISCLOSURE_RATE)


class AgencyStanding(AgencyPage):
    """How the agency stands among others of the year, and among its own years."""

    def comparison(self) -> Section:
        """Return how the agency stands among all of the corpus in the same year."""
        rate = get_indicator(DEFAULT_DISCLOSURE_RATE)
        reports = self.corpus.reports
        same_year = reports[(reports["year"] == self.year) & (reports["status"] != "failed")]
        named = same_year[["source", "report_id", "agency"]]
        every = self.corpus.indicators.merge(named, on=["source", "report_id"])
        parts: list[object] = [self._volumes(every, len(same_year))]
        rates = every[(every["code"] == rate.code) & every["value"].notna()].set_index("agency")
        if rates.empty:
            parts.append(self._t("没有可以比较的公开率。", "There is no disclosure rate to compare."))
            return Section(self._t("与其他机关比较", "Compared with other agencies"), parts)
        shown = self._nearest(rates)
        name = rate.name(self.lang)
        parts.append(interval_chart(name, shown, self.lang, highlighted=self.agency))
        many = over(len(rates), "count", len(same_year), "year", self.lang, indicator=rate.code, where="known")
        nearest = self._t("图中为名次在本机关前后的机关。", "Shown are those around this one. ")
        parts.append(
            self._say(
                "可计算公开率的有 {many} 个机关。{nearest}区间重叠的机关不能排出先后。",
                "{many} agencies have a rate. {nearest}Where intervals overlap, no order can be told.",
                many=many,
                nearest=nearest if len(shown) < len(rates) else "",
            )
        )
        parts.append(self._folded(self._rate_table(name, shown)))
        return Section(self._t("与其他机关比较", "Compared with other agencies"), parts)

    def _volumes(self, every: pd.DataFrame, reports: int) -> Shown:
        volume = every[(every["code"] == "request_volume") & every["value"].notna()]
        middle: Shown = format_number(None)
        if len(volume):
            median = over(
                volume["value"].median(), "median", len(volume), "year", self.lang, indicator="request_volume"
            )
            middle = mark_corrected(median, volume, self.lang)
        return self._say(
            "同年度共 {all} 个机关，其中 {told} 个报告了新收申请数，中位数 {median} 件；本机关 {own}。",
            "{all} agencies reported for the year, {told} of them the number of new requests: "
            "median {median}, this agency {own}.",
            all=over(reports, "count", reports, "year", self.lang),
            told=over(len(volume), "count", reports, "year", self.lang, indicator="request_volume", where="known"),
            median=middle,
            own=self._indicator("request_volume"),
        )

    def _rate_table(self, caption: str, rates: pd.DataFrame) -> ShownTable:
        frame = pd.DataFrame(
            {
                self._t("机关", "Agency"): [Quoted(str(agency)) for agency in rates.index],
                self._t("公开率及 95 % 区间", "Rate and 95 % interval"): [
                    follow_indicator(row, row["report_id"], self.lang) for _, row in rates.iterrows()
                ],
            },
            dtype="object",
        )
        return show(frame, caption, index=False)

    def _nearest(self, rates: pd.DataFrame) -> pd.DataFrame:
        """Return at most twenty agencies in the order of their rates, those around this one."""
        ordered = rates.sort_values(["value", "denominator"], ascending=False, kind="stable")
        names = list(ordered.index)
        middle = names.index(self.agency) if self.agency in names else 0
        start = max(0, min(middle - _MOST_PEERS // 2, len(names) - _MOST_PEERS))
        return ordered.iloc[start : start + _MOST_PEERS]

    def years(self) -> Section:
        """Return the agency's figures over the years of the corpus; where the form changed they cannot be compared."""
        title = self._t("历年变化", "Over the years")
        own = self.own
        series = indicator_series(own.indicators[own.indicators["code"].isin(_OVER_YEARS)], own.reports)
        scope = series.loc[series["report_id"] == self.report_id, "scope"]
        series = series[series["scope"] == (scope.iloc[0] if len(scope) else "own")]
        if series["year"].nunique() < 2:
            return Section(
                title, [self._t("语料中只有一个年度的报告。", "The corpus has its report of one year only.")]
            )
        parts: list[object] = [
            self._t(
                "虚线处表式改变，前后数字口径不同，不能直接比较。",
                "At a dotted line the form changed: figures before and after it count differently and cannot be compared.",
            )
        ]
        counts = series[(series["code"] != DEFAULT_DISCLOSURE_RATE) & series["value"].notna()]
        if len(counts):
            named = counts.assign(name=[get_indicator(code).name(self.lang) for code in counts["code"]])
            caption = self._t("新收申请与办理结果（件）", "New requests and results")
            parts.append(line_chart(caption, named, self.lang, unit=self._t("件", "")))
        rates = series[series["code"] == DEFAULT_DISCLOSURE_RATE]
        if rates["value"].notna().any():
            caption = get_indicator(DEFAULT_DISCLOSURE_RATE).name(self.lang)
            parts.append(line_chart(caption, rates, self.lang, shares=True))
        parts.append(self._year_table(series, own.indicators))
        return Section(title, parts)

    def _year_table(self, series: pd.DataFrame, indicators: pd.DataFrame) -> ShownTable:
        wanted = indicators[indicators["code"].isin(_OVER_YEARS)]
        rows = {(row["report_id"], row["code"]): row for _, row in wanted.iterrows()}

        def shown(row: pd.Series) -> Shown:
            if row["reason"] == SEVERAL_REPORTS:
                return f"— {word(SEVERAL_REPORTS, self.lang)}"
            figure = follow_indicator(rows[row["report_id"], row["code"]], row["report_id"], self.lang)
            near = pd.notna(row["exact"]) and not row["exact"] and pd.notna(row["value"])
            return Words(["≈ ", figure]) if near else figure

        by_year = {(int(row["year"]), str(row["code"])): shown(row) for _, row in series.iterrows()}
        years = sorted({year for year, _ in by_year})
        columns = {
            get_indicator(code).name(self.lang): [by_year.get((year, code), format_number(None)) for year in years]
            for code in _OVER_YEARS
        }
        forms = series.drop_duplicates("year").set_index("year")["form"].reindex(years).fillna("")
        frame = pd.DataFrame(
            {
                self._t("年度", "Year"): [Quoted(str(year), "time") for year in years],
                self._t("表式", "Form"): [Quoted(str(form), "code") for form in forms],
                **columns,
            },
            dtype="object",
        )
        note = self._t("≈ 表示该年表式只有近似口径。", "≈ means that the form of the year has only something near.")
        near = series["exact"].eq(False).fillna(False).any()
        return show(frame, self._t("各年度数字", "Figures by year"), *([note] if near else []), index=False)
