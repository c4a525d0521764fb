"""Tables in which nothing unusual stands, as in most, read in one pass over the few elements that matter in them.

This is for speed alone: ``Story`` reads the same rows from the same tables.
"""

from dataclasses import dataclass, field

from gia_analysis.documents.package import Element
from gia_analysis.documents.word.lines import MARKS, RARE_IN_LINES
from gia_analysis.documents.word.names import (
    ACROSS,
    BEFORE,
    CELL,
    CELL_DELETED,
    DELETED,
    DOWN,
    GRID_COLUMN,
    HIDDEN,
    PARAGRAPH,
    ROW,
    SPAN,
    TABLE,
    TEXT,
    VALUE,
    VANISH,
    WIDTH,
    whole_number,
    word,
)
from gia_analysis.documents.word.tables import CONTINUE, WordCell, WordRow, part_in_merge, span_of

_UNUSUAL = (
    *(TABLE, DELETED, CELL_DELETED, HIDDEN, VANISH, *RARE_IN_LINES),
    *(word(name) for name in ("moveFrom", "tabs", "tcPrChange", "trPrChange", "tblGridChange")),
)
_LOOKED_AT = (TEXT, PARAGRAPH, CELL, ROW, SPAN, DOWN, ACROSS, BEFORE, GRID_COLUMN, *MARKS, *_UNUSUAL)


@dataclass(slots=True)
class _Cell:
    lines: list[str] = field(default_factory=list)
    span: int = 1
    down: str | None = None
    across: bool = False

    def read(self) -> WordCell:
        return WordCell([line for line in self.lines if line and not line.isspace()], self.span, self.down, self.across)


@dataclass(slots=True)
class _Row:
    cells: list[_Cell] = field(default_factory=list)
    before: int = 0

    def read(self) -> WordRow:
        return WordRow([cell.read() for cell in self.cells], self.before, has_table=False)


def read_plain(table: Element) -> tuple[list[WordRow], list[int]] | None:
    """Return the rows of a table and the widths of its columns; None where anything unusual stands in it."""
    rows: list[_Row] = []
    widths: list[int] = []
    row, cell = _Row(), _Cell()  # what stands before the first row and cell is in none
    elements = table.iter(*_LOOKED_AT)
    next(elements)  # the table itself
    for element in elements:
        tag = element.tag
        if tag == TEXT and cell.lines:
            cell.lines[-1] += element.text or ""
        elif tag == PARAGRAPH:
            cell.lines.append("")
        elif tag == CELL:
            cell = _Cell()
            row.cells.append(cell)
        elif tag == SPAN:
            cell.span = span_of(element)
        elif tag == DOWN:
            cell.down = part_in_merge(element)
        elif tag == ROW:
            row, cell = _Row(), _Cell()
            rows.append(row)
        elif tag == GRID_COLUMN:
            widths.append(whole_number(element.get(WIDTH), 0))
        elif tag in MARKS and cell.lines:
            cell.lines[-1] += MARKS[tag]
        elif tag == BEFORE:
            row.before = whole_number(element.get(VALUE), 0)
        elif tag == ACROSS:
            cell.across = part_in_merge(element) == CONTINUE
        else:
            return None
    return [row.read() for row in rows if row.cells], widths
