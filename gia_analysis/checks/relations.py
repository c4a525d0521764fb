"""What a relation between figures says where some are blank or could not be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gia_analysis.checks.history import Place, Words
from gia_analysis.grids import Flags, Numbers
from gia_analysis.schema import Verdict

Relation = Literal["=", "<=", ">="]
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Term:
    """A cell in a relation: subtracted or not, and whether it may be negative."""

    place: Place
    negative: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a relation over many reports: its sum with blanks as zero, and the bounds that blanks leave."""

    zero_filled: Numbers
    low: Numbers
    high: Numbers
    empty: Flags
    has_blank: Flags
    has_open: Flags


def add_up(terms: Sequence[Term]) -> Side:
    """Return a side of one term or more. A blank may be any number from zero up, or any at all where it is signed."""
    size = len(terms[0].place.value)
    total = np.zeros(size)
    falls, rises = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    empty, opened = np.ones(size, dtype=bool), np.zeros(size, dtype=bool)
    for term in terms:
        missing = np.isnan(term.place.value)
        total = total + np.where(missing, 0.0, term.place.value) * (-1 if term.negative else 1)
        falls |= missing & (term.negative or term.signed)
        rises |= missing & (not term.negative or term.signed)
        empty &= missing
        opened |= term.place.open
    low, high = np.where(falls, -np.inf, total), np.where(rises, np.inf, total)
    return Side(total, low, high, empty, falls | rises, opened)


def judge(left: Side, relation: Relation, right: Side, tolerance: Numbers | float = TOLERANCE) -> tuple[Words, Words]:
    """Return the verdict on a relation, and why it does not apply where it does not ("" elsewhere)."""
    difference = left.zero_filled - right.zero_filled
    lowest, highest = left.low - right.high, left.high - right.low
    if relation == "=":
        holds = np.abs(difference) <= tolerance
        impossible = (lowest > tolerance) | (highest < -np.asarray(tolerance))
    elif relation == "<=":
        holds, impossible = difference <= tolerance, lowest > tolerance
    else:
        holds, impossible = difference >= -np.asarray(tolerance), highest < -np.asarray(tolerance)
    blank = left.has_blank | right.has_blank
    reason = np.select(
        [
            left.empty & right.empty,
            (left.has_open | right.has_open) & ~impossible,
            left.empty & ~(holds & (relation == "=")),
            right.empty & ~(holds & (relation == "=")),
        ],
        ["all_blank", "unread", "total_missing", "parts_missing"],
        "",
    ).astype(object)
    status = np.select(
        [reason != "", ~blank & holds, ~blank, holds, impossible],
        [
            Verdict.NOT_APPLICABLE.value,
            Verdict.PASS.value,
            Verdict.FAIL.value,
            Verdict.PASS_IF_BLANK_IS_ZERO.value,
            Verdict.FAIL_WHATEVER_BLANKS_ARE.value,
        ],
        Verdict.FAIL.value,
    ).astype(object)
    return status, reason


def or_missing(words: Words) -> Words:
    """Return the words with nothing in place of the empty ones."""
    found = words.copy()
    found[words == ""] = None
    return found
