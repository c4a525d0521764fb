"""Figures that stand in the wrong place: neighbours exchanged, rows shifted or exchanged, last year's carry-over missed."""

from collections.abc import Iterator

import numpy as np

from gia_analysis.checks.hints.actions import Action, allowed, judge_bounds
from gia_analysis.checks.hints.slips import Slip
from gia_analysis.checks.hints.state import State
from gia_analysis.checks.hints.system import CARRIED_IN, CARRIED_OUT, CARRY, TOLERANCE, Places, System, incident
from gia_analysis.grids import Flags, Numbers

_REPORTS_AT_ONCE = 2000
_ENOUGH = 2  # sums that a move of a whole row must mend: one would be mended by many a move


def neighbours(system: System) -> list[tuple[int, int]]:
    """Return the pairs of cells that are printed side by side or one below the other."""
    width, count = len(system.table.columns), len(system.cells)
    wide = system.table.shape == "wide"
    across = [(cell, cell + 1) for cell in range(count - 1) if width > 1 and (wide or (cell + 1) % width)]
    down = [] if wide else [(cell, cell + width) for cell in range(count - width)]
    return across + down


def swap_neighbours(state: State) -> Iterator[Action]:
    """Yield each exchange of two neighbouring cells that mends all failing sums it touches and breaks no hard relation."""
    system = state.system
    pairs = np.array(neighbours(system), dtype=np.intp).reshape(-1, 2)
    places, sizes = incident(system.matrix[:, pairs[:, 0]] - system.matrix[:, pairs[:, 1]])
    for start in range(0, len(state.keys), _REPORTS_AT_ONCE):
        part = slice(start, start + _REPORTS_AT_ONCE)
        values = state.values[part]
        change = values[:, pairs[:, 1]] - values[:, pairs[:, 0]]
        clear = ~(state.unread[part][:, pairs].any(axis=2))
        possible = (change != 0) & clear & state.wanting[part][:, places].any(axis=2)
        report, pair = np.nonzero(possible & ~state.kept[part][:, places].any(axis=2))
        at = (report[:, None] + start, places[pair])
        effect = sizes[pair] * change[report, pair][:, None]
        fits = np.abs(state.residual[at] + effect) <= TOLERANCE
        whole = ~(state.wanting[at] & ~fits).any(axis=1)
        mended, strained = state.failing[at] & fits, (state.passing[at] & (effect != 0)).sum(axis=1)
        for number in np.flatnonzero(whole).tolist():
            first, second = pairs[pair[number]].tolist()
            own = values[report[number]]
            changes = ((first, float(own[second])), (second, float(own[first])))
            cells, meant = np.array([first, second]), np.array([own[second], own[first]])
            if not allowed(state, cells, meant).all():
                continue
            equations = tuple(places[pair[number]][mended[number]].tolist())
            action = Action(
                int(report[number]) + start, changes, equations, 0, int(strained[number]), Slip.NEIGHBOUR
            )  # fmt: skip
            judged = judge_bounds(state, action)
            if judged:
                yield judged


def move_rows(state: State) -> Iterator[Action]:
    """Yield each shift of a row by one column, exchange of two rows, and carry-over, that mends what it touches."""
    yield from _shifted_rows(state)
    yield from _swapped_rows(state)
    yield from _carried_over(state)


def _shifted_rows(state: State) -> Iterator[Action]:
    for each in state.system.row_sums:
        first = min(each.cells)
        cells = np.arange(first, first + len(each.cells))
        for meant, possible in _unshifted(state.values[:, cells]):
            yield from _judge(state, cells, meant, possible, Slip.SHIFTED_ROW, _ENOUGH)


