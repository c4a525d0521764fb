"""Rows of cells → tables and running text, where a file marks neither: sheets of workbooks and CSV.

A row with two texts or more is one of a table. A row with one is text if that reads like a sentence, or if no table
begins right below it; else it is the caption of that table, or a row whose other cells are blank.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gia_analysis.documents.model import Block, TableBlock, TextBlock, TextCell

_LONGEST_LABEL = 60  # characters of what may be a label; what is longer is text
_SENTENCE = "。；：！？"
_MOST_CAPTIONS = 4  # rows of captions above a table


@dataclass(slots=True)
class Row:
    """A row: its cells, and what is known of one that stands alone. A row of blanks is one of the table above it.

    ``reach`` is how many columns its first text is joined over; ``after_gap`` says that blank rows are above it;
    ``held`` that a cell joined over several rows reaches into it; ``filled`` are the columns that have a text.
    """

    cells: list[TextCell]
    reach: int = 1
    after_gap: bool = False
    held: bool = False
    filled: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.filled = [column for column, cell in enumerate(self.cells) if cell.text]

    @property
    def end(self) -> int:
        """The column behind its first text and what that is joined with."""
        filled = self.filled
        return filled[0] + self.reach if filled else 0

    @property
    def only(self) -> TextCell | None:
        """The one cell that has a text, if no other has."""
        filled = self.filled
        return self.cells[filled[0]] if len(filled) == 1 and not self.held else None

    @property
    def reads_like_text(self) -> bool:
        """Tell whether its only cell is a sentence or as long as one."""
        only = self.only
        if only is None:
            return False
        text = only.text.strip()
        return len(text) > _LONGEST_LABEL or "。" in text or text.endswith(tuple(_SENTENCE))


def divide(rows: Sequence[Row], page: int | None = None) -> Iterator[Block]:
    """Yield rows as tables and text. Columns that a table does not use are no part of it."""
    kinds = _kinds(rows, _spread(rows))
    start = 0
    for end in range(1, len(rows) + 1):
        if end < len(rows) and kinds[end] == kinds[start]:
            continue
        run = rows[start:end]
        yield _table(run, page) if kinds[start] else _text(run, page)
        start = end


def _spread(rows: Sequence[Row]) -> list[bool]:
    """Tell of each row whether its only cell is joined as far as the tables above and below it reach: a caption, or text.

    A label joined over several columns, beside which all figures are blank, reaches less far.
    """
    spread = [row.only is not None and row.reach > 1 for row in rows]
    above = below = 0
    for position, row in enumerate(rows):
        if row.only is not None and (row.after_gap or row.reads_like_text):
            above = 0
        if row.only is None and row.filled:
            above = max(above, row.filled[-1])
        spread[position] &= row.end > above
    for position in range(len(rows) - 1, -1, -1):
        row = rows[position]
        if row.only is None and row.filled:
            below = row.filled[-1]
        spread[position] &= row.end > below
    return spread


def _kinds(rows: Sequence[Row], spread: Sequence[bool]) -> list[bool]:
    """Tell of each row whether it is one of a table."""
    kinds: list[bool] = []
    for row, wide in zip(rows, spread, strict=True):
        blanks_beside = bool(kinds) and kinds[-1] and not (wide or row.after_gap or row.reads_like_text)
        kinds.append(row.only is None or blanks_beside)
    captions = _MOST_CAPTIONS
    for position in range(len(rows) - 2, -1, -1):
        if kinds[position]:
            captions = _MOST_CAPTIONS
        elif kinds[position + 1] and captions and not rows[position].reads_like_text:
            kinds[position] = True
            captions -= 1
    return kinds


def _text(rows: Sequence[Row], page: int | None) -> TextBlock:
    lines: list[str] = []
    numbers: list[int] = []
    for row in rows:
        for cell in filter(None, (row.only,)):
            for offset, line in enumerate(cell.text.split("\n")):
                lines.append(line)
                if cell.line is not None:
                    numbers.append(cell.line + offset)
    return TextBlock(tuple(lines), tuple(numbers) or None, page)


def _table(rows: Sequence[Row], page: int | None) -> TableBlock:
    used = sorted({column for row in rows for column in row.filled})
    printed = tuple(tuple(row.cells[column] for column in used) for row in rows)
    return TableBlock(printed, row_ends_known=True, blanks_kept=True, layout="grid", page=page, columns_known=True)
