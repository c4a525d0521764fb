"""Figures whose blanks vanished: placed by the form's sums where these leave one place alone, and nowhere else."""

import time
from collections.abc import Callable, Mapping

import pytest

from gia_analysis import Report
from gia_analysis.forms import get_form
from gia_analysis.records import Cell

Read = Callable[[str], Report]
RowOf = Callable[[Report, str, str], list[Cell]]
ValuesOf = Callable[[Report, str, str], list[float | None]]
Rows = Mapping[str, str | None]

HEAD = (
    "申请人情况 | |||||||\n自然人 | 法人或其他组织 | 总计 | |||||\n"
    "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |||\n"
)
WIDTH = 7
# Of eight requests seven were handled: five of natural persons, two of research institutions.
FULL: Rows = {
    "new_received": "5 0 2 0 0 0 7",
    "carried_in": "1 0 0 0 0 0 1",
    "results_total": "5 0 2 0 0 0 7",
    "carried_out": "1 0 0 0 0 0 1",
}
OPEN: Rows = {"granted": "3 1 4", "denied_third_party": "2 2", "unable_not_held": "1 1"}
PLACED = {
    "granted": [3, None, 1, None, None, None, 4],
    "denied_third_party": [2, None, None, None, None, None, 2],
    "unable_not_held": [None, None, 1, None, None, None, 1],
}


def print_requests(rows: Rows, form: str = "2019") -> str:
    """Print the table of requests, the blanks of each row moved to its end. A row not given is blank; None is no row."""
    lines = []
    for row in get_form(form).table("requests").rows:
        figures = rows.get(row.code, "")
        if figures is not None:
            cells = figures.split()
            lines.append(f"{' | '.join([row.zh, *cells])} | {'|' * (WIDTH - len(cells))}\n")
    return HEAD + "".join(lines)


def kinds_of(cells: list[Cell]) -> list[str]:
    return [cell.kind.value for cell in cells]


def codes_of(report: Report) -> set[str]:
    return {issue.code for issue in report.issue_list}


def open_rows(report: Report) -> set[str]:
    return {cell.row for cell in report.cell_list if cell.kind.value == "ambiguous"}


def inferred_rows(report: Report) -> set[str]:
    return {cell.row for cell in report.cell_list if cell.kind.value == "inferred"}


def test_a_row_alone_stays_open_and_keeps_its_figures(read: Read, row_of: RowOf) -> None:
    """Natural persons and total, or two kinds of organisations: the rest of the table is blank and tells nothing."""
    report = read(f"{HEAD}一、本年新收政府信息公开申请数量 | 3 | 3 | |||||||\n")

    cells = row_of(report, "requests", "new_received")
    assert [(cell.kind.value, cell.value, cell.raw) for cell in cells] == [("ambiguous", None, "3 | 3")] * 7
    assert inferred_rows(report) == set()


def test_a_row_of_totals_that_is_itself_open_stays_open(read: Read) -> None:
    report = read(print_requests({"new_received": "3 3", "granted": "3 3", "results_total": "3 3"}))

    assert open_rows(report) == {"new_received", "granted", "results_total"}
    assert inferred_rows(report) == set()


def test_between_full_rows_of_totals_outcomes_are_placed(read: Read, values_of: ValuesOf) -> None:
    report = read(print_requests({**FULL, **OPEN}))

    assert {row: values_of(report, "requests", row) for row in PLACED} == PLACED
    assert open_rows(report) == set()


def test_a_figure_that_was_placed_is_inferred_and_a_blank_beside_it_absent(read: Read, row_of: RowOf) -> None:
    report = read(print_requests({**FULL, **OPEN}))

    cells = row_of(report, "requests", "granted")
    assert kinds_of(cells) == ["inferred", "absent", "inferred", "absent", "absent", "absent", "inferred"]
    assert [cell.raw for cell in cells] == ["3", "", "1", "", "", "", "4"]
    assert kinds_of(row_of(report, "requests", "results_total")) == ["number"] * 7


def test_every_row_that_was_placed_is_an_issue_with_its_print(read: Read) -> None:
    report = read(print_requests({**FULL, **OPEN}))

    issues = [(issue.row, issue.raw) for issue in report.issue_list if issue.code == "PLACED_BY_SUMS"]
    assert issues == [("granted", "3 | 1 | 4"), ("denied_third_party", "2 | 2"), ("unable_not_held", "1 | 1")]
    assert report.facts.cells_inferred == 7


def test_where_the_total_of_outcomes_is_itself_open_nothing_is_placed(read: Read) -> None:
    """Not even what is carried over, which the flow would place beside it: that would be a guess upon a guess."""
    rows = {**FULL, "granted": "5 2 7", "results_total": "5 2 7", "carried_out": "1 1"}

    report = read(print_requests(rows))

    assert inferred_rows(report) == set()
    assert open_rows(report) == {"granted", "results_total", "carried_out"}


