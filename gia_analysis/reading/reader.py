"""``Document`` → ``Report``: regions, alignment, sections, metadata and prose brought together."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from gia_analysis.documents import Document, read_document
from gia_analysis.errors import NotAReportError
from gia_analysis.forms import forms, normalise
from gia_analysis.reading.align import AlignedTable, align
from gia_analysis.reading.flow import Flow, read_flow
from gia_analysis.reading.metadata import read_metadata
from gia_analysis.reading.prose import read_figures
from gia_analysis.reading.regions import find_regions
from gia_analysis.reading.sections import read_sections
from gia_analysis.records import Issue, ReportFacts, Section
from gia_analysis.report import Report
from gia_analysis.schema import Kind, Status

_LEAST_CHAPTERS = 3
_SERIOUS = frozenset({"LABEL_MISSING", "TABLE_MISSING", "BLANKS_LOST", "ROW_TOO_LONG", "FIGURE_UNUSED", "TABLE_TWICE"})


def read_report(path: str | Path) -> Report:
    """Read one report file.

    Returns:
        The report with every cell of its statutory tables, its chapters, and what it says of itself.

    Raises:
        DocumentError: the file cannot be turned into text and tables; the message says what it is.
        NotAReportError: nothing in it looks like a disclosure report; the message says what was looked for.
        OSError: the file cannot be opened.
    """
    return interpret(read_document(path))


def interpret(document: Document) -> Report:
    """Read a document as a report.

    Raises:
        NotAReportError: nothing in it looks like a disclosure report.
    """
    flow = read_flow(document)
    tables, issues = _settle([align(region) for region in find_regions(flow)])
    sections = read_sections(flow)
    facts = read_metadata(flow, sections, document.source)
    form = _form_of(tables, flow)
    if not tables and form is None:
        _require_chapters(flow, sections, facts)
    issues = [issue for table in tables for issue in table.issues] + issues + _missing_tables(tables)
    status, message = _status(tables, form, issues)
    return Report(
        facts=ReportFacts(
            report_id=document.sha256[:16],
            source=document.source,
            sha256=document.sha256,
            format=document.format,
            encoding=document.encoding,
            status=status,
            message=message,
            form=form,
            labels_expected=sum(table.labels_expected for table in tables),
            labels_found=sum(table.labels_found for table in tables),
            **facts,  # type: ignore[arg-type]
        ),
        cell_list=tuple(cell for table in tables for cell in table.cells),
        section_list=sections,
        figure_list=read_figures(sections),
        issue_list=tuple(issues),
    )


def _settle(candidates: Iterable[Sequence[AlignedTable]]) -> tuple[list[AlignedTable], list[Issue]]:
    """Choose one reading for each region: by its own labels, else the form of the other tables, else the newest.

    A table that is printed twice is taken where more of its labels were found; the other is left with an issue.
    """
    readings = [found for found in candidates if found]
    votes = Counter(found[0].index.form.id for found in readings if len(found) == 1)
    chosen: dict[str, AlignedTable] = {}
    issues: list[Issue] = []
    for found in readings:
        table = max(found, key=lambda reading: (votes[reading.index.form.id], reading.index.form.first_year))
        code = table.index.table.code
        known = chosen.get(code)
        if known is not None:
            issues.append(Issue("TABLE_TWICE", code))
            if known.score >= table.score:
                continue
        chosen[code] = table
    return list(chosen.values()), issues


def _form_of(tables: Sequence[AlignedTable], flow: Flow) -> str | None:
    found = {table.index.form.id for table in tables}
    if len(found) > 1:
        return "mixed"
    if found:
        return found.pop()
    printed = {normalise(item.text) for item in flow if len(item.text) < 60}
    for form in forms().values():
        if not form.tables and any(normalise(text) in printed for text in form.signature):
            return form.id
    return None


def _require_chapters(flow: Flow, sections: Sequence[Section], facts: dict[str, object]) -> None:
    chapters = {section.section for section in sections if section.title}
    if facts.get("title") or len(chapters) >= _LEAST_CHAPTERS:
        return
    length = sum(len(item.text) for item in flow)
    raise NotAReportError(
        f"no disclosure report: none of its statutory tables, no title and {len(chapters)} of its chapters "
        f"in {length:,} characters of text"
    )


def _missing_tables(tables: Sequence[AlignedTable]) -> list[Issue]:
    """Report the tables of the form that were not found. A mixed report is measured by its newest form."""
    if not tables:
        return []
    form = max((table.index.form for table in tables), key=lambda form: form.first_year)
    found = {table.index.table.code for table in tables}
    return [Issue("TABLE_MISSING", table.code, message=table.zh) for table in form.tables if table.code not in found]


def _status(tables: Sequence[AlignedTable], form: str | None, issues: Sequence[Issue]) -> tuple[Status, str | None]:
    if not tables:
        known = f"form {form}: its tables are not read" if form else "no statutory table was found"
        return Status.PARTIAL, f"{known}; the text was kept"
    serious = Counter(issue.code for issue in issues if issue.code in _SERIOUS)
    if serious:
        return Status.PARTIAL, ", ".join(f"{code} ×{count}" for code, count in sorted(serious.items()))
    unread = sum(cell.kind is Kind.AMBIGUOUS for table in tables for cell in table.cells)
    return (Status.PARTIAL, f"{unread} cells ambiguous") if unread else (Status.OK, None)
