"""Small notebooks, and runs of them."""

from collections.abc import Callable
from pathlib import Path

from gia_analysis.publishing import BatchOptions, NotebookRun, PageFrame, RunLimits

Make = Callable[..., Path]
LIMITS = RunLimits(cell_seconds=20, run_seconds=30, memory_bytes=300_000_000)


def options(way: str = "warm", **others: object) -> BatchOptions:
    """Return options for a small batch with warm or cold kernels."""
    return BatchOptions(**{"jobs": 3, "cold": way == "cold", "limits": LIMITS, **others})  # type: ignore[arg-type]


def numbered(notebook: Path, count: int) -> list[NotebookRun]:
    """Return runs of one notebook with the parameter ``number``: 0.html, 1.html, …"""
    frames = [PageFrame(f"第 {number} 页") for number in range(count)]
    return [NotebookRun(notebook, {"number": number}, f"{number}.html", frame) for number, frame in enumerate(frames)]
