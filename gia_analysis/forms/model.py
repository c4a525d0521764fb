"""The statutory forms as objects: what each version of the report asks for, under which label, in which unit.

A version is one TOML file beside this module; ``forms()`` finds them all. Nothing here reads a report.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal

from gia_analysis.errors import FormError

CellType = Literal["count", "signed", "money"]
Language = Literal["zh", "en"]
Severity = Literal["hard", "soft", "info"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a statutory table."""

    code: str
    zh: str
    en: str
    type: CellType
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A label over several rows that carries no figure itself, such as （三）不予公开."""

    code: str
    zh: str
    en: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a statutory table. ``unit`` and ``type``, where given, stand above the column's."""

    code: str
    zh: str
    en: str
    group: str | None = None
    unit: str | None = None
    type: CellType | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A cell of a table's head, with how many rows and columns it spans."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Table:
    """A statutory table: its head, columns, groups and rows in the order in which they are printed.

    ``shape`` is ``rows`` (one line of the form per row) or ``wide`` (all rows side by side in one line of figures).
    ``computed`` names rows that together make up a code which this form does not print as a group. ``local_columns``
    stand in place of the columns, and ``local_heads`` beside them, in the tables of some places. ``needs_head`` says
    that without the head of a column its figures cannot be told apart.
    """

    code: str
    zh: str
    en: str
    chapter: str
    shape: Literal["rows", "wide"]
    label_columns: int
    opens: tuple[str, ...]
    header: tuple[tuple[HeaderCell, ...], ...]
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    rows: tuple[Row, ...]
    unit_column: bool = False
    group_rows: bool = False
    computed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    local_columns: tuple[Column, ...] = ()
    local_heads: tuple[str, ...] = ()
    needs_head: bool = False
    open_ended: bool = False

    @cached_property
    def column_by_code(self) -> Mapping[str, Column]:
        return {column.code: column for column in self.columns}

    @cached_property
    def row_by_code(self) -> Mapping[str, Row]:
        return {row.code: row for row in self.rows}

    @cached_property
    def group_by_code(self) -> Mapping[str, Group]:
        return {group.code: group for group in self.groups}

    def groups_of(self, row: Row) -> tuple[Group, ...]:
        """Return the groups that a row stands in, the outermost first."""
        found: list[Group] = []
        code = row.group
        while code:
            group = self.group_by_code[code]
            found.append(group)
            code = group.parent
        return tuple(reversed(found))

    def rows_of(self, group: str) -> tuple[str, ...]:
        """Return the codes of all rows that stand in a group, directly or below it, or make up a computed code."""
        if group in self.computed:
            return self.computed[group]
        return tuple(row.code for row in self.rows if any(g.code == group for g in self.groups_of(row)))

    def type_of(self, row: str, column: str) -> CellType:
        return self.row_by_code[row].type or self.column_by_code[column].type

    def unit_of(self, row: str, column: str) -> str | None:
        """Return the unit that the form itself gives a cell; None where it gives none."""
        return self.row_by_code[row].unit or self.column_by_code[column].unit


@dataclass(frozen=True, slots=True)
class Sum:
    """A relation (勾稽关系) that the figures of a table must satisfy.

    ``left`` and ``right`` list row codes (``over="columns"``: it holds in each column) or column codes
    (``over="rows"``: in each row); a code after ``-`` is subtracted; ``left_of="max"`` takes the largest instead.
    """

    code: str
    tables: tuple[str, ...]
    over: Literal["columns", "rows"]
    left: tuple[str, ...]
    relation: Literal["=", "<=", ">="]
    right: tuple[str, ...]
    severity: Severity
    zh: str
    en: str
    left_of: Literal["sum", "max"] = "sum"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the report that a form prescribes."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True)
class Form:
    """One version of the statutory form. ``last_year`` is None while it is in force."""

    id: str
    first_year: int
    last_year: int | None
    source: str
    signature: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    tables: tuple[Table, ...]
    sums: tuple[Sum, ...]

    def prescribed_for(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    @cached_property
    def table_by_code(self) -> Mapping[str, Table]:
        return {table.code: table for table in self.tables}

    def table(self, code: str) -> Table:
        """Return a table of this form.

        Raises:
            FormError: the form has no table of that code; the message names those it has.
        """
        try:
            return self.table_by_code[code]
        except KeyError:
            raise FormError.unknown("table", code, self.table_by_code, where=f"form {self.id}") from None

    def cells(self) -> Iterator[tuple[Table, Row, Column]]:
        """Yield every data cell of the form, in the order of the form."""
        for table in self.tables:
            for row in table.rows:
                for column in table.columns:
                    yield table, row, column


def _table(data: dict[str, Any]) -> Table:
    return Table(
        code=data["code"],
        zh=data["zh"],
        en=data["en"],
        chapter=data["chapter"],
        shape=data["shape"],
        label_columns=data["label_columns"],
        opens=tuple(data["opens"]),
        header=tuple(tuple(HeaderCell(**cell) for cell in row) for row in data["header"]),
        columns=tuple(Column(**column) for column in data["columns"]),
        groups=tuple(Group(**group) for group in data.get("groups", ())),
        rows=tuple(Row(**row) for row in data["rows"]),
        unit_column=data.get("unit_column", False),
        group_rows=data.get("group_rows", False),
        computed={code: tuple(rows) for code, rows in data.get("computed", {}).items()},
        local_columns=tuple(Column(**column) for column in data.get("local_columns", ())),
        local_heads=tuple(data.get("local_heads", ())),
        needs_head=data.get("needs_head", False),
        open_ended=data.get("open_ended", False),
    )


def _sum(data: dict[str, Any]) -> Sum:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    return Sum(**values)


def _form(data: dict[str, Any]) -> Form:
    return Form(
        id=data["id"],
        first_year=data["first_year"],
        last_year=data.get("last_year"),
        source=data["source"],
        signature=tuple(data["signature"]),
        chapters=tuple(Chapter(**chapter) for chapter in data["chapters"]),
        tables=tuple(_table(table) for table in data["tables"]),
        sums=tuple(_sum(each) for each in data["sums"]),
    )


@cache
def forms() -> Mapping[str, Form]:
    """Return every form version by its id, the oldest first. Each is one TOML file in this folder with ``first_year``."""
    found = []
    for file in files(__package__).iterdir():
        if file.name.endswith(".toml"):
            data = tomllib.loads(file.read_text(encoding="utf-8"))
            if "first_year" in data:
                found.append(_form(data))
    return {form.id: form for form in sorted(found, key=lambda form: form.first_year)}


def get_form(form: str) -> Form:
    """Return one form version.

    Raises:
        FormError: there is no such version; the message names those there are.
    """
    try:
        return forms()[form]
    except KeyError:
        raise FormError.unknown("form", form, forms()) from None


def prescribed_form(year: int) -> Form:
    """Return the form that the law prescribes for a report year.

    Raises:
        FormError: the year is before 2008, when the first reports were due.
    """
    for form in forms().values():
        if form.prescribed_for(year):
            return form
    raise FormError(f"no form is prescribed for the report year {year}: the first is 2008")


def table_codes() -> tuple[str, ...]:
    """Return the code of every table of any form, in the order of the forms."""
    return tuple(dict.fromkeys(table.code for form in reversed(list(forms().values())) for table in form.tables))
