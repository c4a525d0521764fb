"""The chapters of a report and their running text."""

import re
from collections.abc import Sequence

from gia_analysis.reading.flow import Flow, Line, Token
from gia_analysis.records import Section

_DATE_LINE = re.compile(r"^\s*[12]\d{3}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*$")
_INDENTED = re.compile(r"^(?:[ \u3000\xa0]{6,})\S{4,30}$")


def read_sections(flow: Flow) -> tuple[Section, ...]:
    """Return the chapters in order: what stands before the first heading is the preamble, a signed end the signature.

    Chapter ``statistics`` is opened by its heading only; where no line is a heading, everything is preamble.
    """
    lines = [item for item in flow if isinstance(item, Line)]
    last = next((item for item in reversed(flow) if item.text.strip()), None)
    lines, signature = _split_signature(lines, ends_in_table=isinstance(last, Token))
    sections: list[Section] = []
    start = 0
    for position, line in enumerate(lines):
        if line.heading:
            _add(sections, lines[start:position])
            start = position
    _add(sections, lines[start:])
    if signature:
        sections.append(_section("signature", None, None, signature, signature[0]))
    return tuple(sections)


def _add(sections: list[Section], lines: Sequence[Line]) -> None:
    if not lines:
        return
    heading = lines[0].heading
    if heading:
        sections.append(_section(heading.section, heading.number, heading.title, lines[1:], lines[0]))
    elif any(line.text.strip() for line in lines):
        sections.append(_section("preamble", None, None, lines, lines[0]))


def _section(code: str, number: str | None, title: str | None, lines: Sequence[Line], first: Line) -> Section:
    filled = [line for line in lines if line.text.strip()]
    text = "\n".join(line.text.strip() for line in filled)
    return Section(code, number, title, text, first.line, tuple(line.line for line in filled))


def _split_signature(lines: list[Line], *, ends_in_table: bool) -> tuple[list[Line], list[Line]]:
    """Split the lines before a date that stands alone at the end, and before the name indented above it."""
    filled = [position for position, line in enumerate(lines) if line.text.strip()]
    if ends_in_table or not filled or not _DATE_LINE.match(lines[filled[-1]].text):
        return lines, []
    start = filled[-1]
    if len(filled) > 1 and _INDENTED.match(lines[filled[-2]].text):
        start = filled[-2]
    return lines[:start], lines[start:]
