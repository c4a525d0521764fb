"""How fast text reports are read, how that grows with their length and number, and how much memory it takes.

Run with ``make bench``. Ratios are to be trusted, seconds are this machine's. ``--quick`` is a smoke test, ``--json``
prints the figures for machines.
"""

import argparse
import json
import platform
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import get_args

import numpy as np
from measuring import Task, in_turns, markdown, run_apart, seconds
from peers import Values, fill_by_order, split_lines

from gia_analysis.documents import Block, Document, TextBlock, read_bytes
from gia_analysis.documents.grid import GridBudget, SpanCell, expand
from gia_analysis.forms import get_form
from gia_analysis.reading import interpret, read_cells
from gia_analysis.simulation import (
    BlankStyle,
    Layout,
    compose_report,
    leave_blank,
    print_figures,
    print_report,
    simulate_figures,
)

Rows = list[dict[str, object]]
Truth = Mapping[tuple[str, str, str], float | None]

YEARS = {"2014": 2017, "2019": 2020, "2021": 2022}
STYLES: tuple[BlankStyle, ...] = ("zeros", "zero_rows_blank", "every_zero_blank", "only_totals")
MEGABYTE = 1_000_000
PATIENCE = 60.0  # seconds; a text that takes longer is not grown further


@dataclass(frozen=True, slots=True)
class Printed:
    """A simulated report as a file holds it, and its figures."""

    data: bytes
    truth: Truth


def simulated(layout: Layout, form: str, style: BlankStyle, seed: int) -> Printed:
    figures = simulate_figures(get_form(form), np.random.default_rng(seed), size="medium")
    text = print_report(
        get_form(form), print_figures(figures, style), agency="云山市教育局", year=YEARS[form], layout=layout
    )
    return Printed(text.encode(), leave_blank(figures, style))


def read(data: bytes) -> Values:
    """Read a report with the package; return the figures found."""
    reports = interpret(read_bytes(data, "report.txt"))
    cells = (cell for report in reports for cell in report.cell_list)
    return {(cell.table, cell.row, cell.col): cell.value for cell in cells if cell.value is not None}


READERS: Mapping[str, Callable[[bytes], object]] = {
    "gia": lambda data: interpret(read_bytes(data, "report.txt")),
    "by order": fill_by_order,
    "lines only": split_lines,
}


def compare_readers(rounds: int) -> Rows:
    """Time each reader on the same reports in turns, new ones in each round, and count what it finds in them."""
    rows: Rows = []
    every: list[list[Printed]] = [[] for _ in range(rounds + 1)]
    for layout in get_args(Layout):
        sets = [
            [simulated(layout, form, style, seed) for form in YEARS for style in STYLES] for seed in range(rounds + 1)
        ]
        for whole, reports in zip(every, sets, strict=True):
            whole.extend(reports)
        rows.append({"layout": layout, **_compared(sets)})
    return [*rows, {"layout": "all", **_compared(every)}]


def _compared(sets: Sequence[Sequence[Printed]]) -> dict[str, object]:
    def task(reader: Callable[[bytes], object], reports: Sequence[Printed]) -> Task:
        return lambda: [reader(report.data) for report in reports]

    spent = in_turns([{name: task(reader, reports) for name, reader in READERS.items()} for reports in sets])
    reports = len(sets[0])
    size = sum(len(report.data) for report in sets[0]) / reports
    ours, theirs = (_judged(reader, sets[0]) for reader in (read, fill_by_order))
    return {
        "kB a report": size / 1000,
        "reports/s": reports / spent["gia"],
        "time, by order = 1": spent["gia"] / spent["by order"],
        "time, lines only = 1": spent["gia"] / spent["lines only"],
        **{f"{name} %": share for name, share in ours.items()},
        **{f"by order: {name} %": share for name, share in theirs.items()},
    }


