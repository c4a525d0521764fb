"""A tidy table as CSV that a spreadsheet can open without running anything in it, and that reads back equal.

UTF-8, commas, lines ended by LF, texts in double quotes. Nothing stands where a value is missing. One mark keeps apart
what would else be confused: an apostrophe before a text

- that begins with ``=``, ``+``, ``-``, ``@`` (also in full width), a TAB or a line break, goes on, and is no number: a
  spreadsheet would take it for a formula;
- that is empty, for it is printed as empty and not missing;
- that begins with an apostrophe itself.

Taking one apostrophe from the beginning of every text that has one gives back what was exported.
"""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from gia_analysis.export.frames import arrow_schema, from_arrow, to_arrow

GUARD = "'"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_GUARDED = r"^(?:'|[=+\-@\t\r\n＝＋－＠](?s:.))"
_NUMBER = r"^[+-](?:\d[\d,]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?%?\z"
_ROWS_AT_A_TIME = 100_000
_LONGEST_ROW = 1 << 26


def guard(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return texts with an apostrophe before those that need it; nulls stay null."""
    coded = texts.combine_chunks().dictionary_encode()
    words = coded.dictionary
    risky = pc.and_not(pc.match_substring_regex(words, _GUARDED), pc.match_substring_regex(words, _NUMBER))
    marked = pc.or_(risky, pc.equal(words, pa.scalar("", words.type)))
    if not pc.any(marked).as_py():
        return texts
    mark, nothing = pa.scalar(GUARD, words.type), pa.scalar("", words.type)
    return pc.if_else(marked, pc.binary_join_element_wise(mark, words, nothing), words).take(coded.indices)


def unguard(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return texts as they were before ``guard``."""
    marked = pc.starts_with(texts, GUARD)
    return pc.if_else(marked, pc.utf8_slice_codeunits(texts, 1), texts)


def write_delimited(name: str, frame: pd.DataFrame, path: Path, *, byte_order_mark: bool = False) -> None:
    """Write a tidy table as CSV.

    Args:
        name: of the table.
        frame: the table.
        path: the file to write.
        byte_order_mark: put before the text; Excel takes a file without one for an older encoding.
    """
    write_arrow_delimited(to_arrow(name, frame), path, byte_order_mark=byte_order_mark)


def write_arrow_delimited(table: pa.Table, path: Path, *, byte_order_mark: bool = False) -> None:
    """Write an Arrow table as CSV, as ``write_delimited`` does."""
    texts = [number for number, field in enumerate(table.schema) if pa.types.is_large_string(field.type)]
    with path.open("wb") as stream:
        stream.write(_BYTE_ORDER_MARK if byte_order_mark else b"")
        with pacsv.CSVWriter(stream, table.schema) as writer:
            for start in range(0, table.num_rows, _ROWS_AT_A_TIME):
                rows = table.slice(start, _ROWS_AT_A_TIME)
                for number in texts:
                    rows = rows.set_column(number, rows.schema.field(number), guard(rows.column(number)))
                writer.write_table(rows)


def read_delimited(name: str, path: Path) -> pd.DataFrame:
    """Return the tidy table that ``write_delimited`` wrote."""
    table = pacsv.read_csv(
        path,
        read_options=pacsv.ReadOptions(block_size=_LONGEST_ROW),
        parse_options=pacsv.ParseOptions(newlines_in_values=True),
        convert_options=pacsv.ConvertOptions(
            column_types=arrow_schema(name),
            null_values=[""],
            strings_can_be_null=True,
            true_values=["true"],
            false_values=["false"],
        ),
    )
    for number, field in enumerate(table.schema):
        if pa.types.is_large_string(field.type):
            table = table.set_column(number, field, unguard(table.column(number)))
    return from_arrow(name, table)
