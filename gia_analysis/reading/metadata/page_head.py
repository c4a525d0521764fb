"""What a file says of itself outside its text: the fields in the head of a page, the properties of a document."""

import re
from collections.abc import Iterable, Mapping

TITLES = ("articletitle", "og:title", "title")
DATES_OF_PUBLICATION = ("pubdate", "publishdate", "publish_time", "article:published_time", "makedate")
SENDERS = ("contentsource", "source", "author")

_PARTS = re.compile(r"([_|\-—–]+)")
_REPORT = re.compile("报告|年报|報告|年報")


def read_page_head(properties: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return the first value of each field that is known, by its name in lower case.

    A title loses the names of column and site behind it.

    >>> dict(read_page_head([("PubDate", "2021-01-20 09:00"), ("title", "云山市教育局2020年政府信息公开年报_云山市")]))
    {'pubdate': '2021-01-20 09:00', 'title': '云山市教育局2020年政府信息公开年报'}
    """
    known = {*TITLES, *DATES_OF_PUBLICATION, *SENDERS}
    found: dict[str, str] = {}
    for name, value in properties:
        code = name.lower()
        if code in known and (told := _without_site(value.strip()) if code in TITLES else value.strip()):
            found.setdefault(code, told)
    return found


def _without_site(title: str) -> str:
    """Return a title up to the last of its parts that names a report; without the last where none does."""
    parts = _PARTS.split(title)
    naming = [place for place in range(0, len(parts), 2) if _REPORT.search(parts[place])]
    first = next((place for place in naming if "20" in parts[place]), naming[0] if naming else max(0, len(parts) - 3))
    return "".join(parts[: first + 1]).strip()
