"""Scans: how many printed figures come back right, how many wrong, and how long a page takes.

Both ways read the same images with the same models on one core. "Page OCR" is the plain use of the library: it finds the
lines of a page, reads them, and each goes into the cell of the ruled grid in which it lies, the rules being those that we
find; every figure counts. ``--seeds`` says how many scans of each report are read, ``--quick`` is a smoke test.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from measuring import markdown, seconds
from PIL import Image

from gia_analysis.documents import Document
from gia_analysis.documents.pages import Glyph, Page, read_pages
from gia_analysis.documents.scan import recognise
from gia_analysis.errors import GiaError
from gia_analysis.reading import interpret

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from writers.papers import Original, cells_of, originals
from writers.scan import SERIF, Scanner, scan

Reader = Callable[[Image.Image, int], Page]

SCANNERS: Mapping[str, Scanner] = {
    "300 dpi, grey paper": Scanner(dpi=300, paper=215, ink=70),
    "200 dpi": Scanner(),
    "200 dpi, serif, grainy": Scanner(font=SERIF, noise=10, quality=50),
    "150 dpi, serif, soft": Scanner(font=SERIF, dpi=150, noise=8, blur=0.8, quality=60),
    "100 dpi": Scanner(dpi=100),
}
STEEPEST = 1.2  # degrees


@dataclass(slots=True)
class Tally:
    """What came of a number of scans."""

    pages: int = 0
    printed: int = 0
    right: int = 0
    wrong: int = 0
    seconds: float = 0.0

    def add(self, original: Original, images: Sequence[Image.Image], reader: Reader) -> None:
        """Read the scan of a report and count."""
        read: dict[Any, float] = {}

        def run() -> None:
            pages = [reader(image, number) for number, image in enumerate(images, start=1)]
            try:
                (report,) = interpret(Document(read_pages(pages), source=original.name, sha256="0" * 64, format="tiff"))
            except GiaError:
                return
            read.update({key: value for key, (value, _) in cells_of(report).items() if value is not None})

        self.seconds += seconds(run)
        printed = {key: value for key, (value, _) in original.cells.items() if value is not None}
        self.pages += len(images)
        self.printed += len(printed)
        self.right += sum(read.get(key) == value for key, value in printed.items())
        self.wrong += sum(printed.get(key) != value for key, value in read.items())


@cache
def _plain_engine() -> Any:
    from rapidocr import RapidOCR

    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    return RapidOCR(params={"Global.log_level": "critical", **threads})


def read_plainly(image: Image.Image, number: int) -> Page:
    """Return a page as the library's page OCR reads it."""
    from gia_analysis.documents.scan.greys import as_grey, dots_an_inch
    from gia_analysis.documents.scan.page import rules_of
    from gia_analysis.documents.scan.picture import prepare
    from gia_analysis.documents.scan.ruling import find_ruling

    picture = prepare(as_grey(image), dots_an_inch(image, None))
    found, unit = _plain_engine()(np.repeat(picture.grey[:, :, None], 3, axis=2)), picture.unit
    glyphs = [
        Glyph(text, *(box.min(axis=0) / unit).tolist(), *(box.max(axis=0) / unit).tolist())
        for box, text in zip(found.boxes if found.boxes is not None else (), found.txts or (), strict=True)
    ]
    height, width = picture.grey.shape
    return Page(number, width / unit, height / unit, rules_of(find_ruling(picture), unit), tuple(glyphs))


WAYS: Mapping[str, Reader] = {"ours": recognise, "page OCR": read_plainly}


def read_scans(names: Sequence[str], seeds: int, plain_seeds: int) -> list[dict[str, object]]:
    """Return a row for each way to scan and to read; fewer seeds suffice for the plain way, which is slow."""
    rows: list[dict[str, object]] = []
    for label, scanner in SCANNERS.items():
        for way, reader in WAYS.items():
            tally = Tally()
            for seed in range(seeds if reader is recognise else plain_seeds):
                angle = float(np.random.default_rng(seed).uniform(-STEEPEST, STEEPEST))
                for name in names:
                    images = scan(originals()[name].paper, replace(scanner, seed=seed, angle=angle))
                    tally.add(originals()[name], images, reader)
            rows.append(
                {
                    "scan": label, "way": way, "pages": tally.pages, "printed figures": tally.printed,
                    "right, %": round(100 * tally.right / tally.printed, 2), "wrong": tally.wrong,
                    "s a page": tally.seconds / tally.pages,
                }
            )  # fmt: skip
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--plain-seeds", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="two reports: does it run?")
    parser.add_argument("--json", action="store_true", help="print JSON, not Markdown")
    chosen = parser.parse_args()
    names = list(originals())[-2:] if chosen.quick else list(originals())
    seeds = (1, 1) if chosen.quick else (chosen.seeds, chosen.plain_seeds)
    rows = read_scans(names, *seeds)
    print(json.dumps(rows, ensure_ascii=False, indent=1) if chosen.json else markdown("Scans read", rows))


if __name__ == "__main__":
    main()
