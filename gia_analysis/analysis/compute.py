"""Indicators over a corpus: numerator, denominator, value and interval, or the reason why there is none."""

import numpy as np
import pandas as pd

from gia_analysis.analysis.intervals import wilson_interval
from gia_analysis.analysis.material import Blanks, Material, Measured
from gia_analysis.analysis.measures import compute_measure
from gia_analysis.analysis.registry import Indicator, indicators
from gia_analysis.grids import Numbers
from gia_analysis.schema import KEY, TABLES, Frames

__all__ = ["Blanks", "compute_indicators"]


def compute_indicators(frames: Frames, checks: pd.DataFrame, *, blanks: Blanks = "missing") -> pd.DataFrame:
    """Return the table ``indicators``: one row for every readable report and indicator, indicator by indicator.

    Args:
        frames: what was read.
        checks: the table ``checks`` of the same reports. A share or ratio that touches a cell of a failing hard check
            is missing for that reason; a count stays as printed; both name the checks in ``flags``.
        blanks: ``missing`` (an indicator that needs a blank cell is missing) or ``zero`` (blanks count as zero); the
            choice shows in the column ``blanks``.
    """
    columns = _columns(Material(frames, checks, blanks))
    return pd.DataFrame({name: columns[name] for name in TABLES["indicators"]}, copy=False)


def _columns(material: Material) -> dict[str, pd.Series]:
    """Return the columns in the types of the table, so that nothing has to be copied into it."""
    every = list(indicators().values())
    numbers = _Numbers(len(every), material.size)
    texts: dict[str, list[pd.Series]] = {name: [] for name in ("code", "unit", "reason", "flags", "cells")}
    for place, indicator in enumerate(every):
        measured = compute_measure(indicator, material)
        numbers.fill(place, indicator, measured)
        texts["code"].append(_repeated(indicator.code, material.size))
        texts["unit"].append(_repeated(indicator.unit, material.size))
        for name in ("reason", "flags", "cells"):
            texts[name].append(pd.Series(getattr(measured, name).array()))
    return {**numbers.columns(), **_shared(material, len(every)), **_joined(texts)}


class _Numbers:
    """The columns of numbers, indicators × reports, filled one indicator at a time."""

    def __init__(self, several: int, size: int) -> None:
        names = ("value", "numerator", "denominator", "low", "high")
        self._columns = {name: np.full((several, size), np.nan) for name in names}

    def fill(self, place: int, indicator: Indicator, measured: Measured) -> None:
        numerator, denominator = measured.numerator, measured.denominator
        there = measured.reason.missing()
        self._put("numerator", place, numerator)
        self._put("denominator", place, denominator)
        if indicator.kind == "count":
            self._put("value", place, np.where(there, numerator, np.nan))
            return
        with np.errstate(divide="ignore", invalid="ignore"):
            self._put("value", place, np.where(there, numerator / denominator, np.nan))
        if indicator.has_interval:
            low, high = wilson_interval(numerator, denominator)
            self._put("low", place, np.where(there, low, np.nan))
            self._put("high", place, np.where(there, high, np.nan))

    def _put(self, name: str, place: int, numbers: Numbers) -> None:
        self._columns[name][place] = numbers

    def columns(self) -> dict[str, pd.Series]:
        return {name: pd.Series(column.ravel(), copy=False) for name, column in self._columns.items()}


def _repeated(text: str | None, size: int) -> pd.Series:
    return pd.Series(pd.array([text], dtype="str").take(np.zeros(size, dtype=np.intp)))


def _shared(material: Material, several: int) -> dict[str, pd.Series]:
    """Return the columns that are the same for all indicators; their texts are in memory once."""
    once = {name: pd.Series(material.keys.get_level_values(name), dtype="str") for name in KEY}
    once["blanks"] = _repeated(material.blanks, material.size)
    return _joined({name: [column] * several for name, column in once.items()})


def _joined(texts: dict[str, list[pd.Series]]) -> dict[str, pd.Series]:
    return {name: pd.concat(columns, ignore_index=True) for name, columns in texts.items()}
