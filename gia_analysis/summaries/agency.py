"""One agency's report of one year as a reader meets it: what came in, what came out, and whether it can be trusted."""

from gia_analysis.display import Card, Section
from gia_analysis.summaries.agency_evidence import AgencyEvidence
from gia_analysis.summaries.agency_outcomes import AgencyOutcomes
from gia_analysis.summaries.agency_requests import AgencyRequests
from gia_analysis.summaries.agency_standing import AgencyStanding
from gia_analysis.summaries.agency_tables import AgencyTables
from gia_analysis.summaries.agency_texts import AgencyTexts
from gia_analysis.summaries.agency_trust import AgencyTrust
from gia_analysis.summaries.agency_years import AgencyYears
from gia_analysis.traced import Shown, Words


class AgencySummary(
    AgencyRequests, AgencyOutcomes, AgencyStanding, AgencyTrust, AgencyTables, AgencyYears, AgencyTexts, AgencyEvidence
):
    """The parts of an agency's page, each a ``Section``. Its numbers can be followed: see ``gia_analysis.traced``.

    Raises:
        CorpusError: the corpus has no report, or more than one, of this agency and year.
    """

    def headline(self) -> Section:
        """Return the five things a reader asks first, each answered in a sentence; the parts after it say more."""
        answered: Shown = (
            self.answered() if self.outcome_cells is None else Words([self.answered(), self._gap, self.definition()])
        )
        compared: Shown = (
            Words([self.compared_with(), self._gap, self.standing]) if self.has_peers else self.compared_with()
        )
        facts: list[tuple[str, Shown]] = [
            (self._t("收到多少申请", "How many requests"), self.received()),
            (self._t("多少得到信息", "Answered with information"), answered),
            (self._t("与谁相比", "Compared with whom"), compared),
            (self._t("拒绝了什么", "What was refused"), self._refused_in_short()),
            (self._t("数字可信吗", "Can it be trusted"), self.trust()),
        ]
        note = self._t(
            "数字照印，点击可看出处；“—”是没有数字，不是零。",
            "Figures are as printed and lead to where they stood; — means no figure, which is not zero.",
        )
        return Section(self._t("五个问题", "Five questions"), [Card(self.name, facts, lang=self.lang), note])

    @property
    def _gap(self) -> str:
        return self._t("", " ")

    def _refused_in_short(self) -> Shown:
        grounds = self._grounds()
        return self.refused() if not grounds else Words([self.refused(), self._gap, self._leading(grounds["denied"])])
