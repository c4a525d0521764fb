"""Many reports as tidy tables, in memory and on disk, with a row for every input even when it could not be read."""

import warnings
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from gia_analysis.aliases import identity
from gia_analysis.analysis import Blanks, compute_indicators
from gia_analysis.analysis.editions import editions
from gia_analysis.checking import Question, check_tables
from gia_analysis.checks import run_checks
from gia_analysis.containers import Paths
from gia_analysis.corrections import apply_corrections, corrected_frames, flag_corrected, load_corrections
from gia_analysis.display import Card
from gia_analysis.errors import CorpusError, FormError
from gia_analysis.forms import Language, label
from gia_analysis.inputs import COPIES, Progress, ReadOptions, read_in_batches
from gia_analysis.report import TidyTables, frames_of
from gia_analysis.schema import KEY, TABLES, Frames, Status, build, validate
from gia_analysis.storage import CHECKED_TABLES, READ_TABLES, StoredTables, Writer, read_aliases

_OF_CHECKS = ("data_quality",)


class Corpus(TidyTables):
    """The tidy tables of many reports. Checks and indicators are computed when first asked for.

    The rows of every table come report by report, in the order in which the files were read.
    """

    def __init__(
        self,
        frames: Frames,
        *,
        checks: pd.DataFrame | None = None,
        indicators: pd.DataFrame | None = None,
        corrected_cells: pd.DataFrame | None = None,
        aliases: pd.DataFrame | None = None,
    ) -> None:
        self.frames = frames
        self.aliases = aliases
        self.corrected_cells = corrected_cells
        if checks is not None:
            self.checks = checks
        if indicators is not None:
            self.indicators = indicators

    @property
    def reports(self) -> pd.DataFrame:
        """A row for every input, read or not."""
        return self.frames.reports

    @cached_property
    def identity(self) -> pd.Series:
        """For each row of ``reports`` the name under which its agency is followed; see ``gia_analysis.aliases.identity``."""
        return identity(self.reports, self.aliases)

    @cached_property
    def editions(self) -> pd.DataFrame:
        """For each row of ``reports`` which report stands for it, of several files of one; see ``gia_analysis.analysis.editions``."""
        return editions(self.reports, self.cells, self.aliases)

    @cached_property
    def one_each(self) -> "Corpus":
        """The corpus with one report for each agency, year and scope, that which was read best; this one if it is so."""
        taken = self.editions["taken"]
        return self if taken.all() else self.only(taken)

    @cached_property
    def checks(self) -> pd.DataFrame:
        """Every check evaluated, passed or not."""
        return _report_by_report(self.reports, run_checks(self.frames, aliases=self.aliases))

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """Every indicator, with numerator, denominator and interval, or why it is missing."""
        return self.indicators_with("missing")

    def indicators_with(self, blanks: Blanks) -> pd.DataFrame:
        """Return the indicators under another treatment of blank cells; the column ``blanks`` says which."""
        if self.corrected_cells is None:
            return _report_by_report(self.reports, compute_indicators(self.frames, self.checks, blanks=blanks))
        frames = corrected_frames(self.frames, self.corrected_cells)
        found = compute_indicators(frames, run_checks(frames, aliases=self.aliases), blanks=blanks)
        return _report_by_report(self.reports, flag_corrected(found, self.corrected_cells, _OF_CHECKS))

    def checked_with(self, *, aliases: pd.DataFrame | None = None, members: pd.DataFrame | None = None) -> "Corpus":
        """Return the corpus with its checks made anew, knowing more of its agencies.

        Args:
            aliases: the renamed agencies, from ``gia_analysis.aliases.load_aliases``: their years are followed. Without it,
                those that the corpus knows already.
            members: whose figures a government's report sums up, from ``gia_analysis.checks.load_members``.
        """
        known = self.aliases if aliases is None else aliases
        checks = _report_by_report(self.reports, run_checks(self.frames, aliases=known, members=members))
        return Corpus(self.frames, checks=checks, corrected_cells=self.corrected_cells, aliases=known)

    def with_corrections(self, path: str | Path) -> "Corpus":
        """Return the corpus with the corrections of a file in its indicators; what was printed stays.

        ``cells`` and ``checks`` are about the printed figures, as before. ``indicators`` are computed over the right
        ones; those that a correction entered have ``corrected`` among their ``flags``. ``corrected_cells`` holds the
        printed and the right figures side by side.

        Raises:
            CorrectionError: the file is not as it must be, or a correction does not fit its cell; the message names all.
            FileNotFoundError: there is no such file.
        """
        cells = apply_corrections(self.cells, load_corrections(path))
        return Corpus(self.frames, checks=self.checks, corrected_cells=cells, aliases=self.aliases)

    def select(self, agency: str, year: int | None = None) -> "Corpus":
        """Return the part of the corpus that is one agency's, or its report of one year.

        Args:
            agency: the name under which it is followed (``identity``), or one that its reports print.
            year: of the report; all without it.

        Raises:
            CorpusError: there is no such agency or year; the message names the nearest.
        """
        printed = self.reports["agency"]
        named = [self.identity == agency, printed == agency]
        if not any(each.any() for each in named):
            names = sorted({*printed.dropna(), *self.identity.dropna()})
            raise CorpusError(str(FormError.unknown("agency", agency, names, where="the corpus")))
        of_year = True if year is None else self.reports["year"].eq(year).fillna(False).astype(bool)
        held = next((each for each in named if (each & of_year).any()), None)
        if held is None:
            years = sorted({int(each) for each in self.reports.loc[named[0] | named[1], "year"].dropna()})
            raise CorpusError(f"no report of {agency} for {year} in the corpus: there are {years}")
        return self.only(held & of_year)

    def only(self, kept: pd.Series) -> "Corpus":
        """Return the part of the corpus that is some of its reports; ``kept`` tells of each row of ``reports`` whether it is."""
        chosen = self.reports[kept]
        pairs = set(zip(chosen["source"], chosen["report_id"], strict=True))
        ids = set(chosen["report_id"])

        def part(frame: pd.DataFrame) -> pd.DataFrame:
            few = frame[frame["report_id"].isin(ids)]  # nearly all that is wanted, found fast
            kept = [pair in pairs for pair in zip(few["source"], few["report_id"], strict=True)]
            return few[np.array(kept, dtype=bool)].reset_index(drop=True)

        frames = Frames(**{name: part(getattr(self.frames, name)) for name in READ_TABLES})
        corrected = None if self.corrected_cells is None else part(self.corrected_cells)
        found = Corpus(
            frames, checks=part(self.checks), indicators=part(self.indicators), corrected_cells=corrected, aliases=self.aliases
        )  # fmt: skip
        found.identity = part(self.reports[KEY].assign(identity=self.identity))["identity"]  # as among all
        return found

    def labelled(self, table: Literal["cells", "checks"] = "cells", labels: Language = "zh") -> pd.DataFrame:
        """Return ``cells`` or ``checks`` with the labels of table, row and column in further columns."""
        frame: pd.DataFrame = getattr(self, table)

        def look_up(codes: pd.Series) -> list[str | None]:
            places = zip(frame["form"], frame["table"], codes, strict=True)
            return [_label_of(form, table, code, labels) for form, table, code in places]

        nothing = pd.Series("", index=frame.index)
        return frame.assign(
            table_label=look_up(nothing), row_label=look_up(frame["row"]), col_label=look_up(frame["col"])
        )

    def save(self, folder: str | Path) -> None:
        """Write every table as Parquet into a folder, which is made if need be; a corpus in it is replaced."""
        with Writer(Path(folder)) as writer:
            for name in TABLES:
                writer.append(name, getattr(self, name))
            writer.replace_corpus(self.aliases)

    @classmethod
    def load(cls, folder: str | Path) -> "Corpus":
        """Read a corpus from the folder that ``save`` or ``gia read`` wrote.

        Raises:
            CorpusError: the folder or one of its tables is not there, or a table breaks the schema.
        """
        return cls._load(Path(folder))

    @classmethod
    def _load(cls, place: Path, *, threads: bool = True) -> "Corpus":
        _check_is_corpus(place, TABLES)
        tables = {name: validate(name, _read_parquet(place / f"{name}.parquet", threads=threads)) for name in TABLES}
        frames = Frames(**{name: tables[name] for name in READ_TABLES})
        return cls(frames, checks=tables["checks"], indicators=tables["indicators"], aliases=read_aliases(place))

    def summary(self) -> str:
        """Return how many inputs were read in full, in part and not at all."""
        return summarise(Counter(self.reports["status"]))

    def card(self, language: Language = "zh") -> Card:
        """Return what a reader should see first of the corpus."""
        years = self.reports["year"].dropna()
        span = f"{years.min()}–{years.max()}" if len(years) else "—"
        hard = int((self.findings["severity"] == "hard").sum())
        names = (
            ("语料", "报告", "行政机关", "年度", "单元格", "未成立的核验（其中应当成立）")
            if language == "zh"
            else ("Corpus", "Reports", "Agencies", "Years", "Cells", "Checks that fail (of which must hold)")
        )
        facts = [
            (names[1], f"{len(self.reports)} ({self.summary()})"),
            (names[2], str(self.reports["agency"].nunique())),
            (names[3], span),
            (names[4], f"{len(self.cells):,}"),
            (names[5], f"{len(self.findings)} ({hard})"),
        ]
        return Card(names[0], facts, lang=language)

    def __repr__(self) -> str:
        return self.card().text()

    def _repr_html_(self) -> str:
        return self.card().html()


