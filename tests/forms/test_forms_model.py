"""The statutory forms as data, against 国办发〔2014〕32号, 国办公开办函〔2019〕60号 and 〔2021〕30号."""

import pytest

from gia_analysis.errors import FormError
from gia_analysis.forms import Form, Table, forms, get_form, prescribed_form, table_codes

FORMS = list(forms().values())
TABLES = [(form, table) for form in FORMS for table in form.tables]
every_table = pytest.mark.parametrize(
    ("form", "table"), TABLES, ids=[f"{form.id}-{table.code}" for form, table in TABLES]
)
every_sum = pytest.mark.parametrize(
    ("form", "position"), [(form, i) for form in FORMS for i in range(len(form.sums))],
    ids=[f"{form.id}-{i}-{each.code}" for form in FORMS for i, each in enumerate(form.sums)],
)  # fmt: skip


def test_there_are_four_versions_from_the_oldest_on() -> None:
    assert list(forms()) == ["pre2014", "2014", "2019", "2021"]


@pytest.mark.parametrize(
    ("form", "cells"),
    [("2014", 77), ("2019", 22 + 161 + 15), ("2021", 10 + 175 + 15), ("pre2014", 76)],
)
def test_number_of_cells_is_that_of_the_official_form(form: str, cells: int) -> None:
    assert len(list(get_form(form).cells())) == cells


def test_the_2014_form_has_58_rows_without_those_of_zhejiang() -> None:
    rows = get_form("2014").table("stats_2014").rows

    assert len([row for row in rows if not row.optional]) == 58


def test_the_optional_rows_of_2014_are_the_topics_of_zhejiang() -> None:
    rows = [row.code for row in get_form("2014").table("stats_2014").rows if row.optional]

    assert len(rows) == 19
    assert all(code.startswith("topic") for code in rows)


@pytest.mark.parametrize(
    ("form", "rows", "outcomes"),
    [("2019", 23, 19), ("2021", 25, 21)],
)
def test_number_of_request_rows_is_that_of_the_official_form(form: str, rows: int, outcomes: int) -> None:
    """Rows in all, and outcome leaves: results less their own total."""
    table = get_form(form).table("requests")

    assert len(table.rows) == rows
    assert len(table.rows_of("results")) - 1 == outcomes


@pytest.mark.parametrize(
    ("form", "spans"),
    [
        ("2019", {"results": 20, "denied": 8, "unable": 3, "not_processed": 5, "other": 1}),
        ("2021", {"results": 22, "denied": 8, "unable": 3, "not_processed": 5, "other": 3}),
    ],
)
def test_groups_of_requests_span_as_many_rows_as_on_paper(form: str, spans: dict[str, int]) -> None:
    table = get_form(form).table("requests")

    assert {group: len(table.rows_of(group)) for group in spans} == spans


@pytest.mark.parametrize(
    ("form", "tables"),
    [
        ("2014", ("stats_2014",)),
        ("2019", ("art20_1", "art20_5", "art20_6", "art20_8", "art20_9", "requests", "review_litigation")),
        ("2021", ("art20_1", "art20_5", "art20_6", "art20_8", "requests", "review_litigation")),
    ],
)
def test_tables_stand_in_the_order_of_the_form(form: str, tables: tuple[str, ...]) -> None:
    assert tuple(table.code for table in get_form(form).tables) == tables


def test_table_codes_name_each_table_of_any_form_once() -> None:
    expected = {table.code for form in FORMS for table in form.tables}

    assert sorted(table_codes()) == sorted(expected)


@every_table
def test_codes_are_unique_in_a_table(form: Form, table: Table) -> None:
    rows = [*(row.code for row in table.rows), *(group.code for group in table.groups)]
    columns = [each.code for each in table.columns]

    assert sorted(set(rows)) == sorted(rows)
    assert sorted(set(columns)) == sorted(columns)


@every_table
def test_groups_and_computed_codes_name_rows_that_are_there(form: Form, table: Table) -> None:
    groups = {group.code for group in table.groups}
    named = {row.group for row in table.rows if row.group} | {group.parent for group in table.groups if group.parent}
    computed = {row for rows in table.computed.values() for row in rows}

    assert named - groups == set()
    assert computed - set(table.row_by_code) == set()


