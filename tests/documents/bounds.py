"""Hostile files are read where the product reads them: in a worker process, within bounds of time and memory."""

import atexit
from functools import cache
from pathlib import Path

from gia_analysis.containers import Item
from gia_analysis.report import Report
from gia_analysis.schema import Status
from gia_analysis.workers import Limits, Task, Unconverted, Workers

SECONDS, MEMORY_BYTES = 20.0, 900_000_000


@cache
def _workers() -> Workers:
    workers = Workers(1, Limits(SECONDS, MEMORY_BYTES))
    atexit.register(workers.close)
    return workers


def read_bounded(data: bytes) -> Report:
    """Return what a worker makes of a file; one that went over the bounds or ended the worker is ``failed`` and says so."""
    ((_, answer),) = _workers().read([Task(Item("hostile", Path("hostile"), data=data))])
    assert not isinstance(answer, Unconverted)
    return answer[0]


def refusal(data: bytes) -> str:
    """Return why a file is refused; it must be by the reader's own judgement, not by the bounds."""
    report = read_bounded(data)
    assert report.facts.status is Status.FAILED
    message = report.facts.message or ""
    assert not any(word in message for word in ("ended", "memory", "unexpected")), message
    return message
