"""Rules about reports of 2008 to 2013: they had no national table, so figures told in their text are held together.

All are soft: what was counted how was settled locally.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from gia_analysis.checks.evidence import Evidence
from gia_analysis.checks.narrative import read_lists
from gia_analysis.checks.narrative_telling import read_told
from gia_analysis.checks.registry import rule
from gia_analysis.forms import get_form
from gia_analysis.grids import Flags, Numbers
from gia_analysis.schema import Verdict

_FORM = "pre2014"
_CHANNELS = ("received_in_person", "received_fax", "received_email", "received_online", "received_letter")
_OTHER_CHANNEL = "received_other"
_ANSWERS = ("granted", "partially_granted", "denied")
_REASONS = (
    "denied_not_government_information", "reply_not_exist", "unable_not_held", "reply_not_this_agency", "reply_unclear",
    "denied_state_secret", "denied_trade_secret", "denied_privacy",
)  # fmt: skip
_TOLERANCE = 1e-6


@rule(
    "P_TOLD_RECEIVED",
    "soft",
    zh="正文所述申请数一般等于所述各渠道申请数之和（2013年及以前）。",
    en="Requests told in the text usually equal the sum over the channels told (until 2013).",
)
def check_received_by_channel(evidence: Evidence) -> pd.DataFrame:
    """Judged where all five channels of the usual statistics are told; other ways are added if they are told."""
    return _add_up(evidence, "requests_received", _CHANNELS, (_OTHER_CHANNEL,))


@rule(
    "P_TOLD_REPLIES",
    "soft",
    zh="正文所述答复数一般等于同意公开、部分公开与不予公开之和（2013年及以前）。",
    en="Replies told in the text usually equal those granted, partially granted and denied (until 2013).",
)
def check_replies_by_answer(evidence: Evidence) -> pd.DataFrame:
    return _add_up(evidence, "replies_total", _ANSWERS)


@rule(
    "P_TOLD_DENIED",
    "soft",
    zh="正文所述不予公开数一般等于其所列各类原因之和（2013年及以前）。",
    en="Denials told in the text usually equal the sum over the reasons listed with them (until 2013).",
)
def check_denied_by_reason(evidence: Evidence) -> pd.DataFrame:
    """Judged where the reasons stand in the list (其中…) of the denials, all are known ones, and the list seems complete.

    A list is complete if it has an 'other', or if its sum is the total or more.
    """
    if not _applies(evidence).any():
        return pd.DataFrame(columns=["at"])
    lists = read_lists(evidence)
    lists = lists[(lists["topic"] == "denied") & _applies(evidence)[lists["at"].to_numpy(dtype=np.intp)]]
    lists = lists[~lists["at"].duplicated(keep=False)]
    known = _only_reasons(evidence, lists)
    complete = lists["rest"] | (lists["sum"] >= lists["value"] - _TOLERANCE)
    reason = np.select(
        [lists["about"], ~known, ~complete], ["approximate", "reasons_not_known", "list_may_be_partial"], ""
    )
    return _findings(
        evidence, lists["at"].to_numpy(dtype=np.intp), lists["value"].to_numpy(dtype="float64"),
        lists["sum"].to_numpy(dtype="float64"), reason, lists["sentence"],
    )  # fmt: skip


@rule(
    "P_TOLD_CUMULATIVE",
    "soft",
    zh="正文所述条例施行以来累计主动公开数不小于本年主动公开数（2013年及以前）。",
    en="Items disclosed since the Regulation came into force are not fewer than those of the year, as the text tells (until 2013).",
)
def check_cumulative(evidence: Evidence) -> pd.DataFrame:
    if not _applies(evidence).any():
        return pd.DataFrame(columns=["at"])
    cumulative, year = _single(evidence, "proactive_cumulative"), _single(evidence, "proactive_total")
    both = cumulative.join(year["value"].rename("year"), how="inner")
    both = both[_applies(evidence)[both.index.to_numpy(dtype=np.intp)]]
    return _findings(
        evidence, both.index.to_numpy(dtype=np.intp), both["value"].to_numpy(dtype="float64"),
        both["year"].to_numpy(dtype="float64"), np.full(len(both), ""), both["sentence"], relation=">=",
    )  # fmt: skip


def _applies(evidence: Evidence) -> Flags:
    """Return which reports are of the time before 2014: by the local table, or by the year where no table is found."""
    form = get_form(_FORM)
    year = evidence.reports["year"]
    old = (year >= form.first_year) & (year <= (form.last_year or form.first_year))
    own = evidence.reports["form"]
    return np.asarray(((own == _FORM) | (own.isna() & old.fillna(False))).fillna(False), dtype=bool)


def _single(evidence: Evidence, topic: str) -> pd.DataFrame:
    """Return by report what is told of a topic, for reports that tell one figure of it alone."""
    told = read_told(evidence, topic)[["at", "value", "sentence"]].drop_duplicates(["at", "value"])
    return told[~told["at"].duplicated(keep=False)].set_index("at")


def _add_up(evidence: Evidence, total: str, parts: Sequence[str], others: Sequence[str] = ()) -> pd.DataFrame:
    if not _applies(evidence).any():
        return pd.DataFrame(columns=["at"])
    whole = _single(evidence, total)
    whole = whole[_applies(evidence)[whole.index.to_numpy(dtype=np.intp)]]
    told = {code: _single(evidence, code)["value"].reindex(whole.index) for code in (*parts, *others)}
    several = {code: read_told(evidence, code)["at"] for code in (*parts, *others)}
    unsure = np.zeros(len(whole), dtype=bool)
    for code, series in told.items():
        unsure |= whole.index.isin(several[code]) & series.isna().to_numpy()
    needed = pd.DataFrame({code: told[code] for code in parts}, index=whole.index)
    added = pd.DataFrame({code: told[code] for code in others}, index=whole.index)
    right = needed.sum(axis=1).to_numpy(dtype="float64") + added.sum(axis=1).to_numpy(dtype="float64")
    reason = np.select(
        [unsure, needed.isna().all(axis=1), needed.isna().any(axis=1)],
        ["told_more_than_once", "not_told", "parts_missing"],
        "",
    )
    at = whole.index.to_numpy(dtype=np.intp)
    return _findings(evidence, at, whole["value"].to_numpy(dtype="float64"), right, reason, whole["sentence"])


def _only_reasons(evidence: Evidence, lists: pd.DataFrame) -> pd.Series:
    """Return for each list whether each of its parts is a known reason, or the rest."""
    figures = evidence.frames.figures
    chosen = figures["breakdown"].notna() & (figures["role"] == "part") & ~figures["topic"].isin(_REASONS)
    parts, at = figures[chosen], evidence.at_figures[chosen]
    unknown = pd.MultiIndex.from_arrays([at, parts["breakdown"].astype("int64")])
    own = pd.MultiIndex.from_arrays([lists["at"], lists["breakdown"].astype("int64")])
    return pd.Series(~own.isin(unknown), index=lists.index)


def _findings(
    evidence: Evidence, at: np.ndarray, left: Numbers, right: Numbers, reason: np.ndarray, sentences: pd.Series,
    relation: str = "=",
) -> pd.DataFrame:  # fmt: skip
    """Return one finding for each report before 2014: where nothing was told to judge, it says so."""
    difference = left - right
    holds = difference >= -_TOLERANCE if relation == ">=" else np.abs(difference) <= _TOLERANCE
    judged = np.where(holds, Verdict.PASS.value, Verdict.FAIL.value)
    known = pd.DataFrame(
        {
            "at": at,
            "status": np.where(reason == "", judged, Verdict.NOT_APPLICABLE.value),
            "reason": pd.Series(reason, dtype="str").mask(reason == ""),
            "left": left,
            "right": np.where(reason == "", right, np.nan),
            "detail": sentences.to_numpy(),
            "relation": relation,
        }
    )
    known["difference"] = known["left"] - known["right"]
    silent = np.flatnonzero(_applies(evidence) & ~np.isin(np.arange(len(evidence.reports)), at))
    rest = pd.DataFrame({"at": silent, "status": Verdict.NOT_APPLICABLE.value, "reason": "not_told"})
    found = pd.concat([known, rest], ignore_index=True).sort_values("at", kind="stable")
    return found.assign(form=_FORM)
