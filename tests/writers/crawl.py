"""Crawls: records with a text and an address, in every way that crawlers write them."""

import csv
import io
import json
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

Records = Sequence[Mapping[str, object]]


def json_lines(records: Records) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def json_array(records: Records, indent: int | None = None) -> bytes:
    return json.dumps(list(records), ensure_ascii=False, indent=indent).encode()


def csv_of(records: Records, *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(records[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(records)
    return stream.getvalue().encode(encoding)


def parquet(records: Records) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(records)), stream, row_group_size=3)
    return stream.getvalue()
