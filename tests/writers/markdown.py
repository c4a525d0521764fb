"""Reports as Markdown: its own tables, with the bars lined up or not, or tables in HTML as converters leave them."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Literal, get_args

from gia_analysis.simulation import Grid, Paper
from gia_analysis.simulation.grid import with_hidden
from writers.html import table_of

Manner = Literal["bars", "aligned", "html"]
MANNERS: Sequence[Manner] = get_args(Manner)


def write(paper: Paper, manner: Manner = "bars", encoding: str = "utf-8") -> bytes:
    """Return a paper as Markdown: the first line a title, chapters headings of the second level."""
    parts = [
        _paragraph(part, number) if isinstance(part, str) else _table(part, manner) for number, part in enumerate(paper)
    ]
    return "\n\n".join(parts).encode(encoding)


def _paragraph(text: str, number: int) -> str:
    if number == 0 and len(text) < 60:
        return f"# {text}"
    if text[:1] in "一二三四五六七八" and text[1:2] == "、" and len(text) < 40:
        return f"## **{text}**"
    return text.replace("*", "\\*").replace("_", "\\_")


def _table(grid: Grid, manner: Manner) -> str:
    if manner == "html":
        return table_of(grid)
    rows = [[text.replace("|", "\\|").replace("\n", "<br>") for text in row] for row in with_hidden(grid)]
    columns = zip_longest(*rows, fillvalue="")
    widths = [max(map(len, column)) if manner == "aligned" else 0 for column in columns]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
    rule = "|" + "|".join("-" * max(3, size) for size in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])
