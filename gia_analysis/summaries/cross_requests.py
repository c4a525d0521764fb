"""The parts of the page over all agencies on requests: how many, what became of them, why refused, and disputes."""

import pandas as pd

from gia_analysis.analysis import get_indicator
from gia_analysis.charts import OUTCOME_COLOURS, bar_chart, stacked_chart
from gia_analysis.display import Section, ShownTable, format_number, show
from gia_analysis.forms import forms, get_form, label
from gia_analysis.schema import KEY
from gia_analysis.summaries.agency_page import values_of
from gia_analysis.summaries.amounts import OUTCOME_NAMES, OUTCOMES, outcome_amounts, outcome_column, outcome_rows
from gia_analysis.summaries.cross_page import MOST_SHOWN, CrossPage
from gia_analysis.summaries.following import name_cells, number
from gia_analysis.traced import Quoted, Shown, Traced

_DISPUTE_COLOURS = {"upheld": "#1d5b8f", "corrected": "#b5452c", "other": "#9aa5b1", "pending": "#d99a4e"}


class CrossRequests(CrossPage):
    """Requests and disputes, agency by agency and over all."""

    def volumes(self) -> Section:
        """Return the requests received by each agency."""
        title = self._t("收到多少申请", "How many requests came")
        rows = self._indicator("request_volume").assign(code="request_volume")
        volume = rows.set_index("name")["value"].sort_values(ascending=False, kind="stable")
        if volume.fillna(0).sum() == 0:
            return Section(
                title,
                [
                    self._t(
                        "没有机关收到申请，或数字均为空白。", "No agency received a request, or all figures are blank."
                    )
                ],
            )
        shown = volume.head(MOST_SHOWN)
        caption = self._t("新收申请（件）", "New requests")
        first = rows.sort_values("value", ascending=False, kind="stable").head(MOST_SHOWN).index
        figures = self._followed("request_volume", first)
        table = show(
            self._by_agency(first, {get_indicator("request_volume").name(self.lang): figures}), caption, index=False
        )
        return Section(title, [bar_chart(caption, shown, self.lang), *self._cut(volume, shown), self._folded(table)])

    def _by_agency(self, keys: pd.MultiIndex, columns: dict[str, list[Shown]]) -> pd.DataFrame:
        names: list[Shown] = [Quoted(str(name)) for name in self.reports.loc[keys, "name"]]
        return pd.DataFrame({self._t("机关", "Agency"): names, **columns}, dtype="object")

    def composition(self) -> Section:
        """Return the outcomes of each agency as shares of all."""
        title = self._t("办理结果构成", "What became of the requests")
        amounts = outcome_amounts(self.cells)
        complete = self._complete(amounts)
        busy = complete[complete.sum(axis=1) > 0]
        if busy.empty:
            return Section(
                title,
                [
                    self._t(
                        "没有可以画图的数字：办理结果为零或有空白。",
                        "There is nothing to draw: results are zero or have blanks.",
                    )
                ],
            )
        busy = (
            busy.assign(size=busy.sum(axis=1)).sort_values("size", ascending=False, kind="stable").drop(columns="size")
        )
        shown = busy.head(MOST_SHOWN)
        named = shown.set_axis(pd.Index([self.reports.loc[key, "name"] for key in shown.index]))
        names = {code: OUTCOME_NAMES[code][self.lang == "en"] for code in OUTCOMES}
        chart = stacked_chart(title, named, names, OUTCOME_COLOURS, self.lang)
        blank = self._count(len(amounts) - len(complete), cells=";".join(_outcome_cells()), where="some_missing")
        note = self._say(
            "{n} 个机关的办理结果有空白，未画入。",
            "Agencies with blanks among their outcomes, not drawn: {n}.",
            n=blank,
        )
        cut = self._cut(busy, shown, cells=";".join(_outcome_cells()), where="sum_above_zero")
        return Section(
            title,
            [chart, *([note] if len(complete) < len(amounts) else []), *cut, self._folded(self._outcome_table(shown))],
        )

    def _complete(self, amounts: pd.DataFrame) -> pd.DataFrame:
        """Return the reports all of whose outcomes are known; an outcome that the form does not have is none."""
        old = self.cells[self.cells["table"] == "stats_2014"]
        on_old = amounts.index.isin(pd.MultiIndex.from_frame(old[KEY].drop_duplicates()))
        filled = amounts.assign(not_processed=amounts["not_processed"].mask(on_old, 0.0))
        return filled[filled.notna().all(axis=1)]

    def _outcome_table(self, shown: pd.DataFrame) -> ShownTable:
        """Return the outcomes of each report, each the sum of its cells."""
        cells = self.cells[self.cells["table"].isin(["requests", "stats_2014"])]
        forms_of = cells.drop_duplicates(KEY).set_index(KEY)[["form", "table"]]
        columns: dict[str, list[Shown]] = {OUTCOME_NAMES[code][self.lang == "en"]: [] for code in OUTCOMES}
        for key, row in shown.iterrows():
            form, code = forms_of.loc[key]
            rows = outcome_rows(get_form(form).table(code))
            for outcome, column in zip(OUTCOMES, columns.values(), strict=True):
                names = [f"{code}.{each}.{outcome_column(code)}" for each in rows.get(outcome, ())]
                trace = {"cells": ";".join(names), "report": str(key[1])}
                nothing = Traced(format_number(None), None)
                column.append(number(row[outcome], trace, name_cells(names, self.lang)) if names else nothing)
        caption = self._t("各机关办理结果（件）", "Outcomes of each agency (requests)")
        return show(self._by_agency(shown.index, columns), caption, index=False)

    def refusals(self) -> Section:
        """Return the grounds of refusal over all agencies, aggregates left out."""
        title = self._t("不予公开的理由", "Why requests were refused")
        codes = get_form("2021").table("requests").rows_of("denied")
        figures = self._own_figures("requests", [(code, "total") for code in codes])
        if figures.empty:
            return Section(title, [self._t("没有机关的报告有这张表。", "No agency's report has this table.")])
        blank = self._blank_note("requests", figures)
        totals = self._totals("requests", figures)
        names = [label("requests", code, self.lang, short=True) for code in codes]
        shown = pd.Series([totals[code, "total"] for code in codes], index=names, dtype="object")
        if values_of(shown).sum() == 0:
            return Section(title, [self._t("印出的各项理由均为零。", "All grounds that are printed are zero."), *blank])
        caption = self._t("不予公开理由合计（件）", "Grounds of refusal, all agencies")
        chart = bar_chart(caption, values_of(shown), self.lang)
        table = show(shown.to_frame(self._t("件数", "Requests")), caption)
        return Section(title, [chart, *blank, self._folded(table)])

    def disputes(self) -> Section:
        """Return reconsiderations and lawsuits by result over all agencies, aggregates left out."""
        title = self._t("行政复议与行政诉讼", "Reconsideration and litigation")
        table = get_form("2021").table("review_litigation")
        figures = self._own_figures(
            table.code, [(row.code, column) for row in table.rows for column in _DISPUTE_COLOURS]
        )
        if figures.empty:
            return Section(title, [self._t("没有机关的报告有这张表。", "No agency's report has this table.")])
        blank = self._blank_note(table.code, figures)
        totals = self._totals(table.code, figures)
        names = {code: label("review_litigation", code, self.lang) for code in _DISPUTE_COLOURS}
        shown = pd.DataFrame(
            [[totals[row.code, column] for column in _DISPUTE_COLOURS] for row in table.rows],
            index=[label(table.code, row.code, self.lang) for row in table.rows],
            columns=list(_DISPUTE_COLOURS),
            dtype="object",
        )
        amounts = shown.apply(values_of)
        if amounts.to_numpy().sum() == 0:
            return Section(title, [self._t("印出的各格均为零。", "All cells that are printed are zero."), *blank])
        chart = stacked_chart(
            self._t("案件结果（件）", "Results (cases)"), amounts, names, _DISPUTE_COLOURS, self.lang, shares=False
        )
        return Section(title, [chart, show(shown.rename(columns=names), title), *blank])


def _outcome_cells() -> list[str]:
    """Return all cells that outcomes are made of, over all forms."""
    tables = [table for form in forms().values() for table in form.tables]
    return list(
        dict.fromkeys(
            f"{table.code}.{row}.{outcome_column(table.code)}"
            for table in tables
            for rows in outcome_rows(table).values()
            for row in rows
        )
    )
