"""How long agency pages take from notebook to finished HTML, beside a plain loop of papermill and nbconvert.

The corpus is simulated: so many agencies with a report of one year. All ways run the same notebook (02) on it:

- ``plain loop``: ``papermill.execute_notebook`` and ``nbconvert``'s HTML exporter, one page after the other.
- ``warm batch``: ``run_batch``, as ``gia publish`` calls it: kernels forked from a process that has imported everything
  and loaded the corpus. Its start is part of its time.
- ``cold batch``: the same with ordinary kernels.
- ``floor``: the cells themselves, once for each page in one process that has imported everything and loaded the corpus;
  no kernel, no page. Two of it side by side would be the fastest that two processors can be.

The ways take turns in rounds, each with its share of the pages, so that other processes disturb all alike. Outputs of the
ways are compared cell by cell. Memory is the proportional set size of all processes together, looked at five times a
second: what forked processes share counts once.

Run with ``make bench``, or with ``--pages 200 --plain 200`` for every page both ways. ``--quick`` is a smoke test,
``--json`` prints the figures for machines.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import papermill
import psutil
from measuring import markdown
from nbconvert import HTMLExporter

import gia_analysis as gia
from gia_analysis.publishing import BatchOptions, NotebookRun, PageFrame, notebook_folder, run_batch

Parameters = dict[str, Any]

NOTEBOOK = "02_agency_summary.ipynb"
ROUNDS = 4
MEGABYTE = 2**20


class Memory:
    """The largest memory of this process's children together, while the block runs."""

    def __init__(self) -> None:
        self.peak = 0
        self._over = threading.Event()

    def _look(self) -> None:
        while not self._over.wait(0.2):
            total = 0
            for process in psutil.Process().children(recursive=True):
                try:
                    total += process.memory_full_info().pss
                except psutil.Error:
                    continue
            self.peak = max(self.peak, total)

    @contextmanager
    def watched(self) -> Iterator[None]:
        looking = threading.Thread(target=self._look, daemon=True)
        looking.start()
        try:
            yield
        finally:
            self._over.set()
            looking.join()


