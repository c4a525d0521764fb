"""The slips of the hand that turn one figure into another, told by their digits, and how telling each is."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

UNIT_FACTOR = 10_000.0  # 元 in one 万元


class Slip(StrEnum):
    """What probably happened to a figure."""

    DIGIT = "digit"
    MISSING_DIGIT = "missing_digit"
    DOUBLED_DIGIT = "doubled_digit"
    DIGITS_SWAPPED = "digits_swapped"
    SIGN = "sign"
    UNIT = "unit"
    NEIGHBOUR = "neighbour"
    SHIFTED_ROW = "shifted_row"
    ROW_SWAPPED = "row_swapped"
    CARRY_OVER = "carry_over"
    TOTAL_NOT_UPDATED = "total_not_updated"
    BLANK_ZERO = "blank_zero"
    OTHER = "other"


_WEIGHTS: Mapping[Slip, int] = {
    Slip.UNIT: 1,
    Slip.SIGN: 1,
    Slip.CARRY_OVER: 1,
    Slip.DIGITS_SWAPPED: 2,
    Slip.DOUBLED_DIGIT: 2,
    Slip.MISSING_DIGIT: 3,
    Slip.NEIGHBOUR: 3,
    Slip.SHIFTED_ROW: 3,
    Slip.DIGIT: 4,
    Slip.ROW_SWAPPED: 4,
    Slip.TOTAL_NOT_UPDATED: 5,
    Slip.BLANK_ZERO: 7,
    Slip.OTHER: 9,
}
_ONE_DIGIT, _FROM_ZERO = 2, 1  # a single digit can become any other: such a slip tells little, from zero least


def name_slip(printed: float | None, meant: float) -> Slip:
    """Return the slip that makes the printed figure of the one meant; a blank is None.

    >>> name_slip(54, 45), name_slip(12, 122), name_slip(112, 12), name_slip(17, 12), name_slip(None, 3)
    (<Slip.DIGITS_SWAPPED: 'digits_swapped'>, <Slip.MISSING_DIGIT: 'missing_digit'>, \
<Slip.DOUBLED_DIGIT: 'doubled_digit'>, <Slip.DIGIT: 'digit'>, <Slip.BLANK_ZERO: 'blank_zero'>)
    """
    if printed is None:
        return Slip.BLANK_ZERO
    if printed == -meant:
        return Slip.SIGN
    if meant and printed and (printed == meant * UNIT_FACTOR or printed * UNIT_FACTOR == meant):
        return Slip.UNIT
    if (printed < 0) == (meant < 0):
        named = _by_digits(_digits(printed), _digits(meant))
        if named:
            return named
    return Slip.OTHER if printed else Slip.BLANK_ZERO


def weigh_slip(slip: Slip, printed: float | None, meant: float) -> int:
    """Return how little a slip tells: the smaller, the less likely is it that the figures fit by chance."""
    weight = _WEIGHTS[slip]
    if slip is Slip.DIGIT and max(abs(printed or 0), abs(meant)) < 10:
        weight += _ONE_DIGIT + (_FROM_ZERO if not printed else 0)
    return weight


def _digits(value: float) -> str:
    return format(abs(Decimal(repr(value))).normalize(), "f")


def _by_digits(printed: str, meant: str) -> Slip | None:
    if len(printed) == len(meant):
        differing = [at for at, (one, other) in enumerate(zip(printed, meant, strict=True)) if one != other]
        if len(differing) == 1:
            return Slip.DIGIT
        if len(differing) == 2 and differing[1] == differing[0] + 1 and _turned(meant, differing[0]) == printed:
            return Slip.DIGITS_SWAPPED
    if len(printed) + 1 == len(meant) and any(_without(meant, at) == printed for at in range(len(meant))):
        return Slip.MISSING_DIGIT
    if len(printed) == len(meant) + 1 and any(
        one == other and _without(printed, at) == meant for at, (one, other) in enumerate(pairwise(printed))
    ):
        return Slip.DOUBLED_DIGIT
    return None


def _without(digits: str, at: int) -> str:
    return digits[:at] + digits[at + 1 :]


def _turned(digits: str, at: int) -> str:
    return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
