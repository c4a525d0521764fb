"""Small notebooks that do one thing, each with real kernels."""

from pathlib import Path

import nbformat
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
