"""A corpus of many simulated reports, made directly as Parquet: some hundred are read, and repeated as other agencies'."""

from collections.abc import Mapping
from dataclasses import fields
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from gia_analysis.documents import read_bytes
from gia_analysis.forms import prescribed_form
from gia_analysis.reading import interpret
from gia_analysis.report import Report, frames_of
from gia_analysis.schema import TABLES, Frames, build
from gia_analysis.simulation import BlankStyle, print_figures, print_report, simulate_figures

YEARS = range(2016, 2024)  # three on the form of 2014, two on that of 2019, three on that of 2021
AGENCIES_READ = 40
AGENCIES_A_GROUP = 4 * AGENCIES_READ

Figures = dict[tuple[str, str, str], int | float]

_STYLES: tuple[BlankStyle, ...] = ("zeros", "zero_rows_blank", "every_zero_blank", "only_totals")
_DIGITS = "春夏秋冬梅兰竹菊山水"
_CHANGED = 0.002  # of the figures, so that some sums fail in a part of the reports
_GENERAL = (
    "{year}年，我局认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，围绕群众关心的事项及时发布信息。"
    "全年收到政府信息公开申请{received}件，办结{concluded}件，其中予以公开{granted}件，不予公开{denied}件，办结率{rate}%。"
    "因政府信息公开工作被提起行政复议{disputes}件。全年召开新闻发布会{meetings}次，制发规范性文件{meetings}件。"
)
_OTHER = "本年度收取信息处理费0元。今后将进一步健全工作制度，加强业务培训，提高公开质量，更好地服务群众，回应社会关切。"


def write_corpus(folder: Path, agencies: int, seed: int = 1) -> None:
    """Write the tables that are read of so many agencies' reports of eight years, a row group for each 1,280 reports.

    40 agencies' reports are printed and read. The others have their tables and texts, under another name and with a
    few other figures.
    """
    folder.mkdir(parents=True, exist_ok=True)
    frames = frames_of([_read(agency, year, figures) for agency, year, figures in _simulated(seed)])
    tables = {each.name: _Repeated(each.name, frames) for each in fields(Frames)}
    writers = {name: pq.ParquetWriter(folder / f"{name}.parquet", each.schema) for name, each in tables.items()}
    for first in range(0, agencies, AGENCIES_A_GROUP):
        numbers = np.arange(first, min(first + AGENCIES_A_GROUP, agencies))
        for name, each in tables.items():
            writers[name].write_table(each.of(numbers, seed))
    for writer in writers.values():
        writer.close()


def _simulated(seed: int) -> list[tuple[int, int, Figures]]:
    found = []
    for agency in range(AGENCIES_READ):
        generator = np.random.default_rng([seed, agency])
        figures: Figures = {}
        for year in YEARS:
            figures = simulate_figures(prescribed_form(year), generator, size="medium", previous=figures)
            found.append((agency, year, figures))
    return found


def _read(agency: int, year: int, figures: Figures) -> Report:
    style = _STYLES[agency % len(_STYLES)]
    text = print_report(
        prescribed_form(year), print_figures(figures, style), agency="云山市教育局", year=year, layout="C"
    )
    told = _GENERAL.format(
        year=year, rate=98.5, disputes=agency % 3, meetings=agency % 7,
        received=_figure(figures, "new_received", "requests_received"),
        concluded=_figure(figures, "results_total", "replies_total"),
        granted=_figure(figures, "granted", "reply_granted"), denied=agency % 5,
    )  # fmt: skip
    lines = text.split("\n")
    general = next(number for number, line in enumerate(lines) if line.startswith("一、")) + 1
    text = "\n".join([*lines[:general], told, *lines[general:], "六、其他需要报告的事项", _OTHER])
    (report,) = interpret(read_bytes(text.encode(), f"{agency}_{year}.txt"))
    return report


def _figure(figures: Mapping[tuple[str, str, str], float], since_2019: str, before: str) -> int:
    return int(figures.get(("requests", since_2019, "total"), figures.get(("stats_2014", before, "value"), 0)))


def _word(number: int) -> str:
    """Return a word that only this agency's text has."""
    return "".join(_DIGITS[int(digit)] for digit in str(number)) + "工作"


class _Repeated:
    """One table of the reports read, repeated for further agencies."""

    def __init__(self, name: str, frames: Frames) -> None:
        self.name = name
        self.schema = pa.Table.from_pandas(build(name), preserve_index=False).schema
        self._frame = getattr(frames, name)
        sources = pd.Index(frames.reports["source"])
        self._agency, year = np.divmod(sources.get_indexer(self._frame["source"]), len(YEARS))
        self._year = np.asarray(YEARS)[year]

    def of(self, agencies: np.ndarray, seed: int) -> pa.Table:
        """Return the rows of some agencies, those of a multiple of 40 agencies and the next ones on."""
        kept = [self._agency < len(agencies) - first for first in range(0, len(agencies), AGENCIES_READ)]
        parts = [np.flatnonzero(each) for each in kept]
        rows = np.concatenate(parts)
        numbers = (
            agencies[0]
            + self._agency[rows]
            + np.repeat(np.arange(len(parts)) * AGENCIES_READ, [len(part) for part in parts])
        )
        frame = self._frame.iloc[rows].reset_index(drop=True)
        keys = pd.DataFrame({"agency": numbers, "year": self._year[rows]})
        place, distinct = pd.factorize(pd.MultiIndex.from_frame(keys))
        sources = [f"raw/{agency:05d}_{year}.txt" for agency, year in distinct]
        frame["source"] = pd.array(sources, dtype="str").take(place)
        frame["report_id"] = pd.array([sha256(each.encode()).hexdigest()[:16] for each in sources], "str").take(place)
        if self.name == "reports":
            frame["agency"] = pd.array([f"云山市第{number}教育局" for number in numbers], dtype="str")
        if self.name == "sections":
            told = frame["text"].notna() & (frame["section"] == "overview")
            words = pd.Series([_word(number) for number in numbers], dtype="str")
            frame["text"] = (frame["text"] + words).where(told, frame["text"])
        if self.name == "cells":
            generator = np.random.default_rng([seed, int(agencies[0])])
            frame["value"] += np.where(generator.random(len(frame)) < _CHANGED, generator.integers(1, 9, len(frame)), 0)
        return pa.Table.from_pandas(frame[list(TABLES[self.name])], self.schema, preserve_index=False)
