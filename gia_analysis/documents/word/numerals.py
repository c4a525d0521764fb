"""A number in the writing that a Word numbering asks for: 一, （一）'s 一, ①, 甲, iv."""

from collections.abc import Callable, Mapping
from functools import partial

_DIGITS = "〇一二三四五六七八九"
_LEGAL = ("零壹贰叁肆伍陆柒捌玖", "拾佰仟")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST = 9_999  # that is written in anything but digits


def write_number(number: int, writing: str) -> str:
    """Return a number in a writing, by its name in OOXML; in plain digits where it has none in it.

    >>> [write_number(12, name) for name in ("chineseCounting", "decimal", "lowerRoman", "decimalEnclosedCircle")]
    ['十二', '12', 'xii', '⑫']
    """
    write = _WRITINGS.get(writing)
    return (write(number) if write and 0 < number <= _MOST else "") or str(number)


def _counted(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """Write 10 as 十 and 105 as 一百〇五."""
    text, skipped = "", False
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if not digit:
            skipped = bool(text)
            continue
        one_ten = power == 1 and digit == 1 and not text and units[0] == "十"
        text += (
            (digits[0] if skipped else "") + ("" if one_ten else digits[digit]) + (units[power - 1] if power else "")
        )
        skipped = False
    return text


def _digit_by_digit(number: int) -> str:
    return str(number).translate({48 + digit: each for digit, each in enumerate(_DIGITS)})


def _of_series(series: str, number: int) -> str:
    return series[number - 1] if number <= len(series) else ""


def _enclosed(first: int, number: int) -> str:
    return chr(first + number - 1) if number <= 20 else ""


def _letters(first: str, number: int) -> str:
    times, letter = divmod(number - 1, 26)
    return chr(ord(first) + letter) * (times + 1) if times < 10 else ""


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text


_WRITINGS: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
                     "japaneseCounting"), _counted),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), _digit_by_digit),
    "chineseLegalSimplified": partial(_counted, digits=_LEGAL[0], units=_LEGAL[1]),
    "ideographTraditional": partial(_of_series, _STEMS),
    "ideographZodiac": partial(_of_series, _BRANCHES),
    "decimalEnclosedCircle": partial(_enclosed, ord("①")),
    "decimalEnclosedCircleChinese": partial(_enclosed, ord("①")),
    "decimalEnclosedParen": partial(_enclosed, ord("⑴")),
    "decimalEnclosedFullstop": partial(_enclosed, ord("⒈")),
    "decimalFullWidth": lambda number: str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
    "decimalZero": "{:02d}".format,
    "upperLetter": partial(_letters, "A"),
    "lowerLetter": partial(_letters, "a"),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}  # fmt: skip
