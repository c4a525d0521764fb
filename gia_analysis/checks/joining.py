"""Findings of many rules → the table ``checks``, its texts as categories."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from gia_analysis.checks.history import Positions
from gia_analysis.coded import Joining, coded
from gia_analysis.schema import COLUMNS, KEY, TABLES

_TEXTS = tuple(name for name in TABLES["checks"] if COLUMNS[name].type == "text" and name not in KEY)
_NUMBERS = tuple(name for name in TABLES["checks"] if COLUMNS[name].type == "number")


@dataclass(frozen=True, slots=True)
class Findings:
    """Findings of one rule: columns of the table ``checks`` and ``at``, the number of the report; ``same``: those of all."""

    frame: pd.DataFrame
    same: Mapping[str, str | None] = field(default_factory=dict)


def join(parts: Iterable[Findings], reports: pd.DataFrame) -> pd.DataFrame:
    """Return the table ``checks`` with its texts as categories: report by report, those of one in the order of the rules.

    Args:
        parts: the findings.
        reports: the reports that they number.
    """
    at: list[Positions] = []
    texts = {name: Joining() for name in _TEXTS}
    numbers: dict[str, list[np.ndarray]] = {name: [] for name in _NUMBERS}
    for part in parts:
        size = len(part.frame)
        at.append(part.frame["at"].to_numpy(dtype=np.int64))
        for name, joining in texts.items():
            if name in part.same or name not in part.frame:
                joining.add_same(part.same.get(name), size)
            else:
                joining.add_column(part.frame[name])
        for name, columns in numbers.items():
            known = name in part.frame
            columns.append(part.frame[name].to_numpy(dtype=np.float64) if known else np.full(size, np.nan))
    every = np.concatenate(at) if at else np.empty(0, dtype=np.int64)
    order = np.argsort(every, kind="stable")
    found = {name: coded(reports[name]).take(every[order]).categories() for name in KEY}
    found |= {name: joining.joined().take(order).categories() for name, joining in texts.items()}
    joined = {name: np.concatenate(columns)[order] if columns else every[:0] * 0.0 for name, columns in numbers.items()}
    return pd.DataFrame({**found, **joined}, columns=list(TABLES["checks"]))


def with_texts(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its categories as texts."""
    return pd.DataFrame(
        {
            name: pd.Series(coded(column).texts()) if isinstance(column.dtype, pd.CategoricalDtype) else column
            for name, column in frame.items()
        }
    )
