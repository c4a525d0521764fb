"""Many reports: read with a row for every input, selected, labelled, and kept on disk unchanged."""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

import pandas as pd
import pytest

from gia_analysis import Corpus, CorpusError, inputs, read_reports
from gia_analysis.containers import Item
from gia_analysis.corpus import read_to_folder
from gia_analysis.schema import TABLES, build
from gia_analysis.simulation import simulate_corpus
from writers.archive import zip_of
from writers.crawl import json_lines

NOVEL = "话说天下大势，分久必合，合久必分。\n第一回　宴桃园豪杰三结义　斩黄巾英雄首立功\n"
DATABASE = b"SQLite format 3\x00" + bytes(100)
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
    (place / "c-database.txt").write_bytes(DATABASE)
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
        ("c-database.txt", "the content is an SQLite database"),
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


def test_copies_in_archives_and_crawls_make_no_further_row(sample_paths: Mapping[str, Path], tmp_path: Path) -> None:
    """Whichever comes first is the row: a file, a member of an archive, a record of a crawl."""
    one, two, three = list(sample_paths.values())[:3]
    shutil.copy(one, tmp_path / "a.txt")
    members = {path.name: path.read_bytes() for path in (one, two)}
    (tmp_path / "b.zip").write_bytes(zip_of(members))
    (tmp_path / "c.jsonl").write_bytes(json_lines([{"text": path.read_bytes().decode()} for path in (one, two, three)]))
    shutil.copy(two, tmp_path / "d.txt")
    shutil.copy(one, tmp_path / "e.txt")
    left_out: Counter[str] = Counter()

    reports = read_reports(tmp_path, left_out=left_out).reports

    sources = [source.removeprefix(f"{tmp_path.as_posix()}/") for source in reports["source"]]
    assert sources == ["a.txt", f"b.zip!/{two.name}", "c.jsonl#3", "e.txt"]
    assert left_out == {inputs.COPIES: 4}


def test_copies_are_told_where_nobody_asks_for_their_number(sample_paths: Mapping[str, Path], tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zip_of(dict.fromkeys("ab", sample_paths["2020-xiandi-town"].read_bytes())))

    with pytest.warns(UserWarning, match="1 copies of documents that have a row were left out"):
        read_reports(tmp_path)


def test_a_row_says_where_in_the_file_the_report_stood_and_whence_it_came(
    sample_paths: Mapping[str, Path], tmp_path: Path
) -> None:
    text = sample_paths["2020-xiandi-town"].read_bytes().decode()
    (tmp_path / "a.zip").write_bytes(zip_of({"c.jsonl": json_lines([{"url": "http://a", "text": text}])}))

    (row,) = read_reports(tmp_path).reports.to_dict("records")

    assert row["source"] == f"{tmp_path.as_posix()}/a.zip!/c.jsonl#1"
    assert (row["member"], row["url"], row["agency"]) == ("c.jsonl#1", "http://a", XIANDI)


def test_tables_that_gia_read_wrote_are_not_read_as_reports(corpus: Corpus, tmp_path: Path) -> None:
    corpus.save(tmp_path)

    with pytest.raises(CorpusError, match="give the folder of the reports"):
        read_reports(tmp_path)


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere\.txt"):
        read_reports([tmp_path / "nowhere.txt"])


def test_files_are_taken_once_in_a_fixed_order(folder: Path) -> None:
    again = read_reports([folder / "b-empty.txt", folder / "a-novel.txt", folder / "b-empty.txt"])

    assert names_of(again.reports) == ["b-empty.txt", "a-novel.txt"]


def test_a_single_path_may_be_given_as_text(folder: Path) -> None:
    assert len(read_reports(str(folder / "a-novel.txt")).reports) == 1


def test_progress_sees_every_file_and_their_number(folder: Path) -> None:
    seen: list[tuple[list[str], int | None]] = []

    def watch(items: Iterable[Item], number: int | None) -> list[Item]:
        listed = list(items)
        seen.append(([item.path.name for item in listed], number))
        return listed

    read_reports([folder / "a-novel.txt", folder / "b-empty.txt"], progress=watch)

    assert seen == [(["a-novel.txt", "b-empty.txt"], 2)]


def test_an_empty_folder_gives_empty_tables_with_all_columns_and_types(tmp_path: Path) -> None:
    empty = read_reports(tmp_path)

    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(empty, name), build(name))


