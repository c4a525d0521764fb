"""The command line on real files: what it prints, what it writes, how it exits."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from writers.archive import zip_of
from writers.crawl import json_lines

SAMPLES = Path(__file__).parents[1] / "data" / "raw"


def gia(*arguments: str | int | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from gia_analysis.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=cwd, check=False)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    assert gia("read", SAMPLES, "--out", folder).returncode == 0
    return folder


def test_read_closes_with_a_count_and_is_quiet_in_a_pipe(tmp_path: Path) -> None:
    done = gia("read", SAMPLES, "--out", tmp_path / "c")

    assert done.returncode == 0
    assert done.stdout == f"5 reports: 5 ok, 0 partial, 0 failed → {tmp_path / 'c'}\n"
    assert done.stderr == ""


def test_files_that_are_no_reports_become_rows_with_reasons(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "novel.txt").write_text("从前有座山，山里有座庙。\n" * 50, encoding="utf-8")
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    (tmp_path / "in" / "data.txt").write_bytes(b"SQLite format 3\x00" + bytes(100))

    done = gia("read", tmp_path / "in", SAMPLES, "--out", tmp_path / "c")

    assert done.returncode == 0
    assert done.stdout.startswith("8 reports: 5 ok, 0 partial, 3 failed")
    reports = pd.read_parquet(tmp_path / "c" / "reports.parquet")
    messages = {
        Path(source).name: message for source, message in zip(reports["source"], reports["message"], strict=True)
    }
    assert messages["empty.txt"] == "the file is empty"
    assert "an SQLite database" in messages["data.txt"]
    assert "none of its statutory tables" in messages["novel.txt"]


def test_nothing_readable_is_exit_status_1(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")

    done = gia("read", tmp_path / "empty.txt", "--out", tmp_path / "c")

    assert done.returncode == 1
    assert "nothing could be read" in done.stderr


def test_crawls_are_read_with_the_columns_named(tmp_path: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    records = [{"first": text, "second": text[::-1], "from": "here"} for text in texts]
    (tmp_path / "crawl.jsonl").write_bytes(json_lines(records))

    guessed = gia("read", tmp_path / "crawl.jsonl", "--out", tmp_path / "c")
    named = gia(
        "read",
        tmp_path / "crawl.jsonl",
        "--text-column",
        "first",
        "--url-column",
        "from",
        "--jobs",
        1,
        "--out",
        tmp_path / "c",
    )

    assert guessed.returncode == 1
    assert "there are 'first', 'second', 'from'" in guessed.stderr
    assert "--text-column" in guessed.stderr
    assert named.stdout.startswith("5 reports: 5 ok")
    assert set(pd.read_parquet(tmp_path / "c" / "reports.parquet")["url"]) == {"here"}


def test_what_has_no_row_is_counted(tmp_path: Path) -> None:
    report = next(SAMPLES.glob("*.txt")).read_bytes()
    (tmp_path / "a.zip").write_bytes(zip_of({"1.txt": report, "2.txt": report, "3.txt": report}))

    done = gia("read", tmp_path / "a.zip", "--out", tmp_path / "c")

    assert done.stdout.splitlines()[1:] == ["no row for 2 copies of documents that have a row"]


def test_of_many_unread_files_one_of_each_kind_is_printed(tmp_path: Path) -> None:
    novels = {f"{number}.txt": ("从前有座山。" * number).encode() for number in range(1, 41)}
    (tmp_path / "a.zip").write_bytes(zip_of({**novels, "empty.txt": b"\n"}))

    done = gia("read", tmp_path / "a.zip", SAMPLES, "--out", tmp_path / "c")

    assert done.returncode == 0
    lines = done.stderr.splitlines()
    assert len(lines) == 3
    assert "no disclosure report" in lines[0]
    assert lines[0].endswith("(and 39 more like it)")
    assert lines[1].endswith("the file is empty")
    assert lines[2] == f"all of them: column 'message' of {tmp_path / 'c' / 'reports.parquet'}"


def test_a_document_that_takes_too_long_or_too_much_fails_alone(tmp_path: Path) -> None:
    long = "第1段：全年召开会议3次，收到政府信息公开申请5件，办结5件，按时办结率较上年提高。\n" * 200_000
    (tmp_path / "long.txt").write_text("某局2021年政府信息公开工作年度报告\n" + long, encoding="utf-8")

    late = gia("read", tmp_path / "long.txt", SAMPLES, "--seconds", 2, "--out", tmp_path / "c")
    large = gia("read", tmp_path / "long.txt", SAMPLES, "--memory-mb", 60, "--out", tmp_path / "c")

    assert "took more than 2 seconds and was ended" in late.stderr
    assert "more memory than one document may" in large.stderr
    assert late.stdout.startswith("6 reports: 5 ok, 0 partial, 1 failed")
    assert large.stdout.startswith("6 reports: 5 ok, 0 partial, 1 failed")


def test_formats_lists_what_is_read_and_the_parts_that_are_there() -> None:
    done = gia("formats")

    assert done.returncode == 0
    assert {"an HTML page", "a PDF", "an OFD document"} <= {line.strip() for line in done.stdout.splitlines()}
    assert "LibreOffice: " in done.stdout
    assert "OCR for scans: " in done.stdout


def test_check_prints_findings_for_people_and_for_machines(corpus: Path) -> None:
    text, csv, data = (gia("check", corpus, "--format", form) for form in ("text", "csv", "json"))

    assert (
        "hard S_CHANNELS stats_2014.value: 任一渠道公开的信息数不大于主动公开政府信息数。\n       120 > 0"
        in text.stdout
    )
    assert "hint stats_2014.proactive_total.value: 印作 0，若为 120 则核验成立" in text.stdout
    assert text.stdout.endswith("10 findings in 4 of 5 reports, 2 of them hard\n")
    assert len(csv.stdout.splitlines()) == 11
    assert {row["code"] for row in json.loads(data.stdout) if row["severity"] == "hard"} == {
        "S_CHANNELS",
        "NARR_PROACTIVE",
    }


def test_check_speaks_english(corpus: Path) -> None:
    done = gia("check", corpus, "--lang", "en")

    assert "No channel has more items than were disclosed in all." in done.stdout


def test_a_folder_without_a_corpus_is_one_clear_line(tmp_path: Path) -> None:
    done = gia("check", tmp_path)

    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: {tmp_path} holds no corpus: reports.parquet is not there")
    assert "Traceback" not in done.stderr


def test_sample_writes_the_same_bytes_for_the_same_seed(tmp_path: Path) -> None:
    for name in ("one", "two"):
        done = gia("sample", tmp_path / name, "--agencies", "3", "--years", "2018-2021", "--seed", "7")
        assert done.returncode == 0, done.stderr

    one, two = (
        {file.name: file.read_bytes() for file in sorted((tmp_path / name / "raw").iterdir())}
        for name in ("one", "two")
    )
    assert len(one) == 12
    assert one == two


def test_sample_refuses_years_before_any_national_table(tmp_path: Path) -> None:
    done = gia("sample", tmp_path, "--agencies", "1", "--years", "2010-2012")

    assert done.returncode == 2
    assert "--years" in done.stderr


@pytest.mark.parametrize(
    ("form", "name"), [("csv", "cells.csv"), ("frictionless", "datapackage.json"), ("sqlite", ""), ("xlsx", "")]
)
def test_export_writes_a_format_and_says_how_to_cite_it(form: str, name: str, corpus: Path, tmp_path: Path) -> None:
    done = gia("export", corpus, "--format", form, "--out", tmp_path / "out", "--table", "cells", "--table", "reports")

    assert done.returncode == 0, done.stderr
    first, zh, en = done.stdout.splitlines()
    assert first == f"cells, reports → {tmp_path / 'out'}"
    assert "政府信息公开工作年度报告语料（5份，2020年度）" in zh
    assert "corpus of 5 government information disclosure annual reports for 2020" in en
    assert (tmp_path / "out" / name).exists()


def test_export_refuses_a_folder_of_other_files_in_one_line(corpus: Path) -> None:
    before = {path.name: path.read_bytes() for path in corpus.iterdir()}

    done = gia("export", corpus, "--format", "parquet", "--out", corpus, "--table", "reports")

    assert done.returncode == 1
    assert done.stderr == f"Error: {corpus} holds other files than an export; name a new folder\n"
    assert {path.name: path.read_bytes() for path in corpus.iterdir()} == before


def test_export_names_the_formats_that_there_are(corpus: Path, tmp_path: Path) -> None:
    done = gia("export", corpus, "--format", "xls", "--out", tmp_path / "out")

    assert done.returncode == 2
    assert "'csv', 'parquet', 'xlsx', 'sqlite', 'duckdb', 'frictionless'" in done.stderr
