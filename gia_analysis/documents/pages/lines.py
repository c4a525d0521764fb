"""Glyphs → lines of text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gia_analysis.documents.pages.model import Glyph

WIDE = 2.0  # heights of a gap that parts two pieces of one line
_CELL = 0.8  # heights of a gap without a blank that parts two cells
_BLANK = 1.0  # heights of a gap that is printed as a blank
_WORD = 0.18  # of one between Latin letters or digits
_LEAST_BLANK = 0.08  # of one where a blank is written
_OVERPRINT = 0.15  # heights by which a glyph printed twice is moved
_LATIN = re.compile(r"[!-~]")
_LETTERS = re.compile(r"[A-Za-z]+")


@dataclass(slots=True, eq=False)
class Line:
    """A line of glyphs from left to right, none of them blank."""

    glyphs: list[Glyph]
    blanks: frozenset[int]  # before which glyphs a blank is written
    left: float
    top: float
    right: float
    bottom: float
    height: float  # the usual one of its glyphs

    @property
    def width(self) -> float:
        return self.right - self.left

    def text(self, wide: str = "  ") -> str:
        """Return what is written, with ``wide`` for each wide gap."""
        height = self.height
        pieces = [self.glyphs[0].text]
        for position in range(1, len(self.glyphs)):
            before, glyph = self.glyphs[position - 1], self.glyphs[position]
            gap = (glyph.left - before.right) / height if height else 0.0
            if gap > WIDE:
                pieces.append(wide)
            elif position in self.blanks:
                pieces.append(" " if gap > _LEAST_BLANK else "")
            elif gap > _BLANK or (gap > _WORD and _is_latin(before.text[-1]) and _is_latin(glyph.text[0])):
                pieces.append(" ")
            pieces.append(glyph.text)
        return "".join(pieces)

    def first_word_width(self) -> float:
        """Return the width of its first word, as far as a line may not be broken in it: a character or a word of letters."""
        first = self.glyphs[0]
        letters = _LETTERS.match(first.text)
        return (first.right - first.left) * (letters.end() if letters else 1) / len(first.text)

    def cells(self, walls: Sequence[float] = ()) -> "list[Line]":
        """Return its pieces that may be cells of a table: between wide gaps, narrower ones without a blank, and lines.

        Digits with a gap between them are two numbers, however narrow it is.
        """
        height = self.height
        cuts = []
        for position in range(1, len(self.glyphs)):
            before, after = self.glyphs[position - 1], self.glyphs[position]
            left, right = before.right, after.left
            gap = right - left
            parted = gap > WIDE * height or (gap > _CELL * height and position not in self.blanks)
            parted = parted or (gap > _WORD * height and before.text[-1].isdigit() and after.text[0].isdigit())
            if parted or any(left - 1 <= wall <= right + 1 for wall in walls):
                cuts.append(position)
        ends = [*cuts, len(self.glyphs)]
        return [
            _line(self.glyphs[start:end], frozenset(each - start for each in self.blanks if start < each < end))
            for start, end in zip([0, *cuts], ends, strict=True)
        ]


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Return glyphs as lines, from top to bottom."""
    lines: list[Line] = []
    current: list[Glyph] = []
    middle = height = 0.0
    for glyph in sorted(glyphs, key=lambda each: each.top + each.bottom):
        own, tall = (glyph.top + glyph.bottom) / 2, glyph.bottom - glyph.top
        if current and own - middle > min(height, tall) / 2:
            lines += _in_order(current)
            current = []
        if not current:
            middle, height = own, tall
        current.append(glyph)
    return lines + _in_order(current)


def _in_order(glyphs: list[Glyph]) -> list[Line]:
    """Return the line of glyphs, or none where all of them are blank. What is printed twice at one place counts once."""
    kept: list[Glyph] = []
    blanks: set[int] = set()
    for glyph in sorted(glyphs, key=lambda each: each.left):
        if glyph.text.isspace() or not glyph.text:
            blanks.add(len(kept))
        elif not _is_overprint(kept, glyph):
            kept.append(glyph)
    return [_line(kept, frozenset(blanks))] if kept else []


def _is_overprint(kept: Sequence[Glyph], glyph: Glyph) -> bool:
    near = _OVERPRINT * (glyph.bottom - glyph.top)
    return any(each.text == glyph.text and glyph.left - each.left <= near for each in kept[-2:])


def _line(glyphs: list[Glyph], blanks: frozenset[int]) -> Line:
    if len(glyphs) == 1:  # as in most cells of a table
        (only,) = glyphs
        return Line(glyphs, blanks, only.left, only.top, only.right, only.bottom, only.bottom - only.top)
    return Line(
        glyphs,
        blanks,
        glyphs[0].left,
        min(glyph.top for glyph in glyphs),
        max(glyph.right for glyph in glyphs),
        max(glyph.bottom for glyph in glyphs),
        sorted([glyph.bottom - glyph.top for glyph in glyphs])[len(glyphs) // 2],
    )


def _is_latin(character: str) -> bool:
    return _LATIN.match(character) is not None
