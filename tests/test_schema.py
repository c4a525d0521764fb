"""The tidy tables: built with fixed columns and types, and refused where they break the schema."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pytest

from gia_analysis import CorpusError, Report
from gia_analysis.schema import COLUMNS, TABLES, Kind, build, validate

CELL = {
    "report_id": "0123456789abcdef", "source": "a.txt", "form": "2021", "table": "requests", "row": "granted",
    "col": "total", "value": 5548.0, "unit": "件", "kind": "number", "raw": "5548", "match": "exact",
}  # fmt: skip
DTYPES = {"text": "str", "integer": "Int64", "number": "float64", "date": "datetime64[ms]", "flag": "boolean"}


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_table_has_the_columns_and_types_of_a_full_one(table: str, samples: Mapping[str, Report]) -> None:
    report = samples["2020-tongji-subdistrict"]
    full = getattr(report, table) if table != "reports" else report.frames.reports

    empty = build(table)

    assert len(empty) == 0
    pd.testing.assert_series_equal(empty.dtypes, full.dtypes)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_its_columns_in_order_with_their_types(table: str) -> None:
    found = build(table)

    assert tuple(found.columns) == TABLES[table]
    assert {name: str(dtype) for name, dtype in found.dtypes.items()} == {
        name: DTYPES[COLUMNS[name].type] for name in TABLES[table]
    }


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_table_is_valid(table: str) -> None:
    assert len(validate(table, build(table))) == 0


def test_columns_that_the_data_lacks_are_missing_and_not_zero() -> None:
    found = build("cells", [CELL])

    assert found.loc[0, ["block", "line", "page", "issue"]].isna().all()


def test_a_column_that_the_table_does_not_have_is_refused() -> None:
    with pytest.raises(CorpusError, match="cells has no column 'amount'"):
        build("cells", [{**CELL, "amount": 1}])


def test_rows_columns_and_frames_build_the_same_table() -> None:
    by_rows = build("cells", [CELL, {**CELL, "col": "business"}])
    by_columns = build("cells", {name: by_rows[name].tolist() for name in CELL})

    pd.testing.assert_frame_equal(by_rows, by_columns)
    pd.testing.assert_frame_equal(by_rows, build("cells", by_rows))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "zero"}, "kind"),
        ({"table": "art20_7"}, "table"),
        ({"form": "2020"}, "form"),
        ({"match": "guessed"}, "match"),
        ({"report_id": None}, "report_id"),
        ({"kind": None}, "kind"),
    ],
)
def test_a_value_that_a_column_must_not_hold_is_refused(change: Mapping[str, Any], words: str) -> None:
    with pytest.raises(CorpusError, match=rf"cells breaks the schema.*{words}"):
        validate("cells", build("cells", [{**CELL, **change}]))


def test_a_column_of_another_type_is_refused() -> None:
    frame = build("cells", [CELL]).astype({"value": "str"})

    with pytest.raises(CorpusError, match="cells breaks the schema.*value"):
        validate("cells", frame)


def test_a_missing_column_is_refused() -> None:
    with pytest.raises(CorpusError, match="cells breaks the schema.*unit"):
        validate("cells", build("cells", [CELL]).drop(columns="unit"))


def test_a_further_column_is_refused() -> None:
    with pytest.raises(CorpusError, match="cells breaks the schema.*note"):
        validate("cells", build("cells", [CELL]).assign(note="x"))


def test_a_cell_that_comes_twice_in_a_report_is_refused() -> None:
    with pytest.raises(CorpusError, match="cells breaks the schema"):
        validate("cells", build("cells", [CELL, CELL]))


def test_the_same_content_in_two_files_is_allowed() -> None:
    frame = build("cells", [CELL, {**CELL, "source": "b.txt"}])

    assert len(validate("cells", frame)) == 2


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_has_labels_and_a_meaning(name: str) -> None:
    column = COLUMNS[name]

    assert column.en.isascii()
    assert re.search(r"[\u4e00-\u9fff]", column.zh) or column.zh.isascii()
    assert column.meaning.endswith(".")


def test_every_column_stands_in_a_table_and_every_table_has_known_columns() -> None:
    used = {name for names in TABLES.values() for name in names}

    assert used == set(COLUMNS)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_says_which_report_a_row_is_of(table: str) -> None:
    assert {"report_id", "source"} <= set(TABLES[table])


def test_only_figures_have_a_value(read: Callable[[str], Report]) -> None:
    report = read(
        "第二十条第（六）项 | | |\n信息内容 | 本年处理决定数量 | |\n行政处罚 | 见附件 | |\n行政强制 | - | |\n"
    )

    with_value = {cell.kind for cell in report.cell_list if cell.value is not None}

    assert with_value <= {Kind.NUMBER, Kind.INFERRED}
    assert {cell.kind for cell in report.cell_list} == {Kind.TEXT, Kind.NA}
