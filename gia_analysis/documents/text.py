"""Plain text: crawled pages whose tables were flattened.

The flattening is recognised from the text itself and piece by piece, so that one file may mix them: cells parted by
bars (``bars.py``), and two with TABs:

- ``B``: a cell begins with a TAB and may go on in the next lines; an empty line ends the row.
- ``T``: a row is one line of cells joined by TABs, as spreadsheets and word processors copy it.

A table whose cells stand one a line without any mark stays text here: only its labels tell that it is one.
"""

from collections.abc import Sequence

from gia_analysis.documents.bars import is_bar, read_bars
from gia_analysis.documents.encoding import decode
from gia_analysis.documents.model import Block, Content, TableBlock, TextBlock, TextCell
from gia_analysis.errors import DocumentError

_LEAST_TABBED_ROWS = 3
_MOST_EMPTY_LINES = 3


def read(data: bytes) -> Content:
    """Read the bytes of a plain text in whichever encoding.

    Raises:
        DocumentError: the bytes are text in no encoding known here.
    """
    decoded = decode(data)
    if not decoded.text.strip():
        raise DocumentError("the file is empty")
    return Content(read_text(decoded.text), decoded.encoding, decoded.undecoded)


def read_text(text: str) -> tuple[Block, ...]:
    """Return the blocks of a plain text: its running text and its flattened tables, in order."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    blocks: list[Block] = []
    pending: list[int] = []  # where lines of running text stand
    position = 0
    while position < len(lines):
        found = _tables_at(lines, position)
        if found is None:
            if lines[position] or not _ends_blank(lines, pending):
                pending.append(position)
            position += 1
            continue
        tables, position = found
        if pending:
            blocks.append(_text_block(lines, pending))
            pending = []
        blocks += tables
    if pending:
        blocks.append(_text_block(lines, pending))
    return tuple(blocks)


def _text_block(lines: Sequence[str], positions: Sequence[int]) -> TextBlock:
    return TextBlock(tuple(lines[each] for each in positions), tuple(each + 1 for each in positions))


def _ends_blank(lines: Sequence[str], positions: Sequence[int]) -> bool:
    """Tell whether lines end in so many empty ones that further ones say nothing."""
    last = positions[-_MOST_EMPTY_LINES:]
    return len(last) == _MOST_EMPTY_LINES and not any(lines[each] for each in last)


def _tables_at(lines: Sequence[str], start: int) -> tuple[list[TableBlock], int] | None:
    line = lines[start]
    if "\t" in line and "|" not in line:
        if (end := _end_of_tabbed_rows(lines, start)) - start >= _LEAST_TABBED_ROWS:
            return [_read_tabbed_rows(lines, start, end)], end
        return _read_tabs(lines, start) if line.startswith("\t") else None
    if "|" in line or (start + 1 < len(lines) and is_bar(lines[start + 1])):
        return read_bars(lines, start)
    return None


def _end_of_tabbed_rows(lines: Sequence[str], start: int) -> int:
    end = start
    while end < len(lines) and "\t" in lines[end].lstrip(" ")[1:] and "|" not in lines[end]:
        end += 1
    return end


def _read_tabbed_rows(lines: Sequence[str], start: int, end: int) -> TableBlock:
    rows = tuple(
        tuple(TextCell(text.strip(" "), number + 1) for text in lines[number].split("\t"))
        for number in range(start, end)
    )
    return TableBlock(rows, row_ends_known=True, blanks_kept=True, layout="T")


def _read_tabs(lines: Sequence[str], start: int) -> tuple[list[TableBlock], int]:
    """Layout B: a TAB opens a cell, a line without one goes on with it, an empty line ends the row."""
    rows: list[tuple[TextCell, ...]] = []
    row: list[TextCell] = []
    position = end = start
    while position < len(lines):
        line = lines[position]
        if line.startswith("\t"):
            row.append(TextCell(line[1:], position + 1))
        elif not line:
            if not row and position - end >= 1:
                break
            if row:
                rows.append(tuple(row))
                row = []
        elif row:
            begun = row[-1].text.strip()
            row[-1] = TextCell(f"{row[-1].text}\n{line}", row[-1].line) if begun else TextCell(line, position + 1)
        else:
            break
        position += 1
        if row or line.startswith("\t"):
            end = position
    if row:
        rows.append(tuple(row))
    return [TableBlock(tuple(rows), row_ends_known=True, blanks_kept=True, layout="B")], end
