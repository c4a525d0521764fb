"""The rules that are not sums: each is one function with its code, severity and sentence, found by ``rule``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from gia_analysis.checks.evidence import Evidence
from gia_analysis.forms import Severity, forms
from gia_analysis.schema import Verdict

RuleFunction = Callable[[Evidence], pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check: its code, how strictly it must hold, and its sentence in both languages."""

    code: str
    severity: Severity
    zh: str
    en: str
    run: RuleFunction


RULES: dict[str, Rule] = {}

_VERDICTS = pd.CategoricalDtype([Verdict.PASS.value, Verdict.FAIL.value, Verdict.NOT_APPLICABLE.value])


def rule(code: str, severity: Severity, *, zh: str, en: str) -> Callable[[RuleFunction], RuleFunction]:
    """Register a function as a rule. It returns findings as ``findings`` does, for all readable reports at once.

    These have columns of the table ``checks``, and ``at``, the number of the report, in place of its keys.
    """

    def register(function: RuleFunction) -> RuleFunction:
        RULES[code] = Rule(code, severity, zh, en, function)
        return function

    return register


def findings(holds: pd.Series, applies: pd.Series, reason: str | pd.Series = "", **columns: object) -> pd.DataFrame:
    """Return one finding a report: passed or failed where the rule applies, else not applicable for ``reason``.

    Args:
        holds: whether the rule holds, indexed by the number of the report.
        applies: whether it can be judged at all.
        reason: code of why it cannot, one for all or one a report.
        columns: further columns of the table ``checks``: values for all, or a series with the same index.
    """
    judged = np.where(np.asarray(holds, dtype=bool), 0, 1)
    verdict = np.where(np.asarray(applies, dtype=bool), judged, 2)
    reasons = reason if isinstance(reason, pd.Series) else pd.Series(reason, index=holds.index, dtype="str")
    found = {"at": holds.index, "status": pd.Categorical.from_codes(verdict, dtype=_VERDICTS)}
    frame = pd.DataFrame({**found, "reason": reasons.where(~applies), **columns}, index=holds.index)
    if "left" in frame and "right" in frame:
        frame["difference"] = frame["left"] - frame["right"]
    return frame.reset_index(drop=True)


def sentences() -> Mapping[str, str]:
    """Return the English of every check's Chinese sentence."""
    found = {each.zh: each.en for form in forms().values() for each in form.sums}
    return found | {each.zh: each.en for each in RULES.values()}
