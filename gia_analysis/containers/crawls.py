"""Records of a crawl → documents: each record a row, whatever it holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from gia_analysis.containers.columns import Record, choose_columns
from gia_analysis.containers.model import CrawlColumns, Item, Place
from gia_analysis.errors import DocumentError

_SAMPLE = 20
_MOST_BROKEN = 1_000  # before the first few that are not


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that cannot be read, handed on in its place, and why."""

    reason: str


def items_of_records(records: Iterable[Record | Broken], place: Place, wanted: CrawlColumns) -> Iterator[Item]:
    """Yield the document in each record of a crawl; the columns are chosen by the first few.

    Raises:
        DocumentError: as for ``choose_columns``, or none of the first thousand records can be read.
    """
    stream = iter(records)
    first: list[Record | Broken] = []
    sample: list[Record] = []
    while len(sample) < _SAMPLE and len(first) < _MOST_BROKEN and (record := next(stream, None)) is not None:
        first.append(record)
        if not isinstance(record, Broken):
            sample.append(record)
    if first and not sample:
        raise DocumentError(f"none of the first {len(first):,} records can be read: {_reason_of(first[0])}")
    columns = choose_columns(sample, wanted)
    for number, record in enumerate(chain(first, stream), start=1):
        if isinstance(record, Broken):
            yield place.record(number).item(error=f"the record cannot be read: {record.reason}")
        else:
            yield item_of_record(record, columns, place, number)


def _reason_of(record: Record | Broken) -> str:
    return record.reason if isinstance(record, Broken) else ""


def item_of_record(record: Record, columns: CrawlColumns, crawl: Place, number: int) -> Item:
    """Return the document in a record of a crawl: text, a page, or the bytes of a file."""
    value = record.get(columns.text or "")
    address = record.get(columns.url or "")
    place = crawl.record(number, address if isinstance(address, str) and address else None)
    if isinstance(value, str):
        value = to_bytes(value)
    if isinstance(value, bytes) and value.strip():
        return place.item(value)
    if value is None or isinstance(value, bytes):
        return place.item(error=f"the record has no text in {columns.text!r}")
    return place.item(error=f"the record has no text in {columns.text!r} but {str(value)[:40]}")


def to_bytes(text: str) -> bytes:
    """Return a text as UTF-8. Bytes that were no text come back as they were, so that they are counted as such."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a pair, as JSON can write
        return text.encode("utf-8", "surrogatepass")
