"""The rule that holds fees told in the text against one another and against the table of 2014."""

import numpy as np
import pandas as pd

from gia_analysis.checks.evidence import Evidence
from gia_analysis.checks.narrative_telling import compare, read_amount, read_told
from gia_analysis.checks.registry import rule
from gia_analysis.schema import Verdict

_TOLERANCE = 1e-6
_YUAN = 10_000  # in 万元


@rule(
    "NARR_FEE",
    "soft",
    zh="第六部分所述信息处理费与正文其他各处一致，未混淆元与万元；2014年表式报告正文所述收费与统计表一致。",
    en="The processing fees told in chapter six are those told elsewhere, in yuan or 万元 alike; on the form of 2014 those of the table.",
)
def check_fees_told(evidence: Evidence) -> pd.DataFrame:
    """Forms since 2019 have no cell for the processing fee (信息处理费): chapter six tells it."""
    table = read_amount(evidence, "stats_2014", "fees_collected", "value")
    found = [compare(evidence, [(read_told(evidence, "fees_collected"), table)], untold=True), _within_text(evidence)]
    return pd.concat(found, ignore_index=True)


def _within_text(evidence: Evidence) -> pd.DataFrame:
    told = read_told(evidence, "processing_fee")[["at", "section", "value", "raw", "sentence", "order"]]
    pairs = told[told["section"] == "other"].merge(told, on="at", suffixes=("", "_elsewhere"))
    pairs = pairs[pairs["order"] != pairs["order_elsewhere"]]
    left, right = pairs["value"], pairs["value_elsewhere"]
    equal = (left - right).abs() <= _TOLERANCE
    slip = ~equal & (((left - right * _YUAN).abs() <= _TOLERANCE) | ((left * _YUAN - right).abs() <= _TOLERANCE))
    pairs = pairs.assign(equal=equal, slip=slip & (left * right > 0))
    pairs = pairs[pairs["slip"] | (pairs["section_elsewhere"] != "other")]
    best = pairs.sort_values(["at", "slip", "equal"], ascending=[True, False, False], kind="stable")
    best = best.drop_duplicates("at")
    prints = best["raw"] + " / " + best["raw_elsewhere"]
    judged = pd.DataFrame(
        {
            "at": best["at"],
            "status": np.where(best["equal"] & ~best["slip"], Verdict.PASS.value, Verdict.FAIL.value),
            "left": best["value"],
            "right": best["value_elsewhere"],
            "relation": "=",
            "difference": best["value"] - best["value_elsewhere"],
            "detail": (prints + ";元/万元").where(best["slip"], prints),
        }
    )
    has = evidence.has("requests").to_numpy() & ~np.isin(np.arange(len(evidence.reports)), judged["at"])
    silent = np.flatnonzero(has)
    reason = np.where(np.isin(silent, told["at"]), "told_once", "not_told")
    rest = pd.DataFrame({"at": silent, "status": Verdict.NOT_APPLICABLE.value, "reason": reason})
    return pd.concat([judged, rest], ignore_index=True).sort_values("at", kind="stable")
