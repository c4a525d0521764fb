"""How a corpus is cited: what it is, by its content and not by where or when it was made."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from gia_analysis.corpus import Corpus
from gia_analysis.export.frames import to_arrow
from gia_analysis.forms import Language
from gia_analysis.schema import TABLES, Status, build


@dataclass(frozen=True, slots=True)
class Citation:
    """What a corpus is cited by.

    Attributes:
        version: of this package.
        content: SHA-256 of the corpus, in hexadecimal digits; see ``content_hash``.
        reports: how many reports were read, in full or in part.
        first_year: the first report year; None where no report has one.
        last_year: the last report year.
        published: the latest day of publication; None where no report has one.
    """

    version: str
    content: str
    reports: int
    first_year: int | None
    last_year: int | None
    published: date | None

    def text(self, language: Language = "zh") -> str:
        """Return the citation as one line."""
        zh = language == "zh"
        parts = [f"gia_analysis {self.version}"]
        years = self.years()
        if zh:
            parts.append(f"政府信息公开工作年度报告语料（{self.reports}份{f'，{years}年度' if years else ''}）")
            parts += [f"最晚公布于{self.published.isoformat()}"] if self.published else []
            return "，".join([*parts, f"内容校验和 SHA-256 {self.content}"]) + "。"
        noun = "report" if self.reports == 1 else "reports"
        parts.append(
            f"corpus of {self.reports} government information disclosure annual {noun}{f' for {years}' if years else ''}"
        )
        parts += [f"the latest published on {self.published.isoformat()}"] if self.published else []
        return ", ".join([*parts, f"content SHA-256 {self.content}"]) + "."

    def years(self) -> str:
        """Return the span of report years; empty where none is known."""
        if self.first_year is None:
            return ""
        return str(self.first_year) if self.first_year == self.last_year else f"{self.first_year}–{self.last_year}"

    def file(self) -> str:
        """Return the content of ``CITATION.txt``: both languages, a line each."""
        return f"{self.text('zh')}\n{self.text('en')}\n"


def cite(corpus: Corpus) -> Citation:
    """Return what a corpus is cited by. The same content gives the same citation on every machine and every day."""
    read = corpus.reports[corpus.reports["status"] != Status.FAILED.value]
    years, days = read["year"].dropna(), read["published"].dropna()
    return Citation(
        version=version("gia-analysis"),
        content=content_hash({name: getattr(corpus, name) for name in TABLES}),
        reports=len(read),
        first_year=int(years.min()) if len(years) else None,
        last_year=int(years.max()) if len(years) else None,
        published=days.max().date() if len(days) else None,
    )


def content_hash(tables: Mapping[str, pd.DataFrame]) -> str:
    """Return the SHA-256 of tidy tables, in hexadecimal digits.

    What is hashed: table by table and column by column as the schema orders them, the names, the number of rows, which
    values are missing, and the values (numbers and days in little-endian binary, texts as lengths and UTF-8). The paths
    in ``source`` are left out, and the rows are put in the order of ``report_id`` (those of one report as they are), so
    that the same files in another folder give the same hash.
    """
    digest = hashlib.sha256()
    for name, frame in tables.items():
        digest.update(f"{name} {len(frame)}\n".encode())
        order = pd.factorize(frame["report_id"], sort=True)[0].argsort(kind="stable")
        table = to_arrow(name, build(name, frame))
        for column in TABLES[name]:
            if column != "source":
                digest.update(f"{column}\n".encode())
                for part in _bytes_of(table.column(column).combine_chunks().take(pa.array(order))):
                    digest.update(np.ascontiguousarray(part).data)
    return digest.hexdigest()


def _bytes_of(values: pa.Array) -> list[np.ndarray]:
    """Return a column as bytes: where it is missing, and what it holds."""
    missing = pc.is_null(values).to_numpy(zero_copy_only=False)
    if pa.types.is_large_string(values.type):
        filled = pc.fill_null(values, "")
        lengths = pc.binary_length(filled).to_numpy(zero_copy_only=False).astype("<i8")
        first = int(np.frombuffer(filled.buffers()[1], "<i8")[filled.offset]) if len(filled) else 0
        return [missing, lengths, np.frombuffer(filled.buffers()[2] or b"", "uint8")[first : first + lengths.sum()]]
    if pa.types.is_date32(values.type):
        return [missing, pc.fill_null(values.cast(pa.int32()), 0).to_numpy(zero_copy_only=False).astype("<i8")]
    if pa.types.is_floating(values.type):
        return [missing, pc.fill_null(values, 0.0).to_numpy(zero_copy_only=False).astype("<f8")]
    return [missing, pc.fill_null(values.cast(pa.int64()), 0).to_numpy(zero_copy_only=False).astype("<i8")]
