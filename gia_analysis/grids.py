"""Cells as arrays: one table of one form over all reports that have it, so that a question is one operation on all."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from gia_analysis.coded import Coded, Codes, Flags, coded
from gia_analysis.forms import Form, Table, get_form
from gia_analysis.schema import KEY, Kind

__all__ = ["Codes", "Flags", "Grid", "Numbers", "number_reports", "read_grids"]

Numbers = npt.NDArray[np.float64]

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
    """Return a grid for every table of every form that occurs in the table ``cells``.

    Columns of text may be categories, which are read without looking at each row's text.
    """
    report, keys = number_reports(cells)
    form, table = coded(cells["form"]), coded(cells["table"])
    row, column, kind = coded(cells["row"]), coded(cells["col"]), coded(cells["kind"])
    value = cells["value"].to_numpy(dtype="float64")
    lost = kind.any_of([Kind.ABSENT.value]) & cells["match"].isna().to_numpy()
    opened = kind.any_of(_OPEN_KINDS) | lost
    block = np.where((form.codes < 0) | (table.codes < 0), -1, form.codes * len(table.values) + table.codes)
    names = {
        number: (str(form.values[number // len(table.values)]), str(table.values[number % len(table.values)]))
        for number in np.unique(block).tolist()
        if number >= 0
    }
    grids = []
    for number, (form_id, code) in sorted(names.items(), key=lambda item: item[1]):
        here = np.flatnonzero(block == number)
        part = _Part(report[here], row.take(here), column.take(here))
        grids.append(_grid(get_form(form_id), code, keys, part, value[here], opened[here]))
    return tuple(grids)


def number_reports(frame: pd.DataFrame) -> tuple[Codes, pd.MultiIndex]:
    """Return for each row of a tidy table the number of its report, and the keys of the reports by that number."""
    source, report_id = (coded(frame[name]) for name in KEY)
    several = max(len(report_id.values), 1)
    number, pairs = pd.factorize(source.codes.astype(np.int64) * several + report_id.codes)
    first, second = np.divmod(pairs, several)
    keys = pd.MultiIndex.from_arrays([source.values.take(first), report_id.values.take(second)], names=KEY)
    return number.astype(np.int32), keys


@dataclass(frozen=True, slots=True)
class _Part:
    """Where the cells of one table stand: number of the report, row and column."""

    report: Codes
    row: Coded
    column: Coded


def _grid(form: Form, code: str, every: pd.MultiIndex, part: _Part, value: Numbers, opened_cells: Flags) -> Grid:
    table = form.table(code)
    report, numbers = pd.factorize(part.report)
    shape = (len(numbers), len(table.rows), len(table.columns))
    values = np.full(shape, np.nan)
    opened = np.zeros(shape, dtype=bool)
    unknown = np.zeros((shape[0], shape[2]))
    row = part.row.among([each.code for each in table.rows])
    column = part.column.among([each.code for each in table.columns])
    inside = (row >= 0) & (column >= 0)
    place = (report[inside], row[inside], column[inside])
    values[place] = value[inside]
    opened[place] = opened_cells[inside]
    outside = (row < 0) & (column >= 0) & ~np.isnan(value)
    np.add.at(unknown, (report[outside], column[outside]), value[outside])
    return Grid(form, table, every.take(numbers), values, opened, unknown)
