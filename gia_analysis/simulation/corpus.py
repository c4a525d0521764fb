"""Simulated corpora: reports of invented agencies over years, as files, with the truth beside them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd

from gia_analysis.errors import CorpusError
from gia_analysis.forms import Form, forms, prescribed_form
from gia_analysis.simulation.draws import SimulatedFigures
from gia_analysis.simulation.figures import BlankStyle, leave_blank, print_figures, simulate_figures
from gia_analysis.simulation.layouts import Layout
from gia_analysis.simulation.names import Agency, invented_agencies
from gia_analysis.simulation.printing import Punctuation, print_report

TRUTH_COLUMNS = (
    "source", "agency", "year", "form", "layout", "encoding", "blank_style", "table", "row", "col", "value",
)  # fmt: skip
_STYLES: dict[Layout, tuple[BlankStyle, ...]] = {
    "A": ("zeros", "zero_rows_blank", "every_zero_blank", "only_totals"),
    "B": ("zeros", "zero_rows_blank", "every_zero_blank", "only_totals"),
    "C": ("zeros", "only_totals"),
}

_TruthRow = tuple[str, str, int, str, str, str, str, str, str, str, float]


@dataclass(frozen=True, slots=True)
class _Habits:
    """How an agency's site prints its reports, in every year alike."""

    layout: Layout
    encoding: str
    blank_style: BlankStyle
    punctuation: Punctuation
    title: bool
    contact: bool


def simulate_corpus(folder: Path, *, agencies: int, first_year: int, last_year: int, seed: int) -> pd.DataFrame:
    """Write simulated reports to ``folder/raw`` and what a perfect reader finds in them to ``folder/truth.parquet``.

    There is one text file for each invented agency and year, on the form prescribed for the year. An agency keeps its
    name, layout, encoding and way of leaving cells blank; its requests and stocks carry over from year to year. Every
    report says that it is simulated. The same arguments give the same bytes, and more agencies leave the first ones as
    they are.

    Blanks stand only where they can be told from what a flattening adds. In layout C an empty cell at the end of a row
    may as well be padding: there, agencies print every zero or fill only the totals, which stand behind their blanks.

    Args:
        folder: where the corpus goes; made if it is not there.
        agencies: how many agencies report.
        first_year: first report year, 2014 or later.
        last_year: last report year.
        seed: the source of all randomness.

    Returns:
        The truth, one row per cell: ``source`` (path within the folder), ``agency``, ``year``, ``form``, ``layout``,
        ``encoding``, ``blank_style``, ``table``, ``row``, ``col``, ``value`` (missing where the cell is blank).

    Raises:
        CorpusError: a year has no form with tables, the years run backwards, or the folder holds other texts.
    """
    _check_years(first_year, last_year)
    raw = folder / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    years = range(first_year, last_year + 1)
    _check_folder(raw, {_file_name(number, year) for number in range(1, agencies + 1) for year in years})
    rows: list[_TruthRow] = []
    for number, agency in enumerate(islice(invented_agencies(), agencies), 1):
        rows.extend(_write_reports(folder, number, agency, years, seed))
    truth = pd.DataFrame(rows, columns=list(TRUTH_COLUMNS))
    truth = truth.astype(dict.fromkeys(TRUTH_COLUMNS, "str") | {"year": "int64", "value": "float64"})
    truth.to_parquet(folder / "truth.parquet", index=False)
    return truth


def _check_years(first_year: int, last_year: int) -> None:
    earliest = min(form.first_year for form in forms().values() if _is_national(form))
    if first_year < earliest:
        raise CorpusError(f"no report of {first_year} can be simulated: the first national table is that of {earliest}")
    if last_year < first_year:
        raise CorpusError(f"the last year {last_year} is before the first year {first_year}")


def _is_national(form: Form) -> bool:
    return bool(form.tables) and not any(table.open_ended for table in form.tables)


def _check_folder(raw: Path, expected: set[str]) -> None:
    strangers = sorted(file.name for file in raw.glob("*.txt") if file.name not in expected)
    if strangers:
        raise CorpusError(f"{raw} holds {strangers[0]}, which is not of this corpus: give an empty folder")


def _file_name(number: int, year: int) -> str:
    return f"{number:04d}_{year}.txt"


def _write_reports(folder: Path, number: int, agency: Agency, years: range, seed: int) -> Iterator[_TruthRow]:
    """Write the reports of one agency; yield the truth of their cells."""
    generator = np.random.default_rng([seed, number])
    habits = _habits(generator)
    figures: SimulatedFigures = {}
    for year in years:
        form = prescribed_form(year)
        figures = simulate_figures(form, generator, size=agency.size, previous=figures)
        text = print_report(
            form,
            print_figures(figures, habits.blank_style),
            agency=agency.name,
            year=year,
            layout=habits.layout,
            title=habits.title,
            contact=habits.contact,
            punctuation=habits.punctuation,
            signed=date(year + 1, 1, int(generator.integers(4, 32))),
        )
        source = f"raw/{_file_name(number, year)}"
        (folder / source).write_bytes(text.encode(habits.encoding))
        known = (source, agency.name, year, form.id, habits.layout, habits.encoding, habits.blank_style)
        for key, value in leave_blank(figures, habits.blank_style).items():
            yield (*known, *key, float("nan") if value is None else float(value))


def _habits(generator: np.random.Generator) -> _Habits:
    layouts: tuple[Layout, ...] = ("A", "B", "C")
    layout = layouts[int(generator.integers(3))]
    styles = _STYLES[layout]
    return _Habits(
        layout=layout,
        encoding="gb18030" if generator.random() < 0.15 else "utf-8",
        blank_style="zeros" if generator.random() < 0.5 else styles[int(generator.integers(len(styles)))],
        punctuation="half" if generator.random() < 0.5 else "full",
        title=bool(generator.random() < 0.85),
        contact=bool(generator.random() < 0.7),
    )