def plain_loop(pages: Sequence[Parameters], out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    exporter = HTMLExporter()
    for parameters in pages:
        kept = out / f"{parameters['agency']}.ipynb"
        executed = papermill.execute_notebook(
            str(notebook_folder() / NOTEBOOK), str(kept), parameters, kernel_name="python3", progress_bar=False
        )
        page, _ = exporter.from_notebook_node(executed)
        kept.with_suffix(".html").write_text(page, encoding="utf-8")


def batch(pages: Sequence[Parameters], out: Path, *, cold: bool = False) -> None:
    runs = [
        NotebookRun(
            notebook_folder() / NOTEBOOK,
            parameters,
            f"{parameters['agency']}.html",
            PageFrame(parameters["agency"]),
            "x",
        )
        for parameters in pages
    ]
    table = run_batch(runs, out, BatchOptions(cold=cold, keep=out, corpora=[(pages[0]["corpus"], None)]))
    assert list(table["status"].unique()) == ["ok"], table["message"].tolist()


FLOOR = """
import ast, json, sys, time
import nbformat
from IPython.core.formatters import DisplayFormatter
from gia_analysis.opened import keep_open
from gia_analysis.publishing.batch.preloading import preload
parameters, *cells = [ast.parse(cell.source) for cell in nbformat.read(sys.argv[1], 4).cells if cell.cell_type == "code"]
pages, formatter = json.loads(sys.argv[2]), DisplayFormatter()
preload([(pages[0]["corpus"], None)])
def show(page):
    space = {}
    exec(compile(parameters, "parameters", "exec"), space)
    space.update(page)
    for cell in cells:
        *before, last = cell.body
        if isinstance(last, ast.Expr):
            exec(compile(ast.Module(before, []), "cell", "exec"), space)
            formatter.format(eval(compile(ast.Expression(last.value), "cell", "eval"), space))
        else:
            exec(compile(cell, "cell", "exec"), space)
start, used = time.perf_counter(), time.process_time()
for page in pages:
    show(page)
print(json.dumps([time.perf_counter() - start, time.process_time() - used]))
"""


def floor(pages: Sequence[Parameters]) -> tuple[float, float]:
    """Return the seconds of the cells of each page, and those of the processor."""
    command = [sys.executable, "-c", FLOOR, str(notebook_folder() / NOTEBOOK), json.dumps(pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    wall, used = json.loads(done.stdout.splitlines()[-1])
    return wall / len(pages), used / len(pages)


def outputs(notebook: Path) -> list[object]:
    """Return what the cells of an executed notebook show, without counts and times; what is injected is not shown."""
    cells = [cell for cell in nbformat.read(notebook, 4).cells if cell.cell_type == "code"]
    return [[(output.output_type, output.get("data"), output.get("text")) for output in cell.outputs] for cell in cells]


def simulate(folder: Path, agencies: int) -> list[Parameters]:
    """Return the parameters of a page for each of so many agencies, whose corpus is made in a folder."""
    from gia_analysis.simulation import simulate_corpus

    simulate_corpus(folder, agencies=agencies, first_year=2022, last_year=2022, seed=7)
    corpus = gia.read_reports(folder / "raw")
    corpus.save(folder / "corpus")
    told = corpus.reports[["agency", "year"]].itertuples(index=False)
    return [{"corpus": str(folder / "corpus"), "agency": agency, "year": int(year)} for agency, year in told]


def measure(folder: Path, pages: int, plain: int, *, cold: bool) -> dict[str, Any]:
    planned = simulate(folder, pages)
    taken: dict[str, list[tuple[float, int]]] = {}
    peaks: dict[str, int] = {}

    def timed(name: str, count: int, task: Callable[[], object]) -> None:
        memory, start = Memory(), time.perf_counter()
        with memory.watched():
            task()
        taken.setdefault(name, []).append((time.perf_counter() - start, count))
        peaks[name] = max(peaks.get(name, 0), memory.peak)

    floors = []
    for number in range(ROUNDS):
        some, fewer = planned[number::ROUNDS], planned[number::ROUNDS][: -(-plain // ROUNDS)]
        timed("plain loop", len(fewer), lambda fewer=fewer: plain_loop(fewer, folder / "plain"))
        timed("warm batch", len(some), lambda some=some: batch(some, folder / "warm"))
        if cold:
            timed("cold batch", len(fewer), lambda fewer=fewer: batch(fewer, folder / "cold", cold=True))
        floors.append(floor(some[:20]))
    timed("warm batch, all at once", len(planned), lambda: batch(planned, folder / "whole"))
    kept = sorted((folder / "plain").glob("*.ipynb"))
    equal = sum(outputs(file) == outputs(folder / "warm" / file.name) for file in kept)
    seconds = {name: sum(wall for wall, _ in each) / sum(count for _, count in each) for name, each in taken.items()}
    rows: list[dict[str, object]] = [
        {
            "way": name, "pages": sum(count for _, count in taken[name]), "seconds a page": each,
            "× plain loop": seconds["plain loop"] / each, "peak MB": peaks[name] / MEGABYTE,
        }
        for name, each in seconds.items()
    ]  # fmt: skip
    wall, used = (sum(each[place] for each in floors) / ROUNDS for place in (0, 1))
    rows.append(
        {
            "way": "floor: the cells alone, one process", "pages": 20 * ROUNDS, "seconds a page": wall,
            "× plain loop": seconds["plain loop"] / wall, "peak MB": None,
        }
    )  # fmt: skip
    sizes = [file.stat().st_size for file in (folder / "whole").glob("*.html")]
    return {
        "rows": rows, "floor_processor_seconds": used, "outputs_equal": equal, "outputs_compared": len(kept),
        "largest_page_bytes": max(sizes), "processors": os.cpu_count(), "python": platform.python_version(),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--plain", type=int, default=20, help="pages of the plain loop")
    parser.add_argument("--cold", action="store_true", help="measure cold batches too")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    pages, plain = (8, 4) if options.quick else (options.pages, options.plain)
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), pages, plain, cold=options.cold)
    if options.json:
        print(json.dumps(found, indent=1))
        return
    print(markdown(f"Agency pages, {found['processors']} processors, Python {found['python']}", found["rows"]))
    print(f"outputs equal to the plain loop's: {found['outputs_equal']} of {found['outputs_compared']} notebooks")
    print(f"largest page: {found['largest_page_bytes'] / 1000:,.0f} KB")


if __name__ == "__main__":
    main()
