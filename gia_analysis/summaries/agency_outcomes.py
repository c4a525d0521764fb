"""The parts of an agency's page on what came out: how many got information, by which definition, and what was refused."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import pandas as pd

from gia_analysis.analysis import DEFAULT_DISCLOSURE_RATE, get_indicator
from gia_analysis.charts import OUTCOME_COLOURS, grouped_chart, interval_chart
from gia_analysis.display import Folded, Section, ShownTable, show
from gia_analysis.forms import label
from gia_analysis.summaries.agency_page import AgencyPage
from gia_analysis.summaries.amounts import OUTCOME_NAMES
from gia_analysis.summaries.following import follow_indicator, split_name
from gia_analysis.summaries.footnotes import footnotes
from gia_analysis.traced import Shown, Words

_RATES = (
    "disclosure_rate_broad", "disclosure_rate_full", "disclosure_rate_merits", "disclosure_rate_answerable",
    "disclosure_rate_without_other",
)  # fmt: skip
_WITHOUT_INFORMATION = ("denied", "unable", "not_processed", "other")


class AgencyOutcomes(AgencyPage):
    """What came of the requests."""

    def outcomes(self) -> Section:
        """Return how many requests were answered with information, with the disclosure rates by their definitions."""
        title = self._t("多少申请得到了信息？", "How many were answered with information?")
        if self.outcome_cells is None:
            return Section(title, [self._no_table()])
        rows = self.indicators.loc[list(_RATES)]
        known = rows[rows["value"].notna()]
        parts: list[object] = [self.answered(), self.definition()]
        table = self._rates(rows)
        if len(known):
            drawn = known.set_index(pd.Index([get_indicator(code).name(self.lang) for code in known.index]))
            caption = self._t("同一数字，不同口径的公开率", "Disclosure rates of the same figures, by definition")
            note = self._t(
                "点为公开率，横线为威尔逊 95 % 区间：件数越少，区间越宽。右侧为分子/分母。",
                "The dot is the rate, the line its Wilson 95 % interval: the fewer cases, the wider. Right: its two parts.",
            )
            first = get_indicator(DEFAULT_DISCLOSURE_RATE).name(self.lang)
            parts.append(interval_chart(caption, drawn, self.lang, highlighted=first, note=note))
            parts.append(self._folded(table))
        elif not self._nothing_handled:
            parts.append(table)
        notes = footnotes(_RATES, self.tables, self.lang)
        return Section(title, [*parts, Folded(self._t("口径、含义与依据", "Definitions, meaning and sources"), notes)])

    def answered(self) -> Shown:
        """Return in a sentence how many results there were, and how many with information in full or in part."""
        cells = self.outcome_cells
        if cells is None:
            return self._no_table()
        total = "stats_2014.replies_total.value" if self.is_2014 else "requests.results_total.total"
        printed = self._say(
            "共答复 {all} 次，其中予以公开 {granted} 次，部分公开 {partly} 次。"
            if self.is_2014
            else "共办理出结果 {all} 件，其中予以公开 {granted} 件，部分公开 {partly} 件。",
            "Replies: {all}, of them with the information in full: {granted}, in part: {partly}."
            if self.is_2014
            else "Requests brought to a result: {all}, of them with the information in full: {granted}, in part: {partly}.",
            all=self.figures.amount([total]),
            granted=self.figures.amount(cells["granted"]),
            partly=self.figures.amount(cells["partially_granted"]),
        )
        return Words([printed, *self._corrected("results")])

    @property
    def _nothing_handled(self) -> bool:
        """Whether the report prints that no request was brought to a result."""
        return bool(self.indicators.loc["results", "value"] == 0)

    def definition(self) -> Shown:
        """Return the rate with its definition in words; where there is none, what it would be if blanks were zero."""
        rate = get_indicator(DEFAULT_DISCLOSURE_RATE)
        row = self.indicators.loc[rate.code]
        if self._nothing_handled and pd.isna(row["value"]):
            return self._t(
                "没有办理出结果的申请，所以没有公开率。",
                "No request was brought to a result, so there is no disclosure rate.",
            )
        told = self._say(
            "{name}：{rate}。算法：{formula}。",
            "{name}: {rate}. It is made as {formula}.",
            name=rate.name(self.lang),
            rate=self._indicator(rate.code),
            formula=self._formula(rate.code),
        )
        return told if row["reason"] != "blank" else Words([told, self._t("", " "), self._if_zero(rate.code)])

    def _if_zero(self, code: str) -> Shown:
        return self._say(
            "若空白均为零，则为 {rate}。",
            "If all blanks were zero, it would be {rate}.",
            rate=follow_indicator(self._zero.loc[code], self.report_id, self.lang),
        )

    @cached_property
    def _zero(self) -> pd.DataFrame:
        """The indicators as they would be if all blanks were zero."""
        return self.part.indicators_with("zero").set_index("code", drop=False)

    def _rates(self, rows: pd.DataFrame) -> ShownTable:
        columns: dict[str, Sequence[Shown]] = {
            self._t("口径", "Definition"): [get_indicator(code).name(self.lang) for code in rows.index],
            self._t("算法", "Made as"): [self._formula(code) for code in rows.index],
            self._t("公开率及 95 % 区间", "Rate and 95 % interval"): self._described(rows),
        }
        if rows["reason"].eq("blank").any():
            columns[self._t("若空白视为零", "If blanks were zero")] = self._described(self._zero.loc[list(rows.index)])
        return show(
            pd.DataFrame(columns, dtype="object"),
            self._t("同一数字、不同口径的公开率", "Disclosure rates of the same figures, by definition"),
            index=False,
        )

    def _described(self, rows: pd.DataFrame) -> list[Shown]:
        return [follow_indicator(row, self.report_id, self.lang) for _, row in rows.iterrows()]

    def refusals(self) -> Section:
        """Return what was not released and why: the grounds of refusal, and the reasons of the other outcomes."""
        title = self._t("拒绝了什么，为什么？", "What was refused, and why?")
        groups = self._grounds()
        if not groups:
            return Section(title, [self._no_table()])
        values = {code: [self.figures.value(*split_name(name)) for name in cells] for code, cells in groups.items()}
        every = [value for found in values.values() for value in found]
        if all(value is None for value in every):
            return Section(title, [self._t("各项理由均为空白。", "All reasons are blank.")])
        parts: list[object] = [Words([self.refused(), self._t("", " "), self._leading(groups["denied"])])]
        if any(every):
            named = {
                self._t(*OUTCOME_NAMES[code]): pd.Series(
                    values[code], index=[self._reason(name) for name in cells], dtype="float64"
                )
                for code, cells in groups.items()
            }
            colours = {self._t(*OUTCOME_NAMES[code]): OUTCOME_COLOURS[code] for code in groups}
            caption = self._t("没有得到信息的理由（件）", "Why no information was given (requests)")
            parts.append(grouped_chart(caption, named, self.lang, colours=colours))
        parts.append(Folded(self._t("全部理由", "All reasons"), self._reasons(groups)))
        return Section(title, parts)

    def _grounds(self) -> Mapping[str, list[str]]:
        """Return the cells of reasons, by outcome."""
        found = {code: cells for code, cells in (self.outcome_cells or {}).items() if code in _WITHOUT_INFORMATION}
        if self.is_2014:
            rows = dict.fromkeys(self.part.cells.loc[self.part.cells["table"] == "stats_2014", "row"])
            found["denied"] = self._names("stats_2014", [row for row in rows if row.startswith("denied_")], "value")
        return found

    def refused(self) -> Shown:
        """Return in a sentence how many requests were refused, could not be met, or were not processed."""
        cells = self.outcome_cells
        if cells is None:
            return self._no_table()
        if not self.is_2014:
            return self._say(
                "不予公开 {denied} 件，无法提供 {unable} 件，不予处理 {apart} 件，其他处理 {other} 件。",
                "Refused: {denied}; unable to provide: {unable}; not processed: {apart}; other handling: {other}.",
                **{name: self.figures.amount(cells[code]) for name, code in _PLACES.items()},
            )
        return self._say(
            "不同意公开 {denied} 次，无法提供的答复 {unable} 次，告知通过其他途径办理 {other} 次。",
            "Refused: {denied}; unable to provide: {unable}; sent to other channels: {other} (replies).",
            **{name: self.figures.amount(cells[code]) for name, code in _PLACES.items() if code in cells},
        )

    def _leading(self, cells: Sequence[str]) -> Shown:
        """Return the ground on which most was refused, or that nothing was."""
        known = {name: self.figures.value(*split_name(name)) or 0 for name in self.figures.known(cells)}
        most = max(known.values(), default=0)
        if not most:
            if len(known) == len(cells) and cells:
                return self._t("不予公开的各项理由均印为零。", "Every ground of refusal is printed as zero.")
            return self._t(
                "不予公开的理由没有印出大于零的数字，有的空白，空白不能视为零。",
                "No ground of refusal is printed with more than zero; some are blank, which is not zero.",
            )
        first = [name for name, value in known.items() if value == most]
        return self._say(
            "不予公开的理由最多的是{reasons}：{n} 件。"
            if len(first) == 1
            else "不予公开的理由最多的是{reasons}：各 {n} 件。",
            "The most frequent ground of refusal is {reasons}: {n}."
            if len(first) == 1
            else "The most frequent grounds of refusal are {reasons}: {n} each.",
            reasons=self._join([self._t(f"“{self._reason(name)}”", f"'{self._reason(name)}'") for name in first]),
            n=self.figures.cell(*split_name(first[0])),
        )

    def _reason(self, name: str) -> str:
        table, row, _ = split_name(name)
        return label(table, row, self.lang, short=True)

    def _reasons(self, groups: Mapping[str, Sequence[str]]) -> ShownTable:
        rows = [(code, name) for code, cells in groups.items() for name in cells]
        shown = pd.Series([self.figures.cell(*split_name(name)) for _, name in rows], dtype="object")
        frame = pd.DataFrame(
            {
                self._t("结果", "Outcome"): [self._t(*OUTCOME_NAMES[code]) for code, _ in rows],
                self._t("理由", "Reason"): [self._reason(name) for _, name in rows],
                self._t("件数", "Requests"): shown,
            },
            dtype="object",
        )
        caption = self._t("没有得到信息的理由", "Why no information was given")
        return show(frame, caption, *self._blank_note(shown), index=False)


_PLACES = {"denied": "denied", "unable": "unable", "apart": "not_processed", "other": "other"}
