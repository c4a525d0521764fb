"""A DuckDB file: the tables with types and meanings, the dictionary, and the citation. Needs the extra ``duckdb``.

DuckDB puts a random mark into the head of each file: the same corpus gives the same tables, not the same bytes.
"""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from gia_analysis.export.citation import Citation
from gia_analysis.export.dictionary import dictionary_frame
from gia_analysis.export.frames import Tables, from_arrow, to_arrow
from gia_analysis.export.sqlite_file import quoted
from gia_analysis.schema import COLUMNS, TABLES, Type

_SQL_TYPES: Mapping[Type, str] = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "date": "DATE",
    "flag": "BOOLEAN",
}


def write(tables: Tables, place: Path, citation: Citation) -> None:
    """Write the tables into a new file, rows in their order."""
    with duckdb.connect(str(place)) as base:
        base.execute("SET threads = 1")
        for name, frame in tables.items():
            declared = ", ".join(f"{quoted(column)} {_declared(column)}" for column in TABLES[name])
            base.execute(f"CREATE TABLE {quoted(name)} ({declared})")
            _insert(base, name, to_arrow(name, frame))
            for column in TABLES[name]:
                words = COLUMNS[column].meaning.replace("'", "''")
                base.execute(f"COMMENT ON COLUMN {quoted(name)}.{quoted(column)} IS '{words}'")
        _create(base, "dictionary", pa.Table.from_pandas(dictionary_frame(tables), preserve_index=False))
        lines = {"zh": citation.text("zh"), "en": citation.text("en"), "content": citation.content}
        _create(base, "citation", pa.table({"key": list(lines), "text": list(lines.values())}))


def _declared(column: str) -> str:
    spec = COLUMNS[column]
    return _SQL_TYPES[spec.type] + (" NOT NULL" if spec.required else "")


def _create(base: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    base.execute(f"CREATE TABLE {quoted(name)} ({', '.join(f'{quoted(c)} VARCHAR' for c in table.column_names)})")
    _insert(base, name, table)


def _insert(base: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    base.register("rows_to_insert", table)
    base.execute(f"INSERT INTO {quoted(name)} SELECT * FROM rows_to_insert")
    base.unregister("rows_to_insert")


def read(place: Path) -> dict[str, pd.DataFrame]:
    """Return the tables of a file that ``write`` wrote."""
    with duckdb.connect(str(place), read_only=True) as base:
        there = {name for (name,) in base.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        return {
            name: from_arrow(name, base.sql(f"SELECT * FROM {quoted(name)}").to_arrow_table())
            for name in TABLES
            if name in there
        }
