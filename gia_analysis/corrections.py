"""Corrections: figures that are known to be misprinted or misread, beside what was printed and never over it.

They stand in a file (``data/corrections.csv``), each with its reason and where the right figure is published. A
correction that does not fit the cells it is for is an error: what it was made for has changed.
"""

import csv
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from gia_analysis.errors import GiaError, nearest
from gia_analysis.forms import CellType, forms, table_codes
from gia_analysis.schema import KEY, TABLES, Frames, Kind

HEADER = (
    "report_id", "source", "table", "row", "col", "printed", "corrected", "reason", "published_in", "author", "date",
)  # fmt: skip
CORRECTED = "corrected"
"""The flag of an indicator into which a correction entered."""

_PLACE = ["table", "row", "col"]
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNKNOWN_ROW = "unknown:"


class CorrectionError(GiaError, ValueError):
    """Corrections that are not as they must be, or that do not fit the cells; the message names each, a line each."""


def load_corrections(path: str | Path) -> pd.DataFrame:
    """Return the corrections of a CSV file (UTF-8), one a row.

    The columns of the file, in any order:

    - ``report_id`` or ``source``, or both: the report, as in the table ``reports``;
    - ``table``, ``row``, ``col``: codes of the cell;
    - ``printed``: what was printed in it, as in ``raw``; empty for a blank;
    - ``corrected``: the right figure in the unit of the cell (money in 万元); empty where it is not readable;
    - ``reason``; ``published_in``: where the right figure is published; ``author``: a role or organisation; ``date``:
      day of the correction, as 2024-05-31.

    Returns:
        These columns as texts, but ``corrected`` as float64 and ``date`` as datetime64[ms], in the order of
        ``HEADER``; before them ``line``, the line of the file from 1. No rows where the file holds its header only.

    Raises:
        CorrectionError: the file is not as it must be; the message names file, line, what is expected, and the nearest
            code, for all lines at once.
        FileNotFoundError: there is no such file.
    """
    place = Path(path)
    lines = list(_lines(place))
    problems = [f"{place}, line {line}: {problem}" for line, given in lines for problem in _problems(given)]
    if problems:
        raise CorrectionError("\n".join(problems))
    columns = {name: pd.Series([given[name] for _, given in lines], dtype="str") for name in HEADER}
    columns[CORRECTED] = pd.to_numeric(columns[CORRECTED].replace("", np.nan)).astype("float64")
    columns["date"] = pd.to_datetime(columns["date"], format="%Y-%m-%d").astype("datetime64[ms]")
    return pd.DataFrame({"line": pd.Series([line for line, _ in lines], dtype="int64"), **columns})


def _lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the lines of the file with their number, each value without white space around it."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            _check_header(path, reader.fieldnames or ())
            before = reader.line_num
            for given in reader:
                first, before = before + 1, reader.line_num
                if None in given or None in given.values():
                    raise CorrectionError(f"{path}, line {first}: {len(HEADER)} values are expected, parted by commas")
                yield first, {name: value.strip() for name, value in given.items()}
    except UnicodeDecodeError as error:
        raise CorrectionError(f"{path} is not in UTF-8: {error}") from error
    except csv.Error as error:
        raise CorrectionError(f"{path} is no CSV file: {error}") from error


def _check_header(path: Path, names: Sequence[str]) -> None:
    if sorted(names) == sorted(HEADER):
        return
    strange = [f"{name!r} ({nearest(name, HEADER)})" for name in names if name not in HEADER]
    missing = [repr(name) for name in HEADER if name not in names]
    twice = [repr(name) for name in dict.fromkeys(names) if list(names).count(name) > 1]
    parts = [("no column", missing), ("unknown column", strange), ("twice the column", twice)]
    told = "; ".join(f"{words} {', '.join(found)}" for words, found in parts if found)
    raise CorrectionError(f"{path}, line 1: {told}; the header is {','.join(HEADER)}")


