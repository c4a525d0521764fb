"""Rules that hold outcomes of requests, normative documents and disputes told in the text against the tables."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from gia_analysis.checks.evidence import Evidence
from gia_analysis.checks.narrative_telling import Amount, Place, compare, read_amount, read_told
from gia_analysis.checks.registry import rule
from gia_analysis.grids import Flags
from gia_analysis.schema import Verdict

_NOT_JUDGED = Verdict.NOT_APPLICABLE.value

_OUTCOMES = (
    ("granted", ("requests", "granted", "total")),
    ("partially_granted", ("requests", "partially_granted", "total")),
    ("denied", ("requests", "denied", "total")),
    ("denied_state_secret", ("requests", "denied_state_secret", "total")),
    ("unable", ("requests", "unable", "total")),
    ("unable_not_held", ("requests", "unable_not_held", "total")),
    ("unable_needs_creation", ("requests", "unable_needs_creation", "total")),
    ("unable_unclear", ("requests", "unable_unclear", "total")),
    ("not_processed", ("requests", "not_processed", "total")),
    ("other_handling", ("requests", "other", "total")),
    ("reply_already_public", ("stats_2014", "reply_already_public", "value")),
    ("granted", ("stats_2014", "reply_granted", "value")),
    ("partially_granted", ("stats_2014", "reply_partially_granted", "value")),
    ("denied", ("stats_2014", "reply_denied", "value")),
    ("denied_state_secret", ("stats_2014", "denied_state_secret", "value")),
    ("denied_trade_secret", ("stats_2014", "denied_trade_secret", "value")),
    ("denied_privacy", ("stats_2014", "denied_privacy", "value")),
    ("reply_not_this_agency", ("stats_2014", "reply_not_this_agency", "value")),
    ("reply_not_exist", ("stats_2014", "reply_not_exist", "value")),
    ("reply_asked_to_amend", ("stats_2014", "reply_asked_to_amend", "value")),
    ("reply_other_channel", ("stats_2014", "reply_other_channel", "value")),
)
_DOCUMENTS = (
    ("normative_documents_issued", ("art20_1", "normative_documents", "issued_this_year")),
    ("normative_documents_repealed", ("art20_1", "normative_documents", "repealed_this_year")),
    ("normative_documents_in_force", ("art20_1", "normative_documents", "in_force")),
    ("normative_documents_issued", ("art20_1", "normative_documents", "made_this_year")),
    ("proactive_normative_documents", ("art20_1", "normative_documents", "disclosed_this_year")),
    ("normative_documents_issued", ("stats_2014", "normative_documents_issued", "value")),
    ("proactive_normative_documents", ("stats_2014", "proactive_normative_documents", "value")),
)
_DISPUTES = (
    ("reconsiderations_total", ("review_litigation", "reconsideration", "total")),
    ("litigations_total", ("review_litigation", "litigation", "total")),
    ("litigation_direct", ("review_litigation", "litigation_direct", "total")),
    ("litigation_after_review", ("review_litigation", "litigation_after_review", "total")),
    ("reconsiderations_total", ("stats_2014", "reconsiderations_total", "value")),
    ("litigations_total", ("stats_2014", "litigations_total", "value")),
)


@rule(
    "NARR_OUTCOME",
    "soft",
    zh="正文所述予以公开、部分公开、不予公开、无法提供、不予处理、其他处理等件数与表中一致。",
    en="The outcomes of requests told in the text (granted, partially granted, refused …) are those of the table.",
)
def check_outcomes_told(evidence: Evidence) -> pd.DataFrame:
    """Judged where the sentence is about requests, or stands in their chapter."""
    return _compare_all(evidence, _OUTCOMES, chapters=("requests", "refusals"), about="申请|答复|办结|办理结果")


@rule(
    "NARR_NORMATIVE",
    "soft",
    zh="正文所述规范性文件制发、废止、现行有效、公开件数与表中一致。",
    en="The numbers of normative documents issued, repealed, in force and disclosed told in the text are those of the table.",
)
def check_normative_documents_told(evidence: Evidence) -> pd.DataFrame:
    return _compare_all(evidence, _DOCUMENTS)


@rule(
    "NARR_DISPUTE",
    "soft",
    zh="正文所述行政复议、行政诉讼件数与表中一致。",
    en="The numbers of reconsiderations and lawsuits told in the text are those of the table.",
)
def check_disputes_told(evidence: Evidence) -> pd.DataFrame:
    """Judged where the sentence is about disclosure, or stands in the chapter of disputes: a body may handle others."""
    return _compare_all(evidence, _DISPUTES, chapters=("disputes",), about="信息公开|政府信息")


def _compare_all(
    evidence: Evidence, places: Sequence[tuple[str, Place]], chapters: Sequence[str] = (), about: str = ""
) -> pd.DataFrame:
    """Return a finding for every place told, and one for each report that has a table and tells nothing of it.

    With ``about`` only figures count that stand in one of the chapters, or in a sentence with one of those words.
    """
    told = read_told(evidence, *dict.fromkeys(topic for topic, _ in places))
    if about:
        told = told[told["section"].isin(chapters) | told["sentence"].str.contains(about, regex=True).fillna(False)]
    pairs = [(told[told["topic"] == topic], read_amount(evidence, *place)) for topic, place in places]
    found = [compare(evidence, [pair]) for pair in pairs]
    return pd.concat([each for each in [*found, _untold(evidence, pairs)] if len(each)] or found[:1], ignore_index=True)


def _untold(evidence: Evidence, pairs: Sequence[tuple[pd.DataFrame, Amount]]) -> pd.DataFrame:
    """Return a finding for each report and table of whose amounts nothing is told."""
    silent: dict[str, Flags] = {}
    for told, amount in pairs:
        table = amount.place[0]
        silent.setdefault(table, evidence.has(table).to_numpy(copy=True))
        at = told["at"].to_numpy(dtype=np.intp)
        silent[table][at[amount.has[at]]] = False
    found = [
        pd.DataFrame({"at": np.flatnonzero(each), "status": _NOT_JUDGED, "reason": "not_told", "table": table})
        for table, each in silent.items()
    ]
    return pd.concat(found, ignore_index=True)
