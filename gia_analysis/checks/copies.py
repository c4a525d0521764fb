"""Rules that hold the running text against that of the same agency's report of last year."""

import numpy as np
import pandas as pd

from gia_analysis.checks.evidence import Evidence
from gia_analysis.checks.registry import findings, rule
from gia_analysis.schema import KEY
from gia_analysis.similarity import comparable_chapters, compare_with_last_year, pack_chapters, unpack_chapters

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
    last = evidence.report_of_last_year.set_axis(["other_source", "other_report_id"], axis=1)
    packed, at_hand = _packed(evidence, last)
    found = _similarities(evidence, packed[last["other_report_id"].notna()])
    by_report = found.groupby(KEY)
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
        detail=by_report["part"].agg(lambda parts: ";".join(parts.dropna())).reindex(index).where(compared),
    )  # fmt: skip


def _packed(evidence: Evidence, last: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return for each report the packed chapters of last year's, and whether that report's text is at hand.

    They are those of the history where it holds them (``chapters``), else those of the frames.
    """
    held = evidence.history.table
    before = pd.MultiIndex.from_frame(last[["other_source", "other_report_id"]], names=KEY)
    if _CHAPTERS not in held:
        held = evidence.reports[evidence.reports.index.isin(before)].reset_index(drop=True)
        held = held[KEY].assign(**{_CHAPTERS: pack_chapters(evidence.frames.sections, held)})
    at = pd.MultiIndex.from_frame(held[KEY]).get_indexer(before)
    packed = pd.Series(held[_CHAPTERS].array.take(at, allow_fill=True), index=last.index, dtype=object)
    return packed, pd.Series(at >= 0, index=last.index)


def _similarities(evidence: Evidence, packed: pd.Series) -> pd.DataFrame:
    """Return the chapters of the reports that ``packed`` is of, with their share from the packed ones of last year."""
    reports = evidence.reports.loc[packed.index].reset_index(drop=True)
    sections = evidence.frames.sections
    own = sections[pd.MultiIndex.from_frame(sections[KEY]).isin(packed.index)]
    last = unpack_chapters(packed.reset_index(drop=True)).rename(columns={"masked": "other"})
    chapters = reports[KEY].merge(last, "left", left_index=True, right_on="index")
    found = compare_with_last_year(comparable_chapters(own, reports), chapters)
    percent = (found["similarity"] * 100).round().map("{:.0f}%".format).astype("str")
    return found.assign(
        copied=found["similarity"].fillna(0) * found["shingles"],
        part=(found["section"] + "=" + percent).where(found["similarity"].notna()),
    )
