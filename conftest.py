"""Tests that need a part which this machine lacks are left out, and the run ends by naming them."""

from pathlib import Path
from typing import Any

import pytest

from parts import PARTS, missing

_NEED_OCR = Path(__file__).parent / "gia_analysis" / "documents" / "scan"

_left_out: dict[str, list[str]] = {}


def pytest_configure(config: pytest.Config) -> None:
    """Make the markers of the parts known."""
    for marker, part in PARTS.items():
        config.addinivalue_line("markers", f"{marker}: needs {part.name}")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out the doctests of modules that cannot be imported without OCR."""
    return True if "ocr" in missing() and collection_path.parent == _NEED_OCR else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of the parts that are missing."""
    for marker in missing():
        lacking = [item for item in items if item.get_closest_marker(marker)]
        _left_out[marker] = [item.nodeid for item in lacking]
        items[:] = [item for item in items if item not in lacking]
        config.hook.pytest_deselected(items=lacking)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand on what one of several processes has left out to the first, which tells it."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = _left_out


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Take note of what another process has left out."""
    _left_out.update(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what was left out, and say how the missing part is installed."""
    for marker, names in _left_out.items():
        if names:
            part = PARTS[marker]
            terminalreporter.section(f"NOT RUN: no {part.name} on this machine", red=True)
            for name in names:
                terminalreporter.line(name)
            terminalreporter.line(f"Install it ({part.remedy}) and run the tests again.")
