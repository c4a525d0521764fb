"""Many reports: read with a row for every input, selected, labelled, and kept on disk unchanged."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from gia_analysis import Corpus, CorpusError, read_reports
from gia_analysis.schema import TABLES, build

NOVEL = "话说天下大势，分久必合，合久必分。\n第一回　宴桃园豪杰三结义　斩黄巾英雄首立功\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
XIANDI, TONGJI = "尧都区县底镇人民政府", "通济街道办事处"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, sample_paths: Mapping[str, Path]) -> Path:
    """The samples, one of them twice, among files that are no reports."""
    place = tmp_path_factory.mktemp("reports")
    for path in sample_paths.values():
        shutil.copy(path, place / path.name)
    (place / "again").mkdir()
    shutil.copy(sample_paths["2020-xiandi-town"], place / "again" / "copy.txt")
    (place / "a-novel.txt").write_text(NOVEL, encoding="utf-8")
    (place / "b-empty.txt").write_bytes(b"")
    (place / "c-picture.txt").write_bytes(PNG)
    (place / ".hidden").write_text("x", encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def corpus(folder: Path) -> Corpus:
    return read_reports(folder)


def names_of(frame: pd.DataFrame) -> list[str]:
    return [Path(source).name for source in frame["source"]]


def test_every_file_has_a_row_but_hidden_ones(corpus: Corpus, folder: Path) -> None:
    expected = sorted(path.name for path in folder.rglob("*.txt"))

    assert sorted(names_of(corpus.reports)) == expected
    assert len(expected) == 9


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a-novel.txt", "no disclosure report"),
        ("b-empty.txt", "the file is empty"),
        ("c-picture.txt", "the content is a PNG image"),
    ],
)
def test_a_file_that_is_no_report_says_why_and_the_others_are_read(corpus: Corpus, name: str, words: str) -> None:
    row = corpus.reports[[source.endswith(name) for source in corpus.reports["source"]]].iloc[0]

    assert row["status"] == "failed"
    assert row["message"].startswith(words)
    assert (corpus.reports["status"] == "ok").sum() == 6


def test_a_failed_row_has_the_digest_of_its_file_and_nothing_read(corpus: Corpus) -> None:
    failed = corpus.reports[corpus.reports["status"] == "failed"]

    assert (failed["report_id"] == failed["sha256"].str[:16]).all()
    assert failed[["form", "year", "agency"]].isna().all(axis=None)
    assert set(corpus.cells["source"]) & set(failed["source"]) == set()


def test_the_same_content_in_two_files_makes_two_rows(corpus: Corpus) -> None:
    twice = corpus.reports[corpus.reports["agency"] == XIANDI]

    assert sorted(names_of(twice)) == ["2020-xiandi-town.txt", "copy.txt"]
    assert twice["report_id"].nunique() == 1
    assert len(corpus.cells[corpus.cells["report_id"] == twice["report_id"].iloc[0]]) == 2 * 198


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere\.txt"):
        read_reports([tmp_path / "nowhere.txt"])


def test_files_are_taken_once_in_a_fixed_order(folder: Path) -> None:
    again = read_reports([folder / "b-empty.txt", folder / "a-novel.txt", folder / "b-empty.txt"])

    assert names_of(again.reports) == ["b-empty.txt", "a-novel.txt"]


def test_a_single_path_may_be_given_as_text(folder: Path) -> None:
    assert len(read_reports(str(folder / "a-novel.txt")).reports) == 1


def test_progress_sees_every_file_and_their_number(folder: Path) -> None:
    seen: list[tuple[list[str], int]] = []

    def watch(files: object, number: int) -> list[Path]:
        listed = list(files)  # type: ignore[call-overload]
        seen.append(([path.name for path in listed], number))
        return listed  # type: ignore[no-any-return]

    read_reports([folder / "a-novel.txt", folder / "b-empty.txt"], progress=watch)

    assert seen == [(["a-novel.txt", "b-empty.txt"], 2)]


def test_an_empty_folder_gives_empty_tables_with_all_columns_and_types(tmp_path: Path) -> None:
    empty = read_reports(tmp_path)

    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(empty, name), build(name))


def test_a_corpus_of_failures_alone_has_all_columns_and_types(folder: Path) -> None:
    failures = read_reports([folder / "a-novel.txt", folder / "c-picture.txt"])

    for name in TABLES:
        pd.testing.assert_series_equal(getattr(failures, name).dtypes, build(name).dtypes)


def test_what_is_saved_is_loaded_unchanged(corpus: Corpus, tmp_path: Path) -> None:
    corpus.save(tmp_path / "corpus")

    loaded = Corpus.load(tmp_path / "corpus")

    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(loaded, name), getattr(corpus, name))


def test_an_empty_corpus_is_saved_and_loaded_unchanged(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    read_reports(tmp_path / "nothing").save(tmp_path / "corpus")

    loaded = Corpus.load(tmp_path / "corpus")

    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(loaded, name), build(name))


def test_loading_a_folder_without_a_corpus_names_the_file_and_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"reports\.parquet is not there.*gia read"):
        Corpus.load(tmp_path)


def test_loading_a_corpus_with_a_table_missing_names_it(corpus: Corpus, tmp_path: Path) -> None:
    corpus.save(tmp_path)
    (tmp_path / "issues.parquet").unlink()

    with pytest.raises(CorpusError, match=r"issues\.parquet is not there"):
        Corpus.load(tmp_path)


def test_loading_a_table_that_breaks_the_schema_is_refused(corpus: Corpus, tmp_path: Path) -> None:
    corpus.save(tmp_path)
    corpus.cells.assign(kind="zero").to_parquet(tmp_path / "cells.parquet")

    with pytest.raises(CorpusError, match=r"cells breaks the schema.*kind"):
        Corpus.load(tmp_path)


def test_loading_a_file_that_is_no_parquet_names_it(corpus: Corpus, tmp_path: Path) -> None:
    corpus.save(tmp_path)
    (tmp_path / "cells.parquet").write_text("report_id,source\n", encoding="utf-8")

    with pytest.raises(CorpusError, match=r"cells\.parquet"):
        Corpus.load(tmp_path)


def test_findings_are_the_checks_that_failed(corpus: Corpus) -> None:
    assert set(corpus.findings["status"]) == {"fail"}
    assert {"S_CHANNELS", "PROC_PAIR", "NARR_BREAKDOWN"} <= set(corpus.findings["code"])


def test_summary_counts_what_was_read(corpus: Corpus) -> None:
    assert corpus.summary() == "6 ok, 0 partial, 3 failed"
