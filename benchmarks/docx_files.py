"""How fast Word documents become tidy cells, beside python-docx reading only the texts of the same tables.

Both read the same documents in turns: those that python-docx writes, and the same as LibreOffice saves them (where it is
installed), whose markup is heavier. What each finds is counted in the cells of the statutory tables. ``--json`` prints the
figures for machines.
"""

import argparse
import json
import platform
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import docx
from measuring import Task, in_turns, markdown

from gia_analysis.documents import TableBlock, read_bytes
from gia_analysis.documents.docx import read
from gia_analysis.reading import interpret

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from writers.docx import write
from writers.office import originals_as
from writers.papers import Original, cells_of, originals

Rows = list[dict[str, object]]
Grid = list[list[str]]
_SETTLING = "not counted"
OURS, PART, THEIRS, OPENED = (
    "bytes to tidy cells",
    "document part alone",
    "python-docx, rows",
    "python-docx, opening alone",
)


def grids_of_python_docx(data: bytes) -> list[Grid]:
    """Read the grid of every table, merged cells repeated, through the rows: the way that its documentation shows."""
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(BytesIO(data)).tables]


def grids_by_cells(data: bytes) -> list[Grid]:
    """Read the same through the list of cells that python-docx keeps for itself, which it makes once for a table."""
    grids = []
    for table in docx.Document(BytesIO(data)).tables:
        cells, width = table._cells, table._column_count
        grids.append([[cell.text for cell in cells[at : at + width]] for at in range(0, len(cells), width)])
    return grids


READERS: Mapping[str, Callable[[bytes], object]] = {
    OURS: lambda data: interpret(read_bytes(data, "report.docx")),
    PART: read,
    THEIRS: grids_of_python_docx,
    "python-docx, its own list of cells": grids_by_cells,
    OPENED: lambda data: docx.Document(BytesIO(data)),
}


def compare(files: Sequence[bytes], rounds: int) -> dict[str, float]:
    """Return the median seconds that each reader takes for one document."""

    def task(reader: Callable[[bytes], object]) -> Task:
        return lambda: [reader(data) for data in files]

    # What python-docx has freed in small pieces slows down whoever comes next: one run that does not count.
    candidates = {_SETTLING: task(READERS[OURS]), **{name: task(reader) for name, reader in READERS.items()}}
    spent = in_turns([candidates] * (rounds + 1))
    return {name: spent[name] / len(files) for name in READERS}


def count_right(papers: Sequence[Original], files: Sequence[bytes]) -> dict[str, int]:
    """Return how many cells of the forms there are, and how many are found by each.

    Figures are given to python-docx where the text of its grid stands at the place where the paper prints it.
    """
    known = right = texts = same = 0
    for original, data in zip(papers, files, strict=True):
        (report,) = interpret(read_bytes(data, "report.docx"))
        found = cells_of(report)
        known += len(original.cells)
        right += sum(found.get(key) == value for key, value in original.cells.items())
        ours = [block for block in read(data).blocks if isinstance(block, TableBlock)]
        for block, grid in zip(ours, grids_of_python_docx(data), strict=True):
            for row, theirs in zip(block.rows, grid, strict=True):
                texts += sum(not cell.absent for cell in row)
                same += sum(not cell.absent and cell.text == text for cell, text in zip(row, theirs, strict=False))
    return {"cells of forms": known, "read right": right, "texts in tables": texts, "the same with python-docx": same}


def measure(rounds: int) -> tuple[Rows, Rows]:
    papers = list(originals().values())
    kinds: dict[str, list[bytes]] = {"python-docx": [write(original.paper) for original in papers]}
    if shutil.which("soffice"):
        kinds["LibreOffice"] = list(originals_as("docx").values())
    speed: Rows = []
    correct: Rows = []
    for kind, files in kinds.items():
        spent = compare(files, rounds)
        speed += [
            {
                "written by": kind,
                "reader": name,
                "documents/s": 1 / each,
                "ms a document": 1000 * each,
                "time, ours = 1": each / spent[OURS],
            }
            for name, each in spent.items()
        ]
        correct.append({"written by": kind, "documents": len(files), **count_right(papers, files)})
    return speed, correct


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds: does it run?")
    parser.add_argument("--json", action="store_true", help="print JSON, not Markdown")
    chosen = parser.parse_args()
    speed, correct = measure(1 if chosen.quick else 9)
    measured = {"Word documents: speed": speed, "Word documents: what is found": correct}
    if chosen.json:
        print(json.dumps({"python": platform.python_version(), **measured}, ensure_ascii=False, indent=1))
        return
    print(f"Python {platform.python_version()}, {platform.machine()}; processor time on one core, medians\n")
    for title, rows in measured.items():
        print(markdown(title, rows))


if __name__ == "__main__":
    main()
