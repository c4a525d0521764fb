"""Which of the possible changes are worth a hint, and in which order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from gia_analysis.checks.hints.actions import Action, Changes
from gia_analysis.checks.hints.slips import Slip, name_slip, weigh_slip
from gia_analysis.checks.hints.state import State
from gia_analysis.checks.hints.system import CARRY, Relation

_MOST_FOR_THE_SAME = 5
_UNTOLD = (Slip.OTHER, Slip.BLANK_ZERO)

_TOTAL_FOLLOWS = 3  # a row that adds up speaks for itself

Order = tuple[int, int, int, int, int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Ranked:
    """An action with its slip; ``order`` sorts the likeliest first, ``certain`` says that no other cell mends all."""

    action: Action
    slip: Slip
    certain: bool
    order: Order


def rank_actions(state: State, actions: Iterable[Action]) -> Iterator[Ranked]:
    """Yield the actions worth a hint, report by report, the likeliest of each report first.

    First stands what leaves no failing sum it touches, then what mends most, then what strains no soft relation, then the
    slip that tells most. A change by no slip that can be named is left out where others would mend the same, and so are
    those behind the fifth that mend the same.
    """
    by_report: dict[int, list[Action]] = defaultdict(list)
    for action in actions:
        by_report[action.report].append(action)
    for report in sorted(by_report):
        yield from _rank_report(state, report, by_report[report])


def _rank_report(state: State, report: int, actions: list[Action]) -> Iterator[Ranked]:
    certain = _only_complete(state, report, actions)
    best: dict[frozenset[tuple[int, float]], Ranked] = {}
    for action in actions:
        slip = _slip(state, action)
        order = _order(state, action, slip)
        ranked = Ranked(action, slip, action.changes == certain, order)
        same = frozenset(action.changes)
        if same not in best or order < best[same].order:
            best[same] = ranked
    ordered = sorted(best.values(), key=lambda each: each.order)
    covered = {number for each in ordered if not each.action.unmended for number in _sums(state, each.action)}
    rivals: dict[tuple[int, ...], int] = defaultdict(int)
    for each in ordered:
        rivals[_sums(state, each.action)] += 1
    given: dict[tuple[int, ...], int] = defaultdict(int)
    for each in ordered:
        mended = _sums(state, each.action)
        if each.action.unmended and (each.slip in _UNTOLD or covered.issuperset(mended)):
            continue
        if each.slip in _UNTOLD and rivals[mended] > 1 and not each.certain:
            continue
        if given[mended] < _MOST_FOR_THE_SAME:
            given[mended] += 1
            yield each


def _only_complete(state: State, report: int, actions: list[Action]) -> Changes | None:
    """Return the change of one cell that mends every failing hard relation of the table, if there is just one.

    Relations that are no equations, and a sign alone, leave the choice of many values.
    """
    sums = int(state.wanting[report].sum())
    hard = [bound.severity == "hard" for bound in state.system.bounds]
    if not sums or (state.bounds_failing[report] & np.array(hard, dtype=bool)).any():
        return None
    complete = {
        action.changes
        for action in actions
        if len(action.changes) == 1 and not action.unmended and len(_sums(state, action)) == sums
    }
    return next(iter(complete)) if len(complete) == 1 else None


def _sums(state: State, action: Action) -> tuple[int, ...]:
    return tuple(number for number in action.mended if state.system.sums[number])


def _slip(state: State, action: Action) -> Slip:
    if action.slip is not None:
        return action.slip
    (cell, meant), *followers = action.changes
    slip = name_slip(state.figure(action.report, cell), meant)
    if slip is not Slip.OTHER:
        return slip
    equations = [state.system.equations[number] for number in action.mended]
    if any(each.code == CARRY for each in equations):
        return Slip.CARRY_OVER
    if followers:
        return slip
    sums = [each for each in equations if each.severity == "hard"]
    if len(sums) > 1 and any(each.left == (cell,) for each in sums):
        return Slip.TOTAL_NOT_UPDATED
    return slip


def _order(state: State, action: Action, slip: Slip) -> Order:
    (cell, meant), *followers = action.changes
    weight = weigh_slip(slip, state.figure(action.report, cell), meant)
    if action.slip is None and followers:
        weight += _TOTAL_FOLLOWS
    negative = sum(bool(state.negative[action.report, cell]) for cell, _ in action.changes)
    mended = len(action.mended) + len(action.mended_bounds) + negative
    cells = tuple(cell for cell, _ in action.changes)
    return action.unmended, -mended, action.strained, weight, len(cells), cells


def relations_mended(state: State, action: Action) -> list[Relation]:
    """Return the relations that an action mends, equations first."""
    equations = [state.system.equations[number] for number in action.mended]
    return equations + [state.system.bounds[number] for number in action.mended_bounds]
