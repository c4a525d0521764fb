"""All agencies of one year side by side: volumes, rates with intervals, outcomes, disputes, and how good the data is."""

from collections.abc import Sequence

import pandas as pd

from gia_analysis.analysis import DEFAULT_DISCLOSURE_RATE, get_indicator, wilson_interval
from gia_analysis.charts import OUTCOME_COLOURS, bar_chart, interval_chart, stacked_chart
from gia_analysis.corpus import Corpus
from gia_analysis.display import Card, Folded, Section, ShownTable, format_number, format_share, show
from gia_analysis.errors import CorpusError
from gia_analysis.forms import Language, get_form, label
from gia_analysis.grids import read_grids
from gia_analysis.report_card import describe_indicator, labels_read, lines_unused
from gia_analysis.schema import FAILING, KEY, Kind
from gia_analysis.summaries.amounts import OUTCOME_NAMES, OUTCOMES, outcome_amounts
from gia_analysis.wording import kind_word, reading_word, sentence, word

_MOST_SHOWN = 20
_DISPUTE_COLOURS = {"upheld": "#1d5b8f", "corrected": "#b5452c", "other": "#9aa5b1", "pending": "#d99a4e"}


class CrossAgencySummary:
    """The parts of the page over all agencies of a year, each a ``Section``.

    Agencies whose report sums the bodies below it (scope ``aggregate``) are shown like others but never added up.

    Raises:
        CorpusError: the corpus has no readable report of that year; the message names the years it has.
    """

    def __init__(self, corpus: Corpus, year: int | None = None, lang: Language = "zh") -> None:
        self.lang = lang
        readable = corpus.reports[corpus.reports["status"] != "failed"]
        years = sorted({int(each) for each in readable["year"].dropna()})
        if not years:
            raise CorpusError("the corpus has no readable report with a year")
        self.year = year or years[-1]
        if self.year not in years:
            raise CorpusError(f"the corpus has no report for {self.year}: there are {years}")
        self.inputs = corpus.reports
        self.reports = readable[readable["year"] == self.year].set_index(KEY, drop=False)
        self.reports["name"] = self.reports["agency"].fillna(self.reports["source"])
        self.cells = self._of_year(corpus.cells)
        self.checks = self._of_year(corpus.checks)
        self.indicators = self._of_year(corpus.indicators)

    def _t(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def _of_year(self, frame: pd.DataFrame) -> pd.DataFrame:
        return frame[pd.MultiIndex.from_frame(frame[KEY]).isin(self.reports.index)]

    def _indicator(self, code: str) -> pd.DataFrame:
        rows = self.indicators[self.indicators["code"] == code].set_index(KEY)
        return rows.assign(name=self.reports["name"]).reindex(self.reports.index)

    @property
    def title(self) -> str:
        return self._t(
            f"{self.year} 年各机关政府信息公开比较", f"Information disclosure in {self.year}, agency by agency"
        )

    def headline(self) -> Section:
        """Return how many reports there are and what they add up to, aggregates left out."""
        own = self.reports[self.reports["scope"] != "aggregate"]
        volume = self._indicator("request_volume").loc[own.index, "value"]
        results = self._indicator("results").loc[own.index, "value"]
        broad = self._indicator(DEFAULT_DISCLOSURE_RATE).loc[own.index]
        counted = broad[broad["value"].notna()]
        pooled = self._pooled(counted["numerator"].sum(), counted["denominator"].sum())
        aggregates = len(self.reports) - len(own)
        facts = [
            (
                self._t("报告", "Reports"),
                f"{len(self.reports)}"
                + (
                    self._t(
                        f"（含 {aggregates} 份汇总报告，未计入合计）",
                        f" ({aggregates} aggregates, left out of the sums)",
                    )
                    if aggregates
                    else ""
                ),
            ),
            (
                self._t("未能读取的文件（各年度）", "Files that could not be read (all years)"),
                str(int((self.inputs["status"] == "failed").sum())),
            ),
            (self._t("新收申请合计", "New requests in all"), self._sum(volume)),
            (
                self._t("新收申请为零的机关", "Agencies without a new request"),
                f"{int((volume == 0).sum())} / {int(volume.notna().sum())}",
            ),
            (self._t("办理结果合计", "Results in all"), self._sum(results)),
            (
                self._t("合并计算的公开率（公开与部分公开）", "Disclosure rate, broad, of all together"),
                pooled + self._t(f"（{len(counted)} 个机关）", f" (agencies counted: {len(counted)})"),
            ),
        ]
        return Section(self._t("主要数字", "Headline figures"), [Card(self.title, facts, lang=self.lang)])

    def _pooled(self, released: float, results: float) -> str:
        if not results:
            return format_share(None)
        low, high = wilson_interval(released, results)
        return f"{format_share(released / results, low, high)} = {format_number(released)} / {format_number(results)}"

    def _sum(self, values: pd.Series) -> str:
        missing = int(values.isna().sum())
        text = format_number(values.sum())
        return (
            text
            if not missing
            else text + self._t(f"（{missing} 个机关没有数字）", f" (agencies without a figure: {missing})")
        )

    def volumes(self) -> Section:
        """Return the requests received by each agency."""
        title = self._t("收到多少申请", "How many requests came")
        volume = (
            self._indicator("request_volume").set_index("name")["value"].sort_values(ascending=False, kind="stable")
        )
        if volume.fillna(0).sum() == 0:
            return Section(
                title,
                [
                    self._t(
                        "没有机关收到申请，或数字均为空白。", "No agency received a request, or all figures are blank."
                    )
                ],
            )
        shown = volume.head(_MOST_SHOWN)
        return Section(
            title, [bar_chart(self._t("新收申请（件）", "New requests"), shown, self.lang), *self._cut(volume, shown)]
        )

    def _cut(self, every: pd.Series | pd.DataFrame, shown: pd.Series | pd.DataFrame) -> list[str]:
        if len(every) == len(shown):
            return []
        return [
            self._t(
                f"图中为 {len(every)} 个机关中的前 {len(shown)} 个，全部见下表。",
                f"Shown are the first {len(shown)} of {len(every)}; the table below has all.",
            )
        ]

    def rates(self) -> Section:
        """Return the disclosure rate of each agency with its interval, and why others have none."""
        rate = get_indicator(DEFAULT_DISCLOSURE_RATE)
        rows = self._indicator(rate.code)
        known = (
            rows[rows["value"].notna()]
            .sort_values(["value", "denominator"], ascending=False, kind="stable")
            .set_index("name")
        )
        note = self._t(
            f"口径：{rate.zh}。{rate.zh_means}依据：{rate.source}。",
            f"Definition: {rate.en}. {rate.means} Source: {rate.source}.",
        )
        parts: list[object] = [note]
        if len(known):
            parts += [
                interval_chart(rate.name(self.lang), known.head(_MOST_SHOWN), self.lang),
                *self._cut(known, known.head(_MOST_SHOWN)),
            ]
        missing = rows.loc[rows["value"].isna(), "reason"].value_counts()
        if len(missing):
            frame = pd.DataFrame(
                {self._t("机关数", "Agencies"): missing.to_numpy()},
                index=[word(str(each), self.lang) for each in missing.index],
            )
            parts.append(show(frame, self._t("没有公开率的原因", "Why there is no rate")))
        return Section(self._t("公开率", "Disclosure rates"), parts)

    def composition(self) -> Section:
        """Return the outcomes of each agency as shares of all."""
        title = self._t("办理结果构成", "What became of the requests")
        amounts = outcome_amounts(self.cells)
        complete = _complete(amounts)
        busy = complete[complete.sum(axis=1) > 0]
        if busy.empty:
            return Section(
                title,
                [
                    self._t(
                        "没有可以画图的数字：办理结果为零或有空白。",
                        "There is nothing to draw: results are zero or have blanks.",
                    )
                ],
            )
        busy = (
            busy.assign(size=busy.sum(axis=1)).sort_values("size", ascending=False, kind="stable").drop(columns="size")
        )
        shown = busy.head(_MOST_SHOWN)
        shown.index = pd.Index([self.reports.loc[key, "name"] for key in shown.index])
        names = {code: OUTCOME_NAMES[code][self.lang == "en"] for code in OUTCOMES}
        blank = len(self.reports) - len(complete)
        note = self._t(
            f"{blank} 个机关的办理结果有空白，未画入。",
            f"Agencies with blanks among their outcomes, not drawn: {blank}.",
        )
        return Section(
            title,
            [
                stacked_chart(title, shown, names, OUTCOME_COLOURS, self.lang),
                *([note] if blank else []),
                *self._cut(busy, shown),
            ],
        )

    def refusals(self) -> Section:
        """Return the grounds of refusal over all agencies, aggregates left out."""
        title = self._t("不予公开的理由", "Why requests were refused")
        codes = get_form("2021").table("requests").rows_of("denied")
        figures = self._own_figures("requests", [(code, "total") for code in codes])
        if figures.empty:
            return Section(title, [self._t("没有机关的报告有这张表。", "No agency's report has this table.")])
        totals = figures.sum()
        blank = self._blank_note(figures)
        if totals.sum() == 0:
            return Section(title, [self._t("印出的各项理由均为零。", "All grounds that are printed are zero."), *blank])
        totals.index = pd.Index([label("requests", code, self.lang, short=True) for code in codes])
        chart = bar_chart(self._t("不予公开理由合计（件）", "Grounds of refusal, all agencies"), totals, self.lang)
        return Section(title, [chart, *blank])

    def _own_figures(self, table: str, cells: Sequence[tuple[str, str]]) -> pd.DataFrame:
        """Return cells of a table, a row for each report that has it and is no aggregate; missing where none is printed."""
        own = self.reports.index[self.reports["scope"] != "aggregate"]
        parts = [
            pd.DataFrame({cell: grid.series(*cell) for cell in cells}).loc[grid.keys.isin(own)]
            for grid in read_grids(self.cells)
            if grid.table.code == table
        ]
        return pd.concat(parts) if parts else pd.DataFrame(columns=pd.MultiIndex.from_tuples(cells), dtype="float64")

    def _blank_note(self, figures: pd.DataFrame) -> list[str]:
        blank = int(figures.isna().any(axis=1).sum())
        if not blank:
            return []
        return [
            self._t(
                f"{blank} 个机关有空白格：合计只含印出的数字，空白没有算作零。",
                f"Agencies with blank cells: {blank}. Sums hold printed figures only; blanks are not counted as zero.",
            )
        ]

    def disputes(self) -> Section:
        """Return reconsiderations and lawsuits by result over all agencies, aggregates left out."""
        title = self._t("行政复议与行政诉讼", "Reconsideration and litigation")
        table = get_form("2021").table("review_litigation")
        figures = self._own_figures(
            table.code, [(row.code, column) for row in table.rows for column in _DISPUTE_COLOURS]
        )
        if figures.empty:
            return Section(title, [self._t("没有机关的报告有这张表。", "No agency's report has this table.")])
        blank = self._blank_note(figures)
        totals = figures.sum()
        amounts = pd.DataFrame(
            [[totals[row.code, column] for column in _DISPUTE_COLOURS] for row in table.rows],
            index=[label(table.code, row.code, self.lang) for row in table.rows],
            columns=list(_DISPUTE_COLOURS),
        )
        if amounts.to_numpy().sum() == 0:
            return Section(title, [self._t("印出的各格均为零。", "All cells that are printed are zero."), *blank])
        names = {code: label("review_litigation", code, self.lang) for code in _DISPUTE_COLOURS}
        frame = amounts.rename(columns=names).astype("Int64")
        chart = stacked_chart(
            self._t("案件结果（件）", "Results (cases)"), amounts, names, _DISPUTE_COLOURS, self.lang, shares=False
        )
        return Section(title, [chart, show(frame, title), *blank])

    def quality(self) -> Section:
        """Return which checks fail, and how many agencies each touches."""
        title = self._t("数据质量", "Data quality")
        failing = self.checks[self.checks["status"].isin(FAILING)]
        parts: list[object] = [self._reading(), self._reading_of_each()]
        if failing.empty:
            parts.append(self._t("没有不成立的核验。", "No check fails."))
            return Section(title, parts)
        counted = failing.groupby(["code", "severity", "sentence"], sort=False)["source"].nunique().reset_index()
        counted = counted.sort_values("source", ascending=False, kind="stable")
        frame = pd.DataFrame(
            {
                self._t("代码", "Code"): counted["code"],
                self._t("级别", "Severity"): [word(each, self.lang) for each in counted["severity"]],
                self._t("规则", "Rule"): [sentence(each, self.lang) for each in counted["sentence"]],
                self._t("机关数", "Agencies"): counted["source"],
            }
        )
        parts.append(show(frame, self._t("不成立的核验", "Checks that do not hold"), index=False))
        return Section(title, parts)

    def _reading(self) -> ShownTable:
        kinds = self.cells["kind"].value_counts()
        frame = pd.DataFrame(
            {self._t("单元格", "Cells"): kinds.to_numpy()},
            index=[kind_word(str(kind), self.lang) for kind in kinds.index],
        )
        return show(frame, self._t("单元格里印的是什么", "What was printed in the cells"))

    def _reading_of_each(self) -> Folded:
        """Return for each report how far it was read: labels, cells by kind, lines of tables that were not used."""
        kinds = pd.crosstab([self.cells["source"], self.cells["report_id"]], self.cells["kind"]).reindex(
            self.reports.index, fill_value=0
        )
        rows = list(self.reports.itertuples())
        columns: dict[str, object] = {
            self._t("机关", "Agency"): [row.name for row in rows],
            self._t("读取", "Reading"): [word(row.status, self.lang) for row in rows],
            reading_word("labels", self.lang): [labels_read(row) for row in rows],
        }
        for kind in Kind:
            if kind.value in kinds:
                columns[kind_word(kind.value, self.lang)] = kinds[kind.value].to_numpy()
        columns[reading_word("table_lines_unused", self.lang)] = [lines_unused(row) for row in rows]
        table = show(
            pd.DataFrame(columns),
            self._t("各报告的标签、单元格和表格行", "Labels, cells and table lines of each report"),
            index=False,
        )
        return Folded(self._t(f"展开 {len(rows)} 份报告的读取情况", f"Open how {len(rows)} reports were read"), table)

    def agencies(self) -> Section:
        """Return a row for every agency: volume, results, rate, findings."""
        title = self._t("各机关一览", "All agencies")
        failing = (
            self.checks[self.checks["status"].isin(FAILING)].groupby(KEY).size().reindex(self.reports.index).fillna(0)
        )
        frame = pd.DataFrame(
            {
                self._t("机关", "Agency"): self.reports["name"],
                self._t("表式", "Form"): self.reports["form"],
                self._t("新收申请", "New requests"): self._indicator("request_volume")["value"],
                self._t("办理结果", "Results"): self._indicator("results")["value"],
                self._t("公开率及 95 % 区间", "Disclosure rate and 95 % interval"): [
                    describe_indicator(row, self.lang)
                    for _, row in self._indicator(DEFAULT_DISCLOSURE_RATE)
                    .assign(code=DEFAULT_DISCLOSURE_RATE)
                    .iterrows()
                ],
                self._t("不成立的核验", "Failing checks"): failing.astype(int),
            }
        )
        return Section(title, [show(frame, title, index=False)])


def _complete(amounts: pd.DataFrame) -> pd.DataFrame:
    """Return the reports all of whose outcomes are known; an outcome that the form does not have is none."""
    on_form = amounts.drop(columns="not_processed").notna().all(axis=1)
    return amounts[on_form].fillna(0)
