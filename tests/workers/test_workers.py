"""Worker processes: whatever a document does to the process that reads it, the others are read, and nothing is left over."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from gia_analysis.containers import Item
from gia_analysis.documents import LARGEST_FILE_BYTES
from gia_analysis.errors import WorkerError
from gia_analysis.records import ReportFacts
from gia_analysis.schema import Status
from gia_analysis.workers import Answer, Limits, Task, Unconverted, Workers
from gia_analysis.workers.tasks import read_task

SECONDS = 3.0


class Deed:
    """Stands where a task has its path; the worker that takes the task does the deed."""

    def __init__(self, deed: Callable[..., object], *arguments: object) -> None:
        self._deed = (deed, arguments)

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self._deed


def doing(deed: Callable[..., object], *arguments: object) -> Task:
    return Task(Item("deed", Deed(deed, *arguments)))  # type: ignore[arg-type]


def facts_of(answer: Answer) -> ReportFacts:
    assert not isinstance(answer, Unconverted)
    return answer[0].facts


@pytest.fixture(scope="module")
def sample(sample_paths: Mapping[str, Path]) -> Task:
    path = sample_paths["2020-xiandi-town"]
    return Task(Item(path.as_posix(), path))


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, Limits(seconds=SECONDS, memory_bytes=300_000_000)) as some:
        yield some


def children(process_id: int | None = None) -> set[int]:
    """Return the processes that have been started by one, this one if none is named, zombies too."""
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process_id or os.getpid())], capture_output=True, text=True, check=False
    )
    return {pid for pid in map(int, found.stdout.split()) if Path(f"/proc/{pid}").exists()}


def is_running(process_id: int) -> bool:
    try:
        status = Path(f"/proc/{process_id}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] not in ("Z", "X")


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        (doing(os.abort), "ended the process (SIGABRT)"),
        (doing(os._exit, 3), "ended the process (exit status 3)"),
        (doing(signal.raise_signal, signal.SIGSEGV), "ended the process (SIGSEGV)"),
        (doing(bytearray, 10_000_000_000), "MemoryError"),
        (doing(time.sleep, 60), f"took more than {SECONDS:g} seconds"),
        (doing(sys.exit, "the last words"), "the last words"),
    ],
    ids=["abort", "exit", "segmentation fault", "memory", "hang", "last words"],
)
def test_a_document_that_ends_its_process_fails_alone(workers: Workers, sample: Task, deed: Task, words: str) -> None:
    started = time.monotonic()

    before, failed, after = (facts_of(answer) for _, answer in workers.read([sample, deed, sample]))

    assert failed.status == "failed"
    assert words in str(failed.message)
    assert before.status == after.status == "ok"
    assert time.monotonic() - started < SECONDS + 10


def test_what_a_library_prints_is_no_answer(workers: Workers, sample: Task) -> None:
    answers = list(workers.read([doing(print, "garbage" * 1_000), doing(os.write, 1, b"x" * 10_000), sample]))

    assert facts_of(answers[2][1]).status == "ok"


def test_processes_that_a_document_has_started_end_with_it(sample: Task, tmp_path: Path) -> None:
    told = tmp_path / "pid"
    with Workers(1, Limits(seconds=1)) as workers:
        shell = doing(os.system, f"sleep 600 & echo $! > {told}; wait")
        message = facts_of(next(workers.read([shell]))[1]).message

    assert "took more than 1 seconds" in str(message)
    started = int(told.read_text())
    _wait_until(lambda: not is_running(started), 10)  # it was killed, and ends when it is its turn on a busy machine
    assert not is_running(started)


def test_answers_come_in_the_order_of_the_documents(sample: Task) -> None:
    slow = doing(time.sleep, 0.5)
    with Workers(2) as workers:
        sources = [task.item.source for task, _ in workers.read([slow, sample, slow, sample, sample])]

    assert sources == ["deed", sample.item.source, "deed", sample.item.source, sample.item.source]


def test_no_more_than_a_few_documents_are_taken_ahead(workers: Workers, sample: Task) -> None:
    taken = 0

    def tasks() -> Iterator[Task]:
        nonlocal taken
        for _ in range(100):
            taken += 1
            yield sample

    answers = workers.read(tasks())
    next(answers)

    assert taken < 10
    assert sum(1 for _ in answers) == 99


def test_large_documents_are_not_piled_up() -> None:
    taken = 0

    def tasks() -> Iterator[Task]:
        nonlocal taken
        for number in range(6):
            taken += 1
            yield Task(Item(f"{number}", Path(), data=bytes(60_000_000)))

    with Workers(2) as workers:
        next(workers.read(tasks()))

        assert taken == 2


def test_for_a_few_documents_one_process_is_started(sample: Task) -> None:
    before = children()
    with Workers(8) as workers:
        assert len(list(workers.read([sample] * 8))) == 8
        assert len(children() - before) == 1


def test_for_much_work_more_are_started(sample: Task) -> None:
    before = children()
    with Workers(2) as workers:
        list(workers.read([doing(time.sleep, 0.7), doing(time.sleep, 1.5), doing(time.sleep, 1.5)]))
        assert len(children() - before) == 2


def test_nothing_is_left_of_workers_that_are_closed(sample: Task) -> None:
    before = children()
    with Workers(2) as workers:
        list(workers.read([sample, doing(os.abort), doing(time.sleep, 1.2), sample]))

    assert children() <= before


def test_nothing_is_left_where_no_more_answers_are_wanted(sample: Task) -> None:
    before = children()
    with Workers(2) as workers:
        answers = workers.read([sample, *[doing(time.sleep, 60)] * 5])
        next(answers)
        started = time.monotonic()
        answers.close()  # type: ignore[attr-defined]

    assert time.monotonic() - started < 5
    assert children() <= before


def test_a_process_that_cannot_be_started_is_an_error_and_not_a_thousand_rows(
    sample: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")

    with Workers(1) as workers, pytest.raises(WorkerError, match="no process could be started"):
        next(workers.read([sample]))


def test_what_lies_in_the_working_directory_is_not_imported(
    sample: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)

    with Workers(1) as workers:
        assert facts_of(next(workers.read([sample]))[1]).status == "ok"


SCRIPT = """
import sys, time
from gia_analysis import read_reports
print("ready", flush=True)
print(read_reports(sys.argv[1:]).summary())
"""


def script(*arguments: object) -> "subprocess.Popen[str]":
    """Start a script that reads reports and has no guard against being run again."""
    command = [sys.executable, "-c", SCRIPT, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_script_needs_no_guard(sample: Task, tmp_path: Path) -> None:
    path = tmp_path / "script.py"
    path.write_text(SCRIPT)
    done = subprocess.run([sys.executable, path, sample.item.path], capture_output=True, text=True, check=True)

    assert done.stdout == "ready\n1 ok, 0 partial, 0 failed\n"


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL], ids=["interrupt", "kill"])
def test_a_run_that_is_ended_leaves_no_process(tmp_path: Path, sent: signal.Signals) -> None:
    long = "第1段：全年召开会议3次，收到政府信息公开申请5件，办结5件，按时办结率较上年提高。\n" * (
        200_000 if sent == signal.SIGINT else 20_000
    )
    (tmp_path / "long.txt").write_text("某局2021年政府信息公开工作年度报告\n" + long, encoding="utf-8")
    run = script(tmp_path / "long.txt")
    assert run.stdout
    run.stdout.readline()
    _wait_until(lambda: bool(children(run.pid)), 20)
    workers = children(run.pid)
    started = time.monotonic()

    run.send_signal(sent)
    run.communicate(timeout=20)

    assert workers
    assert time.monotonic() - started < 5
    if sent == signal.SIGKILL:  # nobody is left to end them: they do it once they have read the document
        _wait_until(lambda: not any(map(is_running, workers)), 60)
    assert not any(map(is_running, workers))


def _wait_until(true: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.2)


def test_a_document_that_cannot_be_read_keeps_its_format_and_digest(tmp_path: Path) -> None:
    damaged = tmp_path / "report.txt"
    damaged.write_bytes(b"%PDF-1.7\n")

    (report,) = read_task(Task(Item("report.txt", damaged)))  # type: ignore[misc]

    assert report.facts.status is Status.FAILED
    assert report.facts.format == "pdf"
    assert report.facts.sha256 == sha256(b"%PDF-1.7\n").hexdigest()


def test_of_a_file_larger_than_is_read_no_digest_is_told(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as stream:
        stream.truncate(LARGEST_FILE_BYTES + 10)

    (report,) = read_task(Task(Item("large.txt", large)))  # type: ignore[misc]

    assert "larger than 100 MB" in (report.facts.message or "")
    assert report.facts.sha256 is None
