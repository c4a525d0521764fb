"""The side of the worker process: it reads what comes in on its standard input and answers on its standard output."""

import os
import pickle
import signal
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

_LENGTH = struct.Struct(">Q")


def serve(seconds: float, memory_bytes: int) -> None:
    """Read documents until the standard input ends. What libraries print goes to the standard error.

    The run ends a worker that takes more than ``seconds``; should the run itself be gone, the worker ends itself later.
    """
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    from gia_analysis.workers.tasks import answers_to  # what a worker needs counts as its idle memory

    _limit_memory(memory_bytes)
    send(answers, "ready")
    while True:
        try:
            request = receive(sys.stdin.buffer)
        except EOFError:
            return
        for answer in _each_in_time(answers_to(request), seconds):
            send(answers, answer)


def _each_in_time(answers: Iterator[Any], seconds: float) -> Iterator[Any]:
    """Yield what an iterator does; one thing that takes far too long ends the process."""
    alarm = getattr(signal, "alarm", lambda _: None)
    while True:
        alarm(int(2 * seconds) + 1)
        try:
            answer = next(answers)
        except StopIteration:
            return
        finally:
            alarm(0)
        yield answer


def _limit_memory(memory_bytes: int) -> None:
    """Let this process take so many bytes more than it has. Only some systems can be told so."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (ImportError, OSError):
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = pages * resource.getpagesize() + memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def send(stream: IO[bytes], message: object) -> None:
    """Write a message, its length before it."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Return the next message.

    Raises:
        EOFError: there is none, or it is cut off.
    """
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError("the stream has ended")
    size = _LENGTH.unpack(head)[0]
    data = stream.read(size)
    if len(data) < size:
        raise EOFError("the stream ends in a message")
    return pickle.loads(data)
