"""What was carried over from one report to that of the next year, as the check of it tells."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from gia_analysis.checks.hints.system import CARRIED_IN, CARRY
from gia_analysis.grids import Numbers
from gia_analysis.schema import FAILING, KEY, Frames, Status, Verdict

Verdicts = npt.NDArray[np.int8]

_PASSING = (Verdict.PASS.value, Verdict.PASS_IF_BLANK_IS_ZERO.value)
_LAST_YEARS = r"^last_year=(?P<report_id>.*?);source=(?P<source>.*)$"
_SEVERAL = ("", "")


class Years:
    """The carry-over between reports, and which report follows which.

    Args:
        frames: the reports, of which those of one agency follow each other by year.
        checks: the findings; where the carry-over fails, they name the report of last year.
    """

    def __init__(self, frames: Frames, checks: pd.DataFrame) -> None:
        found = checks[(checks["code"] == CARRY) & checks["status"].isin((*FAILING, *_PASSING))]
        column = found["cells"].astype("str").str.extract(rf"\.{CARRIED_IN}\.(\w+)", expand=False)
        places = pd.MultiIndex.from_arrays([found["source"], found["report_id"], column.fillna(found["col"])])
        first = ~places.duplicated()
        self._places = places[first]
        self._fails = found["status"].isin(FAILING).to_numpy()[first].astype(np.int8)
        self._in, self._out = (found[side].to_numpy(dtype="float64")[first] for side in ("left", "right"))
        self._following = _following(frames.reports, found)

    def following(self, keys: pd.MultiIndex) -> pd.MultiIndex:
        """Return the keys of the reports of the next year; empty texts where there is none or no single one."""
        return pd.MultiIndex.from_tuples([self._following.get(key, _SEVERAL) for key in keys], names=KEY)

    def verdicts(self, keys: pd.MultiIndex, columns: Sequence[str]) -> Verdicts:
        """Return how the carry-over into reports came out, reports × columns: 1 fails, 0 holds, -1 does not apply."""
        return np.append(self._fails, np.int8(-1))[self._at(keys, columns)]

    def carried_in(self, keys: pd.MultiIndex, columns: Sequence[str]) -> Numbers:
        """Return what reports carry in, reports × columns; NaN where the carry-over does not apply."""
        return np.append(self._in, np.nan)[self._at(keys, columns)]

    def carried_out_before(self, keys: pd.MultiIndex, columns: Sequence[str]) -> Numbers:
        """Return what the reports of last year carry out, reports × columns; NaN where the carry-over does not apply."""
        return np.append(self._out, np.nan)[self._at(keys, columns)]

    def _at(self, keys: pd.MultiIndex, columns: Sequence[str]) -> npt.NDArray[np.intp]:
        shape = (len(keys), len(columns))
        if not len(self._places):
            return np.full(shape, -1, dtype=np.intp)
        sources, report_ids = (keys.get_level_values(name).repeat(len(columns)) for name in KEY)
        wanted = pd.MultiIndex.from_arrays([sources, report_ids, list(columns) * len(keys)])
        return np.asarray(self._places.get_indexer(wanted), dtype=np.intp).reshape(shape)


def _following(reports: pd.DataFrame, carried: pd.DataFrame) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the key of the next year's report by that of a report: by agency and year, or as the findings name it."""
    read = reports.loc[reports["status"] != Status.FAILED.value, [*KEY, "agency", "year"]]
    single = read.dropna(subset=["agency", "year"]).drop_duplicates(["agency", "year"], keep=False)
    before = single.assign(year=single["year"] + 1)
    linked = before.merge(single, on=["agency", "year"], suffixes=("_before", ""))
    named = carried["detail"].astype("str").str.extract(_LAST_YEARS).add_suffix("_before").join(carried[KEY]).dropna()
    links = pd.concat([linked[named.columns], named.drop_duplicates()])
    names = [f"{name}_before" for name in KEY]
    return dict(
        zip(zip(*(links[n] for n in names), strict=True), zip(*(links[n] for n in KEY), strict=True), strict=True)
    )
