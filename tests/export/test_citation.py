"""A citation says what a corpus is, wherever its files lay and whenever it was made."""

import datetime
import shutil
from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from gia_analysis import Corpus, __version__, read_report
from gia_analysis.export import cite, export_corpus
from gia_analysis.report import frames_of
from gia_analysis.schema import build

ROOT = Path(__file__).parents[2]


def without_results(corpus: Corpus, **tables: pd.DataFrame) -> Corpus:
    frames = replace(corpus.frames, **tables)
    return Corpus(frames, checks=build("checks"), indicators=build("indicators"))


def test_it_names_version_reports_years_and_the_latest_day(corpus: Corpus) -> None:
    found = cite(corpus)

    assert (found.version, found.reports, found.first_year, found.last_year) == (__version__, 5, 2020, 2020)
    assert found.published == datetime.date(2021, 2, 20)
    assert found.text("en").startswith(
        f"gia_analysis {__version__}, corpus of 5 government information disclosure annual reports for 2020, the latest "
        "published on 2021-02-20, content SHA-256 "
    )
    assert found.text("zh").startswith(
        f"gia_analysis {__version__}，政府信息公开工作年度报告语料（5份，2020年度），最晚公布于2021-02-20，内容校验和 SHA-256 "
    )
    assert len(found.content) == 64


def test_where_the_files_lay_and_in_which_order_they_were_read_does_not_matter(
    sample_paths: Mapping[str, Path], tmp_path: Path
) -> None:
    here = [read_report(path) for path in sample_paths.values()]
    for path in sample_paths.values():
        shutil.copy(path, tmp_path / path.name)
    there = [read_report(tmp_path / path.name) for path in reversed(list(sample_paths.values()))]

    one, two = (
        Corpus(frames_of(reports), checks=build("checks"), indicators=build("indicators")) for reports in (here, there)
    )

    assert set(one.reports["source"]) & set(two.reports["source"]) == set()
    assert cite(one) == cite(two)


def test_one_figure_less_is_another_corpus(corpus: Corpus) -> None:
    whole = without_results(corpus)
    changed = without_results(corpus, cells=corpus.cells.assign(value=corpus.cells["value"].replace(0.0, 1.0)))
    blank = without_results(corpus, cells=corpus.cells.assign(raw=corpus.cells["raw"].mask(corpus.cells["raw"] == "")))

    assert len({cite(each).content for each in (whole, changed, blank)}) == 3


def test_what_could_not_be_read_is_not_counted_and_what_is_not_known_not_told() -> None:
    rows = {"report_id": ["1", "2"], "source": ["a", "b"], "status": ["failed", "partial"]}
    tables = {name: build(name) for name in ("cells", "sections", "figures", "issues")}
    empty = Corpus(frames_of([]), checks=build("checks"), indicators=build("indicators"))

    found = cite(without_results(empty, reports=build("reports", rows), **tables))

    assert (found.reports, found.first_year, found.published) == (1, None, None)
    assert "corpus of 1 government information disclosure annual report, content" in found.text("en")
    assert "（1份）" in found.text("zh")


def test_a_folder_of_an_export_holds_it(corpus: Corpus, tmp_path: Path) -> None:
    citation = export_corpus(corpus, tmp_path / "out", "parquet")

    text = (tmp_path / "out" / "CITATION.txt").read_text(encoding="utf-8")
    assert text == f"{citation.text('zh')}\n{citation.text('en')}\n"


def test_the_software_is_cited_in_the_version_that_it_has() -> None:
    lines = (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()

    assert f"version: {__version__}" in lines
    assert version("gia-analysis") == __version__
    assert "license: MIT" in lines
