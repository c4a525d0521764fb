"""Reports as CSV, the way Excel exports a sheet: a joined cell has its text in its first place, all rows are as long."""

import csv
import io
from typing import Literal

from gia_analysis.simulation import Paper
from gia_analysis.simulation.grid import with_hidden

Delimiter = Literal[",", ";", "\t"]


def write(paper: Paper, *, delimiter: Delimiter = ",", encoding: str = "utf-8-sig") -> bytes:
    """Return a report as a CSV file.

    Args:
        paper: the report.
        delimiter: what parts the cells.
        encoding: of the file.
    """
    rows = [row for part in paper for row in ([[part]] if isinstance(part, str) else with_hidden(part))]
    width = max(map(len, rows))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([*row, *[""] * (width - len(row))] for row in rows)
    return stream.getvalue().encode(encoding)