def _unshifted(printed: Numbers) -> Iterator[tuple[Numbers, Flags]]:
    """Yield a row put back by one column, and in which reports it may have been shifted so.

    The figure pushed out at the end is what the sum of the row leaves; at the other end stands nothing, or that figure.
    Or the total has stayed in its place, and nothing was pushed out.
    """
    zero = np.zeros((len(printed), 1))
    parts, total = printed[:, :-1], printed[:, -1:]
    pushed_right = printed[:, 1:]
    whole = pushed_right.sum(axis=1, keepdims=True)
    yield np.hstack([pushed_right, whole]), ((printed[:, :1] == 0) | (printed[:, :1] == whole))[:, 0]
    rest = parts[:, -1:] - parts[:, :-1].sum(axis=1, keepdims=True)
    yield np.hstack([rest, parts]), ((total == 0) | (total == rest))[:, 0]
    yield np.hstack([parts[:, 1:], zero, total]), parts[:, 0] == 0
    yield np.hstack([zero, parts[:, :-1], total]), parts[:, -1] == 0


def _swapped_rows(state: State) -> Iterator[Action]:
    system = state.system
    width = len(system.table.columns)
    rows = len(system.table.rows)
    if width == 1:
        return
    down = [each.cells for each in system.equations if each.severity == "hard" and len(each.cells) > 1]
    by_rows = [sorted({cell // width for cell in cells}) for cells in down]
    short = min((each for each in by_rows if len(each) > 1), key=len, default=[])
    pairs = {(row, row + 1) for row in range(rows - 1)} | {(one, two) for one in short for two in short if one < two}
    for one, two in sorted(pairs):
        cells = np.concatenate([np.arange(one * width, (one + 1) * width), np.arange(two * width, (two + 1) * width)])
        printed = state.values[:, cells]
        meant = np.hstack([printed[:, width:], printed[:, :width]])
        possible = np.ones(len(printed), dtype=bool)
        yield from _judge(state, cells, meant, possible, Slip.ROW_SWAPPED, _ENOUGH)


def _carried_over(state: State) -> Iterator[Action]:
    """Yield the row carried in as last year carried it out, and the row carried out as next year carries it in."""
    for row, other in ((CARRIED_IN, state.last_out), (CARRIED_OUT, state.next_in)):
        if row in state.system.table.row_by_code:
            cells = np.array(state.system.row_cells(row), dtype=np.intp)
            possible = np.asarray(~np.isnan(other).all(axis=1))
            for action in _judge(state, cells, np.nan_to_num(other), possible, Slip.CARRY_OVER, 1):
                if any(state.system.equations[number].code == CARRY for number in action.mended):
                    yield action


def _judge(state: State, cells: Places, meant: Numbers, possible: Flags, slip: Slip, enough: int) -> Iterator[Action]:
    """Yield the change of many cells at once, for the reports in which it mends enough sums and all that it touches."""
    rows = np.flatnonzero(possible & (meant != state.values[:, cells]).any(axis=1))
    meant = meant[rows]
    change = meant - state.values[np.ix_(rows, cells)]
    effect = np.append(change @ state.system.matrix[:, cells].T, np.zeros((len(rows), 1)), axis=1)
    touched = np.abs(effect) > TOLERANCE
    fits = np.abs(state.residual[rows] + effect) <= TOLERANCE
    wanting = state.wanting[rows]
    mends = touched & fits & state.failing[rows]
    good = (mends & wanting).sum(axis=1) >= enough
    good &= ~(touched & state.kept[rows]).any(axis=1) & ~(touched & ~fits & wanting).any(axis=1)
    good &= ~state.unread[np.ix_(rows, cells)].any(axis=1)
    good &= allowed(state, np.broadcast_to(cells, meant.shape), meant).all(axis=1)
    for place in np.flatnonzero(good).tolist():
        changed = np.flatnonzero(np.abs(change[place]) > TOLERANCE)
        changes = tuple((int(cells[at]), float(meant[place, at])) for at in changed)
        strained = int((touched[place] & state.passing[rows[place]]).sum())
        if len(changes) > 1:
            mended = tuple(np.flatnonzero(mends[place]).tolist())
            judged = judge_bounds(state, Action(int(rows[place]), changes, mended, 0, strained, slip))
            if judged:
                yield judged
