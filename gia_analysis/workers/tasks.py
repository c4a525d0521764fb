"""What a worker is asked and what it answers: a document, and the reports in it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from gia_analysis.containers import CrawlColumns, Item, Piece, pieces_of
from gia_analysis.documents import LARGEST_FILE_BYTES, Document, load, read_bytes, read_converted
from gia_analysis.documents.sniff import format_of
from gia_analysis.errors import GiaError, NeedsConversionError
from gia_analysis.reading import interpret
from gia_analysis.records import ReportFacts
from gia_analysis.report import Report
from gia_analysis.schema import Status

Reports = tuple[Report, ...]

OUT_OF_MEMORY = "reading it takes more memory than one document may"


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read. ``converted`` is what an office program made of it, where one had to."""

    item: Item
    converted: bytes | None = None


@dataclass(frozen=True, slots=True)
class Unconverted:
    """The answer for a document that only an office program can open, with its bytes."""

    data: bytes
    message: str


Answer = Reports | Unconverted


@dataclass(frozen=True, slots=True)
class Unpack:
    """A container to unpack. The answers are the pieces in it, one by one, and None after the last."""

    path: Path
    columns: CrawlColumns


def answers_to(request: Task | Unpack) -> Iterator[Answer | Piece | None]:
    """Yield what a worker answers: one thing for a document, many for a container."""
    if isinstance(request, Unpack):
        yield from pieces_of(request.path, request.columns)
        yield None
    else:
        yield read_task(request)


def read_task(task: Task) -> Answer:
    """Read a document in this process. What cannot be read is a report with status ``failed``."""
    item, data = task.item, task.item.data
    if item.error is not None:
        return failed(item, item.error)
    try:
        data = load(item.path) if data is None else data
        try:
            return _with_place(_writable(interpret(_read(task, data))), item)
        except NeedsConversionError as error:
            return Unconverted(data, str(error))
    except (GiaError, OSError) as error:
        message = str(error)
    except MemoryError:
        message = OUT_OF_MEMORY
    except Exception as error:  # noqa: BLE001 - one bad file must not end the batch
        message = f"unexpected {type(error).__name__}: {error} — a fault of the reader; please report it with this file"
    return failed(item, message, data)


def _writable(reports: Reports) -> Reports:
    """Return the reports if tables can hold their texts.

    Raises:
        UnicodeEncodeError: half a character is in one, which would end the whole run when it is written.
    """
    for report in reports:
        texts = (
            *(str(getattr(report.facts, name)) for name in report.facts.__slots__),
            *(text for cell in report.cell_list for text in (cell.row, cell.raw)),
            *(text or "" for section in report.section_list for text in (section.number, section.title, section.text)),
            *(text for figure in report.figure_list for text in (figure.raw, figure.sentence)),
            *(text or "" for issue in report.issue_list for text in (issue.row, issue.raw, issue.message)),
        )
        "".join(texts).encode()
    return reports


def _read(task: Task, data: bytes) -> Document:
    if task.converted is not None:
        return read_converted(data, task.converted, task.item.source)
    return read_bytes(data, task.item.source, convert=False)


def failed(item: Item, message: str, data: bytes | None = None) -> Reports:
    """Return the one report that stands for a document which could not be read; ``data`` are its bytes, if they are known."""
    data = item.data if data is None else data
    whole = data is not None and len(data) <= LARGEST_FILE_BYTES  # of a larger file only the beginning is known
    digest = hashlib.sha256(data).hexdigest() if data is not None and whole else None
    known = digest or hashlib.sha256(item.source.encode("utf-8", "surrogateescape")).hexdigest()
    facts = ReportFacts(
        report_id=known[:16],
        source=item.source,
        sha256=digest,
        format=None if data is None else format_of(data),
        status=Status.FAILED,
        message=message,
    )
    return _with_place((Report(facts),), item)


def _with_place(reports: Reports, item: Item) -> Reports:
    if item.member is None and item.url is None:
        return reports
    return tuple(replace(report, facts=replace(report.facts, member=item.member, url=item.url)) for report in reports)
