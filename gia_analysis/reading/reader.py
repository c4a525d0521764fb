"""``Document`` → ``Report``: regions, alignment, sections, metadata and prose brought together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from gia_analysis.documents import Document, read_document
from gia_analysis.errors import NotAReportError
from gia_analysis.forms import forms, normalise
from gia_analysis.reading.align import Reading, align, complete
from gia_analysis.reading.cells import AlignedTable
from gia_analysis.reading.flow import Flow, Token, read_flow
from gia_analysis.reading.loose import free_cells
from gia_analysis.reading.metadata import read_metadata
from gia_analysis.reading.prose import read_figures
from gia_analysis.reading.recognised import RECOGNISED
from gia_analysis.reading.regions import find_regions
from gia_analysis.reading.sections import read_sections
from gia_analysis.reading.splitting import split_reports
from gia_analysis.reading.templates import Templates
from gia_analysis.records import Cell, Issue, ReportFacts, Section
from gia_analysis.report import Report
from gia_analysis.schema import Kind, Status

_LEAST_CHAPTERS = 3
_templates = Templates()
_COUNTS = {kind: f"cells_{kind.value}" for kind in Kind}
_SERIOUS = frozenset(
    {
        "LABEL_MISSING", "TABLE_MISSING", "BLANKS_LOST", "COLUMNS_UNKNOWN", "LABEL_LOST", "ROW_TOO_LONG", "FIGURE_UNUSED", "TABLE_TWICE",
        "BYTES_UNREADABLE", "PAGES_UNREADABLE",
    }
)  # fmt: skip


def read_report(path: str | Path) -> Report:
    """Read a file that holds one report, of any format, in this process and without a limit of time or memory.

    ``read_reports`` reads in processes of their own, which a hostile file cannot break out of.

    Returns:
        The report with every cell of its statutory tables, its chapters, and what it says of itself.

    Raises:
        DocumentError: the file cannot be turned into text and tables; the message says what it is.
        NotAReportError: nothing in it looks like a disclosure report, or it holds several; the message says which.
        OSError: the file cannot be opened.
    """
    reports = interpret(read_document(path))
    if len(reports) > 1:
        names = ", ".join(f"{report.agency or '?'} {report.year or '?'}" for report in reports[:5])
        raise NotAReportError(
            f"{path} holds {len(reports)} reports ({names}): read them with read_reports({str(path)!r})"
        )
    return reports[0]


def interpret(document: Document) -> tuple[Report, ...]:
    """Read a document as a report, or as several where it holds several.

    Raises:
        NotAReportError: nothing in it looks like a disclosure report.
    """
    flows, document = _reports_in(document)
    if len(flows) == 1:
        return (_interpret(flows[0], document, document.sha256[:16]),)
    return tuple(
        _interpret(flow, document, f"{document.sha256[:16]}-{number}") for number, flow in enumerate(flows, start=1)
    )


def read_cells(document: Document) -> tuple[Cell, ...]:
    """Return the cells of all reports in a document, those that ``interpret`` gives, in a third of its time or less.

    A report whose statutory tables are missing adds none; that they are is not told.

    Raises:
        NotAReportError: nothing in it looks like a disclosure report.
    """
    filled = _templates.read(document, _cells_of_one)
    if filled is not None:
        return filled
    flows, document = _reports_in(document)
    cells: list[Cell] = []
    for flow in flows:
        found = _cells_in(flow)
        cells += found
        if not found:
            _interpret(flow, document, "")  # tells by its chapters whether it is a report at all
    return tuple(cells)


def _cells_of_one(document: Document) -> Sequence[Cell] | None:
    """Return the cells of the report in a document; None where it holds several."""
    flows, _ = _reports_in(document)
    return _cells_in(flows[0]) if len(flows) == 1 else None


def _cells_in(flow: Flow) -> Sequence[Cell]:
    tables, _ = _tables_in(flow)
    return [cell for table in tables for cell in table.cells]


def _reports_in(document: Document) -> tuple[list[Flow], Document]:
    """Return the flow of each report in a document, and the document with what it says of them all."""
    flows = split_reports(free_cells(read_flow(document)))
    if len(flows) > 1:
        document = replace(document, properties=())  # what it says outside its text is said of one of them, or of none
    return flows, document


def _tables_in(flow: Flow) -> tuple[list[AlignedTable], list[Issue]]:
    return _settle([align(region) for region in find_regions(flow)])


def _interpret(flow: Flow, document: Document, report_id: str) -> Report:
    tables, issues = _tables_in(flow)
    sections = read_sections(flow)
    facts = read_metadata(flow, sections, document.source, document.properties)
    form = _form_of(tables, flow)
    if not tables and form is None:
        _require_chapters(flow, sections, facts)
    issues = [issue for table in tables for issue in table.issues] + issues + _missing_tables(tables)
    if document.undecoded:
        issues.append(Issue("BYTES_UNREADABLE", message=f"{document.encoding}: {document.undecoded}"))
    if document.unread_pages:
        issues.append(Issue("PAGES_UNREADABLE", message=", ".join(map(str, document.unread_pages))))
    counts = _counts(flow, tables)
    status, message = _status(tables, form, issues, counts["cells_ambiguous"])
    return Report(
        facts=ReportFacts(
            report_id=report_id,
            source=document.source,
            sha256=document.sha256,
            format=document.format,
            encoding=document.encoding,
            status=status,
            message=message,
            form=form,
            labels_expected=sum(table.labels_expected for table in tables),
            labels_found=sum(table.labels_found for table in tables),
            **counts,  # type: ignore[arg-type]
            **facts,  # type: ignore[arg-type]
        ),
        cell_list=tuple(cell for table in tables for cell in table.cells),
        section_list=sections,
        figure_list=read_figures(sections),
        issue_list=tuple(issues),
    )


def _settle(candidates: Iterable[Sequence[Reading]]) -> tuple[list[AlignedTable], list[Issue]]:
    """Choose one reading for each region: by its own labels, else the form of the other tables, else the newest.

    A table that is printed twice is taken where more of its labels were found. A cell in which the two differ has no
    value: which of them counts is not ours to say.
    """
    readings = [found for found in candidates if found]
    votes = Counter(found[0].index.form.id for found in readings if len(found) == 1 and found[0].knows_columns)
    chosen: dict[str, AlignedTable] = {}
    issues: list[Issue] = []
    for found in readings:
        reading = max(found, key=lambda each: (votes[each.index.form.id], each.index.form.first_year))
        table = complete(reading, columns_known=_knows_columns(reading, found, votes))
        code = table.index.table.code
        known = chosen.get(code)
        if known is not None:
            better, other = (known, table) if known.score >= table.score else (table, known)
            differing = _contradict(better, other)
            issues.append(Issue("TABLE_TWICE", code, message=f"{differing} cells differ" if differing else None))
            table = better
        chosen[code] = table
    return list(chosen.values()), issues


def _knows_columns(reading: Reading, rivals: Sequence[Reading], votes: Mapping[str, int]) -> bool:
    """Tell whether the columns of a table are known: by its head, or by the form that all other tables have."""
    alike = {tuple(column.code for column in each.index.table.columns) for each in rivals}
    if reading.knows_columns and len(alike) == 1:
        return True
    return votes[reading.index.form.id] > 0 and len(+Counter(votes)) == 1


def _contradict(table: AlignedTable, other: AlignedTable) -> int:
    """Take the value from each cell of a table that another copy of it gives otherwise; return how many there are."""
    values = {(cell.row, cell.col): cell for cell in other.cells if cell.value is not None}
    differing = 0
    for position, cell in enumerate(table.cells):
        twin = values.get((cell.row, cell.col))
        if twin and cell.value is not None and twin.value != cell.value:
            table.cells[position] = _open(cell, twin)
            differing += 1
    return differing


def _open(cell: Cell, twin: Cell) -> Cell:
    return cell._replace(value=None, kind=Kind.AMBIGUOUS, raw=f"{cell.raw} | {twin.raw}", issue="TABLE_TWICE")


def _counts(flow: Flow, tables: Sequence[AlignedTable]) -> dict[str, int]:
    """Return how many cells there are of each kind, and how many lines of table text went into none."""
    kinds = [cell.kind for table in tables for cell in table.cells]
    printed = {item.at if item.line is None else item.line for item in flow if isinstance(item, Token) and item.label}
    unused = printed.difference(*(table.used for table in tables))
    counts = {name: kinds.count(kind) for kind, name in _COUNTS.items()}
    return {**counts, "table_lines": len(printed), "table_lines_unused": len(unused)}


def _form_of(tables: Sequence[AlignedTable], flow: Flow) -> str | None:
    found = {table.index.form.id for table in tables}
    if len(found) > 1:
        return "mixed"
    if found:
        return found.pop()
    printed = {normalise(item.text) for item in flow if len(item.text) < 60}
    for form in forms().values():
        if any(table.open_ended for table in form.tables) and any(
            normalise(text) in printed for text in form.signature
        ):
            return form.id
    return None


def _require_chapters(flow: Flow, sections: Sequence[Section], facts: dict[str, object]) -> None:
    chapters = {section.section for section in sections if section.title and section.level == 1}
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


def _status(
    tables: Sequence[AlignedTable], form: str | None, issues: Sequence[Issue], ambiguous: int
) -> tuple[Status, str | None]:
    if not tables:
        known = f"form {form}: its tables are not read" if form else "no statutory table was found"
        return Status.PARTIAL, f"{known}; the text was kept"
    serious = Counter(issue.code for issue in issues if issue.code in _SERIOUS)
    if serious:
        return Status.PARTIAL, ", ".join(f"{code} ×{count}" for code, count in sorted(serious.items()))
    told = [f"{ambiguous} cells ambiguous"] if ambiguous else []
    if any(issue.code == RECOGNISED for issue in issues):
        told.append("recognised in an image")
    return Status.PARTIAL if ambiguous else Status.OK, ", ".join(told) or None
