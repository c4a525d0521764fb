"""Where a table is a true grid: the figures of a row by the columns in which the heads stand, and by what follows its label.

Either may be wrong: a head may span fewer columns than the labels below it, a row may have a cell too many before its
figures. Where both could be right and differ, no figure is placed.
"""

from collections.abc import Sequence
from itertools import dropwhile
from typing import NamedTuple

from gia_analysis.reading.flow import Token
from gia_analysis.reading.walk import PrintedRow

Cells = list[Token | None]


class HeadColumns(NamedTuple):
    """The columns in which the heads of figures stand, in the block that holds them.

    ``in_order`` says that they stand there as on the form; where they do not, only they tell a figure's column.
    """

    block: int
    columns: list[int]
    in_order: bool


def columns_of_heads(heads: Sequence[Token | None], rows: Sequence[PrintedRow]) -> HeadColumns | None:
    """Return the column of each head of a figure; None where one is missing or labels of rows reach into them."""
    found = [head for head in heads if head and head.shape.columns_known]
    columns = [head.column for head in found]
    if len(found) != len(heads) or len({head.at[0] for head in found}) != 1 or len(set(columns)) != len(columns):
        return None
    block = found[0].at[0]
    labels = [row.label.column for row in rows if row.label.at[0] == block]
    if max(labels, default=-1) >= min(columns):
        return None
    return HeadColumns(block, columns, columns == sorted(columns))


def place_in_grid(row: PrintedRow, values: Sequence[Token], heads: HeadColumns | None, width: int) -> Cells | None:
    """Return the cells of a row by column, None for each that is not printed; None as a whole where that is not certain.

    Args:
        row: the row.
        values: its cells without unit and number.
        heads: the columns of the heads, if they are known.
        width: how many columns of figures there are.
    """
    in_block = heads is not None and heads.block == row.label.at[0]
    if heads and in_block and heads.in_order and [token.column for token in values] == heads.columns:
        return [None if token.absent else token for token in values]
    following = list(dropwhile(_is_absent, values))
    printed = [token for token in values if token.label]
    by_label: Cells | None = [*following] if len(following) == width and (heads is None or heads.in_order) else None
    by_head = _at(heads.columns, values) if heads and in_block else None
    if by_head is not None and len(_printed(by_head)) < len(printed):
        by_head = None
    if by_label is not None and by_head is not None and _where_printed(by_label) != _where_printed(by_head):
        return None
    placed = by_head or by_label or (None if printed else [None] * width)
    return placed and [None if token is None or token.absent else token for token in placed]


def _is_absent(token: Token) -> bool:
    return token.absent


def _at(columns: Sequence[int], values: Sequence[Token]) -> Cells:
    by_column = {token.column: token for token in values}
    return [by_column.get(column) for column in columns]


def _printed(cells: Cells) -> Cells:
    return [token for token in cells if token and token.label]


def _where_printed(cells: Cells) -> Cells:
    return [token if token and token.label else None for token in cells]
