"""The numbers that Word sets before paragraphs by itself: 一、 and （一） of headings, 1. of labels."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from gia_analysis.documents.package import Element, Package, parse_xml
from gia_analysis.documents.word.names import (
    NUMBER_PROPERTIES,
    PARAGRAPH_PROPERTIES,
    PARAGRAPH_STYLE,
    child,
    is_on,
    plain_names,
    value_of,
    whole_number,
    word,
)
from gia_analysis.documents.word.numerals import write_number
from gia_analysis.documents.word.survey import Survey

_PART, _STYLES_PART = "word/numbering.xml", "word/styles.xml"
_ABSTRACT, _ABSTRACT_ID, _LIST, _LIST_ID = (word(name) for name in ("abstractNum", "abstractNumId", "num", "numId"))
_LEVEL, _LEVEL_NUMBER, _LEVEL_TEXT, _LEVEL_RESTART = (word(name) for name in ("lvl", "ilvl", "lvlText", "lvlRestart"))
_START, _FORMAT, _SUFFIX, _LEGAL = (word(name) for name in ("start", "numFmt", "suff", "isLgl"))
_OVERRIDE, _START_OVERRIDE = word("lvlOverride"), word("startOverride")
_STYLE_LINK, _LINK_TO_STYLE = word("styleLink"), word("numStyleLink")
_STYLE, _STYLE_ID, _BASED_ON = word("style"), word("styleId"), word("basedOn")
_LEVELS = range(9)
_LONGEST_TEXT = 50  # that stands before each of the paragraphs of a list
_MOST_BASES = 20  # styles that one is based on, one on the other
_PLACE = re.compile("%([1-9])")
_DECLARED_ID = re.compile(rb"styleId=[\"']([^\"']*)")
_DECLARED_BASE = re.compile(rb"basedOn\s[^>]{0,200}?val=[\"']([^\"']*)")
_WITHOUT_NUMBER = ("bullet", "none")


class _Level(NamedTuple):
    """How a level of a numbering counts and what it prints. ``restart`` is the level that begins it anew, 0 if none does."""

    start: int
    writing: str
    text: str
    gap: str
    restart: int | None
    style: str | None
    legal: bool


@dataclass(slots=True)
class _Counters:
    """The levels of a numbering and how far each has counted."""

    levels: dict[int, _Level]
    reached: dict[int, int] = field(default_factory=dict)

    def count(self, number: int) -> None:
        """Count one on at a level, and begin the levels below it anew."""
        for above in range(number):
            self.reached.setdefault(above, self._start(above))
        self.reached[number] = self.reached[number] + 1 if number in self.reached else self._start(number)
        for below in range(number + 1, len(_LEVELS)):
            level = self.levels.get(below)
            if level is None or level.restart is None or number < level.restart:
                self.reached.pop(below, None)

    def _start(self, number: int) -> int:
        return self.levels[number].start if number in self.levels else 1


class _List(NamedTuple):
    """A use of a numbering: its id, levels of its own, and where it begins to count anew."""

    abstract: str
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]


class Numbering:
    """Counts the numbered paragraphs of a document; each must be shown to it once, in order."""

    def __init__(self, root: Element, styles: Mapping[str, Element]) -> None:
        self._styles = styles
        self._counters: dict[str, _Counters] = {}
        self._lists: dict[str, _List] = {}
        self._begun: set[str] = set()
        linked: dict[str, str] = {}
        links: dict[str, str] = {}
        for abstract in root.iterchildren(_ABSTRACT):
            name = abstract.get(_ABSTRACT_ID, "")
            self._counters[name] = _Counters(dict(_levels(abstract)))
            if style := value_of(abstract, _STYLE_LINK):
                linked[style] = name
            if style := value_of(abstract, _LINK_TO_STYLE):
                links[name] = style
        for use in root.iterchildren(_LIST):
            name = value_of(use, _ABSTRACT_ID) or ""
            overrides = list(use.iterchildren(_OVERRIDE))
            levels = {number: level for each in overrides for number, level in _levels(each)}
            starts = {
                whole_number(each.get(_LEVEL_NUMBER), 0): whole_number(start, 1)
                for each in overrides
                if (start := value_of(each, _START_OVERRIDE))
            }
            self._lists[use.get(_LIST_ID, "")] = _List(linked.get(links.get(name, ""), name), levels, starts)

    def number_of(self, paragraph_properties: Element | None) -> str:
        """Return the number that stands before a paragraph, with the blank that follows it; ``""`` if it has none."""
        list_id, number = self._list_of(paragraph_properties)
        use = self._lists.get(list_id or "")
        counters = self._counters.get(use.abstract) if use else None
        if not use or not counters or number not in _LEVELS:
            return ""
        if list_id not in self._begun:
            self._begun.add(list_id or "")
            for each, start in use.starts.items():
                counters.reached[each] = start - 1
        counters.count(number)
        levels = {**counters.levels, **use.levels}
        level = levels.get(number)
        if level is None or (level.writing in _WITHOUT_NUMBER and not _PLACE.search(level.text)):
            return level.text + level.gap if level and level.writing == "none" and level.text else ""

        def written(place: re.Match[str]) -> str:
            each = int(place[1]) - 1
            writing = "decimal" if level.legal or each not in levels else levels[each].writing
            return "" if writing in _WITHOUT_NUMBER else write_number(counters.reached.get(each, 1), writing)

        return _PLACE.sub(written, level.text) + level.gap

    def _list_of(self, properties: Element | None) -> tuple[str | None, int]:
        """Return the id of the list that a paragraph is in, by itself or by its style, and its level there."""
        own = child(properties, NUMBER_PROPERTIES)
        list_id, level = value_of(own, _LIST_ID), value_of(own, _LEVEL_NUMBER)
        if list_id is None:
            style = value_of(properties, PARAGRAPH_STYLE)
            list_id, of_style = self._list_of_style(style)
            level = level or of_style
        return list_id, whole_number(level, 0)

    def _list_of_style(self, style: str | None) -> tuple[str | None, str | None]:
        for name, numbers in _bases(style, self._styles):
            if (list_id := value_of(numbers, _LIST_ID)) is not None:
                return list_id, self._level_of_style(list_id, name) or value_of(numbers, _LEVEL_NUMBER)
        return None, None

    def _level_of_style(self, list_id: str, style: str | None) -> str | None:
        use = self._lists.get(list_id)
        levels = self._counters[use.abstract].levels if use and use.abstract in self._counters else {}
        return next((str(number) for number, level in levels.items() if level.style == style), None)


def read_numbering(package: Package, found: Survey) -> Numbering | None:
    """Return the numbering of a document; None where no paragraph of it has a number.

    Raises:
        DocumentError: the part that declares it is damaged.
    """
    if _PART not in package:
        return None
    styles = _styles(package, found.styles) if found.styles and _STYLES_PART in package else {}
    if NUMBER_PROPERTIES not in found.names and not any(_is_numbered(style, styles) for style in found.styles):
        return None
    return Numbering(parse_xml(plain_names(package.read(_PART)), _PART), styles)


def _styles(package: Package, used: Iterable[str]) -> dict[str, Element]:
    """Return the styles by their id; none where none of those used numbers its paragraphs."""
    data = package.read(_STYLES_PART)
    if not _may_number(data, used):
        return {}
    root = parse_xml(plain_names(data), _STYLES_PART)
    return {style.get(_STYLE_ID, ""): style for style in root.iterchildren(_STYLE)}


def _may_number(data: bytes, used: Iterable[str]) -> bool:
    """Tell whether a style may number its paragraphs, without parsing what often is more than the document itself."""
    if b"numPr" not in data:
        return False
    declared = {found[1]: part for part in data.split(b"style>") if (found := _DECLARED_ID.search(part))}
    for style in used:
        name = style.encode()
        for _ in range(_MOST_BASES):
            part = declared.get(name)
            if part is None or b"numPr" in part:
                return True
            based = _DECLARED_BASE.search(part)
            if based is None:
                break
            name = based[1]
    return False


def _bases(style: str | None, styles: Mapping[str, Element]) -> Iterator[tuple[str, Element | None]]:
    """Yield a style and those that it is based on: the id, and what it says of numbers."""
    for _ in range(_MOST_BASES):
        element = styles.get(style or "")
        if element is None:
            return
        yield style or "", child(child(element, PARAGRAPH_PROPERTIES), NUMBER_PROPERTIES)
        style = value_of(element, _BASED_ON)


def _is_numbered(style: str, styles: Mapping[str, Element]) -> bool:
    return any(numbers is not None for _, numbers in _bases(style, styles))


def _levels(element: Element) -> Iterator[tuple[int, _Level]]:
    for level in element.iterchildren(_LEVEL):
        restart = value_of(level, _LEVEL_RESTART)
        yield (
            whole_number(level.get(_LEVEL_NUMBER), 0),
            _Level(
                start=whole_number(value_of(level, _START), 0),
                writing=value_of(level, _FORMAT) or "decimal",
                text=(value_of(level, _LEVEL_TEXT) or "")[:_LONGEST_TEXT],
                gap="" if value_of(level, _SUFFIX) == "nothing" else " ",
                restart=None if restart is None else whole_number(restart, 0),
                style=value_of(level, PARAGRAPH_STYLE),
                legal=is_on(level, _LEGAL),
            ),
        )
