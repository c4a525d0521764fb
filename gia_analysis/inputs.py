"""Paths → reports: every file, member of an archive and record of a crawl in turn, each read in a worker process.

A document that is there twice, byte for byte, is read once, where it comes first, if one of the two is in an archive or a
crawl: these overlap with each other and with the files beside them. Two files that somebody has put there are two rows,
even if they are alike.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from gia_analysis.containers import CrawlColumns, Item, LeftOut, Paths, find_files, is_container, item_of
from gia_analysis.documents import convert
from gia_analysis.errors import DocumentError
from gia_analysis.report import Report
from gia_analysis.workers import Answer, Limits, Reports, Task, Unconverted, Workers, failed

REPORTS_AT_ONCE = 500  # what a run holds in memory
COPIES = "copies of documents that have a row"
_MOST_BYTES_UNCONVERTED = 200_000_000
_CONTAINERS = frozenset(
    {
        ".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".warc",
    }
)  # fmt: skip

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


def read_in_batches(
    paths: Paths, options: ReadOptions, progress: Progress | None = None, left_out: Counter[str] | None = None
) -> Iterator[list[Report]]:
    """Yield the reports of all inputs in their order, some hundred at a time.

    ``left_out`` counts, by reason, what gets no row: copies, and what in a web archive is no document.

    Raises:
        FileNotFoundError: a path does not exist.
        CorpusError: a folder holds nothing but tables that ``gia read`` wrote.
        WorkerError: no process can be started.
    """
    counts = Counter[str]() if left_out is None else left_out
    files = find_files(paths)
    copies = _Copies(counts)
    with Workers(options.jobs, options.limits) as workers:
        items = _unpacked(files, options.columns, workers, counts)
        seen = progress(items, _number_of(files)) if progress else items
        answers = workers.read(Task(item) for item in copies.left_out_of(seen))
        read = (_Read(replace(task.item, data=None), task.item.data is not None, answer) for task, answer in answers)
        for batch in _batches(read):
            whole = copies.left_out_of_read(_convert_rest(batch, workers))
            yield [report for each in whole for report in each.reports]


def _number_of(files: Sequence[Path]) -> int | None:
    """Return the number of documents, for a progress bar; None where the name of a file says that it holds several."""
    return None if any(file.suffix.lower() in _CONTAINERS for file in files) else len(files)


def _unpacked(files: Iterable[Path], columns: CrawlColumns, workers: Workers, left_out: Counter[str]) -> Iterator[Item]:
    """Yield the documents of the input, containers unpacked."""
    for path in files:
        item = item_of(path)
        if item.error is not None or not _holds_documents(path, columns):
            yield item
            continue
        for piece in workers.unpack(path, columns):
            if isinstance(piece, LeftOut):
                left_out[piece.reason] += 1
            else:
                yield piece


def _holds_documents(path: Path, columns: CrawlColumns) -> bool:
    try:
        return is_container(path, columns)
    except OSError:
        return False  # reading it as a document says why


@dataclass(frozen=True, slots=True)
class _Read:
    """What was answered for an item, whose bytes are let go. ``packed`` says whether it came out of a container."""

    item: Item
    packed: bool
    answer: Answer

    @property
    def reports(self) -> Reports:
        return () if isinstance(self.answer, Unconverted) else self.answer


class _Copies:
    """What has been there before, by the digests of its bytes."""

    def __init__(self, left_out: Counter[str]) -> None:
        self._left_out = left_out
        self._unpacked: set[bytes] = set()
        self._read: dict[bool, set[bytes]] = {True: set(), False: set()}

    def left_out_of(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the items, but what comes out of a container only once."""
        for item in items:
            if item.data is not None and self._seen(self._unpacked, sha256(item.data).digest()):
                self._left_out[COPIES] += 1
            else:
                yield item

    def left_out_of_read(self, read: Iterable[_Read]) -> Iterator[_Read]:
        """Yield what was read, but neither a file that a container held before it nor the other way round."""
        for each in read:
            known = each.reports[0].facts.sha256
            digest = bytes.fromhex(known) if known else None
            if digest in self._read[not each.packed]:
                self._left_out[COPIES] += 1
                continue
            if digest is not None:
                self._read[each.packed].add(digest)
            yield each

    @staticmethod
    def _seen(digests: set[bytes], digest: bytes) -> bool:
        if digest in digests:
            return True
        digests.add(digest)
        return False


def _batches(read: Iterable[_Read]) -> Iterator[list[_Read]]:
    batch: list[_Read] = []
    reports = unconverted = 0
    for each in read:
        batch.append(each)
        reports += max(len(each.reports), 1)
        unconverted += len(each.answer.data) if isinstance(each.answer, Unconverted) else 0
        if reports >= REPORTS_AT_ONCE or unconverted > _MOST_BYTES_UNCONVERTED:
            yield batch
            batch = []
            reports = unconverted = 0
    if batch:
        yield batch


def _convert_rest(batch: list[_Read], workers: Workers) -> Iterator[_Read]:
    """Yield a batch in full; documents that only an office program can open are converted in one start of it."""
    opened = [each for each in batch if isinstance(each.answer, Unconverted)]
    if not opened:
        return iter(batch)
    files = [each.answer.data for each in opened if isinstance(each.answer, Unconverted)]
    results = convert(files)
    tasks = [
        Task(replace(each.item, data=data), result)
        for each, data, result in zip(opened, files, results, strict=True)
        if isinstance(result, bytes)
    ]
    answers = iter([answer for _, answer in workers.read(tasks)])
    done = {
        id(each): _converted(each, data, result, answers)
        for each, data, result in zip(opened, files, results, strict=True)
    }
    return (done.get(id(each), each) for each in batch)


def _converted(each: _Read, data: bytes, result: bytes | DocumentError, answers: Iterator[Answer]) -> _Read:
    answer: Answer = next(answers) if isinstance(result, bytes) else failed(replace(each.item, data=data), str(result))
    if isinstance(answer, Unconverted):
        answer = failed(replace(each.item, data=data), answer.message)
    return replace(each, answer=answer)
