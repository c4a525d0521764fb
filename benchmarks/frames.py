"""How long checks and indicators of 100,000 reports take, and how much memory, from tables on disk to tables on disk.

The corpus is simulated: 12,500 agencies with a report for each of eight years, on the forms of 2014, 2019 and 2021, with
short chapters and figures told in them. 40 agencies' reports are printed and read; the others have their tables and
texts under other names, with a few other figures and a word of their own. Making it is not timed.

- ``check_folder`` reads what was read of the reports, some thousand at a time, and writes ``checks`` and ``indicators``, in
  as many processes as there are processors. Memory is the sum over all processes, looked at ten times a second; what they
  share counts in each.
- ``report by report`` makes the checks and indicators of each report by itself, with nothing read or written and no rule
  over years that finds last year's report.
- Where the time goes is measured in one process, on a part of the corpus that is held in memory at a time.

Run with ``make bench``. Ratios are to be trusted, seconds are this machine's. ``--quick`` is a smoke test, ``--json``
prints the figures for machines.
"""

import argparse
import json
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from many_reports import AGENCIES_READ, YEARS, write_corpus
from measuring import markdown, seconds

from gia_analysis.analysis import compute_indicators
from gia_analysis.analysis.compute import compute_indicators_coded
from gia_analysis.checking import REPORTS_AT_ONCE
from gia_analysis.checks import RULES, History, join, read_history, run_checks
from gia_analysis.checks.evidence import Evidence
from gia_analysis.checks.joining import Findings
from gia_analysis.checks.sums import check_sums
from gia_analysis.grids import read_grids
from gia_analysis.schema import Frames
from gia_analysis.storage import READ_TABLES, StoredTables, Writer, to_arrow

Rows = list[dict[str, object]]

AGENCIES = 12_500
MEGABYTE = 2**20

_CHECK = """
import json, resource, sys, time
started = time.perf_counter()
from gia_analysis.corpus import check_folder
check_folder(sys.argv[1], jobs=int(sys.argv[2]) or None)
used = [resource.getrusage(each) for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps([time.perf_counter() - started, sum(each.ru_utime + each.ru_stime for each in used)]))
"""


def check(folder: Path, reports: int, jobs: int | None = None) -> dict[str, object]:
    """Check a corpus in fresh processes; their start counts."""
    with subprocess.Popen(
        [sys.executable, "-c", _CHECK, str(folder), str(jobs or 0)], stdout=subprocess.PIPE
    ) as process:
        peak, most = 0, 0
        while process.poll() is None:
            held = list(_memory(process.pid))
            peak, most = max(peak, sum(held)), max(most, len(held))
            time.sleep(0.1)
        assert process.stdout
        wall, processor = json.loads(process.stdout.read())
    return {
        "processes": most,
        "wall s": wall,
        "processor s": processor,
        "processor ms a report": 1000 * processor / reports,
        "peak MB, all together": peak / MEGABYTE,
    }


def _memory(number: int) -> Iterator[int]:
    """Yield the bytes that a process and those that it started hold."""
    try:
        first = psutil.Process(number)
        every = [first, *first.children(recursive=True)]
    except psutil.NoSuchProcess:
        return
    for each in every:
        try:
            yield each.memory_info().rss
        except psutil.NoSuchProcess:
            continue


def by_report(frames: Frames, several: int) -> float:
    """Return the processor time that one report takes by itself, in seconds, over some of them."""
    sources = frames.reports["source"].iloc[np.linspace(0, len(frames.reports) - 1, several).astype(int)]
    each = [_of_report(frames, source) for source in sources]

    def task() -> None:
        for own in each:
            compute_indicators(own, run_checks(own))

    return seconds(task) / len(each)


def _of_report(frames: Frames, source: str) -> Frames:
    tables = {name: getattr(frames, name) for name in READ_TABLES}
    return Frames(**{name: table[table["source"] == source].reset_index(drop=True) for name, table in tables.items()})


