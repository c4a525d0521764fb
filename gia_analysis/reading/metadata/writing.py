"""Text as it is searched: without blanks, marks and figures of usual width, dates in figures."""

import re

_INVISIBLE = "\u200b\ufeff\u00ad"
_WIDTH = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
_USUAL = [(chr(ord(mark) + 0xFEE0), mark) for mark in ",:;()?!-./@0123456789"]
_WIDE = re.compile("[\uff01-\uff5e]")
_NUMERALS = {numeral: str(value) for value, numeral in enumerate("〇一二三四五六七八九")} | dict.fromkeys("○零Oo0", "0")
_WRITTEN_DATE = re.compile(
    r"二[〇○零Oo0](?P<y>[〇○零Oo0一二三][〇○零Oo0一二三四五六七八九])年"
    r"(?:(?P<m>十[一二]?|[一二三四五六七八九])月(?:(?P<d>[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日)?)?"
)


def half_width(text: str) -> str:
    """Return the text with marks, figures and letters of usual width; the usual ones are replaced the fast way.

    >>> half_width("（２０２０年度）")
    '(2020年度)'
    """
    if text.isascii() or not _WIDE.search(text):
        return text
    for wide, mark in _USUAL:
        text = text.replace(wide, mark)
    return text.translate(_WIDTH) if _WIDE.search(text) else text


def compact(text: str) -> str:
    """Return the text in usual width without blanks and invisible characters.

    >>> compact(" 索 引 号：")
    '索引号:'
    """
    text = "".join(half_width(text).split())
    if not text.isascii():
        for mark in _INVISIBLE:
            text = text.replace(mark, "")
    return text


def plain(text: str) -> str:
    """Return the text as ``compact`` does, with dates in figures.

    >>> plain("二〇二〇年 十二月 三十一日")
    '2020年12月31日'
    """
    text = compact(text)
    return _WRITTEN_DATE.sub(_in_figures, text) if "二" in text else text


def is_written_date(line: str) -> bool:
    """Return whether a line is a date written out, and nothing else.

    >>> is_written_date("二〇二一年三月五日"), is_written_date("2021年3月5日")
    (True, False)
    """
    return _WRITTEN_DATE.fullmatch(compact(line)) is not None


def _in_figures(match: re.Match[str]) -> str:
    year = "20" + "".join(_NUMERALS[numeral] for numeral in match["y"])
    month = f"{_number(match['m'])}月" if match["m"] else ""
    day = f"{_number(match['d'])}日" if match["d"] else ""
    return f"{year}年{month}{day}"


def _number(numerals: str) -> int:
    tens, ten, ones = numerals.rpartition("十")
    return (int(_NUMERALS.get(tens, "1")) * 10 if ten else 0) + int(_NUMERALS.get(ones, "0"))