def _problems(given: Mapping[str, str]) -> Iterator[str]:
    if not given["report_id"] and not given["source"]:
        yield "report_id or source is expected; both are empty"
    table, row, col = (given[name] for name in _PLACE)
    if table not in table_codes():
        yield f"unknown table {table!r}: {nearest(table, table_codes())}"
    else:
        rows, columns = _codes(table)
        if row not in rows and not row.startswith(_UNKNOWN_ROW):
            yield f"unknown row {row!r} in {table}: {nearest(row, rows)}"
        if col not in columns:
            yield f"unknown column {col!r} in {table}: {nearest(col, columns)}"
    number = given[CORRECTED]
    if number and not _NUMBER.fullmatch(number):
        yield f"corrected is {number!r}; a number such as 12 or 0.5 is expected, or nothing where it is not readable"
    elif number and _types(table, row, col) == {"count"} and not number.lstrip("+").isdigit():
        yield f"corrected is {number!r}; {table}.{row}.{col} is a count: a whole number, not negative, is expected"
    yield from (f"{name} is expected; it is empty" for name in ("reason", "published_in", "author") if not given[name])
    if not _is_day(given["date"]):
        yield f"date is {given['date']!r}; a day such as 2024-05-31 is expected"


def _is_day(text: str) -> bool:
    return bool(_DAY.fullmatch(text)) and pd.notna(pd.to_datetime(text, format="%Y-%m-%d", errors="coerce"))