def test_where_the_totals_are_dashes_nothing_is_placed(read: Read) -> None:
    """Columns and rows would leave one place; but the last figure of each row is borne out by no total below it."""
    full = {row: f"{str(figures).rsplit(' ', 1)[0]} -" for row, figures in FULL.items()}

    report = read(print_requests({**full, **OPEN}))

    assert inferred_rows(report) == set()
    assert open_rows(report) == set(OPEN)


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_both_forms_have_sums_to_place_by(read: Read, values_of: ValuesOf, form: str) -> None:
    last = {"2019": "other_handling", "2021": "other_misc"}[form]
    rows = {**FULL, "granted": "3 1 4", "denied_third_party": "2 2", last: "1 1"}

    report = read(print_requests(rows, form))

    assert report.form == form
    assert values_of(report, "requests", last) == [None, None, 1, None, None, None, 1]


def test_two_rows_that_may_change_places_stay_open(read: Read, row_of: RowOf) -> None:
    """Three of one kind of applicant were answered and three of the other: which were which nobody can say."""
    totals = {"new_received": "3 0 3 0 0 0 6", "carried_in": "0 0 0 0 0 0 0", "results_total": "3 0 3 0 0 0 6"}
    rows = {**totals, "carried_out": "0 0 0 0 0 0 0", "granted": "3 3", "denied_third_party": "3 3"}

    report = read(print_requests(rows))

    assert inferred_rows(report) == set()
    assert {cell.raw for cell in row_of(report, "requests", "granted")} == {"3 | 3"}
    assert open_rows(report) == {"granted", "denied_third_party"}


def test_of_several_rows_those_with_one_place_are_placed_and_the_others_stay_open(
    read: Read, values_of: ValuesOf
) -> None:
    totals = {"new_received": "8 3 3 0 0 0 14", "carried_in": "0 0 0 0 0 0 0", "results_total": "8 3 3 0 0 0 14"}
    rows = {
        **totals,
        "carried_out": "0 0 0 0 0 0 0",
        "granted": "8 8",
        "unable_not_held": "3 3",
        "other_handling": "3 3",
    }

    report = read(print_requests(rows))

    assert values_of(report, "requests", "granted") == [8, None, None, None, None, None, 8]
    assert open_rows(report) == {"unable_not_held", "other_handling"}


@pytest.mark.parametrize(
    ("row", "figures"),
    [
        ("results_total", "5 0 2 0 0 0 9"),
        ("carried_out", "4 0 0 0 0 0 4"),
        ("new_received", "5 2 0 0 0 0 7"),
    ],
    ids=["row", "flow", "column"],
)
def test_where_the_agency_sums_wrongly_nothing_is_placed(read: Read, row: str, figures: str) -> None:
    report = read(print_requests({**FULL, **OPEN, row: figures}))

    assert inferred_rows(report) == set()
    assert open_rows(report) == set(OPEN)


def test_outcomes_that_add_up_to_less_than_their_total_are_not_placed(read: Read) -> None:
    report = read(print_requests({**FULL, "granted": "3 1 4", "denied_third_party": "2 2"}))

    assert inferred_rows(report) == set()
    assert open_rows(report) == {"granted", "denied_third_party"}


def test_where_a_row_is_missing_nothing_is_placed(read: Read) -> None:
    """What it held is unknown, so that the columns' sums say nothing."""
    report = read(print_requests({**FULL, **OPEN, "denied_state_secret": None}))

    assert "LABEL_MISSING" in codes_of(report)
    assert inferred_rows(report) == set()
    assert open_rows(report) == set(OPEN)


def test_where_a_row_is_unknown_nothing_is_placed(read: Read, values_of: ValuesOf) -> None:
    text = print_requests({**FULL, **OPEN})
    unknown = "9.属于工作秘密 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n"

    report = read(text.replace("1.本机关不掌握", f"{unknown}1.本机关不掌握"))

    assert values_of(report, "requests", "unknown:9.属于工作秘密") == [0] * 7
    assert inferred_rows(report) == set()
    assert open_rows(report) == set(OPEN)


def test_where_a_figure_of_a_column_is_not_readable_nothing_is_placed_by_it(read: Read) -> None:
    report = read(print_requests({**FULL, **OPEN, "partially_granted": "若干 0 0 0 0 0 0"}))

    assert "unable_not_held" not in inferred_rows(report)
    assert open_rows(report) == set(OPEN)


def test_where_the_total_column_is_blank_everywhere_nothing_is_placed(read: Read) -> None:
    """A Shanghai office left the totals of all outcomes empty in 2019; two figures may be of any two applicants."""
    totals = {"new_received": "5 0 2 0 0 0", "carried_in": "1 0 0 0 0 0", "results_total": "5 0 2 0 0 0"}
    rows = {**totals, "carried_out": "1 0 0 0 0 0", "granted": "3 1", "denied_third_party": "2", "unable_not_held": "1"}

    report = read(print_requests(rows))

    assert {cell.value for cell in report.cell_list if cell.row in rows} == {None}
    assert open_rows(report) == set(rows)


