"""The one number reader: a printed cell → value, unit and what kind of thing was printed.

Every table and every sentence goes through ``read_value`` or ``read_number``; there is no second reader.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gia_analysis.forms import ORDINARY, CellType
from gia_analysis.schema import Kind

_WIDTH = str.maketrans(
    {
        **{chr(code): character for code, character in ORDINARY.items()},
        "項": "项", "個": "个", "條": "条", "萬": "万", "億": "亿", "減": "减", "無": "无", "兩": "两",
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
        "−": "-", "–": "-", "—": "-", "―": "-", "﹣": "-", "﹢": "+",
    }
)  # fmt: skip
_SPACE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_COUNTERS = "人次|件次|条次|件|条|次|项|个|人|篇|起|宗|份|类|期|场|家|部|种|批|户|名|张|册"
_NOT_APPLICABLE = frozenset({"-", "--", "---", "/", "//", "\\", "n/a", "na", "不适用", "不涉及", "无", "*"})
_NUMBER = re.compile(
    rf"""
    (?P<word>增加|增长|减少|增|减)?
    (?P<sign>[+-])?
    (?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d{{1,18}})
    (?P<fraction>\.\d{{1,6}})?
    (?P<scale>万亿|亿|万)?
    (?P<unit>元|{_COUNTERS})?
    """,
    re.VERBOSE | re.ASCII,
)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?: \d{3})+", re.ASCII)
_LINES_OF_FIGURES = re.compile(r"\d\s*\n\s*\d", re.ASCII)
_CHINESE = re.compile(
    r"(?P<word>增加|减少|增|减)?(?P<numeral>[零〇○一二两三四五六七八九十百千万]+)(?P<unit>元|" + _COUNTERS + ")?"
)
_DIGITS = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {None: 1, "万": 10_000, "亿": 100_000_000, "万亿": 1_000_000_000_000}
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "丨": "1"})
_LETTERS = re.compile(r"(?=[^OoIl丨]*[OoIl丨])[+-]?[\dOoIl丨][\dOoIl丨,.]*", re.ASCII)
_FOOTNOTE = re.compile(r"(?<=[\d元件条])(?:[①-⑳❶-❿⑴-⒇¹²³⁴-⁹*＊※†‡#]+|\[\d{1,2}\]|[(（]?注释?\d{0,2}[)）]?)$", re.ASCII)
_LETTER = "LETTER_FOR_DIGIT"
MONEY_UNITS = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
UNCLEAR_UNIT = "?"  # row and column are headed with different units
BARE_UNITS = frozenset({"亿元", "万元", "元", "--", "-", "----", *_COUNTERS.split("|")})
_MONEY_UNIT = re.compile(r"[(（](?:单位[:：]?)?(亿元|万元|元)[)）]$")


@dataclass(frozen=True, slots=True)
class PrintedValue:
    """What a cell says. ``value`` is None unless ``kind`` is ``NUMBER``; ``issue`` is the code of what looks wrong."""

    value: float | None
    unit: str | None
    kind: Kind
    issue: str | None = None


_BLANK = PrintedValue(None, None, Kind.BLANK)


@lru_cache(maxsize=16_384)  # most cells of most reports are the same few texts
def read_value(
    raw: str, cell_type: CellType = "count", form_unit: str | None = None, printed_unit: str | None = None
) -> PrintedValue:
    """Read a printed cell of a statutory table.

    Args:
        raw: the cell as printed.
        cell_type: ``count`` (whole, not negative), ``signed`` (a change) or ``money`` (returned in 万元).
        form_unit: the unit the form gives the cell. For money without any unit, the unit of the result is None.
        printed_unit: the unit of money that the row or column is headed with; it stands above the form's.

    A figure that the type does not allow (a fraction or a minus in a count) is kept, with an issue; so is one with a
    letter for a digit or a footnote mark.

    >>> read_value("6054万元", "money").value
    6054.0
    >>> read_value("增72", "signed").value
    72.0
    >>> read_value(" ").kind.value
    'blank'
    """
    text = raw.translate(_WIDTH).strip()
    compact = _SPACE.sub("", text)
    if not compact:
        return _BLANK
    if compact.lower() in _NOT_APPLICABLE:
        return PrintedValue(None, None, Kind.NA)
    if len(compact) > 40:
        return PrintedValue(None, None, Kind.TEXT)
    if (without := _FOOTNOTE.sub("", text)) != text:
        return _marked(read_value(without, cell_type, form_unit, printed_unit), "FOOTNOTE")
    if _LETTERS.fullmatch(compact) and (compact in "OoIl" or any(character.isdigit() for character in compact)):
        return _marked(read_value(compact.translate(_LOOKALIKES), cell_type, form_unit, printed_unit), _LETTER)
    single = _SPACE.sub(" ", text)
    if (" " in single and not _joins(single)) or _LINES_OF_FIGURES.search(text):
        return PrintedValue(None, None, Kind.TEXT, "SEVERAL_FIGURES" if any(c.isdigit() for c in single) else None)
    match = _NUMBER.fullmatch(compact)
    if match:
        return _typed(match, cell_type, form_unit, printed_unit)
    numeral = _CHINESE.fullmatch(compact)
    number = read_numeral(numeral["numeral"]) if numeral else None
    if numeral is None or number is None:
        return PrintedValue(None, None, Kind.TEXT)
    negative = (numeral["word"] or "").startswith("减")
    issue = "WORD_IN_COUNT" if numeral["word"] and cell_type != "signed" else None
    value = float(-number if negative else number)
    if cell_type == "money":
        return _money(Decimal(int(value)), None, numeral["unit"], (form_unit, printed_unit), issue)
    return PrintedValue(value, numeral["unit"] or form_unit, Kind.NUMBER, issue)


def _marked(value: PrintedValue, issue: str) -> PrintedValue:
    """Return a value read once something was taken for something else; what is no figure even then is text."""
    if value.kind is not Kind.NUMBER:
        return PrintedValue(None, None, Kind.TEXT)
    return PrintedValue(value.value, value.unit, value.kind, value.issue or issue)


def is_unit(label: str) -> bool:
    """Tell whether a normalised cell is a unit and nothing else.

    >>> is_unit("人次"), is_unit("万元"), is_unit("申请")
    (True, True, False)
    """
    return label in BARE_UNITS


def unit_in_label(label: str) -> str | None:
    """Return the unit of money that the label of a row or column ends with, or None.

    >>> unit_in_label("采购总金额（单位：元）"), unit_in_label("规章（市政府令）")
    ('元', None)
    """
    if label[-1:] not in ")）":
        return None
    found = _MONEY_UNIT.search(label)
    return found[1] if found else None


def _joins(single: str) -> bool:
    """Tell whether blanks inside a cell only stand between groups of three digits, a sign, a word and a unit."""
    if _GROUPED.fullmatch(single):
        return True
    return not re.search(r"\d \d", single)


def _typed(match: re.Match[str], cell_type: CellType, form_unit: str | None, printed_unit: str | None) -> PrintedValue:
    number = Decimal(match["digits"].replace(",", "") + (match["fraction"] or ""))
    word = match["word"] or ""
    if match["sign"] == "-" or word.startswith("减"):
        number = -number
    issue = None
    if cell_type != "signed" and (match["sign"] or word):
        issue = "NEGATIVE" if number < 0 else "SIGN_IN_COUNT"
    if cell_type == "money":
        return _money(number, match["scale"], match["unit"], (form_unit, printed_unit), issue)
    if match["unit"] == "元":
        issue = "MONEY_IN_COUNT"
    number *= _SCALES[match["scale"]]
    if number != number.to_integral_value():
        issue = "FRACTION_IN_COUNT"
    return PrintedValue(float(number), match["unit"] or form_unit, Kind.NUMBER, issue)


def _money(
    number: Decimal, scale: str | None, unit: str | None, heads: tuple[str | None, str | None], issue: str | None
) -> PrintedValue:
    """Return an amount in 万元. A bare number is in the unit its row or column is headed with, else in the form's."""
    form_unit, printed_unit = heads
    if unit and unit != "元":
        return PrintedValue(float(number), unit, Kind.NUMBER, "COUNTER_IN_MONEY")
    if unit or scale:
        return PrintedValue(float(number * _SCALES[scale] / 10_000), "万元", Kind.NUMBER, issue)
    if printed_unit is None or printed_unit == form_unit:
        return PrintedValue(float(number), form_unit, Kind.NUMBER, issue)
    if printed_unit not in MONEY_UNITS:
        return PrintedValue(float(number), None, Kind.NUMBER, issue or "UNIT_UNCLEAR")
    other = "UNIT_NOT_OF_FORM" if form_unit and number else None
    return PrintedValue(float(number * MONEY_UNITS[printed_unit] / 10_000), "万元", Kind.NUMBER, issue or other)


def read_numeral(text: str) -> int | None:
    """Return the number that a Chinese numeral names, or None where it is none.

    >>> read_numeral("二十"), read_numeral("一百零五"), read_numeral("二〇二〇")
    (20, 105, 2020)
    """
    if not any(character in "十百千万" for character in text):
        digits = [_DIGITS.get(character) for character in text]
        return None if not digits or None in digits else int("".join(str(digit) for digit in digits))
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _UNITS:
            section += (digit or 1) * _UNITS[character]
            digit = 0
        elif character == "万":
            total += (section + digit) * 10_000
            section = digit = 0
        else:
            return None
    return total + section + digit
