"""Hints for relations that are no equations: figures exchanged, a wrong sign, a total that its bounds leave no choice."""

from collections.abc import Iterator

import numpy as np

from gia_analysis.checks.hints.actions import Action, Changes, bound_holds, judge_changes, sides
from gia_analysis.checks.hints.moves import neighbours
from gia_analysis.checks.hints.slips import Slip
from gia_analysis.checks.hints.state import State
from gia_analysis.checks.hints.system import TOLERANCE, Relation
from gia_analysis.grids import Numbers


def mend_bounds(state: State) -> Iterator[Action]:
    """Yield the changes that mend a hard bound which fails or a negative count, and break no hard relation."""
    for report, cell in np.argwhere(state.negative).tolist():
        positive = judge_changes(state, report, ((cell, abs(float(state.values[report, cell]))),), Slip.SIGN)
        if positive:
            yield positive
    pairs = neighbours(state.system)
    hard = np.array([each.severity == "hard" for each in state.system.bounds], dtype=bool)
    for report, number in np.argwhere(state.bounds_failing & hard).tolist():
        bound, values = state.system.bounds[number], state.values[report]
        for changes, slip in _candidates(state, bound, values, pairs):
            changed = values.copy()
            for cell, meant in changes:
                changed[cell] = meant
            if bound_holds(bound, changed) and not any(state.unread[report, cell] for cell, _ in changes):
                action = judge_changes(state, report, changes, slip)
                if action:
                    yield action


def _candidates(
    state: State, bound: Relation, values: Numbers, pairs: list[tuple[int, int]]
) -> Iterator[tuple[Changes, Slip | None]]:
    for one, two in pairs:
        if {one, two} <= set(bound.cells):
            yield ((one, float(values[two])), (two, float(values[one]))), Slip.NEIGHBOUR
    for cell in bound.cells:
        if state.system.signed[cell] and values[cell]:
            yield ((cell, -float(values[cell])),), Slip.SIGN
    if bound.relation == "<=" and len(bound.right) == 1:
        lowest, _ = sides(bound, values)
        for other in state.system.bounds:
            if other.left == bound.right and other.relation == "<=":
                _, highest = sides(other, values)
                if abs(lowest - highest) <= TOLERANCE:
                    yield ((bound.right[0], lowest),), None
