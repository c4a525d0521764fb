"""What the tests of several rooms share: the sample reports and a reader of texts."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from gia_analysis import Report, read_report
from gia_analysis.documents import read_bytes
from gia_analysis.reading import interpret

RAW = Path(__file__).parents[1] / "data" / "raw"


@pytest.fixture(scope="session")
def sample_paths() -> Mapping[str, Path]:
    """The files of the sample reports by their stem."""
    return {path.stem: path for path in sorted(RAW.glob("*.txt"))}


@pytest.fixture(scope="session")
def samples(sample_paths: Mapping[str, Path]) -> Mapping[str, Report]:
    """The sample reports by the stem of their file."""
    return {stem: read_report(path) for stem, path in sample_paths.items()}


@pytest.fixture(scope="session")
def read() -> Callable[[str], Report]:
    """Read a report from a text, as if a file held it."""

    def read_text(text: str) -> Report:
        return interpret(read_bytes(text.encode(), "report.txt"))

    return read_text
