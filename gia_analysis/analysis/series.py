"""Long series: figures and indicators of agencies over the years, across the versions of the form.

Where a series goes from one definition to another, it has a break; blank is not zero, and what is missing says why.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from gia_analysis.analysis.agency_years import (
    SERIES_COLUMNS,
    SEVERAL_REPORTS,
    Names,
    Placed,
    Positions,
    finish,
    place_reports,
    settle,
)
from gia_analysis.analysis.crosswalk import LongSeries, crosswalk, get_series
from gia_analysis.analysis.registry import indicators as registry
from gia_analysis.forms import Column, Row, forms
from gia_analysis.grids import Flags, Grid, Numbers, read_grids
from gia_analysis.schema import FAILING, KEY, Frames

__all__ = ["SERIES_COLUMNS", "indicator_series", "long_series"]

_REASONS = (SEVERAL_REPORTS, "blank", "unread", "not_on_form", "no_table")
_BLANK, _UNREAD, _NOT_ON_FORM, _NO_TABLE = range(1, len(_REASONS))
_STATISTICS = "stats_2014"

_Place = tuple[str, str]  # form and table


def long_series(
    frames: Frames,
    checks: pd.DataFrame | None = None,
    aliases: pd.DataFrame | None = None,
    *,
    codes: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return the figures of agencies over the years: one row for each agency, scope, year with a report, and series.

    Args:
        frames: what was read.
        checks: the table ``checks`` of the same reports. A figure stays as printed; ``flags`` names the failing hard
            checks that touch its cells.
        aliases: the table of renamed agencies.
        codes: the series wanted; all of the crosswalk without it.

    Returns:
        The columns of ``SERIES_COLUMNS``, sorted by agency, scope, series and year.

        - ``agency`` is its identity over the years, ``scope`` what the figures count (own, aggregate, unknown).
        - ``form`` is the version whose cells were taken, ``cells`` names them (``table.row.col``, parted by ``;``).
        - ``value`` in ``unit``; where it is missing, ``reason`` says why: ``blank``, ``unread``, ``not_on_form``,
          ``no_table`` (the form has it, the report does not), ``several_reports`` (of one agency and year, that do not
          agree; none is taken).
        - ``exact`` is false where the form has only something near, missing where it has nothing.
        - ``breaks`` is true where the definition is another than in the last year of the agency that had one.

    Raises:
        FormError: a code is not in the crosswalk; the message names the nearest.
    """
    wanted = list(crosswalk().values()) if codes is None else [get_series(code) for code in codes]
    placed = place_reports(frames.reports, aliases)
    grids = {(grid.form.id, grid.table.code): grid for grid in read_grids(_needed(frames.cells, wanted))}
    at = {place: grid.keys.get_indexer(placed.keys) for place, grid in grids.items()}
    rows = pd.concat(
        [_read(number, series, grids, at, placed) for number, series in enumerate(wanted)], ignore_index=True
    )
    rows["flags"], flags = _flags(rows, checks, placed, wanted)
    exact = {(number, v): each.exact for number, series in enumerate(wanted) for v, each in enumerate(series.on)}
    cells = [";".join(series.cells(form)) for series in wanted for form in forms()]
    names = Names([each.code for each in wanted], [each.unit for each in wanted], _REASONS, flags, cells)
    return finish(settle(rows), placed, names, exact)


def _needed(cells: pd.DataFrame, wanted: Sequence[LongSeries]) -> pd.DataFrame:
    """Return the cells that the series are made of, as far as row and column tell them."""
    (row, rows), (column, columns) = pd.factorize(cells["row"]), pd.factorize(cells["col"])
    row_at, column_at = ({str(code): number for number, code in enumerate(each)} for each in (rows, columns))
    is_needed = np.zeros((len(rows) + 1, len(columns) + 1), dtype=bool)
    for name in {name for series in wanted for form in forms() for name in series.cells(form)}:
        _, row_code, column_code = name.split(".")
        if row_code in row_at and column_code in column_at:
            is_needed[row_at[row_code], column_at[column_code]] = True
    return cells.loc[is_needed[row, column], [*KEY, "form", "table", "row", "col", "value", "kind", "match"]]


def _read(
    number: int, series: LongSeries, grids: Mapping[_Place, Grid], at: Mapping[_Place, Positions], placed: Placed
) -> pd.DataFrame:
    """Return a series over all reports, as numbers; of a report with tables of several forms the newest is taken.

    ``cells`` numbers the form whose cells were taken, and is below zero where none were.
    """
    form = placed.frame["form"].to_numpy().copy()
    value, taken = np.full(len(form), np.nan), np.full(len(form), -1)
    on = [series.on_form(form_id) for form_id in forms()]
    not_asked = [form_number for form_number, each in enumerate(on) if each is None]
    reason = np.where(np.isin(form, not_asked), _NOT_ON_FORM, _NO_TABLE)
    for form_number, form_id in reversed(list(enumerate(forms()))):
        names = [name.split(".") for name in series.cells(form_id)]
        places = dict.fromkeys((form_id, table) for table, _, _ in names)
        if not names or any(place not in grids for place in places):
            continue
        has = (taken < 0) & np.logical_and.reduce([at[place] >= 0 for place in places])
        figures, unread = _figures(names, form_id, grids, at)
        value[has] = figures.sum(axis=1)[has]
        reason[has] = np.select([unread.any(axis=1), np.isnan(figures).any(axis=1)], [_UNREAD, _BLANK], -1)[has]
        form[has] = taken[has] = form_number
    versions = np.array([-1 if each is None else series.on.index(each) for each in on] + [-1, -1])  # mixed, not known
    return pd.DataFrame(
        {
            "report": np.arange(len(form)),
            "period": placed.frame["period"].to_numpy(),
            "series": number,
            "form": form,
            "version": versions[form],
            "value": value,
            "reason": reason,
            "cells": np.where(taken < 0, -1, number * len(on) + taken),
        }
    )


