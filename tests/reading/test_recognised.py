"""Figures recognised in an image: which of them count."""

from collections.abc import Mapping

import pytest

from gia_analysis import Report
from gia_analysis.documents import Document, TableBlock, TextCell
from gia_analysis.forms import get_form
from gia_analysis.reading import interpret
from gia_analysis.records import Cell
from gia_analysis.schema import Kind
from gia_analysis.simulation import lay_out

Key = tuple[str, str]
Seen = tuple[str, float]  # what was recognised, and how sure

REQUESTS, ART20_5 = "requests", "art20_5"


def report_of(table_code: str, seen: Mapping[Key, Seen], rest: Seen = ("0", 0.99)) -> Report:
    """Read a table of the form of 2021 as it was recognised in an image; ``rest`` is seen in all other cells."""
    table = get_form("2021").table(table_code)
    keys = [(row.code, column.code) for row in table.rows for column in table.columns]
    printed = {key: "\n".join(map(str, (number, *seen.get(key, rest)))) for number, key in enumerate(keys)}
    rows = []
    for row in lay_out(table, printed):
        cells: list[TextCell] = []
        for cell in row:
            if cell.type is None:
                cells.append(TextCell(cell.text, confidence=0.99))
            else:
                _, text, confidence = cell.text.split("\n")
                cells.append(TextCell(text, confidence=float(confidence) if text else None))
        rows.append(tuple(cells))
    block = TableBlock(tuple(rows), row_ends_known=True, blanks_kept=True, layout="grid")
    return interpret(Document((block,), source="scan.png", sha256="0" * 64, format="png"))[0]


def cell_of(report: Report, row: str, column: str) -> Cell:
    (cell,) = [cell for cell in report.cell_list if (cell.row, cell.col) == (row, column)]
    return cell


def spread(column: str, **figures: int) -> dict[Key, Seen]:
    """Return the figures of one column of requests, and the same in the column of totals."""
    return {(row, place): (str(figure), 0.99) for row, figure in figures.items() for place in (column, "total")}


FLOW = spread(
    "natural_person", new_received=12, carried_in=3, granted=10, other_misc=1, results_total=11, carried_out=4
)


def test_figures_in_sums_that_hold_are_values_without_an_issue() -> None:
    report = report_of(REQUESTS, FLOW)

    assert {cell.issue for cell in report.cell_list} == {None}
    assert cell_of(report, "new_received", "natural_person").value == 12


@pytest.mark.parametrize("confidence", [0.3, 0.99])
def test_a_misread_figure_is_opened_however_sure_it_was(confidence: float) -> None:
    for key in FLOW:
        report = report_of(REQUESTS, {**FLOW, key: ("7", confidence)})
        opened = cell_of(report, *key)

        assert (opened.value, opened.kind, opened.issue, opened.raw) == (None, Kind.AMBIGUOUS, "OCR_CONTRADICTED", "7")


def test_a_misread_figure_leaves_those_that_other_sums_confirm() -> None:
    report = report_of(REQUESTS, {**FLOW, ("granted", "natural_person"): ("16", 0.99)})

    assert cell_of(report, "new_received", "natural_person").value == 12
    assert cell_of(report, "granted", "business").value == 0
    assert cell_of(report, "results_total", "total").value == 11


def test_a_zero_taken_for_a_digit_is_opened() -> None:
    report = report_of(REQUESTS, {**FLOW, ("denied_state_secret", "research"): ("8", 0.99)})

    assert cell_of(report, "denied_state_secret", "research").value is None


def test_a_sum_of_several_figures_confirms_one_that_was_hard_to_read() -> None:
    report = report_of(REQUESTS, {**FLOW, ("results_total", "natural_person"): ("11", 0.3)})

    assert cell_of(report, "results_total", "natural_person").value == 11


def test_equal_figures_on_both_sides_of_all_their_sums_do_not_confirm_one_another_unless_clear() -> None:
    one = spread("natural_person", new_received=7, granted=7, results_total=7)
    unclear = {key: (text, 0.6) for key, (text, _) in one.items()}

    assert cell_of(report_of(REQUESTS, one), "granted", "total").value == 7
    opened = cell_of(report_of(REQUESTS, unclear), "granted", "total")
    assert (opened.value, opened.issue) == (None, "OCR_DOUBTFUL")


def test_zeros_everywhere_count_only_where_they_are_clear() -> None:
    clear, unclear = report_of(REQUESTS, {}), report_of(REQUESTS, {}, ("0", 0.6))

    assert {cell.value for cell in clear.cell_list} == {0.0}
    assert {cell.value for cell in unclear.cell_list} == {None}


def test_writing_that_could_not_be_read_is_open_and_never_blank() -> None:
    report = report_of(REQUESTS, {**FLOW, ("granted", "business"): ("\ufffd", 0.0)})
    cell = cell_of(report, "granted", "business")

    assert (cell.value, cell.kind, cell.issue) == (None, Kind.AMBIGUOUS, "OCR_DOUBTFUL")
    assert cell_of(report, "granted", "natural_person").value == 10


def test_a_figure_without_a_sum_counts_only_beyond_doubt_and_says_so() -> None:
    seen = {("licensing", "decisions"): ("142", 0.97)}
    sure = report_of(ART20_5, seen).cell_list[0]
    doubtful = report_of(ART20_5, {key: (text, 0.85) for key, (text, _) in seen.items()} or seen).cell_list[0]

    assert (sure.value, sure.issue, sure.confidence) == (142, "OCR_UNCONFIRMED", 0.97)
    assert (doubtful.value, doubtful.kind, doubtful.issue) == (None, Kind.AMBIGUOUS, "OCR_DOUBTFUL")


def test_a_mark_that_was_hard_to_read_is_open() -> None:
    clear = report_of(ART20_5, {("licensing", "decisions"): ("/", 0.97)}).cell_list[0]
    unclear = report_of(ART20_5, {("licensing", "decisions"): ("/", 0.5)}).cell_list[0]

    assert (clear.kind, clear.issue) == (Kind.NA, None)
    assert (unclear.kind, unclear.issue) == (Kind.AMBIGUOUS, "OCR_DOUBTFUL")


def test_a_one_taken_for_a_mark_is_opened_by_its_sum() -> None:
    report = report_of(REQUESTS, {**FLOW, ("other_misc", "natural_person"): ("/", 0.97)})

    assert cell_of(report, "other_misc", "natural_person").kind is Kind.AMBIGUOUS


def test_an_empty_cell_is_certain() -> None:
    cell = cell_of(report_of(REQUESTS, {**FLOW, ("granted", "business"): ("", 0.0)}), "granted", "business")

    assert (cell.kind, cell.confidence) == (Kind.BLANK, 1.0)


def test_a_table_that_was_recognised_says_how_much_of_it_counts() -> None:
    report = report_of(REQUESTS, {**FLOW, ("granted", "business"): ("\ufffd", 0.0)})
    (issue,) = [issue for issue in report.issue_list if issue.code == "OCR_TABLE"]

    assert issue.message == f"{len(report.cell_list)} cells recognised in an image, 0 unconfirmed, 1 left open"
