"""Small notebooks, and runs of them."""

from collections.abc import Callable
from pathlib import Path

from gia_analysis.publishing import NotebookRun, PageFrame

Make = Callable[..., Path]


def numbered(notebook: Path, count: int) -> list[NotebookRun]:
    """Return runs of one notebook with the parameter ``number``: 0.html, 1.html, …"""
    frames = [PageFrame(f"第 {number} 页") for number in range(count)]
    return [NotebookRun(notebook, {"number": number}, f"{number}.html", frame) for number, frame in enumerate(frames)]