def test_a_corpus_of_failures_alone_has_all_columns_and_types(folder: Path) -> None:
    failures = read_reports([folder / "a-novel.txt", folder / "c-database.txt"])

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


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two agencies on the forms of 2014, 2019 and 2021, a novel among them, not in the order of their names."""
    place = tmp_path_factory.mktemp("years")
    simulate_corpus(place, agencies=2, first_year=2017, last_year=2021, seed=5)
    (place / "raw" / "novel.txt").write_text(NOVEL, encoding="utf-8")
    names = ("0002_2021.txt", "0001_2018.txt", "novel.txt", "0001_2017.txt", "0002_2019.txt")
    return [place / "raw" / name for name in names]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory, years: list[Path]) -> Path:
    """The folder of a corpus that was read as a whole."""
    place = tmp_path_factory.mktemp("saved")
    read_reports(years).save(place)
    return place


def tables_in(folder: Path) -> dict[str, pd.DataFrame]:
    return {name: pd.read_parquet(folder / f"{name}.parquet") for name in TABLES}


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize("at_once", [1, 2])
def test_what_is_read_to_a_folder_is_what_a_corpus_saves(
    years: list[Path], saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(inputs, "REPORTS_AT_ONCE", at_once)

    counts = read_to_folder(years, tmp_path)

    assert counts.total() == 5
    assert counts["failed"] == 1
    streamed, expected = tables_in(tmp_path), tables_in(saved)
    for name in TABLES:
        pd.testing.assert_frame_equal(streamed[name], expected[name])


def test_rules_over_years_see_reports_that_come_later(years: list[Path], saved: Path) -> None:
    """Requests left over from 2017 may be concluded in 2018; the report of 2018 alone knows nothing of them."""
    report = next(file for file in years if file.name == "0001_2018.txt")

    def limit(checks: pd.DataFrame) -> float:
        own = checks[(checks["source"] == report.as_posix()) & (checks["code"] == "S_CONCL_RECEIVED")]
        return float(own["right"].iloc[0])

    assert limit(Corpus.load(saved).checks) > limit(read_reports(report).checks)


def test_every_table_comes_report_by_report_in_the_order_of_the_files(years: list[Path], saved: Path) -> None:
    sources = [file.as_posix() for file in years if file.name != "novel.txt"]

    tables = tables_in(saved)

    for name in ("cells", "sections", "checks", "indicators"):
        assert list(tables[name]["source"].drop_duplicates()) == sources


def test_the_same_reports_give_the_same_bytes(years: list[Path], tmp_path: Path) -> None:
    read_to_folder(years[:2], tmp_path / "one")
    read_to_folder(years[:2], tmp_path / "two")

    assert bytes_in(tmp_path / "one") == bytes_in(tmp_path / "two")


def test_a_corpus_in_the_folder_is_replaced(years: list[Path], tmp_path: Path) -> None:
    read_to_folder(years[1], tmp_path)

    read_to_folder(years[0], tmp_path)

    assert Corpus.load(tmp_path).reports["source"].tolist() == [years[0].as_posix()]
    assert sorted(bytes_in(tmp_path)) == sorted(f"{name}.parquet" for name in TABLES)


def test_a_corpus_keeps_the_renamed_agencies_that_it_knows_of(years: list[Path], tmp_path: Path) -> None:
    place = tmp_path / "corpus"
    name = read_reports(years).reports["agency"].iloc[0]
    aliases = pd.DataFrame(
        {
            "agency": [name],
            "same_as": ["新名局"],
            "from_year": pd.array([None], "Int64"),
            "to_year": [2030],
            "source": ["例"],
        }
    )

    read_to_folder(years, place, aliases=aliases)

    corpus = Corpus.load(place)
    assert "新名局" in set(corpus.identity)
    assert len(corpus.select("新名局").reports) == (corpus.reports["agency"] == name).sum()
    corpus.save(tmp_path / "copy")
    pd.testing.assert_frame_equal(Corpus.load(tmp_path / "copy").aliases, corpus.aliases)
    with pytest.raises(CorpusError, match="holds tables that 'gia read' wrote"):
        read_reports(place)
    read_to_folder(years, place)
    assert Corpus.load(place).aliases is None


def test_a_run_that_is_broken_off_leaves_the_corpus_that_was_there(
    years: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_to_folder(years[0], tmp_path)
    before = bytes_in(tmp_path)
    monkeypatch.setattr(inputs, "REPORTS_AT_ONCE", 2)

    def break_off(items: Iterable[Item], number: int | None) -> Iterator[Item]:
        yield from islice(items, 4)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_to_folder(years, tmp_path, progress=break_off)

    assert bytes_in(tmp_path) == before


def test_a_run_that_ends_while_tables_are_put_into_place_leaves_no_corpus(
    years: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of the tables are new and half old; so the folder must not pass for a corpus."""
    read_to_folder(years[1], tmp_path)
    move = Path.replace

    def fail_at_cells(self: Path, target: Path) -> Path:
        if target.name == "cells.parquet":
            raise OSError("no space left")
        return move(self, target)

    monkeypatch.setattr(Path, "replace", fail_at_cells)
    with pytest.raises(OSError, match="no space left"):
        read_to_folder(years[0], tmp_path)

    with pytest.raises(CorpusError, match=r"reports\.parquet is not there"):
        Corpus.load(tmp_path)


def test_an_empty_folder_read_to_a_folder_gives_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()

    counts = read_to_folder(tmp_path / "nothing", tmp_path / "corpus")

    assert counts.total() == 0
    for name, table in tables_in(tmp_path / "corpus").items():
        pd.testing.assert_frame_equal(table, build(name))
