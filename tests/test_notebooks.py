"""The stored notebooks are complete and normalised; that their outputs are fresh is what ``pytest --nbval`` checks."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

from gia_analysis.publishing.refresh import normalise, refresh, stale

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


def test_there_are_notebooks() -> None:
    assert [path.stem for path in NOTEBOOKS] == [
        "01_explore", "02_agency_summary", "03_cross_agency", "04_data_quality", "05_trends",
    ]  # fmt: skip


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


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stored_notebooks_are_as_the_refreshing_writes_them(path: Path) -> None:
    """``make notebooks`` refreshes them."""
    stored = path.read_bytes().decode("utf-8")

    assert normalise(nbformat.reads(stored, as_version=4)) == stored


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A notebook as an editor leaves it: other names of cells, when it ran, which machine."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("# Sums"), *map(nbformat.v4.new_code_cell, ("a = 20", "a + 2", "a - 2"))],
        metadata={
            "kernelspec": {"name": "my-kernel", "display_name": "mine"},
            "language_info": {"name": "python", "version": "3.9"},
        },
    )
    notebook.cells[2].metadata["execution"] = {"iopub.execute_input": "2026-01-01T00:00:00Z"}
    notebook.cells[2].execution_count = 17
    place = tmp_path / "sums.ipynb"
    nbformat.write(notebook, place)
    return place


def test_to_normalise_again_changes_nothing_and_leaves_no_machine(small: Path) -> None:
    once = normalise(nbformat.read(small, as_version=4))

    assert normalise(nbformat.reads(once, as_version=4)) == once
    assert not re.search(r"my-kernel|3\.9|2026|17", once)
    assert [cell.id for cell in nbformat.reads(once, as_version=4).cells] == [f"cell-0{place}" for place in range(4)]


def test_an_address_in_memory_cannot_be_stored(small: Path) -> None:
    notebook = nbformat.read(small, as_version=4)
    notebook.cells[2].outputs = [nbformat.v4.new_output("display_data", {"text/plain": "<object object at 0x7f3a>"})]

    with pytest.raises(ValueError, match="differs in every run"):
        normalise(notebook)


def test_what_is_stale_is_found_and_refreshed(small: Path) -> None:
    assert refresh([small]) == [small]
    stored = small.read_bytes()
    assert refresh([small]) == []
    assert small.read_bytes() == stored

    small.write_bytes(stored.replace(b'"18"', b'"17"').replace(b"a + 2", b"a + 3"))
    cells = [each.partition(":")[0] for each in stale(small)]

    assert cells == ["sums.ipynb, cell-02 (a + 3)", "sums.ipynb, cell-03 (a - 2)"]
