"""All reports of a corpus by agency and year, with their cells: what rules over years and over levels look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from gia_analysis.aliases import identity
from gia_analysis.checks.chapters import chapters_of, pack_chapters
from gia_analysis.errors import CorpusError
from gia_analysis.forms import forms
from gia_analysis.grids import Flags, Grid, Numbers, read_grids
from gia_analysis.schema import KEY, Frames

Positions = npt.NDArray[np.int64]
Words = npt.NDArray[np.object_]
_Figures = npt.NDArray[np.float32] | npt.NDArray[np.float64]

FACTS = ("agency", "region_code", "year", "scope")
SCOPES = ("own", "aggregate")
_UNREAD = np.inf  # stands in a history for what was printed and could not be read; NaN for no figure
_YEARS = 10_000


@dataclass(frozen=True, slots=True)
class Place:
    """One cell of the forms over many reports.

    ``value`` is NaN where there is no figure; ``open`` marks what may stand there and could not be read; ``has_table``
    the reports that have its table, and ``on_form`` those whose table is of a form that has the cell.
    """

    value: Numbers
    open: Flags
    on_form: Flags
    has_table: Flags


@cache
def forms_with(place: str) -> tuple[str, ...]:
    """Return the forms that have a cell (``table.row.col``)."""
    table, row, column = place.split(".")
    tables = {form.id: form.table_by_code.get(table) for form in forms().values()}
    return tuple(
        form for form, each in tables.items() if each and row in each.row_by_code and column in each.column_by_code
    )


def readable(reports: pd.DataFrame) -> pd.DataFrame:
    """Return the reports that could be read, by source and report_id."""
    return reports[reports["status"] != "failed"].set_index(KEY, drop=False)


def read_history(frames: Frames) -> pd.DataFrame:
    """Return who reports for which year, and every cell of the national tables, one row for each readable report.

    Cells are columns named ``table.row.col``, and ``table`` holds the form of the table. Tables that no report has take
    no columns. ``chapters`` holds the texts, packed, that rules over years compare. Figures are kept in four bytes where
    that loses nothing. The history of a corpus is that of its parts, joined by ``pandas.concat``.
    """
    reports = readable(frames.reports)
    chapters = pack_chapters(chapters_of(frames.sections, reports.reset_index(drop=True)))
    return history_of(reports, read_grids(frames.cells)).assign(chapters=pd.Series(chapters, dtype=object))


def history_of(reports: pd.DataFrame, grids: Sequence[Grid]) -> pd.DataFrame:
    """Return the history of reports, given by source and report_id, whose tables are at hand as grids."""
    columns: dict[str, _Figures] = {}
    tables: dict[str, Words] = {}
    for grid in grids:
        if grid.table.open_ended:
            continue
        at = grid.keys.get_indexer(reports.index)
        here = np.flatnonzero(at >= 0)
        tables.setdefault(grid.table.code, np.full(len(reports), None, dtype=object))[here] = grid.form.id
        for row_number, row in enumerate(grid.table.rows):
            for column_number, column in enumerate(grid.table.columns):
                value = grid.values[:, row_number, column_number]
                unread = grid.open[:, row_number, column_number] & np.isnan(value)
                name = f"{grid.table.code}.{row.code}.{column.code}"
                cell = columns.setdefault(name, np.full(len(reports), np.nan, dtype=np.float32))
                figures = _slim(np.where(unread, _UNREAD, value)[at[here]])
                columns[name] = cell if cell.dtype == figures.dtype else cell.astype(np.float64)
                columns[name][here] = figures
    facts = {name: reports[name].array for name in (*KEY, *FACTS)}
    texts = {code: pd.array(found, dtype="str") for code, found in tables.items()}
    return pd.DataFrame({**facts, **texts, **columns}, index=pd.RangeIndex(len(reports)))


def _slim(values: Numbers) -> _Figures:
    small = values.astype(np.float32)
    return small if np.array_equal(small, values, equal_nan=True) else values


@dataclass(frozen=True, slots=True)
class _Held:
    """How many reports are held under each number, and where the first of them stands."""

    numbers: Positions
    counts: Positions
    first: Positions

    def look_up(self, numbers: Positions) -> tuple[Positions, Positions]:
        """Return how many reports there are under each of these numbers, and the place of one (none: -1)."""
        if not len(self.numbers):
            return np.zeros(len(numbers), dtype=np.int64), np.full(len(numbers), -1)
        at = np.minimum(np.searchsorted(self.numbers, numbers), len(self.numbers) - 1)
        found = self.numbers[at] == numbers
        return np.where(found, self.counts[at], 0), np.where(found, self.first[at], -1)


class History:
    """A history in which the report of the same agency in another year can be looked up.

    Args:
        table: what ``read_history`` gives, of all reports.
        aliases: the renamed agencies, as ``gia_analysis.aliases.load_aliases`` gives them.
    """

    def __init__(self, table: pd.DataFrame, aliases: pd.DataFrame | None = None) -> None:
        twice = table.duplicated(KEY)
        self.table = table[~twice].reset_index(drop=True) if twice.any() else table.reset_index(drop=True)
        self.aliases = aliases
        self.identity = identity(self.table, aliases)
        self._agency_codes, _ = pd.factorize(self.identity)
        self._years = self.table["year"].astype("Int64").fillna(-1).to_numpy(dtype=np.int64)
        self._forms: dict[str, tuple[Positions, pd.Index]] = {}
        self._scopes = pd.Index(SCOPES).get_indexer(pd.Index(self.table["scope"])).astype(np.int64)

    @cached_property
    def keys(self) -> pd.MultiIndex:
        """Source and report_id of the reports."""
        return pd.MultiIndex.from_frame(self.table[KEY])

    @cached_property
    def names(self) -> pd.Series:
        """The names under which agencies are followed, those of several divisions not kept apart; missing as in the table."""
        return identity(self.table.assign(region_code=pd.Series(dtype="str")), self.aliases)

    @cached_property
    def _distinct(self) -> Positions:
        """Return the places of the reports that can be looked up; of several with the same content, the first."""
        known = (self._agency_codes >= 0) & (self._years >= 0)
        same = pd.DataFrame({"number": self._number, "report_id": self.table["report_id"].to_numpy()}).duplicated()
        return np.flatnonzero(known & ~same.to_numpy())

    @cached_property
    def _number(self) -> Positions:
        return np.asarray(self._agency_codes * _YEARS + self._years, dtype=np.int64)

    @cached_property
    def _held(self) -> _Held:
        return _held(self._number[self._distinct], self._distinct)

    @cached_property
    def _held_by_scope(self) -> _Held:
        return _held((self._number * 3 + self._scopes + 1)[self._distinct], self._distinct)

    def at(self, keys: pd.MultiIndex) -> Positions:
        """Return where reports stand in the history.

        Raises:
            CorpusError: one does not.
        """
        found = np.asarray(self.keys.get_indexer(keys), dtype=np.int64)
        if (found < 0).any():
            source, report_id = keys[int(np.argmin(found))]
            raise CorpusError(
                f"the history does not hold the report {report_id} of {source}: give what read_history gives of all reports"
            )
        return found

    def last_year(self, at: Positions) -> tuple[Positions, Words]:
        """Return the place of the same agency's report of the year before, and why there is none ("" where there is).

        Of several, the one whose scope is told as that of the report counts; figures of one organ are not held against
        a sum over many.
        """
        known = self._agency_codes[at] >= 0
        dated = self._years[at] >= 0
        number = self._number[at] - 1
        scope = self._scopes[at]
        every, any_one = self._held.look_up(number)
        alike, one_alike = self._held_by_scope.look_up(number * 3 + scope + 1)
        untold, one_untold = self._held_by_scope.look_up(number * 3)
        told = scope >= 0
        count = np.where(told, np.where(alike > 0, alike, untold), every)
        place = np.where(told, np.where(alike > 0, one_alike, one_untold), any_one)
        named = self.table["agency"].notna().to_numpy()[at]
        reason = np.select(
            [~known & named, ~known, ~dated, every == 0, count == 0, count > 1],
            [
                "agency_ambiguous",
                "agency_unknown",
                "year_unknown",
                "no_report_of_last_year",
                "scope_differs",
                "several_reports_of_last_year",
            ],
            "",
        ).astype(object)
        return np.where(reason == "", place, -1), reason

    def form_is(self, table: str, forms: Sequence[str], at: Positions) -> Flags:
        """Return which reports at certain places have a table of one of these forms; none at -1."""
        codes, found = self._forms_of(table)
        return np.asarray((at >= 0) & np.array([*(form in forms for form in found), False])[codes[at]])

    def _forms_of(self, table: str) -> tuple[Positions, pd.Index]:
        """Return the form of a table in each report, as a number of those that follow."""
        if table not in self._forms:
            given = self.table[table] if table in self.table else pd.Series(index=self.table.index, dtype="str")
            self._forms[table] = pd.factorize(given)
        return self._forms[table]

    def place(self, name: str, at: Positions) -> Place:
        """Return a cell (``table.row.col``) of the reports at certain places; none at -1."""
        table = name.partition(".")[0]
        has_table = self.form_is(table, tuple(forms()), at)
        on_form = self.form_is(table, forms_with(name), at)
        if not on_form.any():
            return Place(np.full(len(at), np.nan), on_form, on_form, has_table)
        value = np.where(on_form, self.table[name].to_numpy()[at].astype(np.float64), np.nan)
        unread = np.isinf(value)
        value[unread] = np.nan
        return Place(value, unread, on_form, has_table)


def _held(numbers: Positions, at: Positions) -> _Held:
    found, first, counts = np.unique(numbers, return_index=True, return_counts=True)
    return _Held(found, counts.astype(np.int64), at[first].astype(np.int64))
