"""What tests of formats look at in a document: its lines, its tables, and their order."""

from gia_analysis.documents import Content, TableBlock, TextBlock


def lines_of(content: Content) -> list[str]:
    return [line for block in content.blocks if isinstance(block, TextBlock) for line in block.lines]


def tables_of(content: Content) -> list[list[list[str]]]:
    """Return the texts of the cells of each table; ``-`` where there is no cell of its own."""
    return [
        [["-" if cell.absent else cell.text for cell in row] for row in block.rows]
        for block in content.blocks
        if isinstance(block, TableBlock)
    ]


def order_of(content: Content) -> list[str]:
    """Return the first text of each line or table in the order in which they come."""
    return [
        text
        for block in content.blocks
        for text in (list(block.lines) if isinstance(block, TextBlock) else [f"table {block.rows[0][0].text}"])
    ]
