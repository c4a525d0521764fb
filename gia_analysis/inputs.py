"""Paths → reports: every file, member of an archive and record of a crawl in turn, each read in a worker process."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gia_analysis.containers import CrawlColumns, Item, Paths, find_files, items_of
from gia_analysis.documents import convert
from gia_analysis.report import Report
from gia_analysis.workers import Answer, Limits, Task, Unconverted, Workers, failed

REPORTS_AT_ONCE = 500  # what a run holds in memory
_MOST_BYTES_UNCONVERTED = 200_000_000
_CONTAINERS = frozenset({".zip", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".gz", ".parquet", ".warc"})

Progress = Callable[[Iterable[Item], int | None], Iterable[Item]]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How inputs are read.

    ``columns`` are those of a crawl that hold text and address; ``jobs`` is the number of worker processes, one a
    processor where it is None; ``limits`` is what one document may take.
    """

    columns: CrawlColumns = field(default_factory=CrawlColumns)
    jobs: int | None = None
    limits: Limits = field(default_factory=Limits)


def read_in_batches(paths: Paths, options: ReadOptions, progress: Progress | None = None) -> Iterator[list[Report]]:
    """Yield the reports of all inputs in their order, some hundred at a time.

    Raises:
        FileNotFoundError: a path does not exist.
    """
    items = items_of(paths, options.columns)
    seen = progress(items, _count(paths)) if progress else items
    with Workers(options.jobs, options.limits) as workers:
        answers = workers.read(Task(item) for item in seen)
        for batch in _batches(answers):
            yield [report for reports in _convert_rest(batch, workers) for report in reports]


def _count(paths: Paths) -> int | None:
    """Return the number of inputs; None where containers among them make it unknown."""
    files: list[Path] = find_files(paths)
    return None if any(file.suffix.lower() in _CONTAINERS for file in files) else len(files)


def _batches(answers: Iterable[tuple[Task, Answer]]) -> Iterator[list[tuple[Task, Answer]]]:
    batch: list[tuple[Task, Answer]] = []
    reports = unconverted = 0
    for task, answer in answers:
        batch.append((task, answer))
        reports += 1 if isinstance(answer, Unconverted) else len(answer)
        unconverted += len(answer.data) if isinstance(answer, Unconverted) else 0
        if reports >= REPORTS_AT_ONCE or unconverted > _MOST_BYTES_UNCONVERTED:
            yield batch
            batch = []
            reports = unconverted = 0
    if batch:
        yield batch


def _convert_rest(batch: list[tuple[Task, Answer]], workers: Workers) -> Iterator[tuple[Report, ...]]:
    """Yield the reports of a batch; documents that only an office program can open are converted in one start of it."""
    opened = [(task, answer) for task, answer in batch if isinstance(answer, Unconverted)]
    converted = convert([answer.data for _, answer in opened]) if opened else []
    again = (
        Task(task.item, each) for (task, _), each in zip(opened, converted, strict=True) if isinstance(each, bytes)
    )
    read = workers.read(again)
    rest = zip(opened, converted, strict=True)
    for task, answer in batch:
        if not isinstance(answer, Unconverted):
            yield answer
            continue
        _, result = next(rest)
        found = next(read)[1] if isinstance(result, bytes) else failed(task.item, str(result))
        yield failed(task.item, found.message) if isinstance(found, Unconverted) else found
