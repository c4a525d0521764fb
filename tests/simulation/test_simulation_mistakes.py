"""Planted arithmetic errors: so many figures change, and as many sums fail."""

import numpy as np
import pytest

from gia_analysis.errors import FormError
from gia_analysis.forms import Form, forms, get_form
from gia_analysis.simulation import CellKey, plant_mistakes, simulate_figures

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
