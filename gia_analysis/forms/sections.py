"""The chapters of a report and the wordings of their headings."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gia_analysis.forms.labels import normalise


@dataclass(frozen=True, slots=True)
class SectionKind:
    """A kind of chapter, with the patterns that a heading of it fully matches once its numeral is gone."""

    code: str
    zh: str
    en: str
    headings: tuple[re.Pattern[str], ...]


@cache
def section_kinds() -> Mapping[str, SectionKind]:
    """Return the kinds of chapter by code, in the order in which headings are tried."""
    data = tomllib.loads(files(__package__).joinpath("sections.toml").read_text(encoding="utf-8"))
    return {
        item["code"]: SectionKind(
            item["code"], item["zh"], item["en"], tuple(re.compile(normalise(text)) for text in item["headings"])
        )
        for item in data["sections"]
    }
