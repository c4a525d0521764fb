"""A story of a Word document (its body, a header, a text box) → the paragraphs and tables that it prints, in order."""

from collections.abc import Callable, Iterable

from gia_analysis.documents.grid import GridBudget
from gia_analysis.documents.limits import DEEPEST_TABLE, require_at_most
from gia_analysis.documents.model import TableBlock
from gia_analysis.documents.package import Element
from gia_analysis.documents.word.lines import Line
from gia_analysis.documents.word.names import (
    ACROSS,
    BEFORE,
    CELL,
    CELL_DELETED,
    DELETED,
    DOWN,
    GRID,
    GRID_COLUMN,
    HIDDEN,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    ROW,
    RUN_PROPERTIES,
    SPAN,
    TABLE,
    VANISH,
    WIDTH,
    WRAPPERS,
    child,
    contents,
    is_on,
    value_of,
    whole_number,
    word,
)
from gia_analysis.documents.word.numbering import Numbering
from gia_analysis.documents.word.plain_tables import read_plain
from gia_analysis.documents.word.survey import Survey
from gia_analysis.documents.word.tables import CONTINUE, Piece, WordCell, WordRow, lay_out, part_in_merge, span_of

_PICTURE = "\ufffc"  # what Unicode puts where a text has an object

_ROW_PROPERTIES, _CELL_PROPERTIES = word("trPr"), word("tcPr")

__all__ = ["Piece", "Story"]


class Story:
    """Reads the stories of one document, which share its automatic numbers and the number of cells it may have."""

    def __init__(self, found: Survey, numbering: Numbering | None = None) -> None:
        self._hides = VANISH in found.names
        self._deletes = DELETED in found.names
        self._numbering = numbering
        self._contents: Callable[[Element], Iterable[Element]] = iter if found.names.isdisjoint(WRAPPERS) else contents
        self._budget = GridBudget()
        self._depth = 0
        self._nests = False  # whether a table in another was met

    def read(self, container: Element) -> list[Piece]:
        """Return the paragraphs that print anything, and the tables.

        Raises:
            LimitError: tables have too many cells, or nest too deeply.
        """
        pieces: list[Piece] = []
        begun = ""  # the text of paragraphs whose end was deleted, so that the next one goes on with it
        for element in self._contents(container):
            tag = element.tag
            if tag == PARAGRAPH:
                line = Line(element, hides=self._hides)
                begun += "" if line.is_entry else line.text
                properties = child(element, PARAGRAPH_PROPERTIES) if self._numbering or self._deletes else None
                if not (self._deletes and child(child(properties, RUN_PROPERTIES), DELETED) is not None):
                    _add(self._number(properties) + begun, pieces)
                    begun = ""
                if line.boxes or line.has_picture:
                    pieces += [piece for box in line.boxes for piece in self.read(box)] or [_PICTURE]
            elif tag == TABLE:
                pieces += self._table(element)
        _add(begun, pieces)
        return pieces

    def _number(self, properties: Element | None) -> str:
        return self._numbering.number_of(properties) if self._numbering else ""

    def _table(self, table: Element) -> list[Piece]:
        self._nests |= self._depth > 0
        self._depth += 1
        require_at_most(DEEPEST_TABLE, self._depth, "tables one in the other")
        rows, widths = (None if self._numbering else read_plain(table)) or self._rows(table)
        self._depth -= 1
        return lay_out(rows, widths, self._budget)

    def _rows(self, table: Element) -> tuple[list[WordRow], list[int]]:
        rows: list[WordRow] = []
        widths: list[int] = []
        for each in self._contents(table):
            if each.tag == ROW:
                rows += self._row(each)
            elif each.tag == GRID:
                widths = [whole_number(column.get(WIDTH), 0) for column in each.iterchildren(GRID_COLUMN)]
        return rows, widths

    def _row(self, row: Element) -> list[WordRow]:
        """Return a row, or none where it was deleted or is hidden."""
        cells: list[WordCell] = []
        before = 0
        for each in self._contents(row):
            if each.tag == CELL:
                cells += self._cell(each)
            elif each.tag == _ROW_PROPERTIES:
                if child(each, DELETED) is not None or is_on(each, HIDDEN):
                    return []
                before = whole_number(value_of(each, BEFORE), 0)
        return [WordRow(cells, before, self._nests and _has_table(cells))] if cells else []

    def _cell(self, cell: Element) -> list[WordCell]:
        """Return a cell, or none where it was deleted."""
        span, down, across = 1, None, False
        for each in next(cell.iterchildren(_CELL_PROPERTIES), ()):
            tag = each.tag
            if tag == SPAN:
                span = span_of(each)
            elif tag == DOWN:
                down = part_in_merge(each)
            elif tag == ACROSS:
                across = part_in_merge(each) == CONTINUE
            elif tag == CELL_DELETED:
                return []
        pieces = self.read(cell)
        if len(pieces) > 1:  # a picture beside text says nothing
            pieces = [piece for piece in pieces if piece != _PICTURE] or pieces[:1]
        return [WordCell(pieces, span, down, across)]


def _has_table(cells: Iterable[WordCell]) -> bool:
    return any(isinstance(piece, TableBlock) for cell in cells for piece in cell.pieces)


def _add(text: str, pieces: list[Piece]) -> None:
    if text and not text.isspace():
        pieces.append(text)
