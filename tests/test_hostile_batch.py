"""A folder of hostile and broken files beside good ones: each has its row, the good ones are exact, in bounded time and memory."""

import gzip
import json
import os
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from gia_analysis import Corpus, read_report
from writers import docx, html, pdf, warc
from writers.archive import tar_of, zip_bomb, zip_of
from writers.crawl import csv_of, json_lines, parquet
from writers.papers import RAW, originals

SECONDS_A_DOCUMENT = 10
MEGABYTES_A_DOCUMENT = 500
SECONDS = 240.0  # of the whole run, on a machine that does much else
MEGABYTES = 1_100  # of its largest process

PROSE = "第1段：全年召开会议3次，收到政府信息公开申请5件，办结5件，按时办结率较上年提高。\n"
LAUGHS = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY secret SYSTEM "file:///etc/passwd">]><w:document>&b;&secret;</w:document>"""
CONTENT_TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
SHEET = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>"""
MAGIC = {
    "png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff\xe0", "gif": b"GIF89a", "tiff": b"II*\x00", "pdf": b"%PDF-1.7\n",
    "rtf": b"{\\rtf1 ", "gzip": b"\x1f\x8b\x08\x00", "7z": b"7z\xbc\xaf\x27\x1c", "rar": b"Rar!\x1a\x07\x00",
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "zip": b"PK\x03\x04", "parquet": b"PAR1", "sqlite": b"SQLite format 3\x00",
    "bzip2": b"BZh9", "xz": b"\xfd7zXZ\x00", "zstd": b"\x28\xb5\x2f\xfd", "warc": b"WARC/1.1\r\n", "json": b'{"text": "',
    "html": b"<html><table>", "mhtml": b"MIME-Version: 1.0\r\nContent-Type: multipart/related;", "nothing": b"",
}  # fmt: skip


