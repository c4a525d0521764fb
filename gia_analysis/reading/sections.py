"""The chapters of a report, their sub-chapters, and the running text of both."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from gia_analysis.forms import forms, opening_labels
from gia_analysis.reading.flow import Flow, Line, Token
from gia_analysis.reading.headings import (
    Heading,
    is_row_label,
    read_subheading,
    read_topic,
)
from gia_analysis.records import Section

_DATE_LINE = re.compile(r"^\s*[12]\d{3}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*$")
_INDENTED = re.compile(r"^(?:[ \u3000\xa0]{6,})\S{4,30}$")
_TOLD_BY_TABLES = ("proactive", "requests", "disputes")
_LONGEST_LABEL = 80


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a chapter or sub-chapter begins: by its heading, or with a table that only this chapter has."""

    section: str
    position: int
    line: int | None
    heading: Heading | None = None


def read_sections(flow: Flow) -> tuple[Section, ...]:
    """Return the chapters in order, each followed by its sub-chapters.

    What stands before the first chapter is the preamble, a signed end the signature. A chapter's text is whole: its
    sub-chapters (level 2) repeat their part of it, so the text of level 1 is that of the report. A chapter without a
    heading begins with its first table; ``statistics`` needs a heading. Where nothing tells, everything is preamble.
    """
    lines, tables = _lines_and_tables(flow)
    last = next((item for item in reversed(flow) if item.text.strip()), None)
    lines, signature = _split_signature(lines, ends_in_table=isinstance(last, Token))
    openings = _find_chapters(lines, tables)
    sections: list[Section] = []
    first = openings[0].position if openings else len(lines)
    if any(line.text.strip() for line in lines[:first]):
        sections += _chapter(_Opening("preamble", 0, lines[0].line), lines[:first])
    for opening, end in zip(openings, [*(each.position for each in openings[1:]), len(lines)], strict=False):
        sections += _chapter(opening, lines[opening.position : end])
    if signature:
        sections.append(_section(_Opening("signature", 0, signature[0].line), signature))
    return tuple(sections)


def _lines_and_tables(flow: Flow) -> tuple[list[Line], list[_Opening]]:
    """Return the lines of running text, and every place where a table begins that tells its chapter."""
    lines: list[Line] = []
    tables: list[_Opening] = []
    waiting: list[int] = []  # lines that are headings in running text and rows in a table: what follows decides
    chapters = _chapters_by_label()
    for item in flow:
        if isinstance(item, Token):
            if item.label in chapters:
                tables.append(_Opening(chapters[item.label], len(lines), item.line))
            if waiting:
                waiting.clear()
            continue
        if waiting and item.text.strip():
            position = waiting.pop()
            if _is_prose(item.text):
                lines[position] = replace(lines[position], heading=lines[position].unsure)
        if item.unsure:
            waiting.append(len(lines))
        lines.append(item)
    return lines, tables


@cache
def _chapters_by_label() -> Mapping[str, str]:
    """Return the chapter of every label that opens a table, for the chapters that tables can tell."""
    chapters = {table.code: table.chapter for form in forms().values() for table in form.tables}
    return {
        label: chapters[code]
        for label, codes in opening_labels().items()
        for code in codes
        if chapters[code] in _TOLD_BY_TABLES
    }


def _is_prose(text: str) -> bool:
    return not is_row_label(text) and (any(mark in text for mark in "。，,；;") or read_subheading(text) is not None)


def _find_chapters(lines: Sequence[Line], tables: Sequence[_Opening]) -> list[_Opening]:
    """Return the chapters in order. A chapter without a heading is opened by the first of its tables."""
    headed = [
        _Opening(line.heading.section, position, line.line, line.heading)
        for position, line in enumerate(lines)
        if line.heading
    ]
    headed = _without_subheadings(headed)
    known = {opening.section for opening in headed}
    for table in tables:
        if table.section not in known:
            known.add(table.section)
            headed.append(table)
    return sorted(headed, key=lambda opening: (opening.position, opening.heading is not None))


def _without_subheadings(headed: Sequence[_Opening]) -> list[_Opening]:
    """Drop headings without numeral that repeat the chapter they stand in, or whose chapter comes later with one."""
    last = {each.section: each.position for each in headed if each.heading and each.heading.number}
    chapters: list[_Opening] = []
    for opening in headed:
        unnumbered = opening.heading is not None and opening.heading.number is None
        repeats = bool(chapters) and chapters[-1].section == opening.section
        if not (chapters and unnumbered and (repeats or last.get(opening.section, -1) > opening.position)):
            chapters.append(opening)
    return chapters


def _chapter(opening: _Opening, lines: Sequence[Line]) -> Iterator[Section]:
    """Yield a chapter and its sub-chapters; ``lines`` begin with the heading, if there is one."""
    body = lines[1:] if opening.heading else lines
    yield _section(opening, body)
    found = [_Opening(heading.section, i, body[i].line, heading) for i, heading in _subheadings(body)]
    for each, end in zip(found, [*(each.position for each in found[1:]), len(body)], strict=False):
        yield _section(each, body[each.position + 1 : end])


def _subheadings(lines: Sequence[Line]) -> Iterator[tuple[int, Heading]]:
    for position, line in enumerate(lines):
        if line.heading:
            yield position, replace(line.heading, section=read_topic(line.heading.title), level=2)
        elif heading := read_subheading(line.text):
            yield position, heading


def _section(opening: _Opening, lines: Sequence[Line]) -> Section:
    filled = [line for line in lines if line.text.strip()]
    rest = [opening.heading.rest] if opening.heading and opening.heading.rest else []
    number, title, level = (None, None, 1)
    opened_by = "table" if opening.section in _TOLD_BY_TABLES else None
    if opening.heading:
        number, title, level = opening.heading.number, opening.heading.title, opening.heading.level
        opened_by = "heading"
    text = plain = "\n".join([*rest, *[line.printed.strip() for line in filled]])
    if any(line.text is not line.printed for line in filled):
        plain = "\n".join([*rest, *[line.text.strip() for line in filled]])
    numbers = (*[opening.line for _ in rest], *[line.line for line in filled])
    rewritten = None if plain == text else plain
    return Section(opening.section, number, title, text, opening.line, numbers, level, opened_by, rewritten)


def _split_signature(lines: list[Line], *, ends_in_table: bool) -> tuple[list[Line], list[Line]]:
    """Split the lines before a date that stands alone at the end, and before the name indented above it."""
    filled = [position for position, line in enumerate(lines) if line.text.strip()]
    if ends_in_table or not filled or not _DATE_LINE.match(lines[filled[-1]].text):
        return lines, []
    start = filled[-1]
    if len(filled) > 1 and _INDENTED.match(lines[filled[-2]].text):
        start = filled[-2]
    return lines[:start], lines[start:]
