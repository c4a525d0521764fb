"""Every code that people meet has words in both languages."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

import gia_analysis
from gia_analysis import Report
from gia_analysis.checks.hints import Slip
from gia_analysis.forms import forms, section_kinds
from gia_analysis.forms.sections import subsection_kinds
from gia_analysis.schema import COLUMNS, Kind, Status, Verdict
from gia_analysis.wording import kind_word, reading_word, sentence, word

PACKAGE = Path(gia_analysis.__file__).parent
STATES = [*(each.value for each in Status), *(each.value for each in Verdict), *COLUMNS["severity"].allowed]
# Reasons why a check does not apply (checks/), an indicator or a year of a series is missing (analysis/).
REASONS = [
    "agency_ambiguous", "agency_unknown", "all_blank", "approximate", "base_missing", "base_zero", "blank", "checks_failed",
    "date_or_agency_unknown", "date_unknown", "denominator_zero", "form_differs", "form_or_year_unknown",
    "last_year_not_read_together", "level_or_figure_unknown", "list_may_be_partial", "members_missing", "members_unknown",
    "no_chapters_prescribed", "no_group", "no_indicator", "no_report", "no_report_of_last_year", "no_such_text_last_year",
    "no_table", "no_table_of_last_year", "no_table_of_member", "no_text", "not_checked", "not_on_form", "not_told",
    "nothing_counted", "numerator_exceeds_denominator", "one_year_only", "parts_missing", "scope_differs", "series_break",
    "several_reports", "several_reports_of_last_year", "several_reports_of_member", "small_base", "too_few",
    "too_few_peers", "total_missing", "unknown_scope", "unread", "value_missing", "year_unknown",
]  # fmt: skip
SLIPS = [*(each.value for each in Slip if each is not Slip.OTHER), "other_slip"]
BODIES = [*COLUMNS["agency_type"].allowed, *COLUMNS["agency_level"].allowed, *COLUMNS["scope"].allowed]
ORIGINS = [
    "title", "statistics table", "header", "signature", "contact sentence", "inferred", "period", "text",
    "publication date", "document date",
]  # fmt: skip
ISSUES = sorted(
    {
        code
        for path in (PACKAGE / "reading").glob("*.py")
        for code in re.findall(r'"([A-Z]{3,}(?:_[A-Z]+)*)"', path.read_text("utf-8"))
    }
)


def assert_both_languages(zh: str, en: str) -> None:
    assert re.search(r"[\u4e00-\u9fff]", zh)
    assert en.isascii()
    assert "_" not in en


@pytest.mark.parametrize("code", [*STATES, *REASONS, *SLIPS, *BODIES, *ORIGINS, *ISSUES])
def test_a_code_has_words_in_both_languages(code: str) -> None:
    assert_both_languages(word(code, "zh"), word(code, "en"))


@pytest.mark.parametrize("kind", [each.value for each in Kind])
def test_a_kind_of_cell_has_words_in_both_languages(kind: str) -> None:
    assert_both_languages(kind_word(kind, "zh"), kind_word(kind, "en"))


@pytest.mark.parametrize("count", ["labels", "cells", "table_lines_unused"])
def test_a_count_of_what_was_read_has_words_in_both_languages(count: str) -> None:
    assert_both_languages(reading_word(count, "zh"), reading_word(count, "en"))


@pytest.mark.parametrize("code", [*section_kinds(), *subsection_kinds()])
def test_a_chapter_or_sub_chapter_has_words_in_both_languages(code: str) -> None:
    assert_both_languages(word(code, "zh"), word(code, "en"))


def test_the_reader_has_issues_to_word() -> None:
    assert {"LABEL_MISSING", "BLANKS_LOST", "LETTER_FOR_DIGIT", "TABLE_TWICE"} <= set(ISSUES)


def test_every_reason_met_in_the_samples_is_listed_here(samples: Mapping[str, Report]) -> None:
    met = {
        reason
        for report in samples.values()
        for frame in (report.checks, report.indicators)
        for reason in frame["reason"].dropna()
    }

    assert met - set(REASONS) == set()


@pytest.mark.parametrize("code", [None, float("nan")])
def test_no_code_is_no_word(code: str | None) -> None:
    assert word(code) == ""


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert word("SOMETHING_NEW") == "SOMETHING_NEW"


def test_every_sentence_of_a_sum_is_given_in_english() -> None:
    sentences = [(each.zh, each.en) for form in forms().values() for each in form.sums]

    assert [sentence(zh, "en") for zh, _ in sentences] == [en for _, en in sentences]


def test_a_sentence_in_chinese_is_the_official_one() -> None:
    assert sentence("第一项加第二项之和，等于第三项加第四项之和。") == "第一项加第二项之和，等于第三项加第四项之和。"
