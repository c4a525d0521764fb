"""The part of the page on data quality that says of how many reports a rate can be trusted, and why not of the others."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from gia_analysis.analysis import DEFAULT_DISCLOSURE_RATE, FEWEST_CASES, get_indicator
from gia_analysis.corrections import CORRECTED
from gia_analysis.display import Section, ShownTable, show
from gia_analysis.summaries.quality_page import QualityPage
from gia_analysis.traced import Shown, Traced
from gia_analysis.wording import word

RATES = (DEFAULT_DISCLOSURE_RATE, "refusal_rate", "completion_rate", "dispute_ratio", "correction_rate_disputes")
_STATES = ("trusted", "few", "flagged")
_STATE_WORDS: Mapping[str, tuple[str, str]] = {
    "trusted": ("件数够、核验成立", "enough cases, checks hold"),
    "few": ("件数太少", "too few cases"),
    "flagged": ("所用数字未通过核验", "the figures fail a check"),
}
_REASON_ADVICE: Mapping[str, tuple[str, str]] = {
    "trusted": ("可以引用，可以与同类比较。", "May be quoted, and compared with peers."),
    "few": (
        "引用时带上区间，不排名；可合并几个年度。",
        "Quote it with its interval, without a rank; years may be pooled.",
    ),
    "flagged": ("先查可能有误的单元格，核对后写入更正文件。", "Look at the likely wrong cells; write a correction."),
    "blank": ("请机关在确为零的格写明零。", "Let the agency print zero where it means zero."),
    "all_blank": ("请机关填报，或确认各格为零。", "Let the agency fill the form, or confirm that all are zero."),
    "unread": ("换用网页或 DOCX 原件重新读取。", "Read the original web page or DOCX."),
    "denominator_zero": (
        "没有申请或没有结果，本来就没有比率。",
        "No requests or no results: there is no rate to have.",
    ),
    "no_table": ("核对文件是否缺表、表是否为图片。", "See whether the table is missing, or a picture."),
    "not_on_form": ("该表式不问此项，换用别的指标。", "The form does not ask for it: use another indicator."),
    "checks_failed": ("先改正矛盾的数字。", "Mend the figures that contradict each other first."),
    "numerator_exceeds_denominator": (
        "必有一数印错：对照原表。",
        "One of them is misprinted: compare with the source.",
    ),
}


class QualityRates(QualityPage):
    """Whether rates can be trusted."""

    def trust(self) -> Section:
        """Return of how many reports the main rates can be trusted, and why those of the others cannot."""
        title = self._t("有多少份报告的比率可以信赖", "Of how many reports a rate can be trusted")
        if self.reports.empty:
            return Section(title, [self._t("没有读出任何报告。", "No report was read.")])
        lead = self._say(
            "可以信赖：件数不少于 {cases}，所用数字没有不成立的核验。件数太少的比率，彼此的差别多半出于偶然。",
            "To be trusted: at least {cases} cases, and no check fails on the figures. With fewer, differences are mostly chance.",
            cases=Traced(str(FEWEST_CASES), FEWEST_CASES, {"setting": "FEWEST_CASES"}),
        )
        states = {code: self._states(code) for code in RATES}
        return Section(title, [lead, self._by_rate(states), self._reasons(states[DEFAULT_DISCLOSURE_RATE])])

    def _states(self, code: str) -> pd.Series:
        """Return for each report that was read how far its rate can be trusted, or the reason why there is none."""
        rows = self.corpus.indicators[self.corpus.indicators["code"] == code]
        known = rows["value"].notna()
        clean = rows["flags"].isna() | rows["flags"].eq(CORRECTED).fillna(False)
        few = rows["denominator"] < FEWEST_CASES
        found = np.select(
            [~known, ~clean, few],
            [rows["reason"].fillna("no_indicator").to_numpy(dtype=object), "flagged", "few"],
            "trusted",
        )
        return pd.Series(found, index=rows.index, dtype="str")

    def _by_rate(self, states: Mapping[str, pd.Series]) -> ShownTable:
        counts = {code: each.value_counts() for code, each in states.items()}

        def cell(code: str, state: str) -> Traced:
            return self._count(int(counts[code].get(state, 0)), indicator=code, where=state)

        frame = pd.DataFrame(
            {
                self._t("比率", "Rate"): [get_indicator(code).name(self.lang) for code in RATES],
                self._t("有值的报告", "Reports with a value"): [
                    self._count(
                        sum(int(counts[code].get(state, 0)) for state in _STATES), indicator=code, where="known"
                    )
                    for code in RATES
                ],
                **{_STATE_WORDS[state][self.lang == "en"]: [cell(code, state) for code in RATES] for state in _STATES},
                self._t("可以信赖的比例", "Share to be trusted"): [
                    self._share(counts[code].get("trusted", 0), len(self.reports), indicator=code, where="trusted")
                    for code in RATES
                ],
            },
            dtype="object",
        )
        caption = self._t("主要比率", "The main rates")
        note = self._t(
            "比例以读出的全部报告为分母。",
            "Shares are of all reports that were read.",
        )
        return show(frame, caption, note, index=False)

    def _reasons(self, states: pd.Series) -> ShownTable:
        counts = states.value_counts()
        order = sorted(counts.index, key=lambda each: (each not in _STATES, -int(counts[each]), str(each)))
        code = DEFAULT_DISCLOSURE_RATE
        frame = pd.DataFrame(
            {
                self._t("情形", "Case"): [self._state_word(str(each)) for each in order],
                self._t("报告", "Reports"): [
                    self._count(counts[each], indicator=code, where=_where(str(each))) for each in order
                ],
                self._t("占比", "Share"): [
                    self._share(counts[each], len(self.reports), indicator=code, where=_where(str(each)))
                    for each in order
                ],
                self._t("怎么办", "What to do"): [self._advice(str(each)) for each in order],
            },
            dtype="object",
        )
        return show(frame, get_indicator(code).name(self.lang), index=False)

    def _state_word(self, state: str) -> str:
        pair = _STATE_WORDS.get(state)
        return pair[self.lang == "en"] if pair else word(state, self.lang)

    def _advice(self, state: str) -> Shown:
        pair = _REASON_ADVICE.get(state, ("对照原文核对。", "Compare with the source."))
        return pair[self.lang == "en"]


def _where(state: str) -> str:
    return state if state in _STATES else f"reason={state}"
