"""How a printed label is compared with an official one: normalised first, then ever more freely."""

import re
from enum import IntEnum
from functools import lru_cache

from gia_analysis.forms.writing import INVISIBLE, ORDINARY, PINYIN

_CHARACTERS = str.maketrans(
    {
        **{chr(code): character for code, character in ORDINARY.items()},
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full width → ASCII
        "“": '"', "”": '"', "″": '"', "「": '"', "」": '"', "『": '"', "』": '"', "‘": '"', "’": '"', "'": '"', "＇": '"',
        "—": "-", "–": "-", "−": "-", "―": "-", "‐": "-", "‑": "-", "－": "-",
        "・": "·", "•": "·", "‧": "·",
        "﹝": "(", "﹞": ")", "〔": "(", "〕": ")", "﹙": "(", "﹚": ")",
        "\\": "/", "＼": "/", "∕": "/", "⁄": "/",
        "．": ".", "。": ".", "，": ",", "：": ":", "；": ";",
    }
)  # fmt: skip
_INVISIBLE = re.compile(rf"[\s{INVISIBLE}]+")
_ENUMERATOR = re.compile(r"^(?:[一二三四五六七八九十]+[、.,]|\([一二三四五六七八九十]+\)[、.]?|\(?\d{1,2}[.、)]+)")
_PARENTHESIS = re.compile(r"(?<=.)\([^()]*\)$")


class MatchStep(IntEnum):
    """How far a printed label had to be loosened before it was an official one."""

    EXACT = 0
    ALIAS = 1
    NO_ENUMERATOR = 2
    NO_PARENTHESIS = 3
    NEAR = 4


@lru_cache(maxsize=16_384)
def normalise(label: str) -> str:
    """Return the label without white space and with one spelling of brackets, quotes, dashes and width.

    Bracketed pinyin after a character (公(gong)开(kai)) is dropped: some hacked mirrors insert it.

    >>> normalise("第二十条  第（六）项")
    '第二十条第(六)项'
    >>> normalise("3.危及 “三安全一稳定”")
    '3.危及"三安全一稳定"'
    """
    return PINYIN.sub("", _INVISIBLE.sub("", label.translate(_CHARACTERS)))


def without_enumerator(normalised: str) -> str:
    """Return a normalised label without its leading 一、 (一) 1. or 1、.

    >>> without_enumerator("(三)不予公开")
    '不予公开'
    """
    return _ENUMERATOR.sub("", normalised)


def depth_of(normalised: str) -> int:
    """Return how deep the numeral of a normalised label says it stands: 一、 is 1, (一) 2, 1. 3, none 4.

    >>> depth_of("四、行政复议数量"), depth_of("(二)被依法纠错数"), depth_of("其中:涉及国家秘密")
    (1, 2, 4)
    """
    found = _ENUMERATOR.match(normalised)
    if not found:
        return 4
    if found[0][0].isascii() and found[0][0] != "(":
        return 3
    return 2 if found[0][0] == "(" else 1


def without_parenthesis(normalised: str) -> str:
    """Return a normalised label without the explanation in brackets at its end.

    >>> without_parenthesis("规章(市政府令)")
    '规章'
    """
    return _PARENTHESIS.sub("", normalised)


def variants(normalised: str) -> list[tuple[MatchStep, str]]:
    """Return the ever looser readings of a normalised label, the strictest first, without repetition."""
    bare = without_enumerator(normalised)
    steps = [
        (MatchStep.EXACT, normalised),
        (MatchStep.NO_ENUMERATOR, bare),
        (MatchStep.NO_PARENTHESIS, without_parenthesis(normalised)),
        (MatchStep.NO_PARENTHESIS, without_parenthesis(bare)),
    ]
    first: dict[str, MatchStep] = {}
    for step, text in steps:
        if text:
            first.setdefault(text, step)
    return [(step, text) for text, step in first.items()]
