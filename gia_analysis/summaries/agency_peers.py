"""Who an agency is compared with: reports of one year that are alike in level, kind of body and region, in groups."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from gia_analysis.analysis import DEFAULT_DISCLOSURE_RATE
from gia_analysis.divisions import division
from gia_analysis.forms import Language
from gia_analysis.schema import KEY
from gia_analysis.wording import word

COMPARED_INDICATORS = ("request_volume", DEFAULT_DISCLOSURE_RATE)
"""The indicators of other agencies that an agency's page reads."""

PEER_COLUMNS = (*KEY, "status", "year", "scope", "agency", "agency_level", "agency_type", "region_code")
"""The columns of ``reports`` that an agency's page reads of other agencies."""

FEWEST_PEERS = 10
"""A group is not parted further where that would leave fewer reports in a part: one of ten is no tenth of the picture."""

OTHERS = "others"
"""What stands in a key for all parts of a group that are too small to be groups of their own, or not known."""


_Numbers = npt.NDArray[np.int64]
_Names = npt.NDArray[np.object_]


def _first(digits: int) -> Callable[[pd.DataFrame], pd.Series]:
    """Return the first digits of the division code; zeros stand for no prefecture."""

    def found(reports: pd.DataFrame) -> pd.Series:
        code = reports["region_code"].astype("str").str.slice(0, digits)
        return code.mask(code.str.endswith("00")) if digits > 2 else code

    return found


STEPS: Mapping[str, Callable[[pd.DataFrame], pd.Series]] = {
    "level": lambda reports: reports["agency_level"].astype("str"),
    "type": lambda reports: reports["agency_type"].astype("str"),
    "province": _first(2),
    "prefecture": _first(4),
}
"""By what reports of one year and scope are parted, in this order."""


def peer_groups(reports: pd.DataFrame) -> pd.Series:
    """Return the key of each report's group, with the index of ``reports``; those with the same key are compared.

    Reports of one year and scope are parted by level, then by kind of body, province and prefecture. Parts with fewer than
    ``FEWEST_PEERS`` reports stay together as ``others``; where even these are fewer, the group is not parted by that fact.
    So who is compared with another is also compared by it. The key is missing for a report that could not be read or
    whose year is not known.

    Args:
        reports: the table ``reports``, or its ``PEER_COLUMNS``; of all reports of a year, or of a corpus.
    """
    readable = (reports["status"] != "failed") & reports["year"].notna()
    among = reports[readable]
    group, first = pd.factorize(among["year"].astype("str") + "/" + among["scope"].astype("str").fillna("unknown"))
    names = np.asarray(first, dtype=object)
    for step, fact in STEPS.items():
        group, names = _parted(group, names, step, fact(among))
    key = pd.Series(names[group], index=among.index, dtype="str")
    return key.reindex(reports.index)


def _parted(group: _Numbers, names: _Names, step: str, fact: pd.Series) -> tuple[_Numbers, _Names]:
    """Return the groups parted by one more fact, as numbers and their names, where no part is left too small."""
    value, values = pd.factorize(fact)
    parts = len(values) + 1  # the last for what is in no part of its own
    known = value >= 0
    stands = known & (
        np.bincount(group * parts + value * known, weights=known)[group * parts + value * known] >= FEWEST_PEERS
    )
    in_parts, rest = (np.bincount(group, weights=each, minlength=len(names)) for each in (stands, ~stands))
    is_parted = (in_parts > 0) & ((rest == 0) | (rest >= FEWEST_PEERS))
    found, number = np.unique(
        group * parts + np.where(stands & is_parted[group], value, parts - 1), return_inverse=True
    )
    told = np.append(np.asarray(values, dtype=object), OTHERS)
    return number, np.array(
        [
            f"{names[each // parts]}/{step}={told[each % parts]}" if is_parted[each // parts] else names[each // parts]
            for each in found
        ],
        dtype=object,
    )


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """A group of comparable reports, as its key tells it."""

    key: str

    @property
    def facts(self) -> Mapping[str, str]:
        """By which facts it was parted from others, in their order."""
        return dict(part.split("=", 1) for part in self.key.split("/")[2:])

    def described(self, language: Language) -> str:
        """Return in words what its members have in common."""
        scope = self.key.split("/")[1]
        told = [_told(name, value, language) for name, value in self.facts.items()]
        if scope != "own":
            told.append(f"统计口径：{word(scope)}" if language == "zh" else f"scope: {word(scope, 'en')}")
        return ("、" if language == "zh" else ", ").join(told)

    def not_parted_by(self, language: Language) -> str:
        """Return in words the facts by which it was not parted from others; empty where it was by all."""
        names = [_STEP_NAMES[name][language == "en"] for name in STEPS if name not in self.facts]
        return ("、" if language == "zh" else ", ").join(names)


_STEP_NAMES = {
    "level": ("层级", "level"),
    "type": ("机关类型", "kind of body"),
    "province": ("省份", "province"),
    "prefecture": ("地市", "prefecture"),
}


def _told(name: str, value: str, language: Language) -> str:
    chinese, english = _STEP_NAMES[name]
    if value == OTHERS:
        return f"{chinese}不明或较少见" if language == "zh" else f"{english} rare or not known"
    if name in ("level", "type"):
        level = " level" if language == "en" and name == "level" else ""
        return word(value, language) + level
    found = division(value.ljust(6, "0"))
    return found.full_name if found else value
