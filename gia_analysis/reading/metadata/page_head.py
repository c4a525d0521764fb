"""What a file says of itself outside its text: the fields in the head of a page, the properties of a document."""

import re
from collections.abc import Iterable, Mapping

TITLES = ("articletitle", "og:title", "title")
DATES_OF_PUBLICATION = ("pubdate", "publishdate", "publish_time", "article:published_time", "makedate")
SENDERS = ("contentsource", "source", "author")

_SITE = re.compile(r"[_|\-—–]+[^_|\-—–]*$")


def read_page_head(properties: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return the first value of each field that is known, by its name in lower case.

    A title loses the name of the site behind it.

    >>> dict(read_page_head([("PubDate", "2021-01-20 09:00"), ("title", "云山市教育局2020年政府信息公开年报_云山市")]))
    {'pubdate': '2021-01-20 09:00', 'title': '云山市教育局2020年政府信息公开年报'}
    """
    known = {*TITLES, *DATES_OF_PUBLICATION, *SENDERS}
    found: dict[str, str] = {}
    for name, value in properties:
        code = name.lower()
        if code in known and value.strip():
            found.setdefault(code, _SITE.sub("", value.strip()) if code in TITLES else value.strip())
    return found
