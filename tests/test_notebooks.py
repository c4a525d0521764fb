"""The stored notebooks are complete; that their outputs are fresh is what ``pytest --nbval`` checks."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


def test_there_are_notebooks() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["01_explore", "02_agency_summary", "03_cross_agency"]


def missing_outputs(notebook: nbformat.NotebookNode) -> list[str]:
    """Return what a notebook with cleared or partly run cells lacks."""
    lacks = []
    code_cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code_cells, 1):
        shows = isinstance(ast.parse(cell.source).body[-1], ast.Expr)
        if cell.execution_count != number:
            lacks.append(f"cell {number} has the execution count {cell.execution_count}")
        if shows and not cell.outputs:
            lacks.append(f"cell {number} shows something and has no stored output")
        lacks += [f"cell {number} stores an error" for output in cell.outputs if output.output_type == "error"]
    return lacks


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_stored_output_is_missing(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)

    assert missing_outputs(notebook) == []


def test_the_guard_sees_cleared_outputs() -> None:
    notebook = nbformat.read(NOTEBOOKS[0], as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None

    assert len(missing_outputs(notebook)) > 10


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_start_by_saying_what_one_learns(path: Path) -> None:
    first = nbformat.read(path, as_version=4).cells[0]

    assert first.cell_type == "markdown"
    assert "You learn" in first.source
    assert "**In:**" in first.source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_name_no_machine_and_a_plain_kernel(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert str(Path.home()) not in text
    assert not re.search(r'"(?:/home|/Users|C:\\\\Users)', text)
    assert nbformat.read(path, as_version=4).metadata.kernelspec.name == "python3"
