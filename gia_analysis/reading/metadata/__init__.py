"""What a report says of itself: year, agency, place, dates, index number, contact; and where it says so.

One module for each thing told; ``fields``, ``passages`` and ``title`` find the places where a report tells it.
"""

from collections.abc import Sequence

from gia_analysis.reading.flow import Flow
from gia_analysis.reading.metadata.agency import read_agency
from gia_analysis.reading.metadata.agency_name import read_kind
from gia_analysis.reading.metadata.contact import read_contact
from gia_analysis.reading.metadata.dates import read_dates
from gia_analysis.reading.metadata.facts import Facts
from gia_analysis.reading.metadata.fields import INDEX_NUMBER, read_fields
from gia_analysis.reading.metadata.page_head import TITLES, read_page_head
from gia_analysis.reading.metadata.passages import read_passages
from gia_analysis.reading.metadata.region import own_government, read_region
from gia_analysis.reading.metadata.scope import read_scope
from gia_analysis.reading.metadata.title import is_title, read_title
from gia_analysis.reading.metadata.writing import compact
from gia_analysis.reading.metadata.year import read_year
from gia_analysis.records import Section

__all__ = ["is_title", "read_metadata"]


def read_metadata(
    flow: Flow, sections: Sequence[Section], source: str, properties: Sequence[tuple[str, str]] = ()
) -> dict[str, object]:
    """Return what the report says of itself, as fields of the table ``reports``.

    ``properties`` are what the file says outside its text; the text is believed first. Only the first 100,000 characters
    of the running text are looked at.
    """
    facts = Facts()
    passages = read_passages(sections)
    fields = read_fields(flow)
    head = read_page_head(properties)
    title = read_title(flow, [head[name] for name in TITLES if name in head])
    government = own_government(passages)
    read_year(facts, passages, title, flow, source)
    read_contact(facts, passages)
    read_agency(facts, passages, title, fields, head, government)
    read_dates(facts, fields, head, passages.signature)
    facts.offer("index_number", compact(fields.get(INDEX_NUMBER, "")))
    read_kind(facts)
    read_region(facts, government)
    read_scope(facts, passages)
    return facts.values
