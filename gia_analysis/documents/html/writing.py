"""The text of a page as a browser shows it: white space collapsed, and lines parted by ``BREAK`` until they are taken.

NUL can stand in no page, neither as a byte (one that has any is decoded, which drops them) nor as ``&#0;``. So it parts the
lines here, and an empty piece between two of them announces the number of something that was taken out of its place.
"""

import re
from collections.abc import Iterable, Iterator

import numpy as np

BREAK = "\0"

_CHINESE = re.compile("[\u3400-\u9fff]")
_SPOILT = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f\ufffd]")
_REPLACED, _DELETE, _BLANK = "\ufffd", 0x7F, 0x20  # below a blank are the controls
_IS_SPOILT = np.array([_SPOILT.match(chr(code)) is not None for code in range(_BLANK)])
_LONG = 20_000  # characters of a text that NumPy searches faster than ``re``
_SHORT = 2  # characters, with no blanks in the middle to collapse
_SPACE = re.compile(r"[ \t\n\r\f]+")
_SEVERAL_BLANKS = re.compile("  ")  # found faster than by ``in`` where there are many of one
_WIDE = r"\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff60"
# As CSS Text 3 has it (4.1.3): the end of a source line is a space, but none between wide characters.
_BREAK_IN_WORDS = re.compile(rf"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_WIDE}])")


def place_of(number: int) -> str:
    """Return the text that stands for something taken out."""
    return f"{BREAK}{number}"


def holds_place(text: str) -> bool:
    """Tell whether something was taken out of a text."""
    return text.startswith(BREAK) or BREAK * 2 in text


def line_of(text: str) -> str:
    """Return a piece of text as one line, without blanks at its ends."""
    text = text.strip()
    if len(text) <= _SHORT:
        return text
    if "\n" in text:
        text = _BREAK_IN_WORDS.sub("", text)
    return _SPACE.sub(" ", text) if may_collapse(text) else text


def may_collapse(text: str) -> bool:
    """Tell whether a text holds white space that a browser shows otherwise."""
    several = " " in text and _SEVERAL_BLANKS.search(text)
    return bool(several) or "\n" in text or "\t" in text or "\r" in text


def lines_of(text: str) -> str:
    """Return a text of several pieces with a line feed between those that are not blank."""
    return "\n".join(filter(None, map(line_of, text.split(BREAK))))


def parts_of(text: str) -> Iterator[tuple[int | None, list[str]]]:
    """Yield the number of each thing that was taken out of a text, with the pieces after it; first those before all."""
    pieces = text.split(BREAK) if text else []
    number, start = None, 0
    for _ in range(pieces.count("")):
        place = pieces.index("", start)
        yield number, pieces[start:place]
        number, start = int(pieces[place + 1]), place + 2
    yield number, pieces[start:]


def reads_well(texts: Iterable[str]) -> bool:
    """Tell whether texts are what the bytes of their page say: nothing in them was replaced, and some is Chinese."""
    text = "".join(texts)
    return not _is_spoilt(text) and _CHINESE.search(text) is not None


def _is_spoilt(text: str) -> bool:
    """Tell whether a text has controls that none has, or characters that were replaced."""
    if len(text) < _LONG:
        return _SPOILT.search(text) is not None
    codes = np.array(text, ndmin=1).view(np.uint32)
    return _REPLACED in text or bool((codes == _DELETE).any() or _IS_SPOILT.take(codes[codes < _BLANK]).any())
