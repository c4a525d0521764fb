"""Simulated figures: they satisfy every sum of the form, go on from last year, and are left blank as the style says."""

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest

from gia_analysis.errors import FormError
from gia_analysis.forms import Form, Sum, forms, get_form
from gia_analysis.simulation import CellKey, Size, leave_blank, print_figures, simulate_figures

SIMULATED = [form for form in forms().values() if form.tables]
SIZES: tuple[Size, ...] = get_args(Size)
APPLICANTS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other_org", "total")
HOLDS = {"=": float.__eq__, "<=": float.__le__, ">=": float.__ge__}

Figures = dict[CellKey, int | float]


def simulated(form: str, size: Size = "medium", seed: int = 1) -> Figures:
    return simulate_figures(get_form(form), np.random.default_rng(seed), size=size)


def sides(form: Form, rule: Sum, figures: Figures) -> Iterator[tuple[float, float]]:
    """Yield both sides of a sum for each column or row of each table that it is about, unless they are left out."""

    def figure(code: str, table: str, line: str) -> float:
        name = code.lstrip("-")
        key = (table, name, line) if rule.over == "columns" else (table, line, name)
        return float(-figures[key] if code != name else figures[key])

    for table in map(form.table, rule.tables):
        left_out = {row.code for row in table.rows if row.optional and (table.code, row.code, "value") not in figures}
        for line in table.columns if rule.over == "columns" else table.rows:
            if rule.left[0] not in left_out:
                left = [figure(code, table.code, line.code) for code in rule.left]
                right = [figure(code, table.code, line.code) for code in rule.right]
                yield float(max(left) if rule.left_of == "max" else sum(left)), float(sum(right))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("form", SIMULATED, ids=lambda form: form.id)
def test_figures_satisfy_every_hard_and_soft_sum_of_the_form(form: Form, size: Size) -> None:
    for seed in range(12):
        figures = simulated(form.id, size, seed)

        broken = [
            (rule.code, seed, left, right)
            for rule in form.sums
            for left, right in sides(form, rule, figures)
            if not HOLDS[rule.relation](left, right)
        ]

        assert broken == []


@pytest.mark.parametrize("form", SIMULATED, ids=lambda form: form.id)
def test_figures_are_those_of_the_form_in_its_order_and_of_its_types(form: Form) -> None:
    figures = simulated(form.id)

    prescribed = {(table.code, row.code, column.code): row for table, row, column in form.cells()}
    required = [key for key, row in prescribed.items() if not row.optional]
    assert [key for key in figures if not prescribed[key].optional] == required
    assert list(figures) == [key for key in prescribed if key in figures]
    for (table, row, column), value in figures.items():
        if form.table(table).type_of(row, column) != "money":
            assert isinstance(value, int)
        if form.table(table).type_of(row, column) != "signed":
            assert value >= 0


def test_a_busy_agency_has_figures_in_most_rows_and_a_quiet_one_no_requests() -> None:
    busy, quiet = simulated("2021", "large"), simulated("2021", "none")

    def filled(figures: Figures) -> int:
        return sum(
            1 for (table, _, column), value in figures.items() if table == "requests" and column == "total" and value
        )

    assert filled(busy) > 20
    assert filled(quiet) == 0


def test_granting_is_the_most_common_outcome() -> None:
    figures = simulated("2021", "large")
    leaves = next(rule.right for rule in get_form("2021").sums if rule.code == "REQ_RESULTS")

    assert max(leaves, key=lambda leaf: figures["requests", leaf, "total"]) == "granted"


def test_the_same_seed_gives_the_same_figures_and_another_seed_others() -> None:
    assert simulated("2019", seed=5) == simulated("2019", seed=5)
    assert simulated("2019", seed=5) != simulated("2019", seed=6)


