"""Many reports as tidy tables, in memory and on disk, with a row for every input even when it could not be read."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Literal

import pandas as pd

from gia_analysis.analysis import Blanks, compute_indicators
from gia_analysis.display import Card
from gia_analysis.documents import load, read_bytes
from gia_analysis.errors import CorpusError, FormError, GiaError
from gia_analysis.forms import Language, label
from gia_analysis.reading import interpret
from gia_analysis.records import ReportFacts
from gia_analysis.report import Report, TidyTables, frames_of
from gia_analysis.schema import TABLES, Frames, Status, build, validate

Paths = str | Path | Iterable[str | Path]
Progress = Callable[[Iterable[Path], int], Iterable[Path]]

_BATCH = 500
_READ_TABLES = tuple(field.name for field in fields(Frames))


class Corpus(TidyTables):
    """The tidy tables of many reports. Checks and indicators are computed when first asked for."""

    def __init__(
        self, frames: Frames, *, checks: pd.DataFrame | None = None, indicators: pd.DataFrame | None = None
    ) -> None:
        self.frames = frames
        if checks is not None:
            self.checks = checks
        if indicators is not None:
            self.indicators = indicators

    @property
    def reports(self) -> pd.DataFrame:
        """A row for every input, read or not."""
        return self.frames.reports

    def indicators_with(self, blanks: Blanks) -> pd.DataFrame:
        """Return the indicators under another treatment of blank cells; the column ``blanks`` says which."""
        return compute_indicators(self.frames, self.checks, blanks=blanks)

    def select(self, agency: str, year: int | None = None) -> "Corpus":
        """Return the part of the corpus that is one agency's, or its report of one year.

        Raises:
            CorpusError: there is no such agency or year; the message names the nearest.
        """
        known = self.reports[self.reports["agency"].notna()]
        chosen = known[known["agency"] == agency]
        if chosen.empty:
            raise CorpusError(
                str(FormError.unknown("agency", agency, sorted(set(known["agency"])), where="the corpus"))
            )
        if year is not None:
            years = sorted({int(each) for each in chosen["year"].dropna()})
            chosen = chosen[chosen["year"] == year]
            if chosen.empty:
                raise CorpusError(f"no report of {agency} for {year} in the corpus: there are {years}")
        pairs = set(zip(chosen["source"], chosen["report_id"], strict=True))

        def part(frame: pd.DataFrame) -> pd.DataFrame:
            kept = [pair in pairs for pair in zip(frame["source"], frame["report_id"], strict=True)]
            return frame[kept].reset_index(drop=True)

        frames = Frames(**{name: part(getattr(self.frames, name)) for name in _READ_TABLES})
        return Corpus(frames, checks=part(self.checks), indicators=part(self.indicators))

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
        """Write every table as Parquet into a folder, which is made if need be."""
        target = Path(folder)
        target.mkdir(parents=True, exist_ok=True)
        for name in TABLES:
            validate(name, getattr(self, name)).to_parquet(target / f"{name}.parquet", compression="zstd", index=False)

    @classmethod
    def load(cls, folder: str | Path) -> "Corpus":
        """Read a corpus from the folder that ``save`` or ``gia read`` wrote.

        Raises:
            CorpusError: the folder or one of its tables is not there, or a table breaks the schema.
        """
        place = Path(folder)
        missing = [name for name in TABLES if not (place / f"{name}.parquet").exists()]
        if missing:
            raise CorpusError(
                f"{place} holds no corpus: {missing[0]}.parquet is not there; make one with 'gia read PATH... --out {place}'"
            )
        tables = {name: validate(name, _read_parquet(place / f"{name}.parquet")) for name in TABLES}
        frames = Frames(**{name: tables[name] for name in _READ_TABLES})
        return cls(frames, checks=tables["checks"], indicators=tables["indicators"])

    def summary(self) -> str:
        """Return how many inputs were read in full, in part and not at all."""
        counts = self.reports["status"].value_counts()
        return ", ".join(f"{counts.get(status.value, 0)} {status.value}" for status in Status)

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


def _read_parquet(path: Path) -> pd.DataFrame:
    try:
        return pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise CorpusError(f"{path} is no Parquet file, or a broken one: {error}") from error


def find_files(paths: Paths) -> list[Path]:
    """Return the files that paths name, folders taken with all they hold but hidden files, in a fixed order.

    Raises:
        FileNotFoundError: a path does not exist.
    """
    given = [paths] if isinstance(paths, (str, Path)) else list(paths)
    found: dict[Path, None] = {}
    for each in map(Path, given):
        if each.is_dir():
            inside = (file for file in each.rglob("*") if file.is_file())
            visible = (
                file for file in inside if not any(part.startswith(".") for part in file.relative_to(each).parts)
            )
            found.update(dict.fromkeys(sorted(visible)))
        elif each.exists():
            found[each] = None
        else:
            raise FileNotFoundError(f"{each} does not exist")
    return list(found)


def read_reports(paths: Paths, *, progress: Progress | None = None) -> Corpus:
    """Read files and folders of reports into a corpus. A file that cannot be read becomes a row that says why.

    Args:
        paths: a file or folder, or several.
        progress: called with the files and their number, and returns them again, so that it can show how far it is.

    Raises:
        FileNotFoundError: a path does not exist.
    """
    files = find_files(paths)
    reports = (read_file(file) for file in (progress(files, len(files)) if progress else files))
    batches = [frames_of(batch) for batch in _batched(reports)]
    frames = {name: _concatenate(name, [getattr(batch, name) for batch in batches]) for name in _READ_TABLES}
    return Corpus(Frames(**frames))


def open_corpus(path: str | Path) -> Corpus:
    """Return the corpus that a folder holds: loaded if ``gia read`` wrote it, else read from the reports in it.

    Raises:
        FileNotFoundError: the folder does not exist.
        CorpusError: what is there breaks the schema.
    """
    place = Path(path)
    return Corpus.load(place) if (place / "cells.parquet").exists() else read_reports(place)


def read_file(file: Path) -> Report:
    """Return the report in a file, or one with status ``failed`` whose message says why it could not be read."""
    digest = None
    try:
        data = load(file)
        digest = hashlib.sha256(data).hexdigest()
        return interpret(read_bytes(data, file.as_posix()))
    except (GiaError, OSError) as error:
        message = str(error)
    except Exception as error:  # noqa: BLE001 - one bad file must not end the batch
        message = f"unexpected {type(error).__name__}: {error} — a fault of the reader; please report it with this file"
    known = digest or hashlib.sha256(file.as_posix().encode()).hexdigest()
    return Report(ReportFacts(known[:16], file.as_posix(), sha256=digest, status=Status.FAILED, message=message))


def _batched(reports: Iterable[Report]) -> Iterator[list[Report]]:
    iterator = iter(reports)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


def _concatenate(name: str, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    return build(name, pd.concat(parts, ignore_index=True)) if parts else build(name)
