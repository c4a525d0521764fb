"""Looking printed labels up: which slot of which table of which form a text may be."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from gia_analysis.forms.labels import MatchStep, normalise, variants
from gia_analysis.forms.model import Form, Table, forms


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a table's sequence of labels. ``code`` is that of the row or group; empty for cells of the head."""

    position: int
    kind: Literal["header", "group", "row"]
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A slot that a printed label may be, and how far it had to be loosened for that."""

    slot: Slot
    step: MatchStep


@cache
def aliases() -> Mapping[str, tuple[str, ...]]:
    """Return other printed forms of official labels, both sides normalised."""
    data = tomllib.loads(files(__package__).joinpath("labels.toml").read_text(encoding="utf-8"))
    return {normalise(official): tuple(map(normalise, seen)) for official, seen in data["aliases"].items()}


def slots_of(table: Table) -> tuple[Slot, ...]:
    """Return the labels of a table in the order in which they are printed: head first, then groups and rows."""
    items: list[tuple[Literal["header", "group", "row"], str, str]] = [
        ("header", "", cell.text) for row in table.header for cell in row
    ]
    if table.shape == "rows":
        opened: set[str] = set()
        for row in table.rows:
            for group in table.groups_of(row):
                if group.code not in opened:
                    opened.add(group.code)
                    items.append(("group", group.code, group.zh))
            items.append(("row", row.code, row.zh))
    return tuple(Slot(position, kind, code, label) for position, (kind, code, label) in enumerate(items))


class LabelIndex:
    """The labels of one table of one form, ready for look-up."""

    def __init__(self, form: Form, table: Table) -> None:
        self.form = form
        self.table = table
        self.slots = slots_of(table)
        self.header_count = sum(slot.kind == "header" for slot in self.slots)
        self._hits: dict[str, list[Hit]] = defaultdict(list)
        for slot in self.slots:
            official = normalise(slot.label)
            self._add(official, slot, MatchStep.EXACT)
            for alias in aliases().get(official, ()):
                self._add(alias, slot, MatchStep.ALIAS)
        self._cache: dict[str, tuple[Hit, ...]] = {}

    def _add(self, text: str, slot: Slot, least: MatchStep) -> None:
        for step, variant in variants(text):
            self._hits[variant].append(Hit(slot, max(step, least)))

    def find(self, label: str) -> tuple[Hit, ...]:
        """Return every slot that a normalised label may be, the strictest match first, then in printed order."""
        found = self._cache.get(label)
        if found is None:
            best: dict[int, Hit] = {}
            for step, variant in variants(label):
                for hit in self._hits.get(variant, ()):
                    loosened = Hit(hit.slot, max(step, hit.step))
                    known = best.get(hit.slot.position)
                    if known is None or loosened.step < known.step:
                        best[hit.slot.position] = loosened
            found = tuple(sorted(best.values(), key=lambda hit: (hit.step, hit.slot.position)))
            if len(self._cache) < 20_000:
                self._cache[label] = found
        return found


@cache
def label_indexes() -> Mapping[tuple[str, str], LabelIndex]:
    """Return the index of every table of every form, by form and table code."""
    return {(form.id, table.code): LabelIndex(form, table) for form in forms().values() for table in form.tables}


@cache
def opening_labels() -> Mapping[str, frozenset[str]]:
    """Return the normalised labels that begin a table, each with the codes of the tables it may begin."""
    found: dict[str, set[str]] = defaultdict(set)
    for index in label_indexes().values():
        for label in index.table.opens:
            official = normalise(label)
            for text in (official, *aliases().get(official, ())):
                found[text].add(index.table.code)
    return {text: frozenset(codes) for text, codes in found.items()}


@cache
def row_labels() -> frozenset[str]:
    """Return all normalised row and group labels of all forms: lines that are no chapter headings."""
    return frozenset(
        text
        for index in label_indexes().values()
        for slot in index.slots
        if slot.kind != "header"
        for text in (normalise(slot.label), *aliases().get(normalise(slot.label), ()))
    )
