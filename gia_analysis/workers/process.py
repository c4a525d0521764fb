"""One worker process as the run sees it: asked for one document after the other, ended and replaced when it must be."""

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import gia_analysis
from gia_analysis.workers.serving import receive, send
from gia_analysis.workers.tasks import Answer, Task, failed

_TASKS_A_WORKER = 2_000
_GRACE = 5.0  # seconds
_POSIX = os.name == "posix"
_START = "import sys; from gia_analysis.workers.serving import serve; serve(float(sys.argv[1]), int(sys.argv[2]))"
_PACKAGES = str(Path(gia_analysis.__file__).parents[1])


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: seconds, and bytes of memory beyond those of an idle worker."""

    seconds: float = 120.0
    memory_bytes: int = 2_000_000_000


class WorkerProcess:
    """One process, replaced by another when it is ended or has read its share."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self._asked = 0
        self._out_of_time = False

    def ask(self, task: Task) -> Answer:
        """Return what a document holds; what ends the process is told in a report with status ``failed``."""
        try:
            process = self._running()
        except OSError as error:
            return failed(task.item, f"no process could be started to read it: {error}")
        assert process.stdin and process.stdout
        self._out_of_time = False
        timer = threading.Timer(self._limits.seconds, self._stop)
        timer.start()
        try:
            send(process.stdin, task)
            answer: Answer = receive(process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            timer.cancel()
            return failed(task.item, self._why_it_ended())
        finally:
            timer.cancel()
        self._asked += 1
        return answer

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and (self._asked >= _TASKS_A_WORKER or self._process.poll() is not None):
            self.end()
        if self._process is None:
            self._start()
        assert self._process
        return self._process

    def _start(self) -> None:
        limits = self._limits
        self._asked = 0
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        self._process = process = subprocess.Popen(
            # -P: what lies in the working directory is never imported
            [sys.executable, "-P", "-c", _START, str(limits.seconds), str(limits.memory_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            start_new_session=_POSIX,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (_PACKAGES, os.environ.get("PYTHONPATH"))))},
        )
        assert process.stdout
        try:
            receive(process.stdout)  # it is ready
        except EOFError:
            self._process = None
            self._close(process)
            raise OSError(f"it ended at its start{self._last_words()}") from None

    def _stop(self) -> None:
        self._out_of_time = True
        self._kill()

    def _kill(self) -> None:
        if self._process is None:
            return
        with contextlib.suppress(OSError):
            if _POSIX:
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()

    def _why_it_ended(self) -> str:
        process, self._process = self._process, None
        assert process
        self._close(process)
        if self._out_of_time:
            return f"reading it took more than {self._limits.seconds:g} seconds and was ended"
        code = process.returncode
        how = signal.Signals(-code).name if code < 0 else f"exit status {code}"
        return f"reading it ended the process ({how}): the file is damaged or hostile{self._last_words()}"

    def _last_words(self) -> str:
        if self._errors is None:
            return ""
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - 2_000))
        lines = self._errors.read().decode("utf-8", "replace").split("\n")
        last = next((line.strip() for line in reversed(lines) if line.strip()), "")
        return f"; its last words: {last[:200]}" if last else ""

    def end(self) -> None:
        """End the process; one that does not follow at once is killed."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL) if _POSIX else process.kill()
        self._close(process)
        if self._errors:
            self._errors.close()
            self._errors = None

    def _close(self, process: "subprocess.Popen[bytes]") -> None:
        for stream in (process.stdin, process.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()
        try:
            process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
