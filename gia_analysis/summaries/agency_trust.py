"""The part of an agency's page that says how far its figures can be trusted: findings, and cells that are likely wrong."""

from itertools import islice
from typing import Any

import pandas as pd

from gia_analysis.checks.hints import Slip, find_hints
from gia_analysis.display import Section, show
from gia_analysis.report_card import NEGATED
from gia_analysis.schema import FAILING, Kind, Verdict
from gia_analysis.summaries.agency_page import AgencyPage, file_of
from gia_analysis.summaries.following import FAILS, number, split_name
from gia_analysis.traced import Quoted, Shown, Traced, Words
from gia_analysis.wording import sentence, word

_MOST_HINTS = 10
_MADE = f"status={','.join(each.value for each in Verdict if each is not Verdict.NOT_APPLICABLE)}"
_UNCERTAIN = (
    (
        Kind.AMBIGUOUS,
        "{n} 个单元格的数字位置无法确定，没有采用。",
        " In {n} cells the place of a figure is not certain: left open.",
    ),
    (
        Kind.INFERRED,
        "{n} 个数字的位置由勾稽关系推定。",
        " The place of {n} figures is inferred from the sums of the form.",
    ),
)
_ANSWERS = ("request_volume", "workload", "results", "disclosure_rate_broad")


