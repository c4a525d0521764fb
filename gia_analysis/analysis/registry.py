"""The indicators as objects, loaded from ``indicators.toml``: one entry is one indicator, or one for each row it names."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from gia_analysis.errors import FormError
from gia_analysis.forms import Language, forms, label, table_codes

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


@dataclass(frozen=True, slots=True)
class Definition:
    """How an indicator is computed for reports that have a certain table."""

    table: str
    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A named measure: its formula in codes, what it means, and where the definition comes from."""

    code: str
    zh: str
    en: str
    kind: IndicatorKind
    unit: str | None
    source: str
    means: str
    zh_means: str
    definitions: tuple[Definition, ...]
    family: str

    def name(self, language: Language = "zh") -> str:
        return self.zh if language == "zh" else self.en

    def meaning(self, language: Language = "zh") -> str:
        return self.zh_means if language == "zh" else self.means


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
    definitions = tuple(
        Definition(
            table,
            tuple(Term.parse(term.replace("{}", member)) for term in entry[table]["numerator"]),
            tuple(Term.parse(term.replace("{}", member)) for term in entry[table].get("denominator", ())),
        )
        for table in table_codes()
        if table in entry
    )
    return Indicator(
        code=code, zh=zh, en=en, kind=entry["kind"], unit=entry.get("unit"), source=entry["source"],
        means=entry["means"], zh_means=entry["zh_means"], definitions=definitions, family=family,
    )  # fmt: skip
