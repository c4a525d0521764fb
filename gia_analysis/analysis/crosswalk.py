"""The crosswalk between the statutory forms, from ``crosswalk.toml``: which cells of which form make up a long series."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from gia_analysis.analysis.registry import Term
from gia_analysis.errors import FormError
from gia_analysis.forms import Language, get_form


@dataclass(frozen=True, slots=True)
class Correspondence:
    """The cells that make up a series on one form, or on several that ask the same.

    ``exact`` is false where they are the nearest these forms have; ``zh`` and ``en`` then say what differs.
    """

    forms: tuple[str, ...]
    terms: tuple[Term, ...]
    exact: bool
    zh: str
    en: str

    def note(self, language: Language = "zh") -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class LongSeries:
    """A quantity that can be followed over the years: what it is, and its cells on each version of the form."""

    code: str
    zh: str
    en: str
    unit: str
    means: str
    zh_means: str
    source: str
    on: tuple[Correspondence, ...]

    def name(self, language: Language = "zh") -> str:
        return self.zh if language == "zh" else self.en

    def meaning(self, language: Language = "zh") -> str:
        return self.zh_means if language == "zh" else self.means

    def on_form(self, form: str) -> Correspondence | None:
        """Return what makes up the series on a form; None where the form does not ask for it."""
        return next((each for each in self.on if form in each.forms), None)

    def cells(self, form: str) -> tuple[str, ...]:
        """Return the cells (``table.row.col``) that make up the series on a form, groups as their rows.

        Raises:
            FormError: the crosswalk names a cell that the form does not have.
        """
        found = self.on_form(form)
        return tuple(cell for term in found.terms for cell in _cells_of(term, form)) if found else ()


@cache
def crosswalk() -> Mapping[str, LongSeries]:
    """Return every long series by its code, in the order of the crosswalk."""
    data = tomllib.loads(files(__package__).joinpath("crosswalk.toml").read_text(encoding="utf-8"))
    return {code: _series(code, entry) for code, entry in data.items()}


def get_series(code: str) -> LongSeries:
    """Return one long series.

    Raises:
        FormError: there is none of that code; the message names the nearest.
    """
    try:
        return crosswalk()[code]
    except KeyError:
        raise FormError.unknown("series", code, crosswalk()) from None


def _series(code: str, entry: Mapping[str, Any]) -> LongSeries:
    texts = {name: str(entry[name]) for name in ("zh", "en", "unit", "means", "zh_means", "source")}
    return LongSeries(code=code, on=tuple(_correspondence(each) for each in entry["on"]), **texts)


def _correspondence(entry: Mapping[str, Any]) -> Correspondence:
    return Correspondence(
        forms=tuple(entry["forms"]),
        terms=tuple(Term.parse(cell) for cell in entry["cells"]),
        exact=entry["match"] == "exact",
        zh=entry.get("zh", ""),
        en=entry.get("en", ""),
    )


def _cells_of(term: Term, form: str) -> tuple[str, ...]:
    table = get_form(form).table(term.table)
    rows = table.rows_of(term.row) or (term.row,)
    if term.column not in table.column_by_code or any(row not in table.row_by_code for row in rows):
        names = [f"{row.code}.{column.code}" for row in table.rows for column in table.columns]
        raise FormError.unknown("cell", f"{term.row}.{term.column}", names, where=f"form {form}, table {table.code}")
    return tuple(f"{term.table}.{row}.{term.column}" for row in rows)
