"""Where runs are done: in processes forked from a warm parent, or in ordinary ones. Both keep to the limits."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import IO, Protocol

from gia_analysis.errors import BatchError
from gia_analysis.publishing.batch.execution import Outcome, Reason, Request, describe
from gia_analysis.publishing.batch.limits import RunLimits
from gia_analysis.workers.deadline import Deadline

_START_SECONDS = 900.0  # to import everything, and to load a large corpus
_RUNS_A_WORKER = 100
_PACKAGE = "gia_analysis.publishing.batch"
_LAST_WORDS = 400  # characters
_NO_THREADS = {
    **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}


class Host(Protocol):
    """Does runs, as many at a time as threads ask for it."""

    def run(self, request: Request) -> Outcome:
        """Return what became of a run; nothing is raised but what stops the whole batch."""

    def close(self) -> None:
        """End every run, and what they have started, at once."""


def can_fork() -> bool:
    """Return whether warm kernels can be forked here. On macOS a process that has used system libraries cannot fork."""
    return sys.platform.startswith("linux")


class _Scratch:
    """A folder for what runs have to say, gone with the host; sockets of kernels are in it, so its path is short."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="gia-"))
        (self.folder / "k").mkdir()
        self._next = iter(range(1, sys.maxsize))
        self._lock = threading.Lock()

    def number(self) -> int:
        with self._lock:
            return next(self._next)

    def environment(self) -> dict[str, str]:
        """Return the environment of the processes of a host: their files in this folder, and no threads that libraries start."""
        own = {"GIA_KERNEL_SOCKETS": str(self.folder / "k"), "JUPYTER_RUNTIME_DIR": str(self.folder / "k")}
        return {**os.environ, **own, **_NO_THREADS, "PYTHONPATH": os.pathsep.join(each for each in sys.path if each)}

    def outcome(self, run: int, request: Request, seconds: float, *, late: float | None, code: int | None) -> Outcome:
        """Return what a run has told, or, where it could not, what is known of its end: ``late`` is a limit it went over."""
        told = self.folder / f"{run}.json"
        try:
            if told.exists():
                return Outcome(**json.loads(told.read_text(encoding="utf-8")))
            cell, source = self._cell(run)
            reason: Reason = "timeout" if late else "died" if cell else "startup"
            words = f"the run took more than {late:g} seconds" if late else self._how_it_ended(run, code)
            return Outcome(reason, describe(request, cell, source, words), cell, seconds)
        finally:
            for ending in ("json", "cell", "log"):
                (self.folder / f"{run}.{ending}").unlink(missing_ok=True)

    def _cell(self, run: int) -> tuple[int | None, str]:
        with suppress(OSError, ValueError):
            cell, source = json.loads((self.folder / f"{run}.cell").read_text(encoding="utf-8"))
            return int(cell), str(source)
        return None, ""

    def _how_it_ended(self, run: int, code: int | None) -> str:
        words = "the process was ended from outside" if code is None else f"the process ended with status {code}"
        with suppress(OSError):
            last = (self.folder / f"{run}.log").read_text(encoding="utf-8", errors="replace").strip()[-_LAST_WORDS:]
            words += f": {last}" if last else ""
        return words

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass(slots=True)
class _Waiting:
    """A run that somebody waits for."""

    over: threading.Event = field(default_factory=threading.Event)
    code: int | None = None
    lost: bool = False  # the parent is gone, and the run with it


