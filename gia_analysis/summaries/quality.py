"""The whole corpus, all years: what was read, what contradicts itself, and what an office can mend."""

from gia_analysis.analysis import DEFAULT_DISCLOSURE_RATE
from gia_analysis.display import Card, Section
from gia_analysis.schema import KEY
from gia_analysis.summaries.following import FAILS
from gia_analysis.summaries.quality_blanks import QualityBlanks
from gia_analysis.summaries.quality_cells import QualityCells
from gia_analysis.summaries.quality_checks import QualityChecks
from gia_analysis.summaries.quality_rates import QualityRates
from gia_analysis.summaries.quality_reading import QualityReading
from gia_analysis.traced import Quoted, Shown, Words


class QualitySummary(QualityReading, QualityChecks, QualityBlanks, QualityCells, QualityRates):
    """The parts of the page on data quality, each a ``Section``. Its numbers can be followed: see ``gia_analysis.traced``."""

    @property
    def title(self) -> str:
        return self._t("数据质量：读到什么，哪里要改", "Data quality: what was read, and what to mend")

    def headline(self) -> Section:
        """Return how much was read, how much of it contradicts itself, and of how many reports a rate can be trusted."""
        failed = self.failing[self.failing["severity"] == "hard"].drop_duplicates(KEY)
        trusted = int((self._states(DEFAULT_DISCLOSURE_RATE) == "trusted").sum())
        read = len(self.reports)
        facts: list[tuple[str, Shown]] = [
            (self._t("读取的报告", "Reports read"), self._of_inputs(read)),
            (self._t("年度", "Years"), self._span()),
            (
                self._t("可用单元格", "Cells that are settled"),
                self._reading_fact(),
            ),
            (
                self._t("应当成立的核验有不成立的", "Some check that must hold fails"),
                self._with_share(len(failed), checks=f"severity=hard;{FAILS}"),
            ),
            (
                self._t("公开率可以信赖的报告", "Reports whose disclosure rate can be trusted"),
                self._with_share(trusted, indicator=DEFAULT_DISCLOSURE_RATE, where="trusted"),
            ),
        ]
        lead = self._t(
            "本页供填报机关和评估人员使用：每一节先说发现了什么，再说怎么办。",
            "This page is for offices that report and for evaluators: each part says what was found, then what to do.",
        )
        return Section(self._t("主要数字", "Headline figures"), [lead, Card(self.title, facts, lang=self.lang)])

    def _of_inputs(self, read: int) -> Words:
        every = self._count(len(self.inputs), "inputs")
        return Words([self._count(read, "inputs", of="status=ok,partial"), " / ", every])

    def _span(self) -> Shown:
        years = self.reports["year"].dropna()
        if years.empty:
            return "—"
        first, last = int(years.min()), int(years.max())
        return Quoted(str(first) if first == last else f"{first}–{last}", "time")

    def _with_share(self, found: int, **trace: str) -> Words:
        brackets = ("（", "）") if self.lang == "zh" else (" (", ")")
        share = self._share(found, len(self.reports), **trace)
        return Words([self._count(found, **trace), brackets[0], share, brackets[1]])
