"""How the relations of a table came out in the reports in which some sum of it fails."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from gia_analysis.checks.hints.system import CARRIED_IN, CARRIED_OUT, CARRY, Relation, System, system_of
from gia_analysis.checks.hints.years import Years
from gia_analysis.grids import Flags, Grid, Numbers
from gia_analysis.schema import FAILING, KEY, Verdict

_NEGATIVE = "NONNEG"
_PASSING = (Verdict.PASS.value, Verdict.PASS_IF_BLANK_IS_ZERO.value)


@dataclass(frozen=True)
class State:
    """A table over the reports in which a hard relation of it fails.

    ``printed`` is reports × cells, NaN where there is no figure; ``open`` where something stands that could not be read.
    ``residual`` (left minus right), ``failing`` and ``passing`` are reports × equations and one more that never applies;
    ``bounds_failing`` and ``bounds_passing`` are reports × bounds. A relation may be neither: it does not apply.
    ``negative`` (reports × cells) is true where ``NONNEG`` fails. ``last_out`` and ``next_in`` (reports × columns) are what
    last year's report carries out and next year's carries in.
    """

    system: System
    form: str
    keys: pd.MultiIndex
    printed: Numbers
    open: Flags
    residual: Numbers
    failing: Flags
    passing: Flags
    bounds_failing: Flags
    bounds_passing: Flags
    negative: Flags
    last_out: Numbers
    next_in: Numbers

    @cached_property
    def values(self) -> Numbers:
        """The figures with blanks as zero."""
        return np.where(np.isnan(self.printed), 0.0, self.printed)

    @cached_property
    def wanting(self) -> Flags:
        """Which hard sums fail."""
        return np.asarray(self.failing & np.append(self.system.sums, False))

    @cached_property
    def kept(self) -> Flags:
        """Which hard equations hold, and must still do so after a change."""
        return np.asarray(self.passing & np.append(self.system.hard, False))

    @cached_property
    def unread(self) -> Flags:
        """Reports × cells: whether nothing can be said of a cell, as what stands in it could not be read."""
        return self.open & np.isnan(self.printed)

    def figure(self, report: int, cell: int) -> float | None:
        """Return a figure as printed, None for a blank."""
        value = float(self.printed[report, cell])
        return None if np.isnan(value) else value


def read_state(grid: Grid, checks: pd.DataFrame, years: Years) -> State | None:
    """Return the state of a table; None where no hard relation of it fails in any report.

    Args:
        grid: the table, over at least the reports to look at.
        checks: findings of those reports.
        years: which report is that of last year.
    """
    system = system_of(grid.form.id, grid.table.code)
    relations = (*system.equations, *system.bounds)
    inside = checks[(checks["form"] == grid.form.id) & (checks["table"] == grid.table.code)]
    inside = inside[inside["code"].isin({each.code for each in relations} - {CARRY} | {_NEGATIVE})]
    failing = inside["status"].isin(FAILING) & (inside["severity"] == "hard")
    keys = pd.MultiIndex.from_frame(inside.loc[failing, KEY]).unique()
    rows = grid.keys.get_indexer(keys)
    keys, rows = keys[rows >= 0], rows[rows >= 0]
    if not len(rows):
        return None
    count = len(system.equations)
    status, difference = _findings(inside, keys, relations)
    residual = np.append(difference[:, :count], np.zeros((len(keys), 1)), axis=1)
    never = np.zeros((len(keys), 1), dtype=bool)
    fails, holds = status == 1, status == 0
    columns, following = [column.code for column in grid.table.columns], years.following(keys)
    state = State(
        system, grid.form.id, keys,
        printed=grid.values[rows].reshape(len(keys), -1), open=grid.open[rows].reshape(len(keys), -1), residual=residual,
        failing=np.append(fails[:, :count], never, axis=1), passing=np.append(holds[:, :count], never, axis=1),
        bounds_failing=fails[:, count:], bounds_passing=holds[:, count:], negative=_negative(checks, grid, keys),
        last_out=years.carried_out_before(keys, columns), next_in=years.carried_in(following, columns),
    )  # fmt: skip
    _add_carry_over(state, years, following)
    return state


def _findings(checks: pd.DataFrame, keys: pd.MultiIndex, relations: tuple[Relation, ...]) -> tuple[np.ndarray, Numbers]:
    """Return reports × relations: 1 where one fails, 0 where it holds, -1 where it does not apply; and left - right."""
    status = np.full((len(keys), len(relations)), -1, dtype=np.int8)
    difference = np.zeros(status.shape)
    report = keys.get_indexer(pd.MultiIndex.from_frame(checks[KEY]))
    names = pd.Index([f"{each.code} {each.name}" for each in relations])
    doubled = names.duplicated(keep=False)
    relation = names[~doubled].get_indexer(pd.Index(checks["code"].astype("str") + " " + checks["cells"].astype("str")))
    relation = np.append(np.flatnonzero(~doubled), -1)[relation]
    known = (report >= 0) & (relation >= 0)
    verdict = np.select([checks["status"].isin(FAILING), checks["status"].isin(_PASSING)], [1, 0], -1)
    status[report[known], relation[known]] = verdict[known]
    difference[report[known], relation[known]] = np.nan_to_num(checks["difference"].to_numpy(dtype="float64")[known])
    return status, difference


def _negative(checks: pd.DataFrame, grid: Grid, keys: pd.MultiIndex) -> Flags:
    found = checks[(checks["code"] == _NEGATIVE) & checks["status"].isin(FAILING)]
    flags = np.zeros((len(keys), len(grid.table.rows), len(grid.table.columns)), dtype=bool)
    report = keys.get_indexer(pd.MultiIndex.from_frame(found[KEY]))
    row, column = (
        pd.Index([each.code for each in items]).get_indexer(pd.Index(found[name]))
        for items, name in ((grid.table.rows, "row"), (grid.table.columns, "col"))
    )
    known = (report >= 0) & (row >= 0) & (column >= 0)
    flags[report[known], row[known], column[known]] = True
    return flags.reshape(len(keys), -1)


def _add_carry_over(state: State, years: Years, following: pd.MultiIndex) -> None:
    """Fill in the equations of the carry-over, from the findings of this report and of that of next year."""
    columns = [column.code for column in state.system.table.columns]
    for row, other, keys in ((CARRIED_IN, state.last_out, state.keys), (CARRIED_OUT, state.next_in, following)):
        numbers = [
            number
            for number, each in enumerate(state.system.equations)
            if each.code == CARRY and each.name.split(".")[1] == row
        ]
        if numbers:
            cells = [state.system.equations[number].left[0] for number in numbers]
            verdicts = years.verdicts(keys, columns)
            state.residual[:, numbers] = np.nan_to_num(state.values[:, cells] - other)
            state.failing[:, numbers], state.passing[:, numbers] = verdicts == 1, verdicts == 0
