"""Plain text: crawled pages whose tables were flattened.

Three flattenings are recognised, each from the text itself and piece by piece, so that one file may mix them:

- ``A``: a cell is one or more lines, followed by a line holding only ``|``; row ends are not marked.
- ``B``: a cell begins with a TAB and may go on in the next lines; an empty line ends the row.
- ``C``: a row is one line of cells joined by ``|``, filled up with empty cells at its end.
"""

from collections.abc import Iterator, Sequence

from gia_analysis.documents.model import Block, TableBlock, TextBlock, TextCell, TextLine

_LONGEST_CELL_LINES = 3
_LONGEST_CELL_LINE = 80


def read_text(text: str) -> tuple[Block, ...]:
    """Return the blocks of a plain text: its running text and its flattened tables, in order."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    blocks: list[Block] = []
    pending: list[TextLine] = []
    position = 0
    while position < len(lines):
        found = _table_at(lines, position)
        if found is None:
            pending.append(TextLine(lines[position], position + 1))
            position += 1
            continue
        block, position = found
        if pending:
            blocks.append(TextBlock(tuple(pending)))
            pending = []
        blocks.append(block)
    if pending:
        blocks.append(TextBlock(tuple(pending)))
    return tuple(blocks)


def _table_at(lines: Sequence[str], start: int) -> tuple[TableBlock, int] | None:
    line = lines[start]
    if line.startswith("\t"):
        return _read_tabs(lines, start)
    if _is_bar(line) or (line.strip() and start + 1 < len(lines) and _is_bar(lines[start + 1])):
        return _read_bars(lines, start)
    if "|" in line:
        return _read_rows(lines, start)
    return None


def _is_bar(line: str) -> bool:
    return line.strip() == "|"


def _read_bars(lines: Sequence[str], start: int) -> tuple[TableBlock, int] | None:
    """Layout A: everything up to a line with a bar is a cell, as long as it is short enough to be one."""
    cells: list[TextCell] = []
    end = position = start
    while (bar := _next_bar(lines, position)) is not None:
        content = [(index, lines[index]) for index in range(position, bar) if lines[index].strip()]
        first = content[0][0] if content else bar
        cells.append(TextCell("\n".join(text for _, text in content), first + 1))
        end = position = bar + 1
    if not cells:
        return None
    return TableBlock((tuple(cells),), row_ends_known=False, blanks_kept=True, layout="A"), end


def _next_bar(lines: Sequence[str], position: int) -> int | None:
    content = 0
    for index in range(position, len(lines)):
        line = lines[index]
        if _is_bar(line):
            return index
        if "|" in line or line.startswith("\t"):
            return None
        content += bool(line.strip())
        if content > _LONGEST_CELL_LINES or len(line) > _LONGEST_CELL_LINE:
            return None
    return None


def _read_tabs(lines: Sequence[str], start: int) -> tuple[TableBlock, int]:
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
            row[-1] = TextCell(f"{row[-1].text}\n{line}", row[-1].line)
        else:
            break
        position += 1
        if row or line.startswith("\t"):
            end = position
    if row:
        rows.append(tuple(row))
    return TableBlock(tuple(rows), row_ends_known=True, blanks_kept=True, layout="B"), end


def _read_rows(lines: Sequence[str], start: int) -> tuple[TableBlock, int]:
    """Layout C: a line is a row. Whether blanks were kept shows in a blank that stands before a figure."""
    rows: list[tuple[TextCell, ...]] = []
    position = start
    while position < len(lines) and "|" in lines[position] and not _is_bar(lines[position]):
        rows.append(tuple(TextCell(text.strip(" "), position + 1) for text in _split_row(lines[position])))
        position += 1
    blanks_kept = any(_has_inner_blank(row) for row in rows)
    return TableBlock(tuple(rows), row_ends_known=True, blanks_kept=blanks_kept, layout="C"), position


def _split_row(line: str) -> Iterator[str]:
    parts = line.split("|")
    if not parts[-1].strip():
        parts.pop()
    yield from parts


def _has_inner_blank(row: Sequence[TextCell]) -> bool:
    filled = [bool(cell.text.strip()) for cell in row]
    return any(not here and any(filled[index + 1 :]) for index, here in enumerate(filled))