class AgencyTrust(AgencyPage):
    """What speaks for and against the figures."""

    def trust(self) -> Words:
        """Return in a few sentences whether the figures can be trusted, and those of the answers in particular."""
        checks, count = self.part.checks, self.figures.checks
        hard = checks["severity"] == "hard"
        made = int((hard & (checks["status"] != Verdict.NOT_APPLICABLE.value)).sum())
        failing = checks[checks["status"].isin(FAILING)]
        wrong = failing[failing["severity"] == "hard"]
        cells = self.part.cells
        told = self._say(
            "报告{status}。{made} 项应当成立的核验{holds}，另有 {soft} 处提示。{all} 个单元格中 {blank} 个没有数字。",
            "The report was {status}. Checks that must hold: {made}, {holds}; further remarks: {soft}. Cells: {all}, without a "
            "figure: {blank}.",
            status=word(self.report["status"], self.lang),
            made=count(made, f"{_MADE};severity=hard"),
            holds=self._wrong(len(wrong)) if made else self._t("均不适用", "none applied"),
            soft=count(len(failing) - len(wrong), f"{FAILS};severity=soft,info"),
            all=self.figures.count(len(cells)),
            blank=self.figures.count(int(cells["value"].isna().sum()), "value=missing"),
        )
        return Words([told, *self._uncertain(), self._t("", " "), self._verdict(wrong), *self._other_files()])

    def _other_files(self) -> list[Shown]:
        """Return which other files there are of the report, and whether they say the same."""
        told: list[Shown] = []
        for agrees, zh, en in (
            (True, "同一报告另有文件，数字相同：{files}。", " Other files of the same report, with the same figures: {files}."),
            (
                False, "同一报告另有文件，数字不全相同，引用前应比对：{files}。",
                " Other files of the same report, in which some figures differ; compare them before you cite: {files}.",
            ),
        ):  # fmt: skip
            files = [
                Quoted(file_of(str(source)), "code")
                for source in self.other_files.loc[self.other_files["agrees"] == agrees, "source"]
            ]
            told += [self._say(zh, en, files=self._join(files))] if files else []
        return told

    def _uncertain(self) -> list[Shown]:
        """Return how many cells have no certain place, and how many were placed by the sums of the form."""
        told: list[Shown] = []
        for kind, zh, en in _UNCERTAIN:
            found = int((self.part.cells["kind"] == kind.value).sum())
            if found:
                told.append(self._say(zh, en, n=self.figures.count(found, f"kind={kind.value}")))
        return told

    def _wrong(self, found: int) -> Shown:
        if not found:
            return self._t("全部成立", "all hold")
        return self._say("有 {n} 处不成立", "{n} fail", n=self.figures.checks(found, f"{FAILS};severity=hard"))

    def _verdict(self, wrong: pd.DataFrame) -> str:
        """Return whether failing checks touch the figures that the answers rest on."""
        if wrong.empty:
            return self._t(
                "没有发现自相矛盾；核验不能说明数字是否属实。",
                "Nothing contradicts itself; checks cannot tell whether figures are true.",
            )
        rows = self.indicators["cells"].reindex(list(_ANSWERS)).dropna()
        answers = {name for names in rows for name in names.split(";")}
        touched = {name for names in wrong["cells"].dropna() for name in names.split(";")}
        if answers & touched:
            return self._t(
                "前面的回答所用的数字牵涉其中：引用之前应核对原文。",
                "Figures of the answers above are among them: see the original before quoting them.",
            )
        return self._t(
            "前面关于申请和公开率的回答所用的数字不在其中。",
            "The figures behind the answers on requests and disclosure are not among them.",
        )

    def findings(self) -> Section:
        """Return what the checks found, how many were made, and which cells are likely to be wrong."""
        checks = self.part.checks
        counts = checks["status"].value_counts()
        failing = checks[checks["status"].isin(FAILING)]
        apart = int(counts.get(Verdict.NOT_APPLICABLE.value, 0))
        count = self.figures.checks
        counted = self._say(
            "共作 {made} 项核验：{holds} 项成立，{blank} 项在空白视为零时成立，{fail} 项不成立；另有 {apart} 项不适用。",
            "{made} checks were made: {holds} hold, {blank} hold if blanks are zero, {fail} do not; {apart} did not apply.",
            made=count(len(checks) - apart, _MADE),
            holds=count(int(counts.get("pass", 0)), "status=pass"),
            blank=count(int(counts.get("pass_if_blank_is_zero", 0)), "status=pass_if_blank_is_zero"),
            fail=count(len(failing), FAILS),
            apart=count(apart, "status=not_applicable"),
        )
        title = self._t("数字可信吗？", "Can the figures be trusted?")
        if failing.empty:
            return Section(title, [self.trust(), counted])
        frame = pd.DataFrame(
            {
                self._t("代码", "Code"): [Quoted(code, "code") for code in failing["code"]],
                self._t("级别", "Severity"): [word(each, self.lang) for each in failing["severity"]],
                self._t("规则", "Rule"): [Quoted(sentence(each, self.lang), "cite") for each in failing["sentence"]],
                self._t("发现", "Found"): [self._found(row) for _, row in failing.iterrows()],
            },
            dtype="object",
        )
        table = show(frame, self._t("不成立的核验", "Checks that do not hold"), index=False)
        return Section(title, [self.trust(), counted, table, *self._hints()])

    def _found(self, row: pd.Series) -> Shown:
        """Return both sides of a failing check and what it found besides."""
        parts: list[Shown] = []
        if pd.notna(row["left"]) or pd.notna(row["right"]):
            one = ";".join(
                f"{name}={row[name] if pd.notna(row[name]) else 'missing'}" for name in ("code", "table", "row", "col")
            )
            left, right = (
                number(row[side], {"checks": one, "how": side, "report": self.report_id}, self._cells(row["cells"]))
                for side in ("left", "right")
            )
            parts += [left, f" {NEGATED.get(row['relation'], '/')} ", right]
        for detail in row["detail"].split(";") if isinstance(row["detail"], str) else []:
            parts += ["; "] if parts else []
            parts.append(self._detail(detail))
        return Words(parts)

    def _detail(self, detail: str) -> Quoted:
        name, _, cell = detail.partition("=")
        if name == "source":
            return Quoted(file_of(cell), "code")
        if name == "last_year":
            return Quoted(self._t("上年报告：", "report of last year: ") + cell, "code")
        if name != "quotes":
            return Quoted(word(detail, self.lang))
        told = self._t("正文所引与此格相同：", "the text quotes this cell: ")
        return Quoted(told + " · ".join(self._label(*split_name(cell))))

    def _cells(self, names: object) -> str:
        """Return cells by their labels, the first few, for a tooltip."""
        given = names.split(";") if isinstance(names, str) else []
        told = [" · ".join(self._label(*split_name(name))) for name in islice(given, 3)]
        return "；".join([*told, *(["…"] if len(given) > len(told) else [])])

    def _hints(self) -> list[object]:
        """Return which printed figures are likely to be wrong: reasoning about the report, never a correction of it."""
        hints = find_hints(self.own.frames, self.own.checks)
        hints = hints[(hints["report_id"] == self.report_id) & (hints["source"] == self.report["source"])]
        if hints.empty:
            return []
        shown = hints[hints["rank"] <= _MOST_HINTS]
        frame = pd.DataFrame(
            {
                self._t("单元格", "Cell"): [
                    " · ".join(self._label(row.table, row.row, row.col)) for row in shown.itertuples()
                ],
                self._t("印为", "Printed"): [
                    self.figures.cell(row.table, row.row, row.col) for row in shown.itertuples()
                ],
                self._t("或应为", "Perhaps"): [self._suggested(row) for row in shown.itertuples()],
                self._t("可能的差错", "Likely slip"): [self._slip(row.slip) for row in shown.itertuples()],
                self._t("改正后成立的核验", "Checks it would mend"): [
                    Quoted(row.codes.replace(";", ", "), "code") for row in shown.itertuples()
                ],
            },
            dtype="object",
        )
        note = self._t(
            "这是对差错的推测，不是更正：本页数字一律照印。先列可能性大的。",
            "This is a conjecture, not a correction: all figures of this page are as printed. The likeliest come first.",
        )
        return [show(frame, self._t("可能有误的单元格", "Cells that are likely to be wrong"), note, index=False)]

    def _suggested(self, row: Any) -> Traced:
        trace = {"hint": f"{row.table}.{row.row}.{row.col}", "rank": str(row.rank), "report": self.report_id}
        return number(row.suggested, trace)

    def _slip(self, slip: str) -> str:
        return word("other_slip" if slip == Slip.OTHER.value else slip, self.lang)