class WarmHost:
    """Forks every run from one process that has imported everything.

    Args:
        limits: of each run.
        corpora: folders of corpora, each with its file of corrections or None, that are loaded once for all runs.
    """

    def __init__(self, limits: RunLimits, corpora: Sequence[tuple[str, str | None]] = ()) -> None:
        self._limits = limits
        self._scratch = _Scratch()
        arguments = [str(self._scratch.folder), str(limits.memory_bytes), *map(json.dumps, corpora)]
        self._command = [sys.executable, "-c", _main_of("warm_parent"), *arguments]
        self._lock = threading.Lock()
        self._runs: dict[int, _Waiting] = {}
        self._parent: subprocess.Popen[bytes] | None = None
        self._starting: subprocess.Popen[bytes] | None = None
        self._closed = False

    def run(self, request: Request) -> Outcome:
        number, waiting, start = self._scratch.number(), _Waiting(), monotonic()
        parent = self._running()
        with self._lock:
            self._runs[number] = waiting
        self._order(parent, {"run": number, "request": request.to_json()})
        late = not waiting.over.wait(self._limits.run_seconds)
        if late:
            self._order(parent, {"end": number})
            waiting.over.wait()
        seconds = monotonic() - start
        if waiting.lost:
            reason: Reason = "stopped" if self._closed else "startup"
            return Outcome(reason, describe(request, None, "", "the process it was forked from ended"), None, seconds)
        return self._scratch.outcome(
            number, request, seconds, late=self._limits.run_seconds if late else None, code=waiting.code
        )

    def close(self) -> None:
        self._closed = True
        if starting := self._starting:
            starting.kill()  # who waits for it holds the lock
        with self._lock:
            parent, self._parent = self._parent, None
        if parent is not None and parent.stdin is not None:
            with suppress(OSError):
                parent.stdin.close()  # it ends its runs, and itself
            try:
                parent.wait(10)
            except subprocess.TimeoutExpired:
                parent.kill()
                parent.wait()
        self._scratch.remove()

    def _running(self) -> "subprocess.Popen[bytes]":
        """Return the parent, started anew if it is gone.

        Raises:
            BatchError: it cannot be started.
        """
        with self._lock:
            if self._closed:
                raise BatchError("the batch is over")
            if self._parent is None or self._parent.poll() is not None:
                self._parent = self._start()
            return self._parent

    def _start(self) -> "subprocess.Popen[bytes]":
        log = self._scratch.folder / "parent.log"
        with log.open("wb") as errors:
            parent = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
                env=self._scratch.environment(), start_new_session=True,
            )  # fmt: skip
        self._starting = parent
        assert parent.stdout
        with Deadline(_START_SECONDS, parent.kill):
            ready = parent.stdout.readline()
        self._starting = None
        if not ready:
            parent.wait()
            words = log.read_text(encoding="utf-8", errors="replace").strip()
            raise BatchError(f"no process could be started to run notebooks: {words.splitlines()[-1] if words else ''}")
        threading.Thread(target=self._listen, args=(parent, parent.stdout), daemon=True).start()
        return parent

    def _listen(self, parent: "subprocess.Popen[bytes]", stream: IO[bytes]) -> None:
        """Tell those who wait that their runs have ended; all of them when the parent is gone."""
        for line in stream:
            told = json.loads(line)
            with self._lock:
                waiting = self._runs.pop(told["ended"], None)
            if waiting:
                waiting.code = told["code"]
                waiting.over.set()
        parent.wait()
        with self._lock:
            lost, self._runs = list(self._runs.values()), {}
        for waiting in lost:
            waiting.lost = True
            waiting.over.set()

    def _order(self, parent: "subprocess.Popen[bytes]", words: dict[str, object]) -> None:
        with self._lock, suppress(OSError, ValueError):  # it is gone: the listener says so
            assert parent.stdin
            parent.stdin.write(json.dumps(words).encode() + b"\n")
            parent.stdin.flush()


class ColdHost:
    """Does runs in a few ordinary processes, each with ordinary kernels: on every system, and some times slower."""

    def __init__(self, limits: RunLimits) -> None:
        self._limits = limits
        self._scratch = _Scratch()
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._all: list[_Worker] = []
        self._closed = False

    def run(self, request: Request) -> Outcome:
        number, worker, start = self._scratch.number(), self._take(), monotonic()
        late = threading.Event()

        def strike() -> None:
            late.set()
            worker.end()

        timer = threading.Timer(self._limits.run_seconds, strike)
        timer.start()
        code = worker.ask({"run": number, "request": request.to_json()})
        timer.cancel()
        self._give_back(worker)
        if self._closed:
            return Outcome("stopped", describe(request, None, "", "the batch was stopped"), None, monotonic() - start)
        limit = self._limits.run_seconds if late.is_set() else None
        return self._scratch.outcome(number, request, monotonic() - start, late=limit, code=code)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            workers, self._all = self._all, []
        for worker in workers:
            worker.end()
        self._scratch.remove()

    def _take(self) -> "_Worker":
        with self._lock:
            if self._closed:
                raise BatchError("the batch is over")
            if self._idle:
                return self._idle.pop()
            folder, memory = str(self._scratch.folder), str(self._limits.memory_bytes)
            worker = _Worker([sys.executable, "-c", _main_of("worker"), folder, memory], self._scratch.environment())
            self._all.append(worker)
        if not worker.is_ready() and not self._closed:
            raise BatchError("no process could be started to run notebooks")
        return worker

    def _give_back(self, worker: "_Worker") -> None:
        worn = not worker.lives() or worker.done >= _RUNS_A_WORKER
        with self._lock:
            if not worn:
                self._idle.append(worker)
            elif worker in self._all:
                self._all.remove(worker)
        if worn:
            worker.end()


class _Worker:
    """One ordinary process that does one run after the other."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.done = 0
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
            start_new_session=True, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip

    def ask(self, words: dict[str, object]) -> int | None:
        """Return after a run is over: None, or the status with which the process ended in place of it."""
        self.done += 1
        assert self._process.stdin
        with suppress(OSError, ValueError):
            self._process.stdin.write(json.dumps(words).encode() + b"\n")
            self._process.stdin.flush()
            if self.is_ready():
                return None
        return self._process.wait()

    def is_ready(self) -> bool:
        """Return whether it says that it has nothing to do, after waiting for that."""
        assert self._process.stdout
        with suppress(OSError, ValueError):
            return bool(self._process.stdout.readline())
        return False

    def lives(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        kill: Callable[[int, int], None] | None = getattr(os, "killpg", None)
        with suppress(OSError):
            if kill:
                kill(self._process.pid, 9)
            self._process.kill()
        self._process.wait()


def _main_of(module: str) -> str:
    """Return Python that runs a module of this room as the main program, with nothing of the caller's folder on its path.

    A grammar of web addresses that ``jsonschema`` loads where JupyterLab is installed takes a second, and is of no use here.
    """
    return f"import sys; sys.modules['rfc3987_syntax'] = None; from {_PACKAGE}.{module} import main; main(sys.argv[1:])"
