"""What the reader is measured against: the least that any reader does, and a parser that fills numbers in by their order."""

import re
from functools import cache

from gia_analysis.documents.encoding import decode
from gia_analysis.forms import forms, get_form

Values = dict[tuple[str, str, str], float]

_PARTS = re.compile(r"[|\t\n]")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SPACE = re.compile(r"\s+")
_WIDTH = str.maketrans("（）：，；", "():,;")


def split_lines(data: bytes) -> list[str]:
    """Decode the bytes and split them into lines: what comes before any reading."""
    return decode(data).text.split("\n")


def fill_by_order(data: bytes) -> Values:
    """Read a report as scripts for one site do: find each label, and give the numbers after it to the columns in order."""
    parts = [_plain(part) for part in _PARTS.split(decode(data).text)]
    parts = [part for part in parts if part]
    known = set(parts)
    form = max(forms().values(), key=lambda form: sum(label in known for label in _labels(form.id)))
    values: Values = {}
    position = 0
    for table in form.tables:
        position = _fill(form.id, table.code, parts, position, values)
    return values


def _plain(text: str) -> str:
    return _SPACE.sub("", text).translate(_WIDTH)


@cache
def _labels(form: str) -> tuple[str, ...]:
    return tuple(_plain(row.zh) for table in get_form(form).tables for row in table.rows)


@cache
def _wanted(form: str, code: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return the labels to look for, each with the cells that the numbers after it go to."""
    table = get_form(form).table(code)
    if table.shape == "wide":
        cells = tuple((row.code, column.code) for row in table.rows for column in table.columns)
        return ((_plain(table.header[-1][-1].text), cells),)
    return tuple((_plain(row.zh), tuple((row.code, column.code) for column in table.columns)) for row in table.rows)


def _fill(form: str, table: str, parts: list[str], start: int, values: Values) -> int:
    position = start
    for label, cells in _wanted(form, table):
        try:
            found = parts.index(label, position)
        except ValueError:
            continue
        position = found + 1
        for row, column in cells:
            while position < len(parts) and len(parts[position]) <= 2 and not _NUMBER.fullmatch(parts[position]):
                position += 1  # a unit or a dash
            if position == len(parts) or not _NUMBER.fullmatch(parts[position]):
                break
            values[table, row, column] = float(parts[position])
            position += 1
    return position
