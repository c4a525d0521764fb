"""What checks look at: the tables of a corpus, and its cells this year and last."""

from functools import cached_property

import numpy as np
import pandas as pd

from gia_analysis.checks.history import History, Place, Positions, Words, forms_with, history_of, readable
from gia_analysis.forms import forms
from gia_analysis.grids import Flags, Grid, read_grids
from gia_analysis.schema import KEY, Frames


class Evidence:
    """The frames of a corpus, with its cells as grids.

    Args:
        frames: what was read, of all reports of a corpus or of some.
        history: of all of them, for the rules over years and levels; without it, that of the frames.
        aliases: the renamed agencies, where no history is given.
        members: which agencies a government's report sums up, as ``load_members`` gives them.
    """

    def __init__(
        self,
        frames: Frames,
        history: History | None = None,
        *,
        aliases: pd.DataFrame | None = None,
        members: pd.DataFrame | None = None,
    ) -> None:
        self.frames = frames
        self.members = members
        self._aliases = aliases
        if history is not None:
            self.history = history

    @cached_property
    def history(self) -> History:
        """All reports by agency and year."""
        return History(history_of(self.reports, self.grids), self._aliases)

    @cached_property
    def reports(self) -> pd.DataFrame:
        """The reports that could be read, by source and report_id."""
        return readable(self.frames.reports)

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        """Every table of every form that occurs in the corpus."""
        return read_grids(self.frames.cells)

    @cached_property
    def _rows_of_grids(self) -> tuple[Positions, ...]:
        """Where each readable report stands in each grid, -1 where it does not."""
        return tuple(np.asarray(grid.keys.get_indexer(self.reports.index), dtype=np.int64) for grid in self.grids)

    def series(self, table: str, row: str, column: str) -> pd.Series:
        """Return one cell over all readable reports, whatever their form; NaN where there is no figure."""
        return pd.Series(self.this_year(f"{table}.{row}.{column}").value, index=self.reports.index)

    def has(self, table: str, form: str | None = None) -> pd.Series:
        """Return which readable reports have a table (of a certain form)."""
        return pd.Series(self._has(table, form), index=self.reports.index)

    def _has(self, table: str, form: str | None = None) -> Flags:
        found = np.zeros(len(self.reports), dtype=bool)
        for grid, at in zip(self.grids, self._rows_of_grids, strict=True):
            if grid.table.code == table and form in (None, grid.form.id):
                found |= at >= 0
        return found

    def this_year(self, place: str) -> Place:
        """Return a cell (``table.row.col``) over all readable reports, whatever their form."""
        table, row, column = place.split(".")
        value = np.full(len(self.reports), np.nan)
        opened = np.zeros(len(value), dtype=bool)
        on_form = np.zeros(len(value), dtype=bool)
        for grid, at in zip(self.grids, self._rows_of_grids, strict=True):
            if grid.table.code == table and grid.form.id in forms_with(place):
                has = at >= 0
                row_number = list(grid.table.row_by_code).index(row)
                column_number = list(grid.table.column_by_code).index(column)
                value[has] = grid.values[at[has], row_number, column_number]
                opened[has] = grid.open[at[has], row_number, column_number] & np.isnan(value[has])
                on_form |= has
        return Place(value, opened, on_form, self._has(table))

    def last_year(self, place: str) -> Place:
        """Return a cell (``table.row.col``) of the same agency's report of the year before, over all readable reports."""
        return self.history.place(place, self._last_year[0])

    def table_last_year(self, table: str, form: str | None = None) -> Flags:
        """Return whose report of the year before has a table (of a certain form)."""
        return self.history.form_is(table, tuple(forms()) if form is None else (form,), self._last_year[0])

    @property
    def why_no_last_year(self) -> Words:
        """Why a readable report has none of the year before to hold it against, as a code; "" where it has."""
        return self._last_year[1]

    @cached_property
    def report_of_last_year(self) -> pd.DataFrame:
        """Source and report_id of the same agency's report of the year before; missing where there is none."""
        at = self._last_year[0]
        columns = {name: self.history.table[name].array.take(at, allow_fill=True) for name in KEY}
        return pd.DataFrame(columns, index=self.reports.index)

    @cached_property
    def _last_year(self) -> tuple[Positions, Words]:
        return self.history.last_year(self.history.at(self.reports.index))
