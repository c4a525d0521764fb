"""The tables of a corpus on disk: written whole or not at all, read some thousand reports at a time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from gia_analysis.coded import coded
from gia_analysis.errors import CorpusError
from gia_analysis.schema import ALIASES, COLUMNS, KEY, TABLES, Frames, build, validate

READ_TABLES = tuple(field.name for field in fields(Frames))
CHECKED_TABLES = ("checks", "indicators")

_CELLS_ASKED = (*KEY, "form", "table", "row", "col", "value", "kind", "match")
_SECTIONS_ASKED = (*KEY, "level", "section", "title", "text")


class Writer:
    """Parquet files of a corpus while they are written: hidden until they are whole, then moved into place."""

    def __init__(self, folder: Path, names: Sequence[str] = tuple(TABLES)) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._names = tuple(names)

    def hidden(self, name: str) -> Path:
        """Return the path of a table while it is written."""
        return self._folder / f".{name}.parquet.part"

    def append(self, name: str, frame: pd.DataFrame) -> None:
        """Add rows to a table, as one row group."""
        schema = _schema(name)
        rows = pa.Table.from_pandas(validate(name, frame), schema=schema, preserve_index=False)
        self._of(name, schema, as_it_is=True).write_table(rows, row_group_size=max(len(frame), 1))

    def append_coded(self, name: str, rows: pa.Table) -> None:
        """Add rows that ``to_arrow`` made to a table, as one row group."""
        self._of(name, rows.schema, as_it_is=False).write_table(rows, row_group_size=max(rows.num_rows, 1))

    def _of(self, name: str, schema: pa.Schema, *, as_it_is: bool) -> pq.ParquetWriter:
        """Return the writer of a table. Only with ``as_it_is`` does the file say that texts are categories if they are."""
        if name not in self._writers:
            self._writers[name] = pq.ParquetWriter(self.hidden(name), schema, compression="zstd", store_schema=as_it_is)
        return self._writers[name]

    def close(self, names: Iterable[str]) -> Mapping[str, Path]:
        """Close tables, which have no rows if none were added, and return where they can be read."""
        for name in names:
            self._of(name, _schema(name), as_it_is=True).close()
        return {name: self.hidden(name) for name in names}

    def replace_corpus(self, aliases: pd.DataFrame | None) -> None:
        """Put the tables in the place of those in the folder. Until the last is there, the folder holds no corpus.

        Args:
            aliases: the renamed agencies that the checks know of, which stand beside the tables.
        """
        self.close(self._names)
        (self._folder / f"{self._names[0]}.parquet").unlink(missing_ok=True)
        known = self._folder / f"{ALIASES}.parquet"
        if aliases is None:
            known.unlink(missing_ok=True)
        else:
            aliases.to_parquet(known, index=False)
        for name in reversed(self._names):
            self.hidden(name).replace(self._folder / f"{name}.parquet")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name, writer in self._writers.items():
            writer.close()
            self.hidden(name).unlink(missing_ok=True)


@cache
def _schema(name: str) -> pa.Schema:
    return pa.Table.from_pandas(build(name), preserve_index=False).schema


def to_arrow(name: str, frame: pd.DataFrame) -> pa.Table:
    """Return a table with its texts as categories as it is written.

    Raises:
        CorpusError: it breaks the schema: a text is missing or not one of those allowed.
    """
    if list(frame) != list(TABLES[name]):
        raise CorpusError(f"{name} breaks the schema: its columns are {', '.join(frame)}")
    columns = {column: _array(name, column, frame[column]) for column in frame}
    return pa.table(columns)


def _array(table: str, name: str, column: pd.Series) -> pa.Array:
    spec = COLUMNS[name]
    if spec.type != "text":
        return pa.array(column, _schema(table).field(name).type, from_pandas=True)
    texts = coded(column)
    missing = texts.codes < 0
    wrong = [value for value in texts.values if value not in spec.allowed] if spec.allowed else []
    if wrong or (spec.required and missing.any()):
        raise CorpusError(f"{table} breaks the schema: {name} is {wrong[0] if wrong else 'missing'}")
    return pa.DictionaryArray.from_arrays(pa.array(texts.codes, mask=missing), pa.array(texts.values, pa.string()))


@dataclass(frozen=True, slots=True)
class StoredTables:
    """The tables that were read of reports, on disk, in parts that hold whole reports."""

    paths: Mapping[str, Path]

    def parts(self, reports: int) -> list[range]:
        """Return the row groups of each part, which has at least so many reports if there are as many.

        Where the tables have not the same number of row groups, there is one part.
        """
        with ExitStack() as stack:
            files = {name: stack.enter_context(pq.ParquetFile(path)) for name, path in self.paths.items()}
            groups = [file.num_row_groups for file in files.values()]
            if len(set(groups)) > 1:
                return [range(max(groups))]
            sizes = [files["reports"].metadata.row_group(number).num_rows for number in range(groups[0])]
        return list(_grouped(sizes, reports))

    def read(self, part: range, names: Sequence[str] = READ_TABLES) -> Frames:
        """Return what checks and indicators ask of some tables, keys and the texts of cells as categories.

        Raises:
            CorpusError: a table is broken, or holds rows of reports that are not in this part.
        """
        tables = {name: self._read(name, part) if name in names else build(name) for name in READ_TABLES}
        known = set(tables["reports"]["source"])
        for name, table in tables.items():
            strangers = set(coded(table["source"]).values) - known
            if strangers:
                raise CorpusError(
                    f"{self.paths[name]}: the rows of {min(strangers)} stand beside other reports; read the corpus anew"
                )
        return Frames(**tables)

    def _read(self, name: str, part: range) -> pd.DataFrame:
        asked = {"cells": list(_CELLS_ASKED), "sections": list(_SECTIONS_ASKED)}.get(name)
        codes = [each for each in _CELLS_ASKED if each != "value"] if name == "cells" else KEY
        try:
            with pq.ParquetFile(self.paths[name], read_dictionary=None if name == "reports" else codes) as file:
                groups = [number for number in part if number < file.num_row_groups]
                frame = file.read_row_groups(groups, columns=asked, use_threads=False).to_pandas(use_threads=False)
        except (OSError, ValueError) as error:
            raise CorpusError(f"{self.paths[name]} is no Parquet file, or a broken one: {error}") from error
        return build(name, frame) if name == "reports" else frame


def _grouped(sizes: Sequence[int], reports: int) -> Iterator[range]:
    first, held = 0, 0
    for number, size in enumerate(sizes):
        held += size
        if held >= reports:
            yield range(first, number + 1)
            first, held = number + 1, 0
    if first < len(sizes):
        yield range(first, len(sizes))


def read_aliases(folder: Path) -> pd.DataFrame | None:
    """Return the renamed agencies that a corpus knows of; None where it knows of none.

    Raises:
        CorpusError: their file is broken.
    """
    path = folder / f"{ALIASES}.parquet"
    if not path.exists():
        return None
    try:
        return pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise CorpusError(f"{path} is no Parquet file, or a broken one: {error}") from error


def write_shared(path: Path, table: pd.DataFrame) -> None:
    """Write a frame so that several processes can share it in memory (``read_shared``)."""
    arrays = {
        name: pa.array(column.to_numpy(), from_pandas=False)
        if column.dtype in (np.float32, np.float64)
        else pa.array(column, pa.large_binary() if column.dtype == object else None, from_pandas=True)
        for name, column in table.items()
    }
    whole = pa.table(arrays).combine_chunks()
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, whole.schema) as writer:
        writer.write_table(whole)


def read_shared(path: Path) -> pd.DataFrame:
    """Return a frame that ``write_shared`` wrote. Its numbers and bytes stay in the file, mapped into memory."""
    kept: Mapping[pa.DataType, object] = {
        pa.int64(): pd.Int64Dtype(),
        pa.large_binary(): pd.ArrowDtype(pa.large_binary()),
    }
    whole = pa.ipc.open_file(pa.memory_map(str(path))).read_all()
    frame: pd.DataFrame = whole.to_pandas(split_blocks=True, types_mapper=kept.get)
    return frame
