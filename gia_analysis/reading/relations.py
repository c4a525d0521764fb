"""The sums of a form at their places in a table: which cells must add up to which."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gia_analysis.forms import Sum, Table

_TOLERANCE = 1e-6

Cells = dict[tuple[str, str], float | None]  # by row and column code


@dataclass(frozen=True, slots=True)
class Relation:
    """One sum at one place: the cells of its sides."""

    left: tuple[tuple[str, str], ...]
    right: tuple[tuple[str, str], ...]

    def holds(self, cells: Mapping[tuple[str, str], float | None]) -> bool:
        left = [cells.get(key) for key in self.left]
        right = [cells.get(key) for key in self.right]
        if all(value is None for value in left) or all(value is None for value in right):
            return True
        return abs(sum(value or 0 for value in left) - sum(value or 0 for value in right)) <= _TOLERANCE

    def says_nothing(self, cells: Mapping[tuple[str, str], float | None]) -> bool:
        """Tell whether just one side is blank as a whole."""
        left = all(cells.get(key) is None for key in self.left)
        return left != all(cells.get(key) is None for key in self.right)

    def exceeded(self, cells: Mapping[tuple[str, str], float | None], open_: frozenset[tuple[str, str]]) -> bool:
        """Tell whether the right side is more than the left already, whatever the cells still open hold."""
        left = [cells.get(key) for key in self.left]
        if any(key in open_ for key in self.left) or all(value is None for value in left):
            return False
        right = sum(cells.get(key) or 0 for key in self.right)
        return right > sum(value or 0 for value in left) + _TOLERANCE


def relations_of(table: Table, rule: Sum) -> Iterator[Relation]:
    """Yield a sum of the form at every place of a table where it must hold; only equations of plain sums."""
    if (
        rule.relation != "="
        or table.code not in rule.tables
        or any(code.startswith("-") for code in (*rule.left, *rule.right))
    ):
        return
    for place in table.columns if rule.over == "columns" else table.rows:
        yield Relation(
            *(
                tuple((code, place.code) if rule.over == "columns" else (place.code, code) for code in side)
                for side in (rule.left, rule.right)
            )
        )
