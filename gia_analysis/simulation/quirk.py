"""What a quirk is: an oddity of printing that changes how labels or figures look, never what they say."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Literal, get_args

from gia_analysis.forms import CellType
from gia_analysis.simulation.grid import Grid, GridCell
from gia_analysis.simulation.layouts import Layout

Hides = Literal["nothing", "labels", "figures"]
LabelChange = Callable[[str, Random], str]
FigureChange = Callable[[str, CellType, Random], str]
GridChange = Callable[[Grid, Random], Grid]
TextChange = Callable[[str, Random], str]

ALL_LAYOUTS: frozenset[Layout] = frozenset(get_args(Layout))
_RATES = (0.15, 0.5, 1.0)
_PLAIN = re.compile(r"\d+(?:\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Quirk:
    """A named oddity: what it does to a table or to the whole text, and where it occurs.

    ``hides`` says what a reader may be unable to make out because of it: nothing, rows whose labels it damages, or
    single figures. ``seen`` says what it looks like and where it was seen.
    """

    name: str
    seen: str
    layouts: frozenset[Layout]
    hides: Hides
    of_grid: GridChange | None = None
    of_text: TextChange | None = None


def on_labels(hides: Hides = "nothing", layouts: frozenset[Layout] = ALL_LAYOUTS) -> Callable[[LabelChange], Quirk]:
    """Make a quirk of a change of one label. How many of a table's labels it meets is left to chance."""

    def make(change: LabelChange) -> Quirk:
        def of_grid(grid: Grid, chance: Random) -> Grid:
            def changed(cell: GridCell) -> GridCell:
                return replace(cell, text=change(cell.text, chance))

            return _changed_here_and_there(grid, chance, lambda cell: not cell.type and bool(cell.text), changed)

        return Quirk(_name(change), change.__doc__ or "", layouts, hides, of_grid=of_grid)

    return make


def on_figures(hides: Hides = "nothing", layouts: frozenset[Layout] = ALL_LAYOUTS) -> Callable[[FigureChange], Quirk]:
    """Make a quirk of a change of one plain figure. How many of a table's figures it meets is left to chance."""

    def make(change: FigureChange) -> Quirk:
        def of_grid(grid: Grid, chance: Random) -> Grid:
            def changed(cell: GridCell) -> GridCell:
                return replace(cell, text=change(cell.text, cell.type, chance)) if cell.type else cell

            return _changed_here_and_there(grid, chance, lambda cell: bool(_PLAIN.fullmatch(cell.text)), changed)

        return Quirk(_name(change), change.__doc__ or "", layouts, hides, of_grid=of_grid)

    return make


def on_tables(change: GridChange) -> Quirk:
    """Make a quirk of a change of a whole table."""
    return Quirk(_name(change), change.__doc__ or "", ALL_LAYOUTS, "nothing", of_grid=change)


def on_text(layouts: frozenset[Layout] = ALL_LAYOUTS) -> Callable[[TextChange], Quirk]:
    """Make a quirk of a change that runs through a whole text."""
    return lambda change: Quirk(_name(change), change.__doc__ or "", layouts, "nothing", of_text=change)


def _name(change: Callable[..., object]) -> str:
    return str(change.__name__)


def _changed_here_and_there(
    grid: Grid, chance: Random, is_meant: Callable[[GridCell], bool], changed: Callable[[GridCell], GridCell]
) -> Grid:
    rate = chance.choice(_RATES)
    return [[changed(cell) if is_meant(cell) and chance.random() < rate else cell for cell in row] for row in grid]
