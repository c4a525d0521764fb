"""The registry of indicators: every entry is complete, and speaks of cells that exist."""

import re

import pytest

from gia_analysis.analysis import Indicator, get_indicator, indicators
from gia_analysis.analysis.measures import MEASURES
from gia_analysis.errors import FormError
from gia_analysis.forms import forms

ALL = list(indicators().values())
every_indicator = pytest.mark.parametrize("indicator", ALL, ids=[each.code for each in ALL])


CHINESE = re.compile(r"[\u4e00-\u9fff]")


@every_indicator
@pytest.mark.parametrize("field", ["name", "meaning", "caution", "origin"])
def test_it_has_every_field_in_both_languages(indicator: Indicator, field: str) -> None:
    zh, en = (getattr(indicator, field)(language) for language in ("zh", "en"))

    assert CHINESE.search(zh)
    assert en
    assert en.isascii()


@every_indicator
def test_its_sentences_end(indicator: Indicator) -> None:
    zh = [indicator.zh_means, indicator.zh_means_not, *indicator.notes("zh").values()]
    en = [indicator.means, indicator.means_not, *indicator.notes("en").values()]

    assert all(text.endswith("。") for text in zh)
    assert all(text.endswith(".") for text in en)


@every_indicator
def test_a_note_is_in_both_languages(indicator: Indicator) -> None:
    assert set(indicator.notes("zh")) == set(indicator.notes("en"))


@every_indicator
def test_some_form_has_it(indicator: Indicator) -> None:
    assert indicator.forms
    assert set(indicator.forms) <= set(forms())


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("disclosure_rate_broad", ("2014", "2019", "2021")),
        ("completion_rate", ("2019", "2021")),
        ("on_time_rate", ("2014",)),
        ("abandonment_rate", ("2021",)),
        ("active_publication_ratio", ("2014", "2019")),
        ("normative_turnover", ("2021",)),
        ("refusal_ground.denied_third_party", ("2014", "2019", "2021")),
        ("refusal_ground.denied_process_info", ("2019", "2021")),
        ("zero_requests", ("2014", "2019", "2021")),
        ("data_quality", ("pre2014", "2014", "2019", "2021")),
    ],
)
def test_the_forms_follow_from_the_definitions(code: str, expected: tuple[str, ...]) -> None:
    assert get_indicator(code).forms == expected


@pytest.mark.parametrize(
    "code", ["disclosure_rate_broad", "not_held_rate", "refusal_rate", "exemption_rate.denied_third_party"]
)
def test_the_form_of_2014_has_a_note_where_it_only_comes_near(code: str) -> None:
    assert "2014" in get_indicator(code).notes("zh")["stats_2014"]


def test_the_functions_that_entries_name_are_those_there_are() -> None:
    assert sorted(each.function for each in ALL if each.function) == sorted(MEASURES)


@every_indicator
def test_it_is_a_formula_or_a_function(indicator: Indicator) -> None:
    assert bool(indicator.definitions) == (indicator.function is None)


@every_indicator
def test_all_its_terms_exist_on_a_form(indicator: Indicator) -> None:
    for definition in indicator.definitions:
        for term in (*definition.numerator, *definition.denominator):
            tables = [form.table(term.table) for form in forms().values() if term.table in form.table_by_code]
            assert any(
                (term.row in table.row_by_code or table.rows_of(term.row)) and term.column in table.column_by_code
                for table in tables
            ), term


@every_indicator
def test_a_share_or_ratio_has_a_denominator_and_a_count_has_none(indicator: Indicator) -> None:
    expected = {indicator.kind != "count"} if indicator.definitions else set()

    assert {bool(definition.denominator) for definition in indicator.definitions} == expected


@every_indicator
def test_no_term_enters_a_side_twice(indicator: Indicator) -> None:
    for definition in indicator.definitions:
        assert len(set(definition.numerator)) == len(definition.numerator)
        assert len(set(definition.denominator)) == len(definition.denominator)


@every_indicator
def test_only_counts_have_a_unit(indicator: Indicator) -> None:
    assert (indicator.unit is not None) == (indicator.kind == "count")


def test_codes_are_the_keys() -> None:
    assert [each.code for each in ALL] == list(indicators())


@pytest.mark.parametrize(
    ("family", "members"),
    [
        ("applicant_share", 6),
        ("refusal_ground", 8),
        ("exemption_rate", 8),
        ("inability_reason", 3),
        ("non_processing_reason", 5),
    ],
)
def test_a_family_has_a_member_for_each_row_or_column_of_the_form(family: str, members: int) -> None:
    assert len([each for each in ALL if each.family == family]) == members


def test_a_member_is_named_after_its_row() -> None:
    found = get_indicator("refusal_ground.denied_state_secret")

    assert (found.name("zh"), found.name("en")) == (
        "不予公开理由占比：属于国家秘密",
        "Share of refusals by ground: State secrets",
    )


def test_an_unknown_indicator_names_the_nearest() -> None:
    with pytest.raises(FormError, match=r"unknown indicator 'disclosure_rate': did you mean .*'disclosure_rate_"):
        get_indicator("disclosure_rate")
