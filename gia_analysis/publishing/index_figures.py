"""The headline figures of the index: for each report its indicators, its failing checks, and what is unknown of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from gia_analysis.analysis import get_indicator
from gia_analysis.coded import coded
from gia_analysis.corpus import Corpus
from gia_analysis.corrections import CORRECTED
from gia_analysis.schema import FAILING, KEY, Verdict

_NOT_COMPUTED, _NOT_CHECKED = "no_indicator", "not_checked"

Figure = int | float | str


@dataclass(frozen=True, slots=True)
class Figures:
    """A row of figures for each report: the indicators (a share with its interval, in tenths of a percent), how many checks
    fail that must hold and how many others, and which indicators a correction entered, as bits.

    A figure that is not known is the number of the reason in ``reasons``, as text.
    """

    rows: list[tuple[Figure, ...]]
    reasons: list[str]


def figures_of(corpus: Corpus, reports: pd.DataFrame, codes: Sequence[str]) -> Figures:
    """Return the figures of reports, row by row.

    Args:
        corpus: whose indicators and checks they are.
        reports: rows of its ``reports``; a row without a source stands for a report that is not known.
        codes: of the indicators.
    """
    keys = pd.MultiIndex.from_frame(reports[KEY])
    reasons: dict[str, int] = {}
    columns: list[list[Figure]] = []
    marks = np.zeros(len(keys), dtype=np.int64)
    indicators = corpus.indicators[corpus.indicators["code"].isin(list(codes))]
    for bit, code in enumerate(codes):
        rows = indicators[indicators["code"] == code].drop_duplicates(KEY).set_index(KEY).reindex(keys)
        share = get_indicator(code).kind == "share"
        names = ("value", "low", "high") if share else ("value",)
        why = rows["reason"].fillna(_NOT_COMPUTED)
        columns += [_shown(rows[name], why, reasons, tenths=share) for name in names]
        corrected = rows["flags"].fillna("").str.split(";").map(lambda flags: CORRECTED in flags)
        marks |= corrected.to_numpy(dtype=bool).astype(np.int64) << bit
    columns += _failing(corpus.checks, keys, reasons)
    return Figures(list(zip(*columns, marks.tolist(), strict=True)), list(reasons))


def _shown(values: pd.Series, why: pd.Series, reasons: dict[str, int], *, tenths: bool) -> list[Figure]:
    return [
        _reason(reason, reasons) if value != value else _tenths(value) if tenths else _plain(value)
        for value, reason in zip(values.tolist(), why.tolist(), strict=True)
    ]


def _reason(code: str, reasons: dict[str, int]) -> str:
    return str(reasons.setdefault(code, len(reasons)))


def _tenths(share: float) -> int:
    """Return a share in tenths of a percent, rounded as ``format_share`` rounds it."""
    return int(f"{100 * share:.1f}".replace(".", ""))


def _plain(value: float) -> int | float:
    return int(value) if value.is_integer() else value


def _failing(checks: pd.DataFrame, keys: pd.MultiIndex, reasons: dict[str, int]) -> list[list[Figure]]:
    """Return how many checks fail that must hold, and how many others; unknown where none could be made."""
    hard = (checks["severity"] == "hard").to_numpy()
    fails = checks["status"].isin(FAILING).to_numpy()
    made = (checks["status"] != Verdict.NOT_APPLICABLE.value).to_numpy()
    places = _places(checks, keys)
    known = places >= 0
    found = []
    for kind in (hard & known, ~hard & known):
        failed, judged = (np.bincount(places[kind & which], minlength=len(keys)).tolist() for which in (fails, made))
        found.append(
            [number if some else _reason(_NOT_CHECKED, reasons) for number, some in zip(failed, judged, strict=True)]
        )
    return found


def _places(frame: pd.DataFrame, keys: pd.MultiIndex) -> npt.NDArray[np.intp]:
    """Return for each row the place of its report among those of ``keys``, -1 where it is none of them."""
    sources, ids = (coded(frame[name]) for name in KEY)
    pairs, distinct = pd.factorize(sources.codes.astype(np.int64) * max(len(ids.values), 1) + ids.codes)
    names = [sources.values[distinct // max(len(ids.values), 1)], ids.values[distinct % max(len(ids.values), 1)]]
    found: npt.NDArray[np.intp] = keys.get_indexer(pd.MultiIndex.from_arrays(names, names=KEY))[pairs]
    return found
