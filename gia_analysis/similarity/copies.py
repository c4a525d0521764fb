"""Pairs of chapters that are nearly the same, and how much each has from the same agency's report of last year."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from gia_analysis.schema import KEY
from gia_analysis.similarity.bands import Pairs, candidate_pairs, neighbours
from gia_analysis.similarity.masking import Shingles, comparable_chapters, distinct, shingles

LOWEST_SIMILARITY = 0.4
OTHER_KEY = ["other_report_id", "other_source"]
PAIR_COLUMNS = (
    "report_id", "source", "section", "other_report_id", "other_source", "similarity", "shared", "relation",
)  # fmt: skip
COPY_COLUMNS = ("report_id", "source", "section", "similarity", "shingles", "reason")


def near_duplicates(sections: pd.DataFrame, reports: pd.DataFrame, *, least: float = 0.8) -> pd.DataFrame:
    """Return the pairs of chapters that are nearly the same, the later report first.

    Only chapters of the same code are compared. Pairs are looked for by min-hash signatures in bands, with fixed seeds;
    every pair found is then compared exactly. Of pairs whose similarity is just ``least``, 2 in 100 may be missed, of
    closer ones fewer. A chapter and that of the same agency a year before are always compared. Where more than 16
    chapters are alike, each is paired with some dozens of the others at most, not with all: work and result grow with
    the number of chapters, not with its square.

    Args:
        sections: the table ``sections``.
        reports: the table ``reports`` of the same corpus.
        least: lowest similarity of the pairs wanted, from 0.4 to 1.

    Returns:
        ``report_id``, ``source``, ``section``, ``other_report_id``, ``other_source``; ``similarity`` (0 to 1);
        ``shared``: share of this chapter's shingles that stand in the other, 1 where all of it does; ``relation``:
        ``same_agency_next_year``, ``same_agency``, ``other_agency``, or ``agency_unknown`` where either has no name.

    Raises:
        ValueError: ``least`` is out of its range.
    """
    if not LOWEST_SIMILARITY <= least <= 1:
        raise ValueError(f"least is a similarity from {LOWEST_SIMILARITY} to 1, not {least}")
    chapters = comparable_chapters(sections, reports)
    parts = [_pairs_of_section(part, least) for _, part in chapters.groupby("section", sort=True)]
    found = [part for part in parts if len(part)]
    if not found:
        return _typed(pd.DataFrame(columns=PAIR_COLUMNS), ("similarity", "shared"))
    return _typed(pd.concat(found, ignore_index=True)[list(PAIR_COLUMNS)], ("similarity", "shared"))


def _typed(frame: pd.DataFrame, numbers: Sequence[str]) -> pd.DataFrame:
    return frame.astype({name: "float64" if name in numbers else "str" for name in frame.columns})


def _pairs_of_section(chapters: pd.DataFrame, least: float) -> pd.DataFrame:
    number, texts = pd.factorize(chapters["masked"])
    sets = [shingles(text) for text in texts]
    year = chapters["year"].astype("float64").to_numpy()
    agency = pd.factorize(chapters["agency"])[0]
    likely = candidate_pairs([sets[each] for each in number], least)
    pairs = distinct(np.concatenate([likely, _of_one_agency(agency, year, len(chapters))]))
    first, second = np.divmod(pairs, len(chapters))
    common = _common_shingles(sets, number[first], number[second])
    sizes = np.array([len(each) for each in sets], dtype="float64")
    similarity = 2 * common / (sizes[number[first]] + sizes[number[second]])
    swap = year[first] > year[second]
    later, earlier = np.where(swap, first, second), np.where(swap, second, first)
    near = similarity >= least
    later, earlier, common, similarity = later[near], earlier[near], common[near], similarity[near]
    known = (agency[later] >= 0) & (agency[earlier] >= 0)
    same = agency[later] == agency[earlier]
    relation = np.select(
        [~known, same & (year[later] == year[earlier] + 1), same],
        ["agency_unknown", "same_agency_next_year", "same_agency"],
        "other_agency",
    )
    copy, source = chapters.iloc[later].reset_index(drop=True), chapters.iloc[earlier].reset_index(drop=True)
    frame = copy[["report_id", "source", "section"]].assign(
        other_report_id=source["report_id"], other_source=source["source"], similarity=similarity,
        shared=common / sizes[number[later]], relation=relation, later=later, earlier=earlier,
    )  # fmt: skip
    return frame.sort_values(["later", "earlier"], kind="stable")


def _common_shingles(sets: Sequence[Shingles], first: Pairs, second: Pairs) -> npt.NDArray[np.float64]:
    """Return how many shingles the sets of each pair have in common; the same pair of sets is compared once."""
    pairs = np.minimum(first, second) * len(sets) + np.maximum(first, second)
    different = distinct(pairs)
    counts = [_common(sets[one], sets[other]) for one, other in zip(*np.divmod(different, len(sets)), strict=True)]
    return np.array(counts, dtype=np.float64)[np.searchsorted(different, pairs)]


def _common(one: Shingles, other: Shingles) -> int:
    if one is other:
        return len(one)
    return len(np.intersect1d(one, other, assume_unique=True))


def _of_one_agency(agency: npt.NDArray[np.intp], year: npt.NDArray[np.float64], size: int) -> Pairs:
    named = np.flatnonzero(agency >= 0)
    order = named[np.lexsort((year[named], agency[named]))]
    return neighbours(order, agency[order], size)


def share_copied_from_last_year(sections: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """Return how similar each chapter is to that of the same agency's report of the year before.

    Args:
        sections: the table ``sections``.
        reports: the table ``reports`` of the same corpus.

    Returns:
        ``report_id``, ``source``, ``section``; ``similarity`` (0 to 1); ``shingles``: number of shingles in both
        chapters together, the weight of the similarity in that of whole reports; ``reason`` where there is no
        similarity: ``no_report_of_last_year`` (none, or more than one, or agency or year are not known),
        ``no_such_text_last_year`` (that report lacks the chapter, or little stands in it; ``shingles`` counts this
        chapter's alone). A row for each chapter of ``comparable_chapters``.
    """
    chapters = comparable_chapters(sections, reports)
    last = chapters[["report_id", "source", "section", "masked"]]
    last = last.rename(columns={"report_id": "other_report_id", "source": "other_source", "masked": "other"})
    return compare_with_last_year(chapters, _reports_of_last_year(reports).merge(last, "left", OTHER_KEY))


def compare_with_last_year(chapters: pd.DataFrame, last: pd.DataFrame) -> pd.DataFrame:
    """Return what ``share_copied_from_last_year`` does, for chapters made comparable and those of last year.

    Args:
        chapters: as ``comparable_chapters`` gives them.
        last: ``report_id`` and ``source`` of a report, and ``section`` and ``other``, a masked chapter of the year
            before; a row without these for a report of which that of last year has no chapter that can be compared.
    """
    merged = chapters.merge(
        last[["report_id", "source", "section", "other"]], "left", ["report_id", "source", "section"]
    )
    has_last = pd.MultiIndex.from_frame(merged[KEY]).isin(pd.MultiIndex.from_frame(last[KEY]))
    texts = zip(merged["masked"], merged["other"].fillna(""), strict=True)
    common, total = np.array([_counts(*each) for each in texts], dtype=np.float64).reshape(-1, 2).T
    reason = np.select(
        [~has_last, merged["other"].isna()],
        ["no_report_of_last_year", "no_such_text_last_year"],
        "",
    )
    similarity = np.where(reason == "", 2 * common / total, np.nan)
    found = merged[["report_id", "source", "section"]].assign(similarity=similarity, shingles=total)
    return _typed(found.assign(reason=pd.Series(reason, dtype="str").where(reason != "")), ("similarity", "shingles"))


def _reports_of_last_year(reports: pd.DataFrame) -> pd.DataFrame:
    """Return for each report the only one of the same agency in the year before."""
    dated = reports.loc[reports["agency"].notna() & reports["year"].notna(), ["report_id", "source", "agency", "year"]]
    single = dated.drop_duplicates(["agency", "year"], keep=False)
    before = single.assign(year=single["year"] + 1).rename(
        columns={"report_id": "other_report_id", "source": "other_source"}
    )
    return dated.merge(before, on=["agency", "year"]).drop(columns=["agency", "year"])


def _counts(text: str, other: str) -> tuple[int, int]:
    one, two = shingles(text), shingles(other)
    return _common(one, two), len(one) + len(two)
