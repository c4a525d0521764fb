"""The formats of export, and the two functions over them. A new format is one module and one row here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, cast

import pandas as pd

from gia_analysis.corpus import Corpus
from gia_analysis.errors import nearest
from gia_analysis.export.citation import Citation, cite
from gia_analysis.export.frames import ExportError, Tables, select_tables
from gia_analysis.schema import TABLES

_CITATION = "CITATION.txt"
_OWN_FILES = frozenset(
    [_CITATION, "datapackage.json"]
    + [f"{name}{ending}" for name in (*TABLES, "dictionary") for ending in (".csv", ".parquet")]
)


class _Module(Protocol):
    """What the module of a format has."""

    def write(self, tables: Tables, place: Path, citation: Citation) -> None: ...

    def read(self, place: Path) -> dict[str, pd.DataFrame]: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format of export: its code, its module in this folder, what it is, and what it needs beside this package."""

    code: str
    module: str
    words: str
    folder: bool
    needs: str | None = None


FORMATS: Mapping[str, Format] = {
    each.code: each
    for each in (
        Format("csv", "csv_folder", "a folder of CSV files that Excel opens", folder=True),
        Format("parquet", "parquet_folder", "a folder of Parquet files, which gia reads as a corpus", folder=True),
        Format("xlsx", "workbook", "an Excel workbook, a sheet a table", folder=False),
        Format("sqlite", "sqlite_file", "an SQLite file", folder=False),
        Format("duckdb", "duckdb_file", "a DuckDB file", folder=False, needs="duckdb"),
        Format("frictionless", "data_package", "a Frictionless Data Package: CSV files and their schema", folder=True),
    )
}


def export_corpus(corpus: Corpus, target: str | Path, format: str, *, tables: Iterable[str] = ()) -> Citation:  # noqa: A002
    """Write a corpus in another format. The same corpus gives the same bytes, but for duckdb, which marks each file.

    Args:
        corpus: what to write.
        target: the folder (csv, parquet, frictionless) or the file (xlsx, sqlite, duckdb). A file is replaced; a folder
            must be new, empty, or an export made before, which is replaced.
        format: one of ``FORMATS``.
        tables: names of the tables wanted; all of them by default.

    Returns:
        What the corpus is cited by; it stands in the export too.

    Raises:
        ExportError: the format or a table is not known, a package it needs is not installed, the target holds other
            files, or the format cannot hold the corpus (the message names the table, and what to do instead).
    """
    chosen = _format(format)
    module = _module(chosen)
    place = Path(target)
    _refuse_what_is_not_ours(place, chosen)
    content = select_tables(corpus, tables)
    citation = cite(corpus)
    place.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{place.name}.", dir=place.parent) as folder:
        part = Path(folder) / place.name
        if chosen.folder:
            part.mkdir()
            module.write(content, part, citation)
            (part / _CITATION).write_text(citation.file(), encoding="utf-8", newline="\n")
            _replace_folder(part, place)
        else:
            module.write(content, part, citation)
            part.replace(place)
    return citation


def read_export(source: str | Path, format: str) -> dict[str, pd.DataFrame]:  # noqa: A002
    """Return the tidy tables of an export, equal to those of the corpus it was made of.

    Raises:
        ExportError: the format is not known, a package it needs is not installed, or no table of ours is there.
        FileNotFoundError: there is no such folder or file.
    """
    place = Path(source)
    if not place.exists():
        raise FileNotFoundError(f"{place} does not exist")
    found = _module(_format(format)).read(place)
    if not found:
        raise ExportError(f"{place} holds none of the tables of a corpus as {format}")
    return found


def _format(code: str) -> Format:
    if code not in FORMATS:
        raise ExportError(f"unknown format {code!r}: {nearest(code, FORMATS)}")
    return FORMATS[code]


def _module(chosen: Format) -> _Module:
    if chosen.needs and find_spec(chosen.needs) is None:
        raise ExportError(
            f"the format {chosen.code} needs {chosen.needs}, which is not installed; "
            f"install it with: python -m pip install 'gia-analysis[{chosen.code}]'"
        )
    return cast(_Module, import_module(f"gia_analysis.export.{chosen.module}"))


def _refuse_what_is_not_ours(place: Path, chosen: Format) -> None:
    if not place.exists():
        return
    if not chosen.folder:
        if place.is_dir():
            raise ExportError(f"{place} is a folder; {chosen.code} is one file: name one in it")
        return
    if not place.is_dir():
        raise ExportError(f"{place} is a file; {chosen.code} is a folder of files")
    if any(place.iterdir()) and not (place / _CITATION).exists():
        raise ExportError(f"{place} holds other files than an export; name a new folder")


def _replace_folder(part: Path, place: Path) -> None:
    """Move the files into their place; ``CITATION.txt``, which marks a whole export, comes last."""
    place.mkdir(exist_ok=True)
    for name in sorted(_OWN_FILES - {_CITATION}):
        (place / name).unlink(missing_ok=True)
    for path in sorted(part.iterdir(), key=lambda path: path.name == _CITATION):
        path.replace(place / path.name)
