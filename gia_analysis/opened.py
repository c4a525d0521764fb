"""Corpora opened by the folder in which they lie, some of them kept in memory for the processes that are forked."""

from pathlib import Path
from typing import NamedTuple

from gia_analysis.corpus import Corpus, read_reports
from gia_analysis.schema import ALIASES, TABLES


def open_corpus(path: str | Path, corrections: str | Path | None = None) -> Corpus:
    """Return the corpus that a folder holds: loaded if ``gia read`` wrote it, else read from the reports in it.

    Args:
        path: the folder.
        corrections: a file of corrections to take into its indicators, as ``Corpus.with_corrections`` does.

    Raises:
        FileNotFoundError: the folder, or the file, does not exist.
        CorpusError: what is there breaks the schema.
        CorrectionError: the file is not as it must be, or does not fit the corpus.
    """
    place = Path(path)
    kept = _kept.get(_named(place, corrections))
    if kept and kept.stamp == _stamp(place, corrections):
        return kept.corpus
    corpus = Corpus.load(place) if (place / "cells.parquet").exists() else read_reports(place)
    return corpus.with_corrections(corrections) if corrections else corpus


def keep_open(path: str | Path, corrections: str | Path | None = None) -> None:
    """Load a corpus from its folder so that ``open_corpus`` in this process, and in those forked from it, has it at once.

    No thread is started. A corpus whose files change afterwards is loaded anew.

    Raises:
        CorpusError: as for ``Corpus.load``.
        CorrectionError: as for ``open_corpus``.
    """
    place = Path(path)
    stamp = _stamp(place, corrections)
    corpus = Corpus._load(place, threads=False)
    corpus = corpus.with_corrections(corrections) if corrections else corpus
    corpus.one_each.identity, corpus.indicators  # noqa: B018 - all that is computed when it is first asked for
    _kept[_named(place, corrections)] = _Kept(stamp, corpus)


class _Kept(NamedTuple):
    stamp: tuple[tuple[int, int], ...]
    corpus: Corpus


_kept: dict[tuple[str, str | None], _Kept] = {}


def _named(place: Path, corrections: str | Path | None) -> tuple[str, str | None]:
    return str(place.resolve()), str(Path(corrections).resolve()) if corrections else None


def _stamp(place: Path, corrections: str | Path | None) -> tuple[tuple[int, int], ...]:
    files = [place / f"{name}.parquet" for name in (*TABLES, ALIASES)] + ([Path(corrections)] if corrections else [])
    known = [file.stat() for file in files if file.exists()]
    return tuple((each.st_mtime_ns, each.st_size) for each in known)
