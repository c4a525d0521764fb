"""Random counts of one agency: what it did in a year, going on from the year before where that is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from gia_analysis.simulation.grid import CellKey

Size = Literal["none", "small", "medium", "large"]
SimulatedFigures = dict[CellKey, int | float]

_TYPICAL_REQUESTS: Mapping[Size, float] = {"none": 0.0, "small": 3.0, "medium": 60.0, "large": 3000.0}
_TYPICAL_DECISIONS: Mapping[Size, float] = {"none": 5.0, "small": 40.0, "medium": 900.0, "large": 60_000.0}


@dataclass(frozen=True, slots=True)
class Draw:
    """A year of an agency being drawn: its size, last year's figures, and those drawn so far.

    ``carried_in`` is the number of requests carried over from last year, where it is given and not to be found.
    """

    generator: np.random.Generator
    size: Size
    previous: Mapping[CellKey, float]
    carried_in: int | None = None
    figures: SimulatedFigures = field(default_factory=dict)

    @property
    def requests(self) -> float:
        """How many requests an agency of this size typically gets in a year."""
        return _TYPICAL_REQUESTS[self.size]

    @property
    def decisions(self) -> float:
        """How many decisions an agency of this size typically takes in a year."""
        return _TYPICAL_DECISIONS[self.size]

    def put(self, table: str, row: str, values: Mapping[str, int | float]) -> None:
        """Keep the figures of a row, by column."""
        self.figures.update({(table, row, column): value for column, value in values.items()})

    def last(self, table: str, row: str, column: str) -> int | None:
        """Return last year's figure, or None where it is not known."""
        value = self.previous.get((table, row, column))
        return None if value is None else int(value)

    def count(self, typical: float, last: int | None = None) -> int:
        """Return a count around last year's, or around a typical one, with the spread seen between agencies."""
        if last:
            return int(self.generator.poisson(last * self.generator.uniform(0.8, 1.25)))
        return int(self.generator.poisson(typical * self.generator.gamma(2.0, 0.5)))

    def amount(self, typical: float) -> float:
        """Return a positive amount of money in 万元, with two decimals."""
        return round(0.01 + float(self.generator.gamma(1.5, typical / 1.5)), 2)

    def happens(self, probability: float) -> bool:
        return bool(self.generator.random() < probability)

    def part_of(self, total: int, share: float) -> int:
        """Return how many of a total are of a kind that makes up such a share."""
        return int(self.generator.binomial(total, share))

    def split(self, total: int, weights: Mapping[str, float]) -> dict[str, int]:
        """Return a total split over kinds, in proportion to their weights on average."""
        shares = np.array(list(weights.values()))
        parts = self.generator.multinomial(total, shares / shares.sum())
        return {kind: int(part) for kind, part in zip(weights, parts, strict=True)}
