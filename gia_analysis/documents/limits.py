"""How much of a document is read: the limits that keep hostile or broken input from filling the memory or hanging.

What goes over a limit is refused with a ``LimitError`` that names the limit; nothing is cut off in silence. Limits of
time and memory are those of the worker processes that read documents (``gia_analysis.workers``); those of archives and
crawls stand in ``gia_analysis.containers.limits``.
"""

from gia_analysis.errors import LimitError

LARGEST_FILE_BYTES = 100_000_000
LARGEST_PART_BYTES = 200_000_000  # a part of a compressed document, unpacked
MOST_UNPACKED_BYTES = 400_000_000  # of all parts of a compressed document that are read
MOST_PARTS = 10_000  # of a compressed document
MOST_MARKUP = 4_000_000  # tags and attributes of one XML part
MOST_TABLE_CELLS = 200_000  # of one document, spans expanded
MOST_COLUMNS = 1_000  # that one cell spans; a larger span is none, as in browsers
MOST_PAGES = 1_000
MOST_PIXELS = 60_000_000  # of one image
MOST_CHARACTERS = 200_000  # of one page of a fixed layout
MOST_DRAWN_OBJECTS = 200_000  # of one page of a fixed layout
MOST_PATH_SEGMENTS = 400_000  # of the drawings on one page
MOST_RULES = 200_000  # ruling lines of one page
MOST_CROSSINGS = 500_000  # of the ruling lines of one page
DEEPEST_FORMS = 20  # drawings within drawings
DEEPEST_NESTING = 500
DEEPEST_PAGE = 5_000  # elements of a web page in each other
MOST_ATTRIBUTES = 5_000  # of one element of a web page
DEEPEST_TABLE = 50  # tables one in the other


def require_at_most(limit: int, found: int, what: str) -> None:
    """Refuse a document that has more of something than is read.

    Raises:
        LimitError: ``found`` is over ``limit``.
    """
    if found > limit:
        raise LimitError(f"more than {limit:,} {what}: no disclosure report has as many")
