"""What stands on every page beside the text: running heads and page numbers."""

import re
from collections import Counter
from collections.abc import Sequence

from gia_analysis.documents.pages.lines import Line

_MARGIN = 0.085  # of a page's height
_STEP = 4.0  # points between the places of a running head that are one place
_MOST_NUMBERS = 3  # in a running head
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-—–·•\s]*(?:第?\s*\d{1,4}\s*页?|\d{1,4}\s*/\s*\d{1,4}|第\s*\d+\s*页[,，/\s]*共\s*\d+\s*页)[-—–·•\s]*"
)
_BY_BROWSER = re.compile(  # 2026/11/25 20:20 and the page's title above, its address and number below
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s+(?:上午|下午)?\s*\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?(?:\s.*)?"
    r"|(?:https?|file)://\S+(?:\s+\d{1,4}/\d{1,4})?"
)


def without_furniture(pages: Sequence[tuple[float, list[Line]]]) -> list[list[Line]]:
    """Return the lines of pages without those that stand on several pages at the same place in the margin.

    Numbers in them may differ from page to page. A page's number and what a browser adds count on a single page too.

    Args:
        pages: for each page its height and its lines from top to bottom.
    """
    marks = [[_mark(line, height) for line in lines] for height, lines in pages]
    often = Counter(mark for page in marks for mark in {mark for mark in page if mark})
    return [
        [
            line
            for line, mark in zip(lines, found, strict=True)
            if not (mark and (often[mark] > 1 or _is_added(line.text())))
        ]
        for (_, lines), found in zip(pages, marks, strict=True)
    ]


def _is_added(text: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(text) or _BY_BROWSER.fullmatch(text))


def _mark(line: Line, height: float) -> tuple[str, int] | None:
    """Return what a line in the margin is but for its numbers, and where; None for any other line."""
    middle = (line.top + line.bottom) / 2
    if _MARGIN * height < middle < (1 - _MARGIN) * height:
        return None
    text, numbers = _NUMBER.subn("#", line.text())
    is_mark = numbers <= _MOST_NUMBERS or _BY_BROWSER.fullmatch(line.text())
    return (text, round(middle / _STEP)) if is_mark else None
