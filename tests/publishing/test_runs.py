"""Tables of runs: what they may look like, which names their pages get, and what a notebook is given."""

import json
from pathlib import Path

import pandas as pd
import papermill.translators
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gia_analysis.errors import BatchError, ParameterError
from gia_analysis.publishing import read_runs, runs_of
from gia_analysis.publishing.batch.files import check_name, safe_name
from gia_analysis.publishing.parameters import check_parameters
from notebook_runs import Make

DECLARED = "agency: str = ''\nyear: int = 0\nshare: float = 0.5\nshort: bool = False\nyears: list = []"
VALUES = {"agency": "通济街道", "year": 2020, "share": 0.25, "short": True, "years": [2019, 2020]}


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl", "parquet"])
def test_a_table_gives_each_parameter_the_type_its_notebook_declares(
    ending: str, notebook: Make, tmp_path: Path
) -> None:
    made = notebook("takes", "agency", parameters=DECLARED)
    rows = pd.DataFrame([{"notebook": made.name, "file": "a.html", **VALUES}, {"notebook": made.name, "agency": "空"}])
    table = tmp_path / f"runs.{ending}"
    if ending == "csv":
        rows.assign(years=rows["years"].map(json.dumps, na_action="ignore")).to_csv(table, index=False)
    elif ending == "parquet":
        rows.to_parquet(table)
    else:
        rows.to_json(table, orient="records", lines=ending == "jsonl", force_ascii=False)

    first, second = read_runs(table)

    assert dict(first.parameters) == VALUES
    assert [type(value) for value in first.parameters.values()] == [type(value) for value in VALUES.values()]
    assert (first.file, first.notebook) == ("a.html", made)
    assert dict(second.parameters) == {"agency": "空"}


@pytest.mark.parametrize("ending", ["json", "jsonl"])
def test_a_text_in_json_stays_the_text_it_is(ending: str, notebook: Make, tmp_path: Path) -> None:
    made = notebook("takes", "agency", parameters="agency: str = ''\npublished_at: str = ''")
    values = {"agency": "甲\u2028局", "published_at": "2021-01-29"}
    row = json.dumps({"notebook": made.name, **values}, ensure_ascii=False)
    table = tmp_path / f"runs.{ending}"
    table.write_text(row if ending == "jsonl" else f"[{row}]", encoding="utf-8")

    assert [dict(run.parameters) for run in read_runs(table)] == [values]


def test_what_is_wrong_with_a_table_is_said_with_its_row(notebook: Make, tmp_path: Path) -> None:
    made = notebook("takes", "agency", parameters=DECLARED)
    cases = [
        ({"agency": ["x"]}, BatchError, "needs a column 'notebook'; this one has agency"),
        ({"notebook": ["nothing.ipynb"]}, FileNotFoundError, "row 1 of the runs: there is no notebook nothing.ipynb"),
        ({"notebook": [str(made)] * 2, "yaer": [None, "1"]}, ParameterError, "row 2 .* did you mean 'year'"),
        ({"notebook": [str(made)], "year": ["20x0"]}, ParameterError, "row 1 of the runs: .*20x0"),
        ({"notebook": [str(made)], "file": ["../../x.html"]}, ParameterError, "'x.html' could"),
    ]

    for columns, error, words in cases:
        with pytest.raises(error, match=words):
            runs_of(pd.DataFrame(columns))
    (tmp_path / "runs.txt").write_text("")
    with pytest.raises(BatchError, match=r"runs\.txt is no table of runs: it can be \.csv, \.jsonl, \.json, \.parquet"):
        read_runs(tmp_path / "runs.txt")


def test_names_of_pages_are_made_from_what_is_in_them_and_differ(notebook: Make) -> None:
    made = notebook("takes", "agency", parameters=DECLARED)
    names = ["../../x", "..\\..\\x", "通" * 300, "CON", "a\0b", "\u202eabc", "<script>", "{{ x }}", "a/b", ""]

    runs = runs_of(pd.DataFrame({"notebook": str(made), "agency": names, "year": 2020}))

    assert len({run.file.casefold() for run in runs}) == len(names)
    assert all(check_name(run.file) == run.file and len(run.file.encode()) < 255 for run in runs)


@given(st.text(max_size=300))
def test_no_text_makes_a_name_that_leaves_the_folder_or_that_a_system_refuses(text: str) -> None:
    name = safe_name(text)

    assert name == safe_name(name)
    assert not set(name) & set('/\\:*?"<>|\0\n\u202e')
    assert name not in ("", ".", "..")
    assert not name.startswith(".")
    assert not name.endswith((".", " "))
    assert len(name.encode()) <= 121
    assert name.split(".")[0].lower() not in ("con", "nul", "com1", "lpt9")
    assert (Path("out") / name).parent == Path("out")


PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()


@given(st.text(alphabet=st.characters(codec=None)), st.lists(PLAIN))
def test_a_parameter_is_a_value_whatever_it_says(text: str, several: list[object]) -> None:
    """The cell that papermill writes gives back what was given, and is nothing but assignments."""
    injected = papermill.translators.PythonTranslator.codify({"agency": text, "years": several})

    space: dict[str, object] = {}
    exec(injected, {"__builtins__": {}, "float": float}, space)
    assert space == {"agency": text, "years": several}


def test_a_parameter_that_is_more_than_a_plain_value_is_refused(notebook: Make) -> None:
    class Text(str):
        __slots__ = ()

    made = notebook("takes", "agency", parameters=DECLARED)
    for value in (Text("x"), {"a": 1}, object()):
        with pytest.raises(ParameterError):
            check_parameters(made, {"agency": value})
        with pytest.raises(ParameterError, match="may hold text and numbers alone"):
            check_parameters(made, {"years": [value]})
