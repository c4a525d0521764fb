"""How fast tables in PDF files become tidy cells, side by side with pdfplumber on the same files, and how many are right.

``--quick`` is a smoke test. Ratios are to be trusted, seconds are this machine's.
"""

import argparse
import io
import logging
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import pdfplumber
import pypdfium2_raw as pdfium
from measuring import Task, in_turns, markdown

from gia_analysis.documents import read_bytes
from gia_analysis.documents.pdf.fonts import Font, use
from gia_analysis.reading import interpret
from writers.papers import Original, originals
from writers.pdf import page_of, print_page, write

Rows = list[dict[str, object]]
Makers = Mapping[str, Callable[[Original], bytes]]

KINDS: Makers = {
    "reportlab": lambda original: write(original.paper, embedded=True),
    "reportlab, over many pages": lambda original: write(original.paper, embedded=True, rows_a_page=9),
    "reportlab, font not in the file": lambda original: write(original.paper),
    "a browser's print": lambda original: print_page(page_of(original.paper)),
}
NAMES = ("full_2021", "2020-tongji-subdistrict", "2020-xushui-government-office", "2020-qujiang-office-affairs-centre")


def cells(data: bytes) -> object:
    return interpret(read_bytes(data, "report.pdf"))


def blocks(data: bytes) -> object:
    return read_bytes(data, "report.pdf")


def raw_tables(data: bytes) -> list[list[list[str | None]]]:
    """Return the tables that pdfplumber finds by the lines."""
    with pdfplumber.open(io.BytesIO(data)) as file:
        return [table for page in file.pages for table in page.extract_tables()]


def bare_text(data: bytes) -> object:
    """Return how many characters PDFium finds on each page: what no reader that uses it can do without."""
    counts = []
    with use(Font.MARKS):
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        for number in range(pdfium.FPDF_GetPageCount(document)):
            page = pdfium.FPDF_LoadPage(document, number)
            text = pdfium.FPDFText_LoadPage(page)
            counts.append(pdfium.FPDFText_CountChars(text))
            pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(page)
        pdfium.FPDF_CloseDocument(document)
    return counts


CANDIDATES: Mapping[str, Callable[[bytes], object]] = {
    "cells": cells,
    "blocks": blocks,
    "pdfplumber": raw_tables,
    "bare text": bare_text,
}


def compare(rounds: int, names: Sequence[str]) -> Rows:
    """Time each way on the same files in turns; count the cells that ours and pdfplumber's tables hold rightly."""
    rows: Rows = []
    for kind, make in KINDS.items():
        files = [(originals()[name], make(originals()[name])) for name in names]
        spent = in_turns([{way: _task(way, files) for way in CANDIDATES} for _ in range(rounds + 1)])
        each = {way: 1000 * seconds / len(files) for way, seconds in spent.items()}
        rows.append(
            {
                "PDF": kind,
                "ms to cells": each["cells"],
                "of it to blocks": each["blocks"],
                "ms pdfplumber": each["pdfplumber"],
                "ms bare PDFium": each["bare text"],
                "times as fast": each["pdfplumber"] / each["cells"],
                "cells right %": _share(files, _right),
                "pdfplumber: printed cells in its tables %": _share(files, _found_by_pdfplumber),
            }
        )
    return rows


def _task(way: str, files: Sequence[tuple[Original, bytes]]) -> Task:
    return lambda: [CANDIDATES[way](data) for _, data in files]


def _share(files: Sequence[tuple[Original, bytes]], count: Callable[[Original, bytes], tuple[int, int]]) -> float:
    counts = [count(original, data) for original, data in files]
    return 100 * sum(right for right, _ in counts) / sum(every for _, every in counts)


def _right(original: Original, data: bytes) -> tuple[int, int]:
    (report,) = interpret(read_bytes(data, "report.pdf"))
    found = {(cell.table, cell.row, cell.col): (cell.value, cell.kind) for cell in report.cell_list}
    return sum(found.get(key) == cell for key, cell in original.cells.items()), len(original.cells)


def _found_by_pdfplumber(original: Original, data: bytes) -> tuple[int, int]:
    """Return how many rows of figures as printed are rows of its tables, counted in cells."""
    tables = [
        tuple("".join((cell or "").split()) for cell in row if cell) for table in raw_tables(data) for row in table
    ]
    right = every = 0
    for row in _rows_of(original):
        every += len(row)
        right += len(row) if any(found[-len(row) :] == row for found in tables) else 0
    return right, every


def _rows_of(original: Original) -> Iterator[tuple[str, ...]]:
    for part in original.paper:
        if not isinstance(part, str):
            for row in part:
                figures = tuple("".join(cell.text.split()) for cell in row if cell.type and cell.text)
                if figures:
                    yield figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few files: does it run?")
    chosen = parser.parse_args()
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # pdfplumber's parser warns of every font
    rows = compare(1 if chosen.quick else 5, NAMES[:1] if chosen.quick else NAMES)
    print(markdown("PDF with ruling lines (bytes → tidy cells), processor time a file", rows))


if __name__ == "__main__":
    main()
