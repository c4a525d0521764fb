"""Which cells belong to which statutory table: the flow cut into regions, each with the tables it may be."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from gia_analysis.forms import MatchStep, label_indexes, opening_labels
from gia_analysis.reading.flow import Flow, Line, Token, has_word


@dataclass(slots=True)
class Region:
    """A run of cells that may be one statutory table, and the codes of the tables its labels allow.

    ``worded`` are the positions of the cells that have words, so may be labels.
    """

    tables: frozenset[str]
    tokens: list[Token] = field(default_factory=list)
    worded: list[int] = field(default_factory=list)
    has_rows: bool = False
    interrupted: bool = False


class _Known(NamedTuple):
    """The tables a label fits best, may belong to at all, is a row of, opens; ``strict`` where it is as on the form."""

    tables: frozenset[str]
    possible: frozenset[str]
    rows: frozenset[str]
    opened: frozenset[str]
    strict: bool


_UNKNOWN = _Known(frozenset(), frozenset(), frozenset(), frozenset(), strict=False)


@lru_cache(maxsize=8_192)
def _known(label: str) -> _Known:
    steps: dict[str, int] = {}
    row_steps: dict[str, int] = {}
    for (_, table), index in label_indexes().items():
        for hit in index.find(label):
            steps[table] = min(hit.step, steps.get(table, 9))
            if hit.slot.kind != "header":
                row_steps[table] = min(hit.step, row_steps.get(table, 9))
    if not steps:
        return _UNKNOWN
    best = min(steps.values())
    tables = frozenset(table for table, step in steps.items() if step == best)
    rows = frozenset(table for table, step in row_steps.items() if step == best)
    opened = opening_labels().get(label, frozenset())
    return _Known(tables, frozenset(steps), rows, opened, best <= MatchStep.ALIAS)


def is_label_of_a_table(label: str) -> bool:
    """Tell whether a label is one of any form, or nearly."""
    return not label.isascii() and has_word(label) and bool(_known(label).tables)


def find_regions(flow: Flow) -> list[Region]:
    """Cut the flow at the labels that open a table, at headings, and where a label fits only another table."""
    regions: list[Region] = []
    current: Region | None = None
    taking: list[Token] | None = None  # the cells of the current region, unless it is interrupted
    for item in flow:
        if isinstance(item, Line):
            if current and item.heading:
                current = taking = None
            elif current and item.text.strip():
                current.interrupted = True
                taking = None
            continue
        label = item.label
        if not label.isascii() and has_word(label):
            current = _next_region(label, current, regions)
            taking = None
            if current and not current.interrupted:
                taking = current.tokens
                current.worded.append(len(taking))
        if taking is not None:
            taking.append(item)
    return regions


def _next_region(label: str, current: Region | None, regions: list[Region]) -> Region | None:
    tables, possible, rows, opened, strict = _known(label)
    if not tables:
        return current
    if current and opened and (current.has_rows or current.tables.isdisjoint(opened)):
        current = None
    if current is None:
        if not (opened or (rows and strict)):
            return None
        current = Region(opened or rows)
        regions.append(current)
    elif not current.tables.isdisjoint(tables):
        if not current.tables <= tables:
            current.tables &= tables
        current.interrupted &= not rows
    elif rows and strict and not current.tables & possible:
        current = Region(rows)
        regions.append(current)
    current.has_rows |= not current.tables.isdisjoint(rows)
    return current
