"""Numbers of cells → text: as typed, without the noise of binary fractions, dates and units as the cell's format shows them.

A number is the one that is stored, also where its format shows fewer digits, or nothing for a zero.
"""

import re
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_PRECISION = 15  # digits that spreadsheets keep
_LAST_DAY = 2_958_466  # 31 December 9999
_LEAP_BUG = 60  # the 29 February 1900 that there was not
_EPOCHS = (datetime(1899, 12, 30), datetime(1904, 1, 1))

_BUILT_IN = {
    **dict.fromkeys((9,), "0%"),
    10: "0.00%",
    **dict.fromkeys((14, 15, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "yyyy-m-d"),
    16: "m-d",
    17: "yyyy-m",
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56), "h:mm"),
    22: "yyyy-m-d h:mm",
}
_LITERAL = re.compile(r'"([^"]*)"|[\\!](.)')
_BRACKETED = re.compile(r"\[(?![hms]+\])[^\]]*\]", re.IGNORECASE)
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_SHOWN_UNIT = re.compile(r"[+-]?[\d,]+(?:\.\d+)?\s*([\u4e00-\u9fff]{1,4})")
_UNIT = re.compile(r"[\u4e00-\u9fff]{1,4}")


class NumberFormat(NamedTuple):
    """What a format shows beside the digits: parts of a date (of ``ymdh``), a percent sign, a unit after the number."""

    date_parts: str = ""
    percent: bool = False
    unit: str = ""


GENERAL = NumberFormat()


@lru_cache(maxsize=4_096)
def read_format(code: str) -> NumberFormat:
    """Return what a format code shows.

    >>> read_format('yyyy"年"m"月"').date_parts, read_format('#,##0.00"万元"').unit
    ('ym', '万元')
    """
    section = _BRACKETED.sub("", _first_section(code))
    bare = _LITERAL.sub("", section)
    letters = bare.lower()
    if "general" in letters or "通用格式" in letters or "@" in letters:
        letters = ""
    if any(letter in letters for letter in "ydhs") or ("m" in letters and "0" not in letters):
        return NumberFormat(date_parts=_date_parts(letters))
    if "%" in bare:
        return NumberFormat(percent=True)
    tail = _LITERAL.sub(lambda match: match[1] or match[2] or "", re.split(r"[0#?]|General|通用格式", section)[-1])
    unit = _UNIT.fullmatch(tail.strip(" _)"))
    scaled = _SCALED.search(bare) or re.search(r"[\\!]\.", section)
    return NumberFormat(unit=unit[0]) if unit and not scaled else GENERAL


def built_in_format(number: int) -> NumberFormat:
    """Return what a format shows that files name by number only."""
    return read_format(_BUILT_IN[number]) if number in _BUILT_IN else GENERAL


def _first_section(code: str) -> str:
    quoted = False
    for position, character in enumerate(code):
        quoted ^= character == '"'
        if character == ";" and not quoted:
            return code[:position]
    return code


def _date_parts(letters: str) -> str:
    """Return which parts of a date are shown; ``m`` beside hours or seconds is minutes."""
    clock = "h" in letters or "s" in letters
    month = "m" in letters and (not clock or "y" in letters or "d" in letters)
    return "".join(part for part in "ymdh" if (month if part == "m" else clock if part == "h" else part in letters))


def number_text(value: float, shown: NumberFormat = GENERAL, *, from_1904: bool = False) -> str:
    """Return a stored number as text.

    >>> number_text(12.0), number_text(0.1 + 0.2), number_text(1.1398889e7), number_text(0.125, NumberFormat(percent=True))
    ('12', '0.3', '11398889', '12.5%')
    """
    if value != value or value in (float("inf"), float("-inf")):
        return "#NUM!"
    if shown.date_parts and 0 <= value < _LAST_DAY:
        return date_text(_moment(value, from_1904), shown.date_parts)
    if shown.percent:
        return f"{_digits(value * 100)}%"
    return f"{_digits(value)}{shown.unit}"


def _digits(value: float) -> str:
    rounded = float(f"{value:.{_PRECISION}g}")
    if rounded == int(rounded):
        return str(int(rounded))
    return format(Decimal(repr(rounded)), "f")


def _moment(serial: float, from_1904: bool) -> datetime:
    days = serial + 1 if not from_1904 and serial < _LEAP_BUG else serial
    return _EPOCHS[from_1904] + timedelta(seconds=round(days * 86_400))


def date_text(moment: datetime, parts: str = "ymd") -> str:
    """Return the parts of a date that are shown.

    >>> date_text(datetime(2021, 1, 20)), date_text(datetime(2021, 1, 20), "ym")
    ('2021年1月20日', '2021年1月')
    """
    day = {"y": f"{moment.year}年", "m": f"{moment.month}月", "d": f"{moment.day}日"}
    words = ["".join(text for part, text in day.items() if part in parts)]
    if "h" in parts:
        words.append(f"{moment:%H:%M}")
    return " ".join(filter(None, words))


def trailing_unit(shown: str) -> str:
    """Return the unit behind a number as it is shown, or nothing.

    >>> trailing_unit("2,560.00万元"), trailing_unit("12")
    ('万元', '')
    """
    match = _SHOWN_UNIT.fullmatch(shown.strip())
    return match[1] if match else ""
