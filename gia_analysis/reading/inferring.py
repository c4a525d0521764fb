"""Figures whose blanks vanished, put where the sums of the form allow them, if that is one place alone.

A blank counts as zero in a sum, except where a whole side of it is blank: then it says nothing, as in the checks. Nothing
is inferred in a table one of whose sums fails on the figures read for certain: there the agency's own sums are no guide.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gia_analysis.forms import Sum, Table
from gia_analysis.reading.placing import PlacedRow, Placement, numbers_of
from gia_analysis.reading.relations import Cells, Relation, relations_of

_MOST_STEPS = 1_000


@dataclass(slots=True)
class _Open:
    """A row whose figures have several places, as the cells each place gives."""

    row: PlacedRow
    keys: tuple[tuple[str, str], ...]
    choices: list[tuple[Placement, Cells]] = field(default_factory=list)


def infer(
    table: Table, sums: Iterable[Sum], rows: Sequence[PlacedRow], keys: Sequence[Sequence[tuple[str, str]]]
) -> None:
    """Place the figures of open rows where the sums leave one placement alone; such rows are marked ``inferred``.

    Args:
        table: the statutory table.
        sums: the sums of its form.
        rows: its rows, placed or open; changed in place.
        keys: for each row, the row and column code of each of its places.
    """
    pairs = list(zip(rows, keys, strict=True))
    opened = [_Open(row, tuple(names)) for row, names in pairs if row.cells is None and row.placements and _counts(row)]
    if not opened:
        return
    open_rows = {id(each.row) for each in opened}
    unread = {
        key
        for row, names in pairs
        if id(row) not in open_rows and (row.cells is None or not _readable(row))
        for key in names
    }
    places = {key for each in opened for key in each.keys}
    relations = [
        relation
        for each in sums
        for relation in relations_of(table, each)
        if not unread.intersection((*relation.left, *relation.right))
    ]
    if not places.issubset(_anchored(relations, places)):
        return
    known = _known(rows, keys)
    settled = [relation for relation in relations if not places.intersection((*relation.left, *relation.right))]
    if not all(relation.holds(known) for relation in settled):
        return
    for each in opened:
        each.choices = _choices(each.row, each.keys)
    for each, placement in _unique(opened, known, [relation for relation in relations if relation not in settled]):
        each.row.cells = [None] * len(each.keys)
        for token, column in zip(each.row.printed, placement, strict=True):
            each.row.cells[column] = token
        each.row.inferred = True
        each.row.issue = None


def _counts(row: PlacedRow) -> bool:
    """Tell whether all that an open row prints are counts or blanks."""
    numbers = numbers_of(row.printed)
    return numbers is not None and all(number is None or number >= 0 for number in numbers)


def _anchored(relations: Sequence[Relation], places: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the places that stand in a sum whose other side is not open.

    Columns are alike to the sums but for the totals below them; without those nothing tells one from another.
    """
    below = {key for relation in relations if not places.intersection(relation.left) for key in relation.right}
    return below | {key for relation in relations if not places.intersection(relation.right) for key in relation.left}


def _readable(row: PlacedRow) -> bool:
    return numbers_of(token for token in row.cells or () if token) is not None


def _known(rows: Sequence[PlacedRow], keys: Sequence[Sequence[tuple[str, str]]]) -> Cells:
    known: Cells = {}
    for row, names in zip(rows, keys, strict=True):
        for key, token in zip(names, row.cells or (), strict=False):
            numbers = numbers_of([token]) if token else None
            known[key] = numbers[0] if numbers else None
    return known


def _choices(row: PlacedRow, keys: Sequence[tuple[str, str]]) -> list[tuple[Placement, Cells]]:
    numbers = numbers_of(row.printed) or []
    found = []
    for placement in row.placements:
        cells: Cells = dict.fromkeys(keys)
        cells.update({keys[column]: number for column, number in zip(placement, numbers, strict=True)})
        found.append((placement, cells))
    return found


def _unique(opened: Sequence[_Open], known: Cells, relations: Sequence[Relation]) -> Iterator[tuple[_Open, Placement]]:
    """Yield the open rows that have the same placement in every solution; none where there are too many to try."""
    for each in opened:
        rest = frozenset(key for other in opened if other is not each for key in other.keys)
        alone = [relation for relation in relations if not rest.intersection((*relation.left, *relation.right))]
        each.choices = [
            (placement, cells)
            for placement, cells in each.choices
            if all(relation.holds({**known, **cells}) for relation in alone)
            and not any(relation.exceeded({**known, **cells}, rest) for relation in relations)
        ]
        if not each.choices:
            return
    order = sorted(opened, key=lambda each: len(each.choices))
    steps = [_MOST_STEPS]
    found: list[set[Placement]] = [set() for _ in order]
    for solution in _solutions(order, known, relations, steps):
        for seen, placement in zip(found, solution, strict=True):
            seen.add(placement)
        if all(len(seen) > 1 for seen in found):
            return
    if steps[0] <= 0:
        return
    settled = {each.row.row.code: next(iter(seen)) for each, seen in zip(order, found, strict=True) if len(seen) == 1}
    cells = dict(known)
    for each in order:
        cells.update(_chosen(each, settled.get(each.row.row.code)))
    for each in order:
        only = settled.get(each.row.row.code)
        if only is not None and _is_borne_out(_chosen(each, only), cells, relations):
            yield each, only


def _chosen(each: _Open, placement: Placement | None) -> Cells:
    return next((cells for other, cells in each.choices if other == placement), {})


def _is_borne_out(chosen: Cells, cells: Cells, relations: Sequence[Relation]) -> bool:
    """Tell whether every figure of a row stands in sums that hold, none of them with one side blank."""
    for key in (key for key, value in chosen.items() if value is not None):
        touching = [relation for relation in relations if key in relation.left or key in relation.right]
        if not touching or any(relation.says_nothing(cells) for relation in touching):
            return False
    return True


def _solutions(
    order: Sequence[_Open], known: Cells, relations: Sequence[Relation], steps: list[int]
) -> Iterator[tuple[Placement, ...]]:
    """Yield every combination of placements that satisfies all relations, as far as the steps allowed go."""
    cells = dict(known)
    rests = [frozenset(key for other in order[level + 1 :] for key in other.keys) for level in range(len(order))]
    touching = [
        [relation for relation in relations if set(each.keys).intersection((*relation.left, *relation.right))]
        for each in order
    ]
    complete = [
        [relation for relation in touching[level] if not rests[level].intersection((*relation.left, *relation.right))]
        for level in range(len(order))
    ]

    def descend(level: int, chosen: tuple[Placement, ...]) -> Iterator[tuple[Placement, ...]]:
        if level == len(order):
            yield chosen
            return
        for placement, choice in order[level].choices:
            steps[0] -= 1
            if steps[0] <= 0:
                return
            cells.update(choice)
            if all(relation.holds(cells) for relation in complete[level]) and not any(
                relation.exceeded(cells, rests[level]) for relation in touching[level]
            ):
                yield from descend(level + 1, (*chosen, placement))
        for key in order[level].keys:
            cells[key] = None

    yield from descend(0, ())
