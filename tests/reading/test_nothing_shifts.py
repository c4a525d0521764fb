"""A line lost from a report leaves every figure that is still read in its own cell.

The figures of the samples are nearly all 0, which hides a shift; so each is first made a number of its own.
"""

import re
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

import pytest

from gia_analysis import Report

Read = Callable[[str], Report]
Values = Mapping[tuple[str, str, str], float | None]

LABEL = re.compile(r"[\u4e00-\u9fff]")


def values_of(report: Report) -> Values:
    return {(cell.table, cell.row, cell.col): cell.value for cell in report.cell_list}


def number_figures(text: str, report: Report) -> list[str]:
    """Return the lines of a report, its n-th printed figure made the number 1000 + n."""
    lines = text.split("\n")
    numbers = count(1001)
    for line in sorted({cell.line for cell in report.cell_list if cell.line and cell.value is not None}):
        parts = lines[line - 1].split("|")
        figures = [re.sub(r"\d+", str(next(numbers)), part) if part.strip().isdigit() else part for part in parts]
        lines[line - 1] = "|".join(figures)
    return lines


def misplaced(read: Read, lines: list[str], position: int, right: Values) -> list[tuple[str, str, str]]:
    """Return the cells that hold another figure than before once a line is gone."""
    found = values_of(read("\n".join(lines[:position] + lines[position + 1 :])))
    return [cell for cell, value in found.items() if value is not None and value != right.get(cell)]


@pytest.mark.parametrize("stem", ["2020-tongji-subdistrict", "2020-qujiang-office-affairs-centre"])
def test_a_row_that_is_lost_shifts_no_figure_where_a_line_is_a_row(
    read: Read, sample_paths: Mapping[str, Path], samples: Mapping[str, Report], stem: str
) -> None:
    lines = number_figures(sample_paths[stem].read_text(encoding="utf-8"), samples[stem])
    right = values_of(read("\n".join(lines)))
    rows = [position for position, line in enumerate(lines) if "|" in line]

    wrong = {lines[position]: cells for position in rows if (cells := misplaced(read, lines, position, right))}

    assert len({value for value in right.values() if value is not None}) > 70
    assert wrong == {}


@pytest.mark.parametrize("stem", ["2020-xushui-government-office", "2020-zhenjiang-government-office"])
def test_a_label_that_is_lost_shifts_no_figure_where_a_line_is_a_cell(
    read: Read, sample_paths: Mapping[str, Path], samples: Mapping[str, Report], stem: str
) -> None:
    lines = number_figures(sample_paths[stem].read_text(encoding="utf-8"), samples[stem])
    right = values_of(read("\n".join(lines)))
    first = next(position for position, line in enumerate(lines) if "第二十条第" in line)
    labels = [position for position, line in enumerate(lines) if position >= first and LABEL.search(line)]

    wrong = {lines[position]: cells for position in labels if (cells := misplaced(read, lines, position, right))}

    assert len({value for value in right.values() if value is not None}) > 70
    assert wrong == {}
