"""The parts of the page on data quality about checks: which fail how often and where, and what blanks leave open."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from gia_analysis.charts import stacked_chart
from gia_analysis.display import Folded, Section, ShownTable, show
from gia_analysis.divisions import division
from gia_analysis.grids import number_reports
from gia_analysis.schema import COLUMNS, FAILING, KEY, Verdict
from gia_analysis.summaries.following import FAILS
from gia_analysis.summaries.quality_page import QualityPage
from gia_analysis.traced import Quoted, Shown
from gia_analysis.wording import sentence, word

_JUDGED = (Verdict.PASS.value, Verdict.PASS_IF_BLANK_IS_ZERO.value, *FAILING)
_WAS_JUDGED = f"status={','.join(_JUDGED)}"
_HARD = f"severity=hard;{FAILS}"
_SEVERITIES = ("hard", "soft", "info")
_LEVELS = COLUMNS["agency_level"].allowed
_STANDING_COLOURS = {"holds": "#1d5b8f", "rests_on_blanks": "#a9bfd3", "fails": "#b5452c"}
_ADVICE: Mapping[str, tuple[str, str]] = {
    "X_COPY": ("看是否沿用了上年的报告；照抄的应重写。", "What was taken over from last year's report should be written anew."),
    "X_": ("与上年度报告并排核对；口径变动应在报告中说明。", "Compare with last year's report; a change of scope should be told."),
    "NARR_": ("核对正文与表格，改正其一。", "Compare text and table, and mend one of them."),
    "document": ("核对表式、章节、日期和网页内容。", "Look at form, chapters, dates and the web page itself."),
    "sum": ("对照原表核对所涉各格，先看“可能有误的单元格”。", "Compare the cells with the source; begin with the likely wrong cells."),
}  # fmt: skip


class QualityChecks(QualityPage):
    """What the checks found over all reports."""

    @cached_property
    def failing(self) -> pd.DataFrame:
        """The checks that fail."""
        return self.corpus.findings

    @cached_property
    def _reports_by_code(self) -> tuple[pd.Series, pd.Series]:
        """Return by code in how many reports a check was judged, and in how many it fails."""
        checks = self.corpus.checks
        judged = checks[checks["status"].isin(_JUDGED)]
        number, _ = number_reports(judged)
        place, codes = pd.factorize(judged["code"])
        fails = judged["status"].isin(FAILING).to_numpy()
        pair = number.astype(np.int64) * max(len(codes), 1) + place
        counts = [
            pd.Series(np.bincount(np.unique(each) % max(len(codes), 1), minlength=len(codes)), index=codes)
            for each in (pair, pair[fails])
        ]
        return counts[0], counts[1]

    def findings(self) -> Section:
        """Return which checks fail, in how many reports of those that could be judged, and what to do."""
        title = self._t("哪些核验不成立", "Which checks fail")
        if self.failing.empty:
            return Section(title, [self._t("没有不成立的核验。", "No check fails.")])
        judged, fail = self._reports_by_code
        rules = self.failing.groupby("code").agg(
            severity=("severity", "first"), sentence=("sentence", lambda found: list(dict.fromkeys(found)))
        )
        rules["fail"] = fail.reindex(rules.index)
        parts: list[object] = [self._findings_lead()]
        for severity in _SEVERITIES:
            part = rules[rules["severity"] == severity].sort_values("fail", ascending=False, kind="stable")
            if len(part):
                table = self._rules(part, judged, f"{self._t('级别：', 'Severity: ')}{word(severity, self.lang)}")
                summary = self._t("展开提示类核验", "Open the remarks")
                parts.append(Folded(summary, table) if severity == "info" else table)
        return Section(title, parts)

    def _findings_lead(self) -> Shown:
        hard = self.failing[self.failing["severity"] == "hard"].drop_duplicates(KEY)
        return self._say(
            "{n} 份报告（{share}）至少有一项应当成立的核验不成立。原报告的数字照印，不作改动；核对后可写入更正文件。",
            "In {n} reports ({share}) at least one check that must hold fails. What was printed stays; what is found to be "
            "wrong goes into a file of corrections.",
            n=self._count(len(hard), checks=_HARD),
            share=self._share(len(hard), len(self.reports), checks=_HARD),
        )

    def _rules(self, rules: pd.DataFrame, judged: pd.Series, caption: str) -> ShownTable:
        codes = [str(code) for code in rules.index]
        frame = pd.DataFrame(
            {
                self._t("代码", "Code"): [Quoted(code, "code") for code in codes],
                self._t("规则", "Rule"): [
                    Quoted(" ".join(sentence(one, self.lang) for one in each), "cite") for each in rules["sentence"]
                ],
                self._t("不成立", "Fails in"): [
                    self._count(fail, checks=f"code={code};{FAILS}")
                    for code, fail in zip(codes, rules["fail"], strict=True)
                ],
                self._t("已判断", "Judged in"): [
                    self._count(judged[code], checks=f"code={code};{_WAS_JUDGED}") for code in codes
                ],
                self._t("比例", "Share"): [
                    self._share(fail, judged[code], checks=f"code={code};{FAILS}", base=f"code={code};{_WAS_JUDGED}")
                    for code, fail in zip(codes, rules["fail"], strict=True)
                ],
                self._t("怎么办", "What to do"): [_advice(code)[self.lang == "en"] for code in codes],
            },
            dtype="object",
        )
        return show(frame, caption, index=False)

    def places(self) -> Section:
        """Return how many reports of each year, level and region have a check that must hold and does not."""
        title = self._t("问题出在哪里", "Where the problems are")
        parts: list[object] = [
            self._group("year", self._t("年度", "Year"), self._t("按年度", "By year")),
            self._group("agency_level", self._t("层级", "Level"), self._t("按机关层级", "By level of the agency")),
            self._group("province", self._t("地区", "Region"), self._t("按省级地区", "By province")),
        ]
        note = self._t(
            "比例高而份数多的一行先处理：往往是同一模板、同一填报口径造成的。",
            "Begin where both the share and the number of reports are high: often one template or one way of counting is behind it.",
        )
        return Section(title, [note, *self._standing_chart(), *parts])

    @cached_property
    def _standing(self) -> pd.Series:
        """Return for each report whether its checks that must hold do, rest on blanks, or fail."""
        checks = self.corpus.checks
        hard = checks[checks["severity"] == "hard"]
        fails = pd.MultiIndex.from_frame(hard.loc[hard["status"].isin(FAILING), KEY].drop_duplicates())
        rests = hard["status"] == Verdict.PASS_IF_BLANK_IS_ZERO.value
        on_blanks = pd.MultiIndex.from_frame(hard.loc[rests, KEY].drop_duplicates())
        standing = np.select([self.keys.isin(fails), self.keys.isin(on_blanks)], ["fails", "rests_on_blanks"], "holds")
        return pd.Series(standing, index=self.reports.index, dtype="str")

    def _standing_chart(self) -> list[object]:
        dated = self.reports["year"].notna()
        if not dated.any():
            return []
        table = pd.crosstab(self.reports.loc[dated, "year"].astype("int64"), self._standing[dated])
        table = table.reindex(columns=list(_STANDING_COLOURS), fill_value=0)
        names = {
            "holds": self._t("全部成立", "all hold"),
            "rests_on_blanks": self._t("空白视为零时成立", "hold if blanks are zero"),
            "fails": self._t("有不成立的", "some fail"),
        }
        caption = self._t("应当成立的核验，各年度报告的比例", "Checks that must hold: share of each year's reports")
        return [stacked_chart(caption, table, names, _STANDING_COLOURS, self.lang)]

    def _group(self, column: str, head: str, caption: str) -> ShownTable:
        groups = list(self.reports.groupby(column, dropna=False, sort=True))
        if column == "agency_level":
            groups.sort(key=lambda group: [*_LEVELS, group[0]].index(group[0]))
        touched = self._touched
        rows = [
            self._group_row(f"{column}={value if pd.notna(value) else 'missing'}", part, touched)
            for value, part in groups
        ]
        names = [
            self._t("报告", "Reports"), self._t("有应当成立而不成立的", "Some that must hold fails"),
            self._t("比例", "Share"), self._t("有一般成立而不成立的", "Some that usually holds fails"),
            self._t("只在空白视为零时成立的", "Holds only if blanks are zero"),
        ]  # fmt: skip
        frame = pd.DataFrame(rows, columns=names, dtype="object")
        heads = pd.Series([self._group_name(column, value) for value, _ in groups], dtype="object")
        frame.insert(0, head, heads)
        return show(frame, caption, index=False)

    @cached_property
    def _touched(self) -> Mapping[str, pd.MultiIndex]:
        checks = self.corpus.checks
        rests = checks["status"] == Verdict.PASS_IF_BLANK_IS_ZERO.value
        chosen = {
            "hard": self.failing["severity"] == "hard",
            "soft": self.failing["severity"] == "soft",
        }
        found = {name: self.failing.loc[each, KEY].drop_duplicates() for name, each in chosen.items()}
        found["blank"] = checks.loc[rests, KEY].drop_duplicates()
        return {name: pd.MultiIndex.from_frame(each) for name, each in found.items()}

    def _group_row(self, of: str, part: pd.DataFrame, touched: Mapping[str, pd.MultiIndex]) -> list[Shown]:
        keys = self.keys[part.index]
        hard, soft, blank = (int(keys.isin(touched[name]).sum()) for name in ("hard", "soft", "blank"))
        return [
            self._count(len(part), of=of),
            self._count(hard, of=of, checks=_HARD),
            self._share(hard, len(part), of=of, checks=_HARD),
            self._count(soft, of=of, checks=f"severity=soft;{FAILS}"),
            self._count(blank, of=of, checks="status=pass_if_blank_is_zero"),
        ]

    def _group_name(self, column: str, value: object) -> Shown:
        if value is None or pd.isna(value):
            return self._t("不明", "not known")
        if column == "year":
            return Quoted(str(int(str(value))), "time")
        if column == "province":
            found = division(f"{value}0000")
            return Quoted(found.name if found else str(value))
        return word(str(value), self.lang)


def _advice(code: str) -> Sequence[str]:
    for start in ("X_COPY", "X_", "NARR_"):
        if code.startswith(start):
            return _ADVICE[start]
    return _ADVICE["document" if code in _DOCUMENTS else "sum"]


_DOCUMENTS = frozenset(
    {
        "FORM_YEAR", "SECTION_MISSING", "SECTION_ORDER", "PUBLISHED_LATE", "FILED_BEFORE_PERIOD_END", "YEAR_CONFLICT",
        "SPAM_TEXT",
    }
)  # fmt: skip
