"""What was done is not done again: after a change, a failure, and a batch that was broken off, however hard."""

import json
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import psutil
import pytest

from gia_analysis.publishing import run_batch
from gia_analysis.publishing.batch.hosts import can_fork
from gia_analysis.publishing.batch.runs import NotebookRun
from notebook_runs import Make, numbered, options

pytestmark = pytest.mark.usefixtures("nothing_left")


def test_only_what_changed_is_run_again(notebook: Make, tmp_path: Path) -> None:
    log, data, out = tmp_path / "log", tmp_path / "data", tmp_path / "out"
    data.mkdir()
    (data / "a.csv").write_text("1", encoding="utf-8")
    source = f"with open({str(log)!r}, 'a') as file: print(number, file=file)"
    made = notebook("logs", source, parameters="number: int = 0\ndata: str = ''")
    runs = numbered(made, 4)
    runs[2] = NotebookRun(made, {"number": 2, "data": str(data)}, "2.html", runs[2].frame)

    def ran(**others: object) -> list[str]:
        log.write_text("", encoding="utf-8")
        table = run_batch(runs, out, options(**others))
        assert list(table["status"]) == ["ok"] * len(runs)
        told = sorted(log.read_text(encoding="utf-8").split())
        assert told == sorted(table.loc[table["made"], "file"].str.removesuffix(".html"))
        return told

    assert ran() == ["0", "1", "2", "3"]
    assert ran() == []
    (out / "0.html").unlink()
    (out / "1.html").write_text("changed by hand", encoding="utf-8")
    (data / "a.csv").write_text("2", encoding="utf-8")
    assert ran() == ["0", "1", "2"]
    made.write_text(made.read_text(encoding="utf-8").replace("print(number", "print( number"), encoding="utf-8")
    assert ran() == ["0", "1", "2", "3"]
    assert ran(anew=True) == ["0", "1", "2", "3"]


def test_what_failed_is_run_again(notebook: Make, tmp_path: Path) -> None:
    there = tmp_path / "there"
    made = notebook("needs", f"print(open({str(there)!r}).read())")

    first = run_batch(numbered(made, 1), tmp_path / "out", options())
    there.write_text("now it is", encoding="utf-8")
    second = run_batch(numbered(made, 1), tmp_path / "out", options())

    assert [first.loc[0, "status"], second.loc[0, "status"]] == ["failed", "ok"]
    assert "now it is" in (tmp_path / "out" / "0.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_batch_that_was_broken_off_goes_on_where_it_was(
    ending: signal.Signals, notebook: Make, tmp_path: Path
) -> None:
    log, out, count = tmp_path / "log", tmp_path / "out", 20
    made = notebook("logs", f"with open({str(log)!r}, 'a') as file: print(number, file=file)", "number")
    runs = pd.DataFrame({"notebook": made.name, "number": range(count)})
    runs.assign(file=[f"{number}.html" for number in range(count)]).to_csv(tmp_path / "runs.csv", index=False)
    gia = [sys.executable, "-c", "from gia_analysis.cli import main; main()", "batch", str(tmp_path / "runs.csv")]
    command = [*gia, "--out", str(out), "--jobs", "3"]
    driver = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while len(list(out.glob("[!.]*.html"))) < 5 and time.monotonic() < deadline:
        time.sleep(0.05)
    family = [driver.pid, *(each.pid for each in psutil.Process(driver.pid).children(recursive=True))]
    driver.send_signal(ending)
    _, told = driver.communicate(timeout=20)

    gone = time.monotonic() + 10
    while any(map(psutil.pid_exists, family[1:])) and time.monotonic() < gone:
        time.sleep(0.05)
    assert [pid for pid in family[1:] if psutil.pid_exists(pid)] == []
    finished = {file.name: file.stat().st_mtime_ns for file in out.glob("[!.]*.html")}
    assert 5 <= len(finished) < count

    if ending == signal.SIGINT:
        assert not list(out.glob(".unfinished-*"))
        assert driver.returncode == 130
        assert "the same command goes on from there" in told
    again = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)

    rows = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert [row["status"] for row in rows] == ["ok"] * count
    assert not list(out.glob(".*"))
    noted = [file for file, written in finished.items() if (out / file).stat().st_mtime_ns == written]
    assert f"{count} pages: {count - len(noted)} made now, {len(noted)} as they were, 0 failed" in again.stdout
    assert len(noted) >= len(finished) - 3, "what had ended was not noted"
    often = Counter(log.read_text(encoding="utf-8").split())
    assert [often[file.removesuffix(".html")] for file in noted] == [1] * len(noted)


@pytest.mark.skipif(not can_fork(), reason="there is no warm parent on this system")
def test_runs_whose_warm_parent_is_lost_are_run_by_another(notebook: Make, tmp_path: Path) -> None:
    made = notebook("slow", "import time; time.sleep(0.3)", "number")
    ended = []

    def lose_parent(entries: Iterator[object], total: int) -> Iterator[object]:
        for entry in entries:
            if not ended:
                running = [each for each in psutil.Process().children() if each.status() != psutil.STATUS_ZOMBIE]
                next(each for each in running if "warm_parent" in " ".join(each.cmdline())).kill()
            ended.append(entry)
            yield entry

    table = run_batch(numbered(made, 8), tmp_path / "out", options(), lose_parent)  # type: ignore[arg-type]

    assert list(table["status"]) == ["ok"] * 8, table["message"].tolist()