@every_table
def test_the_head_spans_as_many_columns_as_the_table_has(form: Form, table: Table) -> None:
    """The first row of the head is as wide as labels, unit and figures together; blocks of article 20 are 4 wide."""
    width = sum(cell.columns for cell in table.header[0])
    figures = len(table.columns) * (len(table.rows) if table.shape == "wide" else 1)
    expected = 4 if table.code.startswith("art20_") else table.label_columns + table.unit_column + figures

    assert width == expected


@every_sum
def test_sums_name_only_rows_and_columns_that_exist(form: Form, position: int) -> None:
    each = form.sums[position]
    codes = {code.removeprefix("-") for code in (*each.left, *each.right)}

    for name in each.tables:
        table = form.table(name)
        known = set(table.row_by_code if each.over == "columns" else table.column_by_code)
        assert codes - known == set()


@every_sum
def test_no_cell_enters_a_side_of_a_sum_twice(form: Form, position: int) -> None:
    each = form.sums[position]

    assert len(set(each.left)) == len(each.left)
    assert len(set(each.right)) == len(each.right)


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_results_sum_names_every_outcome(form: str) -> None:
    """A row added to the form and forgotten in the sum would make every report fail, or none."""
    results = next(each for each in get_form(form).sums if each.code == "REQ_RESULTS")
    outcomes = set(get_form(form).table("requests").rows_of("results")) - {"results_total"}

    assert set(results.right) == outcomes


@pytest.mark.parametrize(
    ("table", "row", "column", "type_", "unit"),
    [
        ("art20_5", "licensing", "items_change", "signed", "项"),
        ("art20_9", "procurement", "procurement_amount", "money", None),
        ("requests", "granted", "total", "count", "件"),
    ],
)
def test_types_and_units_are_those_of_the_2019_form(
    table: str, row: str, column: str, type_: str, unit: str | None
) -> None:
    """The form of 2019 prints no unit for 采购总金额."""
    found = get_form("2019").table(table)

    assert (found.type_of(row, column), found.unit_of(row, column)) == (type_, unit)


@pytest.mark.parametrize(("row", "type_", "unit"), [("fees_collected", "money", "万元"), ("trainees", "count", "人次")])
def test_a_row_of_2014_sets_its_own_type_and_unit(row: str, type_: str, unit: str) -> None:
    table = get_form("2014").table("stats_2014")

    assert (table.type_of(row, "value"), table.unit_of(row, "value")) == (type_, unit)


@pytest.mark.parametrize(
    ("year", "form"),
    [
        *[(year, "pre2014") for year in range(2008, 2014)],
        *[(year, "2014") for year in range(2014, 2019)],
        *[(year, "2019") for year in (2019, 2020)],
        *[(year, "2021") for year in range(2021, 2027)],
    ],
)
def test_each_year_has_its_prescribed_form(year: int, form: str) -> None:
    assert prescribed_form(year).id == form


def test_no_form_is_prescribed_before_the_regulation() -> None:
    """The Regulation (国务院令第492号) is in force since 1 May 2008."""
    with pytest.raises(FormError, match="2007.*2008"):
        prescribed_form(2007)


def test_an_unknown_form_names_the_nearest() -> None:
    with pytest.raises(FormError, match=r"unknown form '2020'.*'2021'"):
        get_form("2020")


def test_an_unknown_table_names_the_nearest_and_the_form() -> None:
    with pytest.raises(FormError, match=r"unknown table 'request' in form 2021: did you mean 'requests'"):
        get_form("2021").table("request")


def test_a_table_that_the_form_no_longer_has_is_unknown() -> None:
    """Procurement, 第二十条第（九）项, is gone since 2021."""
    with pytest.raises(FormError, match="art20_9"):
        get_form("2021").table("art20_9")


def test_an_unknown_name_is_also_a_lookup_error() -> None:
    with pytest.raises(LookupError):
        get_form("1999")
