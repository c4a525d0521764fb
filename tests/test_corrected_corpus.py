"""A corpus with corrections: its cells and checks are about what was printed, its indicators about what is right."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from gia_analysis import Corpus, Report
from gia_analysis.corrections import HEADER
from gia_analysis.report import frames_of

QUJIANG = "衢江区机关事务保障中心"


@pytest.fixture(scope="module")
def printed(samples: Mapping[str, Report]) -> Corpus:
    return Corpus(frames_of(list(samples.values())))


@pytest.fixture(scope="module")
def corrected(printed: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    report_id = printed.reports.set_index("agency").loc[QUJIANG, "report_id"]
    line = [
        report_id,
        "",
        "stats_2014",
        "requests_received",
        "value",
        "0",
        "4",
        "漏填",
        "汇总报告",
        "公开机构",
        "2021-03-01",
    ]
    path = tmp_path_factory.mktemp("corrections") / "corrections.csv"
    path.write_text(f"{','.join(HEADER)}\n{','.join(line)}\n", encoding="utf-8")
    return printed.with_corrections(path)


def test_cells_and_checks_are_about_what_was_printed(printed: Corpus, corrected: Corpus) -> None:
    pd.testing.assert_frame_equal(corrected.cells, printed.cells)
    pd.testing.assert_frame_equal(corrected.checks, printed.checks)


def test_indicators_are_about_what_is_right_and_say_so(printed: Corpus, corrected: Corpus) -> None:
    keys = ["source", "code"]
    before, after = printed.indicators.set_index(keys), corrected.indicators.set_index(keys)
    flagged = after["flags"].fillna("").str.split(";").map(lambda flags: "corrected" in flags)

    volume = after[flagged].xs("request_volume", level="code")
    assert volume["value"].tolist() == [4.0]
    pd.testing.assert_frame_equal(after[~flagged], before[~flagged])


def test_a_part_of_a_corrected_corpus_is_corrected_and_keeps_its_flags_on_disk(
    corrected: Corpus, tmp_path: Path
) -> None:
    corrected.select(QUJIANG).save(tmp_path / "corpus")

    found = Corpus.load(tmp_path / "corpus").indicators.set_index("code")

    assert found.loc["request_volume", "value"] == 4.0
    assert "corrected" in found.loc["request_volume", "flags"]
    assert corrected.select(QUJIANG).indicators_with("zero").set_index("code").loc["request_volume", "value"] == 4.0