def _figures(
    names: Sequence[Sequence[str]], form: str, grids: Mapping[_Place, Grid], at: Mapping[_Place, Positions]
) -> tuple[Numbers, Flags]:
    """Return the cells of a series (reports × cells), NaN where there is no figure, and whether they are unread."""
    figures, unread = [], []
    for table, row, column in names:
        grid = grids[form, table]
        place = _at(grid.table.rows, row), _at(grid.table.columns, column)
        figures.append(grid.values[:, *place][at[form, table]])
        unread.append(grid.open[:, *place][at[form, table]])
    joined = np.stack(figures, axis=1)
    return joined, np.stack(unread, axis=1) & np.isnan(joined)


def _at(lines: Sequence[Row] | Sequence[Column], code: str) -> int:
    return [line.code for line in lines].index(code)


def _flags(
    rows: pd.DataFrame, checks: pd.DataFrame | None, placed: Placed, wanted: Sequence[LongSeries]
) -> tuple[pd.Series, list[str]]:
    """Return for each row the number of the failing hard checks that touch its cells, and the texts so numbered."""
    numbers = pd.Series(-1, index=rows.index)
    if checks is None:
        return numbers, []
    failing = checks[checks["status"].isin(FAILING) & (checks["severity"] == "hard") & checks["cells"].notna()]
    touched = pd.DataFrame({"code": failing["code"], "cell": failing["cells"].str.split(";")})
    touched["report"] = placed.keys.get_indexer(pd.MultiIndex.from_frame(failing[KEY]))
    found = touched[touched["report"] >= 0].explode("cell").merge(_parts(wanted), on="cell")
    found = found.drop_duplicates(["report", "series", "form", "code"]).sort_values("code")
    texts = found.groupby(["report", "series", "form"])["code"].agg(";".join)
    number_of_text, words = pd.factorize(texts, sort=True)
    taken = rows["cells"] >= 0
    at = texts.index.get_indexer(pd.MultiIndex.from_frame(rows.loc[taken, ["report", "series", "form"]]))
    numbers[taken] = np.append(number_of_text, -1)[at]
    return numbers, list(words)


def _parts(wanted: Sequence[LongSeries]) -> pd.DataFrame:
    """Return the cells of series, one a row, with the numbers of series and form."""
    parts = [
        (number, form_number, cell)
        for number, series in enumerate(wanted)
        for form_number, form_id in enumerate(forms())
        for cell in series.cells(form_id)
    ]
    return pd.DataFrame(parts, columns=["series", "form", "cell"])


def indicator_series(
    indicators: pd.DataFrame, reports: pd.DataFrame, aliases: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return indicators over the years in the shape of ``long_series``: one row for agency, scope, year and indicator.

    Every indicator that the form of 2014 and a later one both have ``breaks`` between them. It is not ``exact`` on the
    form of 2014 where the registry notes that it only comes near.

    Args:
        indicators: the table ``indicators``.
        reports: the table ``reports`` of the same corpus.
        aliases: the table of renamed agencies.
    """
    placed = place_reports(reports, aliases)
    report = placed.keys.get_indexer(pd.MultiIndex.from_frame(indicators[KEY]))
    known = indicators[report >= 0].assign(report=report[report >= 0]).sort_values("report", kind="stable")
    codes = [*registry(), *sorted(set(known["code"]) - registry().keys())]
    of_2014 = known["cells"].str.startswith(f"{_STATISTICS}.").fillna(False).to_numpy(dtype=bool)
    numbered = {name: pd.factorize(known[name], sort=True) for name in ("reason", "flags", "cells")}
    rows = pd.DataFrame(
        {
            "report": known["report"].to_numpy(),
            "period": placed.frame["period"].to_numpy()[known["report"]],
            "series": pd.Index(codes).get_indexer(known["code"]),
            "form": placed.frame["form"].to_numpy()[known["report"]],
            "version": np.select([of_2014, (known["cells"].notna() | known["value"].notna()).to_numpy()], [0, 1], -1),
            "value": known["value"].to_numpy(),
            **{name: numbers for name, (numbers, _) in numbered.items()},
        }
    )
    rows["reason"] += rows["reason"] >= 0  # the first reason is that of reports that do not agree
    units = known.drop_duplicates("code").set_index("code")["unit"].reindex(codes)
    reasons, flags, cells = (list(words) for _, words in numbered.values())
    names = Names(
        codes, [unit if isinstance(unit, str) else None for unit in units], [SEVERAL_REPORTS, *reasons], flags, cells
    )
    exact = {
        (number, version): version == 1 or _is_same_in_2014(code)
        for number, code in enumerate(codes)
        for version in (0, 1)
    }
    return finish(settle(rows), placed, names, exact)


def _is_same_in_2014(code: str) -> bool:
    found = registry().get(code)
    while found is not None and found.of is not None:
        found = registry()[found.of]
    return found is not None and _STATISTICS not in found.notes()
