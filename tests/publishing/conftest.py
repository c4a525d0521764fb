"""Small notebooks that do one thing, each with real kernels."""

from collections.abc import Iterator
from pathlib import Path

import nbformat
import psutil
import pytest

from notebook_runs import Make


@pytest.fixture
def notebook(tmp_path: Path) -> Make:
    """Return a function that writes a notebook of some cells, the first of which declares its parameters."""

    def make(name: str, *cells: str, parameters: str = "number: int = 0") -> Path:
        declared = nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
        made = nbformat.v4.new_notebook(cells=[declared, *map(nbformat.v4.new_code_cell, cells)])
        made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        for number, cell in enumerate(made.cells):
            cell["id"] = f"cell-{number}"
        nbformat.write(made, tmp_path / f"{name}.ipynb")
        return tmp_path / f"{name}.ipynb"

    return make


@pytest.fixture
def nothing_left() -> Iterator[None]:
    """No process that a test starts outlives it, not even as a zombie."""
    before = set(psutil.Process().children(recursive=True))
    yield
    left = [each for each in psutil.Process().children(recursive=True) if each not in before]
    assert [each.cmdline() for each in left] == []
