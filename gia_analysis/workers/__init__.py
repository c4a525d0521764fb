"""Documents read in worker processes, each within a limit of time and memory, so that none can end the run.

A worker is a Python process that reads one document after the other. One that takes too long or crashes is ended and
replaced; its document becomes a report with status ``failed`` that says why.
"""

import os
import queue
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from gia_analysis.workers.process import Limits, WorkerProcess
from gia_analysis.workers.tasks import Answer, Reports, Task, Unconverted, failed

__all__ = ["Answer", "Limits", "Reports", "Task", "Unconverted", "Workers", "failed"]

_AHEAD = 4  # documents handed out for each worker before the first of them is taken back


class Workers:
    """Some worker processes. They are started when first needed, and ended with the ``with`` block."""

    def __init__(self, jobs: int | None = None, limits: Limits | None = None) -> None:
        self.jobs = jobs or processors()
        self._limits = limits or Limits()
        self._idle: queue.LifoQueue[WorkerProcess] = queue.LifoQueue()
        self._all: list[WorkerProcess] = []

    def read(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Answer]]:
        """Yield what each document holds, in the order given; only a few are taken from ``tasks`` ahead of it."""
        with ThreadPoolExecutor(self.jobs) as threads:
            waiting: deque[tuple[Task, Future[Answer]]] = deque()
            try:
                for task in tasks:
                    waiting.append((task, threads.submit(self._ask, task)))
                    if len(waiting) > self.jobs * _AHEAD:
                        done, future = waiting.popleft()
                        yield done, future.result()
                while waiting:
                    done, future = waiting.popleft()
                    yield done, future.result()
            finally:
                if waiting:
                    threads.shutdown(wait=False, cancel_futures=True)
                    self.close()

    def _ask(self, task: Task) -> Answer:
        if task.item.error is not None:
            return failed(task.item, task.item.error)
        try:
            worker = self._idle.get_nowait()
        except queue.Empty:
            worker = WorkerProcess(self._limits)
            self._all.append(worker)
        try:
            return worker.ask(task)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End the processes, at once if they are at work."""
        for worker in self._all:
            worker.end()
        self._all.clear()
        self._idle = queue.LifoQueue()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
