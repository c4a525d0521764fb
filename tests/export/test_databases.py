"""The databases as a query sees them: types, keys, the dictionary, the citation."""

import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from gia_analysis import Corpus
from gia_analysis.export import ExportError, dictionary_frame, export_corpus
from gia_analysis.schema import TABLES


@pytest.fixture(scope="module")
def sqlite_file(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("sqlite") / "corpus.sqlite"
    export_corpus(corpus, place, "sqlite")
    return place


def ask(place: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(place)) as base:
        return base.execute(question).fetchall()


def test_columns_have_types_and_what_is_required_is_not_null(sqlite_file: Path) -> None:
    found = {name: (kind, bool(needed)) for _, name, kind, needed, _, _ in ask(sqlite_file, "PRAGMA table_info(cells)")}

    assert tuple(found) == TABLES["cells"]
    assert found["source"] == ("TEXT", True)
    assert found["value"] == ("REAL", False)
    assert found["line"] == ("INTEGER", False)


def test_keys_are_indexed(sqlite_file: Path) -> None:
    names = {name for (name,) in ask(sqlite_file, "SELECT name FROM sqlite_master WHERE type = 'index'")}
    plan = ask(sqlite_file, "EXPLAIN QUERY PLAN SELECT * FROM cells WHERE source = 'a' AND report_id = 'b'")

    assert {f"{table}_key" for table in TABLES} <= names
    assert "cells_key" in str(plan)


def test_a_question_in_sql_has_the_answer_of_the_frames(sqlite_file: Path, corpus: Corpus) -> None:
    total = ask(sqlite_file, "SELECT sum(value), count(*), count(value) FROM cells WHERE \"table\" = 'requests'")

    requests = corpus.cells[corpus.cells["table"] == "requests"]
    assert total == [(requests["value"].sum(), len(requests), requests["value"].count())]


def test_it_holds_the_dictionary_and_the_citation(sqlite_file: Path) -> None:
    words = ask(sqlite_file, "SELECT meaning_zh FROM dictionary WHERE \"table\" = 'cells' AND \"column\" = 'value'")
    cited = dict(ask(sqlite_file, "SELECT key, text FROM citation"))

    assert words == [("印出、述及或计算所得的数值；没有的为缺失。金额以万元计。",)]
    assert set(cited) == {"zh", "en", "content"}
    assert cited["content"] in str(cited["en"])


def test_rows_that_the_key_does_not_tell_apart_are_refused(corpus: Corpus, tmp_path: Path) -> None:
    doubled = pd.concat([corpus.indicators, corpus.indicators.head(1)], ignore_index=True)
    broken = Corpus(corpus.frames, checks=corpus.checks, indicators=doubled)

    with pytest.raises(ExportError, match="indicators holds two rows with the same source, report_id, code"):
        export_corpus(broken, tmp_path / "out.sqlite", "sqlite")
    assert list(tmp_path.iterdir()) == []


def test_duckdb_has_types_meanings_dictionary_and_citation(corpus: Corpus, tmp_path: Path) -> None:
    citation = export_corpus(corpus, tmp_path / "out.duckdb", "duckdb")

    with duckdb.connect(str(tmp_path / "out.duckdb"), read_only=True) as base:
        kinds = dict(
            base.execute("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'reports'").fetchall()
        )
        words = base.execute(
            "SELECT comment FROM duckdb_columns() WHERE column_name = 'raw' AND table_name = 'cells'"
        ).fetchall()
        count = base.execute("SELECT count(*) FROM dictionary").fetchall()
        cited = base.execute("SELECT text FROM citation WHERE key = 'en'").fetchall()

    assert (kinds["year"], kinds["published"], kinds["title"]) == ("BIGINT", "DATE", "VARCHAR")
    assert words == [("What was printed, without white space around it.",)]
    assert count == [(len(dictionary_frame()),)]
    assert cited == [(citation.text("en"),)]
