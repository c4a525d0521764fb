"""The table of checks as a whole."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

import pandas as pd
import pytest

from gia_analysis import Report
from gia_analysis.checks import RULES, run_checks, sentences
from gia_analysis.forms import forms
from gia_analysis.schema import TABLES, Frames, build, validate

Given = Mapping[str, Any]
SUMS = [each for form in forms().values() for each in form.sums]


def test_an_empty_corpus_gives_an_empty_table_with_all_columns() -> None:
    empty = Frames(**{field.name: build(field.name) for field in fields(Frames)})

    checks = run_checks(empty)

    pd.testing.assert_frame_equal(checks, build("checks"))


def test_the_table_is_as_the_schema_says(samples: Mapping[str, Report]) -> None:
    for report in samples.values():
        assert list(validate("checks", report.checks)) == list(TABLES["checks"])


def test_a_report_that_could_not_be_read_is_not_checked(check: Callable[[Mapping[str, Given]], pd.DataFrame]) -> None:
    checks = check({"novel": {"form": "2019", "facts": {"status": "failed", "form": None}}})

    assert len(checks) == 0


def test_a_report_without_tables_is_checked_as_a_document(check: Callable[[Mapping[str, Given]], pd.DataFrame]) -> None:
    checks = check({"text": {"form": "2019", "facts": {"form": None, "title_year": 2020, "period_end": "2021-12-31"}}})

    assert set(checks.loc[checks["status"] == "fail", "code"]) == {"YEAR_CONFLICT"}


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_a_sentence_in_both_languages(code: str) -> None:
    rule = RULES[code]

    assert rule.zh.endswith("。")
    assert rule.en.endswith(".")
    assert rule.en != rule.zh


def test_every_sum_has_a_sentence_in_both_languages() -> None:
    assert [each.code for each in SUMS if not each.zh.endswith("。")] == []
    assert [each.code for each in SUMS if not (each.en.endswith(".") and each.en.isascii())] == []


def test_every_chinese_sentence_has_one_english() -> None:
    english = {(each.zh, each.en) for each in (*SUMS, *RULES.values())}

    assert dict(english) == dict(sentences())
    assert len(english) == len(sentences())


def test_a_code_of_a_sum_is_no_code_of_a_rule() -> None:
    assert {each.code for each in SUMS} & set(RULES) == set()
