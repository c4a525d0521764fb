"""Bytes → text, whatever the encoding is called: the bytes decide, and a bad byte costs no more than its character."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from gia_analysis.documents.encoding_guess import (
    COMMON,
    UTF16_MARKS,
    bits_of,
    decode_marking,
    guess_encoding,
    taught_characters,
)
from gia_analysis.errors import DocumentError

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_BAD = re.compile("[\ud800-\udfff]+")
_CONTROL = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes({*range(32), 0x7F} - set(b"\t\n\f\r"))
# Neither GB18030 nor Big5 has a byte below 0x30 in a character, so that both find their step again after one.
_RUN = re.compile("[^\x00-\x2f]{1,500}")
_MOST_RUNS_MENDED = 1_000
_CUT_BITS = 8.0  # half a character at the end of a file: likelier than elsewhere
_BAR_BITS = 20.0  # what a character costs in addition where a bar would stand
_NEAR = 200  # characters around a run in which other bars stand
_NUL_BYTES = 4_096


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file.

    ``encoding`` is the name by which Python's ``open`` gives the same text: ``utf-8``, ``utf-8-sig`` (with a byte order
    mark), ``gb18030`` (GBK and GB2312 are parts of it), ``big5hkscs`` (Big5 is a part of it), ``utf-16-le``,
    ``utf-16-be``, or ``utf-16`` (with a byte order mark). ``undecoded`` counts the places that are no text in it; each
    is one U+FFFD in ``text``.
    """

    text: str
    encoding: str
    undecoded: int = 0


def decode(data: bytes) -> Decoded:
    """Return the text of a file, the name of its encoding, and the number of places that could not be decoded.

    Bytes that are valid UTF-8 are UTF-8. For others, and where there are NUL bytes as in UTF-16, the encoding is the one
    that gives the most ordinary Chinese; a byte order mark or a declared charset that says otherwise is not believed.
    Adjacent bad bytes are one place, and so is a character cut off by the end of the file.

    Byte order marks and NUL characters are no part of the text. Control characters other than TAB, line feed, carriage
    return and form feed are spaces in it.

    Raises:
        DocumentError: the bytes are text in no encoding known here; the message gives the first bad place.
    """
    utf16 = UTF16_MARKS.get(data[:2])
    body = data[2:] if utf16 else data.removeprefix(BYTE_ORDER_MARK)
    marked = utf16 or ("utf-8" if len(body) < len(data) else None)
    text = None if utf16 else _strict_utf8(body)
    encoding, undecoded = "utf-8", 0
    if text is None:
        encoding = _guess(data, body, marked)
        text, undecoded = _decode_around(body, encoding)
    if encoding.startswith("utf-16") or not _is_spotless(body):
        text = _CONTROL.sub(" ", text.replace("\0", ""))
    if encoding == marked:
        encoding = "utf-16" if utf16 else "utf-8-sig"
    return Decoded(text.lstrip("\ufeff"), encoding, undecoded)


def decode_to_utf8(data: bytes) -> tuple[bytes, str, int]:
    """Return the text of a file in UTF-8, the name of its encoding, and the number of places that could not be decoded.

    They are those of ``decode``; what is such a text already is not made anew.

    Raises:
        DocumentError: as for ``decode``.
    """
    body = data.removeprefix(BYTE_ORDER_MARK)
    if _is_spotless(body) and not body.startswith((BYTE_ORDER_MARK, *UTF16_MARKS)) and _strict_utf8(body) is not None:
        return body, "utf-8-sig" if len(body) < len(data) else "utf-8", 0
    decoded = decode(data)
    return decoded.text.encode("utf-8", "replace"), decoded.encoding, decoded.undecoded


def _is_spotless(data: bytes) -> bool:
    """Tell whether bytes of any encoding but UTF-16 hold no NUL and no control character."""
    return len(data.translate(None, _CONTROL_BYTES)) == len(data)


def _strict_utf8(data: bytes) -> str | None:
    """Return the text if the bytes are UTF-8 beyond doubt.

    There is doubt where NUL bytes may be those of UTF-16, and where all that is not ASCII is up to four letters of two
    bytes: such a letter may be one character of GB18030, as in a file that holds only 目录.
    """
    if b"\0" in data[:_NUL_BYTES]:
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    doubtful = 0 < len(data) - len(text) <= 4 and max(text) < "\u0800"
    return None if doubtful else text


def _guess(data: bytes, body: bytes, marked: str | None) -> str:
    encoding = guess_encoding(body, marked)
    if encoding is None:
        raise _refusal(data)
    return encoding


def _decode_around(data: bytes, encoding: str) -> tuple[str, int]:
    """Return the text with U+FFFD for each place that is no text, and how many those are."""
    text = decode_marking(data, encoding)
    if encoding in ("gb18030", "big5hkscs"):
        text = _mend(text, encoding)
    return _BAD.subn("\ufffd", text)


