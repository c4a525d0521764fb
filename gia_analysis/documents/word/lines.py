"""A paragraph → the text that it prints, and the text boxes and pictures that are anchored in it."""

import re
from collections.abc import Iterator

from gia_analysis.documents.package import Element
from gia_analysis.documents.word.names import (
    ALTERNATIVES,
    BOX_CONTENT,
    RUN,
    RUN_PROPERTIES,
    TEXT,
    VANISH,
    WRAPPERS,
    is_on,
    word,
)

_FIELD_MARK, _FIELD_MARK_TYPE = word("fldChar"), word("fldCharType")
_SYMBOL, _SYMBOL_CHARACTER = word("sym"), word("char")
_INSTRUCTION, _LINK, _ANCHOR = word("instrText"), word("hyperlink"), word("anchor")
_OF_CONTENTS = re.compile(r"\s*TOC\b|.*PAGEREF\s+\S*_Toc")
_LONGEST_INSTRUCTION = 500
_TO_HEADING = "_Toc"  # in the names of the bookmarks that tables of contents lead to
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MATH_TEXT = f"{_MATH}t"
_FORMULAS = (f"{_MATH}oMath", f"{_MATH}oMathPara")
_RUBY, _OBJECT = word("ruby"), word("object")
_LOOKED_THROUGH = (WRAPPERS - {ALTERNATIVES}) | {RUN, _RUBY, word("rubyBase"), word("fldSimple")}
_DRAWN = (word("drawing"), word("pict"), _OBJECT)
_INLINE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"
MARKS = {word("tab"): "\t", word("ptab"): "\t", word("br"): "\n", word("cr"): "\n", word("noBreakHyphen"): "-"}
RARE_IN_LINES = (_FIELD_MARK, _INSTRUCTION, _LINK, _SYMBOL, ALTERNATIVES, _RUBY, *_DRAWN, *_FORMULAS)
_LAST_CHARACTER = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


class Line:
    """What a paragraph prints.

    ``boxes`` are the contents of its text boxes; ``has_picture`` tells of a picture in the line, and ``is_entry`` that it is
    an entry in the table of contents.
    """

    __slots__ = ("_hides", "_instructions", "_parts", "boxes", "has_picture", "is_entry")

    def __init__(self, paragraph: Element, *, hides: bool) -> None:
        """Read a paragraph; ``hides`` tells whether any text of the document is hidden."""
        self._hides = hides
        self._parts: list[str] = []
        self._instructions: list[bool] = []  # for each field that is open, whether its result is still to come
        self.boxes: list[Element] = []
        self.has_picture = self.is_entry = False
        self._read(paragraph)

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def _read(self, element: Element) -> None:
        for each in element:
            tag = each.tag
            if tag == TEXT:
                self._add(each.text)
            elif tag in _LOOKED_THROUGH:
                self._read(each)
            elif tag == RUN_PROPERTIES:
                if self._hides and is_on(each, VANISH):
                    return
            elif tag in MARKS:
                self._add(MARKS[tag])
            else:
                self._read_rare(each, tag)

    def _read_rare(self, element: Element, tag: str) -> None:
        if tag == _FIELD_MARK:
            self._mark_field(element.get(_FIELD_MARK_TYPE))
        elif tag == _INSTRUCTION:
            self.is_entry |= _OF_CONTENTS.match((element.text or "")[:_LONGEST_INSTRUCTION]) is not None
        elif tag == _LINK:
            self.is_entry |= _TO_HEADING in element.get(_ANCHOR, "")
            self._read(element)
        elif tag == _SYMBOL:
            self._add(_symbol(element.get(_SYMBOL_CHARACTER)))
        elif tag == ALTERNATIVES:
            self._read_alternatives(element)
        elif tag in _DRAWN:
            boxes = list(_boxes_in(element))
            self.boxes += boxes
            self.has_picture |= not boxes and (tag == _OBJECT or next(element.iterchildren(_INLINE), None) is not None)
        elif tag in _FORMULAS:
            for text in element.iter(_MATH_TEXT):
                self._add(text.text)

    def _add(self, text: str | None) -> None:
        if text and not (self._instructions and any(self._instructions)):
            self._parts.append(text)

    def _mark_field(self, mark: str | None) -> None:
        """Take note of where a field begins and ends: its instruction is no text, its result is."""
        if mark == "begin":
            self._instructions.append(True)
        elif self._instructions and mark == "separate":
            self._instructions[-1] = False
        elif self._instructions and mark == "end":
            self._instructions.pop()

    def _read_alternatives(self, element: Element) -> None:
        """Read the first of several versions of the same that says anything."""
        known = (len(self._parts), len(self.boxes))
        for version in element:
            self._read(version)
            if (len(self._parts), len(self.boxes)) != known:
                return


def _boxes_in(drawn: Element) -> Iterator[Element]:
    for each in drawn:
        if each.tag == BOX_CONTENT:
            yield each
        elif each.tag == ALTERNATIVES:
            yield from next((boxes for version in each if (boxes := list(_boxes_in(version)))), ())
        else:
            yield from _boxes_in(each)


def _symbol(code: str | None) -> str:
    """Return a character given by its code. That of a symbol font is of private use, so that it means no figure."""
    try:
        number = int(code or "", 16)
    except ValueError:
        return "\ufffd"
    return "\ufffd" if number > _LAST_CHARACTER or number in _SURROGATES or not number else chr(number)
