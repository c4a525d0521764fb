"""What a page of a fixed layout holds: ruling lines and glyphs at places, as PDF, OFD and scans give them.

Lengths are in points from the top left corner of the page as it is meant to be read, rotation undone.
"""

from dataclasses import dataclass
from typing import NamedTuple


class Rule(NamedTuple):
    """A ruling line, horizontal (``top == bottom``) or vertical (``left == right``)."""

    left: float
    top: float
    right: float
    bottom: float


class Glyph(NamedTuple):
    """A character, or a run of them that belong together, with the box that it fills.

    ``confidence`` (0 to 1) is set where it was recognised in an image.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its 1-based number, its size, and what is on it in the order of the file."""

    number: int
    width: float
    height: float
    rules: tuple[Rule, ...]
    glyphs: tuple[Glyph, ...]
