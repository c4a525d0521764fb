"""Rules that hold the running text against that of the same agency's report of last year."""

import numpy as np
import pandas as pd

from gia_analysis.checks.chapters import Chapters, chapters_of, unpack_chapters
from gia_analysis.checks.evidence import Evidence
from gia_analysis.checks.history import Positions
from gia_analysis.checks.registry import findings, rule
from gia_analysis.similarity import shingles

_COPIED = 0.9
_CHAPTERS = "chapters"


@rule(
    "X_COPY_TEXT",
    "soft",
    zh="正文与本机关上年报告的相似度低于90%（数字、年份和机关名称不计）。",
    en="The running text is less than 90 % that of the agency's report of last year (figures, years and names aside).",
)
def check_text_copied(evidence: Evidence) -> pd.DataFrame:
    """The similarity is that of all chapters together; one that last year's report does not have counts as new."""
    index = evidence.reports.index
    own, last = _chapters(evidence)
    has_last = evidence.place_of_last_year >= 0
    at_hand = np.array([each is not None for each in last], dtype=bool) & has_last
    found = _similarities(own, last, np.flatnonzero(has_last))
    by_report = found.groupby("at")
    summed = by_report[["copied", "shingles"]].sum().reindex(index)
    compared = by_report["similarity"].count().reindex(index).gt(0)
    similarity = (summed["copied"] / summed["shingles"]).where(compared)
    reason = np.select(
        [evidence.why_no_last_year != "", summed["shingles"].isna(), ~at_hand],
        [evidence.why_no_last_year, "no_text", "last_year_not_read_together"],
        "no_such_text_last_year",
    )
    return findings(
        similarity < _COPIED, compared, pd.Series(reason, index=index, dtype="str"), left=similarity,
        right=pd.Series(_COPIED, index=index).where(compared), relation="<=",
        detail=_parts(found).reindex(index).where(compared),
    )  # fmt: skip


def _chapters(evidence: Evidence) -> tuple[list[Chapters], list[Chapters | None]]:
    """Return the chapters of each report that can be compared, and those of last year's; None where it is not at hand.

    They are those of the history where it holds them (``chapters``), else those of the frames.
    """
    held = evidence.history
    before = evidence.place_of_last_year
    if _CHAPTERS in held.table:
        packed = held.table[_CHAPTERS].array
        now = held.at(evidence.keys)
        wanted = {
            place: unpack_chapters(packed[place])
            for place in {*now[before >= 0].tolist(), *before[before >= 0].tolist()}
        }
        return [wanted.get(place, {}) for place in now.tolist()], [wanted.get(place) for place in before.tolist()]
    own = chapters_of(evidence.frames.sections, evidence.reports)
    here = evidence.keys.get_indexer(held.keys.take(np.maximum(before, 0))) if len(held.keys) else before
    return own, [own[place] if has >= 0 and place >= 0 else None for place, has in zip(here, before, strict=True)]


def _similarities(own: list[Chapters], last: list[Chapters | None], reports: Positions) -> pd.DataFrame:
    """Return the chapters of some reports, each with its similarity to that of last year (missing where there is none)."""
    rows = []
    for at in reports.tolist():
        before = last[at] or {}
        for section, text in own[at].items():
            one = shingles(text)
            other = one if before.get(section) == text else shingles(before.get(section, ""))
            common = len(one) if one is other else len(np.intersect1d(one, other, assume_unique=True))
            total = float(len(one) + len(other))
            rows.append((at, section, 2 * common / total if section in before else np.nan, total))
    found = pd.DataFrame(rows, columns=["at", "section", "similarity", "shingles"])
    found = found.astype({"at": "int64", "section": "str", "similarity": "float64", "shingles": "float64"})
    return found.assign(copied=found["similarity"].fillna(0) * found["shingles"])


def _parts(found: pd.DataFrame) -> pd.Series:
    """Return by report how much of each chapter is that of last year, in percent."""
    told: dict[int, list[str]] = {}
    for at, section, similarity in zip(found["at"], found["section"], found["similarity"], strict=True):
        if similarity == similarity:
            told.setdefault(at, []).append(f"{section}={round(similarity * 100):.0f}%")
    return pd.Series(
        {at: ";".join(parts) for at, parts in told.items()}, dtype="str", index=pd.Index(list(told), dtype="int64")
    )
