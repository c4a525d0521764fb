"""Crawls in Parquet: read a few records at a time, and no more columns than are wanted."""

from collections.abc import Iterator
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

from gia_analysis.containers.columns import Record, choose_columns
from gia_analysis.containers.model import CrawlColumns
from gia_analysis.errors import DocumentError
from gia_analysis.schema import KEY, TABLES

_SAMPLE = 20
_AT_ONCE = 64
_BUFFER_BYTES = 1 << 20


def read_parquet(stream: IO[bytes], wanted: CrawlColumns) -> tuple[CrawlColumns, Iterator[Record]]:
    """Return the columns of text and address, and the records with these alone.

    Only columns of texts or bytes can be meant.

    Raises:
        DocumentError: the file is broken, is a table that ``gia read`` wrote, or as for ``choose_columns``.
    """
    try:
        file = pq.ParquetFile(stream, pre_buffer=False, buffer_size=_BUFFER_BYTES)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise DocumentError(f"the Parquet file is truncated or damaged: {error}") from error
    schema = file.schema_arrow
    if any(set(KEY) <= set(schema.names) <= set(names) for names in TABLES.values()):
        raise DocumentError("a table that 'gia read' wrote, not reports: give the folder of the reports")
    if file.metadata.num_rows == 0:
        return wanted, iter(())
    columns = choose_columns(_sample(file, [field.name for field in schema if _is_text(field.type)]), wanted)
    names = [name for name in (columns.text, columns.url) if name is not None]
    return columns, (
        row for batch in file.iter_batches(_AT_ONCE, columns=names, use_threads=False) for row in batch.to_pylist()
    )


def _sample(file: pq.ParquetFile, names: list[str]) -> list[Record]:
    records: list[Record] = next(file.iter_batches(_SAMPLE, columns=names, use_threads=False)).to_pylist()
    return records


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    known = (
        pa.types.is_string,
        pa.types.is_large_string,
        pa.types.is_string_view,
        pa.types.is_binary,
        pa.types.is_large_binary,
    )
    return any(test(kind) for test in known)
