"""A damaged report is read or refused with a reason, soon; and no figure is read that is not printed where it is said to be.

20,000 reports are damaged: the samples and simulated ones in every layout, each with one to five edits of its bytes or
lines. ``damage(name, seed)`` gives the same bytes every time, so that a failure can be looked at alone.
"""

import re
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import cycle
from pathlib import Path
from random import Random
from typing import get_args

import numpy as np
import pytest

from gia_analysis import Cell, GiaError, Report
from gia_analysis.documents import read_bytes
from gia_analysis.documents.encoding import decode
from gia_analysis.forms import get_form
from gia_analysis.reading import interpret
from gia_analysis.reading.values import read_value
from gia_analysis.simulation import BlankStyle, Layout, print_figures, print_report, simulate_figures

CHUNKS, REPORTS_A_CHUNK = 40, 500
MOST_EDITS = 5
LONGEST_SECONDS = 2.0  # a guard against hanging: a report takes a few thousandths
RAW = Path(__file__).parents[1] / "data" / "raw"
YEARS = {"2014": 2017, "2019": 2020, "2021": 2022}
STYLES: tuple[BlankStyle, ...] = ("zeros", "zero_rows_blank", "every_zero_blank", "only_totals")

LINE_END = re.compile(r"\r\n|\r|\n")
UNSEEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")

Edit = Callable[[Random, bytes], bytes]


@cache
def whole_reports() -> Mapping[str, bytes]:
    """The reports that are damaged, by name."""
    samples = {path.stem: path.read_bytes() for path in sorted(RAW.glob("*.txt"))}
    styles = cycle(STYLES)
    return samples | {
        f"simulated-{form}-{layout}": simulated(form, layout, next(styles)).encode()
        for form in YEARS
        for layout in get_args(Layout)
    }


def simulated(form: str, layout: Layout, style: BlankStyle) -> str:
    figures = simulate_figures(get_form(form), np.random.default_rng(7), size="medium")
    printed = print_figures(figures, style)
    return print_report(get_form(form), printed, agency="云山市教育局", year=YEARS[form], layout=layout)


def flip_byte(random: Random, data: bytes) -> bytes:
    place = random.randrange(len(data))
    return data[:place] + bytes([data[place] ^ random.randrange(1, 256)]) + data[place + 1 :]


def delete_bytes(random: Random, data: bytes) -> bytes:
    place = random.randrange(len(data))
    return data[:place] + data[place + random.randrange(1, 9) :]


def insert_bytes(random: Random, data: bytes) -> bytes:
    place = random.randrange(len(data) + 1)
    known = random.choice([b"0", b"7", b"12", b"|", b"\t", b"\n", b"\r", b"\0", b" ", "　".encode(), b"\xff", b"\x81"])
    return data[:place] + random.choice([known, random.randbytes(random.randrange(1, 9))]) + data[place:]


def cut_end(random: Random, data: bytes) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def cut_beginning(random: Random, data: bytes) -> bytes:
    return data[random.randrange(len(data) + 1) :]


def delete_lines(random: Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    place = random.randrange(len(lines))
    return b"\n".join(lines[:place] + lines[place + random.choice([1, 1, 1, 2, 5, 20]) :])


def double_lines(random: Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    start = random.randrange(len(lines))
    end = start + random.choice([1, 1, 1, 2, 5, 20])
    return b"\n".join(lines[:end] + lines[start:])


def swap_lines(random: Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    one = random.randrange(len(lines))
    other = random.choice([(one + 1) % len(lines), random.randrange(len(lines))])
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def move_line(random: Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    line = lines.pop(random.randrange(len(lines)))
    lines.insert(random.randrange(len(lines) + 1), line)
    return b"\n".join(lines)


def join_lines(random: Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    place = random.randrange(len(lines))
    return (
        b"\n".join(lines[:place]) + b"\n" + b"".join(lines[place : place + 2]) + b"\n" + b"\n".join(lines[place + 2 :])
    )


EDITS: tuple[Edit, ...] = (
    flip_byte, delete_bytes, insert_bytes, cut_end, cut_beginning, delete_lines, double_lines, swap_lines, move_line,
    join_lines,
)  # fmt: skip


def damage(name: str, seed: int) -> bytes:
    """Return a report with one to five edits; one in five is GB18030."""
    random = Random(seed)
    data = whole_reports()[name]
    if random.random() < 0.2:
        data = data.decode().encode("gb18030")
    for _ in range(random.randint(1, MOST_EDITS)):
        data = random.choice(EDITS)(random, data) if data else data
    return data


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Return a text without white space and with one width of characters."""
    return UNSEEN.sub("", unicodedata.normalize("NFKC", text))


def faults_of(data: bytes) -> Iterator[str]:
    """Yield what a reader must not do with some bytes, and does."""
    start = time.process_time()
    try:
        reports = interpret(read_bytes(data, "damaged.txt"))
    except GiaError:
        reports = ()
    except Exception as error:  # noqa: BLE001 - that there is none is what is tested
        yield f"{type(error).__name__}: {error}"
        return
    seconds = time.process_time() - start
    if seconds > LONGEST_SECONDS:
        yield f"took {seconds:.1f} s"
    for report in reports:
        yield from unprinted(report, decode(data).text)


def unprinted(report: Report, text: str) -> Iterator[str]:
    """Yield the figures that a text does not print, or not where they are said to stand."""
    whole = bare(text)
    lines = LINE_END.split(text)
    for cell in report.cell_list:
        if cell.value is None:
            continue
        place = f"{cell.table}.{cell.row}.{cell.col} = {cell.value} from {cell.raw!r} in line {cell.line}"
        if not bare(cell.raw) or bare(cell.raw) not in whole:
            yield f"{place}: not in the text"
        elif read_again(cell) != cell.value:
            yield f"{place}: reads {read_again(cell)}"
        elif cell.line is None or bare(cell.raw.strip().split("\n")[0]) not in bare(lines[cell.line - 1]):
            yield f"{place}: not in that line"
    for figure in report.figure_list:
        if bare(figure.raw) not in whole:
            yield f"{figure.topic} = {figure.value} from {figure.raw!r}: not in the text"


def read_again(cell: Cell) -> float | None:
    table = get_form(cell.form).table(cell.table)
    known = cell.row in table.row_by_code
    column = table.column_by_code[cell.col]
    cell_type = table.type_of(cell.row, cell.col) if known else column.type
    return read_value(cell.raw, cell_type, table.unit_of(cell.row, cell.col) if known else column.unit).value


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_damaged_report_gives_no_figure_that_is_not_printed(chunk: int) -> None:
    names = list(whole_reports())
    seeds = range(chunk * REPORTS_A_CHUNK, (chunk + 1) * REPORTS_A_CHUNK)

    faults = [
        f"damage({name!r}, {seed}): {fault}"
        for seed in seeds
        for name in [names[seed % len(names)]]
        for fault in faults_of(damage(name, seed))
    ]

    assert faults == []


@pytest.mark.parametrize("name", whole_reports())
def test_a_whole_report_gives_figures_that_are_all_printed(name: str) -> None:
    """So the rules that damaged reports are held against are none that a reader cannot keep."""
    data = whole_reports()[name]

    faults = list(faults_of(data))

    assert faults == []


def test_most_damaged_reports_are_still_read() -> None:
    """Else the rules would hold of nothing."""
    names = list(whole_reports())
    read = 0
    for seed in range(300):
        try:
            reports = interpret(read_bytes(damage(names[seed % len(names)], seed), "damaged.txt"))
            read += any(cell.value is not None for report in reports for cell in report.cell_list)
        except GiaError:
            pass

    assert read > 150
