"""The parts of the page on data quality that say how far the files were read, and what was printed in their cells."""

from collections.abc import Hashable, Mapping

import pandas as pd

from gia_analysis.display import Section, ShownTable, show
from gia_analysis.schema import KEY, Kind
from gia_analysis.summaries.quality_page import MOST_SHOWN, QualityPage
from gia_analysis.traced import Quoted, Shown, Words
from gia_analysis.wording import kind_word, word

_CELLS = tuple(f"cells_{kind.value}" for kind in Kind)
_SETTLED = tuple(f"cells_{kind}" for kind in ("number", "blank", "na", "inferred"))
_KIND_ADVICE: Mapping[str, tuple[str, str]] = {
    "number": ("照用。", "Use as it is."),
    "blank": (
        "空白不是零：用到它的指标没有值。确为零的，应在报告中写明零。",
        "Blank is not zero: an indicator that needs it has no value. Where zero is meant, the report should print a zero.",
    ),
    "na": ("机关注明不适用：不作零计。", "The agency marks it as not applicable: not counted as zero."),
    "text": (
        "格内有文字或多个数字：查看原文，必要时写入更正文件。",
        "Words or several figures in one cell: look at the source; write a correction if need be.",
    ),
    "absent": (
        "表式应有、原表没有印出的格：核对是否漏行漏列。",
        "On the form, not in the report: see whether a row or column was left out.",
    ),
    "inferred": (
        "空格丢失后按合计推定的位置：引用前对照原文。",
        "Placed by the form's sums after blanks were lost: compare with the source before quoting.",
    ),
    "ambiguous": (
        "位置无法确定，没有取值：换用网页或 DOCX 原件重新读取。",
        "The place is not certain, so there is no value: read the original web page or DOCX instead.",
    ),
}
_ISSUE_ADVICE: Mapping[str, tuple[str, str]] = {
    "LABEL_MISSING": ("核对文件是否被截断或缺行。", "See whether the file was cut off or rows are missing."),
    "TABLE_MISSING": (
        "核对文件是否被截断、表是否为图片。",
        "See whether the file was cut off, or the table is a picture.",
    ),
    "HEAD_MISSING": ("核对表头；数字仍按行标签归位。", "Look at the head; figures are still placed by their rows."),
    "BLANKS_LOST": ("换用保留空格的原件（网页、DOCX）。", "Read an original that keeps blanks (web page, DOCX)."),
    "FIGURE_UNUSED": ("查看未归位的数字属于哪一格。", "See which cell the figure belongs to."),
    "CELL_ABSENT": ("核对原表是否缺格。", "See whether the cell is missing in the source."),
    "TABLE_TWICE": (
        "两份印得不同的格没有取值，请核对。",
        "Cells in which the prints differ have no value: compare them.",
    ),
    "BYTES_UNREADABLE": ("重新下载文件。", "Fetch the file again."),
    "PAGES_UNREADABLE": ("重新下载或重新扫描。", "Fetch or scan the file again."),
    "UNIT_UNCLEAR": ("核对金额单位。", "Find out the unit of money."),
}
_OCR_ADVICE = ("识别结果须对照原件。", "What was recognised must be compared with the original.")
_OTHER_ADVICE = ("对照原文核对该处。", "Compare the place with the source.")


