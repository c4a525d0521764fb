"""One report as an analyst holds it: its facts, tables, chapters, checks and indicators."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import pandas as pd

from gia_analysis.analysis import compute_indicators
from gia_analysis.checks import run_checks
from gia_analysis.checks.hints import find_hints
from gia_analysis.display import Card
from gia_analysis.errors import FormError
from gia_analysis.forms import Language, get_form, label
from gia_analysis.records import Cell, Figure, Issue, ReportFacts, Section
from gia_analysis.report_card import report_card
from gia_analysis.schema import FAILING, TABLES, Frames, build

Labels = Literal["codes", "zh", "en"]


class TidyTables:
    """The tidy tables of one report or of many, as both show them. Checks and indicators are computed when first asked for."""

    frames: Frames

    @property
    def cells(self) -> pd.DataFrame:
        """A row for every cell of the forms found, blanks included."""
        return self.frames.cells

    @property
    def sections(self) -> pd.DataFrame:
        """The chapters, their sub-chapters (level 2), and their texts."""
        return self.frames.sections

    @property
    def figures(self) -> pd.DataFrame:
        """Figures told in running text."""
        return self.frames.figures

    @property
    def issues(self) -> pd.DataFrame:
        """What the reader could not settle or found odd."""
        return self.frames.issues

    @cached_property
    def checks(self) -> pd.DataFrame:
        """Every check evaluated, passed or not."""
        return run_checks(self.frames)

    @property
    def findings(self) -> pd.DataFrame:
        """The checks that failed."""
        return self.checks[self.checks["status"].isin(FAILING)].reset_index(drop=True)

    @cached_property
    def hints(self) -> pd.DataFrame:
        """Where checks fail: the printed figure that is probably wrong, and which would mend them. Never applied."""
        return find_hints(self.frames, self.checks)

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """Every indicator, with numerator, denominator and interval, or why it is missing."""
        return compute_indicators(self.frames, self.checks)


@dataclass(frozen=True)
class Report(TidyTables):
    """One report. Frames are made when asked for; ``report.requests`` is the statutory table, ``report.cells`` the tidy one."""

    facts: ReportFacts
    cell_list: tuple[Cell, ...] = ()
    section_list: tuple[Section, ...] = ()
    figure_list: tuple[Figure, ...] = ()
    issue_list: tuple[Issue, ...] = ()

    @property
    def agency(self) -> str | None:
        return self.facts.agency

    @property
    def year(self) -> int | None:
        return self.facts.year

    @property
    def form(self) -> str | None:
        return self.facts.form

    @cached_property
    def frames(self) -> Frames:  # type: ignore[override]
        """Everything read of this report as tidy tables."""
        return frames_of([self])

    @property
    def requests(self) -> pd.DataFrame:
        """The table of requests and outcomes as printed, in official labels."""
        return self.table("requests", labels="zh")

    @property
    def disputes(self) -> pd.DataFrame:
        """The table of reconsiderations and lawsuits as printed, in official labels."""
        return self.table("review_litigation", labels="zh")

    def tables(self) -> tuple[str, ...]:
        """Return the codes of the statutory tables that this report has."""
        return tuple(dict.fromkeys(cell.table for cell in self.cell_list))

    def table(self, table: str, labels: Labels = "codes") -> pd.DataFrame:
        """Return a statutory table as people know it: rows by columns, missing where nothing was printed.

        Args:
            table: code of the table, such as ``requests``.
            labels: ``codes``, or official labels (``zh``), or their English (``en``).

        Raises:
            FormError: this report has no such table; the message names those it has.
        """
        cells = [cell for cell in self.cell_list if cell.table == table]
        if not cells:
            raise FormError.unknown("table", table, self.tables(), where=self.facts.source)
        form_table = get_form(cells[0].form).table(table)
        filled = {cell.col for cell in cells}
        own = [column.code for column in form_table.columns]
        local = [column.code for column in form_table.local_columns if column.code in filled]
        columns = own if filled.issubset(own) else local
        printed = list(dict.fromkeys(cell.row for cell in cells))
        rows = [row.code for row in form_table.rows if row.code in printed]
        rows += [row for row in printed if row not in rows]
        values = {(cell.row, cell.col): cell.value for cell in cells}
        whole = all(value is None or float(value).is_integer() for value in values.values())
        frame = pd.DataFrame(
            [[values.get((row, column)) for column in columns] for row in rows],
            index=rows,
            columns=columns,
            dtype="Float64",
        )
        if whole:
            frame = frame.astype("Int64")
        if labels != "codes":
            frame.index = pd.Index([label(table, row, labels, form=cells[0].form) for row in rows])
            frame.columns = pd.Index([label(table, column, labels, form=cells[0].form) for column in columns])
        frame.attrs["title"] = label(table, language="en" if labels == "en" else "zh")
        return frame

    def card(self, language: Language = "zh") -> Card:
        """Return what a reader should see first of this report."""
        return report_card(self.facts, self.cells, self.indicators, self.findings, language)

    def __repr__(self) -> str:
        return self.card().text()

    def _repr_html_(self) -> str:
        return self.card().html()


def frames_of(reports: Sequence[Report]) -> Frames:
    """Return the tidy tables of several reports."""
    return Frames(
        reports=build("reports", _columns("reports", ReportFacts, [report.facts for report in reports])),
        cells=_of_each("cells", Cell, reports, [report.cell_list for report in reports]),
        sections=_of_each("sections", Section, reports, [report.section_list for report in reports]),
        figures=_of_each("figures", Figure, reports, [report.figure_list for report in reports]),
        issues=_of_each("issues", Issue, reports, [report.issue_list for report in reports]),
    )


def _columns(table: str, of: type, items: Sequence[object]) -> dict[str, list[object]]:
    names = [name for name in TABLES[table] if name in of.__annotations__]
    return {name: [getattr(item, name) for item in items] for name in names}


def _of_each(table: str, of: type, reports: Sequence[Report], lists: Sequence[Sequence[object]]) -> pd.DataFrame:
    columns = _columns(table, of, [item for items in lists for item in items])
    pairs = list(zip(reports, lists, strict=True))
    columns["report_id"] = [report.facts.report_id for report, items in pairs for _ in items]
    columns["source"] = [report.facts.source for report, items in pairs for _ in items]
    if "order" in TABLES[table]:
        columns["order"] = [order for items in lists for order in range(len(items))]
    return build(table, columns)
