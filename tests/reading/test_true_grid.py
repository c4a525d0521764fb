"""Tables that are true grids: figures stand in the columns of their heads, whatever is blank, missing or spanned."""

from collections.abc import Callable
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gia_analysis import Report
from gia_analysis.forms import Form, forms, get_form
from gia_analysis.reading import interpret
from gia_analysis.schema import Kind, Status
from gia_analysis.simulation import (
    BlankStyle,
    CellKey,
    Grid,
    GridCell,
    compose_report,
    leave_blank,
    print_figures,
    simulate_figures,
)
from writers.blocks import write
from writers.papers import AGENCY, Original, cells_of, originals

FORMS = [form for form in forms().values() if form.tables]
REQUESTS = [column.code for column in get_form("2021").table("requests").columns]

Printed = dict[CellKey, str | None]


def read(form: Form, printed: Printed, change: Callable[[Grid], Grid] = lambda grid: grid) -> Report:
    """Read a report whose tables are changed before they are printed."""
    paper = compose_report(form, printed, agency=AGENCY, year=2021)
    return interpret(write(tuple(part if isinstance(part, str) else change(part) for part in paper)))[0]


def numbered(form: Form) -> Printed:
    """Return a form with another figure in every cell, so that none read in a wrong place can pass."""
    keys = [(table.code, row.code, column.code) for table, row, column in form.cells() if not row.optional]
    return {key: str(number) for number, key in enumerate(keys, 1)}


def given_by(report: Report) -> dict[CellKey, float]:
    return {key: value for key, (value, _) in cells_of(report).items() if value is not None}


@pytest.mark.parametrize("original", originals().values(), ids=lambda original: original.name)
def test_reports_come_back_cell_for_cell_with_their_facts(original: Original) -> None:
    (report,) = interpret(write(original.paper))

    assert cells_of(report) == original.cells
    assert (report.form, report.year, report.agency) == (original.form, original.year, original.agency)
    assert report.facts.status is Status.OK


@settings(max_examples=60, deadline=None)
@given(
    form=st.sampled_from(FORMS),
    style=st.sampled_from(get_args(BlankStyle)),
    size=st.sampled_from(["none", "small", "large"]),
    seed=st.integers(0, 2**32 - 1),
)
def test_simulated_reports_come_back_whole_in_every_style_of_blanks(
    form: Form, style: BlankStyle, size: str, seed: int
) -> None:
    figures = simulate_figures(form, np.random.default_rng(seed), size=size)  # type: ignore[arg-type]

    report = read(form, dict(print_figures(figures, style)))

    truth = leave_blank(figures, style)
    assert cells_of(report) == {
        key: (value, Kind.BLANK if value is None else Kind.NUMBER) for key, value in truth.items()
    }


@settings(max_examples=60, deadline=None)
@given(form=st.sampled_from(FORMS), share=st.sampled_from([0.05, 0.3, 0.7, 1.0]), seed=st.integers(0, 2**32 - 1))
def test_cells_left_out_at_the_end_of_rows_are_absent_and_move_none(form: Form, share: float, seed: int) -> None:
    chance = np.random.default_rng(seed)
    printed = numbered(form)
    for table, row, column in form.cells():
        last = table.columns[-1] is column and table.shape == "rows"
        if last and not row.optional and len(table.columns) > 1 and chance.random() < share:
            printed[table.code, row.code, column.code] = None

    report = read(form, printed)

    wanted = {key: float(figure) for key, figure in printed.items() if figure is not None}
    assert given_by(report) == wanted
    assert {key for key, (_, kind) in cells_of(report).items() if kind is Kind.ABSENT} == printed.keys() - wanted.keys()


def test_a_row_one_cell_off_stays_open_where_its_place_is_not_certain() -> None:
    """Without its group's cell a row begins one column further left: its blank could be in either of two columns."""
    form = get_form("2021")
    printed = numbered(form) | {("requests", "granted", "natural_person"): ""}

    def without_group(grid: Grid) -> Grid:
        return [
            [cell for cell in row if cell.text != "三、本年度办理结果"] if any(c.rows > 3 for c in row) else row
            for row in grid
        ]

    report = read(form, printed, without_group)

    row = {key[2]: cell for key, cell in cells_of(report).items() if key[:2] == ("requests", "granted")}
    assert {kind for _, kind in row.values()} == {Kind.AMBIGUOUS}
    assert given_by(report).items() <= {key: float(figure) for key, figure in printed.items() if figure}.items()


@pytest.mark.parametrize("columns", [1, 2])
def test_a_label_that_spans_too_few_or_too_many_columns_moves_no_figure(columns: int) -> None:
    form = get_form("2021")
    printed = numbered(form)

    def widened(grid: Grid) -> Grid:
        return [
            [GridCell(c.text, c.rows, columns) if c.text.startswith("一、本年新收") else c for c in row] for row in grid
        ]

    report = read(form, printed, widened)

    assert given_by(report).items() <= {key: float(figure or 0) for key, figure in printed.items()}.items()
    assert len(given_by(report)) >= len(printed) - len(REQUESTS)


def test_a_figure_that_spans_several_columns_stands_in_the_first_and_the_others_are_absent() -> None:
    form = get_form("2021")
    printed = numbered(form)
    row = [("requests", "granted", column) for column in REQUESTS]
    spanning = printed[row[1]] or ""

    def merged(grid: Grid) -> Grid:
        wide = next((line for line in grid if any(cell.text == spanning for cell in line)), None)
        if wide is not None:
            at = next(number for number, cell in enumerate(wide) if cell.text == spanning)
            wide[at : at + 3] = [GridCell(spanning, 1, 3)]
        return grid

    report = read(form, printed, merged)

    cells = cells_of(report)
    assert [cells[key][1] for key in row[1:4]] == [Kind.NUMBER, Kind.ABSENT, Kind.ABSENT]
    assert given_by(report) == {key: float(figure or 0) for key, figure in printed.items() if key not in row[2:4]}


def test_columns_in_another_order_are_read_by_their_heads() -> None:
    """Xishan Yunlin printed 总计 before 自然人; a figure still belongs to the head above it."""
    form = get_form("2021")
    printed = numbered(form)

    def total_first(grid: Grid) -> Grid:
        if not any(cell.text == "申请人情况" for row in grid for cell in row):
            return grid
        rows = []
        for row in grid:
            figures = [cell for cell in row if cell.type]
            total = [cell for cell in row if cell.text == "总计" and not cell.type]
            rest = [cell for cell in row if cell not in figures and cell not in total]
            if figures:
                rows.append([*rest, figures[-1], *figures[:-1]])
            else:
                rows.append([*total, *rest] if total and len(row) < 4 else row)
        return rows

    report = read(form, printed, total_first)

    assert given_by(report) == {key: float(figure or 0) for key, figure in printed.items()}
