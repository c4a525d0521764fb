"""The memory of pages, of which each takes much and gives all of it back: what keeps that from taking time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

_LARGE_BLOCK = 16 * 2**20  # bytes; twice as many are kept


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


@cache
def keep_freed_memory() -> None:
    """Let the C library keep some of what is freed for the next page, rather than return it to the system each time.

    glibc keeps 128 KB at first, and twice the largest block that it has seen freed from then on; a large page takes some
    MB, and to be given them anew took a quarter of its time. A block that is freed unused shows glibc what is usual here.
    Other C libraries are not concerned.
    """
    bytes(_LARGE_BLOCK)