def _judged(reader: Callable[[bytes], Values], reports: Sequence[Printed]) -> dict[str, float]:
    """Return how many of the printed figures are read right, and how many figures stand where others or none do."""
    printed = right = wrong = 0
    for report in reports:
        found = reader(report.data)
        printed += sum(value is not None for value in report.truth.values())
        right += sum(report.truth.get(cell) == value for cell, value in found.items())
        wrong += sum(report.truth.get(cell) != value for cell, value in found.items())
    return {"right": 100 * right / printed, "wrong": 100 * wrong / printed}


def compare_depths(rounds: int) -> Rows:
    """Time how long a document of true grids takes to be read, for its cells alone and as a whole report."""
    return [{"form": form, **_depths(form, rounds)} for form in YEARS]


def _depths(form: str, rounds: int) -> dict[str, object]:
    documents = [in_grids(form, seed) for seed in range(10)]

    def task(reader: Callable[[Document], object]) -> Task:
        return lambda: [reader(document) for document in documents]

    spent = in_turns([{"cells": task(read_cells), "report": task(interpret)}] * (rounds + 1))
    return {
        "cells": sum(len(read_cells(document)) for document in documents) / len(documents),
        "cells alone, ms": 1000 * spent["cells"] / len(documents),
        "whole report, ms": 1000 * spent["report"] / len(documents),
        "cells alone, whole = 1": spent["cells"] / spent["report"],
    }


def in_grids(form: str, seed: int) -> Document:
    """Return a simulated report as a format that knows its tables gives it."""
    figures = simulate_figures(get_form(form), np.random.default_rng(seed), size="medium")
    printed = print_figures(figures, "zero_rows_blank")
    budget = GridBudget()
    blocks: list[Block] = []
    for part in compose_report(get_form(form), printed, agency="云山市教育局", year=YEARS[form]):
        if isinstance(part, str):
            blocks.append(TextBlock((part,)))
        else:
            rows = [[SpanCell(cell.text, cell.rows, cell.columns) for cell in row] for row in part]
            blocks.append(expand(rows, budget))
    return Document(tuple(blocks), source="report", sha256="0" * 64)


def _prose(number: int) -> str:
    return f"第{number}段：全年召开会议{number % 7}次，收到政府信息公开申请{number}件，办结{number}件，按时办结率较上年提高。\n"


def _table_row(number: int) -> str:
    return f"其他事项{number} | {number} | 0 | 0 | 0 | 0 | 0 | {number} | ||\n"


GROWTH: Mapping[str, tuple[Layout, Callable[[int], str]]] = {
    "paragraphs": ("C", _prose),
    "one long line": ("C", lambda number: _prose(number).rstrip("\n")),
    "short lines": ("C", lambda number: f"要点{number}\n"),
    "empty lines": ("B", lambda number: "\n"),
    "rows with unknown labels": ("C", _table_row),
    "cells with unknown labels": ("A", lambda number: f"事项{number}\n|\n"),
    "cells with figures": ("A", lambda number: f"{number}\n|\n"),
    "labels without a mark": ("F", lambda number: f"事项{number}\n{number}\n"),
    "the table of requests again": ("C", lambda number: _table_of_requests()),
    "headings": ("C", lambda number: "三、收到和处理政府信息公开申请情况\n无。\n"),
}


def _table_of_requests() -> str:
    text = simulated("C", "2021", "zeros", 1).data.decode()
    lines = [line for line in text.split("\n") if "|" in line]
    first = next(number for number, line in enumerate(lines) if line.startswith("（本列数据"))
    return "\n".join(lines[first : first + 30]) + "\n"


def grown(kind: str, size: int) -> bytes:
    """Return a report of about so many bytes, grown in its middle (between two lines, inside the table of requests)."""
    layout, piece = GROWTH[kind]
    text = simulated(layout, "2021", "zeros", 1).data.decode()
    place = text.index("\n", text.index("结转下年度继续办理")) + 1
    pieces: list[str] = []
    length = len(text.encode())
    number = 0
    while length < size:
        pieces.append(piece(number))
        length += len(pieces[-1].encode())
        number += 1
    return (text[:place] + "".join(pieces) + text[place:]).encode()


