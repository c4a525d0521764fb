"""Containers are unpacked in a process of their own: as a stream in little memory, and at no risk for the run."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gia_analysis.containers import CrawlColumns, Item
from gia_analysis.workers import Limits, Workers
from writers.crawl import json_lines
from writers.warc import Answer, write

RECORDS = 2_000
PAGE = "依法公开政府信息，应公开尽公开。" * 1_000  # 48 kB
MEGABYTE = 1_000_000

STREAM = """
import json, os, sys
from pathlib import Path
from gia_analysis.containers import CrawlColumns
from gia_analysis.workers import Workers

def megabytes(process, field):
    status = Path(f"/proc/{process}/status").read_text().split()
    return int(status[status.index(field + ":") + 1]) / 1024

with Workers(1) as workers:
    pieces = workers.unpack(Path(sys.argv[1]), CrawlColumns())
    next(pieces)
    child = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()[0]
    begun = {process: megabytes(process, "VmHWM") for process in ("self", child)}
    size, errors = 0, []
    for piece in pieces:
        size += len(getattr(piece, "data", None) or b"")
        errors += [piece.error] if getattr(piece, "error", None) else []
    grown = {process: megabytes(process, "VmHWM") - peak for process, peak in begun.items()}
print(json.dumps({"size": size, "errors": errors, "run": grown["self"], "unpacking": grown[child]}))
"""


def lines(path: Path) -> None:
    with path.open("wb") as stream:
        for number in range(RECORDS):
            stream.write(json_lines([{"url": f"http://a/{number}", "text": f"{number}{PAGE}"}]))


def array(path: Path) -> None:
    with path.open("w", encoding="utf-8") as stream:
        for number in range(RECORDS):
            stream.write("[" if number == 0 else ",\n")
            stream.write(json.dumps({"url": f"http://a/{number}", "text": f"{number}{PAGE}"}, ensure_ascii=False))
        stream.write("]")


def table(path: Path) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write("url,text\n")
        stream.writelines(f'http://a/{number},"{number}{PAGE}"\n' for number in range(RECORDS))


def web_archive(path: Path) -> None:
    with path.open("wb") as stream:
        for number in range(RECORDS):
            stream.write(
                write([Answer(f"http://a/{number}", f"{number}{PAGE}".encode(), record="resource")], packed=False)
            )


def parquet(path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    texts = [f"{number}{PAGE}" for number in range(RECORDS)]
    table = pa.table({"url": ["http://a"] * RECORDS, "text": texts, "other": texts})
    pq.write_table(table, path, compression="none", use_dictionary=False, row_group_size=RECORDS)


@pytest.mark.parametrize("make", [lines, array, table, web_archive, parquet])
def test_a_crawl_of_a_hundred_megabytes_is_a_stream(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """Neither the run nor the process that unpacks holds more than a few records of it."""
    make(tmp_path / "crawl")
    assert (tmp_path / "crawl").stat().st_size > 90 * MEGABYTE

    done = subprocess.run(
        [sys.executable, "-c", STREAM, tmp_path / "crawl"], capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)

    assert found["errors"] == []
    assert found["size"] > 90 * MEGABYTE
    assert found["run"] < 20
    assert found["unpacking"] < 40


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    path = tmp_path / "crawl.jsonl"
    path.write_bytes(json_lines([{"text": f"{number}{PAGE}"} for number in range(100)]))
    return path


def test_a_process_that_ends_while_it_unpacks_is_told_and_the_next_container_is_read(crawl: Path) -> None:
    with Workers(1) as workers:
        pieces = workers.unpack(crawl, CrawlColumns())
        next(pieces)
        _kill_children()
        rest = list(pieces)
        again = list(workers.unpack(crawl, CrawlColumns()))

    assert "ended the process (SIGKILL)" in str(rest[-1].error if isinstance(rest[-1], Item) else "")
    assert rest[-1] == Item(crawl.as_posix(), crawl, error=rest[-1].error)  # type: ignore[union-attr]
    assert len(again) == 100


def test_a_container_that_is_left_in_its_middle_disturbs_no_other(crawl: Path) -> None:
    with Workers(1) as workers:
        first = workers.unpack(crawl, CrawlColumns())
        next(first)
        first.close()  # type: ignore[attr-defined]

        assert len(list(workers.unpack(crawl, CrawlColumns()))) == 100


def test_unpacking_that_takes_too_much_memory_is_told(tmp_path: Path) -> None:
    path = tmp_path / "crawl.csv"
    path.write_text('url,text\nhttp://a,"' + PAGE + '"\nhttp://b,"' + "长" * 20_000_000, encoding="utf-8")

    with Workers(1, Limits(memory_bytes=60_000_000)) as workers:
        *_, last = workers.unpack(path, CrawlColumns())

    assert isinstance(last, Item)
    assert "more memory than one document may" in str(last.error)


def test_unpacking_that_takes_too_long_is_ended(crawl: Path) -> None:
    with Workers(1, Limits(seconds=1)) as workers:
        pieces = workers.unpack(crawl, CrawlColumns())
        next(pieces)
        _stop_children()
        started = time.monotonic()
        rest = list(pieces)

    assert "took more than 1 seconds" in str(rest[-1].error if isinstance(rest[-1], Item) else "")
    assert time.monotonic() - started < 10


def _kill_children() -> None:
    _signal_children("KILL")


def _stop_children() -> None:
    _signal_children("STOP")


def _signal_children(name: str) -> None:
    for process_id in _children():
        subprocess.run(["kill", f"-{name}", str(process_id)], check=True)


def _children() -> Iterator[int]:
    command = ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(os.getpid())]
    for line in subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines():
        if "gia_analysis.workers.serving" in line:
            yield int(line.split()[0])