@cache
def _label_of(form: object, table: object, code: object, language: Language) -> str | None:
    if not isinstance(table, str) or not isinstance(code, str):
        return None
    return label(table, code, language, form=form if isinstance(form, str) else None)


def _read_parquet(path: Path, *, threads: bool) -> pd.DataFrame:
    try:
        with pq.ParquetFile(path, memory_map=True) as file:
            return file.read(use_threads=threads).to_pandas(use_threads=threads)
    except (OSError, ValueError) as error:
        raise CorpusError(f"{path} is no Parquet file, or a broken one: {error}") from error


def read_reports(
    paths: Paths,
    *,
    options: ReadOptions | None = None,
    progress: Progress | None = None,
    left_out: Counter[str] | None = None,
) -> Corpus:
    """Read reports into a corpus: files, folders, archives and crawls. What cannot be read becomes a row that says why.

    Every document is read in another process, which a hostile one can neither hang nor crash for long.

    Args:
        paths: a file or folder, or several.
        options: how they are read.
        progress: called with the inputs and, where it is known, their number, and returns them again, so that it can
            show how far it is.
        left_out: takes up, by reason, how much gets no row: copies (the same bytes again in an archive or a crawl), and
            what in a web archive is no document. Without it, a warning tells how many copies there were.

    Raises:
        FileNotFoundError: a path does not exist.
        CorpusError: a folder holds nothing but tables that ``gia read`` wrote.
        WorkerError: no process can be started to read documents.
    """
    missing = Counter[str]() if left_out is None else left_out
    batches = [frames_of(batch) for batch in read_in_batches(paths, options or ReadOptions(), progress, missing)]
    if left_out is None:
        _warn_of_copies(missing)
    frames = {name: _concatenate(name, [getattr(batch, name) for batch in batches]) for name in READ_TABLES}
    return Corpus(Frames(**frames))


