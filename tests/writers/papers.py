"""The reports that are written in every format and read back, each with the cells and facts that must come back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gia_analysis import Report, read_report
from gia_analysis.forms import get_form
from gia_analysis.schema import Kind
from gia_analysis.simulation import CellKey, Paper, compose_report, print_grid
from writers.examples import EXAMPLES

RAW = Path(__file__).parents[2] / "data" / "raw"
AGENCY = "模拟省云江市模拟区财政局"

Read = dict[CellKey, tuple[float | None, Kind]]

_MEANS: Mapping[str, tuple[float | None, Kind]] = {
    "": (None, Kind.BLANK),
    "-": (None, Kind.NA),
    "增72": (72.0, Kind.NUMBER),
    "2560万元": (2560.0, Kind.NUMBER),
}


@dataclass(frozen=True, slots=True)
class Original:
    """A report on paper, and what a perfect reader finds in it."""

    name: str
    paper: Paper
    cells: Read
    form: str
    year: int
    agency: str | None


def cells_of(report: Report) -> Read:
    """Return the value and kind of each cell of a report."""
    return {(cell.table, cell.row, cell.col): (cell.value, cell.kind) for cell in report.cell_list}


@cache
def originals() -> Mapping[str, Original]:
    """Return the sample reports and the examples by name."""
    return {original.name: original for original in (*_samples(), *_examples())}


def _examples() -> Iterator[Original]:
    for example in EXAMPLES:
        form, printed = example()
        paper = compose_report(form, printed, agency=AGENCY, year=2021)
        cells = {key: _meaning(figure) for key, figure in printed.items()}
        form_id = "mixed" if example.__name__.startswith("hybrid") else form.id
        yield Original(example.__name__, paper, cells, form_id, 2021, AGENCY)


def _meaning(figure: str | None) -> tuple[float | None, Kind]:
    return (None, Kind.ABSENT) if figure is None else _MEANS.get(figure) or (float(figure), Kind.NUMBER)


def _samples() -> Iterator[Original]:
    for path in sorted(RAW.glob("*.txt")):
        report = read_report(path)
        paper = tuple(_paper_of(report))
        assert report.form and report.year
        yield Original(path.stem, paper, cells_of(report), report.form, report.year, report.agency)


def _paper_of(report: Report) -> Iterator[object]:
    """Yield what a sample prints: its chapters with their tables as true grids, its signature."""
    form, agency, year = get_form(report.form or ""), report.agency or "", report.year or 0
    printed = {(c.table, c.row, c.col): None if c.kind is Kind.ABSENT else c.raw for c in report.cell_list}
    for section in report.section_list:
        if section.level > 1:
            continue
        if section.title:
            yield f"{section.number}、{section.title}" if section.number else section.title
        yield from filter(None, (line.strip() for line in section.text.split("\n")))
        for table in form.tables:
            if table.chapter == section.section:
                own = {key: figure for key, figure in printed.items() if key[0] == table.code}
                yield print_grid(table, own, agency, year, date(year + 1, 1, 20))