def test_optional_rows_of_2014_come_all_or_not_at_all() -> None:
    optional = [row.code for row in get_form("2014").table("stats_2014").rows if row.optional]

    found = {
        sum(("stats_2014", code, "value") in simulated("2014", seed=seed) for code in optional) for seed in range(30)
    }

    assert found == {0, len(optional)}


def test_carried_in_is_as_given() -> None:
    figures = simulate_figures(get_form("2021"), np.random.default_rng(1), size="small", carried_in=37)

    assert figures["requests", "carried_in", "total"] == 37


@pytest.mark.parametrize(("before", "after"), [("2019", "2019"), ("2019", "2021"), ("2021", "2021")])
def test_next_year_carries_in_what_was_carried_out_in_each_column(before: str, after: str) -> None:
    last = simulated(before, "large")

    figures = simulate_figures(get_form(after), np.random.default_rng(2), size="large", previous=last)

    for applicant in APPLICANTS:
        assert figures["requests", "carried_in", applicant] == last["requests", "carried_out", applicant]
    assert last["requests", "carried_out", "total"] > 0


@pytest.mark.parametrize("seed", range(5))
def test_documents_in_force_and_items_go_on_from_last_year(seed: int) -> None:
    generator = np.random.default_rng(seed)
    first_2021 = simulated("2021", "large", seed)
    next_2021 = simulate_figures(get_form("2021"), generator, size="large", previous=first_2021)
    first_2019 = simulated("2019", "large", seed)
    next_2019 = simulate_figures(get_form("2019"), generator, size="large", previous=first_2019)

    def documents(figures: Figures, column: str) -> float:
        return figures["art20_1", "normative_documents", column]

    change = documents(next_2021, "issued_this_year") - documents(next_2021, "repealed_this_year")
    assert documents(next_2021, "in_force") == documents(first_2021, "in_force") + change
    total = documents(first_2019, "disclosed_total") + documents(next_2019, "disclosed_this_year")
    assert documents(next_2019, "disclosed_total") == total
    for row in ("licensing", "other_services"):
        items = first_2019["art20_5", row, "items_last_year"] + first_2019["art20_5", row, "items_change"]
        assert next_2019["art20_5", row, "items_last_year"] == items


def test_a_form_without_tables_cannot_be_simulated() -> None:
    form = replace(get_form("2021"), tables=())

    with pytest.raises(FormError, match="form 2021 prescribes no table"):
        simulate_figures(form, np.random.default_rng(1), size="small")


BLANKING: Figures = {
    ("art20_8", "fees", "fee_amount"): 0,
    ("requests", "granted", "natural_person"): 0,
    ("requests", "granted", "total"): 3,
    ("requests", "denied_third_party", "natural_person"): 0,
    ("requests", "denied_third_party", "total"): 0,
    ("review_litigation", "reconsideration", "upheld"): 2,
    ("review_litigation", "reconsideration", "total"): 2,
}


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("zeros", [0, 0, 3, 0, 0, 2, 2]),
        ("zero_rows_blank", [0, 0, 3, None, None, 2, 2]),
        ("every_zero_blank", [None, None, 3, None, None, 2, 2]),
        ("totals_blank", [0, 0, None, 0, None, 2, None]),
        ("only_totals", [0, None, 3, None, 0, None, 2]),
    ],
)
def test_blank_styles_leave_these_cells_blank(style: str, expected: list[int | None]) -> None:
    assert list(leave_blank(BLANKING, style).values()) == expected  # type: ignore[arg-type]
    printed = ["" if value is None else str(value) for value in expected]
    assert list(print_figures(BLANKING, style).values()) == printed  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "printed"),
    [(5125.11, "5125.11"), (282.1, "282.1"), (11398889, "11398889"), (-8, "-8"), (6054.0, "6054"), (0.01, "0.01")],
)
def test_figures_are_printed_as_plain_decimals(value: float, printed: str) -> None:
    key = ("art20_8", "fees", "fee_amount")

    assert print_figures({key: value}) == {key: printed}
