"""The parts of an agency's page that say how far it can be trusted: findings, likely wrong cells, and where figures stood."""

from itertools import islice
from typing import Any

import pandas as pd

from gia_analysis.checks.hints import Slip, find_hints
from gia_analysis.display import Folded, Section, ShownTable, format_number, show
from gia_analysis.forms import label
from gia_analysis.report_card import NEGATED
from gia_analysis.schema import FAILING, Verdict
from gia_analysis.summaries.agency_page import AgencyPage
from gia_analysis.summaries.following import FAILS, number, split_name
from gia_analysis.traced import Quoted, Shown, Traced, Words
from gia_analysis.wording import kind_word, sentence, word

_MOST_HINTS = 10
_MADE = f"status={','.join(each.value for each in Verdict if each is not Verdict.NOT_APPLICABLE)}"


class AgencyEvidence(AgencyPage):
    """What speaks for and against the figures, and where they stood."""

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
        title = self._t("核验结果", "What the checks found")
        if failing.empty:
            return Section(title, [counted])
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
        return Section(title, [counted, table, *self._hints()])

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
        if name != "quotes":
            return Quoted(word(detail, self.lang))
        told = self._t("正文所引与此格相同：", "the text quotes this cell: ")
        return Quoted(told + " · ".join(self._label(*split_name(cell))))

    def _cells(self, names: object) -> str:
        """Return cells by their labels, the first few, for a tooltip."""
        given = names.split(";") if isinstance(names, str) else []
        told = [" · ".join(self._label(*split_name(name))) for name in islice(given, 3)]
        return "；".join([*told, *(["…"] if len(given) > len(told) else [])])

    def _label(self, table: str, row: str, column: str) -> tuple[str, str]:
        return label(table, row, self.lang, short=True), label(table, column, self.lang, short=True)

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

    def provenance(self) -> Section:
        """Return where each figure stood in the file, and which of them a correction stands beside."""
        cells = self.part.cells
        printed = cells["value"].fillna(0).ne(0)
        blank = int(cells["value"].isna().sum())
        intro = self._say(
            "来源：{source}（SHA-256 {sha}…）。共 {all} 个单元格，其中非零数字 {printed} 个，无数值 {blank} 个，其余印为零。",
            "Source: {source} (SHA-256 {sha}…). {all} cells: {printed} figures other than zero, "
            "{blank} without a value, the others printed as zero.",
            source=Quoted(str(self.report["source"]), "code"),
            sha=Quoted(str(self.report["sha256"])[:16], "code"),
            all=self.figures.count(len(cells)),
            printed=self.figures.count(int(printed.sum()), "value=nonzero"),
            blank=self.figures.count(blank, "value=missing"),
        )
        parts: list[object] = [intro, *self._corrections()]
        if printed.any():
            caption = self._t("非零数字的出处", "Where figures other than zero stood")
            parts.append(self._cell_table(cells[printed], caption, anchored=cells.index[printed]))
        everything = self._cell_table(cells, self._t("全部单元格", "All cells"), anchored=cells.index[~printed])
        opening = self._say("展开全部 {n} 个单元格", "Open all {n} cells", n=self.figures.count(len(cells)))
        parts.append(Folded(opening, everything))
        return Section(self._t("数字出处", "Where each figure stood"), parts)

    def _corrections(self) -> list[object]:
        """Return the corrections in force beside what was printed."""
        cells = self.part.corrected_cells
        if cells is None or not cells["correction"].notna().any():
            return []
        changed = cells[cells["correction"].notna()]
        rows = list(changed.itertuples())
        frame = pd.DataFrame(
            {
                self._t("单元格", "Cell"): [" · ".join(self._label(row.table, row.row, row.col)) for row in rows],
                self._t("印为", "Printed"): [self.figures.cell(row.table, row.row, row.col) for row in rows],
                self._t("更正为", "Corrected"): [
                    number(row.corrected, {"correction": f"{row.table}.{row.row}.{row.col}", "report": self.report_id})
                    for row in rows
                ],
                self._t("依据", "Reason"): [Quoted(row.correction) for row in rows],
            },
            dtype="object",
        )
        note = self._t(
            "指标按更正后的数字计算并注明；表中数字和核验照印。",
            "Indicators use the corrected figures, and say so; tables and checks show what was printed.",
        )
        return [show(frame, self._t("更正", "Corrections"), note, index=False)]

    def _cell_table(self, cells: pd.DataFrame, caption: str, *, anchored: pd.Index) -> ShownTable:
        places = list(zip(cells["table"], cells["row"], cells["col"], strict=True))
        names = [".".join(place) for place in places]
        frame = pd.DataFrame(
            {
                self._t("表", "Table"): [label(table, language=self.lang) for table in cells["table"]],
                self._t("行", "Row"): self._labels(cells, "row", short=True),
                self._t("列", "Column"): self._labels(cells, "col"),
                self._t("数值", "Value"): [
                    number(value, {"cells": name, "report": self.report_id})
                    for name, value in zip(names, cells["value"], strict=True)
                ],
                self._t("单位", "Unit"): cells["unit"].fillna("").to_numpy(),
                self._t("原文", "As printed"): [Quoted(raw) for raw in cells["raw"].fillna("")],
                self._t("类别", "Kind"): [kind_word(kind, self.lang) for kind in cells["kind"]],
                self._t("行号", "Line"): [Quoted(format_number(line), "code") for line in cells["line"]],
            },
            dtype="object",
        )
        keep = cells.index.isin(anchored)
        anchors = [f"cell-{name}" if kept else "" for name, kept in zip(names, keep, strict=True)]
        return show(frame, caption, index=False, anchors=anchors)