def grow_length(sizes: Sequence[float]) -> Rows:
    """Time the same report at several lengths, in megabytes; the time for each megabyte should stay what it was."""
    rows: Rows = []
    for kind in GROWTH:
        row: dict[str, object] = {"what is grown": kind}
        first = spent = 0.0
        for size in sizes:
            if spent < PATIENCE:
                data = grown(kind, int(size * MEGABYTE))
                spent = seconds(partial(read_bytes_and_interpret, data))
                each = spent / (len(data) / MEGABYTE)
                first = first or each
                row |= {f"{size:g} MB: s/MB": each, f"{size:g} MB, {sizes[0]:g} MB = 1": each / first}
            else:
                row |= {f"{size:g} MB: s/MB": None, f"{size:g} MB, {sizes[0]:g} MB = 1": None}
        rows.append(row)
    return rows


def read_bytes_and_interpret(data: bytes) -> object:
    return interpret(read_bytes(data, "report.txt"))


_IMPORTS = """
from pathlib import Path
from gia_analysis.corpus import read_reports, read_to_folder
from gia_analysis.simulation import simulate_corpus
"""
_SIMULATE = """
folder, first, last = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
for part in range(first, last):
    simulate_corpus(folder / f"{part:04d}", agencies=10, first_year=2014, last_year=2023, seed=part)
    (folder / f"{part:04d}" / "truth.parquet").unlink()
"""
_TO_FOLDER = "read_to_folder(sorted(Path(sys.argv[1]).iterdir())[:int(sys.argv[2])], sys.argv[3])"
_IN_MEMORY = "read_reports(sorted(Path(sys.argv[1]).iterdir())[:int(sys.argv[2])]).save(sys.argv[3])"
_REPORTS_A_PART = 100


def grow_number(numbers: Sequence[int]) -> Rows:
    """Read ever more reports to disk, each time in a fresh process; time for each and peak of memory should stay.

    Beside it stands the way that keeps all reports in memory, which is not tried on the largest number.
    """
    rows: Rows = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "reports"
        made = 0
        for number in numbers:
            parts = number // _REPORTS_A_PART
            run_apart(_IMPORTS, _SIMULATE, folder, made, parts)
            made = parts
            ways = {"to disk in batches": _TO_FOLDER}
            if number < max(numbers):
                ways["all in memory"] = _IN_MEMORY
            for way, code in ways.items():
                found = run_apart(_IMPORTS, code, folder, parts, Path(place) / "corpus")
                each = 1000 * found["seconds"] / number
                rows.append({"reports": number, "way": way, "ms a report": each, "peak MB": found["peak_mb"]})
    return list(_with_ratios(rows, ("ms a report", "peak MB")))


def _with_ratios(rows: Rows, columns: Sequence[str]) -> Iterator[dict[str, object]]:
    for row in rows:
        yield row | {f"{name}, first = 1": float(str(row[name])) / float(str(rows[0][name])) for name in columns}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes: does it run?")
    parser.add_argument("--json", action="store_true", help="print JSON, not Markdown")
    chosen = parser.parse_args()
    quick = chosen.quick
    # The processes whose memory is measured come first: they begin with the peak of this one.
    measured = {
        "Reading to disk, the number of reports growing": grow_number((200, 400) if quick else (2_000, 20_000)),
        "Reading one report (bytes → Report)": compare_readers(1 if quick else 5),
        "Reading true grids (Document → cells, Document → Report)": compare_depths(3 if quick else 20),
        "Reading a longer report": grow_length((0.05, 0.2) if quick else (0.1, 1, 5, 20)),
    }
    if chosen.json:
        print(json.dumps({"python": platform.python_version(), **measured}, ensure_ascii=False, indent=1))
        return
    print(f"Python {platform.python_version()}, {platform.machine()}; processor time on one core, medians\n")
    for title, rows in measured.items():
        print(markdown(title, rows))


if __name__ == "__main__":
    main()
