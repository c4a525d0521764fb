"""One worker process as the run sees it: asked for one thing after the other, ended and replaced when it must be."""

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import IO, Any

from gia_analysis.containers import OUT_OF_MEMORY as UNPACKING_OUT_OF_MEMORY
from gia_analysis.containers import Item, Piece, item_of_failure
from gia_analysis.errors import WorkerError
from gia_analysis.workers.deadline import Deadline
from gia_analysis.workers.serving import receive, send
from gia_analysis.workers.tasks import OUT_OF_MEMORY, Answer, Task, Unconverted, Unpack, failed

_TASKS_A_WORKER = 2_000
_START_SECONDS = 120.0
_GRACE = 5.0  # seconds
_POSIX = os.name == "posix"
_SIGNALS = {each.value: each.name for each in signal.Signals}
_START = "import sys; from gia_analysis.workers.serving import serve; serve(float(sys.argv[1]), int(sys.argv[2]))"
_PACKAGES = str(Path(__file__).resolve().parents[2])
# On Windows: no console window opens, and an interrupt is for the run alone to handle.
_FLAGS = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: seconds, and bytes of memory beyond those of an idle worker.

    The time holds on every system, the memory on Linux.
    """

    seconds: float = 120.0
    memory_bytes: int = 2_000_000_000


class _Ended(Exception):  # noqa: N818 - it is no error of the run
    """The process is gone, and why."""


class WorkerProcess:
    """One process, replaced by another when it is ended or has read its share."""

    def __init__(self, limits: Limits, *, closed: bool = False) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self._asked = 0
        self.ready_since: float | None = None  # when the first process had started
        self._closed = closed
        self._starting = Lock()

    def ask(self, task: Task) -> Answer:
        """Return what a document holds; what ends the process is told in a report with status ``failed``.

        Raises:
            WorkerError: not even a first process can be started.
        """
        try:
            answer: Answer = self._exchange(task)
        except _Ended as why:
            return failed(task.item, f"reading it {why}")
        if not isinstance(answer, Unconverted) and answer[0].facts.message == OUT_OF_MEMORY:
            self._end()  # what it holds, and what it could not finish, would fail the next one too
        return answer

    def unpack(self, request: Unpack) -> Iterator[Piece]:
        """Yield what is in a container; what ends the process is told in an item with an error.

        Raises:
            WorkerError: not even a first process can be started.
        """
        sound = False
        try:
            piece: Piece | None = self._exchange(request)
            exhausted = False
            while piece is not None:
                exhausted = exhausted or (isinstance(piece, Item) and piece.error == UNPACKING_OUT_OF_MEMORY)
                yield piece
                piece = self._exchange(None)
            sound = not exhausted
        except _Ended as why:
            yield item_of_failure(request.path, f"unpacking it {why}")
        finally:
            if not sound:
                self._end()  # what it has yet to send would be taken for an answer to the next request

    def close(self) -> None:
        """End the process for good, at once if it is at work."""
        with self._starting:
            self._closed = True
        self._end()

    def _exchange(self, message: Task | Unpack | None) -> Any:
        """Send a message, if there is one, and return what comes back within the time."""
        process = self._process if message is None else self._running()
        if process is None or process.stdin is None or process.stdout is None:
            raise _Ended("was broken off")
        answer, received = None, False
        with Deadline(self._limits.seconds, lambda: _kill(process)) as deadline:
            try:
                if message is not None:
                    send(process.stdin, message)
                answer, received = receive(process.stdout), True
            except (EOFError, OSError, ValueError, pickle.UnpicklingError):
                pass  # the process is gone: its streams end, or have been closed
        if deadline.struck or not received:
            why = self._why_it_ended(process, deadline.struck)
            self._end()
            if not received:
                raise _Ended(why)
        return answer

    def _running(self) -> "subprocess.Popen[bytes]":
        process = self._process
        if process is not None and (self._asked >= _TASKS_A_WORKER or process.poll() is not None):
            self._end()
            process = None
        self._asked += 1
        return process or self._start()

    def _start(self) -> "subprocess.Popen[bytes]":
        try:
            with self._starting:
                if self._closed:
                    raise _Ended("was broken off")
                process = self._process = self._open()
            assert process.stdout
            with Deadline(_START_SECONDS, lambda: _kill(process)):
                receive(process.stdout)  # it is ready
        except (OSError, EOFError, ValueError, pickle.UnpicklingError) as error:
            reason = f"no process could be started to read documents: {error}{self._last_words()}"
            self._end()
            if self._closed or self.ready_since:
                raise _Ended(f"failed: {reason}") from error
            raise WorkerError(reason) from error
        self.ready_since = self.ready_since or time.monotonic()
        self._asked = 1
        return process

    def _open(self) -> "subprocess.Popen[bytes]":
        limits = self._limits
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        return subprocess.Popen(
            # -P: what lies in the working directory is never imported
            [sys.executable, "-P", "-c", _START, str(limits.seconds), str(limits.memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            start_new_session=_POSIX,
            creationflags=_FLAGS,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (_PACKAGES, os.environ.get("PYTHONPATH"))))},
        )

    def _why_it_ended(self, process: "subprocess.Popen[bytes]", struck: bool) -> str:
        if struck:
            return f"took more than {self._limits.seconds:g} seconds and was ended"
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE)
        code = process.returncode
        if code is None or self._closed:
            return "was broken off"
        how = f"exit status {code}" if code >= 0 else _SIGNALS.get(-code, f"signal {-code}")
        return f"ended the process ({how}): the file is damaged or hostile{self._last_words()}"

    def _last_words(self) -> str:
        """Return the last line that the process printed, such as that of a failed assertion in a library."""
        if self._errors is None or self._errors.closed:
            return ""
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - 2_000))
        lines = self._errors.read().decode("utf-8", "replace").split("\n")
        last = next((line.strip() for line in reversed(lines) if line.strip()), "")
        return f"; its last words: {last[:200]}" if last else ""

    def _end(self) -> None:
        """End the process, and leave nothing of it."""
        process, self._process = self._process, None
        if process is not None:
            _kill(process)
            for stream in (process.stdin, process.stdout):
                if stream:
                    with contextlib.suppress(OSError):
                        stream.close()
            process.wait()
            if self._errors:
                self._errors.close()


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process and those that it has started."""
    if process.returncode is None:
        with contextlib.suppress(OSError):
            if _POSIX:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
