"""Columns of text as numbers of their distinct values: to compare, join and sort rows without looking at their texts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Codes = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of text as numbers of its distinct values, -1 where it is missing."""

    codes: Codes
    values: pd.Index

    def among(self, order: Sequence[str]) -> Codes:
        """Return for each row the place of its value in ``order``, -1 where it is none of them."""
        places = pd.Index(order, dtype="str").get_indexer(self.values)
        return np.append(places, -1).astype(np.int32)[self.codes]

    def any_of(self, chosen: Sequence[str]) -> Flags:
        """Return for each row whether its value is one of those chosen."""
        return np.append(self.values.isin(chosen), False)[self.codes]

    def take(self, rows: npt.NDArray[np.integer]) -> "Coded":
        """Return the column of some rows."""
        return Coded(self.codes[rows], self.values)

    def categories(self) -> pd.Categorical:
        """Return the column as categories."""
        return pd.Categorical.from_codes(self.codes, self.values)

    def texts(self) -> pd.api.extensions.ExtensionArray:
        """Return the column as texts."""
        return self.values.array.take(self.codes, allow_fill=True)


def coded(column: pd.Series) -> Coded:
    """Return a column of texts or of categories as numbers."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return Coded(column.cat.codes.to_numpy().astype(np.int32), pd.Index(column.cat.categories, dtype="str"))
    codes, values = pd.factorize(column)
    return Coded(codes.astype(np.int32), pd.Index(values, dtype="str"))


class Joining:
    """Columns of text as they are joined end to end: each distinct text is held once."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._parts: list[Codes] = []

    def add(self, codes: npt.NDArray[np.integer], values: Iterable[str | None]) -> None:
        """Add rows: the numbers of their texts among ``values``, -1 or that of None where there is none."""
        numbers = [-1 if value is None else self._number.setdefault(value, len(self._number)) for value in values]
        self._parts.append(np.array([*numbers, -1], dtype=np.int32)[codes])

    def add_same(self, text: str | None, size: int) -> None:
        """Add rows with one text, or none."""
        self.add(np.zeros(size, dtype=np.int32), [text])

    def add_column(self, column: pd.Series) -> None:
        """Add the rows of a column of texts or of categories."""
        if isinstance(column.dtype, pd.CategoricalDtype):
            self.add(column.cat.codes.to_numpy(), column.cat.categories)
        else:
            self.add(*pd.factorize(column.array))

    def joined(self) -> Coded:
        """Return all rows added."""
        codes = np.concatenate(self._parts) if self._parts else np.empty(0, dtype=np.int32)
        return Coded(codes, pd.Index(list(self._number), dtype="str"))
