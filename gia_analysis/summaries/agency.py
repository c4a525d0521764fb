"""One agency's report of one year as a reader meets it: what came in, what came out, and whether it can be trusted."""

from gia_analysis.analysis import DEFAULT_DISCLOSURE_RATE, get_indicator
from gia_analysis.display import Card, Section
from gia_analysis.report_card import HEADLINES
from gia_analysis.summaries.agency_evidence import AgencyEvidence
from gia_analysis.summaries.agency_requests import AgencyRequests
from gia_analysis.summaries.agency_standing import AgencyStanding
from gia_analysis.summaries.agency_tables import AgencyTables
from gia_analysis.summaries.agency_texts import AgencyTexts
from gia_analysis.summaries.following import FAILS
from gia_analysis.traced import Quoted, Shown
from gia_analysis.wording import word


class AgencySummary(AgencyRequests, AgencyTables, AgencyTexts, AgencyStanding, AgencyEvidence):
    """The parts of an agency's page, each a ``Section``. Its numbers can be followed: see ``gia_analysis.traced``.

    Raises:
        CorpusError: the corpus has no report, or more than one, of this agency and year.
    """

    def headline(self) -> Section:
        """Return the first figures a reader asks for, and in one sentence whether they can be trusted."""
        facts = [(get_indicator(code).name(self.lang), self._indicator(code)) for code in HEADLINES]
        rate = get_indicator(DEFAULT_DISCLOSURE_RATE)
        note = self._say(
            "“{name}”的依据：{source}。括号内为威尔逊 95 % 置信区间；空白不等于零。",
            "'{name}' follows {source}. In brackets the Wilson 95 % interval. Blank is not zero.",
            name=rate.name(self.lang),
            source=Quoted(rate.origin(self.lang), "cite"),
        )
        card = Card(self.agency, facts, lang=self.lang)
        return Section(self._t("主要数字", "Headline figures"), [self._trust(), card, note])

    def _trust(self) -> Shown:
        hard = int((self.part.findings["severity"] == "hard").sum())
        soft = len(self.part.findings) - hard
        failing = self._say("有 {n} 处不成立", "{n} fail", n=self.figures.checks(hard, f"{FAILS};severity=hard"))
        return self._say(
            "报告{status}；应当成立的核验{holds}，另有 {soft} 处提示。",
            "The report was {status}; checks that must hold: {holds}; further remarks: {soft}.",
            status=word(self.report["status"], self.lang),
            holds=failing if hard else self._t("全部成立", "all hold"),
            soft=self.figures.checks(soft, f"{FAILS};severity=soft,info"),
        )
