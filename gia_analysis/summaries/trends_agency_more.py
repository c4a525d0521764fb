"""One agency over all its years, continued: carry-over, what changed most, restated figures, and how sound each year is."""

import pandas as pd

from gia_analysis.analysis import continuity, growth, panel
from gia_analysis.display import Section, format_number, show
from gia_analysis.forms import label
from gia_analysis.schema import FAILING, KEY
from gia_analysis.summaries.following import FAILS, number
from gia_analysis.summaries.trends_agency import REFUSALS, AgencyTrend
from gia_analysis.summaries.trends_page import DISPUTES, FLOW, NOTHING, OUTCOMES, Part
from gia_analysis.traced import Quoted, Shown, Traced, Words
from gia_analysis.wording import sentence, word

_MOST_CHANGED = 12
_RESTATED = ("X_FORCE", "X_DISCLOSED", "X_ITEMS", "X_PENDING", "X_CARRY")


class AgencyTrendContinued(AgencyTrend):
    """The other parts of the page of one agency over all its years."""

    def soundness(self) -> Part:
        """Return how sound the report of each year is: checks that fail, cells left blank."""
        if len(self.years) < 2:
            return NOTHING
        title = self._t("各年度的数字可信吗", "Can each year's figures be trusted")
        reports = self._reports()
        failing = self.own.findings
        rows = list(reports.itertuples())
        frame = pd.DataFrame(
            {
                self._t("年度", "Year"): [self._year(int(row.year)) for row in rows],
                self._t("表式", "Form"): [
                    Quoted(row.form if isinstance(row.form, str) else format_number(None), "code") for row in rows
                ],
                self._t("读取", "Reading"): [word(row.status, self.lang) for row in rows],
                self._t("应当成立而不成立", "Must hold, fails"): [
                    self._fails(failing, row.report_id, "hard") for row in rows
                ],
                self._t("一般成立而不成立", "Usually holds, fails"): [
                    self._fails(failing, row.report_id, "soft") for row in rows
                ],
                self._t("空白单元格", "Blank cells"): [
                    number(row.cells_blank, {"fact": "cells_blank", "report": str(row.report_id)}) for row in rows
                ],
            },
            dtype="object",
        )
        note = self._t(
            "有应当成立而不成立的核验的年度，先看该年度页面上的“核验发现”，再引用数字。",
            "Where a check that must hold fails, look at the findings on that year's page before quoting its figures.",
        )
        caption = self._t("核验与空白", "Checks and blanks")
        return Section(title, [show(frame, caption, note, index=False)])

    def _reports(self) -> pd.DataFrame:
        """Return the reports that the lines were taken from, by year."""
        taken = self.lines[[*KEY]].dropna().drop_duplicates()
        return self.own.reports.merge(taken, on=KEY).sort_values(["year", *KEY], kind="stable")

    def _fails(self, failing: pd.DataFrame, report: str, severity: str) -> Traced:
        found = failing[(failing["report_id"] == report) & (failing["severity"] == severity)]
        return number(len(found), {"checks": f"severity={severity};{FAILS}", "report": str(report)})

    def carried_over(self) -> Part:
        """Return what was carried out of each year beside what was carried into the next."""
        if len(self.years) < 2:
            return NOTHING
        title = self._t("年度之间的结转", "Carry-over between years")
        told = continuity(self.lines[self.lines["code"].isin(["carried_in", "carried_out"])])
        if told.empty:
            return Section(title, [self._t("各年表式都不问结转。", "No year's form asks for what is carried over.")])
        rows = [row for _, row in told.iterrows()]
        frame = pd.DataFrame(
            {
                self._t("年度", "Year"): [self._year(int(row["year"])) for row in rows],
                self._t("上年报告：结转下年度", "Carried out, by the report before"): [
                    self._printed("carried_out", int(row["year"]) - 1) for row in rows
                ],
                self._t("本年报告：上年结转", "Carried in, by this report"): [
                    self._printed("carried_in", int(row["year"])) for row in rows
                ],
                self._t("是否衔接", "Do they agree"): [self._agrees(row) for row in rows],
            },
            dtype="object",
        )
        note = self._t("两个数字应当相等。", "Both should be the same.")
        return Section(title, [show(frame, title, note, index=False)])

    def _agrees(self, row: pd.Series) -> str:
        if row["reason"] == "not_on_form":
            return self._t("— 上年的表式没有此项", "— not on last year's form")
        if pd.isna(row["holds"]):
            return f"{format_number(None)} {word(row['reason'], self.lang)}"
        return self._t("衔接", "yes") if row["holds"] else self._t("不衔接", "no")

    def changes(self) -> Part:
        """Return which figures changed most against the year before, and why others cannot be compared."""
        if len(self.years) < 2:
            return NOTHING
        title = self._t("与上年相比变化最大的", "What changed most against the year before")
        codes = [*FLOW, *OUTCOMES, *REFUSALS, *DISPUTES]
        grown = growth(panel(self.lines[self.lines["code"].isin(codes)]))
        last = grown[grown["year"] == self.years[-1]]
        found = last[last["change"].fillna(0) != 0]
        found = found.loc[found["change"].abs().sort_values(ascending=False, kind="stable").index].head(_MOST_CHANGED)
        if found.empty:
            nothing = self._t("没有变化，或没有可比的数字。", "Nothing changed, or no figures can be compared.")
            return Section(title, [nothing])
        year = self.years[-1]
        rows = list(found.itertuples())
        frame = pd.DataFrame(
            {
                self._t("项目", "Item"): [self._short(str(row.code)) for row in rows],
                self._t("上年", "Year before"): [self._printed(str(row.code), year - 1) for row in rows],
                self._t("最后一年", "Last year"): [self._printed(str(row.code), year) for row in rows],
                self._t("变化", "Change"): [self._change(row.code, year, row.change, "change") for row in rows],
                self._t("幅度", "Relative"): [self._change(row.code, year, row.growth, "growth") for row in rows],
            },
            dtype="object",
        )
        note = self._t(
            "件数少时，变化多半出于偶然；口径改变的项目不列。",
            "Where cases are few, changes are mostly chance. What changed its definition is left out.",
        )
        caption = self._t(f"{year} 年与上年", f"{year} beside the year before")
        return Section(title, [show(frame, caption, note, index=False)])

    def _change(self, code: object, year: int, value: float, how: str) -> Traced:
        if pd.isna(value):
            return Traced(format_number(None), None)
        trace = {"series": str(code), "agency": self.followed, "year": str(year), "how": how}
        text = f"{100 * value:+.0f} %" if how == "growth" else f"{value:+,.0f}"
        return Traced(text.replace("-", "−"), float(value), trace)

    def restated(self) -> Part:
        """Return the figures of a report that do not go on from those that last year's report had stated."""
        if len(self.years) < 2:
            return NOTHING
        title = self._t("与上年报告不一致的数字", "Figures that differ from last year's report")
        checks = self.own.checks
        failing = checks[checks["code"].isin(_RESTATED) & checks["status"].isin(FAILING)]
        failing = failing.merge(self._reports()[[*KEY, "year"]], on=KEY).sort_values(["year", "code"], kind="stable")
        if failing.empty:
            return Section(
                title,
                [
                    self._t(
                        "没有不一致的，或没有可以对照的上年数字。", "There are none, or none that could be compared."
                    )
                ],
            )
        rows = list(failing.itertuples())

        def side(row: object, how: str) -> Traced:
            where = f"code={row.code};row={row.row};col={row.col}"  # type: ignore[attr-defined]
            trace = {"checks": where, "how": how, "report": str(row.report_id)}  # type: ignore[attr-defined]
            return number(getattr(row, how), trace)

        frame = pd.DataFrame(
            {
                self._t("年度", "Year"): [self._year(int(row.year)) for row in rows],
                self._t("单元格", "Cell"): [self._cell(row.table, row.row, row.col) for row in rows],
                self._t("本年所印与由上年推出", "As printed, and as it follows from last year"): [
                    Words([side(row, "left"), " / ", side(row, "right")]) for row in rows
                ],
                self._t("规则", "Rule"): [Quoted(sentence(row.sentence, self.lang), "cite") for row in rows],
            },
            dtype="object",
        )
        note = self._t(
            "机关可能更正了上年的数字，或改变了统计范围；报告应当说明。",
            "The agency may have mended last year's figures, or counted something else; the report should say so.",
        )
        return Section(title, [show(frame, title, note, index=False)])

    def _cell(self, table: str, row: str, column: str) -> Shown:
        return " · ".join(label(table, each, self.lang, short=True) for each in (row, column))
