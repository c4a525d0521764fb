"""A process that has imported everything once, and forks a process for each run.

It reads a line of JSON for each thing to do, and writes one for each run that has ended. Each run is a process group of
its own: papermill in one process, its kernel in another, both forked with everything imported. When the standard input
ends, every run is ended, and so is this process; it has no thread, and imports nothing that starts one.
"""

import ctypes
import gc
import json
import os
import selectors
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from gia_analysis.publishing.batch.execution import Request, execute
from gia_analysis.publishing.batch.kernels import WaitingKernel
from gia_analysis.publishing.batch.limits import limit_memory
from gia_analysis.publishing.batch.preloading import preload

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36


class WarmParent:
    """Starts, ends and reaps runs. ``scratch`` is a folder for what runs have to say: ``<id>.json``, ``<id>.log``."""

    def __init__(self, scratch: Path, memory_bytes: int) -> None:
        self._scratch = scratch
        self._memory_bytes = memory_bytes
        self._runs: dict[int, int] = {}  # process → run
        self._wakes, wake = os.pipe()
        os.set_blocking(self._wakes, False)
        os.set_blocking(wake, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)

    def serve(self) -> None:
        """Do what the standard input says until it ends."""
        orders = open(0, "rb", buffering=0)  # noqa: SIM115 - unbuffered: what is read is all there is to know
        unread = b""
        with selectors.DefaultSelector() as watched:
            watched.register(orders, selectors.EVENT_READ)
            watched.register(self._wakes, selectors.EVENT_READ)
            while True:
                ready = {key.fileobj for key, _ in watched.select()}
                if self._wakes in ready:
                    with suppress(BlockingIOError):
                        os.read(self._wakes, 4096)
                self._reap()
                if orders in ready:
                    got = orders.read(1 << 16)
                    if not got:
                        break
                    *lines, unread = (unread + got).split(b"\n")
                    for line in lines:
                        self._obey(json.loads(line))
        for process in list(self._runs):
            _end_group(process)
        _end_children()

    def _obey(self, order: dict[str, object]) -> None:
        if "end" in order:
            for process in [process for process, run in self._runs.items() if run == order["end"]]:
                _end_group(process)
        else:
            self._start(int(str(order["run"])), str(order["request"]))

    def _start(self, run: int, request: str) -> None:
        process = os.fork()
        if process == 0:
            try:
                self._be(run, request)
            finally:
                os._exit(70)
        with suppress(OSError):  # it has done so itself
            os.setpgid(process, process)
        self._runs[process] = run

    def _be(self, run: int, request: str) -> None:
        """Do a run in this process, which was forked for it."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setpgid(0, 0)
        _die_with_parent()
        log = os.open(self._scratch / f"{run}.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)
        os.dup2(null, 1)
        os.dup2(log, 2)
        limit_memory(self._memory_bytes)
        WaitingKernel.fork()
        outcome = execute(Request.from_json(request), self._scratch / f"{run}.cell")
        told = self._scratch / f"{run}.json"
        told.write_text(json.dumps(outcome.to_dict()), encoding="utf-8")
        os._exit(0)

    def _reap(self) -> None:
        """Take leave of every process that has ended, and end what a run has left behind."""
        while True:
            try:
                ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                return
            if ended is None:
                return
            if ended.si_pid in self._runs:
                _end_group(ended.si_pid)  # while its number is still its own
            _, status = os.waitpid(ended.si_pid, 0)
            run = self._runs.pop(ended.si_pid, None)
            if run is not None:
                _say({"ended": run, "code": os.waitstatus_to_exitcode(status)})


def _end_group(process: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)


def _end_children() -> None:
    """End every process that comes from this one, those that left their group too, and wait until none is left."""
    listed = Path(f"/proc/self/task/{os.getpid()}/children")
    with suppress(OSError):  # there is no child, or no such list on this system
        while children := listed.read_text(encoding="ascii").split():
            for child in children:
                with suppress(ProcessLookupError):
                    os.kill(int(child), signal.SIGKILL)
            os.wait()


def _say(words: dict[str, object]) -> None:
    os.write(1, json.dumps(words).encode() + b"\n")


def _die_with_parent() -> None:
    """Let the system end this process when its parent is gone."""
    _process_control(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _process_control(option: int, value: int) -> None:
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def main(arguments: Sequence[str]) -> None:
    """Import, load, say that it is ready, and serve. ``arguments``: the scratch folder, bytes of memory, corpora."""
    scratch, memory_bytes, *places = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the batch alone to handle
    preload(json.loads(place) for place in places)
    _process_control(_PR_SET_CHILD_SUBREAPER, 1)  # what a run leaves behind is reaped here
    gc.collect()
    gc.freeze()  # what is there is shared with the runs, and stays so: no collector touches it
    _say({"ready": os.getpid()})
    WarmParent(Path(scratch), int(memory_bytes)).serve()
