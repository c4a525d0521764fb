"""Frames → findings: what must hold in a report, between its tables, and between its text and its tables.

A sum is data in a form's TOML file. Any other check is one function under ``@rule`` in a module of this folder.
"""

import pandas as pd

from gia_analysis.checks import (
    copies,
    documents,
    levels,
    narrative,
    narrative_fees,
    narrative_outcomes,
    narrative_shares,
    pre2014,
    tables,
    years,
)
from gia_analysis.checks.evidence import Evidence
from gia_analysis.checks.history import History, read_history
from gia_analysis.checks.levels import load_members
from gia_analysis.checks.registry import RULES, Rule, sentences
from gia_analysis.checks.sums import check_sums
from gia_analysis.schema import Frames, build

__all__ = [
    "RULES",
    "History",
    "Rule",
    "copies",
    "documents",
    "levels",
    "load_members",
    "narrative",
    "narrative_fees",
    "narrative_outcomes",
    "narrative_shares",
    "pre2014",
    "read_history",
    "run_checks",
    "sentences",
    "tables",
    "years",
]


def run_checks(
    frames: Frames,
    history: History | pd.DataFrame | None = None,
    *,
    aliases: pd.DataFrame | None = None,
    members: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the table ``checks``: one row for every check evaluated at every place, passed, failed or not applicable.

    Args:
        frames: what was read, of all reports of a corpus or of some.
        history: where these are some only, what ``read_history`` gives of all, for the rules over years and levels. Where
            a corpus is checked part by part, a ``History`` made of it once saves time.
        aliases: the renamed agencies, as ``gia_analysis.aliases.load_aliases`` gives them; a ``History`` has its own.
        members: which agencies a government's report sums up, as ``load_members`` gives them.

    Raises:
        CorpusError: the history does not hold one of the reports, or the aliases contradict each other.
    """
    given = History(history, aliases) if isinstance(history, pd.DataFrame) else history
    evidence = Evidence(frames, given, aliases=aliases, members=members)
    found = list(check_sums(evidence))
    if len(evidence.reports):
        for rule in RULES.values():
            part = rule.run(evidence)
            found.append(part.assign(code=rule.code, severity=rule.severity, sentence=rule.zh))
    filled = [part for part in found if len(part)]
    joined = pd.concat([build("checks", part) for part in filled]) if filled else build("checks")
    return joined.sort_values(["source", "report_id"], kind="stable").reset_index(drop=True)
