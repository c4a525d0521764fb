"""Parts of a corpus, its labels, and how it shows itself."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from gia_analysis import Corpus, CorpusError, read_reports
from gia_analysis.schema import TABLES

XIANDI, TONGJI = "尧都区县底镇人民政府", "通济街道办事处"


@pytest.fixture(scope="module")
def corpus(sample_paths: Mapping[str, Path]) -> Corpus:
    return read_reports(sample_paths.values())


def test_select_keeps_one_agency_in_every_table(corpus: Corpus) -> None:
    part = corpus.select(TONGJI)

    for name in TABLES:
        whole = getattr(corpus, name)
        expected = whole[whole["source"].str.endswith("2020-tongji-subdistrict.txt")].reset_index(drop=True)
        pd.testing.assert_frame_equal(getattr(part, name), expected)


def test_select_keeps_one_year(corpus: Corpus) -> None:
    assert corpus.select(XIANDI, 2020).reports["agency"].tolist() == [XIANDI]


def test_select_of_an_unknown_agency_names_the_nearest(corpus: Corpus) -> None:
    with pytest.raises(
        CorpusError, match="unknown agency '尧都区县底镇政府' in the corpus: did you mean '尧都区县底镇人民政府'"
    ):
        corpus.select("尧都区县底镇政府")


def test_select_of_a_year_without_report_names_those_there_are(corpus: Corpus) -> None:
    with pytest.raises(CorpusError, match=r"no report of 通济街道办事处 for 2019 in the corpus: there are \[2020\]"):
        corpus.select(TONGJI, 2019)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("zh", ["第二十条第（九）项", "政府集中采购", "采购总金额"]),
     ("en", ["Article 20 (9): central procurement", "Central government procurement", "Amount procured"])],
)  # fmt: skip
def test_cells_are_labelled_in_the_language_wanted(corpus: Corpus, language: str, expected: list[str]) -> None:
    frame = corpus.labelled("cells", language)  # type: ignore[arg-type]

    row = frame[(frame["value"] == 6054)].iloc[0]

    assert row[["table_label", "row_label", "col_label"]].tolist() == expected


def test_labels_are_those_of_the_form_that_the_report_is_on(corpus: Corpus) -> None:
    """规范性文件 on the form of 2019 is 行政规范性文件 on that of 2021; 处理决定数量 is 本年处理决定数量."""
    frame = corpus.labelled("cells")

    labels = set(frame.loc[frame["form"] == "2019", "row_label"]) | set(frame.loc[frame["form"] == "2019", "col_label"])

    assert {"规范性文件", "处理决定数量"} <= labels
    assert {"行政规范性文件", "本年处理决定数量"} & labels == set()


def test_labelling_changes_no_column_and_no_row(corpus: Corpus) -> None:
    frame = corpus.labelled("cells")

    pd.testing.assert_frame_equal(frame[list(TABLES["cells"])], corpus.cells)


def test_checks_without_a_table_have_no_label(corpus: Corpus) -> None:
    frame = corpus.labelled("checks")

    row = frame[frame["code"] == "SECTION_MISSING"].iloc[0]

    assert row[["table_label", "row_label", "col_label"]].isna().all()


def test_blanks_count_as_zero_where_that_is_asked_for(corpus: Corpus) -> None:
    """Xushui 2020: one result, not held; with blanks as zero its disclosure rate is 0 of 1."""
    xushui = corpus.select("保定市徐水区人民政府办公室")
    code = "disclosure_rate_broad"

    missing = xushui.indicators.set_index("code").loc[code]
    zero = xushui.indicators_with("zero").set_index("code").loc[code]

    assert (missing["reason"], missing["blanks"]) == ("blank", "missing")
    assert (zero["value"], zero["numerator"], zero["denominator"], zero["blanks"]) == (0, 0, 1, "zero")


def test_its_text_says_how_many_reports_agencies_and_cells_it_holds(corpus: Corpus) -> None:
    text = repr(corpus)

    for fact in ("5 (5 ok, 0 partial, 0 failed)", "2020–2020", "869", "10 (2)"):
        assert fact in text


def test_its_page_holds_the_same_facts_as_its_text(corpus: Corpus) -> None:
    page = corpus._repr_html_()

    assert "<td>5 (5 ok, 0 partial, 0 failed)</td>" in page
    assert "<td>869</td>" in page


def test_its_card_speaks_english(corpus: Corpus) -> None:
    text = corpus.card("en").text()

    for fact in ("Agencies", "Cells", "5 (5 ok, 0 partial, 0 failed)", "869"):
        assert fact in text


def test_an_empty_corpus_shows_itself(tmp_path: Path) -> None:
    assert "0 (0 ok, 0 partial, 0 failed)" in repr(read_reports(tmp_path))
