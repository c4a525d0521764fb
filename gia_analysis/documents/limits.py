"""How much of a document is read: the limits that keep hostile or broken input from filling the memory or hanging.

What goes over a limit is refused with a ``LimitError`` that names the limit; nothing is cut off in silence. Limits of
time and memory are those of the worker processes that read documents (``gia_analysis.workers``).
"""

from gia_analysis.errors import LimitError

LARGEST_FILE_BYTES = 100_000_000
LARGEST_PART_BYTES = 200_000_000  # a part of a compressed document, unpacked
MOST_TABLE_CELLS = 200_000  # of one document, spans expanded
MOST_COLUMNS = 1_000  # that one cell spans; a larger span is none, as in browsers
MOST_PAGES = 1_000
MOST_PIXELS = 60_000_000  # of one image
DEEPEST_NESTING = 500


def require_at_most(limit: int, found: int, what: str) -> None:
    """Refuse a document that has more of something than is read.

    Raises:
        LimitError: ``found`` is over ``limit``.
    """
    if found > limit:
        raise LimitError(f"more than {limit:,} {what}: no disclosure report has as many")
