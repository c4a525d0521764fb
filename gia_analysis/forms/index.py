"""Looking printed labels up: which slot of which table of which form a text may be."""

import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from gia_analysis.forms.labels import MatchStep, depth_of, normalise, variants, without_enumerator, without_parenthesis
from gia_analysis.forms.model import CellType, Column, Form, Table, forms

_LEAST_LIKENESS = 0.8
_LEAST_LEAD = 0.1
_LEAST_PART = 0.6  # of the longer label, where one is a part of the other
_SHORTEST_NEAR = 4
_ROWS_AHEAD = 6
_MOST_REMEMBERED = 2_000


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


class Place(NamedTuple):
    """A cell of the form: the code of its column, its type and its unit."""

    column: str
    type: CellType
    unit: str | None


@cache
def aliases() -> Mapping[str, tuple[str, ...]]:
    """Return other printed forms of official labels, both sides normalised."""
    data = tomllib.loads(files(__package__).joinpath("labels.toml").read_text(encoding="utf-8"))
    return {normalise(official): tuple(map(normalise, seen)) for official, seen in data["aliases"].items()}


@cache
def names_of(label: str) -> tuple[str, ...]:
    """Return the names that an official label is known by, all normalised: itself first, then its aliases."""
    official = normalise(label)
    return (official, *aliases().get(official, ()))


def slots_of(table: Table) -> tuple[Slot, ...]:
    """Return the labels of a table in the order in which they are printed: head first, then groups and rows."""
    items: list[tuple[Literal["header", "group", "row"], str, str]] = [
        ("header", "", cell.text) for row in table.header for cell in row
    ]
    printed = {text for _, _, text in items}
    local = (*table.local_heads, *(column.zh for column in table.local_columns))
    items += [("header", "", text) for text in local if text not in printed]
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
            official, *others = names_of(slot.label)
            self._add(official, slot, MatchStep.EXACT)
            for alias in others:
                self._add(alias, slot, MatchStep.ALIAS)
        local = {*table.local_heads, *(column.zh for column in table.local_columns)}
        printed = {cell.text for row in table.header for cell in row} - local
        self.always_printed = tuple(
            slot for slot in self.slots if slot.kind == "group" or (slot.kind == "header" and slot.label in printed)
        )
        self._cache: dict[str, tuple[Hit, ...]] = {}
        self.labels = frozenset(self._hits)
        last = {normalise(slot.label): slot.position for slot in self.slots if slot.kind == "row"}
        self._repeated_later = frozenset(
            slot.position for slot in self.slots if slot.kind == "row" and last[normalise(slot.label)] > slot.position
        )
        self.row_labels = frozenset(normalise(slot.label) for slot in self.slots if slot.kind == "row")
        self.row_codes = tuple(row.code for row in table.rows)
        self.required_codes = tuple(row.code for row in table.rows if not row.optional)
        self.optional_codes = frozenset(row.code for row in table.rows if row.optional)
        self._types: Mapping[str, Mapping[str, tuple[CellType, str | None]]] = {
            row.code: {
                column.code: (row.type or column.type, row.unit or column.unit)
                for column in (*table.local_columns, *table.columns)
            }
            for row in table.rows
        }
        self._own_places = self._places(table.columns)
        self._local_places = self._places(table.local_columns)
        heads = {normalise(slot.label): slot.position for slot in self.slots if slot.kind == "header"}
        self.serial_header = heads.get("序号")
        self.code_header = heads.get("代码")
        columns = (*table.columns, *table.local_columns)
        self._head_of = {column.zh: heads.get(normalise(column.zh), -1) for column in columns}
        own = {column.code for column in table.columns}
        self._local_heads = frozenset(
            self._heads_of(column for column in table.local_columns if column.code not in own)
        )
        self._positions_of_heads = frozenset(self._head_of.values())
        self._own_column_heads = self._heads_of(table.columns)
        self._local_column_heads = self._heads_of(table.local_columns)

    def _heads_of(self, columns: Iterable[Column]) -> tuple[int, ...]:
        return tuple(position for column in columns if (position := self._head_of[column.zh]) >= 0)

    def _places(self, columns: Sequence[Column]) -> Mapping[str, Sequence[Place]]:
        return {
            row: [Place(column.code, *types[column.code]) for column in columns] for row, types in self._types.items()
        }

    def types_of(self, row: str) -> Mapping[str, tuple[CellType, str | None]]:
        """Return the type and unit of each cell of a row by column code; nothing for a row that the form does not have."""
        return self._types.get(row, {})

    def places_in(self, row: str, columns: Sequence[Column]) -> Sequence[Place]:
        """Return the cells of a row in the columns that ``columns_of`` gives, by the columns' types where the row is new."""
        known = self._local_places if columns is self.table.local_columns else self._own_places
        return known.get(row) or [Place(column.code, column.type, column.unit) for column in columns]

    def columns_of(self, heads: Collection[int]) -> tuple[Column, ...]:
        """Return the columns that a printed table has: the local ones where one that only they have was found."""
        return self.table.local_columns if self._is_local(heads) else self.table.columns

    def column_heads(self, heads: Collection[int]) -> tuple[int, ...]:
        """Return the positions of the heads of those columns."""
        return self._local_column_heads if self._is_local(heads) else self._own_column_heads

    def _is_local(self, heads: Collection[int]) -> bool:
        return bool(self._local_heads) and not self._local_heads.isdisjoint(heads)

    def head_of(self, column: Column) -> int:
        """Return the position of the head of a column; -1 where it has none."""
        return self._head_of[column.zh]

    def has_columns(self, heads: Collection[int]) -> bool:
        """Tell whether the head found is enough to know the columns, where the table needs one for that."""
        return not self.table.needs_head or not self._positions_of_heads.isdisjoint(heads)

    def find_near(self, label: str, after: int, present: Collection[str], heads: Collection[int] | None) -> Hit | None:
        """Return the one slot that a label is but for a small difference; None where none or several are as near.

        Args:
            label: a normalised label.
            after: only rows after this position, and only the next few, are looked at.
            present: the labels that the table has elsewhere; their slots are not looked at.
            heads: positions of the head that were found; None where the head is over.
        """
        bare = without_parenthesis(without_enumerator(label))
        if len(bare) < _SHORTEST_NEAR:
            return None
        begin = max(after + 1, self.header_count)
        ahead = list(self._next_slots(begin))
        if heads is not None:
            ahead += [slot for slot in self.slots[: self.header_count] if slot.position not in heads]
        scored = sorted(
            (
                (_likeness(bare, slot), -slot.position, slot)
                for slot in ahead
                if not any(name in present for name in names_of(slot.label))
            ),
            key=lambda each: each[:2],
            reverse=True,
        )
        if not scored or scored[0][0] < _LEAST_LIKENESS:
            return None
        rivals = [score for score, _, slot in scored[1:] if slot.label != scored[0][2].label]
        return None if rivals and scored[0][0] - rivals[0] < _LEAST_LEAD else Hit(scored[0][2], MatchStep.NEAR)

    def _next_slots(self, begin: int) -> Iterator[Slot]:
        """Yield the next few labels, and the optional ones between them."""
        left = _ROWS_AHEAD
        for slot in self.slots[begin:]:
            optional = slot.kind == "row" and self.table.row_by_code[slot.code].optional
            left -= not optional
            if left < 0:
                return
            yield slot

    def skips_its_like(self, hit: Hit, after: int) -> bool:
        """Tell whether a label that the table has again further on is met before the row it belongs under.

        ``after`` is the position of the last label found. Where 四、行政复议数量 was not found, （二）被依法纠错数 may as well
        be that of 五、行政诉讼数量.
        """
        if hit.slot.position not in self._repeated_later:
            return False
        depth = depth_of(normalise(hit.slot.label))
        between = self.slots[after + 1 : hit.slot.position]
        return any(
            slot.kind == "row"
            and not self.table.row_by_code[slot.code].optional
            and depth_of(normalise(slot.label)) < depth
            for slot in between
        )

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
            if len(self._cache) < _MOST_REMEMBERED:
                self._cache[label] = found
        return found


