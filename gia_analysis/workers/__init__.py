"""Documents read in worker processes, each within a limit of time and memory, so that none can end the run.

A worker is a Python process that reads one document after the other. One that takes too long or crashes is ended and
replaced; its document becomes a report with status ``failed`` that says why. Archives and crawls are unpacked in a
worker of their own. A script needs no ``if __name__ == "__main__"`` for them: a worker never imports it.
"""

import os
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

from gia_analysis.containers import CrawlColumns, Piece
from gia_analysis.workers.process import Limits, WorkerProcess
from gia_analysis.workers.tasks import Answer, Reports, Task, Unconverted, Unpack, failed

__all__ = ["Answer", "Limits", "Reports", "Task", "Unconverted", "Workers", "failed"]

_AHEAD = 4  # documents handed out for each worker before the first of them is taken back
_BYTES_AHEAD = 100_000_000  # of documents out of containers
_PATIENCE = 0.5  # seconds of work for the first worker until there is enough for a second


class Workers:
    """Some worker processes. They are started when first needed, and ended with the ``with`` block."""

    def __init__(self, jobs: int | None = None, limits: Limits | None = None) -> None:
        self.jobs = jobs or processors()
        self._limits = limits or Limits()
        self._unpacker = WorkerProcess(self._limits)
        self._all: list[WorkerProcess] = []
        self._idle: list[WorkerProcess] = []
        self._returned = threading.Condition()
        self._closed = False

    def read(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Answer]]:
        """Yield what each document holds, in the order given; only a few are taken from ``tasks`` ahead of it.

        Raises:
            WorkerError: no worker can be started on this machine.
        """
        threads = ThreadPoolExecutor(self.jobs)
        waiting: deque[tuple[Task, Future[Answer]]] = deque()
        bytes_ahead = 0
        try:
            for task in tasks:
                waiting.append((task, threads.submit(self._ask, task)))
                bytes_ahead += _size(task)
                while len(waiting) > self.jobs * _AHEAD or (waiting and bytes_ahead > _BYTES_AHEAD):
                    done, future = waiting.popleft()
                    bytes_ahead -= _size(done)
                    yield done, future.result()
            while waiting:
                done, future = waiting.popleft()
                yield done, future.result()
        except BaseException:  # an interrupt, or the caller wants no more: what is being read is of no use
            self.close()
            raise
        finally:
            threads.shutdown(cancel_futures=True)

    def unpack(self, path: Path, columns: CrawlColumns) -> Iterator[Piece]:
        """Yield what is in a container, as ``containers.pieces_of`` does."""
        return self._unpacker.unpack(Unpack(path, columns))

    def _ask(self, task: Task) -> Answer:
        if task.item.error is not None:
            return failed(task.item, task.item.error)
        worker = self._take()
        try:
            return worker.ask(task)
        finally:
            with self._returned:
                self._idle.append(worker)
                self._returned.notify()

    def _take(self) -> WorkerProcess:
        """Return an idle worker, or a new one where there is work enough: starting it takes as long as a hundred texts."""
        with self._returned:
            while not self._idle:
                if len(self._all) < self.jobs and self._is_worth_another():
                    self._all.append(WorkerProcess(self._limits, closed=self._closed))
                    return self._all[-1]
                self._returned.wait(_PATIENCE / 5)
            return self._idle.pop()

    def _is_worth_another(self) -> bool:
        if not self._all:
            return True
        ready = self._all[0].ready_since
        return ready is not None and time.monotonic() > ready + _PATIENCE

    def close(self) -> None:
        """End the processes, at once if they are at work."""
        with self._returned:
            self._closed = True
        for worker in (*self._all, self._unpacker):
            worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _size(task: Task) -> int:
    return len(task.item.data or b"") + len(task.converted or b"")


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
