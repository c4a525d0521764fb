"""Tables printed alike but for their figures: which cell is which is worked out once, and then only filled in.

Most reports are an official table that an agency filled in, so that thousands have one outline. A template made of one
document of an outline reads all others.

A template is found by experiment. The reader reads the tables with a different figure in each place for one, then with
no figure at all, then with the same small one everywhere. Only if the same cells come of all three, and every figure as
it was printed, is the place of each cell independent of what the others hold. Which cells may have a fraction or a minus
is tried last. What a template cannot fill in as the reader would, for whatever reason, is left to the reader.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, repeat
from typing import Any, NamedTuple

from gia_analysis.documents import Block, Document, TableBlock, TextCell
from gia_analysis.reading.outlines import Outline, is_figure, outline_of
from gia_analysis.records import Cell
from gia_analysis.schema import Kind

Read = Callable[[Document], Sequence[Cell] | None]

_MOST_TEMPLATES, _MOST_SEEN, _MOST_PLACED = 200, 2_000, 8
_LONGEST_FIGURE = 18
_FIRST_FIGURE, _SMALL_FIGURE = 10_001, "7"
_MINUS, _POINT = "-", "."
_WITH_SIGN = {_MINUS: "-7", _POINT: "7.5"}

_new_cell = tuple.__new__  # what ``Cell(...)`` calls in the end: half the time for hundreds of cells a report


class _Slot(NamedTuple):
    """Where a figure stands: the number of its cell, what it may have besides digits, and what is before and behind it.

    Behind it is the number of the block, then what is always the same.
    """

    number: int
    signs: str
    before: tuple[str, str, str, str]
    unit: str | None
    behind: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """The cells of documents that have one outline.

    ``cells`` are those of one without figures; each ``block`` is the number of a table in the outline. Of each cell that may
    have a figure, ``positions`` gives the number of its text in the outline, and ``signs`` the number of the cell and what
    its figure may have besides digits.
    """

    cells: Sequence[Cell]
    positions: Sequence[int]
    signs: Sequence[tuple[int, str]]
    _placed: dict[tuple[int, ...], tuple[Sequence[Cell], Sequence[_Slot]]] = field(default_factory=dict)

    def fill(self, outline: Outline) -> tuple[Cell, ...] | None:
        """Return the cells with the figures of a document; None where one is none that the reader would take."""
        blank, slots = self._placed.get(outline.tables) or self._place(outline.tables)
        cells, kind = list(blank), Kind.NUMBER
        figures = map(outline.texts.__getitem__, self.positions)
        for text, (number, signs, before, unit, behind) in zip(figures, slots, strict=True):
            if not text:
                continue
            if len(text) > _LONGEST_FIGURE or not (text.isdecimal() or _sign_of(text) in signs):
                return None
            cells[number] = _new_cell(Cell, (*before, float(text), unit, kind, text, *behind))
        return tuple(cells)

    def _place(self, tables: tuple[int, ...]) -> tuple[Sequence[Cell], Sequence[_Slot]]:
        """Return the cells and where figures stand in them, for documents whose tables are the blocks of these numbers."""
        cells = [cell if cell.block is None else cell._replace(block=tables[cell.block]) for cell in self.cells]
        slots = [
            _Slot(number, signs, cells[number][:4], cells[number].unit, cells[number][8:])
            for number, signs in self.signs
        ]
        _make_room(self._placed, _MOST_PLACED)
        self._placed[tables] = cells, slots
        return cells, slots


class Templates:
    """The templates of the last few hundred outlines that were met more than once."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Template | None] = {}
        self._seen: dict[int, None] = {}

    def read(self, document: Document, read: Read) -> tuple[Cell, ...] | None:
        """Return the cells of the statutory tables in a document; None where there is no template for it.

        Args:
            document: the document.
            read: what reads a document without one; it returns None where it is not one report with tables.
        """
        outline = outline_of(document)
        if outline is None or not (outline.key in self._made or self._comes_again(hash(outline.key))):
            return None
        if outline.key not in self._made:
            _make_room(self._made, _MOST_TEMPLATES)
            self._made[outline.key] = _template_of(document, outline, read)
        template = self._made.get(outline.key)
        return template.fill(outline) if template else None

    def _comes_again(self, digest: int) -> bool:
        """Tell whether there was such a document before: one of a kind is not worth a template."""
        if digest in self._seen:
            return True
        _make_room(self._seen, _MOST_SEEN)
        self._seen[digest] = None
        return False


def _make_room(kept: dict[Any, Any], most: int) -> None:
    """Drop what has been kept longest where there is no room for more."""
    if len(kept) >= most:
        kept.pop(next(iter(kept)), None)


def _template_of(document: Document, outline: Outline, read: Read) -> Template | None:
    """Find the template of an outline by experiments on one document that has it."""
    figures = [str(figure) for figure, _ in zip(count(_FIRST_FIGURE), outline.texts, strict=False)]
    different = read(_with_figures(document, outline, iter(figures)))
    empty = read(_with_figures(document, outline, repeat("")))
    same = read(_with_figures(document, outline, repeat(_SMALL_FIGURE)))
    if not (different and empty and same) or not len(different) == len(empty) == len(same):
        return None
    signed = {
        sign: set(read(_with_figures(document, outline, repeat(text))) or ()) for sign, text in _WITH_SIGN.items()
    }
    positions = {figure: position for position, figure in enumerate(figures)}
    numbers = {number: table for table, number in enumerate(outline.tables)}
    cells: list[Cell] = []
    places: list[tuple[int, tuple[int, str]]] = []
    for filled, blank, small in zip(different, empty, same, strict=True):
        if not filled == blank == small:
            if filled.raw not in positions or filled.block is None or not _differ_by_figure_alone(filled, blank, small):
                return None
            signs = "".join(sign for sign, text in _WITH_SIGN.items() if _with(small, text) in signed[sign])
            places.append((positions[filled.raw], (len(cells), signs)))
        cells.append(blank if blank.block is None else blank._replace(block=numbers[blank.block]))
    template = Template(cells, [position for position, _ in places], [signs for _, signs in places])
    as_read = read(document)
    return template if as_read and template.fill(outline) == tuple(as_read) else None


def _differ_by_figure_alone(filled: Cell, blank: Cell, small: Cell) -> bool:
    return (
        filled == _with(small, filled.raw)
        and small == _with(small, _SMALL_FIGURE)
        and blank == small._replace(value=None, kind=Kind.BLANK, raw="")
    )


def _with(cell: Cell, figure: str) -> Cell:
    return cell._replace(value=float(figure), kind=Kind.NUMBER, raw=figure)


def _sign_of(figure: str) -> str:
    return _MINUS if figure[0] == _MINUS else _POINT


def _with_figures(document: Document, outline: Outline, figures: Iterator[str]) -> Document:
    """Return a document with other figures in its tables, one for every cell that has one or is blank."""
    blocks: list[Block] = list(document.blocks)
    for number in outline.tables:
        block = blocks[number]
        assert isinstance(block, TableBlock)
        rows = tuple(tuple(_with_figure(cell, next(figures)) for cell in row) for row in block.rows)
        blocks[number] = replace(block, rows=rows)
    return replace(document, blocks=tuple(blocks))


def _with_figure(cell: TextCell, figure: str) -> TextCell:
    return cell._replace(text=figure) if not cell.absent and (not cell.text or is_figure(cell.text)) else cell
