"""The relations of one statutory table as arrays: which cells stand in which, and with which sign."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt

from gia_analysis.forms import Column, Row, Severity, Sum, Table, get_form
from gia_analysis.grids import Flags, Numbers

Places = npt.NDArray[np.intp]

TOLERANCE = 1e-6
CARRY = "X_CARRY"
CARRIED_IN, CARRIED_OUT = "carried_in", "carried_out"


@dataclass(frozen=True, slots=True)
class Relation:
    """One sum at one place. Cells are numbers of the table's cells, row after row; signs are those in left - right.

    ``name`` is how the table ``checks`` lists its cells. A carry-over is an equation of one cell, whose other side stands
    in the report of last year (``carried_in``) or of next year (``carried_out``).
    """

    code: str
    place: str
    severity: Severity
    relation: str
    left: tuple[int, ...]
    right: tuple[int, ...]
    signs: tuple[float, ...]
    name: str
    left_is_max: bool = False

    @property
    def cells(self) -> tuple[int, ...]:
        return self.left + self.right


@dataclass(frozen=True)
class System:
    """The relations of a table of a form: ``equations`` (sums that must be equal), then ``bounds`` (all others)."""

    table: Table
    equations: tuple[Relation, ...]
    bounds: tuple[Relation, ...]

    @cached_property
    def cells(self) -> tuple[tuple[Row, Column], ...]:
        return tuple((row, column) for row in self.table.rows for column in self.table.columns)

    @cached_property
    def matrix(self) -> Numbers:
        """Equations × cells: by how much an equation's left minus right grows when a cell grows by one."""
        matrix = np.zeros((len(self.equations), len(self.cells)))
        for number, equation in enumerate(self.equations):
            for cell, sign in zip(equation.cells, equation.signs, strict=True):
                matrix[number, cell] += sign
        return matrix

    @cached_property
    def hard(self) -> Flags:
        """Which equations must hold: the hard sums, and the carry-over."""
        return np.array([each.severity == "hard" for each in self.equations], dtype=bool)

    @cached_property
    def sums(self) -> Flags:
        """Which equations are hard sums inside the table: what a hint is there to mend."""
        return np.array([each.severity == "hard" and each.code != CARRY for each in self.equations], dtype=bool)

    @cached_property
    def signed(self) -> Flags:
        return np.array(
            [self.table.type_of(row.code, column.code) == "signed" for row, column in self.cells], dtype=bool
        )

    @cached_property
    def money(self) -> Flags:
        return np.array(
            [self.table.type_of(row.code, column.code) == "money" for row, column in self.cells], dtype=bool
        )

    @cached_property
    def bounds_by_cell(self) -> tuple[tuple[int, ...], ...]:
        return tuple(
            tuple(number for number, bound in enumerate(self.bounds) if cell in bound.cells)
            for cell in range(len(self.cells))
        )

    @cached_property
    def row_sums(self) -> tuple[Relation, ...]:
        """The equations in which all cells of a row stand, the total last: where a shifted row shows."""
        width = len(self.table.columns)
        return tuple(
            each
            for each in self.equations
            if len(each.left) == 1 and len(each.cells) == width and max(each.cells) == each.left[0]
            and each.left[0] % width == width - 1 and len({cell // width for cell in each.cells}) == 1
        )  # fmt: skip

    def row_cells(self, row: str) -> range:
        """Return the numbers of the cells of a row."""
        width = len(self.table.columns)
        start = [each.code for each in self.table.rows].index(row) * width
        return range(start, start + width)


def incident(effects: Numbers) -> tuple[Places, Numbers]:
    """Return for each column of ``effects`` (equations × changes) the equations it touches, and how much.

    Both are changes × the largest number of equations touched; beyond a change's own stands the number after the last
    equation, with no effect.
    """
    count, changes = effects.shape
    most = max(int((effects != 0).sum(axis=0).max(initial=0)), 1)
    places = np.full((changes, most), count, dtype=np.intp)
    sizes = np.zeros((changes, most))
    for change in range(changes):
        touched = np.flatnonzero(effects[:, change])
        places[change, : len(touched)] = touched
        sizes[change, : len(touched)] = effects[touched, change]
    return places, sizes


@cache
def system_of(form_id: str, table_code: str) -> System:
    """Return the relations of a table of a form.

    Raises:
        FormError: there is no such form or table.
    """
    form = get_form(form_id)
    table = form.table(table_code)
    every = [each for rule in form.sums if table_code in rule.tables for each in _at_every_place(table, rule)]
    equations = [each for each in every if each.relation == "=" and not each.left_is_max]
    bounds = [each for each in every if each.relation != "=" or each.left_is_max]
    return System(table, (*equations, *_carry_over(table)), tuple(bounds))


def _at_every_place(table: Table, rule: Sum) -> Iterator[Relation]:
    down = rule.over == "columns"
    for place in table.columns if down else table.rows:
        left, right = (
            [_number(table, *((code, place.code) if down else (place.code, code))) for code in _plain(side)]
            for side in (rule.left, rule.right)
        )
        signs = [*_signs(rule.left, 1.0), *_signs(rule.right, -1.0)]
        codes = [(code, place.code) if down else (place.code, code) for code in _plain((*rule.left, *rule.right))]
        name = ";".join(f"{table.code}.{row}.{column}" for row, column in codes)
        yield Relation(
            rule.code, place.code, rule.severity, rule.relation, tuple(left), tuple(right), tuple(signs), name,
            rule.left_of == "max",
        )  # fmt: skip


def _carry_over(table: Table) -> Iterator[Relation]:
    if CARRIED_IN in table.row_by_code and CARRIED_OUT in table.row_by_code:
        for row in (CARRIED_IN, CARRIED_OUT):
            for column in table.columns:
                cell = _number(table, row, column.code)
                name = f"{table.code}.{row}.{column.code}"
                yield Relation(CARRY, column.code, "hard", "=", (cell,), (), (1.0,), name)


def _number(table: Table, row: str, column: str) -> int:
    rows, columns = ([each.code for each in items] for items in (table.rows, table.columns))
    return rows.index(row) * len(columns) + columns.index(column)


def _plain(codes: Sequence[str]) -> list[str]:
    return [code.removeprefix("-") for code in codes]


def _signs(codes: Sequence[str], side: float) -> list[float]:
    return [-side if code.startswith("-") else side for code in codes]
