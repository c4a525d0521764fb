"""A limit of time for one thing."""

from collections.abc import Callable
from threading import Lock, Timer
from types import TracebackType
from typing import Self


class Deadline:
    """Does something if the ``with`` block takes longer than so many seconds; never once the block is over.

    ``struck`` tells whether it did.
    """

    def __init__(self, seconds: float, do: Callable[[], object]) -> None:
        self.struck = False
        self._do = do
        self._over = False
        self._lock = Lock()
        self._timer = Timer(seconds, self._strike)
        self._timer.daemon = True

    def _strike(self) -> None:
        with self._lock:
            if not self._over:
                self.struck = True
                self._do()

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._over = True
