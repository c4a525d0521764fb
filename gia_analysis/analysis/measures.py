"""Indicators that are no formulas in cells: each is one function, found by ``measure``, that an entry names."""

from collections.abc import Callable

import numpy as np

from gia_analysis.analysis.formulas import measure_formula
from gia_analysis.analysis.material import Material, Measured, Words
from gia_analysis.analysis.registry import Indicator, get_indicator
from gia_analysis.grids import Flags, Numbers
from gia_analysis.schema import FAILING, Verdict

MeasureFunction = Callable[[Material, Indicator | None], Measured]

MEASURES: dict[str, MeasureFunction] = {}


def measure(name: str) -> Callable[[MeasureFunction], MeasureFunction]:
    """Register a function for the entries that name it. It takes the material and the indicator that the entry is of."""

    def register(function: MeasureFunction) -> MeasureFunction:
        MEASURES[name] = function
        return function

    return register


def compute_measure(indicator: Indicator, material: Material) -> Measured:
    """Return an indicator over all reports, by its function if it has one, else by its formula."""
    if indicator.function is None:
        return measure_formula(indicator, material)
    return MEASURES[indicator.function](material, None if indicator.of is None else get_indicator(indicator.of))


@measure("zero_requests")
def measure_zero(material: Material, of: Indicator | None) -> Measured:
    """Return one where a count is zero and zero where it is more, of one; missing where the count is."""
    if of is None:
        raise ValueError("an indicator by this function says of which count it is")
    count = measure_formula(of, material)
    known = count.reason.missing() & count.flags.missing()
    numerator = np.where(known, (count.numerator == 0).astype("float64"), np.nan)
    denominator = np.where(known, 1.0, np.nan)
    failed = Words.one("checks_failed", material.size)
    reason = failed.where(count.reason.missing() & ~count.flags.missing(), count.reason)
    return Measured(numerator, denominator, reason, count.flags, count.cells)


@measure("published_in_time")
def measure_published_in_time(material: Material, of: Indicator | None) -> Measured:
    """Return one where the check of the deadline holds and zero where it fails, of one."""
    checks = material.checks
    mine = (checks["code"] == "PUBLISHED_LATE").to_numpy(dtype=bool)
    passed = _count(material, mine & (checks["status"] == Verdict.PASS.value).to_numpy(dtype=bool))
    failed = _count(material, mine & checks["status"].isin(FAILING).to_numpy(dtype=bool))
    judged = passed + failed
    made = _count(material, mine) > 0
    unknown = Words.one("date_or_agency_unknown", material.size)
    known = Words.one(None, material.size).where(judged > 0, unknown)
    return _of_checks(material, np.where(judged > 0, passed, np.nan), np.where(judged > 0, judged, np.nan), known, made)


@measure("data_quality")
def measure_data_quality(material: Material, of: Indicator | None) -> Measured:
    """Return how many checks that must hold do hold, of those that can be judged.

    A check that holds if blanks are zero counts as holding where blanks count as zero; else it is left out of both.
    """
    checks = material.checks
    hard = (checks["severity"] == "hard").to_numpy(dtype=bool)
    holding = [Verdict.PASS.value, *([Verdict.PASS_IF_BLANK_IS_ZERO.value] if material.blanks == "zero" else [])]
    passed = _count(material, hard & checks["status"].isin(holding).to_numpy(dtype=bool))
    failed = _count(material, hard & checks["status"].isin(FAILING).to_numpy(dtype=bool))
    zero = Words.one("denominator_zero", material.size)
    reason = Words.one(None, material.size).where(passed + failed > 0, zero)
    return _of_checks(material, passed, passed + failed, reason, _count(material, hard) > 0)


def _count(material: Material, chosen: Flags) -> Numbers:
    """Return how many of the chosen rows of ``checks`` each report has."""
    reports = material.check_reports[chosen]
    return np.bincount(reports[reports >= 0], minlength=material.size).astype("float64")


def _of_checks(material: Material, numerator: Numbers, denominator: Numbers, reason: Words, made: Flags) -> Measured:
    """Return what was counted in checks, missing where the checks were not made."""
    missing = Words.one(None, material.size)
    return Measured(
        np.where(made, numerator, np.nan),
        np.where(made, denominator, np.nan),
        reason.where(made, Words.one("not_checked", material.size)),
        missing,
        missing,
    )