class QualityReading(QualityPage):
    """What was read, in part or not at all, and why."""

    def reading(self) -> Section:
        """Return how many files of each format and form were read, how much of them, and what stood in the way."""
        title = self._t("读取了什么", "What was read")
        formats = self._by("format", self._t("格式", "Format"), self._t("按文件格式", "By format of the file"))
        forms = self._by("form", self._t("表式", "Form"), self._t("按表式", "By form"))
        return Section(title, [self._reading_lead(), formats, forms, *self._issues(), *self._failed()])

    def _reading_lead(self) -> Shown:
        states = self.inputs["status"].value_counts()
        counts = {state: self._count(int(states.get(state, 0)), "inputs", of=f"status={state}") for state in _STATES}
        return self._say(
            "{all} 个文件中，{ok} 个读取完整，{partial} 个部分读取，{failed} 个未能读取。"
            "部分读取的报告，已读出的数字照用，其余单元格没有值。",
            "Of {all} files, {ok} were read in full, {partial} in part, {failed} could not be read. Of a report read in part "
            "the figures that were read are used; the other cells have no value.",
            all=self._count(len(self.inputs), "inputs"),
            **counts,
        )

    def _by(self, column: str, head: str, caption: str) -> ShownTable:
        groups = list(self.inputs.groupby(column, dropna=False, sort=True))
        rows = [self._reading_row(column, value, part) for value, part in groups]
        names = [
            self._t("文件", "Files"), self._t("完整", "In full"), self._t("部分", "In part"), self._t("未读", "Not read"),
            self._t("识别的行标签", "Row labels found"), self._t("可用单元格", "Cells that are settled"),
        ]  # fmt: skip
        heads = [Quoted(str(value), "code") if pd.notna(value) else self._t("不明", "not known") for value, _ in groups]
        frame = pd.DataFrame(rows, columns=names, dtype="object")
        frame.insert(0, head, pd.Series(heads, dtype="object"))
        note = self._t(
            "可用单元格：数字、空白、注明不适用和推定，占表中全部单元格。比例低的一行先处理：换用同一报告的其他格式，往往就能读全。",
            "Settled: figures, blanks, marked as not applicable, and placed by sums, among all cells of the tables. Begin "
            "with the row of the lowest share: the same report in another format can often be read in full.",
        )
        return show(frame, caption, note, index=False)

    def _reading_row(self, column: str, value: Hashable, part: pd.DataFrame) -> list[Shown]:
        of = f"{column}={value if pd.notna(value) else 'missing'}"
        states = part["status"].value_counts()
        read = part[part["status"] != "failed"]
        return [
            self._count(len(part), "inputs", of=of),
            *(self._count(int(states.get(state, 0)), "inputs", of=f"{of};status={state}") for state in _STATES),
            self._fact_share(read, ["labels_found"], ["labels_expected"], of=of),
            self._fact_share(read, _SETTLED, _CELLS, of=of),
        ]

    def _issues(self) -> list[object]:
        """Return what was odd in reading, by the number of reports."""
        issues = self.corpus.issues[pd.MultiIndex.from_frame(self.corpus.issues[KEY]).isin(self.keys)]
        if issues.empty:
            return []
        places = issues["code"].value_counts()
        reports = issues.drop_duplicates([*KEY, "code"])["code"].value_counts()
        codes = sorted(reports.index, key=lambda code: (-int(reports[code]), str(code)))
        frame = pd.DataFrame(
            {
                self._t("问题", "Issue"): [word(str(code), self.lang) for code in codes],
                self._t("报告", "Reports"): [self._count(reports[code], issues=f"code={code}") for code in codes],
                self._t("处", "Places"): [
                    self._count(places[code], issues=f"code={code}", unit="row") for code in codes
                ],
                self._t("怎么办", "What to do"): [self._issue_advice(str(code)) for code in codes],
            },
            dtype="object",
        )
        return [show(frame, self._t("读取中的问题", "What was odd in reading"), index=False)]

    def _issue_advice(self, code: str) -> str:
        pair = _OCR_ADVICE if code.startswith("OCR_") else _ISSUE_ADVICE.get(code, _OTHER_ADVICE)
        return pair[self.lang == "en"]

    def _failed(self) -> list[object]:
        """Return the files that could not be read, with the reason."""
        failed = self.inputs[self.inputs["status"] == "failed"]
        if failed.empty:
            return []
        shown = failed.head(MOST_SHOWN)
        frame = pd.DataFrame(
            {
                self._t("文件", "File"): [Quoted(str(source), "code") for source in shown["source"]],
                self._t("格式", "Format"): [Quoted(str(each), "code") for each in shown["format"].fillna("—")],
                self._t("原因", "Reason"): [Quoted(str(each)) for each in shown["message"].fillna("—")],
            },
            dtype="object",
        )
        note = self._t(
            "重新下载，或换用同一报告的其他格式；不是年度报告的文件可以移出。",
            "Fetch the file again, or take the same report in another format; what is no annual report may be taken out.",
        )
        every = self._count(len(failed), "inputs", of="status=failed")
        caption = self._t("未能读取的文件", "Files that could not be read")
        return [show(frame, caption, note, *self._more(every, len(failed)), index=False)]

    def cells(self) -> Section:
        """Return what was printed in the cells of all tables, and what each kind means for the figures."""
        title = self._t("单元格里印的是什么", "What was printed in the cells")
        held = [kind.value for kind in Kind if self.reports[f"cells_{kind.value}"].sum() > 0]
        if not held:
            return Section(title, [self._t("没有读出任何单元格。", "No cell was read.")])
        frame = pd.DataFrame(
            {
                self._t("类别", "Kind"): [kind_word(kind, self.lang) for kind in held],
                self._t("单元格", "Cells"): [self._facts(self.reports, [f"cells_{kind}"]) for kind in held],
                self._t("占比", "Share"): [self._fact_share(self.reports, [f"cells_{kind}"], _CELLS) for kind in held],
                self._t("有此类的报告", "Reports with such"): [
                    self._count(int((self.reports[f"cells_{kind}"] > 0).sum()), where=f"cells_{kind}=nonzero")
                    for kind in held
                ],
                self._t("怎么办", "What to do"): [_KIND_ADVICE[kind][self.lang == "en"] for kind in held],
            },
            dtype="object",
        )
        return Section(title, [show(frame, title, index=False), self._by_form(held)])

    def _by_form(self, held: list[str]) -> ShownTable:
        groups = list(self.reports.groupby("form", dropna=False, sort=True))
        of = [f"form={form if pd.notna(form) else 'missing'}" for form, _ in groups]
        columns: dict[str, list[Shown]] = {
            self._t("表式", "Form"): [
                Quoted(str(form), "code") if pd.notna(form) else self._t("不明", "not known") for form, _ in groups
            ]
        }
        for kind in held:
            columns[kind_word(kind, self.lang)] = [
                self._fact_share(part, [f"cells_{kind}"], _CELLS, of=each)
                for (_, part), each in zip(groups, of, strict=True)
            ]
        caption = self._t("各表式单元格的构成", "Cells by form")
        note = self._t(
            "空白多的表式，应提醒机关按表式写明零；推定和位置无法确定的多，应换用原件重新读取。",
            "Where blanks are many, remind agencies to print zeros, as the form asks; where many are placed by sums or not "
            "certain, read the originals instead.",
        )
        return show(pd.DataFrame(columns, dtype="object"), caption, note, index=False)

    def _reading_fact(self) -> Words:
        return Words([self._fact_share(self.reports, _SETTLED, _CELLS)])


_STATES = ("ok", "partial", "failed")
