"""Parameters are refused before a kernel starts."""

from pathlib import Path

import nbformat
import pytest

from gia_analysis.errors import ParameterError
from gia_analysis.publishing import check_parameters, declared_parameters, notebook_folder

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
AGENCY = notebook_folder() / "02_agency_summary.ipynb"


def write_notebook(folder: Path, *sources: str) -> Path:
    notebook = nbformat.v4.new_notebook(metadata=KERNEL)
    for number, source in enumerate(sources):
        cell = nbformat.v4.new_code_cell(source)
        if number == 0:
            cell.metadata["tags"] = ["parameters"]
        notebook.cells.append(cell)
    path = folder / "test.ipynb"
    nbformat.write(notebook, path)
    return path


def test_an_unknown_name_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(
        ParameterError, match=r"02_agency_summary\.ipynb has no parameter 'agancy': did you mean 'agency'"
    ):
        check_parameters(AGENCY, {"agancy": "甲局"})


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("year", "2020", r"'year' takes int, not str \('2020'\)"),
        ("year", True, r"'year' takes int, not bool"),
        ("agency", 5, r"'agency' takes str, not int"),
        ("lang", ["zh"], r"'lang' takes str, not list"),
    ],
)
def test_a_value_of_another_type_is_refused(name: str, value: object, sentence: str) -> None:
    with pytest.raises(ParameterError, match=sentence):
        check_parameters(AGENCY, {name: value})


def test_declared_parameters_are_names_and_types() -> None:
    assert declared_parameters(AGENCY) == {
        "corpus": "str", "agency": "str", "year": "int", "lang": "str", "corrections": "str",
    }  # fmt: skip


def test_a_parameter_without_a_type_is_a_fault_of_the_notebook(tmp_path: Path) -> None:
    path = write_notebook(tmp_path, "year = 2020")

    with pytest.raises(ParameterError, match=r"parameter 'year' must be declared with one of the types"):
        check_parameters(path, {"year": 2020})


def test_a_notebook_without_parameters_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bare.ipynb"
    nbformat.write(nbformat.v4.new_notebook(metadata=KERNEL), path)

    with pytest.raises(ParameterError, match=r"bare\.ipynb has no cell tagged 'parameters'"):
        check_parameters(path, {})


@pytest.mark.parametrize(
    "text", ["", "{}", "no notebook", '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}']
)
def test_what_is_no_notebook_of_python_is_refused_by_name(text: str, tmp_path: Path) -> None:
    (tmp_path / "odd.ipynb").write_text(text, encoding="utf-8")

    with pytest.raises(ParameterError, match=r"odd\.ipynb"):
        declared_parameters(tmp_path / "odd.ipynb")
