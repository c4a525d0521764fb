"""The parts of an agency's page on what came in: how many requests, what became of them all, and who asked."""

import pandas as pd

from gia_analysis.charts import OUTCOME_COLOURS, PENDING_COLOUR, Chart, Stream, bar_chart, flow_chart, multiples_chart
from gia_analysis.display import Folded, Section, ShownTable, show
from gia_analysis.forms import get_form, label
from gia_analysis.summaries.agency_page import AgencyPage, values_of
from gia_analysis.summaries.amounts import OUTCOME_NAMES
from gia_analysis.traced import Quoted, Shown, Words

_WAYS_OF_2014 = ("received_in_person", "received_fax", "received_online", "received_letter")
_NEW, _CARRIED_IN, _CARRIED_OUT = (f"requests.{row}.total" for row in ("new_received", "carried_in", "carried_out"))
_RECEIVED_2014, _REPLIES_2014 = (f"stats_2014.{row}.value" for row in ("requests_received", "replies_total"))
_PENDING = ("结转下年度", "Carried out")


class AgencyRequests(AgencyPage):
    """What was asked of the agency."""

    def requests(self) -> Section:
        """Return how many requests came, and the way of all of them from requests to outcomes."""
        title = self._t("收到了多少申请？", "How many requests came?")
        if self.outcome_cells is None:
            return Section(title, [self._no_table()])
        parts: list[object] = [Words([self.received(), *self._of_2014()])]
        chart = self._flow()
        if chart is None:
            nothing = self._t(
                "没有可以画图的数字：各项为零或空白。", "There is nothing to draw: all figures are zero or blank."
            )
            return Section(title, [*parts, nothing, self._flow_table()])
        table = Folded(self._t("图中数字", "Figures of the chart"), self._flow_table())
        return Section(title, [*parts, chart, *self._reading(), table, *self._whole_table()])

    def received(self) -> Shown:
        """Return in a sentence how many requests came and how many were to be handled."""
        return Words([self._as_printed(), *self._corrected("request_volume", "workload")])

    def _as_printed(self) -> Shown:
        if self.is_2014:
            return self._say(
                "本年收到申请 {came} 件，答复 {replies} 次。",
                "{came} requests were received and {replies} replies given.",
                came=self.figures.amount([_RECEIVED_2014]),
                replies=self.figures.amount([_REPLIES_2014]),
            )
        if self.outcome_cells is None:
            return self._no_table()
        came = self.figures.amount([_NEW])
        if not self.figures.known([_CARRIED_IN]):
            return self._say(
                "本年新收申请 {came} 件；上年结转多少没有填明：{carried}，不能当作零。",
                "New requests: {came}. How many were carried in from last year is not told: {carried}, which is not zero.",
                came=came,
                carried=self.figures.missing([_CARRIED_IN]),
            )
        return self._say(
            "本年新收申请 {came} 件，上年结转 {carried} 件，应办理 {all} 件。",
            "New requests: {came}; carried in from last year: {carried}; to be handled: {all}.",
            came=came,
            carried=self.figures.amount([_CARRIED_IN]),
            all=self.figures.amount([_NEW, _CARRIED_IN]),
        )

    def _of_2014(self) -> list[Shown]:
        if not self.is_2014:
            return []
        return [
            self._t("", " "),
            self._say(
                "本报告使用 {form} 年表式，各类答复按大致对应关系归并；一件申请可以有多次答复。",
                "This report uses the form of {form}; its kinds of reply are grouped as they roughly correspond, and a request "
                "may have had several replies.",
                form=Quoted("2014", "time"),
            ),
        ]

    def _stream(self, name: tuple[str, str], cells: list[str], colour: str) -> Stream:
        known = self.figures.known(cells)
        value = self.figures.total(known).value if known else None
        complete = len(known) == len(cells)
        return Stream(
            self._t(*name),
            value if complete or value else None,
            colour,
            at_least=not complete,
            why=self.figures.why(cells),
        )

    def _flow(self) -> Chart | None:
        outcomes = [
            self._stream(OUTCOME_NAMES[code], cells, OUTCOME_COLOURS[code])
            for code, cells in (self.outcome_cells or {}).items()
        ]
        if self.is_2014:
            sources = [self._stream(("答复", "Replies"), [_REPLIES_2014], PENDING_COLOUR)]
        else:
            sources = [
                self._stream(("本年新收", "New requests"), [_NEW], "#a9bfd3"),
                self._stream(("上年结转", "Carried in"), [_CARRIED_IN], PENDING_COLOUR),
            ]
            outcomes.append(self._stream(_PENDING, [_CARRIED_OUT], PENDING_COLOUR))
        self._streams = [*sources, *outcomes]
        if not any(each.known for each in self._streams):
            return None
        title = self._t("从收到申请到办理结果（件）", "From requests to outcomes (requests)")
        whole = self._t("答复", "Replies") if self.is_2014 else self._t("应办理", "To be handled")
        return flow_chart(title, sources, outcomes, whole, self.lang)

    def _reading(self) -> list[Shown]:
        """Return how the chart is to be read where something in it is open."""
        if all(not each.is_blank and not each.at_least for each in self._streams):
            return []
        return [
            self._t(
                "虚线框是报告没有填明的部分：空白不是零。",
                "A dashed frame stands for what the report does not tell: blank is not zero.",
            )
        ]

    def _flow_table(self) -> ShownTable:
        table, column = ("stats_2014", "value") if self.is_2014 else ("requests", "total")
        first = (
            ["requests_received", "requests_concluded", "replies_total"]
            if self.is_2014
            else ["new_received", "carried_in"]
        )
        last = [] if self.is_2014 else ["results_total", "carried_out"]
        rows: dict[str, Shown] = {label(table, row, self.lang): self.figures.cell(table, row, column) for row in first}
        for code, cells in (self.outcome_cells or {}).items():
            rows["· " + self._t(*OUTCOME_NAMES[code])] = self.figures.amount(cells)
        rows |= {label(table, row, self.lang): self.figures.cell(table, row, column) for row in last}
        frame = pd.DataFrame({self._t("件数", "Requests"): list(rows.values())}, index=list(rows), dtype="object")
        caption = self._t("申请的收到与办理", "Requests received and handled")
        return show(frame, caption, *self._blank_note(frame[frame.columns[0]]))

    def _whole_table(self) -> list[object]:
        """Return the table of requests as printed, with all kinds of applicants."""
        opening = self._t("原表全部行列（照印）", "The whole table as printed")
        return [Folded(opening, table) for table in self._printed_tables(["requests"])]

    def applicants(self) -> Section:
        """Return who asked, and what each kind of applicant got."""
        if self.is_2014:
            return self._ways_of_2014()
        title = self._t("谁在申请？", "Who asked?")
        if self.outcome_cells is None:
            return Section(title, [self._no_table()])
        columns = [column.code for column in get_form("2021").table("requests").columns if column.code != "total"]
        names = [label("requests", code, self.lang, short=True) for code in columns]
        shown = [self.figures.cell("requests", "new_received", code) for code in columns]
        values = values_of(pd.Series(shown))
        if values.isna().all():
            return Section(title, [self._t("各栏均为空白。", "All columns are blank.")])
        if values.fillna(0).sum() == 0:
            return Section(title, [self._t("没有新收申请。", "No new request was received.")])
        organisations = self.figures.amount([f"requests.new_received.{code}" for code in columns[1:]])
        opening = self._say(
            "新收申请中，自然人 {people} 件，法人或其他组织 {others} 件。",
            "Of the new requests, natural persons made {people}, legal persons and other organisations {others}.",
            people=self.figures.amount(["requests.new_received.natural_person"]),
            others=organisations,
        )
        caption = self._t("新收申请，按申请人", "New requests by applicant")
        table = self._amount_table(caption, pd.Series(shown, index=names, dtype="object"))
        return Section(title, [opening, self._by_applicant(columns, names), self._folded(table)])

    def _by_applicant(self, columns: list[str], names: list[str]) -> Chart:
        """Return what each kind of applicant got, or where that is not told, how many requests each made."""
        parts = {
            self._t(*OUTCOME_NAMES[code]): [self._known_sum(cells, column) for column in columns]
            for code, cells in (self.outcome_cells or {}).items()
        }
        amounts = pd.DataFrame(parts, index=names, dtype="float64").T
        if not amounts.fillna(0).to_numpy().any():
            made = pd.Series([self.figures.value("requests", "new_received", code) for code in columns], index=names)
            return bar_chart(self._t("新收申请（件）", "New requests"), made.astype("float64"), self.lang)
        colours = {self._t(*OUTCOME_NAMES[code]): colour for code, colour in OUTCOME_COLOURS.items()}
        return multiples_chart(
            self._t("各类申请人得到的结果（件，只含印出的数字）", "What each kind of applicant got (requests, as printed)"),
            amounts, self.lang, colours=colours,
        )  # fmt: skip

    def _known_sum(self, cells: list[str], column: str) -> float | None:
        """Return the sum of an outcome's printed cells in another column; none where nothing or only zeros beside blanks."""
        names = [f"{name.rpartition('.')[0]}.{column}" for name in cells]
        known = self.figures.known(names)
        total = self.figures.total(known).value if known else None
        return total if total or len(known) == len(names) else None

    def _ways_of_2014(self) -> Section:
        title = self._t("申请是怎样提出的？", "How did requests come?")
        figures = self._series("stats_2014", _WAYS_OF_2014, "value")
        values = values_of(figures)
        if values.isna().all():
            return Section(title, [self._t("各栏均为空白。", "All columns are blank.")])
        if values.fillna(0).sum() == 0:
            return Section(title, [self._t("没有收到申请。", "No request was received.")])
        opening = self._say(
            "通过网络提出的有 {online} 件，当面提出的有 {in_person} 件。",
            "{online} came online, {in_person} in person.",
            online=self.figures.amount(["stats_2014.received_online.value"]),
            in_person=self.figures.amount(["stats_2014.received_in_person.value"]),
        )
        chart = bar_chart(self._t("收到申请（件）", "Requests received"), values, self.lang)
        return Section(
            title,
            [opening, chart, self._folded(self._amount_table(self._t("收到申请，按方式", "Requests by way"), figures))],
        )
