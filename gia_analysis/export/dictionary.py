"""The data dictionary as data: what every table, column and value means, in Chinese and English."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from gia_analysis.forms import Language, get_form, label, table_codes
from gia_analysis.schema import COLUMNS, TABLES, Kind
from gia_analysis.wording import kind_word, word


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("dictionary.toml").read_text(encoding="utf-8"))


def meaning_of_table(name: str, language: Language = "zh") -> str:
    """Return what a row of a table is.

    >>> meaning_of_table("reports", "en")
    'A row for every input, read or not.'
    """
    return str(_data()["tables"][name][language])


def meaning_of_column(name: str, language: Language = "zh") -> str:
    """Return what a column holds; its English meaning where it has no Chinese one yet."""
    return str(_data()["columns"].get(name, COLUMNS[name].meaning)) if language == "zh" else COLUMNS[name].meaning


def columns_without_chinese() -> tuple[str, ...]:
    """Return the columns of the schema for which ``dictionary.toml`` has no meaning in Chinese."""
    return tuple(name for name in COLUMNS if name not in _data()["columns"])


def unit_of_column(name: str, language: Language = "zh") -> str:
    """Return the unit of a column; empty where it has none."""
    return str(_data()["units"].get(name, {}).get(language, ""))


def meaning_of_value(column: str, value: str, language: Language = "zh") -> str:
    """Return what a value of a column means; empty where nothing is known of it.

    >>> meaning_of_value("kind", "na", "en"), meaning_of_value("form", "2021", "en")
    ('marked not applicable', 'form of 2021, in force since the report year 2021')
    """
    own = _data()["values"].get(column, {}).get(value)
    if own:
        return str(own[language])
    if column == "form":
        return _form_words(value, language)
    if column == "table":
        return label(value, language=language)
    if column == "kind":
        return kind_word(Kind(value), language)
    if word(value, "zh") != value:
        return word(value, language)
    return _label(value, language) if column == "topic" else ""


def _label(code: str, language: Language) -> str:
    """Return the label, without its number, of a code that some form has; empty where none has it."""
    labels = (label(table, code, language, short=True) for table in table_codes())
    return next((each for each in labels if each != code), "")


def _form_words(form: str, language: Language) -> str:
    first, last = get_form(form).first_year, get_form(form).last_year
    if language == "zh":
        return f"{form}版，适用于{first}年度起" if last is None else f"{form}版，适用于{first}—{last}年度"
    return f"form of {form}, " + (
        f"in force since the report year {first}" if last is None else f"for the report years {first}–{last}"
    )


def values_of(column: str) -> tuple[str, ...]:
    """Return the values that a column may hold, where they are a list: those of the schema, or the known codes."""
    if column == "topic":
        return _topics()
    return COLUMNS[column].allowed or tuple(_data()["codes"].get(column, ()))


@cache
def _topics() -> tuple[str, ...]:
    rules = tomllib.loads(files("gia_analysis.forms").joinpath("sections.toml").read_text(encoding="utf-8"))["topics"]
    return tuple(dict.fromkeys(str(rule["code"]) for rule in rules))


def dictionary_frame(tables: Iterable[str] = TABLES) -> pd.DataFrame:
    """Return the data dictionary of the tables named: a row for every column of every table, texts in both languages.

    Allowed values are parted by ``;``. ``required`` is ``yes`` where nothing may be missing. Missing where there is
    no unit or no list of values.
    """
    rows = [
        {
            "table": table,
            "column": name,
            "type": COLUMNS[name].type,
            "unit": unit_of_column(name, "en") or None,
            "required": "yes" if COLUMNS[name].required else "no",
            "label_en": COLUMNS[name].en,
            "label_zh": COLUMNS[name].zh,
            "allowed": ";".join(COLUMNS[name].allowed) or None,
            "meaning_en": meaning_of_column(name, "en"),
            "meaning_zh": meaning_of_column(name, "zh"),
        }
        for table in tables
        for name in TABLES[table]
    ]
    return pd.DataFrame(rows, dtype="str")
