"""What the reader hands over of a report, each thing as one record: cells, issues, chapters, told figures, facts."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from gia_analysis.schema import Kind, Status


class Cell(NamedTuple):  # a report has two hundred of them: a frozen dataclass takes four times as long to make
    """One cell of a statutory table: what was printed, what it means, and where it stood. Money is in 万元."""

    form: str
    table: str
    row: str
    col: str
    value: float | None
    unit: str | None
    kind: Kind
    raw: str
    block: int | None = None
    block_row: int | None = None
    block_column: int | None = None
    line: int | None = None
    page: int | None = None
    match: str | None = None
    issue: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that the reader could not settle or found odd; ``raw`` is what was printed there."""

    code: str
    table: str | None = None
    row: str | None = None
    col: str | None = None
    raw: str | None = None
    line: int | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter or sub-chapter: its code, numeral and title as printed, and its running text without tables.

    A chapter (``level`` 1) holds the text of its sub-chapters too; they follow it as ``level`` 2, each with only its own.
    ``opened_by`` is ``table`` where the heading is missing and a statutory table told the chapter.
    ``text_lines`` gives, for each line of ``text``, the line of the file. ``plain`` is the text as it is read: the same,
    or, of a report in traditional characters, in simplified ones.
    """

    section: str
    number: str | None
    title: str | None
    text: str
    line: int | None
    text_lines: tuple[int | None, ...] = field(default=(), compare=False)
    level: int = 1
    opened_by: str | None = None
    rewritten: str | None = field(default=None, compare=False)

    @property
    def plain(self) -> str:
        return self.text if self.rewritten is None else self.rewritten


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure told in running text. ``topic`` is set where it is known what is counted.

    Money is in 万元 and a share in %, whatever was printed; ``raw`` is the print.
    """

    section: str
    topic: str | None
    value: float
    unit: str | None
    approximate: bool
    raw: str
    sentence: str
    line: int | None
    breakdown: int | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What is known of a report as a whole; the meaning of each field stands in ``schema.COLUMNS``."""

    report_id: str
    source: str
    member: str | None = None
    url: str | None = None
    sha256: str | None = None
    format: str | None = None
    encoding: str | None = None
    status: Status = Status.OK
    message: str | None = None
    form: str | None = None
    year: int | None = None
    year_from: str | None = None
    title: str | None = None
    title_year: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    period_from: str | None = None
    agency: str | None = None
    agency_from: str | None = None
    agency_type: str | None = None
    agency_level: str | None = None
    agency_level_from: str | None = None
    region_code: str | None = None
    region: str | None = None
    region_from: str | None = None
    region_candidates: str | None = None
    scope: str = "unknown"
    scope_from: str | None = None
    published: date | None = None
    published_from: str | None = None
    filed: date | None = None
    index_number: str | None = None
    contact_office: str | None = None
    contact_address: str | None = None
    contact_postcode: str | None = None
    contact_phone: str | None = None
    contact_email: str | None = None
    website: str | None = None
    labels_expected: int | None = None
    labels_found: int | None = None
    cells_number: int | None = None
    cells_blank: int | None = None
    cells_na: int | None = None
    cells_text: int | None = None
    cells_absent: int | None = None
    cells_inferred: int | None = None
    cells_ambiguous: int | None = None
    table_lines: int | None = None
    table_lines_unused: int | None = None
