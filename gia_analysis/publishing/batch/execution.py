"""One run in this process: papermill executes the notebook, and its page is put into place."""

import hashlib
import json
import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, Literal

import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from gia_analysis.errors import GiaError
from gia_analysis.forms import Language
from gia_analysis.publishing.batch.files import write_whole
from gia_analysis.publishing.batch.kernels import OwnKernelManager
from gia_analysis.publishing.pages import notebook_page
from gia_analysis.publishing.parameters import plain_path

Reason = Literal["error", "timeout", "memory", "died", "startup", "stopped"]

_START_SECONDS = 60
_MOST_CHARACTERS = 2_000
_FOLDERS = re.compile(r"(?<![\w<:/\\])(?:[A-Za-z]:[/\\]|/)(?:[^\s/\\'\",:;]+[/\\])+")  # before a file's name
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What stands around a notebook's outputs on its page.

    ``home`` is the index of the site it belongs to, if it does; ``links`` are pages about the same, as text and file, the
    page itself without a file; ``facts`` are names and values of what it is about.
    """

    title: str
    lang: Language = "zh"
    home: str | None = None
    code: bool = False
    links: tuple[tuple[str, str | None], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """A run as it is handed to the process that does it: paths are absolute, parameters are checked."""

    notebook: str
    parameters: dict[str, Any]
    page: str
    frame: PageFrame
    keep: str | None
    cell_seconds: float

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Request":
        told = json.loads(text)
        frame = told.pop("frame")
        frame |= {name: tuple(map(tuple, frame[name])) for name in ("links", "facts")}
        return cls(frame=PageFrame(**frame), **told)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a run: its page with the hash of its bytes, or why there is none and in which cell.

    ``cell`` counts the code cells of the notebook, from 1.
    """

    reason: Reason | None
    message: str | None
    cell: int | None
    seconds: float
    sha256: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


class _Started:
    """Follows which cell runs, and notes it in a file that outlives this process."""

    def __init__(self, note: Path | None) -> None:
        self.cell: int | None = None
        self.source = ""
        self._note = note
        self._count = 0

    def __call__(self, cell: NotebookNode, cell_index: int) -> None:
        if cell.cell_type != "code" or "injected-parameters" in cell.metadata.get("tags", ()):
            return
        self._count += 1
        self.cell, self.source = self._count, _first_line(cell.source)
        if self._note:
            self._note.write_text(json.dumps([self.cell, self.source]), encoding="utf-8")


def execute(request: Request, note: Path | None = None) -> Outcome:
    """Run a notebook and write its page. Whatever fails is told in the outcome; nothing is raised.

    Args:
        request: the run.
        note: a file that tells, while it runs, which cell it is in.
    """
    started = _Started(note)
    start = perf_counter()
    reason: Reason
    try:
        page = _page(request, started)
        write_whole(Path(request.page), page)
        return Outcome(None, None, None, perf_counter() - start, hashlib.sha256(page).hexdigest())
    except PapermillExecutionError as error:
        reason = "memory" if error.ename in ("MemoryError", "ArrowMemoryError") else "error"
        told = f"{error.ename}: {error.evalue}"
    except CellTimeoutError:
        reason, told = "timeout", f"the cell took more than {request.cell_seconds:g} seconds"
    except DeadKernelError:
        reason, told = ("died", "the kernel ended") if started.cell else ("startup", "the kernel did not start")
    except MemoryError:
        reason, told = "memory", "there was no memory left"
    except Exception as error:  # noqa: BLE001 - whatever it is, it becomes the reason of this one run
        reason = "error" if started.cell or isinstance(error, (GiaError, FileNotFoundError)) else "startup"
        told = f"{type(error).__name__}: {error}"
    return Outcome(reason, describe(request, started.cell, started.source, told), started.cell, perf_counter() - start)


def _page(request: Request, started: _Started) -> bytes:
    executed = run_notebook(Path(request.notebook), request.parameters, request.cell_seconds, started)
    if request.keep:
        write_whole(Path(request.keep), without_places(executed, request.parameters).encode())
    frame = request.frame
    page = notebook_page(
        executed, frame.title, frame.lang, home=frame.home, code=frame.code, links=frame.links, facts=frame.facts,
        file=Path(request.page).name,
    )  # fmt: skip
    return page.encode()


def without_places(executed: NotebookNode, parameters: Mapping[str, Any]) -> str:
    """Return the text of an executed notebook without times, and without the folders of the machine that ran it."""
    kept = deepcopy(executed)
    kept.metadata.pop("papermill", None)
    for cell in kept.cells:
        for name in ("papermill", "execution"):
            cell.metadata.pop(name, None)
        for output in cell.get("outputs", ()):
            if output.get("name") == "stderr":
                output.text = _FOLDERS.sub("", output.text)
    text = json.dumps(kept, ensure_ascii=False, indent=1) + "\n"
    for value in parameters.values():
        if names_place(value):
            text = text.replace(json.dumps(value, ensure_ascii=False)[1:-1], Path(value).name)
    return text


def run_notebook(
    path: Path, parameters: dict[str, Any], cell_seconds: float = 300, started: _Started | None = None
) -> NotebookNode:
    """Return a notebook as papermill executes it with a kernel of this interpreter.

    Raises:
        PapermillExecutionError: a cell raised.
        CellTimeoutError: a cell took more than ``cell_seconds``.
        DeadKernelError: the kernel ended.
    """
    executed: NotebookNode = papermill.execute_notebook(
        plain_path(path), None, parameters, kernel_name="python3", progress_bar=False,
        execution_timeout=cell_seconds, start_timeout=_START_SECONDS, kernel_manager_class=OwnKernelManager,
        shutdown_kernel="immediate", on_cell_start=started,
    )  # fmt: skip
    return executed


def describe(request: Request, cell: int | None, source: str, told: str) -> str:
    """Return the message of a run that failed: notebook, cell, what happened; without this machine's paths."""
    where = f", cell {cell} ({source})" if cell else ""
    message = f"{Path(request.notebook).name}{where}: {_COLOURS.sub('', told)}"
    for name, value in request.parameters.items():
        if names_place(value):
            message = message.replace(value, f"<{name}>")
    message = _FOLDERS.sub("", message)
    return message if len(message) <= _MOST_CHARACTERS else message[:_MOST_CHARACTERS] + "…"


def names_place(value: object) -> bool:
    """Return whether a value names a folder or file of this machine, which is nobody's business."""
    return isinstance(value, str) and "\0" not in value and Path(value).is_absolute()


def _first_line(source: str) -> str:
    line = source.strip().splitlines()[0] if source.strip() else ""
    return line if len(line) <= 80 else line[:79] + "…"
