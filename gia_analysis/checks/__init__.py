"""Frames → findings: what must hold in a report, between its tables, and between its text and its tables.

A sum is data in a form's TOML file. Any other check is one function under ``@rule`` in a module of this folder.
"""

from collections.abc import Sequence

import numpy as np
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
from gia_analysis.checks.history import History, Positions, read_history
from gia_analysis.checks.joining import Findings, join, with_texts
from gia_analysis.checks.levels import load_members
from gia_analysis.checks.registry import RULES, Rule, sentences
from gia_analysis.checks.sums import check_sums
from gia_analysis.coded import coded
from gia_analysis.grids import Grid
from gia_analysis.schema import KEY, Frames

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
    "run_checks_coded",
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
    found = run_checks_coded(frames, given, aliases=aliases, members=members)
    return with_texts(found.iloc[_by_key(found)].reset_index(drop=True))


def _by_key(checks: pd.DataFrame) -> Positions:
    """Return the order by source and report_id, in which the checks of one report keep theirs."""
    columns = [coded(checks[name]) for name in reversed(KEY)]
    return np.lexsort([each.values.argsort().argsort()[each.codes] for each in columns])


def run_checks_coded(
    frames: Frames,
    history: History | None = None,
    *,
    aliases: pd.DataFrame | None = None,
    members: pd.DataFrame | None = None,
    grids: Sequence[Grid] | None = None,
) -> pd.DataFrame:
    """Return what ``run_checks`` does, report by report in the order of ``frames.reports``, and texts as categories.

    It takes and gives a fraction of the time and memory. The columns of text in ``frames`` may be categories, too;
    ``grids`` are what ``read_grids`` gives of its cells, where they are at hand.
    """
    evidence = Evidence(frames, history, aliases=aliases, members=members, grids=grids)
    found = list(check_sums(evidence))
    if len(evidence.reports):
        for rule in RULES.values():
            found.append(
                Findings(rule.run(evidence), {"code": rule.code, "severity": rule.severity, "sentence": rule.zh})
            )
    return join(found, evidence.numbered)
