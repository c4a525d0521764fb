"""The year that a report is on: told by its period, title or table, or, as last resorts, by its text or file name."""

import re
from datetime import date
from pathlib import PurePath

from gia_analysis.reading.flow import Flow
from gia_analysis.reading.metadata.dates import make_date
from gia_analysis.reading.metadata.facts import Facts
from gia_analysis.reading.metadata.passages import Passages
from gia_analysis.reading.metadata.title import Title
from gia_analysis.reading.metadata.writing import compact, half_width

_PERIOD = re.compile(
    r"(?P<y1>20[0-3]\d)年?(?P<m1>\d{1,2}?)月?(?P<d1>\d{1,2}?)日?(?:起|开始)?[,、]?(?:截?至|到|-|—)+"
    r"(?P<y2>20[0-3]\d)?年?(?P<m2>\d{1,2})月?(?P<d2>\d{1,2})日?(?:止|期间)?"
)
_PERIOD_END = re.compile(r"统计期限[^。]{0,12}?截?至(?P<y>20[0-3]\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日")
_LEAST_DAYS = 300
_MOST_DAYS = 400
_TABLE_YEAR = re.compile(r"^\((20[0-3]\d)年度?\)$")
_LONGEST_TABLE_YEAR = 20
_REPORT_YEAR = re.compile(r"(?P<y>20[0-3]\d)年度?[^。;]{0,12}信息公开(?:工作)?(?:年度)?(?:报告|年报)")
_YEAR_IN_NAME = re.compile(r"(?<!\d)20[0-3]\d(?!\d)", re.ASCII)
_YEAR_IN_FOLDER = re.compile(
    r"(?:(?<=[?&]fbtime=)|(?<=[?&]year=)|^gb|^nb|^(?=20\d\d(?:nb|年)))(20[0-3]\d)(?!\d)", re.ASCII
)
_DAY_IN_NAME = re.compile(r"(?<!\d)20\d\d[-_.年]?\d{1,2}[-_.月]?\d{1,2}(?!\d)", re.ASCII)


def read_year(facts: Facts, passages: Passages, title: Title | None, flow: Flow, source: str) -> None:
    """Read the year, with the statistics period and the title, which may tell another year than the period."""
    _read_period(facts, passages)
    if title:
        facts.offer("title", title.text)
        facts.values["title_year"] = title.year
        facts.offer("year", title.year, "title")
    if not facts.year:
        facts.offer("year", _year_of_table(flow), "statistics table")
    if not facts.year and (match := _REPORT_YEAR.search(passages.text)):
        facts.offer("year", int(match["y"]), "text")
    if not facts.year:
        facts.offer("year", _year_of_source(source), "file name")


def _read_period(facts: Facts, passages: Passages) -> None:
    """Read the statistics period. One of more than a year is kept as printed, but does not give the year."""
    for text, origin in passages.in_turn:
        start, end = _whole_period(text) or (None, _end_of_period(text))
        if end:
            facts.offer("period_start", start)
            facts.offer("period_end", end)
            facts.offer("period_from", origin)
            if start is None or (end - start).days < _MOST_DAYS:
                facts.offer("year", end.year, "period")
            return


def _whole_period(text: str) -> tuple[date, date] | None:
    """Return the first and the last day of the period that a text names first, if that is about a year or more."""
    match = _PERIOD.search(text)
    start = make_date(match["y1"], match["m1"], match["d1"]) if match else None
    end = make_date(match["y2"] or match["y1"], match["m2"], match["d2"]) if match else None
    return (start, end) if start and end and (end - start).days > _LEAST_DAYS else None


def _end_of_period(text: str) -> date | None:
    """Return the last day of a period of which only that is printed."""
    match = _PERIOD_END.search(text)
    return make_date(match["y"], match["m"], match["d"]) if match else None


def _year_of_table(flow: Flow) -> int | None:
    """Return the year that stands alone in brackets above the statistics table: (2020年度)."""
    short = (item.text for item in flow if len(item.text) < _LONGEST_TABLE_YEAR and "20" in item.text)
    return next((int(match[1]) for text in short if (match := _TABLE_YEAR.match(compact(text)))), None)


def _year_of_source(source: str) -> int | None:
    """Return the one year that a file's name tells, or the folder or query it came from; a day is not a year.

    >>> _year_of_source("a/2021年政府信息公开年报.txt"), _year_of_source("site/gb2025/1.htm"), _year_of_source("t20210220_1.htm")
    (2021, 2025, None)
    """
    *folders, name = [part for part in PurePath(half_width(source)).parts if part != "/"] or [""]
    for part in (name, *folders[:-4:-1]):
        pattern = _YEAR_IN_FOLDER if part is not name or "?" in part else _YEAR_IN_NAME
        years = set(pattern.findall(_DAY_IN_NAME.sub("", part)))
        if years:
            return int(years.pop()) if len(years) == 1 else None
    return None
