"""Texts as they are compared: what any copy changes is masked, and the rest taken apart into short runs of characters."""

import re
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from gia_analysis.schema import KEY

Shingles = npt.NDArray[np.uint64]
Number = TypeVar("Number", bound=np.generic)

SHINGLE_CHARACTERS = 4
LEAST_CHARACTERS = 60
NOT_COMPARED = ("preamble", "statistics", "signature")

_MASK = "某"
_SENTENCE = re.compile(r"[^。；;！？\n]+[。；;！？\n]?")
_OFFICIAL = re.compile(
    "信息处理费|其他(?:需要|应当)(?:报告|说明)|统计期限|电子版|疑问.{0,20}联系|年度报告格式|本年?度?报告(?:由|包括|根据|按照|依据)|(?:编制|报告|公布)如下"
)
_PUNCTUATION = re.compile(r"[\W_]+")
_FIGURE = re.compile(r"\d+|[〇零一二三四五六七八九]{4}(?=年)")
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{1,7}?(?:自治区|自治州|自治县|自治旗|开发区|街道|地区|新区|省|市|州|盟|县|区|旗|镇|乡)"
)
_SELF = re.compile("[我本全](?:省|市|州|盟|县|区|旗|镇|乡|街道|局|委|办|厅|中心|单位|机关|部门)")
_MASKS = re.compile(f"{_MASK}{{2,}}")
_BEYOND_BASIC_PLANE = re.compile("[\U00010000-\U0010ffff]")


def mask(text: str, agency: str | None = None, region: str | None = None) -> str:
    """Return what is compared of a text: without punctuation and white space, and with masks for what any copy changes.

    A figure becomes 0. The agency's name, the places in it and in the name of its division (with and without the word
    for their kind), and how a body calls itself (我局, 全区) become 某. Sentences that say what every report must say
    (the period counted, where the report can be had, fees for requests, that there is nothing else) are left out.
    """
    told = "".join(each for each in _SENTENCE.findall(text) if not _OFFICIAL.search(each))
    plain = _PUNCTUATION.sub("", told)
    for name in _own_names(agency or "", region or ""):
        plain = plain.replace(name, _MASK)
    return _MASKS.sub(_MASK, _SELF.sub(_MASK, _FIGURE.sub("0", plain)))


def _own_names(agency: str, region: str) -> list[str]:
    places = [*_PLACE.findall(agency), *_PLACE.findall(region)]
    stems = [place[:-2] if place.endswith("街道") else place[:-1] for place in places]
    rest = _PLACE.sub("", agency)
    names = {agency, region, *places, *(each for each in stems if len(each) > 1), rest if len(rest) > 2 else ""}
    return sorted(names - {""}, key=lambda name: (-len(name), name))


def shingles(text: str) -> Shingles:
    """Return the set of a text's runs of four characters, each as one number, sorted; equal runs have equal numbers."""
    plain = _BEYOND_BASIC_PLANE.sub("\ufffd", text)
    units = np.frombuffer(plain.encode("utf-16-le", "surrogatepass"), dtype="<u2").astype(np.uint64)
    size = len(units) - SHINGLE_CHARACTERS + 1
    if size < 1:
        return np.empty(0, dtype=np.uint64)
    packed = np.zeros(size, dtype=np.uint64)
    for place in range(SHINGLE_CHARACTERS):
        packed = (packed << np.uint64(16)) | units[place : place + size]
    return distinct(packed)


def distinct(values: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """Return the different values, sorted, as ``numpy.unique`` does, which takes many times as long for short arrays."""
    ordered = np.sort(values)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def comparable_chapters(sections: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """Return the chapters that can be compared: ``report_id``, ``source``, ``section``, ``agency``, ``year``, ``masked``.

    Chapters of the same code in one report are one. Preamble, signature and statistics table are left out, and so are
    chapters of which less than 60 characters are left after ``mask``. The rows come in the order of ``reports``.
    """
    known = reports[[*KEY, "agency", "year", "region"]].assign(position=range(len(reports)))
    usable = sections["text"].str.len().ge(LEAST_CHARACTERS) & ~sections["section"].isin(NOT_COMPARED)
    told = sections[usable.eq(True) & sections["level"].eq(1).eq(True) & sections["section"].notna()]
    joined = told.groupby([*KEY, "section"], sort=False)["text"].agg("\n".join).reset_index()
    chapters = joined.merge(known, on=KEY).sort_values("position", kind="stable")
    texts = chapters[["text", "agency", "region"]].astype(object)
    columns = zip(*(texts[name].where(texts[name].notna(), None) for name in texts), strict=True)
    chapters["masked"] = pd.Series([mask(*each) for each in columns], index=chapters.index, dtype="str")
    kept = chapters[chapters["masked"].str.len() >= LEAST_CHARACTERS]
    return kept[["report_id", "source", "section", "agency", "year", "masked"]].reset_index(drop=True)
