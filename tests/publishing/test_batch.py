"""Batches of notebooks, with real papermill and real kernels: what fails is a row and a page, and the others go on."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import nbformat
import pandas as pd
import psutil
import pytest

from gia_analysis.errors import BatchError, ParameterError
from gia_analysis.publishing import RunLimits, run_batch
from gia_analysis.publishing.batch.hosts import WarmHost, can_fork
from gia_analysis.publishing.batch.runs import NotebookRun
from notebook_runs import LIMITS, Make, numbered, options

pytestmark = pytest.mark.usefixtures("nothing_left")
WAYS = ["warm", "cold"] if can_fork() else ["cold"]


@pytest.mark.parametrize("way", WAYS)
def test_a_table_of_runs_becomes_pages(way: str, notebook: Make, tmp_path: Path) -> None:
    made = notebook("greets", "print(f'{name} 共 {number} 件')", parameters="name: str = ''\nnumber: int = 0")
    runs = pd.DataFrame({"notebook": [made.name] * 2, "name": ["通济街道", "<b>{{ x }}</b>"], "number": [2, 3]})

    table = run_batch(runs.assign(notebook=str(made)), tmp_path / "out", options(way))

    assert list(table["status"]) == ["ok", "ok"]
    pages = [(tmp_path / "out" / file).read_text(encoding="utf-8") for file in table["file"]]
    assert "通济街道 共 2 件" in pages[0]
    assert "&lt;b&gt;{{ x }}&lt;/b&gt; 共 3 件" in pages[1]


def test_warm_and_cold_kernels_make_the_same_bytes(notebook: Make, tmp_path: Path) -> None:
    made = notebook(
        "draws", "import pandas as pd\nfrom matplotlib import pyplot as plt", "pd.DataFrame({'件': [number, None]})",
        "plt.plot([1, 2]); plt.title(f'{number} 件')", "import os, sys; (__name__, sys.argv[0][-21:], os.getcwd())",
    )  # fmt: skip

    pages = {}
    for way in WAYS:
        run_batch(numbered(made, 2), tmp_path / way, options(way))
        pages[way] = [(tmp_path / way / f"{number}.html").read_bytes() for number in range(2)]

    assert pages[WAYS[0]] == pages[WAYS[-1]]
    assert pages["cold"][0].count(b"data:image/png") == 1, "the chart is missing"


FAILURES = {
    "raises": ("1 / 0", "error", "ZeroDivisionError: division by zero"),
    "exits": ("import os\nos._exit(3)", "died", "the kernel ended"),
    "crashes": ("import ctypes\nctypes.string_at(0)", "died", "the kernel ended"),
    "eats": ("kept = []\nwhile True: kept.append(bytearray(50_000_000))", "memory", "MemoryError"),
    "sleeps": ("import time\ntime.sleep(600)", "timeout", "the cell took more than 8 seconds"),
    "stays": (
        "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    time.sleep(1)",
        "timeout", "the cell took more than 8 seconds",
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_what_fails_is_a_row_and_a_page_and_the_others_go_on(way: str, notebook: Make, tmp_path: Path) -> None:
    runs = [
        NotebookRun(notebook(name, "'before'", cell), {}, f"{name}.html", numbered(Path(), 1)[0].frame)
        for name, (cell, _, _) in FAILURES.items()
    ]
    runs += numbered(notebook("well", "number"), 4)
    limits = RunLimits(cell_seconds=8, run_seconds=60, memory_bytes=LIMITS.memory_bytes)

    table = run_batch(runs, tmp_path / "out", options(way, limits=limits)).set_index("file")

    assert list(table.loc[[f"{number}.html" for number in range(4)], "status"]) == ["ok"] * 4
    for name, (cell, reason, message) in FAILURES.items():
        row = table.loc[f"{name}.html"]
        assert (row["status"], row["reason"], row["cell"]) == ("failed", reason, 3), row["message"]
        assert row["message"].startswith(f"{name}.ipynb, cell 3 ({cell.splitlines()[0]}): ")
        assert message in row["message"]
        assert f"{name}.ipynb" in (tmp_path / "out" / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("way", WAYS)
def test_a_run_has_a_limit_of_time_besides_that_of_its_cells(way: str, notebook: Make, tmp_path: Path) -> None:
    slow = notebook("slow", *["import time; time.sleep(1)"] * 30)
    start = time.monotonic()

    table = run_batch(numbered(slow, 1), tmp_path / "out", options(way, limits=RunLimits(20, 6, 10**9)))

    assert time.monotonic() - start < 25
    assert table.loc[0, "reason"] == "timeout"
    assert "the run took more than 6 seconds" in table.loc[0, "message"]
    assert table.loc[0, "cell"] >= 2


@pytest.mark.parametrize("apart", [False, True] if can_fork() else [False])
def test_what_a_notebook_starts_ends_with_it(apart: bool, notebook: Make, tmp_path: Path) -> None:
    """What it starts as a session of its own ends with the batch, where kernels are warm."""
    starts = notebook("starts", f"import subprocess\nsubprocess.Popen(['sleep', '347'], start_new_session={apart})")

    table = run_batch(numbered(starts, 2), tmp_path / "out", options())

    assert list(table["status"]) == ["ok", "ok"]
    assert [each.pid for each in psutil.process_iter(["cmdline"]) if each.info["cmdline"] == ["sleep", "347"]] == []


def test_runs_know_nothing_of_each_other(notebook: Make, tmp_path: Path) -> None:
    """Each draws its own random numbers, and finds nothing that another has set."""
    made = notebook(
        "draws", "import random, numpy as np, pandas as pd\nassert not hasattr(pd, 'left')\npd.left = 1",
        "print(random.random(), np.random.random())",
    )  # fmt: skip

    table = run_batch(numbered(made, 4), tmp_path / "out", options())

    assert list(table["status"]) == ["ok"] * 4, table["message"].tolist()
    assert len({(tmp_path / "out" / file).read_bytes() for file in table["file"]}) == 4


def test_a_batch_runs_inside_a_notebook_and_its_event_loop(notebook: Make, tmp_path: Path) -> None:
    inner = notebook("inner", "number")

    async def run() -> pd.DataFrame:
        return run_batch(numbered(inner, 2), tmp_path / "loop", options())

    assert list(asyncio.run(run())["status"]) == ["ok", "ok"]
    outer = notebook(
        "outer", "from gia_analysis.publishing import run_batch, runs_of", "import pandas as pd",
        f"runs = pd.DataFrame({{'notebook': [{str(inner)!r}] * 2, 'number': [1, 2]}})",
        f"print(run_batch(runs, {str(tmp_path / 'nested')!r})['status'].tolist())",
    )  # fmt: skip

    table = run_batch(numbered(outer, 1), tmp_path / "out", options())

    assert list(table["status"]) == ["ok"], table["message"].tolist()
    assert "['ok', 'ok']" in unescape((tmp_path / "out" / "0.html").read_text(encoding="utf-8"))


def test_what_cannot_be_run_is_said_before_anything_runs(notebook: Make, tmp_path: Path) -> None:
    made = notebook("takes", "number")
    runs = numbered(made, 2)
    frame = runs[0].frame
    cases = [
        ([NotebookRun(made, {"numbr": 1}, "a.html", frame)], ParameterError, "did you mean 'number'"),
        ([NotebookRun(made, {"number": "1"}, "a.html", frame)], ParameterError, "takes int, not str"),
        ([NotebookRun(made, {}, "../a.html", frame)], ParameterError, "'a.html' could"),
        ([NotebookRun(made, {}, "con.html", frame)], ParameterError, "cannot be the file name"),
        ([*runs, NotebookRun(made, {"number": 7}, "1.HTML".lower(), frame)], BatchError, "two runs would write 1.html"),
    ]

    for wrong, error, words in cases:
        with pytest.raises(error, match=words):
            run_batch(wrong, tmp_path / "out", options())
    assert not (tmp_path / "out").exists()


def test_the_manifest_is_json_and_parquet_and_names_no_folder(notebook: Make, tmp_path: Path) -> None:
    made = notebook("reads", "open(place)", parameters="place: str = ''")
    run = NotebookRun(made, {"place": str(tmp_path / "nothing")}, "a.html", numbered(made, 1)[0].frame)

    run_batch([run], tmp_path / "out", options())

    (row,) = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert (row["status"], row["reason"], row["cell"]) == ("failed", "error", 2)
    assert "FileNotFoundError" in row["message"]
    assert row["parameters"] == {}
    stored = pd.read_parquet(tmp_path / "out" / "manifest.parquet")
    assert list(stored["message"]) == [row["message"]]
    for file in (tmp_path / "out").iterdir():
        assert str(tmp_path).encode() not in file.read_bytes(), file.name


def test_an_executed_notebook_that_is_kept_names_no_folder_and_no_time(notebook: Make, tmp_path: Path) -> None:
    made = notebook(
        "warns", "import warnings\nwarnings.warn('old')", "print(number)", parameters="place: str = ''\nnumber: int = 0"
    )
    run = NotebookRun(made, {"place": str(tmp_path / "corpus"), "number": 7}, "a.html", numbered(made, 1)[0].frame)

    for kept in ("first", "second"):
        table = run_batch([run], tmp_path / "out", options(keep=tmp_path / kept, anew=True))
        assert list(table["status"]) == ["ok"]

    text = (tmp_path / "first" / "a.ipynb").read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    assert str(Path.home()) + "/" not in text
    assert "UserWarning: old" in text
    assert "end_time" not in text
    assert [output.text for output in nbformat.reads(text, 4).cells[-1].outputs] == ["7\n"]


def test_braces_in_the_names_of_notebooks_are_letters_like_others(notebook: Make, tmp_path: Path) -> None:
    made = notebook("各机关{年度} {0}〔2020〕", "number")

    table = run_batch(numbered(made, 1), tmp_path / "{out}", options())

    assert list(table["status"]) == ["ok"], table["message"].tolist()


def test_a_host_that_is_closed_ends_what_runs(notebook: Make, tmp_path: Path) -> None:
    slow = notebook("slow", "import time; time.sleep(600)")

    class Stop(Exception):
        pass

    def stop(entries: object, total: int) -> Iterator[object]:
        raise Stop
        yield

    with pytest.raises(Stop):
        run_batch(numbered(slow, 5), tmp_path / "out", options(), stop)  # type: ignore[arg-type]
    host = WarmHost(LIMITS)
    host.close()
    with pytest.raises(BatchError, match="over"):
        host.run(None)  # type: ignore[arg-type]


@pytest.mark.skipif(not can_fork(), reason="there is no warm parent on this system")
def test_a_host_that_is_still_starting_is_closed_at_once(notebook: Make, tmp_path: Path) -> None:
    host, told = WarmHost(LIMITS), []

    def ask() -> None:
        try:
            host.run(None)  # type: ignore[arg-type]
        except BatchError as error:
            told.append(str(error))

    waiting = threading.Thread(target=ask)
    waiting.start()
    deadline = time.monotonic() + 30
    while not host._starting and time.monotonic() < deadline:
        time.sleep(0.005)

    host.close()
    waiting.join(5)

    assert not waiting.is_alive()
    assert told[0].startswith("no process could be started"), "it was closed only when it had started"
