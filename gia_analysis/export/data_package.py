"""A Frictionless Data Package: CSV files and a ``datapackage.json`` that says what every column is.

The CSV files are guarded as ``delimited`` says; the description of the package says so too.
Source of the format: Data Package and Table Schema, version 1 (specs.frictionlessdata.io).
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from gia_analysis.export.citation import Citation
from gia_analysis.export.delimited import read_delimited, write_delimited
from gia_analysis.export.dictionary import meaning_of_column, meaning_of_table, unit_of_column
from gia_analysis.export.frames import PRIMARY_KEYS, Tables
from gia_analysis.schema import COLUMNS, KEY, TABLES, Type

_TYPES: Mapping[Type, str] = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "date": "date",
    "flag": "boolean",
}
_DESCRIPTIONS = {
    "en": "Tidy tables read from government information disclosure annual reports. An apostrophe before a text guards "
    "spreadsheets from formulas, or marks an empty text: take one from the beginning of every text that has one.",
    "zh": "由政府信息公开工作年度报告读出的规整数据表。"
    "文本前的撇号用于防止电子表格将其当作公式，或表示空文本：凡以撇号开头的文本，去掉一个撇号即为原文。",
}


def write(tables: Tables, place: Path, citation: Citation) -> None:
    """Write the tables and their description into a folder. The same corpus gives the same bytes."""
    for name, frame in tables.items():
        write_delimited(name, frame, place / f"{name}.csv")
    described = _package(tables, place, citation)
    text = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    (place / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")


def _package(tables: Tables, place: Path, citation: Citation) -> dict[str, object]:
    years = citation.years()
    created = {"created": f"{citation.published.isoformat()}T00:00:00Z"} if citation.published else {}
    return {
        "profile": "tabular-data-package",
        "name": "gia-corpus",
        "id": citation.content,
        "version": citation.version,
        "title": f"Government information disclosure annual reports{f', {years}' if years else ''}",
        "titles": {
            "en": "Government information disclosure annual reports",
            "zh": "政府信息公开工作年度报告",
        },
        "description": _DESCRIPTIONS["en"],
        "descriptions": _DESCRIPTIONS,
        "citation": {"en": citation.text("en"), "zh": citation.text("zh")},
        **created,
        "licenses": [
            {"name": "MIT", "title": "MIT, for the tables and what was computed; the reports are the agencies' own"}
        ],
        "sources": [
            {
                "title": "政府信息公开工作年度报告 (annual reports under article 50 of the Regulation on Open Government "
                "Information; before 2019 article 32), published by the agencies that the table reports names"
            }
        ],
        "resources": [_resource(name, tables, place / f"{name}.csv") for name in tables],
    }


def _resource(name: str, tables: Tables, path: Path) -> dict[str, object]:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": path.name,
        "description": meaning_of_table(name, "en"),
        "descriptions": {"en": meaning_of_table(name, "en"), "zh": meaning_of_table(name, "zh")},
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": _schema(name, tables),
    }


def _schema(name: str, tables: Tables) -> dict[str, object]:
    schema: dict[str, object] = {"fields": [_field(column) for column in TABLES[name]], "missingValues": [""]}
    if name in PRIMARY_KEYS:
        schema["primaryKey"] = list(PRIMARY_KEYS[name])
    if name != "reports" and "reports" in tables:
        schema["foreignKeys"] = [{"fields": KEY, "reference": {"resource": "reports", "fields": KEY}}]
    return schema


def _field(column: str) -> dict[str, object]:
    spec = COLUMNS[column]
    field: dict[str, object] = {
        "name": column,
        "type": _TYPES[spec.type],
        "title": spec.en,
        "titles": {"en": spec.en, "zh": spec.zh},
        "description": meaning_of_column(column, "en"),
        "descriptions": {"en": meaning_of_column(column, "en"), "zh": meaning_of_column(column, "zh")},
    }
    if spec.type == "flag":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    unit = unit_of_column(column, "en")
    if unit:
        field |= {"unit": unit, "units": {"en": unit, "zh": unit_of_column(column, "zh")}}
    constraints: dict[str, object] = {"required": True} if spec.required else {}
    if spec.allowed:
        constraints["enum"] = list(spec.allowed)
    return field | ({"constraints": constraints} if constraints else {})


def read(place: Path) -> dict[str, pd.DataFrame]:
    """Return the tables of a package that ``write`` wrote."""
    described = json.loads((place / "datapackage.json").read_text(encoding="utf-8"))
    paths = {resource["name"]: place / resource["path"] for resource in described["resources"]}
    return {name: read_delimited(name, paths[name]) for name in TABLES if name in paths}
