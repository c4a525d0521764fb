"""One change of a report's figures, and which relations it mends and breaks."""

from dataclasses import dataclass

import numpy as np

from gia_analysis.checks.hints.slips import Slip
from gia_analysis.checks.hints.state import State
from gia_analysis.checks.hints.system import TOLERANCE, Places, Relation
from gia_analysis.grids import Flags, Numbers

Changes = tuple[tuple[int, float], ...]  # cells of the table, with the value each would have


@dataclass(frozen=True, slots=True)
class Action:
    """A change of one cell, or of several by one slip, that breaks no hard relation.

    ``mended`` are the equations that fail and would hold, ``unmended`` counts the failing hard sums it touches that would
    still fail, ``strained`` the soft relations that would fail. ``slip`` is open where the digits have to tell it.
    """

    report: int
    changes: Changes
    mended: tuple[int, ...]
    unmended: int
    strained: int
    slip: Slip | None = None
    mended_bounds: tuple[int, ...] = ()


def allowed(state: State, cells: Places, meant: Numbers) -> Flags:
    """Return which figures can stand in their cells: counts are whole and not negative, changes whole, money not negative."""
    system = state.system
    whole = np.abs(meant - np.round(meant)) <= TOLERANCE
    return (whole | system.money[cells]) & ((meant >= -TOLERANCE) | system.signed[cells])


def judge_changes(state: State, report: int, changes: Changes, slip: Slip | None = None) -> Action | None:
    """Return a change of one report with what it mends; None if it breaks a hard relation or gives an impossible figure."""
    cells = np.array([cell for cell, _ in changes], dtype=np.intp)
    meant = np.array([value for _, value in changes])
    if not allowed(state, cells, meant).all():
        return None
    effect = np.append(state.system.matrix[:, cells] @ (meant - state.values[report, cells]), 0.0)
    touched = np.abs(effect) > TOLERANCE
    fits = np.abs(state.residual[report] + effect) <= TOLERANCE
    if (touched & state.kept[report]).any():
        return None
    mended = np.flatnonzero(touched & fits & state.failing[report])
    unmended = int((touched & ~fits & state.wanting[report]).sum())
    strained = int((touched & state.passing[report]).sum())
    return judge_bounds(state, Action(report, changes, tuple(mended.tolist()), unmended, strained, slip))


def judge_bounds(state: State, action: Action) -> Action | None:
    """Return an action with the bounds that it mends; None if a hard one breaks."""
    bounds = {number for cell, _ in action.changes for number in state.system.bounds_by_cell[cell]}
    if not bounds:
        return action
    values = state.values[action.report].copy()
    for cell, meant in action.changes:
        values[cell] = meant
    mended, strained = [], action.strained
    for number in sorted(bounds):
        holds = bound_holds(state.system.bounds[number], values)
        if state.bounds_passing[action.report, number] and not holds:
            if state.system.bounds[number].severity == "hard":
                return None
            strained += 1
        elif state.bounds_failing[action.report, number] and holds:
            mended.append(number)
    return Action(
        action.report, action.changes, action.mended, action.unmended, strained, action.slip, tuple(mended)
    )  # fmt: skip


def bound_holds(bound: Relation, values: Numbers) -> bool:
    left, right = sides(bound, values)
    if bound.relation == "<=":
        return left <= right + TOLERANCE
    if bound.relation == ">=":
        return left >= right - TOLERANCE
    return abs(left - right) <= TOLERANCE


def sides(bound: Relation, values: Numbers) -> tuple[float, float]:
    """Return both sides of a relation over the figures of a table."""
    signed = [sign * float(values[cell]) for cell, sign in zip(bound.cells, bound.signs, strict=True)]
    left, right = signed[: len(bound.left)], signed[len(bound.left) :]
    return (max(left) if bound.left_is_max else sum(left)), -sum(right)
