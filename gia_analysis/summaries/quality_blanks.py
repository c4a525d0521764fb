"""The part of the page on data quality that says how all checks came out, and what blanks leave open."""

from collections.abc import Mapping

import pandas as pd

from gia_analysis.display import Folded, Section, show
from gia_analysis.schema import Verdict
from gia_analysis.summaries.quality_page import QualityPage
from gia_analysis.wording import word

_SEVERITIES = ("hard", "soft", "info")
_VERDICT_ADVICE: Mapping[str, tuple[str, str]] = {
    "pass": ("无需处理。", "Nothing to do."),
    "pass_if_blank_is_zero": (
        "空白若为零则成立：请机关确认并写明零。",
        "Holds if the blanks are zero: let the agency confirm, and print a zero.",
    ),
    "fail": (
        "数字之间有矛盾（空白按零计）：对照原表。",
        "The figures contradict each other (blanks taken as zero): compare with the source.",
    ),
    "fail_whatever_blanks_are": (
        "无论空白填什么都不成立：必有一处印错。",
        "No figure in the blanks could make it hold: something printed is wrong.",
    ),
    "not_applicable": ("缺少所需数字，未作判断。", "A figure that it needs is not there: nothing was judged."),
}


class QualityBlanks(QualityPage):
    """What the verdicts rest on."""

    def verdicts(self) -> Section:
        """Return how all checks came out, with what each verdict rests on where cells are blank."""
        title = self._t("空白怎样影响核验", "What blanks mean for the checks")
        counts = pd.crosstab(self.corpus.checks["status"], self.corpus.checks["severity"])
        verdicts = [each.value for each in Verdict if each.value in counts.index]
        columns = [each for each in _SEVERITIES if each in counts.columns]
        frame = pd.DataFrame(
            {
                self._t("结论", "Verdict"): [word(each, self.lang) for each in verdicts],
                **{
                    word(severity, self.lang): [
                        self._count(counts.loc[each, severity], checks=f"severity={severity};status={each}", unit="row")
                        for each in verdicts
                    ]
                    for severity in columns
                },
                self._t("怎么办", "What to do"): [_VERDICT_ADVICE[each][self.lang == "en"] for each in verdicts],
            },
            dtype="object",
        )
        note = self._t(
            "空白不算作零：结论写明它是否依赖空白为零，或无论空白为何值都不成立。",
            "Blanks are not counted as zero: a verdict says whether it rests on blanks being zero, or cannot hold whatever they are.",
        )
        return Section(title, [note, show(frame, self._t("核验结论", "Verdicts"), index=False), *self._not_judged()])

    def _not_judged(self) -> list[object]:
        checks = self.corpus.checks
        reasons = checks.loc[checks["status"] == Verdict.NOT_APPLICABLE.value, "reason"].value_counts()
        if reasons.empty:
            return []
        frame = pd.DataFrame(
            {
                self._t("核验", "Checks"): [
                    self._count(count, checks=f"status=not_applicable;reason={reason}", unit="row")
                    for reason, count in reasons.items()
                ]
            },
            index=[word(str(reason), self.lang) for reason in reasons.index],
            dtype="object",
        )
        caption = self._t("未作判断的原因", "Why checks were not judged")
        return [Folded(caption, show(frame, caption))]
