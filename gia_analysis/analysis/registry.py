"""The indicators as objects, loaded from ``indicators.toml``: one entry is one indicator, or one for each row it names."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from gia_analysis.errors import FormError
from gia_analysis.forms import Form, Language, Table, forms, label, table_codes

IndicatorKind = Literal["count", "share", "ratio"]

DEFAULT_DISCLOSURE_RATE = "disclosure_rate_broad"


@dataclass(frozen=True, slots=True)
class Term:
    """A cell, or the sum over a group of rows, that enters an indicator."""

    table: str
    row: str
    column: str

    @classmethod
    def parse(cls, text: str) -> "Term":
        table, row, column = text.split(".")
        return cls(table, row, column)

    def rows_on(self, table: Table | None) -> tuple[str, ...]:
        """Return the rows of a table of some form that make the term up; none where the table does not have it."""
        if table is None or self.column not in table.column_by_code:
            return ()
        return table.rows_of(self.row) or ((self.row,) if self.row in table.row_by_code else ())

    def is_on(self, form: Form) -> bool:
        return bool(self.rows_on(form.table_by_code.get(self.table)))


@dataclass(frozen=True, slots=True)
class Definition:
    """How an indicator is computed for reports that have a certain table.

    ``note`` and ``zh_note`` say where this only comes near what the indicator means on the forms in force; they are
    empty where it does not.
    """

    table: str
    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...]
    note: str = ""
    zh_note: str = ""

    @property
    def terms(self) -> tuple[Term, ...]:
        return (*self.numerator, *self.denominator)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A named measure: its formula in codes, what it means, what it does not mean, and where it comes from.

    Where ``function`` is given, the registered function of that name computes it, from the indicator ``of`` if that is
    given; else the definitions do.
    """

    code: str
    zh: str
    en: str
    kind: IndicatorKind
    unit: str | None
    source: str
    en_source: str
    means: str
    zh_means: str
    means_not: str
    zh_means_not: str
    definitions: tuple[Definition, ...]
    family: str
    function: str | None = None
    of: str | None = None

    def name(self, language: Language = "zh") -> str:
        return self.zh if language == "zh" else self.en

    def meaning(self, language: Language = "zh") -> str:
        return self.zh_means if language == "zh" else self.means

    def caution(self, language: Language = "zh") -> str:
        """Return what must not be read into it."""
        return self.zh_means_not if language == "zh" else self.means_not

    def origin(self, language: Language = "zh") -> str:
        """Return who uses it or where it is derived from."""
        return self.source if language == "zh" else self.en_source

    def notes(self, language: Language = "zh") -> Mapping[str, str]:
        """Return, by table, how far the definition for it only comes near the others."""
        found = {each.table: each.zh_note if language == "zh" else each.note for each in self.definitions}
        return {table: note for table, note in found.items() if note}

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms whose reports can have it, the oldest first."""
        if self.of is not None:
            return get_indicator(self.of).forms
        if self.function is not None:
            return tuple(forms())
        return tuple(
            form.id
            for form in forms().values()
            if any(
                each.table in form.table_by_code and all(term.is_on(form) for term in each.terms)
                for each in self.definitions
            )
        )

    @property
    def has_interval(self) -> bool:
        """Whether a report's value has an interval: a share of cases has, one of facts about the report has not."""
        return self.kind == "share" and self.function is None


@cache
def indicators() -> Mapping[str, Indicator]:
    """Return every indicator by its code, in the order of the registry."""
    data = tomllib.loads(files(__package__).joinpath("indicators.toml").read_text(encoding="utf-8"))
    return {item.code: item for family, entry in data.items() for item in _indicators(family, entry)}


def get_indicator(code: str) -> Indicator:
    """Return one indicator.

    Raises:
        FormError: there is none of that code; the message names the nearest.
    """
    try:
        return indicators()[code]
    except KeyError:
        raise FormError.unknown("indicator", code, indicators()) from None


def _indicators(family: str, entry: Mapping[str, Any]) -> Iterator[Indicator]:
    if "each" not in entry:
        yield _indicator(family, entry, family, "", entry["zh"], entry["en"])
        return
    table, _, group = entry["each"].partition(".")
    for code in _members(table, group):
        zh = f"{entry['zh']}：{label(table, code, 'zh', short=True)}"
        en = f"{entry['en']}: {label(table, code, 'en')}"
        yield _indicator(family, entry, f"{family}.{code}", code, zh, en)


def _members(table: str, group: str) -> list[str]:
    """Return the rows of a group, or the columns but the total, over all forms that have the table."""
    tables = [form.table(table) for form in forms().values() if table in form.table_by_code]
    if group == "columns":
        return list(dict.fromkeys(each.code for found in tables for each in found.columns if each.code != "total"))
    return list(dict.fromkeys(code for found in tables for code in found.rows_of(group)))


def _indicator(family: str, entry: Mapping[str, Any], code: str, member: str, zh: str, en: str) -> Indicator:
    found = [_definition(table, entry[table], member) for table in table_codes() if table in entry]
    return Indicator(
        code=code, zh=zh, en=en, kind=entry["kind"], unit=entry.get("unit"), source=entry["source"],
        en_source=entry["en_source"], means=entry["means"], zh_means=entry["zh_means"], means_not=entry["means_not"],
        zh_means_not=entry["zh_means_not"], definitions=tuple(each for each in found if each is not None),
        family=family, function=entry.get("function"), of=entry.get("of"),
    )  # fmt: skip


def _definition(table: str, entry: Mapping[str, Any], member: str) -> Definition | None:
    """Return a definition; None where the entry says which members of a family the table has, and this is not one.

    ``members`` gives, for those that it has, the cells that stand for {} in the numerator.
    """
    members: Mapping[str, list[str]] | None = entry.get("members")
    if members is not None and member not in members:
        return None
    given = entry["numerator"] if members is None else members[member]
    return Definition(
        table,
        tuple(Term.parse(term.replace("{}", member)) for term in given),
        tuple(Term.parse(term.replace("{}", member)) for term in entry.get("denominator", ())),
        entry.get("note", ""),
        entry.get("zh_note", ""),
    )
