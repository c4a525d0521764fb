"""What goes out, the same for every format: which tables, that nothing in them is lost, and their types in Arrow."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from gia_analysis.corpus import Corpus
from gia_analysis.errors import GiaError, nearest
from gia_analysis.schema import COLUMNS, KEY, TABLES, Type, build

Tables = Mapping[str, pd.DataFrame]

# What tells the rows of a table apart. Issues and checks have no such columns.
PRIMARY_KEYS: Mapping[str, tuple[str, ...]] = {
    "reports": (*KEY,),
    "cells": (*KEY, "table", "row", "col"),
    "sections": (*KEY, "order"),
    "figures": (*KEY, "order"),
    "indicators": (*KEY, "code"),
}
ARROW_TYPES: Mapping[Type, pa.DataType] = {
    "text": pa.large_string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "flag": pa.bool_(),
}


class ExportError(GiaError, ValueError):
    """What a format cannot hold, a format that is not known, or a place where nothing may be written."""


def select_tables(corpus: Corpus, names: Iterable[str] = ()) -> dict[str, pd.DataFrame]:
    """Return the tables of a corpus in the order of the schema, all of them or those named.

    Raises:
        ExportError: there is no table of that name, or a table holds what no format keeps: a number without end, a
            date with a time of day, two rows of ``reports`` for one input.
    """
    chosen = list(names) or list(TABLES)
    for name in chosen:
        if name not in TABLES:
            raise ExportError(f"unknown table {name!r}: {nearest(name, TABLES)}")
    tables = {name: build(name, getattr(corpus, name)) for name in TABLES if name in chosen}
    for name, frame in tables.items():
        _check(name, frame)
    return tables


def _check(name: str, frame: pd.DataFrame) -> None:
    for column in frame.columns:
        kind = COLUMNS[column].type
        if kind == "number" and np.isinf(frame[column].to_numpy()).any():
            raise ExportError(f"{name}.{column} holds a number without end (inf), which no format of export keeps")
        if kind == "date" and (frame[column].dropna() != frame[column].dropna().dt.normalize()).any():
            raise ExportError(f"{name}.{column} holds a date with a time of day; the column is one of days")
    if name == "reports" and frame.duplicated(KEY).any():
        first = frame[frame.duplicated(KEY)].iloc[0]
        raise ExportError(f"reports holds two rows with source {first['source']!r} and report_id {first['report_id']}")


def arrow_schema(name: str) -> pa.Schema:
    """Return the columns of a table with their types in Arrow; days are ``date32``."""
    return pa.schema([(column, ARROW_TYPES[COLUMNS[column].type]) for column in TABLES[name]])


def to_arrow(name: str, frame: pd.DataFrame) -> pa.Table:
    """Return a tidy table as an Arrow table; what is missing is null."""
    return pa.Table.from_pandas(frame, schema=arrow_schema(name), preserve_index=False).replace_schema_metadata(None)


def from_arrow(name: str, table: pa.Table) -> pd.DataFrame:
    """Return the tidy table that ``to_arrow`` was given, with the types of the schema."""
    columns = {}
    for column in table.column_names:
        values, kind = table.column(column), COLUMNS[column].type
        if kind == "integer":
            columns[column] = _masked(values, pd.arrays.IntegerArray, 0)
        elif kind == "flag":
            columns[column] = _masked(values, pd.arrays.BooleanArray, False)
        else:
            wanted = pa.timestamp("ms") if kind == "date" else ARROW_TYPES[kind]
            columns[column] = values.cast(wanted).to_pandas()
    return build(name, pd.DataFrame(columns))


def _masked(
    values: pa.ChunkedArray,
    kind: type[pd.arrays.IntegerArray] | type[pd.arrays.BooleanArray],
    nothing: int | bool,
) -> pd.Series:
    """Return whole numbers or flags with what is missing masked, without the detour over floating point."""
    filled = pc.fill_null(values, nothing).to_numpy()
    return pd.Series(kind(filled, pc.is_null(values).to_numpy()))
