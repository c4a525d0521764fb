"""Indicators that are formulas in cells: sums of cells over the reports, and what they lack."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from gia_analysis.analysis.material import Cells, Material, Measured, PlacedGrid, Words, order_of, patterns
from gia_analysis.analysis.registry import Definition, Indicator, Term
from gia_analysis.forms import get_form
from gia_analysis.grids import Flags, Numbers

_REASONS = (None, "unread", "blank", "checks_failed", "denominator_zero", "numerator_exceeds_denominator")


@dataclass(frozen=True, slots=True)
class _Amount:
    """A sum of cells over the reports: the sum with blanks as zero, and where blank or unread cells entered it.

    ``absent`` marks reports whose form does not have the cells.
    """

    value: Numbers
    blank: Flags
    unread: Flags
    absent: Flags

    def known(self, material: Material) -> Numbers:
        """Return the sum, NaN where a cell of it is unread, or blank and not to count as zero."""
        return np.where(self.unread | (self.blank & (material.blanks == "missing")), np.nan, self.value)


def measure_formula(indicator: Indicator, material: Material) -> Measured:
    """Return an indicator by its definitions; a report takes the first whose table it has."""
    found = not_on_form(material)
    open_yet = np.ones(material.size, dtype=bool)
    for definition in indicator.definitions:
        homes = [each for each in material.grids if each.grid.table.code == definition.table]
        if not homes:
            continue
        measured, applies = _measure(indicator, definition, homes, material)
        chosen = applies & open_yet
        found = measured.where(chosen, found)
        open_yet &= ~chosen
    return found


def not_on_form(material: Material) -> Measured:
    """Return an indicator that no report has."""
    nothing = np.full(material.size, np.nan)
    missing = Words.one(None, material.size)
    return Measured(nothing, nothing, Words.one("not_on_form", material.size), missing, missing)


def _measure(
    indicator: Indicator, definition: Definition, homes: Sequence[PlacedGrid], material: Material
) -> tuple[Measured, Flags]:
    """Compute one definition, and say for which reports it holds."""
    top = _amount(definition.numerator, homes, material)
    bottom = _amount(definition.denominator, homes, material)
    cells = _cells(definition, material)
    flags = material.failures.touching(cells)
    numerator = top.known(material)
    counts = indicator.kind == "count"
    denominator = np.full_like(numerator, np.nan) if counts else bottom.known(material)
    unread = top.unread | bottom.unread
    missing = np.isnan(numerator) | (np.isnan(denominator) & (not counts))
    flagged = ~flags.missing() & (not counts)
    exceeds = (numerator > denominator) & (indicator.kind == "share")
    reason = np.select([unread, missing, flagged, denominator == 0, exceeds], [1, 2, 3, 4, 5], 0)
    measured = Measured(numerator, denominator, Words(reason.astype(np.intp), _REASONS), flags, cells)
    return measured, _any([home.has for home in homes]) & ~(top.absent | bottom.absent)


def _amount(terms: Sequence[Term], homes: Sequence[PlacedGrid], material: Material) -> _Amount:
    """Sum the terms; a report of mixed forms may have a term in a table of another form.

    Where a report lacks the table of a term, its cells are blank if its form has them, else absent.
    """
    value = np.zeros(material.size)
    blank, unread, absent = _none(material), _none(material), _none(material)
    covered = [_none(material) for _ in terms]
    for placed in material.grids:
        table = placed.grid.table
        held = [_rows(term, placed.grid.form.id, table.code) for term in terms]
        if not any(held):
            continue
        row_at = order_of([row.code for row in table.rows])
        column_at = order_of([column.code for column in table.columns])
        rows = [row_at[row] for found in held for row in found]
        columns = [column_at[term.column] for term, found in zip(terms, held, strict=True) for _ in found]
        figures, opened = placed.grid.values[:, rows, columns], placed.grid.open[:, rows, columns]
        lacking = np.isnan(figures)
        at = placed.at[placed.has]
        value[placed.has] += np.where(lacking, 0.0, figures).sum(axis=1)[at]
        blank[placed.has] |= _any(lacking & ~opened, axis=1)[at]
        unread[placed.has] |= _any(lacking & opened, axis=1)[at]
        for term_covered, found in zip(covered, held, strict=True):
            if found:
                term_covered |= placed.has
    for term, term_covered in zip(terms, covered, strict=True):
        on_form = _any([home.has & term.is_on(home.grid.form) for home in homes])
        blank |= ~term_covered & on_form
        absent |= ~term_covered & ~on_form
    return _Amount(value, blank, unread, absent)


@cache
def _rows(term: Term, form: str, table: str) -> tuple[str, ...]:
    """Return the rows of a term that a table of a form has."""
    return term.rows_on(get_form(form).table(table)) if term.table == table else ()


def _none(material: Material) -> Flags:
    return np.zeros(material.size, dtype=bool)


def _any(flags: Sequence[Flags] | Flags, axis: int = 0) -> Flags:
    return np.asarray(np.any(flags, axis=axis), dtype=bool)


def _cells(definition: Definition, material: Material) -> Words:
    """Return for each report the cells that enter the definition, as far as it has their tables, parted by ';'."""
    tables = {term.table for term in definition.terms}
    used = [each for each in material.grids if each.grid.table.code in tables]
    pattern, found = patterns([each.has for each in used], material.size)
    names = [_names(definition.terms, [used[each] for each in chosen]) for chosen in found]
    return Words(pattern, tuple(";".join(each) or None for each in names))


def _names(terms: Sequence[Term], grids: Sequence[PlacedGrid]) -> Cells:
    return tuple(
        dict.fromkeys(
            f"{term.table}.{row}.{term.column}"
            for term in terms
            for placed in grids
            for row in _rows(term, placed.grid.form.id, placed.grid.table.code)
        )
    )
