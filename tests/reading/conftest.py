"""Fixtures for reading: short reports with a given beginning, end or table."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from gia_analysis import Report
from gia_analysis.reading.prose import read_figures
from gia_analysis.records import Cell, Figure, ReportFacts, Section

_BODY = """
一、总体情况
各项工作有序开展。
二、主动公开政府信息情况
第二十条第（六）项 | | |
信息内容 | 本年处理决定数量 | |
行政处罚 | 3 | |
行政强制 | 0 | |
五、存在的主要问题及改进情况
公开渠道偏窄。
"""


@pytest.fixture(scope="session")
def facts_of(read: Callable[[str], Report]) -> Callable[..., ReportFacts]:
    """Read the facts of a report that begins, and ends, with the given text."""

    def read_facts(beginning: str, end: str = "") -> ReportFacts:
        return read(f"{beginning}{_BODY}{end}").facts

    return read_facts


@pytest.fixture(scope="session")
def told() -> Callable[[str], tuple[Figure, ...]]:
    """Read the figures told in a paragraph of chapter one."""

    def read_told(paragraph: str) -> tuple[Figure, ...]:
        return read_figures([Section("overview", "一", "总体情况", paragraph, 1)])

    return read_told


@pytest.fixture(scope="session")
def bars() -> Callable[..., str]:
    """Print cells in layout A: each on its line, before a line with a bar; an empty cell is a bar alone."""

    def print_bars(*cells: str) -> str:
        return "".join(f"{cell}\n|\n" if cell else "|\n" for cell in cells)

    return print_bars


@pytest.fixture(scope="session")
def tabs() -> Callable[..., str]:
    """Print rows in layout B: each cell on its line after a TAB, an empty line after each row."""

    def print_tabs(*rows: Iterable[str]) -> str:
        return "".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in rows)

    return print_tabs


@pytest.fixture(scope="session")
def row_of() -> Callable[..., list[Cell]]:
    """Return the cells of one row of a report, in the order of the form's columns."""

    def find_row(report: Report, table: str, row: str) -> list[Cell]:
        return [cell for cell in report.cell_list if (cell.table, cell.row) == (table, row)]

    return find_row


@pytest.fixture(scope="session")
def values_of(row_of: Callable[..., list[Cell]]) -> Callable[..., list[float | None]]:
    """Return the figures of one row of a report."""

    def find_values(report: Report, table: str, row: str) -> list[float | None]:
        return [cell.value for cell in row_of(report, table, row)]

    return find_values


@pytest.fixture
def sample_line(sample_paths: Mapping[str, Path]) -> Callable[[str, int], str]:
    """Return a line, counted from 1, of a sample."""

    def find_line(stem: str, number: int) -> str:
        return sample_paths[stem].read_text(encoding="utf-8").split("\n")[number - 1]

    return find_line
