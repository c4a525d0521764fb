"""Checks and indicators of a corpus on disk: some thousand reports at a time, on as many processors as there are.

A worker is a Python process of its own. What it finds comes back in the order of the reports, so that the bytes written
are the same whatever the number of processes. A script needs no ``if __name__ == "__main__"``.
"""

import contextlib
import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

import pandas as pd
import pyarrow as pa

from gia_analysis.analysis.compute import compute_indicators_coded
from gia_analysis.checks import History, read_history, run_checks_coded
from gia_analysis.errors import WorkerError
from gia_analysis.grids import read_grids
from gia_analysis.storage import StoredTables, read_shared, to_arrow, write_shared
from gia_analysis.workers import processors
from gia_analysis.workers.serving import receive, send

REPORTS_AT_ONCE = 5_000  # what a process holds in memory

Checked = tuple[pa.Table, pa.Table]

_HISTORY_ASKS = ("reports", "cells", "sections")
_START = "from gia_analysis.checking import serve; serve()"
_PACKAGES = str(Path(__file__).resolve().parents[1])
_FLAGS = getattr(subprocess, "CREATE_NO_WINDOW", 0)


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be checked, with what is known of the agencies (as for ``run_checks``)."""

    tables: StoredTables
    aliases: pd.DataFrame | None = None
    members: pd.DataFrame | None = None

    def history_of(self, part: range) -> pd.DataFrame:
        """Return the history of the reports in a part of the tables."""
        return read_history(self.tables.read(part, _HISTORY_ASKS))

    def check(self, part: range, history: History) -> Checked:
        """Return checks and indicators of the reports in a part, as they are written."""
        frames = self.tables.read(part)
        grids = read_grids(frames.cells)
        checks = run_checks_coded(frames, history, members=self.members, grids=grids)
        indicators = compute_indicators_coded(frames, checks, grids=grids)
        return to_arrow("checks", checks), to_arrow("indicators", indicators)


def check_tables(question: Question, place: Path, jobs: int | None = None) -> Iterator[Checked]:
    """Yield checks and indicators of a corpus, some thousand reports at a time, in their order.

    Args:
        question: what is to be checked.
        place: a folder for a file in which the processes share the history of the reports; it is gone in the end.
        jobs: the number of processes, one a processor where it is None.

    Raises:
        CorpusError: a table is broken or breaks the schema, or the aliases contradict each other.
        WorkerError: a process cannot be started, or ends before its time.
    """
    parts = question.tables.parts(REPORTS_AT_ONCE)
    several = min(jobs or processors(), len(parts))
    if several > 1:
        yield from _check_side_by_side(question, parts, place / ".history.arrow.part", several)
        return
    if parts:
        history = History(pd.concat(map(question.history_of, parts), ignore_index=True), question.aliases)
        for part in parts:
            yield question.check(part, history)


def _check_side_by_side(question: Question, parts: Sequence[range], shared: Path, several: int) -> Iterator[Checked]:
    with contextlib.ExitStack() as stack:
        stack.callback(shared.unlink, missing_ok=True)
        workers = [stack.enter_context(_Worker()) for _ in range(several)]
        for number, worker in enumerate(workers):
            worker.tell((question, parts[number::several]))
        in_turn = [workers[number % several] for number in range(len(parts))]
        write_shared(shared, pd.concat([worker.answer() for worker in in_turn], ignore_index=True))
        for worker in workers:
            worker.tell(shared)
        for worker in in_turn:
            yield worker.answer()


class _Worker:
    """A process that answers for its parts of the corpus: with the history of each, then with what is found in each."""

    def __init__(self) -> None:
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _START],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                creationflags=_FLAGS,
                env={
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join(filter(None, (_PACKAGES, os.environ.get("PYTHONPATH")))),
                },
            )
        except OSError as error:
            self._errors.close()
            raise WorkerError(f"no process could be started to check reports: {error}") from error

    def tell(self, message: object) -> None:
        assert self._process.stdin
        try:
            send(self._process.stdin, message)
        except OSError as error:
            raise self._ended() from error

    def answer(self) -> Any:
        """Return what comes next, or raise what it raised."""
        assert self._process.stdout
        try:
            found = receive(self._process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise self._ended() from error
        if isinstance(found, Exception):
            raise found
        return found

    def _ended(self) -> WorkerError:
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").split()
        last = " ".join(lines[-30:])
        return WorkerError(
            f"a process that checks reports ended (exit status {self._process.wait()}): {last or 'it printed nothing'}"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()
        self._process.wait()
        self._errors.close()


def serve() -> None:
    """Answer a question on the standard input for the parts that it names; what libraries print goes to the standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        for answer in _answers(sys.stdin.buffer):
            send(answers, answer)
    except Exception as error:  # noqa: BLE001 - the run raises it
        send(answers, error)


def _answers(questions: IO[bytes]) -> Iterator[object]:
    question, parts = receive(questions)
    for part in parts:
        yield question.history_of(part)
    history = History(read_shared(receive(questions)), question.aliases)
    for part in parts:
        yield question.check(part, history)
