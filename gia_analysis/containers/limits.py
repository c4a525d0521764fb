"""How much of a container is read: the limits that keep hostile or broken ones from filling the memory or the time.

What is declared in a container is never believed: sizes are those met while unpacking. What goes over a limit becomes a
row that says so. A member or record is a document, with the limits of ``gia_analysis.documents.limits``.
"""

from typing import Protocol

from gia_analysis.documents import LARGEST_FILE_BYTES
from gia_analysis.errors import LimitError

DEEPEST_ARCHIVES = 4  # containers in one another: a packed crawl in an archive in an archive
MOST_MEMBERS = 200_000  # of one archive
LARGEST_RECORD_BYTES = 50_000_000  # one line of JSON, one field of a CSV
UNPACKED_FREELY_BYTES = 1_000_000_000  # of all that is packed in one file
MOST_TIMES_LARGER = 200  # beyond that; text packs 5 to 50 times smaller, a bomb a thousand times
HEAD_BYTES = 65_536  # of which the kind of a container is told
_AT_ONCE = 1_000_000


class SupportsRead(Protocol):
    """A stream of bytes."""

    def read(self, size: int, /) -> bytes: ...


def read_file(stream: SupportsRead) -> bytes:
    """Return the bytes of a document, at most a little more than the largest that is read."""
    parts: list[bytes] = []
    left = LARGEST_FILE_BYTES + 1
    while left > 0 and (data := stream.read(_AT_ONCE)):  # a stream makes room for all that is asked for
        parts.append(data)
        left -= len(data)
    return b"".join(parts)


class Allowance:
    """What a packed file may unpack to, all its members and what is packed in them together."""

    def __init__(self, packed_bytes: int) -> None:
        self._left = max(UNPACKED_FREELY_BYTES, MOST_TIMES_LARGER * packed_bytes)
        self.used_up = False

    def spend(self, unpacked_bytes: int) -> None:
        """Take off what has been unpacked.

        Raises:
            LimitError: it is more than the file may unpack to.
        """
        self._left -= unpacked_bytes
        if self._left < 0:
            self.used_up = True
            raise LimitError(
                f"the file unpacks to more than {UNPACKED_FREELY_BYTES // 1_000_000_000} GB and more than "
                f"{MOST_TIMES_LARGER} times its size, as a bomb does: the rest of it was not read"
            )
