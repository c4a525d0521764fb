"""A table of runs → pages: only what changed is run, as many at a time as there are processors for."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from gia_analysis.publishing.batch.execution import Outcome, Request
from gia_analysis.publishing.batch.files import remove_unfinished, write_whole
from gia_analysis.publishing.batch.hosts import ColdHost, Host, WarmHost, can_fork
from gia_analysis.publishing.batch.limits import RunLimits
from gia_analysis.publishing.batch.manifest import Entry, Manifest
from gia_analysis.publishing.batch.runs import Hasher, Inputs, NotebookRun, check_runs, runs_of
from gia_analysis.publishing.pages import Failure, failure_page
from gia_analysis.workers import processors

_STARTS = 3  # a run that could not start is tried so often; one that did start, once
Progress = Callable[[Iterable[Entry], int], Iterable[Entry]]


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How a batch is run.

    ``jobs`` runs go side by side (None: two a processor where kernels are warm, as a run waits about half its time; one
    where they are cold). ``cold`` uses ordinary kernels, as is done anyway where processes cannot be forked. ``anew``
    runs also what has not changed. ``keep`` is a folder for the executed notebooks. ``corpora`` are loaded once for all
    runs: folders, each with its file of corrections or None.
    """

    jobs: int | None = None
    cold: bool = False
    anew: bool = False
    keep: Path | None = None
    limits: RunLimits = field(default_factory=RunLimits)
    corpora: Sequence[tuple[str, str | None]] = ()


def run_batch(
    runs: Iterable[NotebookRun] | pd.DataFrame,
    out: str | Path,
    options: BatchOptions | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Run notebooks and write their pages into a folder; a run that fails leaves a page that says so.

    A page whose notebook, parameters, data and package have not changed is not made again. What was done is noted as it
    goes: a batch that was broken off, however hard, goes on where it was when it is run again.

    Args:
        runs: the runs, or a frame as ``runs_of`` takes it.
        out: the folder of the pages, made if need be.
        options: how they are run.
        progress: called with the runs that have ended and their number, and returns them again.

    Returns:
        The manifest: a row for each run with ``file``, ``status`` (``ok``, ``failed``), ``reason``, ``message``, ``cell``,
        ``seconds`` and the hashes of its inputs, in the order of the runs; ``made`` says whether it was run now.

    Raises:
        BatchError: two runs would write one page, or no process can be started.
        ParameterError: a notebook does not take the parameters it is to be run with; found out before anything runs.
        KeyboardInterrupt: the user broke it off; what had been done is kept.
    """
    chosen = options or BatchOptions()
    planned = check_runs(runs_of(runs) if isinstance(runs, pd.DataFrame) else runs)
    folder = Path(out)
    for each in (folder, chosen.keep):
        if each:
            each.mkdir(parents=True, exist_ok=True)
    remove_unfinished(folder)
    manifest, hasher = Manifest(folder), Hasher()
    inputs = {run.file: hasher.inputs_of(run) for run in planned}
    todo = [run for run in planned if chosen.anew or not _is_done(run, inputs[run.file], manifest, folder)]
    made = set()
    try:
        if todo:
            with _host(chosen) as host:
                ended = _ended(todo, inputs, host, folder, chosen)
                for entry in progress(ended, len(todo)) if progress else ended:
                    manifest.add(entry)
                    made.add(entry.file)
    finally:
        remove_unfinished(folder)
        table = manifest.close(run.file for run in planned)
    return table.assign(made=table["file"].isin(made))


def _is_done(run: NotebookRun, inputs: Inputs, manifest: Manifest, folder: Path) -> bool:
    known = manifest.known.get(run.file)
    if known is None or not known.is_of(inputs):
        return False
    try:
        page = (folder / run.file).read_bytes()
    except OSError:
        return False
    return hashlib.sha256(page).hexdigest() == known.sha256


@contextmanager
def _host(options: BatchOptions) -> Iterator[Host]:
    warm = can_fork() and not options.cold
    host: Host = WarmHost(options.limits, options.corpora) if warm else ColdHost(options.limits)
    try:
        yield host
    finally:
        host.close()


def _ended(
    runs: Sequence[NotebookRun], inputs: dict[str, Inputs], host: Host, folder: Path, options: BatchOptions
) -> Iterator[Entry]:
    """Yield the runs as they end."""
    warm = isinstance(host, WarmHost)
    threads = ThreadPoolExecutor(options.jobs or processors() * (2 if warm else 1))
    waiting: dict[Future[Outcome], NotebookRun] = {}
    try:
        for run in runs:
            waiting[threads.submit(_run, run, host, folder, options)] = run
        for future in as_completed(waiting):
            run = waiting.pop(future)
            yield Entry.of(run, inputs[run.file], future.result())
    except BaseException:  # an interrupt, or no run can be started: what is being run is of no use
        threads.shutdown(wait=False, cancel_futures=True)
        host.close()
        raise
    finally:
        threads.shutdown(cancel_futures=True)


def _run(run: NotebookRun, host: Host, folder: Path, options: BatchOptions) -> Outcome:
    request = Request(
        notebook=str(run.notebook.resolve()), parameters=dict(run.parameters), page=str(folder.resolve() / run.file),
        frame=run.frame, cell_seconds=options.limits.cell_seconds,
        keep=str(options.keep.resolve() / run.file.replace(".html", ".ipynb")) if options.keep else None,
    )  # fmt: skip
    outcome = host.run(request)
    for _ in range(_STARTS - 1):
        if outcome.reason != "startup":
            break
        outcome = host.run(request)
    if outcome.reason and outcome.reason != "stopped":
        page = _failure_page(run, outcome)
        write_whole(folder / run.file, page)
    return outcome


def _failure_page(run: NotebookRun, outcome: Outcome) -> bytes:
    assert outcome.reason
    failure = Failure(outcome.reason, outcome.message or "", run.notebook.name, outcome.cell, None)
    frame = run.frame
    page = failure_page(
        frame.title, failure, frame.facts, frame.lang, home=frame.home, links=frame.links, file=run.file
    )  # fmt: skip
    return page.encode()
