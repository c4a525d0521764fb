"""What indicators are computed from: the reports of a corpus, their cells as grids, and the checks made of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from gia_analysis.grids import Codes, Flags, Grid, Numbers, number_reports, read_grids
from gia_analysis.schema import FAILING, KEY, Frames

Blanks = Literal["missing", "zero"]
Cells = tuple[str, ...]

_OVER_YEARS = "X_"  # begins the codes of checks that hold a report against another of its agency


@dataclass(frozen=True, slots=True)
class Words:
    """A column of few distinct texts: the texts, None standing for a missing one, and which of them each report has."""

    codes: npt.NDArray[np.intp]
    texts: tuple[str | None, ...]

    @classmethod
    def one(cls, text: str | None, size: int) -> "Words":
        return cls(np.zeros(size, dtype=np.intp), (text,))

    def where(self, chosen: Flags, other: "Words") -> "Words":
        """Return these texts where chosen, those of another column elsewhere."""
        return Words(np.where(chosen, self.codes, other.codes + len(self.texts)), (*self.texts, *other.texts))

    def array(self) -> pd.api.extensions.ExtensionArray:
        """Return the column itself: each distinct text is made once."""
        return pd.array(list(self.texts), dtype="str").take(self.codes)

    def missing(self) -> Flags:
        return np.array([text is None for text in self.texts], dtype=bool)[self.codes]


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator over all reports: its parts, why it is missing, the failing checks that touch it, and its cells."""

    numerator: Numbers
    denominator: Numbers
    reason: Words
    flags: Words
    cells: Words

    def where(self, chosen: Flags, other: "Measured") -> "Measured":
        """Return what is measured here where chosen, what the other measures elsewhere."""
        return Measured(
            np.where(chosen, self.numerator, other.numerator),
            np.where(chosen, self.denominator, other.denominator),
            self.reason.where(chosen, other.reason),
            self.flags.where(chosen, other.flags),
            self.cells.where(chosen, other.cells),
        )


@dataclass(frozen=True, slots=True)
class PlacedGrid:
    """A grid, and where in it each report of the corpus stands."""

    grid: Grid
    at: npt.NDArray[np.intp]
    has: Flags


class Material:
    """The readable reports of a corpus, and all that indicators of them are computed from."""

    def __init__(
        self, frames: Frames, checks: pd.DataFrame, blanks: Blanks, grids: Sequence[Grid] | None = None
    ) -> None:
        self.keys = pd.MultiIndex.from_frame(frames.reports.loc[frames.reports["status"] != "failed", KEY])
        self.checks = checks
        self.blanks = blanks
        self.grids = tuple(self._placed(grid) for grid in (read_grids(frames.cells) if grids is None else grids))

    @property
    def size(self) -> int:
        return len(self.keys)

    def _placed(self, grid: Grid) -> PlacedGrid:
        at = np.asarray(grid.keys.get_indexer(self.keys), dtype=np.intp)
        return PlacedGrid(grid, at, at >= 0)

    @cached_property
    def check_reports(self) -> Codes:
        """The number of the report of each row of ``checks``, -1 where it is not among the readable ones."""
        number, keys = number_reports(self.checks)
        return np.asarray(self.keys.get_indexer(keys), dtype=np.int32)[number]

    @cached_property
    def failures(self) -> "Failures":
        """The failing hard checks and the cells that they involve.

        Those over years are left out: which of the two reports is wrong they do not tell, and what a report's rate is
        must not depend on which others are held.
        """
        checks = self.checks
        failing = checks["status"].isin(FAILING) & (checks["severity"] == "hard") & checks["cells"].notna()
        failing &= ~checks["code"].str.startswith(_OVER_YEARS)
        chosen = np.flatnonzero(failing.to_numpy(dtype=bool) & (self.check_reports >= 0))
        part = checks[["code", "cells"]].take(chosen)
        kind, kinds = pd.factorize(pd.MultiIndex.from_frame(part))
        found = [(str(code), frozenset(str(cells).split(";"))) for code, cells in kinds]
        return Failures(self.size, self.check_reports[chosen], np.asarray(kind, dtype=np.intp), found)


class Failures:
    """Failing checks: the report and the kind of each, a kind being its code and the cells that it involves."""

    def __init__(
        self, size: int, report: Codes, kind: npt.NDArray[np.intp], kinds: Sequence[tuple[str, frozenset[str]]]
    ) -> None:
        self._size, self._report, self._kind, self._kinds = size, report, kind, kinds

    def touching(self, cells: Words) -> Words:
        """Return for each report the codes of the failing checks that involve any of its cells, parted by ';'."""
        if not self._kinds:
            return Words.one(None, self._size)
        named = [frozenset((text or "").split(";")) for text in cells.texts]
        touches = np.array([[not names.isdisjoint(each) for _, each in self._kinds] for names in named], dtype=bool)
        hit = touches[cells.codes[self._report], self._kind]
        codes = sorted({self._kinds[kind][0] for kind in np.unique(self._kind[hit]).tolist()})
        number = np.array([codes.index(code) if code in codes else -1 for code, _ in self._kinds], dtype=np.intp)
        touched = np.zeros((len(codes), self._size), dtype=bool)
        touched[number[self._kind[hit]], self._report[hit]] = True
        pattern, found = patterns(touched, self._size)
        return Words(pattern, tuple(";".join(codes[each] for each in chosen) or None for chosen in found))


def patterns(columns: Iterable[Flags], size: int) -> tuple[npt.NDArray[np.intp], list[tuple[int, ...]]]:
    """Return which combination of flags each report has, and for each combination the columns that are true in it."""
    every = list(columns)
    number = np.zeros(size, dtype=np.intp)
    for column in every:
        number = np.asarray(pd.factorize(number * 2 + column)[0], dtype=np.intp)
    _, first = np.unique(number, return_index=True)
    return number, [tuple(each for each, column in enumerate(every) if column[place]) for place in first.tolist()]


def order_of(codes: Sequence[str]) -> Mapping[str, int]:
    """Return the place of each code."""
    return {code: place for place, code in enumerate(codes)}
