"""The parts of the page over all agencies on how good the data is: how far it was read, and which checks fail."""

import pandas as pd

from gia_analysis.display import Folded, Section, ShownTable, show
from gia_analysis.schema import FAILING, KEY, Kind
from gia_analysis.similarity import near_duplicates
from gia_analysis.summaries.alike import Alike, alike
from gia_analysis.summaries.cross_page import MOST_LISTED, MOST_SHOWN, CrossPage
from gia_analysis.summaries.following import FAILS, number
from gia_analysis.traced import Quoted, Shown, Traced, Words
from gia_analysis.wording import kind_word, reading_word, sentence, word

_MOST_NAMES = 12


class CrossQuality(CrossPage):
    """What speaks for and against the figures of all agencies."""

    def quality(self) -> Section:
        """Return which checks fail, and how many agencies each touches."""
        title = self._t("数据质量", "Data quality")
        failing = self.checks[self.checks["status"].isin(FAILING)]
        parts: list[object] = [self._reading(), self._reading_of_each()]
        if failing.empty:
            parts.append(self._t("没有不成立的核验。", "No check fails."))
            return Section(title, parts)
        touched = failing.drop_duplicates([*KEY, "code"])
        counted = touched.groupby("code", sort=False).agg(
            severity=("severity", "first"),
            sentence=("sentence", lambda found: list(dict.fromkeys(found))),
            reports=("code", "size"),
        )
        counted = counted.reset_index()
        counted = counted.sort_values("reports", ascending=False, kind="stable")
        frame = pd.DataFrame(
            {
                self._t("代码", "Code"): [Quoted(code, "code") for code in counted["code"]],
                self._t("级别", "Severity"): [word(each, self.lang) for each in counted["severity"]],
                self._t("规则", "Rule"): [
                    Quoted(" ".join(sentence(one, self.lang) for one in each), "cite") for each in counted["sentence"]
                ],
                self._t("机关数", "Agencies"): [
                    self._count(row.reports, checks=f"code={row.code};{FAILS}") for row in counted.itertuples()
                ],
            },
            dtype="object",
        )
        parts.append(show(frame, self._t("不成立的核验", "Checks that do not hold"), index=False))
        return Section(title, parts)

    def _reading(self) -> ShownTable:
        kinds = self.cells["kind"].value_counts()
        reports = str(len(self.reports))
        shown = [
            number(count, {"cells-where": f"kind={kind}", "reports": reports, "among": "year"})
            for kind, count in kinds.items()
        ]
        frame = pd.DataFrame(
            {self._t("单元格", "Cells"): shown},
            index=[kind_word(str(kind), self.lang) for kind in kinds.index],
            dtype="object",
        )
        return show(frame, self._t("单元格里印的是什么", "What was printed in the cells"))

    def _reading_of_each(self) -> Folded:
        """Return for each report how far it was read: labels, cells by kind, lines of tables that were not used."""
        worst = self.reports.assign(
            read=self.reports["status"].eq("ok"), share=self.reports["labels_found"] / self.reports["labels_expected"]
        )
        shown = worst.sort_values(["read", "share"], kind="stable").head(MOST_LISTED)
        rows = [row for _, row in shown.iterrows()]
        columns: dict[str, list[Shown]] = {
            self._t("机关", "Agency"): [Quoted(row["name"]) for row in rows],
            self._t("读取", "Reading"): [word(row["status"], self.lang) for row in rows],
            reading_word("labels", self.lang): [_of(row, "labels_found", "labels_expected") for row in rows],
        }
        for kind in Kind:
            column = f"cells_{kind.value}"
            if self.reports[column].sum() > 0:
                columns[kind_word(kind.value, self.lang)] = [
                    number(row[column], {"cells-where": f"kind={kind.value}", "report": str(row["report_id"])})
                    for row in rows
                ]
        columns[reading_word("table_lines_unused", self.lang)] = [
            _of(row, "table_lines_unused", "table_lines") for row in rows
        ]
        every = self._count(len(self.reports))
        order = self._t("读得最不全的在前", "those read least completely first")
        table = show(
            pd.DataFrame(columns, dtype="object"),
            self._t("各报告的标签、单元格和表格行", "Labels, cells and table lines of each report"),
            *([self._left_out(every, order)] if len(rows) < len(self.reports) else []),
            index=False,
        )
        opening = self._say("展开 {n} 份报告的读取情况", "Open how {n} reports were read", n=every)
        return Folded(opening, table)

    def copies(self) -> Section:
        """Return chapters that are nearly the same in reports of different agencies, those that are alike together."""
        title = self._t("相同的文字", "Texts that are alike")
        groups = alike(near_duplicates(self.sections, self.reports.reset_index(drop=True)))
        if not groups:
            return Section(title, [self._t("没有几乎相同的章节。", "No chapters are nearly the same.")])
        shown = groups[:MOST_SHOWN]
        frame = pd.DataFrame(
            {
                self._t("章节", "Chapter"): [word(group.section, self.lang) for group in shown],
                self._t("机关数", "Agencies"): [
                    number(len(group.keys), {"how": "alike", "section": group.section, "report": group.keys[0][1]})
                    for group in shown
                ],
                self._t("最低相似度", "Least similarity"): [_least(group) for group in shown],
                self._t("机关", "Agencies alike"): [self._alike(group) for group in shown],
            },
            dtype="object",
        )
        note = self._t(
            "年份、数字和机关名不计。文字相同不说明数字不实，常因使用同一模板。",
            "Years, figures and names are left aside. Like texts do not make figures wrong; often they come from one model.",
        )
        parts: list[object] = [show(frame, title, note, index=False)]
        if len(shown) < len(groups):
            parts.append(self._t("表中为机关最多的几组。", "The table has the largest groups."))
        return Section(title, parts)

    def _alike(self, group: Alike) -> Shown:
        """Return the first names of a group of reports."""
        names = [str(self.reports.loc[key, "name"]) for key in group.keys[:_MOST_NAMES]]
        more = self._t("等", " and others") if len(group.keys) > len(names) else ""
        return Words([Quoted(self._t("、", ", ").join(names)), more])


def _of(row: pd.Series, part: str, whole: str) -> Shown:
    report = str(row["report_id"])
    return Words(
        [
            number(row[part], {"fact": part, "report": report}),
            "/",
            number(row[whole], {"fact": whole, "report": report}),
        ]
    )


def _least(group: Alike) -> Traced:
    trace = {"how": "least_similarity", "section": group.section, "report": group.keys[0][1]}
    return Traced(f"{100 * group.similarity:.0f} %", group.similarity, trace)
