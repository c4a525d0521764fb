"""What is refused before anything is written, and what happens to what was there."""

import datetime
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from gia_analysis import Corpus, GiaError
from gia_analysis.export import ExportError, export_corpus, read_export
from gia_analysis.schema import Frames, build


def with_reports(**columns: object) -> Corpus:
    rows = {"report_id": ["1", "2"], "source": ["a.txt", "b.txt"], "status": ["ok", "ok"], **columns}
    others = {name: build(name) for name in ("cells", "sections", "figures", "issues")}
    frames = Frames(reports=build("reports", rows), **others)
    return Corpus(frames, checks=build("checks"), indicators=build("indicators"))


def test_an_unknown_format_names_the_nearest(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="unknown format 'xls': did you mean 'xlsx'"):
        export_corpus(corpus, tmp_path / "out", "xls")


def test_an_unknown_table_names_the_nearest(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="unknown table 'cell': did you mean 'cells'"):
        export_corpus(corpus, tmp_path / "out", "csv", tables=["cell"])
    assert not (tmp_path / "out").exists()


def test_what_is_not_installed_says_how_to_install_it(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)

    with pytest.raises(ExportError, match=r"needs duckdb, which is not installed; .*'gia-analysis\[duckdb\]'"):
        export_corpus(corpus, tmp_path / "out.duckdb", "duckdb")


def test_a_folder_of_other_files_is_left_alone(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "cells.csv").write_text("mine", encoding="utf-8")

    with pytest.raises(ExportError, match="holds other files than an export; name a new folder"):
        export_corpus(corpus, tmp_path, "csv")
    assert [path.name for path in tmp_path.iterdir()] == ["cells.csv"]
    assert (tmp_path / "cells.csv").read_text(encoding="utf-8") == "mine"


def test_an_export_takes_the_place_of_one_before_and_leaves_other_files(corpus: Corpus, tmp_path: Path) -> None:
    export_corpus(corpus, tmp_path / "out", "csv")
    (tmp_path / "out" / "notes.txt").write_text("mine", encoding="utf-8")

    export_corpus(corpus, tmp_path / "out", "frictionless", tables=["reports"])

    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["CITATION.txt", "datapackage.json", "notes.txt", "reports.csv"]


@pytest.mark.parametrize(
    ("form", "words"), [("csv", "is a file; csv is a folder"), ("xlsx", "is a folder; xlsx is one")]
)
def test_a_file_is_no_folder_and_a_folder_no_file(form: str, words: str, corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")

    with pytest.raises(ExportError, match=words):
        export_corpus(corpus, tmp_path / "file" if form == "csv" else tmp_path, form)


def test_an_export_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    corpus = with_reports(year=[2021, 2**60])

    with pytest.raises(ExportError, match=r"reports\.year holds a whole number of more than 15 digits"):
        export_corpus(corpus, tmp_path / "out.xlsx", "xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"published": [pd.Timestamp("2021-01-31 08:30"), pd.NaT]}, "published holds a date with a time of day"),
        ({"source": ["a.txt", "a.txt"], "report_id": ["1", "1"]}, "two rows with source 'a.txt' and report_id 1"),
    ],
)
def test_what_no_format_keeps_is_refused(columns: dict[str, object], words: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=words):
        export_corpus(with_reports(**columns), tmp_path / "out", "csv", tables=["reports"])


def test_a_number_without_end_is_refused(corpus: Corpus, tmp_path: Path) -> None:
    endless = Corpus(corpus.frames, checks=corpus.checks, indicators=corpus.indicators.assign(value=float("inf")))

    with pytest.raises(ExportError, match=r"indicators\.value holds a number without end"):
        export_corpus(endless, tmp_path / "out", "parquet")


def test_a_place_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no-such does not exist"):
        read_export(tmp_path / "no-such", "csv")


def test_a_folder_without_tables_is_no_empty_export(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="holds none of the tables of a corpus as parquet"):
        read_export(tmp_path, "parquet")


def test_the_error_is_one_of_ours_and_a_built_in_one() -> None:
    assert issubclass(ExportError, GiaError)
    assert issubclass(ExportError, ValueError)


def test_days_without_a_time_pass(tmp_path: Path, target: Callable[[str], Path]) -> None:
    corpus = with_reports(published=[datetime.date(2021, 1, 31), None])

    citation = export_corpus(corpus, target("csv"), "csv", tables=["reports"])

    assert citation.published == datetime.date(2021, 1, 31)
