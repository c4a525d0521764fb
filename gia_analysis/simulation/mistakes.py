"""An agency's own arithmetic errors: figures changed so that the sums of the form fail."""

from collections.abc import Iterator, Mapping

import numpy as np

from gia_analysis.errors import FormError
from gia_analysis.forms import Form, Sum
from gia_analysis.simulation.draws import SimulatedFigures
from gia_analysis.simulation.grid import CellKey

_LARGEST_MISTAKE = 10
_Relation = tuple[tuple[tuple[CellKey, int], ...], tuple[tuple[CellKey, int], ...]]  # cells with their signs, each side


def plant_mistakes(
    form: Form, figures: Mapping[CellKey, int | float], generator: np.random.Generator, *, count: int
) -> SimulatedFigures:
    """Return the figures with some of them wrong: so many are changed, and each makes a sum of its own fail.

    What a perfect reader finds are the changed figures, not those that would be right.

    Args:
        form: the form whose sums must fail.
        figures: figures that satisfy its sums.
        generator: the source of randomness.
        count: how many figures to change.

    Raises:
        FormError: so many figures cannot be changed in such a way.
    """
    changed = dict(figures)
    settled: set[CellKey] = set()  # what broken sums are made of: another change there could mend them
    relations = [relation for relation in _equations(form) if _holds(relation, changed)]
    for planted in range(count):
        if not relations:
            raise FormError(f"no sum of form {form.id} is left to break after {planted} of {count} mistakes")
        relation = relations[int(generator.integers(len(relations)))]
        cells = [cell for cell in _cells(relation) if cell not in settled]
        cell = cells[int(generator.integers(len(cells)))]
        changed[cell] += int(generator.integers(1, _LARGEST_MISTAKE))
        settled.update(_cells(relation))
        relations = [each for each in relations if cell not in _cells(each) and not settled.issuperset(_cells(each))]
    return changed


def _equations(form: Form) -> Iterator[_Relation]:
    """Yield what must be equal by the form, cell by cell."""
    for rule in form.sums:
        if rule.relation == "=" and rule.left_of == "sum":
            for table in map(form.table, rule.tables):
                for line in table.columns if rule.over == "columns" else table.rows:
                    yield _side(rule, table.code, line.code, rule.left), _side(rule, table.code, line.code, rule.right)


def _cells(relation: _Relation) -> list[CellKey]:
    return [cell for side in relation for cell, _ in side]


def _side(rule: Sum, table: str, line: str, codes: tuple[str, ...]) -> tuple[tuple[CellKey, int], ...]:
    names = [(code.lstrip("-"), -1 if code.startswith("-") else 1) for code in codes]
    if rule.over == "columns":
        return tuple(((table, name, line), sign) for name, sign in names)
    return tuple(((table, line, name), sign) for name, sign in names)


def _holds(relation: _Relation, figures: Mapping[CellKey, float]) -> bool:
    """Tell whether all cells of a relation have figures, and the sides are equal."""
    if any(cell not in figures for cell in _cells(relation)):
        return False
    left, right = (sum(sign * figures[cell] for cell, sign in side) for side in relation)
    return left == right
