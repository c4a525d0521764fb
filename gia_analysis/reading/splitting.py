"""One file, several reports: where the next one begins.

A report begins with a title, or, without one, with a first chapter after a report that had its tables. A part without
tables and chapters of its own (a link to last year's report, a list of titles) is no report and stays where it is.
"""

import re
from collections.abc import Iterator, Sequence

from gia_analysis.forms import opening_labels
from gia_analysis.reading.flow import Flow, Line, Token
from gia_analysis.reading.metadata import is_title

_LEAST_CHAPTERS = 3
_BEGINS = re.compile(r"条例|编制|本(?:年度)?报告|统计期限|现将")
_NAME = re.compile(r"[^\s,，。;；:：、]{4,30}")


def split_reports(flow: Flow) -> list[Flow]:
    """Return the flow of each report in a file; mostly it is one."""
    starts = list(_starts(flow))
    if not starts:
        return [flow]
    parts: list[Flow] = []
    begin = 0
    for start, following in zip(starts, [*starts[1:], len(flow)], strict=True):
        if _is_report(flow[begin:start]) and _is_report(flow[start:following]):
            parts.append(flow[begin:start])
            begin = start
    return [*parts, flow[begin:]]


def _starts(flow: Flow) -> Iterator[int]:
    """Yield where a report may begin, apart from the first."""
    tables = chapters = 0
    seen_heading = False
    for position, item in enumerate(flow):
        if isinstance(item, Token):
            tables += item.label in opening_labels()
            continue
        if not (tables or chapters >= _LEAST_CHAPTERS):
            chapters += item.heading is not None
            continue
        restart = item.heading is not None and item.heading.section == "overview" and seen_heading and tables > 0
        if restart or (item.heading is None and "报" in item.text and is_title(item.text)):
            yield _widened(flow, position, restart=restart)
            tables = chapters = 0
        seen_heading |= item.heading is not None
        chapters += item.heading is not None


def _widened(flow: Flow, position: int, *, restart: bool) -> int:
    """Return where a report begins of which a title line, or only the first chapter, is found."""
    above: list[int] = []
    for index in range(position - 1, -1, -1):
        item = flow[index]
        if not isinstance(item, Line) or item.heading:
            break
        above.append(index)
    if restart:
        return next((index for index in reversed(above) if _BEGINS.search(_text(flow, index))), position)
    name = next((index for index in above if _text(flow, index).strip()), position)
    return name if position - name <= 2 and _NAME.fullmatch(_text(flow, name).strip()) else position


def _text(flow: Flow, index: int) -> str:
    return flow[index].text


def _is_report(part: Sequence[Line | Token]) -> bool:
    chapters = {item.heading.section for item in part if isinstance(item, Line) and item.heading}
    return len(chapters) >= _LEAST_CHAPTERS or any(
        isinstance(item, Token) and item.label in opening_labels() for item in part
    )
