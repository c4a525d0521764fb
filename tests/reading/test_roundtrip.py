"""Printed in any layout and read back, a report is the same cell for cell: value and kind."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gia_analysis.documents import read_bytes
from gia_analysis.forms import Form, forms, get_form
from gia_analysis.reading import interpret, read_report
from gia_analysis.report import Report
from gia_analysis.schema import Kind, Status
from gia_analysis.simulation import (
    KEEPS_BLANKS,
    BlankStyle,
    CellKey,
    Layout,
    Punctuation,
    Size,
    leave_blank,
    print_figures,
    print_report,
    simulate_figures,
)
from writers.examples import EXAMPLES, Printed, everywhere, full_2021, hybrid_2021, row

AGENCY = "模拟省云江市模拟区财政局"
LAYOUTS: tuple[Layout, ...] = ("A", "B", "C", "D", "E", "H")  # those that can keep blanks; of the others see below
FORMS = [form for form in forms().values() if form.tables]
MEANS: Mapping[str, tuple[float | None, Kind]] = {
    "": (None, Kind.BLANK),
    "-": (None, Kind.NA),
    "增72": (72.0, Kind.NUMBER),
    "2560万元": (2560.0, Kind.NUMBER),
}

Read = dict[CellKey, tuple[float | None, Kind]]


def read_back(text: str) -> Report:
    return interpret(read_bytes(text.encode(), "report.txt"))[0]


def cells_of(report: Report) -> Read:
    return {(cell.table, cell.row, cell.col): (cell.value, cell.kind) for cell in report.cell_list}


def meaning(figure: str | None) -> tuple[float | None, Kind]:
    if figure is None:
        return None, Kind.ABSENT
    return MEANS.get(figure) or (float(figure), Kind.NUMBER)


@pytest.mark.parametrize("punctuation", get_args(Punctuation))
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("example", EXAMPLES)
def test_figures_of_real_reports_come_back_cell_for_cell(
    example: Callable[[], tuple[Form, Printed]], layout: Layout, punctuation: Punctuation
) -> None:
    form, printed = example()
    text = print_report(form, printed, agency=AGENCY, year=2021, layout=layout, punctuation=punctuation)

    report = read_back(text)

    assert cells_of(report) == {key: meaning(figure) for key, figure in printed.items()}
    assert report.facts.status is Status.OK


def test_a_report_of_two_forms_is_mixed_and_each_cell_keeps_its_own() -> None:
    form, printed = hybrid_2021()

    report = read_back(print_report(form, printed, agency=AGENCY, year=2021, layout="B"))

    assert report.form == "mixed"
    assert {cell.form for cell in report.cell_list if cell.table == "art20_1"} == {"2019"}
    assert {cell.form for cell in report.cell_list if cell.table in ("art20_5", "art20_8")} == {"2021"}


def test_a_cell_that_is_not_printed_at_the_end_of_a_row_is_absent_and_not_blank() -> None:
    form = get_form("2019")
    amount = ("art20_9", "procurement", "procurement_amount")
    printed = everywhere(form, "0") | {amount: None}

    report = read_back(print_report(form, printed, agency=AGENCY, year=2020, layout="B"))

    assert cells_of(report) == {key: meaning(figure) for key, figure in printed.items()}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_read_in_its_encoding_with_year_agency_and_figures(encoding: str, tmp_path: Path) -> None:
    form, printed = full_2021()
    path = tmp_path / "report.txt"
    path.write_bytes(print_report(form, printed, agency=AGENCY, year=2025).encode(encoding))

    report = read_report(path)

    assert cells_of(report) == {key: meaning(figure) for key, figure in printed.items()}
    assert (report.facts.encoding, report.year, report.agency, report.form) == (encoding, 2025, AGENCY, "2021")


@pytest.mark.parametrize(
    ("table", "code", "figures"),
    [
        ("art20_1", "regulations", ("3", "3", "")),
        ("requests", "new_received", ("3", "2", "", "", "", "", "")),
        ("review_litigation", "litigation_after_review", ("1", "1", "", "", "")),
    ],
)
def test_trailing_blanks_that_may_be_padding_are_not_guessed(table: str, code: str, figures: tuple[str, ...]) -> None:
    """In layout C, with no blank before a figure anywhere in the table, blanks may have been moved to a line's end."""
    form = get_form("2019")
    printed = everywhere(form, "0") | row(form, table, code, *figures)

    report = read_back(print_report(form, printed, agency=AGENCY, year=2020, layout="C"))

    left_open = cells_left_open(report)
    assert {key for key in printed if key[:2] == (table, code)} <= left_open
    assert_same_but_open(cells_of(report), {key: meaning(figure) for key, figure in printed.items()}, left_open, "C")


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_figures_that_slid_left_over_their_blanks_are_never_taken_for_those_of_other_columns(
    form: Form, seed: int
) -> None:
    figures = simulate_figures(form, np.random.default_rng(seed), size="small")
    truth = leave_blank(figures, "every_zero_blank")
    text = print_report(form, print_figures(figures, "every_zero_blank"), agency=AGENCY, year=2020, layout="C")
    slid = "".join(map(with_blanks_last, text.splitlines(keepends=True)))

    read = cells_of(read_back(slid))

    assert {key: truth[key] for key, (_, kind) in read.items() if kind is Kind.NUMBER} == {
        key: value for key, (value, kind) in read.items() if kind is Kind.NUMBER
    }
    assert slid != text or form.id == "2014"


