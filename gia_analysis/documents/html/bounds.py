"""What would keep the parser busy for minutes, found before it begins: elements in each other, and attributes of one.

The time that it takes for either grows with the square of their number. No page that a browser shows has as many.
"""

import re
from collections.abc import Sequence

from gia_analysis.documents.limits import DEEPEST_PAGE, MOST_ATTRIBUTES, require_at_most

_HARMLESS = 20_000  # tags, or attributes, that the parser is done with in a few seconds in any case
_STRETCH, _PROBE = 50_000, 1_000  # bytes; as many of each stretch are looked at, to tell about how many a page has
_BOX = re.compile(
    rb"<(/?)(?:div|[uod]l|blockquote|center|section|article|main|header|footer|nav|aside|fieldset|form|details|figure|"
    rb"address|dir|menu|table)(?=[\s/>])",
    re.IGNORECASE,
)


def require_plain(markup: bytes) -> None:
    """Refuse a page that would keep the parser busy for minutes.

    Raises:
        LimitError: it has too many elements in each other, or too many attributes in one.
    """
    probes = [markup[start : start + _PROBE] for start in range(_STRETCH // 2, len(markup), _STRETCH)]
    if _about(probes, b"<") > _HARMLESS:
        _require_shallow(markup)
    if _about(probes, b"=") > _HARMLESS:
        for part in markup.split(b">"):
            require_at_most(MOST_ATTRIBUTES, part.count(b"=", part.rfind(b"<") + 1), "attributes in one element")


def _about(probes: Sequence[bytes], sign: bytes) -> int:
    return sum(probe.count(sign) for probe in probes) * _STRETCH // _PROBE


def _require_shallow(markup: bytes) -> None:
    depth = 0
    for tag in _BOX.finditer(markup):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > DEEPEST_PAGE:
            require_at_most(DEEPEST_PAGE, depth, "elements in each other")
