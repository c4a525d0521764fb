"""Whatever a format does to values, reading it back gives the frames that went out."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from gia_analysis import Corpus
from gia_analysis.export import FORMATS, export_corpus, read_export
from gia_analysis.schema import TABLES

Target = Callable[[str], Path]


def files_of(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("which", ["corpus", "awkward_corpus", "empty_corpus"])
def test_every_table_reads_back_equal(form: str, which: str, target: Target, request: pytest.FixtureRequest) -> None:
    corpus: Corpus = request.getfixturevalue(which)
    export_corpus(corpus, target(form), form)

    found = read_export(target(form), form)

    assert list(found) == list(TABLES)
    for name in TABLES:
        pd.testing.assert_frame_equal(found[name], getattr(corpus, name), check_exact=True, obj=name)


@pytest.mark.parametrize("form", FORMATS)
def test_missing_and_empty_texts_are_told_apart(form: str, awkward_corpus: Corpus, target: Target) -> None:
    export_corpus(awkward_corpus, target(form), form, tables=["sections"])

    found = read_export(target(form), form)["sections"]["text"]

    assert found.isna().sum() == 1
    assert (found == "").sum() == 1


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "duckdb"])
def test_the_same_corpus_gives_the_same_bytes(form: str, corpus: Corpus, tmp_path: Path) -> None:
    for name in ("one", "two"):
        export_corpus(corpus, tmp_path / name / "export", form)

    assert files_of(tmp_path / "one") == files_of(tmp_path / "two")


@pytest.mark.parametrize("form", FORMATS)
def test_only_the_tables_named_are_written(form: str, corpus: Corpus, target: Target) -> None:
    export_corpus(corpus, target(form), form, tables=["indicators", "reports"])

    assert list(read_export(target(form), form)) == ["reports", "indicators"]


def test_a_parquet_export_is_a_corpus_again(corpus: Corpus, tmp_path: Path) -> None:
    export_corpus(corpus, tmp_path / "export", "parquet")

    found = Corpus.load(tmp_path / "export")

    pd.testing.assert_frame_equal(found.cells, corpus.cells)
    assert found.summary() == corpus.summary()