@cache
def _codes(table: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the codes of rows and of columns that a table has in any form."""
    found = [form.table(table) for form in forms().values() if table in form.table_by_code]
    rows = dict.fromkeys(row.code for each in found for row in each.rows)
    columns = dict.fromkeys(column.code for each in found for column in (*each.columns, *each.local_columns))
    return tuple(rows), tuple(columns)


@cache
def _types(table: str, row: str, col: str) -> set[CellType]:
    """Return what may be printed in a cell, over all forms that have it."""
    found = [form.table(table) for form in forms().values() if table in form.table_by_code]
    return {each.type_of(row, col) for each in found if row in each.row_by_code and col in each.column_by_code}


def apply_corrections(cells: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """Return the table ``cells`` with the corrections beside what was printed.

    Args:
        cells: the table ``cells`` of a corpus.
        corrections: as ``load_corrections`` gives them.

    Returns:
        The same rows and columns, and two more: ``corrected`` (float64; missing where there is no correction, or where
        the right figure is not readable) and ``correction`` (reason and place of publication; missing where there is
        no correction).

    Raises:
        CorrectionError: a correction is for a cell that is not there, or that reads otherwise than the correction says,
            or for several reports in one file, or is the second for its cell; the message names all of them.
    """
    hits = _hits(cells, corrections)
    problems = [*_misses(cells, corrections, hits), *_misfits(cells, corrections, hits)]
    if problems:
        raise CorrectionError("\n".join(problem for _, problem in sorted(problems)))
    chosen = corrections.loc[hits["correction"]]
    value = np.full(len(cells), np.nan)
    words = np.full(len(cells), None, dtype=object)
    value[hits["cell"]] = chosen[CORRECTED]
    words[hits["cell"]] = chosen["reason"] + " (" + chosen["published_in"] + ")"
    return cells.assign(corrected=value, correction=pd.Series(words, index=cells.index, dtype="str"))


def _hits(cells: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """Return which correction is for which cell: the label of the one, the position of the other."""
    near = cells["report_id"].isin(corrections["report_id"]) | cells["source"].isin(corrections["source"])
    position = np.flatnonzero(near)
    few = cells.iloc[position][[*KEY, *_PLACE]].assign(cell=position)
    numbered = corrections[[*KEY, *_PLACE]].assign(correction=corrections.index)
    by_id = few.merge(numbered[numbered["report_id"] != ""], on=["report_id", *_PLACE], suffixes=("", "_given"))
    by_id = by_id[(by_id["source_given"] == "") | (by_id["source_given"] == by_id["source"])]
    by_source = few.merge(numbered[numbered["report_id"] == ""].drop(columns="report_id"), on=["source", *_PLACE])
    columns = ["cell", "correction", "report_id"]
    return pd.concat([by_id[columns], by_source[columns]], ignore_index=True).sort_values(columns, ignore_index=True)


def _misses(cells: pd.DataFrame, corrections: pd.DataFrame, hits: pd.DataFrame) -> Iterator[tuple[int, str]]:
    for given in corrections[~corrections.index.isin(hits["correction"])].itertuples():
        name, report = ("report_id", given.report_id) if given.report_id else ("source", given.source)
        there = cells[cells[name] == report]
        if len(there) and given.source and given.report_id:
            there = there[there["source"] == given.source]
            name, report = "source", given.source
        if there.empty:
            yield (
                given.line,
                f"line {given.line}: no cells of {name} {report!r}: {nearest(report, cells[name].unique())}",
            )
            continue
        place = f"{given.table}.{given.row}.{given.col}"
        places = list(there["table"] + "." + there["row"] + "." + there["col"])
        yield given.line, f"line {given.line}: no cell {place!r} in {report}: {nearest(place, places)}"


def _misfits(cells: pd.DataFrame, corrections: pd.DataFrame, hits: pd.DataFrame) -> Iterator[tuple[int, str]]:
    several = hits.groupby("correction")["report_id"].nunique()
    for label in several.index[several > 1]:
        line = corrections.loc[label, "line"]
        yield line, f"line {line}: {corrections.loc[label, 'source']} holds several reports; give the report_id"
    lines = corrections["line"].loc[hits["correction"]].to_numpy()
    raw = cells["raw"].iloc[hits["cell"]].fillna("").str.strip().to_numpy()
    printed = corrections["printed"].loc[hits["correction"]].to_numpy()
    for number in np.flatnonzero(raw != printed):
        place = _place(cells, hits["cell"].iloc[number])
        yield lines[number], f"line {lines[number]}: {place} reads {raw[number]!r}, not {printed[number]!r}"
    for cell, group in hits.assign(line=lines)[hits.duplicated("cell", keep=False)].groupby("cell"):
        first, *others = sorted(group["line"])
        for line in others:
            yield line, f"line {line}: {_place(cells, cell)} is corrected in line {first} already"


def _place(cells: pd.DataFrame, position: int) -> str:
    row = cells.iloc[position]
    return f"{row['table']}.{row['row']}.{row['col']} of {row['source']} ({row['report_id']})"


def corrected_values(cells: pd.DataFrame) -> pd.DataFrame:
    """Return cells with the right figures in ``value``, for checks and indicators on demand.

    Args:
        cells: as ``apply_corrections`` gives them.

    Returns:
        The same, with ``value`` replaced where there is a correction, ``kind`` in step with it (``number``; where the
        right figure is not readable, ``ambiguous`` and no value), and ``corrected`` telling so (true or false). ``raw``
        is what was printed, as ever.
    """
    corrected = cells["correction"].notna()
    kind = np.where(cells[CORRECTED].notna(), Kind.NUMBER.value, Kind.AMBIGUOUS.value)
    return cells.assign(
        value=cells["value"].mask(corrected, cells[CORRECTED]),
        kind=cells["kind"].mask(corrected, pd.Series(kind, index=cells.index, dtype="str")),
        corrected=corrected.astype("boolean"),
    )


def corrected_frames(frames: Frames, cells: pd.DataFrame) -> Frames:
    """Return what was read with the right figures in the table ``cells``, as checks and indicators take it.

    Args:
        frames: what was read.
        cells: as ``apply_corrections`` gives them.
    """
    return replace(frames, cells=corrected_values(cells)[list(TABLES["cells"])])


def flag_corrected(indicators: pd.DataFrame, cells: pd.DataFrame, of_checks: Collection[str] = ()) -> pd.DataFrame:
    """Return the table ``indicators`` with ``corrected`` among the ``flags`` of those that a corrected cell entered.

    Args:
        indicators: the table, computed over ``corrected_frames``.
        cells: as ``apply_corrections`` gives them.
        of_checks: the codes of indicators that are computed from checks, into which every cell of a report enters.
    """
    changed = cells.loc[cells["correction"].notna(), [*KEY, *_PLACE]]
    names = changed["table"] + "." + changed["row"] + "." + changed["col"]
    wanted = pd.MultiIndex.from_arrays([changed["source"], changed["report_id"], names])
    position = np.flatnonzero(indicators["report_id"].isin(changed["report_id"]))
    touched = indicators.iloc[position][[*KEY, "cells"]].assign(position=position).dropna(subset="cells")
    each = touched.assign(cells=touched["cells"].str.split(";")).explode("cells")
    by_cell = each["position"][pd.MultiIndex.from_frame(each[[*KEY, "cells"]]).isin(wanted)]
    reports = pd.MultiIndex.from_frame(changed[KEY])
    by_check = indicators["code"].isin(of_checks) & pd.MultiIndex.from_frame(indicators[KEY]).isin(reports)
    entered = np.union1d(by_cell, np.flatnonzero(by_check))
    flags = indicators["flags"].to_numpy(dtype=object, na_value=None)
    flags[entered] = [f"{text};{CORRECTED}" if text else CORRECTED for text in flags[entered]]
    return indicators.assign(flags=pd.Series(flags, index=indicators.index, dtype="str"))
