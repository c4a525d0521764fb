"""The chapters of reports as they are compared with those of last year, and packed small for corpora checked in parts."""

import json
import zlib
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from gia_analysis.grids import number_reports
from gia_analysis.schema import KEY
from gia_analysis.similarity import comparable_chapters

Chapters = Mapping[str, str]

_FAST = 1  # of zlib's levels


def chapters_of(sections: pd.DataFrame, reports: pd.DataFrame) -> list[Chapters]:
    """Return the masked chapters of each report by section; a report may have none that can be compared."""
    chapters = comparable_chapters(sections, reports)
    number, keys = number_reports(chapters)
    at = np.asarray(pd.MultiIndex.from_frame(reports[KEY]).get_indexer(keys))[number]
    found: list[dict[str, str]] = [{} for _ in range(len(reports))]
    for place, section, masked in zip(at.tolist(), list(chapters["section"]), list(chapters["masked"]), strict=True):
        found[place][section] = masked
    return list(found)


def pack_chapters(chapters: Iterable[Chapters]) -> list[bytes | None]:
    """Return the chapters of each report as compressed bytes; None where it has none."""
    texts = (
        json.dumps(each, ensure_ascii=False).encode("utf-8", "surrogatepass") if each else None for each in chapters
    )
    return [None if text is None else zlib.compress(text, _FAST) for text in texts]


def unpack_chapters(packed: object) -> Chapters:
    """Return the chapters of one report that ``pack_chapters`` packed."""
    if not isinstance(packed, bytes):
        return {}
    found: Chapters = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
    return found
