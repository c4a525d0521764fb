"""All agencies over the years, continued: refusals, disputes, carry-over, who changed most, and what was restated."""

import pandas as pd

from gia_analysis.analysis import continuity, long_series
from gia_analysis.checks.registry import RULES
from gia_analysis.display import Folded, Section, ShownTable, format_number, show
from gia_analysis.schema import FAILING, KEY
from gia_analysis.summaries.following import FAILS, over
from gia_analysis.summaries.trends_all_figures import AllTrendFigures
from gia_analysis.summaries.trends_lines import by_year, changed_most, in_every_year, own_lines
from gia_analysis.summaries.trends_page import CORRECTIONS, DISPUTES, FLOW, GROUNDS, NOTHING, OUTCOMES, Part
from gia_analysis.traced import Quoted, Shown, Traced, Words
from gia_analysis.wording import sentence

_SMALLEST_BASE = 20.0
_MOST_CHANGED = 20
_JUDGED = ("pass", "pass_if_blank_is_zero", *FAILING)
RESTATED = ("X_CARRY", "X_FORCE", "X_DISCLOSED", "X_ITEMS", "X_PENDING")


class AllTrendsContinued(AllTrendFigures):
    """The other parts of the page over all agencies and years."""

    def refusals(self) -> Part:
        """Return the grounds of refusal as shares of all refusals, over the years."""
        if len(self.years) < 2:
            return NOTHING
        title = self._t("不予公开的理由", "Why requests were refused")
        caption = self._t("各项理由占不予公开的比例", "Grounds as shares of all refusals")
        short = {self._short(code): self._yearly(code) for code in GROUNDS}
        chart = self._chart(caption, short, shares=True)
        if not chart:
            return Section(
                title,
                [self._t("没有不予公开的申请，或各项为空白。", "No request was refused, or all grounds are blank.")],
            )
        summary = self._t("图中数字", "Figures of the chart")
        return Section(title, [*chart, Folded(summary, self._rates_table(caption, GROUNDS))])

    def disputes(self) -> Part:
        """Return reconsiderations and lawsuits over the years, and how many of them went against the agencies."""
        if len(self.years) < 2:
            return NOTHING
        title = self._t("行政复议与行政诉讼", "Reconsideration and litigation")
        counts = {
            self._t(f"{self._name(code)}：合计（件）", f"{self._name(code)}: sum"): by_year(
                in_every_year(self._of(code))
            )
            for code in DISPUTES
        }
        caption = self._t("各年都有数字的机关合计", "Sums over agencies with a figure in every year")
        rates = self._rates_chart(self._t("结果纠正的比例", "Share decided against the agency"), CORRECTIONS)
        tables = [self._volume_table(code) for code in DISPUTES if self._of(code)["value"].notna().any()]
        return Section(
            title,
            [
                *self._chart(caption, counts),
                *tables,
                *rates,
                self._rates_table(self._t("纠正率", "Correction rates"), CORRECTIONS),
            ],
        )

    def carried_over(self) -> Part:
        """Return whether what agencies carried out of a year is what they carried into the next."""
        if len(self.years) < 2:
            return NOTHING
        title = self._t("年度之间的结转", "Carry-over between years")
        lines = long_series(self.corpus.frames, aliases=self.corpus.aliases, codes=["carried_out", "carried_in"])
        series = own_lines(lines)
        told = continuity(series)
        judged = told[told["holds"].notna()]
        if judged.empty:
            return Section(title, [self._t("没有可以衔接的两个年度。", "There are no two years to compare.")])
        rows = [(int(year), part) for year, part in judged.groupby(judged["year"].astype("int64"))]
        frame = pd.DataFrame(
            {
                self._t("年度", "Year"): [self._year(year) for year, _ in rows],
                self._t("可比的机关", "Agencies compared"): [
                    self._carry("agencies", year, part) for year, part in rows
                ],
                self._t("上年结转出", "Carried out of the year before"): [
                    self._carry("carried_out", year, part) for year, part in rows
                ],
                self._t("本年结转入", "Carried into this year"): [
                    self._carry("carried_in", year, part) for year, part in rows
                ],
                self._t("不衔接的机关", "Agencies that differ"): [
                    self._carry("differ", year, part) for year, part in rows
                ],
            },
            dtype="object",
        )
        note = self._t(
            "两个合计应当相等；不衔接的机关见“数据质量”页。",
            "Both sums should be the same; the page on data quality names the agencies that differ.",
        )
        return Section(title, [show(frame, title, note, index=False)])

    def _carry(self, what: str, year: int, part: pd.DataFrame) -> Traced:
        values = {
            "agencies": float(len(part)),
            "differ": float(part["holds"].eq(False).sum()),
            "carried_out": float(part["carried_out"].sum()),
            "carried_in": float(part["carried_in"].sum()),
        }
        how = "sum" if what.startswith("carried") else "count"
        trace = {"continuity": what, "year": str(year), "how": how}
        return Traced(format_number(values[what]), values[what], trace)

    def changes(self) -> Part:
        """Return the agencies whose new requests changed most from the year before to the last year."""
        if len(self.years) < 2:
            return NOTHING
        title = self._t("哪些机关变化最大", "Which agencies changed most")
        found = changed_most(self._of("request_volume"), least=_SMALLEST_BASE, shown=_MOST_CHANGED)
        rule = self._say(
            "最后一年与上年的新收申请，上年不少于 {least} 件的机关。变化大是查看的理由：先看是否更正、是否扩大了统计范围。",
            "New requests of the last year beside the year before, of agencies with at least {least} then. A large change is a "
            "reason to look: first whether figures were mended, or more was counted.",
            least=Traced(format_number(_SMALLEST_BASE), _SMALLEST_BASE, {"setting": "_SMALLEST_BASE"}),
        )
        if found.empty:
            return Section(title, [rule, self._t("没有这样的机关。", "There is no such agency.")])
        rows = list(found.itertuples())
        frame = pd.DataFrame(
            {
                self._t("机关", "Agency"): [Quoted(str(row.agency)) for row in rows],
                self._t("上年", "Year before"): [self._volume(row.agency, row.year - 1, row.previous) for row in rows],
                self._t("最后一年", "Last year"): [self._volume(row.agency, row.year, row.value) for row in rows],
                self._t("变化", "Change"): [self._change(row.agency, row.year, row.growth) for row in rows],
            },
            dtype="object",
        )
        return Section(
            title,
            [rule, show(frame, self._t("新收申请变化最大的机关", "Largest changes of new requests"), index=False)],
        )

    def _volume(self, agency: str, year: int, value: float) -> Traced:
        trace = {"indicator": "request_volume", "agency": str(agency), "year": str(year)}
        return Traced(format_number(value), float(value), trace)

    def _change(self, agency: str, year: int, value: float) -> Traced:
        trace = {"indicator": "request_volume", "agency": str(agency), "year": str(year), "how": "growth"}
        return Traced(f"{100 * value:+.0f} %".replace("-", "−"), float(value), trace)

    def restated(self) -> Part:
        """Return how many reports of each year do not go on from what the report of the year before had stated."""
        if len(self.years) < 2:
            return NOTHING
        title = self._t("与上年报告不一致的数字", "Figures that differ from last year's report")
        checks = self.corpus.checks
        judged = checks[checks["code"].isin(RESTATED) & checks["status"].isin(_JUDGED)]
        if judged.empty:
            return Section(title, [self._t("没有可以对照的两个年度。", "There are no two years to compare.")])
        note = self._t(
            "机关可能更正了上年的数字，或改变了统计范围；报告应当说明。",
            "Agencies may have mended last year's figures, or counted something else; the report should say so.",
        )
        return Section(title, [note, self._restated_table(judged)])

    def _restated_table(self, judged: pd.DataFrame) -> ShownTable:
        """Return for each rule and year in how many reports it fails, of how many in which it could be judged."""
        told = judged.assign(fails=judged["status"].isin(FAILING)).groupby(["code", *KEY])["fails"].any().reset_index()
        told = told.merge(self.corpus.reports[[*KEY, "year"]], on=KEY, how="left")
        counts = told.groupby(["code", "year"])["fails"].agg(["size", "sum"])
        codes = [code for code in RESTATED if code in set(told["code"])]
        years = self.years[1:]
        columns: dict[str, list[Shown]] = {self._t("年度", "Year"): [self._year(year) for year in years]}
        for code in codes:
            columns[sentence(RULES[code].zh, self.lang)] = [self._differs(code, year, counts) for year in years]
        caption = self._t("不一致的报告 / 可以对照的报告", "Reports that differ / reports that could be compared")
        return show(pd.DataFrame(columns, dtype="object"), caption, index=False)

    def _differs(self, code: str, year: int, counts: pd.DataFrame) -> Shown:
        if (code, year) not in counts.index:
            return Traced(format_number(None), None)
        row = counts.loc[(code, year)]

        def count(found: float, where: str) -> Traced:
            trace = {"checks": f"code={code};{where}", "of": f"year={year}"}
            return over(float(found), "count", len(self.reports), "read", self.lang, **trace)

        return Words([count(row["sum"], FAILS), " / ", count(row["size"], f"status={','.join(_JUDGED)}")])

    def side_by_side(self) -> Part:
        """Return requests, outcomes and disputes of all years side by side: sums over all agencies, and how many they are."""
        if len(self.years) < 2:
            return NOTHING
        groups = (
            (self._t("申请", "Requests"), FLOW),
            (self._t("办理结果", "Outcomes"), OUTCOMES),
            (self._t("行政复议与行政诉讼", "Reconsideration and litigation"), DISPUTES),
        )
        note = self._t(
            "印出的数字合计，括号内为有数字的机关数；空白没有算作零，所以各行机关数不同，各行之间不能直接相减。",
            "Sums of the figures printed, in brackets the agencies that have one; blanks are not counted as zero, so that rows "
            "are over different agencies, and cannot be subtracted from each other.",
        )
        tables = [self._sums_table(caption, codes) for caption, codes in groups]
        return Section(self._t("各年度并列", "All years side by side"), [note, *tables])

    def _sums_table(self, caption: str, codes: tuple[str, ...]) -> ShownTable:
        found = {code: self._yearly(code).set_index("year") for code in codes}
        return self._by_year(caption, codes, lambda code, year: self._sum_and_agencies(found[code], year, code))

    def _sum_and_agencies(self, rows: pd.DataFrame, year: int, code: str) -> Shown:
        if year not in rows.index:
            return Traced(format_number(None), None)
        row = rows.loc[year]
        near = [] if row["exact"] else ["≈ "]
        agencies = self._behind(row["agencies"], year, code)
        brackets = ("（", "）") if self.lang == "zh" else (" (", ")")
        return Words([*near, self._over(row["value"], "sum", year, code), brackets[0], agencies, brackets[1]])

    def soundness(self) -> Part:
        """Return how many reports each year has, on which forms, and in how many a check that must hold fails."""
        if len(self.years) < 2:
            return NOTHING
        title = self._t("各年度有多少报告，可信吗", "How many reports each year has, and whether they can be trusted")
        reports = self.reports.astype({"year": "int64"})
        findings = self.corpus.findings
        hard = findings.loc[findings["severity"] == "hard", KEY]
        fails = pd.MultiIndex.from_frame(reports[KEY]).isin(pd.MultiIndex.from_frame(hard))
        frame = reports.assign(fails=fails, aggregate=reports["scope"] == "aggregate")
        rows = [(int(year), part) for year, part in frame.groupby("year")]
        columns: dict[str, list[Shown]] = {
            self._t("年度", "Year"): [self._year(year) for year, _ in rows],
            self._t("报告", "Reports"): [self._reports(len(part), year) for year, part in rows],
            self._t("其中汇总报告", "Of them aggregates"): [
                self._reports(part["aggregate"].sum(), year, where="scope=aggregate") for year, part in rows
            ],
        }
        for form in sorted(frame["form"].dropna().unique()):
            name = {"mixed": "混用"}.get(form, form)
            columns[self._t(f"{name}表式", f"Form {form}")] = [
                self._reports((part["form"] == form).sum(), year, where=f"form={form}") for year, part in rows
            ]
        columns[self._t("有应当成立而不成立的", "Some check that must hold fails")] = [
            self._reports(part["fails"].sum(), year, checks=f"severity=hard;{FAILS}") for year, part in rows
        ]
        return Section(title, [show(pd.DataFrame(columns, dtype="object"), title, index=False)])

    def _reports(self, found: float, year: int, **trace: str) -> Traced:
        """Return how many reports of a year with a name hold something."""
        return over(float(found), "count", len(self.reports), "named", self.lang, of=f"year={year}", **trace)
