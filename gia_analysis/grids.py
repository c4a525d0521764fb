"""Cells as arrays: one table of one form over all reports that have it, so that a question is one operation on all."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from gia_analysis.forms import Form, Table, get_form
from gia_analysis.schema import KEY, Kind

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_OPEN_KINDS = (Kind.AMBIGUOUS.value, Kind.TEXT.value)


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of one form over the reports that have it.

    ``values`` (reports × rows × columns) is NaN where there is no figure; ``open`` is true where something stands or may
    stand that could not be read, so that it must not count as zero; ``unknown`` (reports × columns) sums the rows that
    the form does not have.
    """

    form: Form
    table: Table
    keys: pd.MultiIndex
    values: Numbers
    open: Flags
    unknown: Numbers

    def series(self, row: str, column: str) -> pd.Series:
        """Return one cell over all reports that have the table, NaN where there is no figure."""
        row_number = [each.code for each in self.table.rows].index(row)
        column_number = [each.code for each in self.table.columns].index(column)
        return pd.Series(self.values[:, row_number, column_number], index=self.keys)


def read_grids(cells: pd.DataFrame) -> tuple[Grid, ...]:
    """Return a grid for every table of every form that occurs in the table ``cells``."""
    return tuple(
        _grid(form, form.table(str(table)), part)
        for (form_id, table), part in cells.groupby(["form", "table"], sort=True)
        for form in [get_form(str(form_id))]
    )


def _grid(form: Form, table: Table, cells: pd.DataFrame) -> Grid:
    keys = pd.MultiIndex.from_frame(cells[KEY])
    codes, unique = pd.factorize(keys)
    shape = (len(unique), len(table.rows), len(table.columns))
    values = np.full(shape, np.nan)
    opened = np.zeros(shape, dtype=bool)
    unknown = np.zeros((shape[0], shape[2]))
    row = _positions(cells["row"], [each.code for each in table.rows])
    column = _positions(cells["col"], [each.code for each in table.columns])
    value = cells["value"].to_numpy(dtype="float64")
    kind = cells["kind"].to_numpy()
    not_found = (kind == Kind.ABSENT.value) & cells["match"].isna().to_numpy()
    inside = (row >= 0) & (column >= 0)
    place = (codes[inside], row[inside], column[inside])
    values[place] = value[inside]
    opened[place] = (np.isin(kind, _OPEN_KINDS) | not_found)[inside]
    outside = (row < 0) & (column >= 0) & ~np.isnan(value)
    np.add.at(unknown, (codes[outside], column[outside]), value[outside])
    index = pd.MultiIndex.from_tuples(list(unique), names=KEY)
    return Grid(form, table, index, values, opened, unknown)


def _positions(column: pd.Series, codes: Sequence[str]) -> npt.NDArray[np.intp]:
    return np.asarray(pd.Index(codes).get_indexer(pd.Index(column)), dtype=np.intp)
