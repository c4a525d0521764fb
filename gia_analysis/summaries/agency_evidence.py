"""The last part of an agency's page: where each figure stood in the file, and the corrections beside what was printed."""

import pandas as pd

from gia_analysis.display import Folded, Section, ShownTable, format_number, show
from gia_analysis.forms import label
from gia_analysis.summaries.agency_page import AgencyPage, file_of
from gia_analysis.summaries.following import number
from gia_analysis.traced import Quoted
from gia_analysis.wording import kind_word


class AgencyEvidence(AgencyPage):
    """Where the figures stood."""

    def provenance(self) -> Section:
        """Return where each figure stood in the file, and which of them a correction stands beside."""
        cells = self.part.cells
        printed = cells["value"].fillna(0).ne(0)
        blank = int(cells["value"].isna().sum())
        intro = self._say(
            "来源：{source}（SHA-256 {sha}…）。共 {all} 个单元格，其中非零数字 {printed} 个，无数值 {blank} 个，其余印为零。",
            "Source: {source} (SHA-256 {sha}…). {all} cells: {printed} figures other than zero, "
            "{blank} without a value, the others printed as zero.",
            source=Quoted(file_of(str(self.report["source"])), "code"),
            sha=Quoted(str(self.report["sha256"])[:16], "code"),
            all=self.figures.count(len(cells)),
            printed=self.figures.count(int(printed.sum()), "value=nonzero"),
            blank=self.figures.count(blank, "value=missing"),
        )
        parts: list[object] = [intro, *self._corrections()]
        if printed.any():
            caption = self._t("非零数字的出处", "Where figures other than zero stood")
            parts.append(self._cell_table(cells[printed], caption))
        if not printed.all():
            others = cells[~printed]
            caption = self._t("印为零或无数值的单元格", "Cells that are printed as zero or have no value")
            count = self.figures.count(len(others), "value=zero_or_missing")
            opening = self._say("展开其余 {n} 个单元格", "Open the other {n} cells", n=count)
            parts.append(Folded(opening, self._cell_table(others, caption)))
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

    def _cell_table(self, cells: pd.DataFrame, caption: str) -> ShownTable:
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
        return show(frame, caption, index=False, anchors=[f"cell-{name}" for name in names])
