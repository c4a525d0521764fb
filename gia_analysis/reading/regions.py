"""Which cells belong to which statutory table: the flow cut into regions, each with the tables it may be."""

from dataclasses import dataclass, field
from functools import lru_cache

from gia_analysis.forms import MatchStep, label_indexes, opening_labels
from gia_analysis.reading.flow import Flow, Line, Token, has_word


@dataclass(slots=True)
class Region:
    """A run of cells that may be one statutory table, and the codes of the tables its labels allow."""

    tables: frozenset[str]
    tokens: list[Token] = field(default_factory=list)
    has_rows: bool = False
    interrupted: bool = False


@lru_cache(maxsize=8_192)
def _known(label: str) -> tuple[frozenset[str], frozenset[str], frozenset[str], bool]:
    """Return the tables a label fits best, those it may belong to at all, those of which it is a row, and if strictly."""
    steps: dict[str, int] = {}
    row_steps: dict[str, int] = {}
    for (_, table), index in label_indexes().items():
        for hit in index.find(label):
            steps[table] = min(hit.step, steps.get(table, 9))
            if hit.slot.kind != "header":
                row_steps[table] = min(hit.step, row_steps.get(table, 9))
    if not steps:
        return frozenset(), frozenset(), frozenset(), False
    best = min(steps.values())
    tables = frozenset(table for table, step in steps.items() if step == best)
    rows = frozenset(table for table, step in row_steps.items() if step == best)
    return tables, frozenset(steps), rows, best <= MatchStep.ALIAS


def find_regions(flow: Flow) -> list[Region]:
    """Cut the flow at the labels that open a table, at headings, and where a label fits only another table."""
    regions: list[Region] = []
    current: Region | None = None
    for item in flow:
        if isinstance(item, Line):
            if current and item.heading:
                current = None
            elif current and item.text.strip():
                current.interrupted = True
            continue
        if has_word(item.label):
            current = _next_region(item, current, regions)
        if current and not current.interrupted:
            current.tokens.append(item)
    return regions


def _next_region(token: Token, current: Region | None, regions: list[Region]) -> Region | None:
    tables, possible, rows, strict = _known(token.label)
    if not tables:
        return current
    opened = opening_labels().get(token.label)
    if current and opened and (current.has_rows or not current.tables & opened):
        current = None
    if current is None:
        if not (opened or (rows and strict)):
            return None
        current = Region(opened or rows)
        regions.append(current)
    elif current.tables & tables:
        current.tables &= tables
        current.interrupted &= not rows
    elif rows and strict and not current.tables & possible:
        current = Region(rows)
        regions.append(current)
    current.has_rows |= bool(current.tables & rows)
    return current
