"""Planted arithmetic errors: so many figures change, and as many sums fail."""

import numpy as np
import pytest

from gia_analysis.errors import FormError
from gia_analysis.forms import Form, forms, get_form
from gia_analysis.simulation import CellKey, plant_mistakes, simulate_figures
from gia_analysis.simulation.mistakes import SlipKind, plant_carry_over, plant_slip

SIMULATED = [form for form in forms().values() if form.tables]
Figures = dict[CellKey, int | float]


def broken_equations(form: Form, figures: Figures) -> int:
    """Count the equations of the form that fail, those about rows that are not printed aside."""
    broken = 0
    for rule in form.sums:
        for table in map(form.table, rule.tables):
            for line in table.columns if rule.over == "columns" else table.rows:
                by_row = rule.over == "columns"
                left, right = (
                    [figures.get((table.code, *((code, line.code) if by_row else (line.code, code)))) for code in side]
                    for side in (rule.left, rule.right)
                )
                if rule.relation == "=" and rule.left_of == "sum" and None not in (*left, *right):
                    broken += sum(filter(None, left)) != sum(filter(None, right))
    return broken


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("form", SIMULATED, ids=lambda form: form.id)
def test_as_many_figures_change_as_asked_and_each_breaks_a_sum(form: Form, count: int) -> None:
    for seed in range(10):
        generator = np.random.default_rng(seed)
        figures = simulate_figures(form, generator, size="small")

        wrong = plant_mistakes(form, figures, generator, count=count)

        assert broken_equations(form, figures) == 0
        assert sum(wrong[key] != figures[key] for key in figures) == count
        assert list(wrong) == list(figures)
        assert broken_equations(form, wrong) >= count


def test_more_mistakes_than_a_form_has_sums_are_refused() -> None:
    form = get_form("2021")
    figures = simulate_figures(form, np.random.default_rng(1), size="small")

    with pytest.raises(FormError, match="no sum of form 2021 is left to break"):
        plant_mistakes(form, figures, np.random.default_rng(1), count=200)


def planted(kind: SlipKind, form: str, seed: int) -> tuple[Figures, Figures, Figures]:
    """Return the right figures, those with a slip, and those that the slip says are right in the cells it changed."""
    generator = np.random.default_rng(seed)
    figures = simulate_figures(get_form(form), generator, size="large")
    wrong, slip = plant_slip(get_form(form), figures, generator, kind)
    assert slip.kind == kind
    return figures, wrong, dict(slip.true)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    "kind",
    [
        "digit", "missing_digit", "doubled_digit", "digits_swapped", "sign", "neighbour", "shifted_row", "row_swapped",
        "unit",
    ],
)  # fmt: skip
def test_a_slip_tells_the_right_figures_of_all_cells_it_changed(kind: SlipKind, seed: int) -> None:
    figures, wrong, true = planted(kind, "2019", seed)

    assert true == {cell: figures[cell] for cell in figures if wrong[cell] != figures[cell]}
    assert wrong | true == figures
    assert list(wrong) == list(figures)


@pytest.mark.parametrize("seed", range(5))
def test_a_slip_of_digits_is_one_of_its_kind(seed: int) -> None:
    for kind in ("digit", "missing_digit", "doubled_digit", "digits_swapped"):
        _, wrong, true = planted(kind, "2019", seed)
        ((cell, right),) = true.items()
        printed, meant = str(abs(wrong[cell])), str(abs(right))

        lengths = {"missing_digit": -1, "doubled_digit": 1}
        assert len(printed) - len(meant) == lengths.get(kind, 0)
        assert (sorted(printed) == sorted(meant)) == (kind == "digits_swapped")


@pytest.mark.parametrize("seed", range(5))
def test_a_shifted_row_keeps_the_order_of_its_figures(seed: int) -> None:
    figures, wrong, true = planted("shifted_row", "2021", seed)
    table, row, _ = next(iter(true))
    columns = [column.code for column in get_form("2021").table(table).columns]
    before, after = ([each[table, row, column] for column in columns] for each in (figures, wrong))

    assert after in ([0, *before[:-1]], [*before[1:], 0])


def test_an_amount_in_another_unit_is_ten_thousand_times_as_large() -> None:
    _, wrong, true = planted("unit", "2019", 2)
    ((cell, right),) = true.items()

    assert cell == ("art20_9", "procurement", "procurement_amount")
    assert wrong[cell] == pytest.approx(right * 10_000)


@pytest.mark.parametrize("seed", range(10))
def test_a_broken_carry_over_breaks_the_flow_of_one_year_and_no_row(seed: int) -> None:
    form, generator = get_form("2021"), np.random.default_rng(seed)
    earlier = simulate_figures(form, generator, size="medium")
    later = simulate_figures(form, generator, size="medium", previous=earlier)

    first, second, slip = plant_carry_over((form, form), earlier, later, generator)

    assert (first == earlier, second == later) == (not slip.earlier, slip.earlier)
    changed, right = (first, earlier) if slip.earlier else (second, later)
    assert changed | dict(slip.true) == right
    assert {row for _, row, _ in slip.true} == {"carried_out" if slip.earlier else "carried_in"}
    assert broken_equations(form, changed) == len(slip.true)  # the flow, in each column changed


def test_a_slip_that_no_figure_has_room_for_is_refused() -> None:
    """An agency without requests prints no figure of two digits in any sum."""
    form, generator = get_form("2021"), np.random.default_rng(1)
    figures = simulate_figures(form, generator, size="none", carried_in=0)

    with pytest.raises(FormError, match="no slip 'digits_swapped' can be planted"):
        plant_slip(form, figures, generator, "digits_swapped")


def test_the_form_of_2014_has_no_carry_over_to_break() -> None:
    form, generator = get_form("2014"), np.random.default_rng(1)
    figures = simulate_figures(form, generator, size="small")

    with pytest.raises(FormError, match="requests"):
        plant_carry_over((form, form), figures, figures, generator)
