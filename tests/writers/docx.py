"""Reports as Word documents, written with python-docx; and small documents with a body in XML of one's own."""

import io
from collections.abc import Callable, Sequence

from docx import Document as new_document
from docx.document import Document
from docx.oxml import parse_xml
from docx.table import Table
from docx.text.paragraph import Paragraph

from gia_analysis.simulation import Grid, Paper

Change = Callable[[Document], None]

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)


def write(paper: Paper, *changes: Change) -> bytes:
    """Return a paper as a DOCX file; each of ``changes`` is made to the document before it is saved."""
    document = new_document()
    for piece in paper:
        if isinstance(piece, str):
            document.add_paragraph(piece)
        else:
            fill(document.add_table(len(piece), _width(piece), style="Table Grid"), piece)
    for change in changes:
        change(document)
    return saved(document)


def write_xml(body: str, numbering: str = "", *changes: Change) -> bytes:
    """Return a DOCX file whose body, and what it adds to the numberings, is XML with the usual prefixes."""
    document = new_document()
    end = document.element.body.sectPr
    for element in list(parse_xml(f"<w:body {_NAMESPACES}>{body}</w:body>")):
        end.addprevious(element)
    if numbering:
        set_numberings(document, numbering)
    for change in changes:
        change(document)
    return saved(document)


def saved(document: Document) -> bytes:
    """Return the bytes of a document."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def fill(table: Table, grid: Grid) -> None:
    """Print a grid into a table, cells merged both ways. A row that prints fewer cells than others ends early."""
    rows = [row.cells for row in table.rows]
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(grid):
        column = 0
        for cell in row:
            while (number, column) in taken:
                column += 1
            below, right = number + cell.rows - 1, column + cell.columns - 1
            taken |= {(each, other) for each in range(number, below + 1) for other in range(column, right + 1)}
            place = rows[number][column]
            if (below, right) != (number, column):
                place = place.merge(rows[below][right])
            place.text = cell.text
            column = right + 1
    for number, row in enumerate(table.rows):
        printed = sum(1 for each, _ in taken if each == number)
        for cell in row._tr.tc_lst[::-1]:
            if cell.grid_offset >= printed:
                row._tr.remove(cell)


def p(text: str, properties: str = "") -> str:
    """Return a paragraph in XML."""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(content: str = "<w:p/>", properties: str = "") -> str:
    """Return a cell in XML, of a text or of XML."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """Return a row in XML."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, widths: Sequence[int] = ()) -> str:
    """Return a table in XML; ``widths`` are those that it declares for its columns, in twentieths of a point."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def set_numberings(document: Document, numbering: str) -> None:
    """Put numberings, in XML, in the place of those that a document has."""
    numberings = document.part.numbering_part.element
    for element in list(numberings):
        numberings.remove(element)
    for element in list(parse_xml(f"<w:numbering {_NAMESPACES}>{numbering}</w:numbering>")):
        numberings.append(element)


def number(paragraph: Paragraph, list_id: int, text: str) -> None:
    """Let Word number a paragraph by itself, and print the rest of its text."""
    paragraph.text = text
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = list_id
    properties.get_or_add_ilvl().val = 0


def _width(grid: Grid) -> int:
    return max(sum(cell.columns for cell in row) for row in grid)
