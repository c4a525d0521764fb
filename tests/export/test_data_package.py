"""The data package as others read it: valid by the library of the standard, its schema that of the tables."""

import json
from pathlib import Path
from typing import Any

import frictionless
import pytest

from gia_analysis import Corpus
from gia_analysis.export import Citation, export_corpus
from gia_analysis.schema import COLUMNS, TABLES


@pytest.fixture(scope="module")
def package(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("package") / "export"
    export_corpus(corpus, place, "frictionless")
    return place


@pytest.fixture(scope="module")
def described(package: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    return found


def errors_of(package: Path) -> list[str]:
    report = frictionless.validate(str(package / "datapackage.json"))
    return [error for (error,) in report.flatten(["type"])]


def test_it_is_valid(package: Path) -> None:
    assert errors_of(package) == []


def test_a_package_of_awkward_values_is_valid(awkward_corpus: Corpus, tmp_path: Path) -> None:
    export_corpus(awkward_corpus, tmp_path / "out", "frictionless", tables=["reports", "cells", "figures", "checks"])

    assert errors_of(tmp_path / "out") == []


def test_an_empty_package_is_valid(empty_corpus: Corpus, tmp_path: Path) -> None:
    export_corpus(empty_corpus, tmp_path / "out", "frictionless")

    assert errors_of(tmp_path / "out") == []


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [('"2019","requests"', '"2019","request"', "constraint-error"), (',"blank",', ',"number",', "hash-count")],
)
def test_a_changed_file_is_found_out(old: str, new: str, error: str, corpus: Corpus, tmp_path: Path) -> None:
    export_corpus(corpus, tmp_path / "out", "frictionless", tables=["reports", "cells"])
    cells = tmp_path / "out" / "cells.csv"
    text = cells.read_text(encoding="utf-8")
    assert old in text
    cells.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")

    assert error in errors_of(tmp_path / "out")


def test_the_rows_that_the_library_reads_are_those_of_the_corpus(package: Path, corpus: Corpus) -> None:
    rows = frictionless.Package(str(package / "datapackage.json")).get_resource("cells").read_rows()

    expected = corpus.cells
    assert [row["value"] for row in rows] == [None if value != value else value for value in expected["value"]]
    assert [(row["raw"] or "").removeprefix("'") for row in rows] == list(expected["raw"].fillna(""))
    assert [row["block"] for row in rows] == list(
        expected["block"].astype(object).where(expected["block"].notna(), None)
    )


@pytest.mark.parametrize("number", range(len(TABLES)))
def test_every_column_has_its_type_title_and_meaning_in_both_languages(number: int, described: dict[str, Any]) -> None:
    resource = described["resources"][number]

    assert resource["name"] == list(TABLES)[number]
    assert tuple(field["name"] for field in resource["schema"]["fields"]) == TABLES[resource["name"]]
    for field in resource["schema"]["fields"]:
        assert field["titles"] == {"en": COLUMNS[field["name"]].en, "zh": COLUMNS[field["name"]].zh}
        assert field["descriptions"]["en"] == COLUMNS[field["name"]].meaning
        assert field["descriptions"]["zh"] != field["descriptions"]["en"]


def test_it_says_what_it_is_and_bears_no_time_of_its_own(
    described: dict[str, Any], corpus: Corpus, tmp_path: Path
) -> None:
    citation: Citation = export_corpus(corpus, tmp_path / "out", "csv")

    assert described["version"] == citation.version
    assert described["id"] == citation.content
    assert described["created"] == "2021-02-20T00:00:00Z"
    assert described["citation"] == {"en": citation.text("en"), "zh": citation.text("zh")}
    assert described["licenses"][0]["name"] == "MIT"
    assert described["sources"]


def test_what_may_be_missing_is_not_required_and_keys_lead_to_the_reports(described: dict[str, Any]) -> None:
    cells = next(each for each in described["resources"] if each["name"] == "cells")
    constraints = {field["name"]: field.get("constraints", {}) for field in cells["schema"]["fields"]}

    assert constraints["kind"] == {"required": True, "enum": list(COLUMNS["kind"].allowed)}
    assert "required" not in constraints["value"]
    assert cells["schema"]["primaryKey"] == ["source", "report_id", "table", "row", "col"]
    assert cells["schema"]["foreignKeys"][0]["reference"] == {"resource": "reports", "fields": ["source", "report_id"]}
