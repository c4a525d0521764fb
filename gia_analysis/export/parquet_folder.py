"""A folder of Parquet files, one a table, each column with its meaning; with all tables it is a corpus to load again."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from gia_analysis.export.citation import Citation
from gia_analysis.export.dictionary import dictionary_frame
from gia_analysis.export.frames import Tables
from gia_analysis.schema import COLUMNS, TABLES, build

_ROWS_A_GROUP = 1_000_000


def write(tables: Tables, place: Path, citation: Citation) -> None:
    """Write the tables into a folder; the citation stands in the metadata of each file too."""
    for name, frame in tables.items():
        table = pa.Table.from_pandas(frame, preserve_index=False)
        fields = [field.with_metadata(_words(field.name)) for field in table.schema]
        metadata = {**(table.schema.metadata or {}), b"citation": citation.text("en").encode()}
        pq.write_table(
            table.cast(pa.schema(fields, metadata=metadata)),
            place / f"{name}.parquet",
            compression="zstd",
            row_group_size=_ROWS_A_GROUP,
        )
    dictionary_frame(tables).to_parquet(place / "dictionary.parquet", index=False)


def _words(column: str) -> dict[str, str]:
    spec = COLUMNS[column]
    return {"label_en": spec.en, "label_zh": spec.zh, "meaning": spec.meaning}


def read(place: Path) -> dict[str, pd.DataFrame]:
    """Return the tables of a folder that ``write`` wrote."""
    files = {name: place / f"{name}.parquet" for name in TABLES}
    return {name: build(name, pd.read_parquet(path)) for name, path in files.items() if path.exists()}