def profile(folder: Path) -> Rows:
    """Time the steps of checking one part of a corpus, one after the other."""
    tables = StoredTables({name: folder / f"{name}.parquet" for name in READ_TABLES})
    part = tables.parts(REPORTS_AT_ONCE)[0]
    spent: dict[str, float] = {}

    def timed(name: str, do: Callable[[], Any]) -> Any:
        found: list[Any] = []
        spent[name] = seconds(lambda: found.append(do()))
        return found[0]

    asked = timed("reading tables for the history", lambda: tables.read(part, ("reports", "cells", "sections")))
    history = History(timed("history", lambda: read_history(asked)))
    frames = timed("reading tables", lambda: tables.read(part))
    grids = timed("grids", lambda: read_grids(frames.cells))
    evidence = Evidence(frames, history, grids=grids)
    timed("placing of reports", lambda: (evidence.rows_of_grids, evidence.at_figures, evidence.at_sections))
    timed("last year's reports", lambda: evidence.place_of_last_year)
    findings = timed("sums of the forms", lambda: list(check_sums(evidence)))
    for rule in RULES.values():
        found = timed(f"rule {rule.code}", partial(rule.run, evidence))
        findings.append(Findings(found, {"code": rule.code, "severity": rule.severity, "sentence": rule.zh}))
    checks = timed("building checks", lambda: join(findings, evidence.numbered))
    indicators = timed("indicators", lambda: compute_indicators_coded(frames, checks, grids=grids))
    written = timed("to Arrow", lambda: [to_arrow("checks", checks), to_arrow("indicators", indicators)])
    with tempfile.TemporaryDirectory() as place, Writer(Path(place), ("checks", "indicators")) as writer:
        timed(
            "writing",
            lambda: [writer.append_coded(*each) for each in zip(("checks", "indicators"), written, strict=True)],
        )
    whole = sum(spent.values())
    size = len(frames.reports)
    rows = [{"step": name, "ms a report": 1000 * each / size, "%": 100 * each / whole} for name, each in spent.items()]
    return [*rows, {"step": "all", "ms a report": 1000 * whole / size, "%": 100.0}]


def measure(agencies: int, several: int, folder: Path) -> dict[str, Rows]:
    """Measure all on a corpus of so many agencies, and ``several`` of its reports by themselves."""
    reports = agencies * len(YEARS)
    subprocess.run([sys.executable, __file__, "--make", str(folder), str(agencies)], check=True)
    checked: Rows = [{"reports": reports, **check(folder, reports)}]
    tables = StoredTables({name: folder / f"{name}.parquet" for name in READ_TABLES})
    single = 1000 * by_report(tables.read(tables.parts(1)[0]), several)
    together = float(str(checked[0]["processor ms a report"]))
    return {
        "Checks and indicators of a corpus on disk": checked,
        "Beside each report by itself (processor time)": [
            {
                "check_folder, ms": together,
                "report by report, ms": single,
                "report by report, check_folder = 1": single / together,
            }
        ],
        "Where the time goes": profile(folder),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small sizes: does it run?")
    parser.add_argument("--json", action="store_true", help="print JSON, not Markdown")
    parser.add_argument("--make", nargs=2, metavar=("FOLDER", "AGENCIES"), help="only write the corpus")
    chosen = parser.parse_args(arguments)
    if chosen.make:
        write_corpus(Path(chosen.make[0]), int(chosen.make[1]))
        return
    with tempfile.TemporaryDirectory() as place:
        agencies, several = (AGENCIES_READ, 20) if chosen.quick else (AGENCIES, 200)
        measured = measure(agencies, several, Path(place) / "corpus")
    if chosen.json:
        print(json.dumps({"python": platform.python_version(), **measured}, ensure_ascii=False, indent=1))
        return
    print(f"Python {platform.python_version()}, {platform.machine()}\n")
    for title, rows in measured.items():
        print(markdown(title, rows))


if __name__ == "__main__":
    main()
