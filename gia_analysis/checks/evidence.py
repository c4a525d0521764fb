"""What checks look at: the tables of a corpus, and its cells this year and last."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from gia_analysis.checks.history import History, Place, Positions, Words, forms_with, history_of, readable
from gia_analysis.forms import forms
from gia_analysis.grids import Flags, Grid, number_reports, read_grids
from gia_analysis.schema import KEY, Frames


class Evidence:
    """The frames of a corpus, with its cells as grids.

    Args:
        frames: what was read, of all reports of a corpus or of some.
        history: of all of them, for the rules over years and levels; without it, that of the frames.
        aliases: the renamed agencies, where no history is given.
        members: which agencies a government's report sums up, as ``load_members`` gives them.
        grids: what ``read_grids`` gives of the cells, where it is at hand.
    """

    def __init__(
        self,
        frames: Frames,
        history: History | None = None,
        *,
        aliases: pd.DataFrame | None = None,
        members: pd.DataFrame | None = None,
        grids: Sequence[Grid] | None = None,
    ) -> None:
        self.frames = frames
        self.members = members
        self._aliases = aliases
        if history is not None:
            self.history = history
        if grids is not None:
            self.grids = tuple(grids)

    @cached_property
    def history(self) -> History:
        """All reports by agency and year."""
        return History(history_of(readable(self.frames.reports), self.grids), self._aliases)

    @cached_property
    def reports(self) -> pd.DataFrame:
        """The reports that could be read, numbered from 0: rules name a report by that number, ``at``."""
        return readable(self.frames.reports).reset_index(drop=True)

    @cached_property
    def keys(self) -> pd.MultiIndex:
        """Source and report_id of the readable reports."""
        return pd.MultiIndex.from_frame(self.reports[KEY])

    @cached_property
    def at_figures(self) -> Positions:
        """The report of each row of the table ``figures``, -1 where it could not be read."""
        return self.at_of(self.frames.figures)

    @cached_property
    def at_sections(self) -> Positions:
        """The report of each row of the table ``sections``, -1 where it could not be read."""
        return self.at_of(self.frames.sections)

    def at_of(self, frame: pd.DataFrame) -> Positions:
        """Return the number of the report of each row of a table, -1 where it could not be read."""
        number, keys = number_reports(frame)
        return np.asarray(self.keys.get_indexer(keys), dtype=np.int64)[number]

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        """Every table of every form that occurs in the corpus."""
        return read_grids(self.frames.cells)

    @cached_property
    def numbered(self) -> pd.DataFrame:
        """Source and report_id by the number of the report: the readable ones, behind them others that have cells."""
        others = [grid.keys[~grid.keys.isin(self.keys)].to_frame(index=False) for grid in self.grids]
        return pd.concat(
            [self.reports[KEY], *(each for each in others if len(each))], ignore_index=True
        ).drop_duplicates(ignore_index=True)

    @cached_property
    def reports_of_grids(self) -> tuple[Positions, ...]:
        """The number of the report of each row of each grid."""
        keys = pd.MultiIndex.from_frame(self.numbered)
        return tuple(np.asarray(keys.get_indexer(grid.keys), dtype=np.int64) for grid in self.grids)

    @cached_property
    def rows_of_grids(self) -> tuple[Positions, ...]:
        """Where each readable report stands in each grid, -1 where it does not."""
        return tuple(np.asarray(grid.keys.get_indexer(self.keys), dtype=np.int64) for grid in self.grids)

    def series(self, table: str, row: str, column: str) -> pd.Series:
        """Return one cell over all readable reports, whatever their form; NaN where there is no figure."""
        return pd.Series(self.this_year(f"{table}.{row}.{column}").value, index=self.reports.index)

    def has(self, table: str, form: str | None = None) -> pd.Series:
        """Return which readable reports have a table (of a certain form)."""
        return pd.Series(self._has(table, form), index=self.reports.index)

    def _has(self, table: str, form: str | None = None) -> Flags:
        found = np.zeros(len(self.reports), dtype=bool)
        for grid, at in zip(self.grids, self.rows_of_grids, strict=True):
            if grid.table.code == table and form in (None, grid.form.id):
                found |= at >= 0
        return found

    def this_year(self, place: str, chosen: Positions | None = None) -> Place:
        """Return a cell (``table.row.col``) over all readable reports, whatever their form, or over those chosen."""
        table, row, column = place.split(".")
        value = np.full(len(self.reports) if chosen is None else len(chosen), np.nan)
        opened = np.zeros(len(value), dtype=bool)
        on_form = np.zeros(len(value), dtype=bool)
        for grid, rows in zip(self.grids, self.rows_of_grids, strict=True):
            if grid.table.code == table and grid.form.id in forms_with(place):
                at = rows if chosen is None else rows[chosen]
                has = at >= 0
                row_number = list(grid.table.row_by_code).index(row)
                column_number = list(grid.table.column_by_code).index(column)
                value[has] = grid.values[at[has], row_number, column_number]
                opened[has] = grid.open[at[has], row_number, column_number] & np.isnan(value[has])
                on_form |= has
        has_table = self._has(table)
        return Place(value, opened, on_form, has_table if chosen is None else has_table[chosen])

    def last_year(self, place: str, chosen: Positions | None = None) -> Place:
        """Return a cell (``table.row.col``) of the same agency's report of the year before, over all readable reports or those chosen."""
        at = self._last_year[0]
        return self.history.place(place, at if chosen is None else at[chosen])

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

    @property
    def place_of_last_year(self) -> Positions:
        """Where in the history the same agency's report of the year before stands; -1 where there is none."""
        return self._last_year[0]

    @cached_property
    def _last_year(self) -> tuple[Positions, Words]:
        return self.history.last_year(self.history.at(self.keys))
