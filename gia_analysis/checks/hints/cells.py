"""Figures whose change mends what fails: the crossing of a failing row and a failing column first."""

from collections.abc import Iterator, Sequence

import numpy as np

from gia_analysis.checks.hints.actions import Action, allowed, judge_bounds
from gia_analysis.checks.hints.state import State
from gia_analysis.checks.hints.system import TOLERANCE, incident


def change_cells(state: State) -> Iterator[Action]:
    """Yield each change of one cell that mends a failing sum and breaks no hard relation."""
    yield from _change(state, [(cell,) for cell in range(len(state.system.cells))])


def change_with_totals(state: State) -> Iterator[Action]:
    """Yield each change of a cell and of the total of its row alike: the total was added up from a wrong figure."""
    pairs = [(cell, each.left[0]) for each in state.system.row_sums for cell in each.right]
    if pairs and any(len(each.cells) > 1 for each in state.system.equations if each not in state.system.row_sums):
        yield from (action for action in _change(state, pairs) if not action.unmended)


def _change(state: State, sets: Sequence[tuple[int, ...]]) -> Iterator[Action]:
    """Yield each change of all cells of a set by the same amount that mends a failing sum and breaks no hard relation."""
    cells = np.array(sets, dtype=np.intp)
    places, sizes = incident(state.system.matrix[:, cells].sum(axis=2))
    breaks = state.kept[:, places].any(axis=2)
    touches = state.wanting[:, places].any(axis=2)
    report, number = np.nonzero(touches & ~breaks & ~state.unread[:, cells].any(axis=2))
    at = (report[:, None], places[number])
    size, residual, failing = sizes[number], state.residual[at], state.failing[at]
    wanting, strained = state.wanting[at], (state.passing[at] & (size != 0)).sum(axis=1)
    values = state.values[report[:, None], cells[number]]
    earlier: list[np.ndarray] = []
    for k in range(places.shape[1]):
        with np.errstate(divide="ignore", invalid="ignore"):
            change = np.where(wanting[:, k], -residual[:, k] / size[:, k], 0.0)
        fits = np.abs(residual + size * change[:, None]) <= TOLERANCE
        meant = np.round(values + change[:, None], 6)
        new = wanting[:, k] & allowed(state, cells[number], meant).all(axis=1)
        for other in earlier:
            new &= np.abs(change - other) > TOLERANCE
        earlier.append(change)
        mended, unmended = failing & fits, (wanting & ~fits).sum(axis=1)
        for place in np.flatnonzero(new).tolist():
            changes = tuple(zip(sets[number[place]], meant[place].tolist(), strict=True))
            equations = tuple(places[number[place]][mended[place]].tolist())
            action = Action(int(report[place]), changes, equations, int(unmended[place]), int(strained[place]))
            judged = judge_bounds(state, action)
            if judged:
                yield judged