def read_to_folder(
    paths: Paths,
    folder: str | Path,
    *,
    options: ReadOptions | None = None,
    progress: Progress | None = None,
    left_out: Counter[str] | None = None,
    aliases: pd.DataFrame | None = None,
    members: pd.DataFrame | None = None,
) -> Counter[str]:
    """Read reports into a folder of tidy tables, some hundred of them in memory at a time.

    The tables are those that ``read_reports(paths).save(folder)`` writes. They are put into place when all are whole:
    a run that is broken off leaves what was there before.

    Args:
        paths: a file or folder, or several.
        folder: where the tables go; made if need be. A corpus in it is replaced.
        options: as for ``read_reports``.
        progress: as for ``read_reports``.
        left_out: as for ``read_reports``.
        aliases: as for ``Corpus.checked_with``.
        members: as for ``Corpus.checked_with``.

    Returns:
        The number of reports by status.

    Raises:
        FileNotFoundError: a path does not exist.
        CorpusError: as for ``read_reports``.
        WorkerError: as for ``read_reports``.
    """
    counts: Counter[str] = Counter()
    missing = Counter[str]() if left_out is None else left_out
    chosen = options or ReadOptions()
    with Writer(Path(folder)) as writer:
        for frames in map(frames_of, read_in_batches(paths, chosen, progress, missing)):
            for name in READ_TABLES:
                writer.append(name, getattr(frames, name))
            counts.update(frames.reports["status"])
            del frames  # before the next batch is read
        question = Question(StoredTables(writer.close(READ_TABLES)), aliases, members)
        _write_checked(writer, question, Path(folder), chosen.jobs)
        writer.replace_corpus(aliases)
    if left_out is None:
        _warn_of_copies(missing)
    return counts


