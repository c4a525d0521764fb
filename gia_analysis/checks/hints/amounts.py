"""Amounts of money ten thousand times those of another year: printed in yuan where 万元 are asked, or the other way."""

import numpy as np
import pandas as pd

from gia_analysis.checks.hints.slips import UNIT_FACTOR, Slip
from gia_analysis.forms import forms
from gia_analysis.schema import FAILING, KEY, Frames, Status

_JUMP = "X_JUMP"
_NEAR = 5.0  # an amount grows or shrinks by less than this from year to year, as in X_JUMP
_LEAST = 0.01  # 100 yuan: an amount below that is more likely a wrong unit than a true one
_PLACE = ["table", "row", "col"]
_YEARS = {"last": 1, "next": -1, "last_but_one": 2, "next_but_one": -2}


def find_unit_slips(frames: Frames, checks: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each amount that is that of last or next year, in another unit.

    The one between two that agree is suspected; of two alone the larger, unless the smaller is below 100 yuan, and never one
    that is like that of another year.

    Returns:
        Source, report_id, form, table, row, col, value, suggested, slip, detail, codes (``X_JUMP`` where it fails there).
    """
    amounts = _amounts(frames)
    place = ["agency", *_PLACE]
    for name, step in _YEARS.items():
        other = amounts[[*place, "year", "value"]].assign(year=amounts["year"] + step).rename(columns={"value": name})
        amounts = amounts.merge(other, on=[*place, "year"], how="left")
    value = amounts["value"].to_numpy()
    alike = np.logical_or.reduce([_near(value, amounts[name].to_numpy()) for name in _YEARS])
    votes = {}
    for direction, factor in (("large", UNIT_FACTOR), ("small", 1 / UNIT_FACTOR)):
        last, following = (_near(value / factor, amounts[name].to_numpy()) for name in ("last", "next"))
        suspect = (value / factor >= _LEAST) if direction == "large" else (value < _LEAST)
        votes[direction] = (last & following) | ((last | following) & ~alike & suspect)
    found = amounts[votes["large"] | votes["small"]]
    chosen = votes["large"][votes["large"] | votes["small"]]
    meant = np.where(chosen, found["value"] / UNIT_FACTOR, found["value"] * UNIT_FACTOR)
    beside = found["last"].where(_near(meant, found["last"].to_numpy()), found["next"])
    jumps = checks[(checks["code"] == _JUMP) & checks["status"].isin(FAILING)]
    jumping = set(zip(jumps["source"], jumps["report_id"], *(jumps[name] for name in _PLACE), strict=True))
    keys = zip(*(found[name] for name in [*KEY, *_PLACE]), strict=True)
    return found[[*KEY, "form", *_PLACE, "value"]].assign(
        suggested=np.round(meant, 6),
        slip=Slip.UNIT.value,
        detail=[f"factor={UNIT_FACTOR:g};other_year={each:.12g}" for each in beside],
        codes=[_JUMP if key in jumping else "" for key in keys],
    )


def _amounts(frames: Frames) -> pd.DataFrame:
    """Return the positive amounts of every form, with agency and year; only of years of which there is one report."""
    places = {
        (t.code, r.code, c.code)
        for form in forms().values()
        for t, r, c in form.cells()
        if t.type_of(r.code, c.code) == "money"
    }
    cells = frames.cells
    cells = cells[cells["row"].isin({row for _, row, _ in places}) & (cells["value"] > 0)]
    cells = cells[[*KEY, "form", *_PLACE, "value"]].astype(dict.fromkeys([*KEY, "form", *_PLACE], "str"))
    money = np.array([key in places for key in zip(*(cells[name] for name in _PLACE), strict=True)], dtype=bool)
    reports = frames.reports.loc[frames.reports["status"] != Status.FAILED, [*KEY, "agency", "year"]]
    single = reports.dropna(subset=["agency", "year"]).drop_duplicates(["agency", "year"], keep=False)
    return cells[money].merge(single.astype({"year": "int64"}), on=KEY)


def _near(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = one / other
        return np.asarray((ratio > 1 / _NEAR) & (ratio < _NEAR))
