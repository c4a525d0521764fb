"""A font in which every character is one and the same small mark: for text of which only the places are asked."""

import struct
from functools import cache

_EM = 1000
_ASCENT, _DESCENT = 1160, -288  # those of Noto Sans SC
_MARK = (0, 0, 100, 700)  # left, bottom, right and top: within what any character has for itself, however narrow
_RANGES = ((0x20, 0xD7FF), (0xE000, 0x3FFFF))  # all characters up to the planes of ideographs


@cache
def marks() -> bytes:
    """Return the font: a TrueType of a few hundred bytes, which is quickly opened and lacks no character."""
    glyph = _glyph()
    tables = {
        b"cmap": _cmap(),
        b"glyf": glyph,
        b"head": struct.pack(
            ">4I2H2Q4h2H3h", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, *_MARK, 0, 8, 2, 0, 0
        ),  # its 0x5F0F3CF5 is what tells the table
        b"hhea": struct.pack(">I3hH11hH", 0x10000, _ASCENT, _DESCENT, 0, _EM, 0, 0, _EM, 1, *[0] * 7, 1),
        b"hmtx": struct.pack(">Hh2x2x", _EM, 0),
        b"loca": struct.pack(">3H", 0, 0, len(glyph) // 2),
        b"maxp": struct.pack(">I14H", 0x10000, 2, 4, 1, 0, 0, 1, *[0] * 8),
    }
    place = 12 + 16 * len(tables)
    heads, bodies = [struct.pack(">I4H", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64)], []
    for tag, table in tables.items():
        heads.append(struct.pack(">4s3I", tag, 0, place, len(table)))
        bodies.append(table + bytes(-len(table) % 4))
        place += len(bodies[-1])
    return b"".join([*heads, *bodies])


def _glyph() -> bytes:
    """Return the outline of the mark: a contour of four corners, each given by its distance from the one before."""
    left, bottom, right, top = _MARK
    corners = struct.pack(">4h4h", left, 0, right - left, 0, bottom, top - bottom, 0, bottom - top)
    return struct.pack(">h4h2H4B", 1, *_MARK, 3, 0, 1, 1, 1, 1) + corners


def _cmap() -> bytes:
    """Return which glyph a character is, in format 13: one glyph for a whole range of characters."""
    groups = b"".join(struct.pack(">3I", first, last, 1) for first, last in _RANGES)
    return struct.pack(">4HI2H3I", 0, 1, 3, 10, 12, 13, 0, 16 + len(groups), 0, len(_RANGES)) + groups