def with_blanks_last(line: str) -> str:
    cells = [cell.strip() for cell in line.split("|")[:-1]]
    filled = [cell for cell in cells if cell]
    return "".join(f"{cell} | " for cell in filled) + "|" * (len(cells) - len(filled)) + "\n" if cells else line


@settings(max_examples=60, deadline=None)
@given(
    form=st.sampled_from(FORMS),
    size=st.sampled_from(get_args(Size)),
    seed=st.integers(0, 2**32 - 1),
    layout=st.sampled_from(LAYOUTS),
    style=st.sampled_from(get_args(BlankStyle)),
    punctuation=st.sampled_from(get_args(Punctuation)),
    title=st.booleans(),
    narrative=st.booleans(),
)
def test_whatever_is_printed_is_read_back(
    form: Form,
    size: Size,
    seed: int,
    layout: Layout,
    style: BlankStyle,
    punctuation: Punctuation,
    title: bool,
    narrative: bool,
) -> None:
    """No figure is ever read wrong; only in layout C, in rows with blanks that may be padding, some are left open."""
    figures = simulate_figures(form, np.random.default_rng(seed), size=size)
    text = print_report(
        form,
        print_figures(figures, style),
        agency=AGENCY,
        year=2020,
        layout=layout,
        punctuation=punctuation,
        title=title,
        narrative=narrative,
    )

    report = read_back(text)

    truth = leave_blank(figures, style)
    expected = {key: (value, Kind.BLANK if value is None else Kind.NUMBER) for key, value in truth.items()}
    left_open = cells_left_open(report) if style not in ("zeros", "only_totals") else set()
    assert_same_but_open(cells_of(report), expected, left_open, layout)
    assert (report.year, report.agency) == (2020, AGENCY)


@settings(max_examples=40, deadline=None)
@given(
    form=st.sampled_from(FORMS),
    layout=st.sampled_from(get_args(Layout)),
    punctuation=st.sampled_from(get_args(Punctuation)),
    optional=st.booleans(),
    blank_share=st.sampled_from([0.0, 0.05, 0.3, 0.7, 0.95, 1.0]),
    seed=st.integers(0, 2**32 - 1),
)
def test_blanks_anywhere_never_move_a_figure(
    form: Form, layout: Layout, punctuation: Punctuation, optional: bool, blank_share: float, seed: int
) -> None:
    """No two cells hold the same figure here, so that one read a column or a row off cannot pass."""
    chance = np.random.default_rng(seed)
    kept = [(table.code, row.code, col.code) for table, row, col in form.cells() if optional or not row.optional]
    printed: Printed = {key: "" if chance.random() < blank_share else str(number) for number, key in enumerate(kept, 1)}

    report = read_back(print_report(form, printed, agency=AGENCY, year=2020, layout=layout, punctuation=punctuation))

    expected = {key: meaning(figure) for key, figure in printed.items()}
    if layout in KEEPS_BLANKS or layout == "C":
        assert_same_but_open(cells_of(report), expected, cells_left_open(report), layout)
    else:
        assert {key: expected[key][0] for key, (value, _) in cells_of(report).items() if value is not None} == {
            key: value for key, (value, _) in cells_of(report).items() if value is not None
        }


def cells_left_open(report: Report) -> set[CellKey]:
    return {(cell.table, cell.row, cell.col) for cell in report.cell_list if cell.kind is Kind.AMBIGUOUS}


def assert_same_but_open(read: Read, expected: Read, left_open: set[CellKey], layout: Layout) -> None:
    """Only C, D and E may leave cells open, and only in rows with figures and blanks: there they may look like padding."""
    assert not left_open or layout in ("C", "D", "E")
    assert {key: cell for key, cell in read.items() if key not in left_open} == {
        key: cell for key, cell in expected.items() if key not in left_open
    }
    for table, row_code, _ in left_open:
        wide = table == "review_litigation"
        line = [kind for key, (_, kind) in expected.items() if key[0] == table and (wide or key[1] == row_code)]
        assert set(line) == {Kind.BLANK, Kind.NUMBER}
