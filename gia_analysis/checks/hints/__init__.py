"""The likely wrong cell: where sums fail, which printed figure is probably wrong, and which would mend them.

A hint is reasoning about a report, never a correction of it.
"""

from collections.abc import Iterator, Mapping

import pandas as pd

from gia_analysis.checks.hints.actions import Action
from gia_analysis.checks.hints.amounts import find_unit_slips
from gia_analysis.checks.hints.bounds import mend_bounds
from gia_analysis.checks.hints.cells import change_cells, change_with_totals
from gia_analysis.checks.hints.moves import move_rows, swap_neighbours
from gia_analysis.checks.hints.ranking import Ranked, rank_actions, relations_mended
from gia_analysis.checks.hints.slips import Slip
from gia_analysis.checks.hints.state import State, read_state
from gia_analysis.checks.hints.years import Years
from gia_analysis.grids import read_grids
from gia_analysis.schema import FAILING, KEY, Frames

__all__ = ["HINT_TYPES", "Slip", "find_hints"]

HINT_TYPES: Mapping[str, str] = {
    "report_id": "str", "source": "str", "form": "str", "table": "str", "row": "str", "col": "str", "value": "float64",
    "raw": "str", "suggested": "float64", "slip": "str", "detail": "str", "codes": "str", "mended": "Int64",
    "broken": "Int64", "rank": "Int64", "certain": "boolean",
}  # fmt: skip
"""The columns of hints with their types."""

_PLACE = ["form", "table", "row", "col"]
_ORDER = ["order", "number"]
_OF_CELLS = [*KEY, *_PLACE, "value", "kind", "raw", "match"]
_OF_CHECKS = [*KEY, "code", "severity", *_PLACE, "status", "difference", "cells"]


def find_hints(frames: Frames, checks: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each suspected cell, the likeliest of each report first.

    Args:
        frames: what was read; the reports of other years of an agency help where they are among them.
        checks: the table ``checks`` of the same reports.

    Returns:
        ``value`` is the figure as printed (missing: blank) and ``raw`` its text, ``suggested`` the figure that mends the
        checks named in ``codes``, ``slip`` what probably happened. ``mended`` counts the failing checks that would hold,
        ``broken`` the holding ones that must hold and would not: always 0. ``rank`` is 1 for the likeliest of the report;
        cells of one slip (two figures exchanged, a shifted row) share it, and belong together. ``certain`` says that no
        other change of one cell mends all failing sums of the table. ``detail`` holds ``name=value`` parted by ``;``:
        ``difference`` (suggested minus printed), ``sums`` (checks mended, each ``CODE@row or column``), ``with`` (the other
        cells of the slip), ``factor`` and ``other_year`` (unit slips). Money is in 万元. A report without hints has no row.
    """
    suspects = _suspects(checks)
    parts = [_unit_hints(frames, checks)]
    if len(suspects):
        cells = _of_reports(frames.cells, _OF_CELLS, suspects)
        judged = _of_reports(checks, _OF_CHECKS, suspects)
        years = Years(frames, checks)
        rows = [row for grid in read_grids(cells) if (state := read_state(grid, judged, years)) for row in _rows(state)]
        parts.append(_with_raw(pd.DataFrame(rows, columns=[*HINT_TYPES, *_ORDER]), cells))
    found = pd.concat([part for part in parts if len(part)]) if any(map(len, parts)) else parts[0]
    return _ranked(found)


def _suspects(checks: pd.DataFrame) -> pd.MultiIndex:
    failing = checks["status"].isin(FAILING) & (checks["severity"] == "hard") & checks["table"].notna()
    return pd.MultiIndex.from_frame(checks.loc[failing, KEY]).unique()


def _of_reports(frame: pd.DataFrame, columns: list[str], keys: pd.MultiIndex) -> pd.DataFrame:
    near = frame.loc[frame["source"].isin(keys.get_level_values("source").unique()), columns]
    other = ~near["report_id"].isin(keys.get_level_values("report_id").unique())
    return near[~other] if other.any() else near


def _actions(state: State) -> Iterator[Action]:
    yield from change_cells(state)
    yield from change_with_totals(state)
    yield from swap_neighbours(state)
    yield from move_rows(state)
    yield from mend_bounds(state)


def _rows(state: State) -> Iterator[dict[str, object]]:
    for number, ranked in enumerate(rank_actions(state, _actions(state))):
        yield from _cells_of(state, ranked, number)


def _cells_of(state: State, ranked: Ranked, number: int) -> Iterator[dict[str, object]]:
    action = ranked.action
    relations = relations_mended(state, action)
    codes = dict.fromkeys(each.code for each in relations)
    negative = int(any(state.negative[action.report, cell] for cell, _ in action.changes))
    source, report_id = state.keys[action.report]
    table = state.system.table.code
    names = [
        f"{table}.{row.code}.{column.code}" for row, column in (state.system.cells[cell] for cell, _ in action.changes)
    ]
    for (cell, meant), name in zip(action.changes, names, strict=True):
        row, column = state.system.cells[cell]
        printed = state.figure(action.report, cell)
        others = ",".join(other for other in names if other != name)
        sums = ",".join(f"{each.code}@{each.place}" for each in relations)
        yield {
            "report_id": report_id, "source": source, "form": state.form, "table": table, "row": row.code,
            "col": column.code, "value": printed, "suggested": meant, "slip": ranked.slip.value,
            "detail": f"difference={meant - (printed or 0):.12g};sums={sums}" + (f";with={others}" if others else ""),
            "codes": ";".join([*codes, *["NONNEG"] * negative]), "mended": len(relations) + negative, "broken": 0,
            "certain": ranked.certain, "order": ranked.order, "number": number,
        }  # fmt: skip


def _with_raw(hints: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    if hints.empty:
        return hints
    near = cells["row"].isin(hints["row"].unique()) & cells["col"].isin(hints["col"].unique())
    near &= cells["source"].isin(hints["source"].unique())
    raw = cells.loc[near, [*KEY, *_PLACE, "raw"]].astype("str").drop_duplicates([*KEY, *_PLACE])
    return hints.drop(columns="raw").merge(raw, on=[*KEY, *_PLACE], how="left")


def _unit_hints(frames: Frames, checks: pd.DataFrame) -> pd.DataFrame:
    found = find_unit_slips(frames, checks)
    mended = (found["codes"] != "").astype("int64")
    order = [(0, -int(count), 0, 1, 1, (place,)) for place, count in enumerate(mended)]
    numbers = range(-len(found), 0)
    hints = found.assign(mended=mended, broken=0, certain=False, order=order, number=numbers, raw=None)
    return _with_raw(hints, frames.cells[frames.cells["row"].isin(found["row"])])


def _ranked(hints: pd.DataFrame) -> pd.DataFrame:
    """Return the hints by report, numbered by what they tell; cells of one slip have one number."""
    keys = list(zip(*(hints[name] for name in KEY), strict=True))
    slips = list(zip(hints["order"], hints["table"], hints["number"], strict=True))
    places = sorted(range(len(hints)), key=lambda place: (keys[place], slips[place]))
    ranks: list[int] = []
    for place, before in zip(places, [None, *places], strict=False):
        if before is None or keys[place] != keys[before]:
            ranks.append(1)
        else:
            ranks.append(ranks[-1] + (slips[place] != slips[before]))
    found = hints.iloc[places].assign(rank=ranks).reset_index(drop=True)
    return pd.DataFrame({name: found[name].astype(kind) for name, kind in HINT_TYPES.items()})
