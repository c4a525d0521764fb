"""The table of reconsideration and litigation: fifteen figures in one line, after a head that repeats its labels."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from gia_analysis import Report

Read = Callable[[str], Report]
ValuesOf = Callable[[Report, str, str], list[float | None]]

RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
HEAD = [["行政复议", "行政诉讼"], [*RESULTS, "未经复议直接起诉", "复议后起诉"], [*RESULTS, *RESULTS]]
# The worked example: a provincial capital in 2025 (simulated figures of a public test fixture).
FIGURES = "376 97 196 121 790 16 1 12 27 56 74 1 30 51 156".split()
RECONSIDERATION = [376, 97, 196, 121, 790]
DIRECT = [16, 1, 12, 27, 56]
AFTER_REVIEW = [74, 1, 30, 51, 156]


def test_fifteen_figures_are_three_rows_of_five_in_layout_c(read: Read, values_of: ValuesOf) -> None:
    report = read("".join(" | ".join(row) + " |\n" for row in [*HEAD, FIGURES]))

    assert values_of(report, "review_litigation", "reconsideration") == RECONSIDERATION
    assert values_of(report, "review_litigation", "litigation_direct") == DIRECT
    assert values_of(report, "review_litigation", "litigation_after_review") == AFTER_REVIEW


def test_fifteen_figures_are_three_rows_of_five_in_layout_a(
    read: Read, bars: Callable[..., str], values_of: ValuesOf
) -> None:
    report = read(bars(*(cell for row in [*HEAD, FIGURES] for cell in row)))

    assert values_of(report, "review_litigation", "reconsideration") == RECONSIDERATION
    assert values_of(report, "review_litigation", "litigation_after_review") == AFTER_REVIEW


def test_fifteen_figures_are_three_rows_of_five_in_layout_b(
    read: Read, tabs: Callable[..., str], values_of: ValuesOf
) -> None:
    hidden = [HEAD[0], HEAD[1], [*[""] * 5, *HEAD[2]]]

    report = read(tabs(*hidden, FIGURES))

    assert values_of(report, "review_litigation", "litigation_direct") == DIRECT


def test_blank_figures_keep_their_place(read: Read, tabs: Callable[..., str], values_of: ValuesOf) -> None:
    """Seen in 2020: only the three totals are filled."""
    only_totals = ["", "", "", "", "7", "", "", "", "", "8", "", "", "", "", "9"]

    report = read(tabs(*HEAD, only_totals))

    rows = ("reconsideration", "litigation_direct", "litigation_after_review")
    assert [values_of(report, "review_litigation", row)[4] for row in rows] == [7, 8, 9]


@dataclass(frozen=True)
class Case:
    figures: list[str]
    issue: str


@pytest.mark.parametrize(
    "case",
    [
        Case(FIGURES[:14], "BLANKS_LOST"),
        Case([*FIGURES, "1"], "ROW_TOO_LONG"),
        Case(["790", "56", "156"], "BLANKS_LOST"),
    ],
    ids=["fourteen", "sixteen", "three"],
)
def test_another_number_of_figures_is_not_placed(read: Read, case: Case) -> None:
    report = read("".join(" | ".join(row) + " |\n" for row in [*HEAD, case.figures]))

    assert {(cell.kind.value, cell.value, cell.raw) for cell in report.cell_list} == {
        ("ambiguous", None, " | ".join(case.figures))
    }
    assert case.issue in {issue.code for issue in report.issue_list}


def test_a_head_without_figures_is_a_missing_table(read: Read) -> None:
    other = "第二十条第（六）项 | | |\n信息内容 | 本年处理决定数量 | |\n行政处罚 | 3 | |\n行政强制 | 0 | |\n"
    head = "".join(" | ".join(row) + " |\n" for row in HEAD)

    report = read(f"{other}四、政府信息公开行政复议、行政诉讼情况\n{head}五、存在的主要问题及改进情况\n无。\n")

    assert "review_litigation" not in report.tables()
    assert "review_litigation" in {issue.table for issue in report.issue_list if issue.code == "TABLE_MISSING"}
