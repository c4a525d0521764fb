"""Simulated figures that satisfy every sum of a statutory form, and the ways in which agencies leave cells blank."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Literal

import numpy as np

from gia_analysis.errors import FormError
from gia_analysis.forms import Form, Table
from gia_analysis.simulation.draws import Draw, SimulatedFigures, Size
from gia_analysis.simulation.grid import CellKey
from gia_analysis.simulation.local_statistics import draw_local_statistics
from gia_analysis.simulation.proactive import (
    draw_decisions,
    draw_documents_disclosed,
    draw_documents_in_force,
    draw_fees,
    draw_items,
    draw_procurement,
)
from gia_analysis.simulation.requests import draw_disputes, draw_requests
from gia_analysis.simulation.statistics import draw_statistics

BlankStyle = Literal["zeros", "zero_rows_blank", "every_zero_blank", "only_totals", "totals_blank"]

_WITH_TOTALS = ("requests", "review_litigation")
_DRAWERS: Mapping[str, Callable[[Draw, Form, Table], None]] = {
    "made_this_year": draw_documents_disclosed,
    "issued_this_year": draw_documents_in_force,
    "items_last_year": draw_items,
    "decisions": draw_decisions,
    "fee_amount": draw_fees,
    "procurement_items": draw_procurement,
    "natural_person": draw_requests,
    "upheld": draw_disputes,
    "value": draw_statistics,
    "period": draw_local_statistics,
}


def simulate_figures(
    form: Form,
    generator: np.random.Generator,
    *,
    size: Size,
    carried_in: int | None = None,
    previous: Mapping[CellKey, float] | None = None,
) -> SimulatedFigures:
    """Return random figures of one report that satisfy every sum of its form, by table, row and column code.

    Args:
        form: the form; that of 2014 has no carry-over, and has its optional rows in about three of ten cases.
        generator: the source of randomness; the same state gives the same figures.
        size: how busy the agency is. ``none`` gets no requests.
        carried_in: requests carried over from last year in all. Without it, those that ``previous`` carried out, column
            by column; without either, a few.
        previous: last year's figures of the same agency. Its stocks (documents in force, items, pending cases) are gone
            on from, so that what must hold from year to year holds.

    Raises:
        FormError: the form has no tables, or one of which no figures can be simulated.
    """
    if not form.tables:
        raise FormError(f"form {form.id} prescribes no table to simulate")
    draw = Draw(generator, size, dict(previous or {}), carried_in)
    for table in form.tables:
        opening = table.columns[0].code
        if opening not in _DRAWERS:
            raise FormError.unknown("first column", opening, _DRAWERS, where=f"simulated table {table.code}")
        _DRAWERS[opening](draw, form, table)
    return {key: draw.figures[key] for key in _in_printed_order(form) if key in draw.figures}


def _in_printed_order(form: Form) -> list[CellKey]:
    return [(table.code, row.code, column.code) for table, row, column in form.cells()]


def leave_blank(figures: Mapping[CellKey, float], blank_style: BlankStyle) -> dict[CellKey, float | None]:
    """Return what a perfect reader finds where an agency prints its figures in a style: None in each blank cell.

    Styles:
        - ``zeros``: every figure is printed.
        - ``zero_rows_blank``: a row of ``requests`` or ``review_litigation`` that is all zero is blank.
        - ``every_zero_blank``: every zero is blank, in all tables.
        - ``only_totals``: in ``requests`` and ``review_litigation`` only the total column is filled.
        - ``totals_blank``: in ``requests`` and ``review_litigation`` the total column is empty, all others filled.
    """
    busy = {(table, row) for (table, row, _), value in figures.items() if value}

    def is_blank(table: str, row: str, column: str, value: float) -> bool:
        if blank_style == "every_zero_blank":
            return value == 0
        if blank_style == "zero_rows_blank":
            return table in _WITH_TOTALS and (table, row) not in busy
        if blank_style == "totals_blank":
            return table in _WITH_TOTALS and column == "total"
        return blank_style == "only_totals" and table in _WITH_TOTALS and column != "total"

    return {key: None if is_blank(*key, value) else value for key, value in figures.items()}


def print_figures(figures: Mapping[CellKey, float], blank_style: BlankStyle = "zeros") -> dict[CellKey, str]:
    """Return the figures as printed in a style: plain decimal numbers, and ``""`` in each blank cell."""
    kept = leave_blank(figures, blank_style)
    return {key: "" if value is None else _plain(value) for key, value in kept.items()}


def _plain(value: float) -> str:
    return format(Decimal(str(value)).normalize(), "f")
