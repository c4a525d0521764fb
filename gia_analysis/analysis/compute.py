"""Indicators over a corpus: numerator, denominator, value and interval, or the reason why there is none."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from gia_analysis.analysis.intervals import wilson_interval
from gia_analysis.analysis.material import Blanks, Material, Measured
from gia_analysis.analysis.measures import compute_measure
from gia_analysis.analysis.registry import Indicator, indicators
from gia_analysis.coded import Coded, Joining, coded
from gia_analysis.grids import Grid, Numbers
from gia_analysis.schema import KEY, TABLES, Frames

__all__ = ["Blanks", "compute_indicators", "compute_indicators_coded"]


def compute_indicators(frames: Frames, checks: pd.DataFrame, *, blanks: Blanks = "missing") -> pd.DataFrame:
    """Return the table ``indicators``: one row for every readable report and indicator, indicator by indicator.

    Args:
        frames: what was read.
        checks: the table ``checks`` of the same reports. A share or ratio that touches a cell of a failing hard check
            is missing for that reason; a count stays as printed; both name the checks in ``flags``.
        blanks: ``missing`` (an indicator that needs a blank cell is missing) or ``zero`` (blanks count as zero); the
            choice shows in the column ``blanks``.
    """
    material = Material(frames, checks, blanks)
    texts, numbers = _measured(material)
    return _table(material, {name: pd.Series(each.texts()) for name, each in texts.items()}, numbers)


def compute_indicators_coded(
    frames: Frames, checks: pd.DataFrame, *, blanks: Blanks = "missing", grids: Sequence[Grid] | None = None
) -> pd.DataFrame:
    """Return what ``compute_indicators`` does, report by report in the order of ``frames.reports``, and texts as categories.

    It takes and gives a fraction of the time and memory. The columns of text in ``frames`` and ``checks`` may be
    categories, too; ``grids`` are what ``read_grids`` gives of its cells, where they are at hand.
    """
    material = Material(frames, checks, blanks, grids)
    texts, numbers = _measured(material)
    several = len(indicators())
    turned = {name: each.take(_turned(np.arange(several * material.size), several)) for name, each in texts.items()}
    numbers = {name: _turned(column, several) for name, column in numbers.items()}
    return _table(material, {name: each.categories() for name, each in turned.items()}, numbers)


def _turned(column: np.ndarray, several: int) -> np.ndarray:
    """Return what comes indicator by indicator report by report."""
    return column.reshape(several, -1).T.ravel()


def _table(material: Material, texts: Mapping[str, object], numbers: Mapping[str, Numbers]) -> pd.DataFrame:
    columns = {**texts, **{name: pd.Series(column, copy=False) for name, column in numbers.items()}}
    return pd.DataFrame({name: columns[name] for name in TABLES["indicators"]}, copy=False)


def _measured(material: Material) -> tuple[dict[str, Coded], dict[str, Numbers]]:
    """Return the columns of the table, indicator by indicator."""
    every = list(indicators().values())
    numbers = _Numbers(len(every), material.size)
    texts = {name: Joining() for name in ("code", "unit", "reason", "flags", "cells")}
    for place, indicator in enumerate(every):
        measured = compute_measure(indicator, material)
        numbers.fill(place, indicator, measured)
        texts["code"].add_same(indicator.code, material.size)
        texts["unit"].add_same(indicator.unit, material.size)
        for name, words in (("reason", measured.reason), ("flags", measured.flags), ("cells", measured.cells)):
            texts[name].add(words.codes, words.texts)
    report = np.tile(np.arange(material.size), len(every))
    found = {name: coded(pd.Series(material.keys.get_level_values(name))).take(report) for name in KEY}
    blanks = Coded(np.zeros(len(report), dtype=np.int32), pd.Index([material.blanks], dtype="str"))
    return {**found, "blanks": blanks, **{name: each.joined() for name, each in texts.items()}}, numbers.columns()


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

    def columns(self) -> dict[str, Numbers]:
        return {name: column.ravel() for name, column in self._columns.items()}
