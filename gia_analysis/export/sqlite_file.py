"""An SQLite file: the tables with types and keys, the dictionary, and the citation."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pandas as pd
import pyarrow as pa

from gia_analysis.export.citation import Citation
from gia_analysis.export.dictionary import dictionary_frame
from gia_analysis.export.frames import (
    ARROW_TYPES,
    PRIMARY_KEYS,
    ExportError,
    Tables,
    arrow_schema,
    from_arrow,
    to_arrow,
)
from gia_analysis.schema import COLUMNS, KEY, TABLES, Type

_SQL_TYPES: Mapping[Type, str] = {
    "text": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "date": "TEXT",
    "flag": "INTEGER",
}
_STORED: Mapping[Type, pa.DataType] = {**ARROW_TYPES, "date": pa.string(), "flag": pa.int64()}
_ROWS_AT_A_TIME = 50_000


def write(tables: Tables, place: Path, citation: Citation) -> None:
    """Write the tables into a new file: days as ISO text, flags as 0 and 1, NULL where a value is missing."""
    with closing(sqlite3.connect(place)) as base:
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        for name, frame in tables.items():
            _write_table(base, name, to_arrow(name, frame))
        words = dictionary_frame(tables)
        _write_rows(base, "dictionary", dict.fromkeys(words.columns, "TEXT"), words.itertuples(index=False, name=None))
        lines = [("zh", citation.text("zh")), ("en", citation.text("en")), ("content", citation.content)]
        _write_rows(base, "citation", {"key": "TEXT", "text": "TEXT"}, iter(lines))
        base.commit()


def _write_table(base: sqlite3.Connection, name: str, table: pa.Table) -> None:
    stored = table.cast(pa.schema([(column, _STORED[COLUMNS[column].type]) for column in table.column_names]))
    types = {column: _declared(column) for column in table.column_names}
    _write_rows(base, name, types, _rows(stored))
    key = PRIMARY_KEYS.get(name, ())
    unique = [column for column in key if column not in KEY] or name == "reports"
    try:
        base.execute(
            f"CREATE {'UNIQUE ' if unique else ''}INDEX {quoted(f'{name}_key')} ON {quoted(name)} "
            f"({', '.join(quoted(column) for column in key or KEY)})"
        )
    except sqlite3.IntegrityError as error:
        raise ExportError(f"{name} holds two rows with the same {', '.join(key)}") from error
    if {"table", "row", "col"} <= set(table.column_names):
        base.execute(
            f"CREATE INDEX {quoted(f'{name}_place')} ON {quoted(name)} "
            f"({', '.join(quoted(column) for column in ('table', 'row', 'col'))})"
        )


def _declared(column: str) -> str:
    spec = COLUMNS[column]
    return _SQL_TYPES[spec.type] + (" NOT NULL" if spec.required else "")


def _rows(table: pa.Table) -> Iterator[tuple[object, ...]]:
    for batch in table.to_batches(max_chunksize=_ROWS_AT_A_TIME):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _write_rows(
    base: sqlite3.Connection, name: str, types: Mapping[str, str], rows: Iterator[tuple[object, ...]]
) -> None:
    declared = ", ".join(f"{quoted(column)} {kind}" for column, kind in types.items())
    base.execute(f"CREATE TABLE {quoted(name)} ({declared})")
    base.executemany(f"INSERT INTO {quoted(name)} VALUES ({', '.join('?' * len(types))})", rows)


def quoted(name: str) -> str:
    """Return a name as SQL writes one that may be a word of SQL too."""
    return '"' + name.replace('"', '""') + '"'


def read(place: Path) -> dict[str, pd.DataFrame]:
    """Return the tables of a file that ``write`` wrote."""
    with closing(sqlite3.connect(f"{place.resolve().as_uri()}?mode=ro", uri=True)) as base:
        there = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return {name: _read_table(base, name) for name in TABLES if name in there}


def _read_table(base: sqlite3.Connection, name: str) -> pd.DataFrame:
    rows = base.execute(f"SELECT * FROM {quoted(name)} ORDER BY rowid").fetchall()
    columns = zip(*rows, strict=True) if rows else [()] * len(TABLES[name])
    arrays = [
        pa.array(values, _STORED[COLUMNS[column].type]) for column, values in zip(TABLES[name], columns, strict=True)
    ]
    return from_arrow(name, pa.table(arrays, names=list(TABLES[name])).cast(arrow_schema(name)))
