"""The rules that are not sums: each is one function with its code, severity and sentence, found by ``rule``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from gia_analysis.checks.evidence import Evidence
from gia_analysis.forms import Severity, forms
from gia_analysis.schema import KEY, Verdict

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


def rule(code: str, severity: Severity, *, zh: str, en: str) -> Callable[[RuleFunction], RuleFunction]:
    """Register a function as a rule. It returns findings made by ``findings``, for all readable reports at once."""

    def register(function: RuleFunction) -> RuleFunction:
        RULES[code] = Rule(code, severity, zh, en, function)
        return function

    return register


def findings(holds: pd.Series, applies: pd.Series, reason: str | pd.Series = "", **columns: object) -> pd.DataFrame:
    """Return one finding a report: passed or failed where the rule applies, else not applicable for ``reason``.

    Args:
        holds: whether the rule holds, indexed by source and report_id.
        applies: whether it can be judged at all.
        reason: code of why it cannot, one for all or one a report.
        columns: further columns of the table ``checks``: values for all, or a series with the same index.
    """
    judged = np.where(holds, Verdict.PASS.value, Verdict.FAIL.value)
    frame = pd.DataFrame({"status": np.where(applies, judged, Verdict.NOT_APPLICABLE.value)}, index=holds.index)
    reasons = reason if isinstance(reason, pd.Series) else pd.Series(reason, index=holds.index, dtype="str")
    frame["reason"] = reasons.where(~applies)
    for name, value in columns.items():
        frame[name] = value
    if "left" in frame and "right" in frame:
        frame["difference"] = frame["left"] - frame["right"]
    frame.index = frame.index.set_names(KEY)
    return frame.reset_index()


def sentences() -> Mapping[str, str]:
    """Return the English of every check's Chinese sentence."""
    found = {each.zh: each.en for form in forms().values() for each in form.sums}
    return found | {each.zh: each.en for each in RULES.values()}
