"""A folder of CSV files, one a table, beside them the dictionary and the citation."""

from pathlib import Path

import pandas as pd
import pyarrow as pa

from gia_analysis.export.citation import Citation
from gia_analysis.export.delimited import read_delimited, write_arrow_delimited, write_delimited
from gia_analysis.export.dictionary import dictionary_frame
from gia_analysis.export.frames import Tables
from gia_analysis.schema import TABLES


def write(tables: Tables, place: Path, citation: Citation) -> None:
    """Write the tables into a folder, with a byte order mark so that Excel reads Chinese."""
    for name, frame in tables.items():
        write_delimited(name, frame, place / f"{name}.csv", byte_order_mark=True)
    words = pa.Table.from_pandas(dictionary_frame(tables), preserve_index=False)
    write_arrow_delimited(words, place / "dictionary.csv", byte_order_mark=True)


def read(place: Path) -> dict[str, pd.DataFrame]:
    """Return the tables of a folder that ``write`` wrote."""
    return {name: read_delimited(name, place / f"{name}.csv") for name in TABLES if (place / f"{name}.csv").exists()}
