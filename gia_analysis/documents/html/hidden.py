"""Which elements of a page a style hides, told from its markup: most of a page may be styles, and they are searched once."""

import re
from collections.abc import Iterator

import numpy as np

_HIDDEN = re.compile(rb"display: ?none")
_LONGEST = len("display: none")
_WORD = b"display:"
_STRETCH = 131_072  # bytes that are looked at together: all would be several large pages in memory
SMALL = 0x20  # a bit that makes letters small, and other signs of controls; NumPy sets it faster than bytes are lowered
_BEFORE = 2_048  # bytes of a tag, or of a style sheet, before it
_STYLE = re.compile(rb"style\s*=\s*(?:\"([^\"]*)|'([^']*)|([^\s>]*))\Z")
_PLAIN = re.compile(r"[^\"'\\&<>\x00-\x1f\x7f\ufffd]+")
_MOST_PLACES = 500


def hidden_in(markup: bytes) -> str:
    """Return a selector of the elements of a page that may be hidden, by an attribute or by their own style."""
    queries = {"[hidden]"}
    for count, (place, form) in enumerate(_places(markup)):
        anywhere = f'[style*="{form}" i]'
        if count > _MOST_PLACES:
            return '[hidden],[style*="display:none" i],[style*="display: none" i]'
        if anywhere not in queries:
            queries.update(_styles_at(markup, place, anywhere))
    return ",".join(sorted(queries))


def _places(markup: bytes) -> Iterator[tuple[int, str]]:
    """Yield where each style that hides stands, and how it is written."""
    codes = np.frombuffer(markup, np.uint8)
    for start in range(0, len(markup), _STRETCH):
        small = (codes[start : start + _STRETCH + len(_WORD) - 1] | SMALL).tobytes()
        place = small.rfind(_WORD)  # from the end: the last letter of the word is that of most others in styles
        while place >= 0:
            if style := _HIDDEN.match(markup[start + place : start + place + _LONGEST].lower()):
                yield start + place, style[0].decode()
            place = small.rfind(_WORD, 0, place)


def _styles_at(markup: bytes, place: int, anywhere: str) -> Iterator[str]:
    """Yield what selects the elements with the style that stands around a place; nothing where it is one of a sheet.

    To compare whole styles is several times as fast as to search in each.
    """
    before = markup[max(0, place - _BEFORE) : place].lower()
    begun = _STYLE.search(before)
    if begun is None:
        if b"{" not in before and b"<" not in before:
            yield anywhere
        return
    first = begun.start(begun.lastindex or 0)
    quote, start = before[first - 1 : first], place - len(before) + first
    end = markup.find(quote, place, place + _BEFORE) if quote in (b'"', b"'") else -1
    style = markup[start:end].decode("utf-8", "replace") if end > 0 else ""
    yield f'[style="{style}"]' if _PLAIN.fullmatch(style) and "style" not in style else anywhere
