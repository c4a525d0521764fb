"""The parts of an agency's page on requests: what came in, what came out, why it was refused, and who asked."""

from collections.abc import Sequence

import pandas as pd

from gia_analysis.analysis import get_indicator
from gia_analysis.charts import OUTCOME_COLOURS
from gia_analysis.display import Folded, Section, ShownTable, show
from gia_analysis.forms import get_form, label
from gia_analysis.summaries.agency_page import AgencyPage, values_of
from gia_analysis.summaries.amounts import OUTCOME_NAMES, OUTCOMES, outcome_column, outcome_rows
from gia_analysis.summaries.following import follow_indicator
from gia_analysis.summaries.footnotes import footnotes
from gia_analysis.traced import Quoted, Shown

_RATES = (
    "disclosure_rate_broad", "disclosure_rate_full", "disclosure_rate_merits", "disclosure_rate_answerable",
    "disclosure_rate_without_other",
)  # fmt: skip


class AgencyRequests(AgencyPage):
    """What was asked of the agency and what came of it."""

    def outcomes(self) -> Section:
        """Return the way from requests to outcomes, with the disclosure rates by their definitions."""
        title = self._t("从收到申请到办理结果", "From requests to outcomes")
        figures = self._outcomes()
        if figures is None:
            return Section(title, [self._no_table()])
        caption = self._t("办理结果（件）", "Outcomes (requests)")
        bars = self._bars(caption, figures, [OUTCOME_COLOURS[code] for code in OUTCOMES])
        below = [] if isinstance(bars, str) else [self._folded(self._amount_table(caption, figures))]
        notes = footnotes(_RATES, set(self.part.cells["table"]), self.lang)
        rates = [self._rates(), Folded(self._t("口径、含义与依据", "Definitions, meaning and sources"), notes)]
        return Section(title, [self._flow(), self._flow_table(), bars, *below, *self._printed_outcomes(), *rates])

    def _outcomes(self) -> pd.Series | None:
        """Return the amount of each outcome, by its name; None where the report has no table of them."""
        held = self.part.cells[self.part.cells["table"] == ("stats_2014" if self.is_2014 else "requests")]
        if held.empty:
            return None
        first = held.iloc[0]
        table = get_form(str(first["form"])).table(str(first["table"]))
        rows, column = outcome_rows(table), outcome_column(table.code)
        names = [OUTCOME_NAMES[code][self.lang == "en"] for code in OUTCOMES]
        sums = [self.figures.total(self._names(table.code, rows.get(code, ()), column)) for code in OUTCOMES]
        return pd.Series(sums, index=names, dtype="object")

    def _printed_outcomes(self) -> list[object]:
        """Return the outcomes that are printed with a figure other than zero, and how many are blank."""
        cells = self.part.cells
        if self.is_2014:
            outcomes = cells[cells["row"].str.startswith("reply_")]
        else:
            table = get_form(str(cells.loc[cells["table"] == "requests", "form"].iloc[0])).table("requests")
            leaves = [row for row in table.rows_of("results") if row != "results_total"]
            outcomes = cells[(cells["table"] == "requests") & cells["row"].isin(leaves) & (cells["col"] == "total")]
        printed = outcomes[outcomes["value"].fillna(0).ne(0)]
        blank = int(outcomes["value"].isna().sum())
        where = f"table={outcomes['table'].iloc[0]};row={','.join(outcomes['row'])};col={outcomes['col'].iloc[0]}"
        count = self.figures.count(blank, f"{where};value=missing")
        note: list[object] = [self._say("另有 {n} 项空白。", "Outcomes left blank: {n}.", n=count)] if blank else []
        if printed.empty:
            return note
        shown = [self.figures.cell(row.table, row.row, row.col) for row in printed.itertuples()]
        frame = pd.DataFrame({self._t("件数", "Requests"): shown}, index=self._labels(printed, "row", short=True))
        caption = self._t("印出的办理结果（非零）", "Outcomes printed, other than zero")
        return [show(frame, caption), *note]

    def _flow(self) -> Shown:
        if self.is_2014:
            return self._say(
                "本报告使用 {form} 年表式，各类答复按大致对应关系归并。",
                "This report uses the form of {form}; its kinds of reply are grouped as they roughly correspond.",
                form=Quoted("2014", "time"),
            )
        return self._t(
            "本年新收与上年结转之和，应等于本年办理结果总计与结转下年度之和。",
            "New requests and those carried in must equal results and those carried out.",
        )

    def _flow_table(self) -> ShownTable:
        if self.is_2014:
            table, column = "stats_2014", "value"
            rows = ["requests_received", "requests_concluded", "replies_total"]
        else:
            table, column = "requests", "total"
            rows = ["new_received", "carried_in", "results_total", "carried_out"]
        frame = pd.DataFrame(
            {self._t("件数", "Requests"): [self.figures.cell(table, row, column) for row in rows]},
            index=[label(table, row, self.lang) for row in rows],
            dtype="object",
        )
        return show(frame, self._t("申请的收到与办理", "Requests received and handled"), *self._blank_note(frame))

    def _rates(self) -> ShownTable:
        rows = self.indicators.loc[list(_RATES)]
        columns: dict[str, Sequence[Shown]] = {
            self._t("口径", "Definition"): [get_indicator(code).name(self.lang) for code in rows.index],
            self._t("公开率及 95 % 区间", "Rate and 95 % interval"): self._described(rows),
        }
        if rows["reason"].eq("blank").any():
            zero = self.part.indicators_with("zero").set_index("code", drop=False).loc[list(_RATES)]
            columns[self._t("若空白视为零", "If blanks were zero")] = self._described(zero)
        return show(
            pd.DataFrame(columns, dtype="object"),
            self._t("同一数字、不同口径的公开率", "Disclosure rates of the same figures, by definition"),
            index=False,
        )

    def _described(self, rows: pd.DataFrame) -> list[Shown]:
        return [follow_indicator(row, self.report_id, self.lang) for _, row in rows.iterrows()]

    def refusals(self) -> Section:
        """Return the grounds on which requests were refused, and the reasons for the other outcomes."""
        title = self._t("不予公开的理由", "Why requests were refused")
        if self.is_2014:
            table, column = "stats_2014", "value"
            codes: Sequence[str] = [
                row.code for row in get_form("2014").table(table).rows if row.code.startswith("denied_")
            ]
        else:
            table, column = "requests", "total"
            codes = get_form("2021").table(table).rows_of("denied")
        figures = self._series(table, codes, column)
        values = values_of(figures)
        if values.isna().all():
            return Section(
                title, [self._t("各项理由均为空白或没有该表。", "All grounds are blank, or there is no such table.")]
            )
        if values.fillna(0).sum() == 0:
            return Section(title, [self._no_refusal(table, codes, column, values)])
        return Section(
            title,
            [
                self._bars(self._t("不予公开理由（件）", "Grounds of refusal (requests)"), figures),
                self._amount_table(title, figures),
            ],
        )

    def _no_refusal(self, table: str, codes: Sequence[str], column: str, values: pd.Series) -> Shown:
        blank = int(values.isna().sum())
        if not blank:
            return self._t(
                "没有不予公开的申请，各项均印为零。", "No request was refused: every ground is printed as zero."
            )
        where = f"table={table};row={','.join(codes)};col={column};value=missing"
        return self._say(
            "印出的各项均为零；另有 {n} 项空白，不能视为零。",
            "All grounds printed are zero; {n} are blank, which is not zero.",
            n=self.figures.count(blank, where),
        )

    def applicants(self) -> Section:
        """Return who asked."""
        title = self._t("谁在申请", "Who asked")
        if self.is_2014:
            codes = ("received_in_person", "received_fax", "received_online", "received_letter")
            figures = self._series("stats_2014", codes, "value")
            title = self._t("申请的方式", "How requests came")
        elif not self.part.cells["table"].eq("requests").any():
            return Section(title, [self._no_table()])
        else:
            columns = [column.code for column in get_form("2021").table("requests").columns if column.code != "total"]
            names = [label("requests", code, self.lang, short=True) for code in columns]
            shown = [self.figures.cell("requests", "new_received", code) for code in columns]
            figures = pd.Series(shown, index=names, dtype="object")
        values = values_of(figures)
        if values.isna().all():
            return Section(title, [self._t("各栏均为空白。", "All columns are blank.")])
        if values.fillna(0).sum() == 0:
            return Section(title, [self._t("没有新收申请。", "No new request was received.")])
        return Section(
            title, [self._bars(self._t("新收申请（件）", "New requests"), figures), self._amount_table(title, figures)]
        )
