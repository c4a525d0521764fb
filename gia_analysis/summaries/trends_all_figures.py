"""All agencies over the years, continued: how many requests, and what rates."""

import pandas as pd

from gia_analysis.display import Folded, Section, ShownTable, format_number, show
from gia_analysis.summaries.trends_all import AllTrends
from gia_analysis.summaries.trends_lines import by_year, in_every_year, year_to_year
from gia_analysis.summaries.trends_page import NOTHING, RATES, VOLUMES, Part
from gia_analysis.traced import Shown, Traced, Words


class AllTrendFigures(AllTrends):
    """Volumes and rates over all agencies."""

    def volumes(self) -> Part:
        """Return requests and results over the years: sums over a balanced panel, medians, and change from year to year."""
        if len(self.years) < 2:
            return NOTHING
        title = self._t("收到和办理多少申请", "How many requests came and were handled")
        caption = self._t(
            "各年都有数字的机关合计；全部机关的中位数", "Sums over agencies with a figure in every year; medians of all"
        )
        points = {}
        for code in VOLUMES:
            name = self._name(code)
            points[self._t(f"{name}：合计（件）", f"{name}: sum")] = by_year(in_every_year(self._of(code)))
            every = self._yearly(code)
            points[self._t(f"{name}：中位数（件）", f"{name}: median")] = every.assign(value=every["median"])
        parts: list[object] = [self._panel_note(), *self._chart(caption, points)]
        for code in VOLUMES:
            parts += [self._volume_table(code), self._pairs_table(code)]
        return Section(title, parts)

    def _panel_note(self) -> str:
        return self._t(
            "机关逐年增减，全部机关的合计不能直接比较：看变化用“各年都有数字”的固定样本，或相邻两年都有数字的机关。",
            "Agencies come and go, so that sums over all of them cannot be compared. For changes look at the balanced panel "
            "(agencies with a figure in every year), or at agencies with figures in both of two years.",
        )

    def _volume_table(self, code: str) -> ShownTable:
        every, fixed = self._yearly(code), by_year(in_every_year(self._of(code))).set_index("year")
        rows = [row for _, row in every.iterrows()]
        name = self._name(code)
        frame = pd.DataFrame(
            {
                self._t("年度", "Year"): [self._year(int(row["year"])) for row in rows],
                self._t("全部机关合计", "Sum of all"): [
                    self._over(row["value"], "sum", int(row["year"]), code) for row in rows
                ],
                self._t("机关", "Agencies"): [
                    self._over(row["agencies"], "count", int(row["year"]), code, where="known") for row in rows
                ],
                self._t("中位数", "Median"): [
                    self._over(row["median"], "median", int(row["year"]), code) for row in rows
                ],
                self._t("固定样本合计", "Sum of the balanced panel"): [
                    self._panel_sum(fixed, int(row["year"]), code) for row in rows
                ],
                self._t("固定样本机关", "Agencies in the panel"): [
                    self._panel_size(fixed, int(row["year"]), code) for row in rows
                ],
            },
            dtype="object",
        )
        return show(frame, name, *self._near_note(every), index=False)

    def _panel_sum(self, fixed: pd.DataFrame, year: int, code: str) -> Traced:
        if year not in fixed.index:
            return Traced(format_number(None), None)
        row = fixed.loc[year]
        return self._over(row["value"], "sum", year, code, panel="every")

    def _panel_size(self, fixed: pd.DataFrame, year: int, code: str) -> Traced:
        if year not in fixed.index:
            return Traced(format_number(None), None)
        agencies = fixed.loc[year, "agencies"]
        return self._over(agencies, "count", year, code, panel="every")

    def _near_note(self, every: pd.DataFrame) -> list[Shown]:
        near = [int(year) for year in every.loc[~every["exact"], "year"]]
        if not near:
            return []
        years: list[Shown] = []
        for year in near:
            years += [self._t("、", ", ") if years else "", self._year(year)]
        return [
            self._say(
                "{years} 年多数机关用旧表式，只有近似口径。",
                "{years}: most agencies used an older form that has only something near.",
                years=Words(years),
            )
        ]

    def _pairs_table(self, code: str) -> ShownTable:
        rows = [row for _, row in year_to_year(self._of(code)).iterrows()]
        frame = pd.DataFrame(
            {
                self._t("年度", "Year"): [self._year(int(row["year"])) for row in rows],
                self._t("两年可比的机关", "Agencies comparable in both years"): [
                    self._over(row["agencies"], "count", int(row["year"]), code, pair="both") for row in rows
                ],
                self._t("上年合计", "Year before"): [
                    self._over(row["before"], "sum", int(row["year"]), code, pair="before") for row in rows
                ],
                self._t("本年合计", "This year"): [
                    self._over(row["now"], "sum", int(row["year"]), code, pair="now") for row in rows
                ],
                self._t("变化", "Change"): [self._grown(row, code) for row in rows],
            },
            dtype="object",
        )
        caption = self._t(f"{self._name(code)}，与上年相比", f"{self._name(code)}, against the year before")
        note = self._t(
            "口径改变的年份没有可比的机关，不列。",
            "Years in which the definition changed have no agencies that can be compared, and are left out.",
        )
        return show(frame, caption, note, index=False)

    def rates(self) -> Part:
        """Return the main rates over the years: all cases of all agencies together, with intervals."""
        if len(self.years) < 2:
            return NOTHING
        title = self._t("公开、不予公开与办结的比率", "Rates of disclosure, refusal and completion")
        note = self._t(
            "每个比率是全部机关的分子之和除以分母之和，大机关权重大；竖条为 95 % 区间，只反映件数多少，不反映机关之间的差别。",
            "Each rate is the sum of all numerators by the sum of all denominators: busy agencies weigh more. Bars are 95 % "
            "intervals; they tell of the number of cases, not of differences between agencies.",
        )
        chart = self._rates_chart(self._t("合并计算的比率", "Rates of all together"), RATES)
        return Section(title, [note, *chart, self._rates_table(title, RATES), self._definitions()])

    def _rates_chart(self, caption: str, codes: tuple[str, ...]) -> list[object]:
        points = {self._name(code): self._yearly(code) for code in codes}
        return list(self._chart(caption, points, shares=True))

    def _rates_table(self, caption: str, codes: tuple[str, ...]) -> ShownTable:
        """Return pooled rates with their intervals and the agencies behind them: a row a year, a column a rate."""
        found = {code: self._yearly(code).set_index("year", drop=False) for code in codes}

        def rate(code: str, year: int) -> Shown:
            rows = found[code]
            return self._rate(rows.loc[year], code) if year in rows.index else Traced(format_number(None), None)

        note = self._t(
            "括号内为 95 % 区间，“·”后为机关数。", "In brackets 95 % intervals, behind the dot the number of agencies."
        )
        return self._by_year(caption, codes, rate, note)

    def _definitions(self) -> Folded:
        tables = set(self.corpus.cells["table"].unique())
        return Folded(self._t("口径、含义与依据", "Definitions, meaning and sources"), self._footnotes(RATES, tables))
