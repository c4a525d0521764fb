"""The content of an OFD page → its characters, ruling lines and images at places, in millimetres."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from unicodedata import east_asian_width

from gia_analysis.documents.limits import (
    DEEPEST_FORMS,
    MOST_CHARACTERS,
    MOST_DRAWN_OBJECTS,
    MOST_PATH_SEGMENTS,
    require_at_most,
)
from gia_analysis.documents.ofd.matrix import ON_PAGE, Box, Matrix
from gia_analysis.documents.ofd.paths import polylines
from gia_analysis.documents.ofd.structure import Resources, floats
from gia_analysis.documents.package import Element

_ASCENT, _DESCENT = 0.86, 0.14  # of a character's size, above and below its base line
_THICKEST = 1.4  # millimetres; a bar that is thicker is no line
_ASLANT = 0.2  # millimetres that text runs to the side in one along
_SLANT = 0.18  # millimetres by which the ends of a line may lie apart across it
_MOST_OF_A_PATH = 200_000  # characters of its data; what has more is a drawing
_ESCAPED = re.compile(r"\\(00[0-9A-Fa-f]{2})")
_INSIDE = frozenset({"Content", "Layer", "PageBlock"})
_FALSE = ("false", "0")


@dataclass(slots=True)
class Drawing:
    """What is drawn on a page. ``turns`` counts characters by the quarters clockwise that they run; ``unseen`` are those
    that are drawn without a colour, as the text is that a program recognised in the image below it.
    """

    resources: Resources
    characters: list[tuple[str, Box]] = field(default_factory=list)
    lines: list[Box] = field(default_factory=list)
    images: list[tuple[str, Box]] = field(default_factory=list)
    turns: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    unseen: list[tuple[str, Box]] = field(default_factory=list)
    objects: int = 0
    path_data: int = 0

    def add(self, content: Element, outer: Matrix = ON_PAGE, depth: int = 0) -> None:
        """Add what stands in a page, a layer, a block or a drawing that is used more than once.

        Raises:
            LimitError: there is more than is read.
        """
        require_at_most(DEEPEST_FORMS, depth, "drawings within one another")
        for element in content:
            if not isinstance(element.tag, str):
                continue  # a comment
            kind = element.tag.rpartition("}")[2]
            if kind in _INSIDE:
                self.add(element, outer, depth + 1)
                continue
            if kind not in _DRAWN or element.get("Visible") in _FALSE:
                continue
            self.objects += 1
            require_at_most(MOST_DRAWN_OBJECTS, self.objects, "drawn objects on a page")
            matrix = _matrix_of(element, outer)
            if kind == "TextObject":
                self._add_text(element, matrix)
            elif kind == "PathObject":
                self._add_path(element, matrix)
            elif kind == "ImageObject":
                self.images.append((element.get("ResourceID", ""), _image_box(element, matrix)))
            elif (unit := self.resources.drawings.get(element.get("ResourceID", ""))) is not None:
                self.add(unit, matrix, depth + 1)

    def _add_text(self, element: Element, matrix: Matrix) -> None:
        size = _number(element, "Size", 0.0)
        scale = _number(element, "HScale", 1.0)
        down = element.get("ReadDirection") in ("90", "270")
        quarter = _quarter(matrix)
        if quarter is None:
            return  # a watermark
        characters = self.unseen if _is_unseen(element) else self.characters
        x = y = 0.0
        for code in element.iterchildren("{*}TextCode"):
            text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), (code.text or "").strip("\r\n\t"))
            x, y = _number(code, "X", x), _number(code, "Y", y)
            require_at_most(MOST_CHARACTERS, len(characters) + len(text), "characters on a page")
            across, along = (_steps(code.get(name), len(text) - 1) for name in ("DeltaX", "DeltaY"))
            at_x, at_y = x, y
            for position, character in enumerate(text):
                wide = size * scale * (1.0 if east_asian_width(character) in "WFA" else 0.5)
                step = across[position] if position < len(across) else 0.0 if along or down else wide
                right = at_x + (min(wide, step) if step > 0 else wide)
                box = matrix.box(at_x, at_y - _ASCENT * size, right, at_y + _DESCENT * size)
                characters.append((character, box))
                at_x += step
                at_y += along[position] if position < len(along) else size if down and not across else 0.0
            self.turns[quarter] += len(text)

    def _add_path(self, element: Element, matrix: Matrix) -> None:
        """Add the straight lines of a path: its strokes, and the thin bars that it fills."""
        stroked = element.get("Stroke") not in _FALSE
        filled = element.get("Fill") not in (None, *_FALSE)
        data = element.findtext("{*}AbbreviatedData") or ""
        self.path_data += len(data)
        require_at_most(_LEAST_SEGMENT * MOST_PATH_SEGMENTS, self.path_data, "characters of paths on a page")
        if len(data) > _MOST_OF_A_PATH or not (stroked or filled):
            return
        for corners in polylines(data):
            points = [matrix.point(*corner) for corner in corners]
            if stroked:
                for (x0, y0), (x1, y1) in pairwise(points):
                    if min(abs(x0 - x1), abs(y0 - y1)) <= _SLANT:
                        self.lines.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
                continue
            xs, ys = zip(*points, strict=True)
            left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
            if min(right - left, bottom - top) <= _THICKEST:
                self.lines.append((left, top, right, bottom))


_DRAWN = frozenset({"TextObject", "PathObject", "ImageObject", "CompositeObject"})
_LEAST_SEGMENT = 6  # characters that a segment takes in a path's data


def _matrix_of(element: Element, outer: Matrix) -> Matrix:
    """Return how the places within an object are brought onto the page."""
    boundary = floats(element.get("Boundary"))
    left, top = (boundary[0], boundary[1]) if len(boundary) >= 2 else (0.0, 0.0)
    ctm = floats(element.get("CTM"))
    a, b, c, d, e, f = ctm if len(ctm) == 6 else ON_PAGE
    own = Matrix(a, b, c, d, e + left, f + top)
    return own if outer is ON_PAGE else own.then(outer)


def _image_box(element: Element, matrix: Matrix) -> Box:
    """Return where an image is: its matrix stretches a square of 1; without one it fills its boundary."""
    boundary = floats(element.get("Boundary"))
    if element.get("CTM") is None and len(boundary) == 4:
        return matrix.box(0, 0, boundary[2], boundary[3])
    return matrix.box(0, 0, 1, 1)


def _number(element: Element, name: str, otherwise: float) -> float:
    found = floats(element.get(name))
    return found[0] if found else otherwise


def _quarter(matrix: Matrix) -> int | None:
    """Return how many quarters clockwise text runs; None where it runs aslant."""
    if min(abs(matrix.a), abs(matrix.b)) > _ASLANT * max(abs(matrix.a), abs(matrix.b)):
        return None
    if abs(matrix.a) >= abs(matrix.b):
        return 0 if matrix.a >= 0 else 2
    return 1 if matrix.b > 0 else 3


def _is_unseen(element: Element) -> bool:
    colour: Mapping[str, str] = next(iter(element.iterchildren("{*}FillColor")), {})
    outlined = element.get("Stroke") not in (None, *_FALSE)
    return "0" in (element.get("Alpha"), colour.get("Alpha")) or (element.get("Fill") in _FALSE and not outlined)


def _steps(text: str | None, most: int) -> list[float]:
    """Return the steps from character to character; ``g 3 5.5`` stands for three of 5.5.

    >>> _steps("g 3 5.5 6", 4), _steps("g 1000000000 1", 2)
    ([5.5, 5.5, 5.5, 6.0], [1.0, 1.0])
    """
    steps: list[float] = []
    words = iter((text or "").split(None, 3 * max(most, 0) + 3))
    for word in words:
        if len(steps) >= most:
            break
        if word in ("g", "G"):
            count, step = floats(next(words, "")), floats(next(words, ""))
            if not count or not step:
                break
            steps += step * max(0, min(int(count[0]), most - len(steps)))
            continue
        number = floats(word)
        if not number:
            break
        steps += number
    return steps