def documents() -> Mapping[str, bytes]:
    """Return files that are hostile or broken as documents."""
    paper = next(iter(originals().values())).paper
    cut = {"cut.pdf": pdf.write(paper), "cut.docx": docx.write(paper), "cut.html": html.write(paper)}
    body = b"<w:document>" + bytes(300_000_000) + b"</w:document>"
    noise = {f"noise.{name}": magic + random.Random(name).randbytes(3_000) for name, magic in MAGIC.items()}
    return {
        **{name: data[: len(data) // 3] for name, data in cut.items()},
        **noise,
        "empty.txt": b"",
        "nuls.txt": bytes(100_000),
        "nul.html": b"<html>\0<table>\0<tr>\0<td>\0" * 1_000,
        "endless.txt": ("某局2021年政府信息公开工作年度报告\n" + PROSE * 400_000).encode(),
        "one-line.txt": b"\xe4\xb8\x80" * 3_000_000,
        "spans.html": b"<table><tr><td rowspan=1000000000 colspan=1000000000>1</td></tr></table>",
        "legal-spans.html": b"<table>" + b"<tr><td rowspan=900 colspan=900>1</td></tr>" * 40_000 + b"</table>",
        "deep.html": b"<div>" * 300_000 + b"<table><tr><td>1</td></tr></table>",
        "attributes.html": b"<p " + b" ".join(b"a%d=1" % number for number in range(300_000)) + b">",
        "laughs.docx": zip_of({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": LAUGHS.encode()}),
        "bomb.docx": zip_of({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": body}),
        "far.xlsx": zip_of({"[Content_Types].xml": CONTENT_TYPES, "xl/worksheets/sheet1.xml": SHEET.encode()}),
        "digits.txt": ("政府信息公开工作年度报告\n收到申请" + "9" * 2_000_000 + "件\n").encode(),
        "bars.txt": ("|" * 3_000_000).encode(),
    }


def containers() -> Mapping[str, bytes]:
    """Return files that are hostile or broken as archives and crawls."""
    bomb = zip_bomb(60_000_000)
    records = [{"url": f"http://a/{number}", "text": f"{number}{PROSE * 20}"} for number in range(30)]
    pages = warc.write([warc.Answer("http://a", b"<html></html>" * 100)] * 2)
    return {
        "bombs.zip": zip_of({f"{number}.zip": bomb for number in range(30)}),
        "bomb.gz": gzip.compress(bytes(150_000_000)),
        "locked.zip": zip_of({"a.txt": b"a"}, locked=True),
        "outside.zip": zip_of({"../../../outside.txt": b"a", "/tmp/outside.txt": b"b"}),
        "cut.zip": zip_of({"a.txt": PROSE.encode()})[:-30],
        "cut.tar.gz": tar_of({"a.txt": random.Random(1).randbytes(100_000)})[:-5_000],
        "cut.warc.gz": pages[:-40],
        "cut.parquet": parquet(records)[:-40],
        "cut.csv": csv_of(records) + b'31,"' + b"x" * 1_000_000,
        "broken.jsonl": json_lines([{"text": f"行{each['text']}"} for each in records[:3]])
        + b'{"text": \n'
        + b'{"a":' * 1_000_000
        + b"\n\xff\xfe\n",
        "deep.json": b'[{"a":' * 500_000,
        "foreign.jsonl": json_lines([{"a": 1, "b": [2]}]),
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("hostile") / "in"
    place.mkdir()
    for name, data in {**documents(), **containers()}.items():
        (place / name).write_bytes(data)
    for path in RAW.glob("*.txt"):
        (place / path.name).write_bytes(path.read_bytes())
    (place / "folder.zip").mkdir()
    os.mkfifo(place / "pipe.html")
    (place / "nowhere.txt").symlink_to(place / "gone")
    (place / "round.txt").symlink_to(place / "round.txt")
    (place / "up").symlink_to(place)
    (place / "unreadable.txt").symlink_to("/proc/self/mem")
    with (place / "huge.txt").open("wb") as stream:
        stream.truncate(5_000_000_000)
    (place / os.fsdecode(b"name\xff\x1b[2J.txt")).write_bytes(b"x")
    return place


# A process counts the peak of the one that started it as its own (ru_maxrss); VmHWM is its own alone.
RUN = """
import json, re, resource, sys, time
from pathlib import Path
from gia_analysis.cli import main
started = time.monotonic()
try:
    main(sys.argv[1:], standalone_mode=False)
finally:
    own = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
    peak = max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    print(json.dumps({"seconds": time.monotonic() - started, "megabytes": peak / 1024}))
"""


@pytest.fixture(scope="module")
def run(folder: Path) -> Mapping[str, float]:
    """Read the folder with the command; return the seconds and megabytes that it took."""
    limits = ["--seconds", str(SECONDS_A_DOCUMENT), "--memory-mb", str(MEGABYTES_A_DOCUMENT)]
    command = [sys.executable, "-c", RUN, "read", str(folder), "--out", str(folder.parent / "corpus"), *limits]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=2 * SECONDS)
    found: Mapping[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def corpus(run: Mapping[str, float], folder: Path) -> Corpus:
    return Corpus.load(folder.parent / "corpus")


def rows_of(corpus: Corpus, path: Path) -> pd.DataFrame:
    sources = corpus.reports["source"]
    name = path.as_posix()
    return corpus.reports[(sources == name) | sources.str.startswith(f"{name}!") | sources.str.startswith(f"{name}#")]


def test_the_batch_takes_bounded_time_and_memory(run: Mapping[str, float]) -> None:
    assert run["seconds"] < SECONDS
    assert run["megabytes"] < MEGABYTES


def test_the_good_reports_are_read_as_ever(corpus: Corpus, folder: Path) -> None:
    for path in RAW.glob("*.txt"):
        report = read_report(path)
        (row,) = rows_of(corpus, folder / path.name).to_dict("records")
        cells = corpus.cells[corpus.cells["source"] == row["source"]]

        assert row["status"] == report.facts.status
        pd.testing.assert_frame_equal(
            cells.drop(columns="source").reset_index(drop=True), report.cells.drop(columns="source")
        )


def test_every_hostile_document_has_one_row_with_its_reason(corpus: Corpus, folder: Path) -> None:
    special = ("pipe.html", "nowhere.txt", "round.txt", "unreadable.txt", "huge.txt")
    for name in (*documents(), *special):
        rows = rows_of(corpus, folder / name)
        assert (name, len(rows)) == (name, 1)
        (row,) = rows.to_dict("records")
        assert (name, row["status"]) != (name, "ok")
        assert len(row["message"]) > 10


def test_every_hostile_container_is_accounted_for(corpus: Corpus, folder: Path) -> None:
    for name in containers():
        rows = rows_of(corpus, folder / name)
        assert (name, len(rows)) >= (name, 1)
        assert (name, set(rows["status"])) == (name, {"failed"})
    assert len(rows_of(corpus, folder / "cut.csv")) == 31
    assert len(rows_of(corpus, folder / "broken.jsonl")) == 6


def test_nothing_is_in_the_corpus_that_is_not_in_the_folder(corpus: Corpus, folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    first = corpus.reports["source"].str.removeprefix(f"{folder.as_posix()}/").str.split("[!#/]", regex=True).str[0]

    assert set(first) - names == {"name\ufffd\ufffd[2J.txt"}


def test_nothing_was_written_outside(corpus: Corpus, folder: Path) -> None:
    assert not list(folder.parent.parent.rglob("outside.txt"))
    assert not Path("/tmp/outside.txt").exists()


def test_what_stopped_the_worst_of_them_is_said(corpus: Corpus, folder: Path) -> None:
    def messages(name: str) -> str:
        return " ".join(rows_of(corpus, folder / name)["message"])

    endless = messages("endless.txt")  # which limit it meets first depends on the machine
    assert f"took more than {SECONDS_A_DOCUMENT} seconds" in endless or "more memory than one document may" in endless
    assert "as a bomb does" in messages("bombs.zip")
    assert "larger than 100 MB" in messages("bomb.gz")
    assert "larger than 100 MB" in messages("huge.txt")
    assert "document type" in messages("laughs.docx")
    assert "locked with a password" in messages("locked.zip")
    assert "a pipe" in messages("pipe.html")
    assert "a link to a file that is not there" in messages("nowhere.txt")