def _mend(text: str, encoding: str) -> str:
    """Return the text with the runs read anew in which a bad byte may have shifted the pairs after it.

    Such a run shows in a byte that is no character, in a rare character that may have swallowed a bar, in three rare
    characters one after the other, or in a letter that stands alone. The first thousand are read anew, the rest stay as
    the codec reads them.
    """
    suspect = _suspects(encoding)
    if not suspect.search(text):
        return text
    barred = frozenset() if encoding == "gb18030" and "開" in text else _barred(encoding)  # 億 and 質 are in use there
    budget = iter(range(_MOST_RUNS_MENDED))

    def mended(run: re.Match[str]) -> str:
        if suspect.search(run[0]) and next(budget, None) is not None:
            data = run[0].encode(encoding, "surrogateescape")
            near = text[max(run.start() - _NEAR, 0) : run.end() + _NEAR]
            return _cheapest_reading(data, encoding, barred if "|" in near else frozenset(), run.end() == len(text))
        return run[0]

    return _RUN.sub(mended, text)


@cache
def _suspects(encoding: str) -> re.Pattern[str]:
    barred = "".join(sorted(_barred(encoding)))
    known = re.escape("".join(sorted(COMMON | taught_characters())))
    return re.compile(f"[\udc80-\udcff{barred}]|[^\x00-\x7f{known}]{{3}}|(?<![!-~])[@-{{}}~](?![!-~])")


@cache
def _barred(encoding: str) -> frozenset[str]:
    """Return the characters whose second byte is that of a bar, and which a report hardly uses."""
    found = {bytes((lead, 0x7C)).decode(encoding, "ignore") for lead in range(0x81, 0xFF)}
    used = COMMON | taught_characters() if encoding == "big5hkscs" else COMMON
    return frozenset(each for each in found if len(each) == 1 and each not in used)


def _cheapest_reading(data: bytes, encoding: str, barred: frozenset[str], at_end: bool) -> str:
    """Return the reading of all bytes that costs the fewest bits, where any high byte may be a bad one."""
    cheapest: list[tuple[float, int, str]] = [(0.0, 0, "")] + [(float("inf"), 0, "")] * len(data)
    for start in range(len(data)):
        before = cheapest[start][0]
        for size, text, bits in _readings(data, start, encoding, at_end):
            end = start + size
            if text in barred and (end == len(data) or data[end] in b"0123456789"):  # where a cell would end
                bits += _BAR_BITS
            if before + bits < cheapest[end][0]:
                cheapest[end] = (before + bits, start, text)
    pieces: list[str] = []
    end = len(data)
    while end:
        _, end, text = cheapest[end]
        pieces.append(text)
    return "".join(reversed(pieces))


def _readings(data: bytes, start: int, encoding: str, at_end: bool) -> Iterator[tuple[int, str, float]]:
    """Yield what may begin at a byte, with its size and bits: a character of one, two or four bytes, or a bad byte.

    At the end of the file it may also be the beginning of a character, and that is likely.
    """
    if data[start] < 0x80:
        yield 1, chr(data[start]), bits_of(chr(data[start]))
        return
    left = len(data) - start
    bad = chr(0xDC00 + data[start])
    yield 1, bad, _CUT_BITS if at_end and left == 1 else bits_of(bad)
    for size in (2, 4) if encoding == "gb18030" else (2,):
        if text := _character(data[start : start + size], size, encoding):
            yield size, text, sum(map(bits_of, text))
    if at_end and left == 3 and encoding == "gb18030" and _character(data[start:] + b"0", 4, encoding):
        yield 3, bad, _CUT_BITS


@lru_cache(maxsize=65_536)
def _character(data: bytes, size: int, encoding: str) -> str:
    """Return the character of that many bytes that the bytes are, or nothing."""
    if len(data) < size or (size == 4 and data[1] >= 0x40):
        return ""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _refusal(data: bytes) -> DocumentError:
    """Return the error for bytes that are no text. The place is the first that is not UTF-8, or else the first NUL."""
    marked = len(BYTE_ORDER_MARK) if data.startswith(BYTE_ORDER_MARK) else 0
    try:
        data.decode("utf-8-sig")
        start = max(data.find(b"\0"), 0)
    except UnicodeDecodeError as error:
        start = error.start + marked  # the codec counts from after the mark
    line = data.count(b"\n", 0, start) + 1
    return DocumentError(
        "the content is binary data, or text in another encoding than UTF-8, GB18030, Big5 and UTF-16: the first bad "
        f"place is byte 0x{data[start]:02x} at offset {start} (line {line}); open the file in the program that wrote it "
        "and save it as UTF-8"
    )
