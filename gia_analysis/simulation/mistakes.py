"""An agency's own arithmetic errors: figures changed so that the sums of the form fail."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from gia_analysis.errors import FormError
from gia_analysis.forms import Form, Sum, Table
from gia_analysis.simulation.draws import SimulatedFigures
from gia_analysis.simulation.grid import CellKey

SlipKind = Literal[
    "digit", "missing_digit", "doubled_digit", "digits_swapped", "sign", "neighbour", "shifted_row", "row_swapped", "unit",
    "carry_over",
]  # fmt: skip

_LARGEST_MISTAKE = 10
_YUAN = 10_000  # in one 万元
_Figures = Mapping[CellKey, int | float]
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


@dataclass(frozen=True, slots=True)
class PlantedSlip:
    """What was planted: the kind of slip, and the figures that would be right in the cells that it changed.

    ``earlier`` says that the cells are those of the earlier of two reports.
    """

    kind: SlipKind
    true: Mapping[CellKey, int | float]
    earlier: bool = False


def plant_slip(
    form: Form, figures: Mapping[CellKey, int | float], generator: np.random.Generator, kind: SlipKind
) -> tuple[SimulatedFigures, PlantedSlip]:
    """Return the figures with one slip of a kind, and what was planted.

    The slip changes something, and makes a hard relation of the form fail. Only ``unit`` does not: amounts of money stand in
    no sum, so that it shows beside the report of another year alone. Figures other than zero are preferred.

    Args:
        form: the form whose relations must fail.
        figures: figures that satisfy them.
        generator: the source of randomness.
        kind: any but ``carry_over``, which takes two years (``plant_carry_over``).

    Raises:
        FormError: no figure can be changed in such a way.
    """
    rules = [rule for rule in form.sums if rule.severity == "hard"]
    for change in _changes(form, figures, generator, kind):
        changed = {**figures, **change}
        true = {cell: figures[cell] for cell in change if figures[cell] != change[cell]}
        if true and (kind == "unit" or _breaks(form, rules, changed, true)):
            return changed, PlantedSlip(kind, true)
    raise FormError(f"no slip {kind!r} can be planted in these figures of form {form.id}")


def plant_carry_over(
    forms: tuple[Form, Form],
    earlier: Mapping[CellKey, int | float],
    later: Mapping[CellKey, int | float],
    generator: np.random.Generator,
) -> tuple[SimulatedFigures, SimulatedFigures, PlantedSlip]:
    """Return the figures of two years with the carry-over broken in one of them, and what was planted.

    What is carried out of the earlier year, or into the later one, is forgotten, or wrong for one kind of applicant and in
    the total. The total of the row still adds up; the flow of requests in that year does not.

    Args:
        forms: the forms of both years; they have a table ``requests``.
        earlier: figures of an agency that satisfy the sums of the form.
        later: figures of its next year, which go on from them.
        generator: the source of randomness.

    Raises:
        FormError: a form has no carry-over.
    """
    table = "requests"
    for form in forms:
        form.table(table)
    in_earlier = bool(generator.random() < 0.5)
    row = "carried_out" if in_earlier else "carried_in"
    figures = dict(earlier if in_earlier else later)
    cells = [(table, row, column.code) for column in forms[0].table(table).columns]
    *applicants, total = cells
    true = {cell: figures[cell] for cell in cells if figures[cell]}
    if true and generator.random() < 0.5:
        figures.update(dict.fromkeys(true, 0))
    else:
        applicant = applicants[int(generator.integers(len(applicants)))]
        wrong = int(generator.integers(_LARGEST_MISTAKE))
        wrong += wrong >= figures[applicant]
        true = {cell: figures[cell] for cell in (applicant, total)}
        figures[total] += wrong - figures[applicant]
        figures[applicant] = wrong
    slip = PlantedSlip("carry_over", true, in_earlier)
    return (figures, dict(later), slip) if in_earlier else (dict(earlier), figures, slip)


def _breaks(form: Form, rules: list[Sum], figures: _Figures, cells: Mapping[CellKey, int | float]) -> bool:
    """Tell whether a rule fails at a place where one of the cells stands, or a count there is negative."""
    for (table, row, column), _ in cells.items():
        if figures[table, row, column] < 0 and form.table(table).type_of(row, column) != "signed":
            return True
        for rule in rules:
            line, place = (row, column) if rule.over == "columns" else (column, row)
            codes = {code.lstrip("-") for code in (*rule.left, *rule.right)}
            if table in rule.tables and line in codes and not _rule_holds(rule, table, place, figures):
                return True
    return False


def _rule_holds(rule: Sum, table: str, line: str, figures: _Figures) -> bool:
    left, right = (
        [sign * figures.get(cell, 0) for cell, sign in _side(rule, table, line, codes)]
        for codes in (rule.left, rule.right)
    )
    difference = (max(left) if rule.left_of == "max" else sum(left)) - sum(right)
    return difference == 0 if rule.relation == "=" else difference <= 0 if rule.relation == "<=" else difference >= 0


def _changes(
    form: Form, figures: _Figures, generator: np.random.Generator, kind: SlipKind
) -> Iterator[dict[CellKey, int | float]]:
    """Yield what slips of a kind print, cell by cell, in random order: figures other than zero first."""
    if kind in _OF_DIGITS:
        cells = [cell for cell in figures if form.table(cell[0]).type_of(*cell[1:]) != "money"]
        for cell in _shuffled(cells, figures, generator):
            for digits in _OF_DIGITS[kind](str(abs(int(figures[cell]))), generator):
                yield {cell: -int(digits) if figures[cell] < 0 else int(digits)}
    elif kind == "sign":
        for cell in _shuffled(list(figures), figures, generator):
            yield {cell: -figures[cell]}
    elif kind == "unit":
        cells = [cell for cell in figures if form.table(cell[0]).type_of(*cell[1:]) == "money"]
        for cell in _shuffled(cells, figures, generator):
            yield {cell: round(figures[cell] * _YUAN, 2)}
    else:
        moves = [move for table in form.tables for move in _moves(table, figures, kind)]
        for place in generator.permutation(len(moves)).tolist():
            yield moves[place]


def _shuffled(cells: list[CellKey], figures: _Figures, generator: np.random.Generator) -> list[CellKey]:
    mixed = [cells[place] for place in generator.permutation(len(cells)).tolist()]
    return sorted(mixed, key=lambda cell: figures[cell] == 0)


def _moves(table: Table, figures: _Figures, kind: SlipKind) -> Iterator[dict[CellKey, int | float]]:
    """Yield exchanges of neighbouring cells or rows, or rows shifted by one column, in a table."""
    lines = [[(table.code, row.code, column.code) for column in table.columns] for row in table.rows]
    lines = [line for line in lines if line[0] in figures]
    pairs = list(pairwise(lines))
    if kind == "neighbour":
        across = [pair for line in lines for pair in pairwise(line)]
        down = [] if table.shape == "wide" else [pair for one, two in pairs for pair in zip(one, two, strict=True)]
        yield from ({one: figures[two], two: figures[one]} for one, two in across + down)
    elif kind == "row_swapped" and len(table.columns) > 1:
        for one, two in pairs:
            yield {cell: figures[other] for cell, other in zip(one + two, two + one, strict=True)}
    elif kind == "shifted_row" and len(table.columns) > 1:
        for line in lines:
            printed = [figures[cell] for cell in line]
            yield dict(zip(line, [0, *printed[:-1]], strict=True))
            yield dict(zip(line, [*printed[1:], 0], strict=True))


def _digit(digits: str, generator: np.random.Generator) -> Iterator[str]:
    at = int(generator.integers(len(digits)))
    lowest = 1 if at == 0 and len(digits) > 1 else 0
    others = [str(other) for other in range(lowest, 10) if str(other) != digits[at]]
    yield digits[:at] + others[int(generator.integers(len(others)))] + digits[at + 1 :]


def _missing_digit(digits: str, generator: np.random.Generator) -> Iterator[str]:
    shorter = [digits[:at] + digits[at + 1 :] for at in generator.permutation(len(digits)).tolist()]
    yield from (each for each in shorter if each and (each[0] != "0" or each == "0"))


def _doubled_digit(digits: str, generator: np.random.Generator) -> Iterator[str]:
    if digits != "0":
        yield from (digits[:at] + digits[at:][:1] + digits[at:] for at in generator.permutation(len(digits)).tolist())


def _digits_swapped(digits: str, generator: np.random.Generator) -> Iterator[str]:
    for at in generator.permutation(len(digits) - 1).tolist():
        turned = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        if turned[0] != "0":
            yield turned


_OF_DIGITS: Mapping[SlipKind, Callable[[str, np.random.Generator], Iterator[str]]] = {
    "digit": _digit,
    "missing_digit": _missing_digit,
    "doubled_digit": _doubled_digit,
    "digits_swapped": _digits_swapped,
}
