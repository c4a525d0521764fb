"""What the tests of exports share: the samples as a corpus, and a corpus of values that formats are known to break."""

import datetime
from collections.abc import Callable, Mapping
from itertools import cycle, islice
from pathlib import Path

import pandas as pd
import pytest

from gia_analysis import Corpus, Report
from gia_analysis.export import FORMATS
from gia_analysis.report import frames_of
from gia_analysis.schema import COLUMNS, TABLES, Frames, build

TEXTS = (
    None, "", "=1+1", '=HYPERLINK("http://a.b","x")', "=", "+86 10 1234", "-", "-5", "+3.20", "-1,234.5%", "- 5件", "@SUM(A1)",
    "\tx", "\t", "\n=1", "'quoted", "'", "''", "＝1+1", 'a "b", c', '"', "line\nbreak", "cr\r\nlf", "\rx", "_x0041_x0042_",
    "_x000D_", "\x01\x1f\x7f", "<r>bold</r>", "a<b>&amp;", "\ufffe\uffff", "  spaces  ", "NA", "nan", "NULL", "None",
    "TRUE", "1e5", "007", "2021-01-01", "{=1}", "\u2028", "\ufeffmark", "𠮷" * 17_000, "长" * 70_000, "=" + "长\n" * 20_000,
)  # fmt: skip
NUMBERS = (None, 0.0, 0.1, 1e17, 1 / 3, 0.1 + 0.2, -5.0, 5e-324, 1.7976931348623157e308, 123456789012345678.0, 0.30608)
INTEGERS = (None, 0, -1, 2021, 2**53)
DAYS = (
    None, datetime.date(2021, 2, 28), datetime.date(1899, 12, 31), datetime.date(1900, 2, 28), datetime.date(1900, 3, 1),
    datetime.date(1020, 1, 31), datetime.date(9999, 12, 31),
)  # fmt: skip
OF_TYPE: Mapping[str, tuple[object, ...]] = {
    "text": TEXTS,
    "integer": INTEGERS,
    "number": NUMBERS,
    "date": DAYS,
    "flag": (None, True, False),
}


def awkward(table: str) -> pd.DataFrame:
    """A table in which every column takes every awkward value of its type, keys apart."""
    count = len(TEXTS)

    def values(name: str) -> list[object]:
        column = COLUMNS[name]
        if name in {"report_id", "source"}:
            return [f"{name} {number}" for number in range(count)]
        if name in {"row", "col"} and table == "cells":
            return [f"{name}{number}" for number in range(count)]
        if name == "order":
            return list(range(count))
        if column.required:
            return list(islice(cycle(column.allowed or ("CODE",)), count))
        return list(islice(cycle([None, *column.allowed] if column.allowed else OF_TYPE[column.type]), count))

    return build(table, {name: values(name) for name in TABLES[table]})


@pytest.fixture(scope="session")
def awkward_corpus() -> Corpus:
    tables = {name: awkward(name) for name in TABLES}
    checks, indicators = tables.pop("checks"), tables.pop("indicators")
    return Corpus(Frames(**tables), checks=checks, indicators=indicators)


@pytest.fixture(scope="session")
def corpus(samples: Mapping[str, Report]) -> Corpus:
    return Corpus(frames_of(list(samples.values())))


@pytest.fixture(scope="session")
def empty_corpus() -> Corpus:
    frames = Frames(*(build(name) for name in ("reports", "cells", "sections", "figures", "issues")))
    return Corpus(frames, checks=build("checks"), indicators=build("indicators"))


@pytest.fixture
def target(tmp_path: Path) -> Callable[[str], Path]:
    """The place that an export of a format goes to."""

    def place(form: str) -> Path:
        return tmp_path / ("export" if FORMATS[form].folder else f"export.{form}")

    return place
