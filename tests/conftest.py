"""What the tests of several rooms share: the sample reports, a reader of texts, and frames made of a few cells."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from gia_analysis import Report, read_report
from gia_analysis.checks import run_checks
from gia_analysis.documents import read_bytes
from gia_analysis.forms import get_form
from gia_analysis.reading import interpret
from gia_analysis.schema import Frames, Kind, build

RAW = Path(__file__).parents[1] / "data" / "raw"

Given = Mapping[str, Any]


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
        return interpret(read_bytes(text.encode(), "report.txt"))[0]

    return read_text


def cells_of(given: Given) -> Iterator[dict[str, Any]]:
    """Yield rows of ``cells``: those named, and all others of the tables named, which hold ``fill`` (zero).

    A cell is printed as a figure, as a blank (None), or as something without value: the name of its kind.
    """
    form, named, fill = given["form"], given.get("cells", {}), given.get("fill", 0.0)
    tables = {name.split(".")[0] for name in named}
    every = [f"{t.code}.{r.code}.{c.code}" for t, r, c in get_form(form).cells() if t.code in tables and not r.optional]
    for name, printed in {**dict.fromkeys(every, fill), **named}.items():
        table, row, col = name.split(".")
        kind = printed if isinstance(printed, str) else Kind.BLANK.value if printed is None else Kind.NUMBER.value
        value = None if printed is None or isinstance(printed, str) else float(printed)
        place = {"form": form, "table": table, "row": row, "col": col}
        yield {**place, "value": value, "kind": kind, "raw": "", "match": given.get("match", "exact")}


def frames_of(reports: Mapping[str, Given]) -> Frames:
    """Return the frames of reports by id. What is given: form, cells, fill, figures, sections, facts."""
    keys = {name: {"report_id": name, "source": f"{name}.txt"} for name in reports}
    facts = [
        {**keys[name], "status": "ok", "form": given["form"], **given.get("facts", {})}
        for name, given in reports.items()
    ]
    sections = [
        {**keys[name], "section": code, "order": order}
        for name, given in reports.items()
        for order, code in enumerate(given.get("sections", ()))
    ]
    figures = [
        {**keys[name], "section": "overview", "order": order, "approximate": False, "sentence": "", **figure}
        for name, given in reports.items()
        for order, figure in enumerate(given.get("figures", ()))
    ]
    return Frames(
        reports=build("reports", facts),
        cells=build("cells", [{**keys[name], **cell} for name, given in reports.items() for cell in cells_of(given)]),
        sections=build("sections", sections),
        figures=build("figures", figures),
        issues=build("issues"),
    )


@pytest.fixture(scope="session")
def frames() -> Callable[[Mapping[str, Given]], Frames]:
    """Make the frames of reports."""
    return frames_of


@pytest.fixture(scope="session")
def check() -> Callable[[Mapping[str, Given]], pd.DataFrame]:
    """Check reports, all in one go."""

    def run(reports: Mapping[str, Given]) -> pd.DataFrame:
        return run_checks(frames_of(reports))

    return run
