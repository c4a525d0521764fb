"""Workbooks in the format of Excel 97 (BIFF8 in OLE2), record by record: for what no program would write."""

import struct
from collections.abc import Iterable

SECTOR = 512
EXCEL_4, EXCEL_95, EXCEL_97 = 0x400, 0x500, 0x600
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(kind: int, content: bytes = b"") -> bytes:
    """Return a record."""
    return struct.pack("<HH", kind, len(content)) + content


def label(row: int, column: int, text: str) -> bytes:
    """Return the record of a cell with a text of its own."""
    return record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def label_95(row: int, column: int, text: bytes) -> bytes:
    """Return the record of a cell with a text in the code page of a workbook of Excel 95."""
    return record(0x204, struct.pack("<HHHH", row, column, 0, len(text)) + text)


def number(row: int, column: int, value: float) -> bytes:
    """Return the record of a cell with a number."""
    return record(0x203, struct.pack("<HHHd", row, column, 0, value))


def style(number_format: int) -> bytes:
    """Return the record of a style, of which the first is that of all cells here, with the number of a format."""
    return record(0xE0, struct.pack("<HH", 0, number_format) + bytes(16))


def defined_name(formula: bytes) -> bytes:
    """Return the record of a name for what a formula gives."""
    return record(0x18, struct.pack("<HBBHHH4x", 0, 0, 1, len(formula), 0, 0) + b"\0a" + formula)


def merged(ranges: Iterable[tuple[int, int, int, int]]) -> bytes:
    """Return the record of joined cells, each by its first and last row, and its first and last column."""
    found = list(ranges)
    return record(0xE5, struct.pack("<H", len(found)) + b"".join(struct.pack("<HHHH", *each) for each in found))


def write(
    *sheets: bytes, globals_: bytes = b"", hidden: frozenset[int] = frozenset(), version: int = EXCEL_97
) -> bytes:
    """Return a workbook of sheets, each given by its records between the first and the last.

    Args:
        sheets: their records.
        globals_: further records of the workbook itself.
        hidden: the numbers of hidden sheets, from 0.
        version: of the format.
    """
    opening = _opening(0x05, version)
    bodies = [_opening(0x10, version) + sheet + record(0x0A) for sheet in sheets]
    start = len(opening) + len(globals_) + len(_sheet_entry(0, 0, False)) * len(sheets) + len(record(0x0A))
    entries = b""
    for at, body in enumerate(bodies):
        entries += _sheet_entry(at, start, at in hidden)
        start += len(body)
    return container(opening + globals_ + entries + record(0x0A) + b"".join(bodies))


def _opening(kind: int, version: int) -> bytes:
    return record(0x809, struct.pack("<HHHHII", version, kind, 0, 0, 0, 0))


def _sheet_entry(at: int, start: int, is_hidden: bool) -> bytes:
    name = f"{at:06d}".encode()
    return record(0x85, struct.pack("<IBBBB", start, is_hidden, 0, len(name), 0) + name)


def container(stream: bytes, name: str = "Workbook") -> bytes:
    """Return an OLE2 container with one stream."""
    stream = stream.ljust(8 * SECTOR, b"\0")
    count = -(-len(stream) // SECTOR)
    tables = 1
    while tables * (SECTOR // 4) < count + 1 + tables:
        tables += 1
    sectors = [_TABLE] * tables + [_END]  # the table, the directory, then the stream
    sectors += [*range(tables + 2, tables + 1 + count), _END]
    table = struct.pack(f"<{len(sectors)}I", *sectors).ljust(tables * SECTOR, b"\xff")
    listed = struct.pack(f"<{tables}I", *range(tables)).ljust(4 * 109, b"\xff")
    head = struct.pack("<8s16s5H6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, tables, tables, 0, 4096, _END, 0, _END, 0)
    directory = _entry("Root Entry", 5, _END, 0) + _entry(name, 2, tables + 1, len(stream))
    return head + listed + table + directory.ljust(SECTOR, b"\0") + stream.ljust(count * SECTOR, b"\0")


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBB3I", len(text) + 2, kind, 1, _FREE, _FREE, 1).ljust(52, b"\0")
        + (struct.pack("<III", start, size, 0))
    )


def in_short_sectors(workbook: bytes, following: Iterable[int]) -> bytes:
    """Return a workbook whose stream stands in short sectors, given which follows each: all that one more sector lists."""
    changed = bytearray(workbook)
    (tables,) = struct.unpack_from("<I", changed, 44)
    root = SECTOR * (1 + tables)
    entry = root + 128
    added = len(changed) // SECTOR - 1
    struct.pack_into("<3I", changed, 56, 1 << 30, added, 1)  # from which size a stream is no short one; their table
    struct.pack_into("<I", changed, SECTOR + 4 * added, _END)
    changed[root + 116 : root + 124] = changed[entry + 116 : entry + 124]
    struct.pack_into("<I", changed, entry + 116, 0)
    listed = list(following)
    return bytes(changed) + struct.pack(f"<{len(listed)}I", *listed).ljust(SECTOR, b"\xff")