def test_where_only_the_totals_column_of_full_rows_is_known_no_figure_is_put_into_it_alone(
    read: Read, values_of: ValuesOf
) -> None:
    """A single figure in each row adds up as a total, and as that of natural persons: full rows decide for neither."""
    totals = {"new_received": "7 0 0 0 0 0 7", "carried_in": "0 0 0 0 0 0 0", "results_total": "7 0 0 0 0 0 7"}
    rows = {**totals, "carried_out": "0 0 0 0 0 0 0", "granted": "3", "unable_not_held": "4"}

    report = read(print_requests(rows))

    assert values_of(report, "requests", "granted") == [None] * 7
    assert inferred_rows(report) == set()


def test_a_printed_zero_that_may_stand_in_two_places_leaves_its_row_open(read: Read, row_of: RowOf) -> None:
    """The two fives are of natural persons and in all; the zero between them may be of any organisation."""
    totals = {"new_received": "5 0 0 0 0 0 5", "carried_in": "0 0 0 0 0 0 0", "results_total": "5 0 0 0 0 0 5"}
    rows = {**totals, "carried_out": "0 0 0 0 0 0 0", "granted": "5 0 5"}

    cells = row_of(read(print_requests(rows)), "requests", "granted")

    assert [(cell.kind.value, cell.value, cell.raw) for cell in cells] == [("ambiguous", None, "5 | 0 | 5")] * 7


def test_a_printed_zero_with_one_place_alone_is_placed(read: Read, values_of: ValuesOf) -> None:
    totals = {"new_received": "5 1 1 1 1 0 9", "carried_in": "0 0 0 0 0 0 0", "results_total": "5 1 1 1 1 0 9"}
    rows = {**totals, "carried_out": "0 0 0 0 0 0 0", "granted": "5 1 1 1 1 9"}
    zero = {**rows, "granted": "5 0 1 1 1 8", "unable_not_held": "1 1"}

    report = read(print_requests(rows))
    other = read(print_requests(zero))

    assert values_of(report, "requests", "granted") == [5, 1, 1, 1, 1, None, 9]
    assert values_of(other, "requests", "granted") == [5, 0, 1, 1, 1, None, 8]
    assert values_of(other, "requests", "unable_not_held") == [None, 1, None, None, None, None, 1]


def test_a_row_whose_blanks_are_all_kept_is_never_moved_to_make_sums_hold(read: Read, values_of: ValuesOf) -> None:
    """With a blank before a figure in one row, no blank of the table was moved; 2 and 2 stand where they were printed."""
    moved = "4.保护第三方合法权益 | 2 | 2 | |||||\n"
    text = print_requests({**FULL, **OPEN})
    assert moved in text

    report = read(text.replace(moved, "4.保护第三方合法权益 | | 2 | | | | | 2 |\n"))

    assert values_of(report, "requests", "denied_third_party") == [None, 2, None, None, None, None, 2]
    assert inferred_rows(report) == set()


@pytest.mark.parametrize("totals", [True, False], ids=["totals-full", "totals-open"])
def test_work_on_a_table_of_open_rows_is_bounded(read: Read, totals: bool) -> None:
    """All 25 rows of the form of 2021 open: 21 placements each are more than could ever be tried together."""
    codes = [row.code for row in get_form("2021").table("requests").rows]
    rows = dict.fromkeys(codes, "1 1")
    if totals:
        rows |= {"new_received": "11 10 0 0 0 0 21", "results_total": "11 10 0 0 0 0 21"}
        rows |= dict.fromkeys(("carried_in", "carried_out"), "0 0 0 0 0 0 0")
    text = print_requests(rows, "2021")
    read(text)
    begin = time.perf_counter()
    report = read(text)

    assert time.perf_counter() - begin < 3
    assert open_rows(report) == {code for code in codes if rows[code] == "1 1"}


@pytest.mark.parametrize("figures", ["1 1 1 3", "1 1 1 1 1 5", "2 1 3"])
def test_work_is_bounded_where_each_row_has_many_places(read: Read, figures: str) -> None:
    codes = [row.code for row in get_form("2021").table("requests").rows][2:-2]
    single = [int(figure) for figure in figures.split()]
    full = f"{' '.join(['60'] * 6)} 360"
    rows = {**dict.fromkeys(codes, figures), "new_received": full, "results_total": full}
    rows |= dict.fromkeys(("carried_in", "carried_out"), "0 0 0 0 0 0 0")
    text = print_requests(rows, "2021")
    begin = time.perf_counter()
    report = read(text)

    assert sum(single[:-1]) == single[-1]
    assert time.perf_counter() - begin < 10
    assert inferred_rows(report) == set()
