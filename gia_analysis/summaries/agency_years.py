"""The part of an agency's page that sets it beside its own years, in short."""

import pandas as pd

from gia_analysis.analysis import DEFAULT_DISCLOSURE_RATE, get_indicator, indicator_series
from gia_analysis.analysis.agency_years import SEVERAL_REPORTS
from gia_analysis.charts import line_chart
from gia_analysis.display import Section, ShownTable, format_number, show
from gia_analysis.summaries.agency_page import AgencyPage
from gia_analysis.summaries.following import follow_indicator
from gia_analysis.traced import Quoted, Shown, Words
from gia_analysis.wording import word

_OVER_YEARS = ("request_volume", "results", DEFAULT_DISCLOSURE_RATE)


class AgencyYears(AgencyPage):
    """How the agency's figures went over the years."""

    def years(self) -> Section:
        """Return the agency's figures over the years of the corpus; where the form changed they cannot be compared."""
        title = self._t("历年怎样变化？", "How did it go over the years?")
        only = self._t("语料中只有一个年度的报告。", "The corpus has its report of one year only.")
        own = self.own.reports
        if own["year"].nunique() < 2:
            return Section(title, [only])
        wanted = self.own.indicators[self.own.indicators["code"].isin(_OVER_YEARS)]
        series = indicator_series(wanted, own, self.corpus.aliases)
        scope = series.loc[series["report_id"] == self.report_id, "scope"]
        series = series[series["scope"] == (scope.iloc[0] if len(scope) else "own")]
        if series["year"].nunique() < 2:
            return Section(title, [only])
        opening = self._t(
            "各年度的主要数字如下。虚线处表式改变，前后数字口径不同，不能直接比较。",
            "The main figures of each year. At a dotted line the form changed: figures before and after it count differently "
            "and cannot be compared.",
        )
        parts: list[object] = [opening]
        counts = series[(series["code"] != DEFAULT_DISCLOSURE_RATE) & series["value"].notna()]
        if len(counts):
            named = counts.assign(name=[get_indicator(code).name(self.lang) for code in counts["code"]])
            caption = self._t("新收申请与办理结果（件）", "New requests and results")
            parts.append(line_chart(caption, named, self.lang, unit=self._t("件", "")))
        return Section(title, [*parts, self._year_table(series, wanted)])

    def _year_table(self, series: pd.DataFrame, indicators: pd.DataFrame) -> ShownTable:
        rows = {(row["report_id"], row["code"]): row for _, row in indicators.iterrows()}

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
