"""What only says how text looks, taken out of a part before its XML is parsed: it is three quarters of many parts."""

import re

_NAMES = (
    "b bCs i iCs u color sz szCs kern rFonts lang spacing w position snapToGrid fitText em effect shd highlight bdr "
    "jc ind widowControl suppressAutoHyphens bidi rtl cs keepNext keepLines wordWrap autoSpaceDE autoSpaceDN adjustRightInd "
    "tcW vAlign noWrap top left bottom right start end insideH insideV"
)
_LOOKS = re.compile(f"<w:(?:{'|'.join(_NAMES.split())})(?: [^<>]*)?/>".encode())
_LITERAL = (b"<![CDATA[", b"<!--")  # in which what looks like an element is none


def without_looks(data: bytes) -> bytes:
    """Return an XML part without the empty elements that only say how text looks."""
    return data if any(mark in data for mark in _LITERAL) else _LOOKS.sub(b"", data)
