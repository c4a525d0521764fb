"""What checks look at: the tables of a corpus, and its cells as grids."""

from functools import cached_property

import pandas as pd

from gia_analysis.grids import Grid, read_grids
from gia_analysis.schema import KEY, Frames


class Evidence:
    """The frames of a corpus, with its cells as grids; ``history`` holds what rules over years need of all its reports."""

    def __init__(self, frames: Frames, history: pd.DataFrame | None = None) -> None:
        self.frames = frames
        self.history = pd.DataFrame(columns=["agency", "year"]) if history is None else history

    @cached_property
    def reports(self) -> pd.DataFrame:
        """The reports that could be read, by source and report_id."""
        readable = self.frames.reports[self.frames.reports["status"] != "failed"]
        return readable.set_index(KEY, drop=False)

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        """Every table of every form that occurs in the corpus."""
        return read_grids(self.frames.cells)

    def series(self, table: str, row: str, column: str) -> pd.Series:
        """Return one cell over all readable reports, whatever their form; NaN where there is no figure."""
        found = [
            grid.series(row, column)
            for grid in self.grids
            if grid.table.code == table and row in grid.table.row_by_code and column in grid.table.column_by_code
        ]
        joined = pd.concat(found) if found else pd.Series(dtype="float64")
        return joined.reindex(self.reports.index).astype("float64")

    def has(self, table: str, form: str | None = None) -> pd.Series:
        """Return which readable reports have a table (of a certain form)."""
        keys: set[object] = set()
        for grid in self.grids:
            if grid.table.code == table and form in (None, grid.form.id):
                keys.update(grid.keys)
        return pd.Series([key in keys for key in self.reports.index], index=self.reports.index, dtype=bool)

    def last_year(self, place: str) -> pd.Series:
        """Return a cell of the same agency's report of the year before; NaN where there is none or no single one.

        Args:
            place: the cell as ``table.row.col``, one of those that the rule names in ``last_year``.
        """
        known = self.history[["agency", "year", place]].dropna(subset=["agency", "year"])
        before = known.assign(year=known["year"] + 1).drop_duplicates(["agency", "year"], keep=False)
        merged = self.reports[["agency", "year"]].merge(before, on=["agency", "year"], how="left")
        return pd.Series(merged[place].to_numpy(dtype="float64"), index=self.reports.index)
