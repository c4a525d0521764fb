"""Frames → findings: what must hold in a report, between its tables, and between its text and its tables.

A sum is data in a form's TOML file. Any other check is one function under ``@rule`` in a module of this folder.
"""

import pandas as pd

from gia_analysis.checks import documents, narrative, tables
from gia_analysis.checks.evidence import Evidence
from gia_analysis.checks.registry import RULES, Rule, read_history, sentences
from gia_analysis.checks.sums import check_sums
from gia_analysis.schema import Frames, build

__all__ = ["RULES", "Rule", "documents", "narrative", "read_history", "run_checks", "sentences", "tables"]


def run_checks(frames: Frames, history: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the table ``checks``: one row for every check evaluated at every place, passed, failed or not applicable.

    Args:
        frames: what was read, of all reports of a corpus or of some.
        history: where these are some only, what ``read_history`` gives of all, for the rules over years.
    """
    evidence = Evidence(frames, read_history(frames) if history is None else history)
    found = list(check_sums(evidence))
    if len(evidence.reports):
        for rule in RULES.values():
            part = rule.run(evidence)
            found.append(part.assign(code=rule.code, severity=rule.severity, sentence=rule.zh))
    filled = [part for part in found if len(part)]
    joined = pd.concat([build("checks", part) for part in filled]) if filled else build("checks")
    return joined.sort_values(["source", "report_id"], kind="stable").reset_index(drop=True)
