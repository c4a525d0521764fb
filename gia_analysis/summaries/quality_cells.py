"""The parts of the page on data quality that name places: likely wrong cells, carry-over that breaks, copied texts."""

from functools import cached_property
from typing import Any

import pandas as pd

from gia_analysis.checks.hints import Slip, find_hints
from gia_analysis.display import Section, ShownTable, show
from gia_analysis.forms import label
from gia_analysis.schema import FAILING, KEY
from gia_analysis.similarity import near_duplicates
from gia_analysis.summaries.alike import Alike, alike
from gia_analysis.summaries.following import FAILS, number
from gia_analysis.summaries.quality_page import MOST_SHOWN, QualityPage
from gia_analysis.traced import Quoted, Shown, Traced, Words
from gia_analysis.wording import word

_PASSES = ("pass", "pass_if_blank_is_zero")
_MOST_GROUPS = 15
_MOST_NAMES = 6


class QualityCells(QualityPage):
    """Where exactly to look."""

    @cached_property
    def suspected(self) -> pd.DataFrame:
        """The likeliest slip of each report, its cells one a row: first what no other change mends, then what mends most."""
        hints = find_hints(self.corpus.frames, self.corpus.checks)
        first = hints[hints["rank"] == 1]
        order = first.assign(certain=~first["certain"].fillna(False), mended=-first["mended"])
        return first.loc[order.sort_values(["certain", "mended"], kind="stable").index]

    def hints(self) -> Section:
        """Return the cells that are likely wrong, what is printed in them, and what would mend the checks."""
        title = self._t("可能有误的单元格", "Cells that are likely to be wrong")
        found = self.suspected
        if found.empty:
            return Section(title, [self._t("没有能指认的单元格。", "No cell can be named.")])
        shown = found.head(MOST_SHOWN)
        frame = pd.DataFrame(
            {
                self._t("报告", "Report"): self._reports(shown),
                self._t("单元格", "Cell"): [self._place(row) for row in shown.itertuples()],
                self._t("印为", "Printed"): [
                    number(row.value, {"cells": f"{row.table}.{row.row}.{row.col}", "report": str(row.report_id)})
                    for row in shown.itertuples()
                ],
                self._t("或应为", "Perhaps"): [
                    number(
                        row.suggested,
                        {"hint": f"{row.table}.{row.row}.{row.col}", "rank": "1", "report": str(row.report_id)},
                    )
                    for row in shown.itertuples()
                ],
                self._t("可能的差错", "Likely slip"): [self._slip(str(slip)) for slip in shown["slip"]],
                self._t("改正后成立的核验", "Checks it would mend"): [
                    Quoted(str(codes).replace(";", ", "), "code") for codes in shown["codes"]
                ],
            },
            dtype="object",
        )
        every = self._count(len(found), hints="rank=1", unit="row")
        note = self._t(
            "这是推测，不是更正：每份报告列出最可能的一处，只有这一种改法的排在前面。核对原文后写入更正文件。",
            "These are conjectures, not corrections: the likeliest of each report, first those that nothing else would "
            "mend. Compare with the source; what is wrong goes into a file of corrections.",
        )
        lead = self._say(
            "{n} 份报告有能指认的单元格。",
            "Reports with cells that can be named: {n}.",
            n=self._count(len(found.drop_duplicates(KEY)), hints="rank=1"),
        )
        table = show(frame, title, note, *self._more(every, len(found)), index=False)
        return Section(title, [lead, self._slips(found), table])

    def _slips(self, found: pd.DataFrame) -> ShownTable:
        slips = found.drop_duplicates([*KEY, "slip"])["slip"].value_counts()
        frame = pd.DataFrame(
            {
                self._t("报告", "Reports"): [
                    self._count(count, hints=f"rank=1;slip={slip}") for slip, count in slips.items()
                ]
            },
            index=[self._slip(str(slip)) for slip in slips.index],
            dtype="object",
        )
        return show(frame, self._t("可能的差错，按种类", "Likely slips by kind"))

    def _slip(self, slip: str) -> str:
        return word("other_slip" if slip == Slip.OTHER.value else slip, self.lang)

    def carried_over(self) -> Section:
        """Return where requests carried in are not those that last year's report carried out, for any kind of applicant."""
        title = self._t("结转是否衔接", "Whether carry-over goes on from year to year")
        judged = self._judged("X_CARRY")
        if judged.empty:
            return Section(title, [self._t("没有可以衔接的两个年度。", "There are no two years to compare.")])
        breaks = judged[judged["status"].isin(FAILING)]
        head = self._t("不衔接的", "Broken")
        caption = self._t("衔接情况，按年度", "Carry-over by year")
        parts: list[object] = [self._by_year(judged, "code=X_CARRY", head, caption)]
        if len(breaks):
            parts.append(self._breaks(breaks))
        return Section(title, parts)

    def _judged(self, code: str) -> pd.DataFrame:
        checks = self.corpus.checks
        return checks[(checks["code"] == code) & checks["status"].isin([*_PASSES, *FAILING])]

    def _by_year(self, judged: pd.DataFrame, where: str, head: str, caption: str) -> ShownTable:
        """Return how many reports of each year a check could judge, and in how many it fails."""
        fails = judged["status"].isin(FAILING).groupby([judged[name] for name in KEY]).any()
        by_year = fails.groupby(self.years.loc[fails.index].to_numpy()).agg(["size", "sum"])
        rows = [(f"year={int(year)}", int(row["size"]), int(row["sum"])) for year, row in by_year.iterrows()]
        base = f"{where};status={','.join([*_PASSES, *FAILING])}"
        broken_where = f"{where};{FAILS}"
        frame = pd.DataFrame(
            {
                self._t("年度", "Year"): [Quoted(str(int(each)), "time") for each in by_year.index],
                self._t("可比的报告", "Reports compared"): [
                    self._count(size, of=of, checks=base) for of, size, _ in rows
                ],
                head: [self._count(broken, of=of, checks=broken_where) for of, _, broken in rows],
                self._t("比例", "Share"): [
                    self._share(broken, size, of=of, checks=broken_where, base=base) for of, size, broken in rows
                ],
            },
            dtype="object",
        )
        return show(frame, caption, index=False)

    def _breaks(self, breaks: pd.DataFrame) -> ShownTable:
        order = breaks["difference"].abs().sort_values(ascending=False, kind="stable").index
        shown = breaks.loc[order].head(MOST_SHOWN)

        def side(row: Any, how: str) -> Traced:
            trace = {"checks": f"code=X_CARRY;col={row.col}", "how": how, "report": str(row.report_id)}
            return number(getattr(row, how), trace)

        rows = list(shown.itertuples())
        frame = pd.DataFrame(
            {
                self._t("报告", "Report"): self._reports(shown),
                self._t("列", "Column"): [label(row.table, row.col, self.lang, short=True) for row in rows],
                self._t("上年结转（本年报告）", "Carried in, by this report"): [side(row, "left") for row in rows],
                self._t("结转下年度（上年报告）", "Carried out, by last year's report"): [
                    side(row, "right") for row in rows
                ],
            },
            dtype="object",
        )
        note = self._t(
            "两个数字应当相等。请机关说明差额，或更正其中一份报告；差额大的在前。",
            "Both should be the same. Let the agency explain the difference or mend one of the reports; the largest come first.",
        )
        every = self._count(len(breaks), checks=f"code=X_CARRY;{FAILS}", unit="row")
        caption = self._t("不衔接的报告", "Reports whose carry-over breaks")
        return show(frame, caption, note, *self._more(every, len(breaks)), index=False)

    def copies(self) -> Section:
        """Return how many texts are last year's over again, and which chapters are nearly the same in other agencies' reports."""
        title = self._t("照搬的文字", "Copied texts")
        judged = self._judged("X_COPY_TEXT")
        parts: list[object] = [
            self._t(
                "比较时不计年份、数字和机关名。文字相同不说明数字不实，但问题与改进逐年照抄，说明没有重写。",
                "Years, figures and names are left aside. Like texts do not make figures wrong; but problems and plans "
                "copied from year to year were not written anew.",
            )
        ]
        if len(judged):
            head = self._t("几乎相同的", "Nearly the same")
            caption = self._t("与本机关上年报告相比", "Beside the agency's report of last year")
            parts.append(self._by_year(judged, "code=X_COPY_TEXT", head, caption))
        groups = alike(near_duplicates(self.corpus.sections, self.reports))
        if groups:
            parts.append(self._alike(groups))
        else:
            parts.append(
                self._t("不同机关之间没有几乎相同的章节。", "No chapters of different agencies are nearly the same.")
            )
        return Section(title, parts)

    def _alike(self, groups: list[Alike]) -> ShownTable:
        shown = groups[:_MOST_GROUPS]
        frame = pd.DataFrame(
            {
                self._t("章节", "Chapter"): [word(group.section, self.lang) for group in shown],
                self._t("报告数", "Reports"): [
                    number(len(group.keys), {"how": "alike", "section": group.section, "report": group.keys[0][1]})
                    for group in shown
                ],
                self._t("最低相似度", "Least similarity"): [
                    Traced(
                        f"{100 * group.similarity:.0f} %", group.similarity,
                        {"how": "least_similarity", "section": group.section, "report": group.keys[0][1]},
                    )
                    for group in shown
                ],
                self._t("其中", "Among them"): [self._some(group) for group in shown],
            },
            dtype="object",
        )  # fmt: skip
        note = self._t(
            "报告多的几组在前。先看“存在的问题”和“改进”两章：照抄的应退回重写。",
            "The largest groups come first. Look at problems and plans: what was copied should be written anew.",
        )
        return show(
            frame,
            self._t("不同机关几乎相同的章节", "Chapters alike in reports of different agencies"),
            note,
            index=False,
        )

    def _some(self, group: Alike) -> Shown:
        names = list(dict.fromkeys(str(self.names.loc[key]) for key in group.keys))
        told = self._t("、", ", ").join(names[:_MOST_NAMES])
        return Words([Quoted(told), self._t("等", " and others") if len(names) > _MOST_NAMES else ""])
