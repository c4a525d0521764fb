"""A pause for the collector of cycles, which has nothing to find among the nodes of a page."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Let no cycles be looked for in the block, as they are each time some thousand objects have been made.

    A page makes thousands of nodes at a time, and none of them is part of a cycle: to look through all of a process's
    objects for some took a quarter of the time of a large page.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
