"""Checks and indicators of a corpus on disk: the same whatever the number of processes, and nothing lost when it fails."""

import shutil
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from gia_analysis import Corpus, CorpusError, checking, inputs
from gia_analysis.aliases import ALIAS_COLUMNS, load_aliases
from gia_analysis.checking import Question, check_tables
from gia_analysis.corpus import check_folder, read_to_folder
from gia_analysis.errors import WorkerError
from gia_analysis.schema import TABLES
from gia_analysis.simulation import simulate_corpus
from gia_analysis.storage import READ_TABLES, StoredTables

CHECKED = ("checks", "indicators")
AGENCIES, YEARS = 2, range(2018, 2022)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of eight reports in four row groups, as ``gia read`` writes it."""
    place = tmp_path_factory.mktemp("checking")
    simulate_corpus(place / "sim", agencies=AGENCIES, first_year=YEARS[0], last_year=YEARS[-1], seed=5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inputs, "REPORTS_AT_ONCE", 2)
        read_to_folder(place / "sim" / "raw", place / "corpus")
    return place / "corpus"


@pytest.fixture
def folder(read: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it; the two reports of a row group are checked at a time."""
    monkeypatch.setattr(checking, "REPORTS_AT_ONCE", 2)
    return Path(shutil.copytree(read, tmp_path / "corpus"))


@pytest.fixture(scope="module")
def alone(read: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another, checked so in one process."""
    place = Path(shutil.copytree(read, tmp_path_factory.mktemp("alone") / "corpus"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checking, "REPORTS_AT_ONCE", 2)
        check_folder(place, jobs=1)
    return place


def bytes_in(folder: Path, names: tuple[str, ...] = CHECKED) -> list[bytes]:
    return [(folder / f"{name}.parquet").read_bytes() for name in names]


def test_parts_are_whole_row_groups_with_enough_reports(read: Path) -> None:
    tables = StoredTables({name: read / f"{name}.parquet" for name in READ_TABLES})

    assert tables.parts(3) == [range(2), range(2, 4)]
    assert tables.parts(1) == [range(number, number + 1) for number in range(4)]
    assert tables.parts(100) == [range(4)]


@pytest.mark.parametrize("jobs", [2, 3])
def test_any_number_of_processes_writes_the_same_bytes(folder: Path, alone: Path, jobs: int) -> None:
    before = bytes_in(folder, READ_TABLES)

    check_folder(folder, jobs=jobs)

    assert bytes_in(folder) == bytes_in(alone)
    assert bytes_in(folder, READ_TABLES) == before
    assert sorted(file.name for file in folder.iterdir()) == sorted(f"{name}.parquet" for name in TABLES)


def test_a_part_sees_last_years_reports_of_other_parts(alone: Path) -> None:
    """Each part holds two of the four reports of an agency."""
    corpus = Corpus.load(alone)

    expected = Corpus(corpus.frames)

    pd.testing.assert_frame_equal(corpus.checks, expected.checks)
    pd.testing.assert_frame_equal(corpus.indicators, expected.indicators)
    carried = expected.checks[expected.checks["code"] == "X_CARRY"]
    assert set(carried[carried["status"] == "pass"]["source"].str[-8:-4]) == {"2020", "2021"}


def test_checks_made_anew_follow_a_renamed_agency(folder: Path, tmp_path: Path) -> None:
    one, other = dict.fromkeys(Corpus.load(folder).reports["agency"])
    lines = [",".join(ALIAS_COLUMNS), f"{other},{one},2030,2031,example"]
    (tmp_path / "aliases.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    aliases = load_aliases(tmp_path / "aliases.csv").assign(from_year=pd.NA, to_year=pd.NA)

    check_folder(folder, jobs=2, aliases=aliases)

    known = Corpus.load(folder)
    assert (known.checks["reason"] == "several_reports_of_last_year").sum() > 0
    assert set(known.identity) == {one}
    before = bytes_in(folder)
    check_folder(folder)
    assert bytes_in(folder) == before


def test_a_corpus_in_one_row_group_is_checked_whole(alone: Path, tmp_path: Path) -> None:
    Corpus.load(alone).save(tmp_path / "saved")

    check_folder(tmp_path / "saved", jobs=2)

    for name in CHECKED:
        one, other = (pd.read_parquet(place / f"{name}.parquet") for place in (tmp_path / "saved", alone))
        pd.testing.assert_frame_equal(one, other)


def test_a_failure_in_a_process_is_told_and_leaves_the_tables_that_were_there(folder: Path) -> None:
    before = bytes_in(folder)
    cells = folder / "cells.parquet"
    cells.write_bytes(cells.read_bytes()[:200] + bytes(400) + cells.read_bytes()[600:])

    with pytest.raises(CorpusError, match=r"cells\.parquet is no Parquet file, or a broken one"):
        check_folder(folder, jobs=2)

    assert bytes_in(folder) == before
    assert sorted(file.name for file in folder.iterdir()) == sorted(f"{name}.parquet" for name in TABLES)


def test_rows_beside_other_reports_are_refused(folder: Path) -> None:
    """Row groups that do not hold the same reports would be checked without some of their cells."""
    table = pq.read_table(folder / "sections.parquet")
    with pq.ParquetWriter(folder / "sections.parquet", table.schema) as writer:
        for start in (0, 1, 2, 3):
            writer.write_table(table.slice(start, 1) if start < 3 else table.slice(3), row_group_size=len(table))

    with pytest.raises(CorpusError, match="stand beside other reports"):
        check_folder(folder, jobs=1)


def test_a_process_that_ends_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "_START", "import sys; sys.exit('no memory left')")

    with pytest.raises(WorkerError, match=r"exit status 1\): no memory left"):
        check_folder(folder, jobs=2)


def test_the_file_that_processes_share_is_gone_when_nobody_takes_more(folder: Path, tmp_path: Path) -> None:
    tables = StoredTables({name: folder / f"{name}.parquet" for name in READ_TABLES})
    (tmp_path / "shared").mkdir()
    found = check_tables(Question(tables), tmp_path / "shared", jobs=2)

    next(found)
    assert len(list((tmp_path / "shared").iterdir())) == 1
    found.close()  # type: ignore[attr-defined]

    assert list((tmp_path / "shared").iterdir()) == []


def test_a_folder_without_tables_is_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"holds no corpus: reports\.parquet is not there"):
        check_folder(tmp_path)
