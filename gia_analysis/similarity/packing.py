"""The chapters of a report as they are compared, packed small: for corpora that are checked part by part."""

import json
import zlib

import pandas as pd

from gia_analysis.schema import KEY
from gia_analysis.similarity.masking import comparable_chapters


def pack_chapters(sections: pd.DataFrame, reports: pd.DataFrame) -> pd.Series:
    """Return the masked chapters of each report as compressed bytes, indexed as ``reports``; missing where it has none."""
    chapters = comparable_chapters(sections, reports)
    packed = {
        key: zlib.compress(json.dumps(dict(zip(part["section"], part["masked"], strict=True))).encode())
        for key, part in chapters.groupby(KEY, sort=False)
    }
    keys = zip(*(reports[name] for name in KEY), strict=True)
    return pd.Series([packed.get(key) for key in keys], index=reports.index, dtype=object)


def unpack_chapters(packed: pd.Series) -> pd.DataFrame:
    """Return ``index`` (of the packed report), ``section`` and ``masked`` of what ``pack_chapters`` packed."""
    rows = [
        (index, section, masked)
        for index, each in packed.dropna().items()
        for section, masked in json.loads(zlib.decompress(each)).items()
    ]
    return pd.DataFrame(rows, columns=["index", "section", "masked"])