@lru_cache(maxsize=4096)
def _likeness(bare: str, slot: Slot) -> float:
    """Return how alike a bare label and that of a slot are, from 0 to 1; a long part of it counts as nearly the same."""
    official = without_parenthesis(without_enumerator(normalise(slot.label)))
    shorter, longer = sorted((bare, official), key=len)
    if len(shorter) < _LEAST_PART * len(longer) or len(set(shorter) & set(longer)) < _LEAST_PART * len(set(shorter)):
        return 0.0
    if shorter in longer and len(shorter) >= _SHORTEST_NEAR:
        return 0.9 + 0.1 * len(shorter) / len(longer)
    return SequenceMatcher(None, bare, official, autojunk=False).ratio()


@cache
def label_indexes() -> Mapping[tuple[str, str], LabelIndex]:
    """Return the index of every table of every form, by form and table code."""
    return {(form.id, table.code): LabelIndex(form, table) for form in forms().values() for table in form.tables}


@cache
def indexes_of(table: str) -> tuple[LabelIndex, ...]:
    """Return the indexes of a table in the forms that have it, by its code."""
    return tuple(index for (_, code), index in label_indexes().items() if code == table)


@cache
def opening_labels() -> Mapping[str, frozenset[str]]:
    """Return the normalised labels that begin a table, each with the codes of the tables it may begin."""
    found: dict[str, set[str]] = defaultdict(set)
    for index in label_indexes().values():
        for label in index.table.opens:
            for text in names_of(label):
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
        for text in names_of(slot.label)
    )


@cache
def known_labels() -> frozenset[str]:
    """Return all normalised labels of all forms, those of their heads included, as official or as an alias."""
    return frozenset(
        text for index in label_indexes().values() for slot in index.slots for text in names_of(slot.label)
    )
