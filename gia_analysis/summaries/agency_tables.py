"""The parts of an agency's page that show further tables as printed: disputes, and proactive publication."""

from collections.abc import Mapping

from gia_analysis.display import Section
from gia_analysis.forms import get_form
from gia_analysis.summaries.agency_page import AgencyPage
from gia_analysis.traced import Shown, Words

_DISPUTES_OF_2014 = ("reconsiderations", "litigations")
_PROACTIVE_OF_2014 = ("proactive", "normative", "channel")
_LAWSUITS = ("litigation_direct", "litigation_after_review")


class AgencyTables(AgencyPage):
    """What the agency prints beside requests."""

    def disputes(self) -> Section:
        """Return reconsiderations and lawsuits by result."""
        title = self._t("有多少复议和诉讼？", "How many reviews and lawsuits?")
        if self.is_2014:
            cells = {f"{body}_{end}": [f"stats_2014.{body}_{end}.value"] for body in _DISPUTES_OF_2014 for end in _ENDS}
            rows = self._rows_of_2014(_DISPUTES_OF_2014)
            return Section(
                title,
                [
                    self._disputes(cells),
                    self._amount_table(
                        self._t("行政复议与行政诉讼", "Reconsideration and litigation"),
                        self._series("stats_2014", rows, "value"),
                    ),
                ],
            )
        tables = self._printed_tables(["review_litigation"])
        if not tables:
            return Section(title, [self._no_table()])
        cells = {f"reconsiderations_{end}": [f"review_litigation.reconsideration.{end}"] for end in _ENDS}
        cells |= {f"litigations_{end}": self._names("review_litigation", _LAWSUITS, end) for end in _ENDS}
        return Section(title, [self._disputes(cells), *tables])

    def _disputes(self, cells: Mapping[str, list[str]]) -> Shown:
        return self._say(
            "行政复议 {reviews} 件，其中纠正 {reviews_corrected} 件；行政诉讼 {lawsuits} 件，其中纠正 {lawsuits_corrected} 件。",
            "Reconsiderations: {reviews}, corrected: {reviews_corrected}; lawsuits: {lawsuits}, corrected: {lawsuits_corrected}.",
            reviews=self.figures.amount(cells["reconsiderations_total"]),
            reviews_corrected=self.figures.amount(cells["reconsiderations_corrected"]),
            lawsuits=self.figures.amount(cells["litigations_total"]),
            lawsuits_corrected=self.figures.amount(cells["litigations_corrected"]),
        )

    def proactive(self) -> Section:
        """Return what was published without being asked for."""
        title = self._t("主动公开了什么？", "What was published without being asked for?")
        if self.is_2014:
            opening = self._say(
                "主动公开政府信息 {all} 条，其中规范性文件 {documents} 件。",
                "Published: {all}, of them normative documents: {documents}.",
                all=self.figures.amount(["stats_2014.proactive_total.value"]),
                documents=self.figures.amount(["stats_2014.proactive_normative_documents.value"]),
            )
            figures = self._series("stats_2014", self._rows_of_2014(_PROACTIVE_OF_2014), "value")
            return Section(
                title, [opening, self._amount_table(self._t("主动公开情况", "Proactive publication"), figures)]
            )
        tables = self._printed_tables(sorted(table for table in self.tables if table.startswith("art20_")))
        if not tables:
            return Section(title, [self._no_table()])
        return Section(title, [self._published(), *tables])

    def _published(self) -> Shown:
        """Return in a sentence how many documents, licences and penalties the report tells, by its form's last columns."""
        told: list[Shown] = []
        for table, row in (("art20_1", "normative_documents"), ("art20_5", "licensing"), ("art20_6", "penalty")):
            held = self.part.cells[(self.part.cells["table"] == table) & (self.part.cells["row"] == row)]
            if len(held):
                name = f"{table}.{row}.{held['col'].iloc[-1]}"
                head = " · ".join((self._labels(held, "row", short=True)[-1], self._labels(held, "col")[-1]))
                told.append(self._say("{head} {n} 件", "{head}: {n}", head=head, n=self.figures.amount([name])))
        return Words([self._join(told, "；", "; "), self._t("。", ".")]) if told else self._no_table()

    def _rows_of_2014(self, beginnings: tuple[str, ...]) -> list[str]:
        return [row.code for row in get_form("2014").table("stats_2014").rows if row.code.startswith(beginnings)]


_ENDS = ("total", "corrected")
