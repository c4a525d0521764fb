"""The days of a report: published, and filed with the statistics office."""

import re
from collections.abc import Mapping
from datetime import date

from gia_analysis.reading.metadata import page_head
from gia_analysis.reading.metadata.facts import Facts
from gia_analysis.reading.metadata.fields import DATE_OF_FILING, DATES_OF_DOCUMENT, DATES_OF_PUBLICATION
from gia_analysis.reading.metadata.writing import plain

_DATE = re.compile(r"(?P<y>20[0-3]\d)(?:年|[-./])(?P<m>\d{1,2})(?:月|[-./])(?P<d>\d{1,2})日?")
_PACKED_DATE = re.compile(r"(?<!\d)(?P<y>20[0-3]\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)", re.ASCII)


def read_dates(facts: Facts, fields: Mapping[str, str], head: Mapping[str, str], signature: str) -> None:
    """Read the day of publication, from the best place that prints one, and the day on which the table was filed."""
    places = (
        (fields, DATES_OF_PUBLICATION, "publication date"),
        (head, page_head.DATES_OF_PUBLICATION, "page head"),
        (fields, DATES_OF_DOCUMENT, "document date"),
    )
    for given, names, origin in places:
        for name in names:
            if name in given:
                facts.offer("published", first_date(given[name]), origin)
    facts.offer("published", first_date(plain(signature)), "signature")
    facts.offer("filed", first_date(fields.get(DATE_OF_FILING, "")))


def first_date(text: str) -> date | None:
    """Return the first date in a text; None where there is none, or the first is impossible.

    >>> first_date("2021年1月18日印发"), first_date("20210118"), first_date("2021-02-30")
    (datetime.date(2021, 1, 18), datetime.date(2021, 1, 18), None)
    """
    if not text:
        return None
    match = _DATE.search(text) or _DATE.search(plain(text)) or _PACKED_DATE.search(text)
    return make_date(match["y"], match["m"], match["d"]) if match else None


def make_date(year: str, month: str, day: str) -> date | None:
    """Return the date of printed figures, or None where there is no such day."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
