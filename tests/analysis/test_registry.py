"""The registry of indicators: every entry is complete, and speaks of cells that exist."""

import pytest

from gia_analysis.analysis import Indicator, get_indicator, indicators
from gia_analysis.errors import FormError
from gia_analysis.forms import forms

ALL = list(indicators().values())
every_indicator = pytest.mark.parametrize("indicator", ALL, ids=[each.code for each in ALL])


@every_indicator
def test_it_has_names_source_and_meaning(indicator: Indicator) -> None:
    assert indicator.zh
    assert indicator.en.isascii()
    assert indicator.source
    assert indicator.means.endswith(".")


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
    expected = indicator.kind != "count"

    assert {bool(definition.denominator) for definition in indicator.definitions} == {expected}


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
    [("applicant_share", 6), ("refusal_ground", 8), ("inability_reason", 3), ("non_processing_reason", 5)],
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
