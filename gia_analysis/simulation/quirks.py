"""All quirks of printing by name, and their use on a report."""

from collections.abc import Collection, Mapping
from random import Random

from gia_analysis.errors import nearest
from gia_analysis.simulation import figure_quirks, label_quirks, text_quirks
from gia_analysis.simulation.grid import Grid
from gia_analysis.simulation.layouts import Layout
from gia_analysis.simulation.quirk import Quirk

QUIRKS: Mapping[str, Quirk] = {
    quirk.name: quirk
    for module in (label_quirks, figure_quirks, text_quirks)
    for quirk in vars(module).values()
    if isinstance(quirk, Quirk)
}
"""The quirks in the order in which they are applied, whatever the order in which they are asked for."""


def quirks_in(layout: Layout) -> tuple[str, ...]:
    """Return the names of the quirks that occur in a layout."""
    return tuple(name for name, quirk in QUIRKS.items() if layout in quirk.layouts)


class Retouch:
    """Chosen quirks, ready for the tables and the text of one report.

    Raises:
        ValueError: there is no such quirk; the message names the nearest.
    """

    def __init__(self, names: Collection[str], seed: int) -> None:
        for name in names:
            if name not in QUIRKS:
                raise ValueError(f"unknown quirk {name!r}: {nearest(name, QUIRKS)}")
        self.quirks = [quirk for name, quirk in QUIRKS.items() if name in names]
        self.chance = Random(seed)

    def require(self, layout: Layout) -> None:
        """Refuse a layout in which one of the quirks does not occur."""
        for quirk in self.quirks:
            if layout not in quirk.layouts:
                known = ", ".join(sorted(quirk.layouts))
                raise ValueError(f"quirk {quirk.name!r} does not occur in layout {layout!r}: only in {known}")

    def grid(self, grid: Grid) -> Grid:
        """Return a table with the quirks of its labels, figures and rows."""
        for quirk in self.quirks:
            grid = quirk.of_grid(grid, self.chance) if quirk.of_grid else grid
        return grid

    def text(self, text: str) -> str:
        """Return a text with the quirks that run through all of it."""
        for quirk in self.quirks:
            text = quirk.of_text(text, self.chance) if quirk.of_text else text
        return text
