"""One agency's report of one year as a reader meets it: what came in, what came out, and whether it can be trusted."""

from collections.abc import Sequence

import pandas as pd

from gia_analysis.analysis import DEFAULT_DISCLOSURE_RATE, get_indicator
from gia_analysis.charts import OUTCOME_COLOURS, Chart, bar_chart, interval_chart
from gia_analysis.corpus import Corpus
from gia_analysis.display import Card, Folded, Section, ShownTable, format_number, show
from gia_analysis.errors import CorpusError
from gia_analysis.forms import Language, get_form, label
from gia_analysis.report_card import HEADLINES, describe_finding, describe_indicator
from gia_analysis.schema import FAILING, Verdict
from gia_analysis.summaries.amounts import OUTCOME_NAMES, OUTCOMES, outcome_amounts
from gia_analysis.wording import kind_word, sentence, word

_RATES = ("disclosure_rate_broad", "disclosure_rate_full", "disclosure_rate_merits", "disclosure_rate_answerable")
_DISPUTES_OF_2014 = ("reconsiderations", "litigations")
_MOST_PEERS = 20


class AgencySummary:
    """The parts of an agency's page, each a ``Section``.

    Raises:
        CorpusError: the corpus has no report, or more than one, of this agency and year.
    """

    def __init__(self, corpus: Corpus, agency: str, year: int, lang: Language = "zh") -> None:
        self.corpus = corpus
        self.part = corpus.select(agency, year)
        sources = self.part.reports["source"]
        if len(sources) > 1:
            raise CorpusError(f"{len(sources)} reports of {agency} for {year}: {', '.join(sources)}; keep one of them")
        self.agency, self.year, self.lang = agency, year, lang
        self.report = self.part.reports.iloc[0]
        self.indicators = self.part.indicators.set_index("code", drop=False)
        self.values = {(row.table, row.row, row.col): row.value for row in self.part.cells.itertuples()}
        self.is_2014 = "stats_2014" in set(self.part.cells["table"])

    def _t(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    @property
    def title(self) -> str:
        return self._t(
            f"{self.agency} {self.year} 年政府信息公开", f"{self.agency}: information disclosure in {self.year}"
        )

    def headline(self) -> Section:
        """Return the first figures a reader asks for, and in one sentence whether they can be trusted."""
        facts = [
            (get_indicator(code).name(self.lang), describe_indicator(self.indicators.loc[code], self.lang))
            for code in HEADLINES
        ]
        rate = get_indicator(DEFAULT_DISCLOSURE_RATE)
        note = self._t(
            f"“{rate.zh}”的依据：{rate.source}。括号内为威尔逊 95 % 置信区间；空白不等于零。",
            f"'{rate.en}' follows {rate.source}. In brackets the Wilson 95 % interval. Blank is not zero.",
        )
        return Section(
            self._t("主要数字", "Headline figures"), [self._trust(), Card(self.agency, facts, lang=self.lang), note]
        )

    def _trust(self) -> str:
        hard = int((self.part.findings["severity"] == "hard").sum())
        soft = len(self.part.findings) - hard
        status = word(self.report["status"], self.lang)
        holds = self._t(f"有 {hard} 处不成立", f"{hard} fail") if hard else self._t("全部成立", "all hold")
        return self._t(
            f"报告{status}；应当成立的核验{holds}，另有 {soft} 处提示。",
            f"The report was {status}; checks that must hold: {holds}; further remarks: {soft}.",
        )

    def outcomes(self) -> Section:
        """Return the way from requests to outcomes, with the four disclosure rates by their definitions."""
        amounts = outcome_amounts(self.part.cells)
        names = [OUTCOME_NAMES[code][self.lang == "en"] for code in OUTCOMES]
        title = self._t("从收到申请到办理结果", "From requests to outcomes")
        if amounts.empty:
            return Section(title, [self._no_table()])
        values = pd.Series(amounts.iloc[0].to_numpy(), index=names, dtype="float64")
        bars = self._bars(
            self._t("办理结果（件）", "Outcomes (requests)"), values, [OUTCOME_COLOURS[code] for code in OUTCOMES]
        )
        return Section(title, [self._flow(), self._flow_table(), bars, *self._printed_outcomes(), self._rates()])

    def _printed_outcomes(self) -> list[object]:
        """Return the outcomes that are printed with a figure other than zero, and how many are blank."""
        cells = self.part.cells
        if self.is_2014:
            outcomes = cells[cells["row"].str.startswith("reply_")]
        else:
            table = get_form(str(cells.loc[cells["table"] == "requests", "form"].iloc[0])).table("requests")
            leaves = [row for row in table.rows_of("results") if row != "results_total"]
            outcomes = cells[(cells["table"] == "requests") & cells["row"].isin(leaves) & (cells["col"] == "total")]
        printed = outcomes[outcomes["value"].fillna(0).ne(0)]
        blank = int(outcomes["value"].isna().sum())
        note: list[object] = [self._t(f"另有 {blank} 项空白。", f"Outcomes left blank: {blank}.")] if blank else []
        if printed.empty:
            return note
        frame = pd.DataFrame(
            {self._t("件数", "Requests"): printed["value"].to_numpy()}, index=self._labels(printed, "row", short=True)
        )
        caption = self._t("印出的办理结果（非零）", "Outcomes printed, other than zero")
        return [show(frame, caption), *note]

    def _flow(self) -> str:
        if self.is_2014:
            return self._t(
                "本报告使用 2014 年表式，各类答复按大致对应关系归并。",
                "This report uses the form of 2014; its kinds of reply are grouped as they roughly correspond.",
            )
        return self._t(
            "本年新收与上年结转之和，应等于本年办理结果总计与结转下年度之和。",
            "New requests and those carried in must equal results and those carried out.",
        )

    def _flow_table(self) -> ShownTable:
        if self.is_2014:
            places = [
                ("stats_2014", row, "value") for row in ("requests_received", "requests_concluded", "replies_total")
            ]
        else:
            places = [
                ("requests", row, "total") for row in ("new_received", "carried_in", "results_total", "carried_out")
            ]
        rows = [label(table, row, self.lang) for table, row, _ in places]
        frame = pd.DataFrame(
            {self._t("件数", "Requests"): [self.values.get(place) for place in places]}, index=rows, dtype="Float64"
        )
        return show(frame, self._t("申请的收到与办理", "Requests received and handled"), *self._blank_note(frame))

    def _rates(self) -> ShownTable:
        rows = self.indicators.loc[list(_RATES)]
        columns = {
            self._t("口径", "Definition"): [get_indicator(code).name(self.lang) for code in rows.index],
            self._t("公开率及 95 % 区间", "Rate and 95 % interval"): self._described(rows),
        }
        if rows["reason"].eq("blank").any():
            zero = self.part.indicators_with("zero").set_index("code", drop=False).loc[list(_RATES)]
            columns[self._t("若空白视为零", "If blanks were zero")] = self._described(zero)
        return show(
            pd.DataFrame(columns),
            self._t("同一数字的四种公开率", "Four disclosure rates of the same figures"),
            *[f"{get_indicator(code).name(self.lang)}: {get_indicator(code).meaning(self.lang)}" for code in _RATES],
            index=False,
        )

    def _described(self, rows: pd.DataFrame) -> list[str]:
        return [describe_indicator(row, self.lang) for _, row in rows.iterrows()]

    def refusals(self) -> Section:
        """Return the grounds on which requests were refused, and the reasons for the other outcomes."""
        title = self._t("不予公开的理由", "Why requests were refused")
        if self.is_2014:
            table, column = "stats_2014", "value"
            codes: Sequence[str] = [
                row.code for row in get_form("2014").table(table).rows if row.code.startswith("denied_")
            ]
        else:
            table, column = "requests", "total"
            codes = get_form("2021").table(table).rows_of("denied")
        values = self._series(table, codes, column)
        if values.isna().all():
            return Section(
                title, [self._t("各项理由均为空白或没有该表。", "All grounds are blank, or there is no such table.")]
            )
        if values.fillna(0).sum() == 0:
            return Section(title, [self._no_refusal(values)])
        return Section(
            title,
            [
                self._bars(self._t("不予公开理由（件）", "Grounds of refusal (requests)"), values),
                self._amount_table(title, values),
            ],
        )

    def _no_refusal(self, values: pd.Series) -> str:
        blank = int(values.isna().sum())
        if not blank:
            return self._t(
                "没有不予公开的申请，各项均印为 0。", "No request was refused: every ground is printed as 0."
            )
        return self._t(
            f"印出的各项均为 0；另有 {blank} 项空白，不能视为零。",
            f"All grounds printed are 0; {blank} are blank, which is not zero.",
        )

    def applicants(self) -> Section:
        """Return who asked."""
        title = self._t("谁在申请", "Who asked")
        if self.is_2014:
            codes = ("received_in_person", "received_fax", "received_online", "received_letter")
            values = self._series("stats_2014", codes, "value")
            title = self._t("申请的方式", "How requests came")
        elif not self.part.cells["table"].eq("requests").any():
            return Section(title, [self._no_table()])
        else:
            columns = [column.code for column in get_form("2021").table("requests").columns if column.code != "total"]
            names = [label("requests", code, self.lang, short=True) for code in columns]
            values = pd.Series(
                [self.values.get(("requests", "new_received", code)) for code in columns], index=names, dtype="float64"
            )
        if values.isna().all():
            return Section(title, [self._t("各栏均为空白。", "All columns are blank.")])
        if values.fillna(0).sum() == 0:
            return Section(title, [self._t("没有新收申请。", "No new request was received.")])
        return Section(
            title, [self._bars(self._t("新收申请（件）", "New requests"), values), self._amount_table(title, values)]
        )

    def disputes(self) -> Section:
        """Return reconsiderations and lawsuits by result."""
        title = self._t("行政复议与行政诉讼", "Reconsideration and litigation")
        if self.is_2014:
            rows = [
                row.code for row in get_form("2014").table("stats_2014").rows if row.code.startswith(_DISPUTES_OF_2014)
            ]
            return Section(title, [self._amount_table(title, self._series("stats_2014", rows, "value"))])
        return Section(title, self._printed_tables(["review_litigation"]) or [self._no_table()])

    def proactive(self) -> Section:
        """Return what was published without being asked for."""
        title = self._t("主动公开", "Proactive publication")
        if self.is_2014:
            rows = [
                row.code
                for row in get_form("2014").table("stats_2014").rows
                if row.code.startswith(("proactive", "normative", "channel"))
            ]
            return Section(title, [self._amount_table(title, self._series("stats_2014", rows, "value"))])
        codes = sorted({table for table in self.part.cells["table"] if table.startswith("art20_")})
        return Section(title, self._printed_tables(codes) or [self._no_table()])

    def comparison(self) -> Section:
        """Return how the agency stands among all of the corpus in the same year."""
        title = self._t("与其他机关比较", "Compared with other agencies")
        rate = get_indicator(DEFAULT_DISCLOSURE_RATE)
        same_year = self.corpus.reports[self.corpus.reports["year"] == self.year][["source", "report_id", "agency"]]
        every = self.corpus.indicators.merge(same_year, on=["source", "report_id"])
        volume = every[(every["code"] == "request_volume") & every["value"].notna()]
        own = self.indicators.loc["request_volume", "value"]
        median, received = format_number(volume["value"].median()), format_number(own)
        parts: list[object] = [
            self._t(
                f"同年度共 {len(same_year)} 个机关，其中 {len(volume)} 个报告了新收申请数，中位数 {median} 件；本机关 {received} 件。",
                f"{len(same_year)} agencies reported for the year, {len(volume)} of them the number of new requests: "
                f"median {median}, this agency {received}.",
            )
        ]
        rates = every[(every["code"] == rate.code) & every["value"].notna()].set_index("agency")
        if rates.empty:
            parts.append(self._t("没有可以比较的公开率。", "There is no disclosure rate to compare."))
            return Section(title, parts)
        shown = self._nearest(rates)
        parts.append(interval_chart(rate.name(self.lang), shown, self.lang, highlighted=self.agency))
        parts.append(
            self._t(
                f"可计算公开率的有 {len(rates)} 个机关，图中为 {len(shown)} 个。区间重叠的机关不能排出先后。",
                f"{len(rates)} agencies have a rate, {len(shown)} are shown. Where intervals overlap, no order can be told.",
            )
        )
        return Section(title, parts)

    def _nearest(self, rates: pd.DataFrame) -> pd.DataFrame:
        """Return at most twenty agencies in the order of their rates, those around this one."""
        ordered = rates.sort_values(["value", "denominator"], ascending=False, kind="stable")
        names = list(ordered.index)
        middle = names.index(self.agency) if self.agency in names else 0
        start = max(0, min(middle - _MOST_PEERS // 2, len(names) - _MOST_PEERS))
        return ordered.iloc[start : start + _MOST_PEERS]

    def findings(self) -> Section:
        """Return what the checks found, and how many were made."""
        checks = self.part.checks
        counts = checks["status"].value_counts()
        failing = checks[checks["status"].isin(FAILING)]
        made = len(checks) - counts.get(Verdict.NOT_APPLICABLE.value, 0)
        counted = self._t(
            f"共作 {made} 项核验：{counts.get('pass', 0)} 项成立，{counts.get('pass_if_blank_is_zero', 0)} 项在空白视为零时成立，"
            f"{len(failing)} 项不成立；另有 {len(checks) - made} 项不适用。",
            f"{made} checks were made: {counts.get('pass', 0)} hold, {counts.get('pass_if_blank_is_zero', 0)} hold if blanks are zero, "
            f"{len(failing)} do not; {len(checks) - made} did not apply.",
        )
        title = self._t("核验结果", "What the checks found")
        if failing.empty:
            return Section(title, [counted])
        frame = pd.DataFrame(
            {
                self._t("代码", "Code"): failing["code"],
                self._t("级别", "Severity"): [word(each, self.lang) for each in failing["severity"]],
                self._t("规则", "Rule"): [sentence(each, self.lang) for each in failing["sentence"]],
                self._t("发现", "Found"): [describe_finding(row, self.lang) for row in failing.itertuples()],
            }
        )
        return Section(title, [counted, show(frame, self._t("不成立的核验", "Checks that do not hold"), index=False)])

    def provenance(self) -> Section:
        """Return where each figure stood in the file."""
        cells = self.part.cells
        printed = cells[cells["value"].fillna(0).ne(0)]
        blank = int(cells["value"].isna().sum())
        intro = self._t(
            f"来源：{self.report['source']}（SHA-256 {str(self.report['sha256'])[:16]}…）。共 {len(cells)} 个单元格，"
            f"其中非零数字 {len(printed)} 个，无数值 {blank} 个，其余印为 0。",
            f"Source: {self.report['source']} (SHA-256 {str(self.report['sha256'])[:16]}…). {len(cells)} cells: "
            f"{len(printed)} figures other than zero, {blank} without a value, the others printed as 0.",
        )
        parts: list[object] = [intro]
        if len(printed):
            parts.append(self._cell_table(printed, self._t("非零数字的出处", "Where figures other than zero stood")))
        folded = self._cell_table(cells, self._t("全部单元格", "All cells"))
        parts.append(Folded(self._t(f"展开全部 {len(cells)} 个单元格", f"Open all {len(cells)} cells"), folded))
        return Section(self._t("数字出处", "Where each figure stood"), parts)

    def _cell_table(self, cells: pd.DataFrame, caption: str) -> ShownTable:
        frame = pd.DataFrame(
            {
                self._t("表", "Table"): [label(table, language=self.lang) for table in cells["table"]],
                self._t("行", "Row"): self._labels(cells, "row", short=True),
                self._t("列", "Column"): self._labels(cells, "col"),
                self._t("数值", "Value"): cells["value"].to_numpy(),
                self._t("单位", "Unit"): cells["unit"].fillna("").to_numpy(),
                self._t("原文", "As printed"): cells["raw"].fillna("").to_numpy(),
                self._t("类别", "Kind"): [kind_word(kind, self.lang) for kind in cells["kind"]],
                self._t("行号", "Line"): [format_number(line) for line in cells["line"]],
            }
        )
        return show(frame, caption, index=False)

    def _labels(self, cells: pd.DataFrame, codes: str, *, short: bool = False) -> list[str]:
        places = zip(cells["table"], cells[codes], cells["form"], strict=True)
        return [label(table, code, self.lang, form=form, short=short) for table, code, form in places]

    def _printed_tables(self, codes: Sequence[str]) -> list[object]:
        parts: list[object] = []
        for code in codes:
            cells = self.part.cells[self.part.cells["table"] == code]
            if cells.empty:
                continue
            form = str(cells["form"].iloc[0])
            columns = [column.code for column in get_form(form).table(code).columns]
            rows = list(dict.fromkeys(cells["row"]))
            frame = pd.DataFrame(
                [[self.values.get((code, row, column)) for column in columns] for row in rows],
                index=[label(code, row, self.lang, form=form) for row in rows],
                columns=[label(code, column, self.lang, form=form) for column in columns],
                dtype="Float64",
            )
            parts.append(show(frame, label(code, language=self.lang), *self._blank_note(frame)))
        return parts

    def _series(self, table: str, rows: Sequence[str], column: str) -> pd.Series:
        names = [label(table, row, self.lang, short=True) for row in rows]
        return pd.Series([self.values.get((table, row, column)) for row in rows], index=names, dtype="float64")

    def _amount_table(self, caption: str, values: pd.Series) -> ShownTable:
        frame = values.astype("Float64").to_frame(self._t("数量", "Number"))
        return show(frame, caption, *self._blank_note(frame))

    def _bars(self, title: str, values: pd.Series, colours: Sequence[str] | None = None) -> Chart | str:
        if values.fillna(0).sum() == 0:
            return self._t(
                "没有可以画图的数字：各项为零或空白。", "There is nothing to draw: all figures are zero or blank."
            )
        return bar_chart(title, values, self.lang, colours=colours)

    def _blank_note(self, frame: pd.DataFrame) -> list[str]:
        if not frame.isna().any(axis=None):
            return []
        return [self._t("— 表示原表该格没有数字，不是零。", "— means that the cell holds no figure; it is not zero.")]

    def _no_table(self) -> str:
        return self._t("报告中没有这张表。", "The report does not have this table.")
