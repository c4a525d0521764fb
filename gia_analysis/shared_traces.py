"""What all numbers of a table, of one of its columns or rows, are made from: told there once, not at every number."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gia_analysis.traced import Shown, Traced, Words

Trace = Mapping[str, str]


@dataclass(frozen=True)
class SharedTraces:
    """Attributes that a table tells for all of its numbers, and each column and row for theirs."""

    table: Trace
    columns: Sequence[Trace]
    rows: Sequence[Trace]

    def at(self, row: int, column: int) -> Collection[str]:
        """Return the names of the attributes that a number need not tell, since its table, column or row does."""
        return {*self.table, *self.columns[column], *self.rows[row]}


def share_traces(rows: Sequence[Sequence[Shown]]) -> SharedTraces:
    """Return what the numbers of a table have in common; what stands for one number only is left to it.

    Args:
        rows: the cells of the table, as many in each row.

    >>> cells = [[Traced(str(n), n, {"year": year, "how": how}) for how, n in (("sum", 7.0), ("median", 2.0))] for year in "89"]
    >>> told = share_traces(cells)
    >>> told.columns, told.rows
    ([{'how': 'sum'}, {'how': 'median'}], [{'year': '8'}, {'year': '9'}])
    """
    table = _common(_traces(shown for row in rows for shown in row))
    columns = [_common(_traces(column), table) for column in zip(*rows, strict=True)]
    return SharedTraces(table, columns, [_common(_traces(row), table) for row in rows])


def _common(traces: Iterable[Trace], told: Collection[str] = ()) -> dict[str, str]:
    every = list(traces)
    if len(every) < 2:
        return {}
    first, *others = every
    return {
        name: value
        for name, value in first.items()
        if name not in told and all(other.get(name) == value for other in others)
    }


def _traces(cells: Iterable[Shown]) -> Iterator[Trace]:
    for shown in cells:
        if isinstance(shown, Words):
            yield from _traces(shown.parts)
        elif isinstance(shown, Traced) and (shown.trace or shown.value is not None):
            yield shown.trace
