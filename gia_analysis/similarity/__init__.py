"""Texts that were copied: from the same agency's earlier reports, or from another agency.

Chapters are compared by the runs of four characters in them (shingles), after ``mask`` took out what any copy changes.
Their similarity is the Dice coefficient of both sets of shingles: twice the number in both, divided by the sum of the
numbers in each. It is 1 for the same text, whatever the order of its sentences, and about 0.5 where half is copied.
"""

from gia_analysis.similarity.bands import candidate_pairs
from gia_analysis.similarity.copies import compare_with_last_year, near_duplicates, share_copied_from_last_year
from gia_analysis.similarity.masking import comparable_chapters, mask, shingles

__all__ = [
    "candidate_pairs", "comparable_chapters", "compare_with_last_year", "mask", "near_duplicates",
    "share_copied_from_last_year", "shingles",
]  # fmt: skip