def check_folder(
    folder: str | Path,
    *,
    jobs: int | None = None,
    aliases: pd.DataFrame | None = None,
    members: pd.DataFrame | None = None,
) -> None:
    """Make checks and indicators of the corpus in a folder anew, some thousand reports in memory at a time.

    What was read stays as it is. Where more is known of the agencies than when it was read, the checks tell more.

    Args:
        folder: what ``gia read`` or ``Corpus.save`` wrote.
        jobs: the number of processes, one a processor where it is None. The bytes written do not depend on it.
        aliases: as for ``Corpus.checked_with``.
        members: as for ``Corpus.checked_with``.

    Raises:
        CorpusError: the folder holds no corpus, or a broken one, or the aliases contradict each other.
        WorkerError: a process cannot be started, or ends before its time.
    """
    place = Path(folder)
    paths = {name: place / f"{name}.parquet" for name in READ_TABLES}
    _check_is_corpus(place, READ_TABLES)
    known = read_aliases(place) if aliases is None else aliases
    with Writer(place, CHECKED_TABLES) as writer:
        _write_checked(writer, Question(StoredTables(paths), known, members), place, jobs)
        writer.replace_corpus(known)


def _write_checked(writer: Writer, question: Question, folder: Path, jobs: int | None) -> None:
    for checks, indicators in check_tables(question, folder, jobs):
        writer.append_coded("checks", checks)
        writer.append_coded("indicators", indicators)


def _check_is_corpus(place: Path, names: Iterable[str]) -> None:
    missing = [name for name in names if not (place / f"{name}.parquet").exists()]
    if missing:
        raise CorpusError(
            f"{place} holds no corpus: {missing[0]}.parquet is not there; make one with 'gia read PATH... --out {place}'"
        )


def _warn_of_copies(left_out: Counter[str]) -> None:
    if left_out[COPIES]:
        warnings.warn(f"{left_out[COPIES]} {COPIES} were left out: the same bytes came again", stacklevel=3)


def summarise(counts: Mapping[str, int]) -> str:
    """Return in words how many inputs were read in full, in part and not at all."""
    return ", ".join(f"{counts.get(status.value, 0)} {status.value}" for status in Status)


def _report_by_report(reports: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in the order of the reports, those of one report as they were."""
    keys = pd.MultiIndex.from_frame(reports[KEY].drop_duplicates())
    order = keys.get_indexer(pd.MultiIndex.from_frame(frame[KEY]))
    return frame.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def _concatenate(name: str, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    return build(name, pd.concat(parts, ignore_index=True)) if parts else build(name)
