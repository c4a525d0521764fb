"""The parts of an agency's page that show further tables as printed: disputes, and proactive publication."""

from gia_analysis.display import Section
from gia_analysis.forms import get_form
from gia_analysis.summaries.agency_page import AgencyPage

_DISPUTES_OF_2014 = ("reconsiderations", "litigations")
_PROACTIVE_OF_2014 = ("proactive", "normative", "channel")


class AgencyTables(AgencyPage):
    """What the agency prints beside requests."""

    def disputes(self) -> Section:
        """Return reconsiderations and lawsuits by result."""
        title = self._t("行政复议与行政诉讼", "Reconsideration and litigation")
        if self.is_2014:
            return self._rows_of_2014(title, _DISPUTES_OF_2014)
        return Section(title, self._printed_tables(["review_litigation"]) or [self._no_table()])

    def proactive(self) -> Section:
        """Return what was published without being asked for."""
        title = self._t("主动公开", "Proactive publication")
        if self.is_2014:
            return self._rows_of_2014(title, _PROACTIVE_OF_2014)
        codes = sorted({table for table in self.part.cells["table"] if table.startswith("art20_")})
        return Section(title, self._printed_tables(codes) or [self._no_table()])

    def _rows_of_2014(self, title: str, beginnings: tuple[str, ...]) -> Section:
        rows = [row.code for row in get_form("2014").table("stats_2014").rows if row.code.startswith(beginnings)]
        return Section(title, [self._amount_table(title, self._series("stats_2014", rows, "value"))])
