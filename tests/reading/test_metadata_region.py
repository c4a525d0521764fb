"""Where a report belongs, as its facts tell it: the index number, the agency, the contact."""

from collections.abc import Callable, Mapping

import pytest

from gia_analysis import Report
from gia_analysis.records import ReportFacts

FactsOf = Callable[..., ReportFacts]


@pytest.mark.parametrize(
    ("number", "region"),
    [
        ("330803-042/2021-46930", "330803"),
        ("11330800002618197P/2021-119427", "330800"),
        ("014416330/2018-04736", None),
        ("kysrmzf/2026-00017", None),
    ],
)
def test_the_index_number_gives_the_division_where_it_holds_one(
    facts_of: FactsOf, number: str, region: str | None
) -> None:
    """A division code, a credit code (its characters 3 to 8), an organisation code, an alias."""
    facts = facts_of(f"索引号： | {number} | 公开方式： | 主动公开 |\n")

    assert (facts.index_number, facts.region_code) == (number, region)


@pytest.mark.parametrize(
    ("agency", "region", "origin"),
    [
        ("尧都区县底镇人民政府", ("141002", "山西省临汾市尧都区"), "agency"),
        ("韶关市浈江区人民政府办公室", ("440204", "广东省韶关市浈江区"), "agency"),
        ("苏州工业园区管委会", ("320500", "江苏省苏州市"), "inferred: agency"),
        ("即墨市人民政府", ("370215", "山东省青岛市即墨区"), "inferred: agency"),
        ("国家统计局", (None, None), None),
    ],
)
def test_the_division_is_named_in_full_and_says_where_it_was_found(
    facts_of: FactsOf, agency: str, region: tuple[str | None, str | None], origin: str | None
) -> None:
    facts = facts_of(f"{agency}2020年政府信息公开工作年度报告\n")

    assert ((facts.region_code, facts.region), facts.region_from) == (region, origin)
    assert facts.region_candidates is None


def test_the_division_of_an_inferred_agency_is_inferred(samples: Mapping[str, Report]) -> None:
    facts = samples["2020-xushui-government-office"].facts

    assert (facts.region_code, facts.region, facts.region_from) == ("130609", "河北省保定市徐水区", "inferred: agency")


def test_the_level_of_an_inferred_agency_is_inferred(samples: Mapping[str, Report]) -> None:
    facts = samples["2020-xushui-government-office"].facts

    assert (facts.agency_level, facts.agency_level_from) == ("county", "inferred")


def test_a_ministry_has_no_division_though_it_has_a_phone(facts_of: FactsOf) -> None:
    contact = "请与国家统计局办公室联系（电话：010-00000000）。"

    facts = facts_of(f"国家统计局2020年政府信息公开工作年度报告\n{contact}")

    assert (facts.region_code, facts.region_candidates, facts.agency_level) == (None, None, "ministry")


def test_spam_in_place_of_the_district_leaves_the_division_open(samples: Mapping[str, Report]) -> None:
    """The phone tells the city, the words for site and district were replaced."""
    facts = samples["2020-tongji-subdistrict"].facts

    assert (facts.region_code, facts.region, facts.region_from) == (None, None, None)
    assert facts.region_candidates == "370200"


def test_a_name_that_several_divisions_bear_leaves_them_as_candidates(facts_of: FactsOf) -> None:
    facts = facts_of("朝阳区教育局2020年政府信息公开工作年度报告\n")

    assert (facts.region_code, facts.region_candidates) == (None, "110105;220104")


def test_the_area_code_of_the_contact_chooses_among_divisions_of_one_name(facts_of: FactsOf) -> None:
    title = "朝阳区教育局2020年政府信息公开工作年度报告\n"

    facts = facts_of(f"{title}请与朝阳区教育局办公室联系（电话：0431-00000000）。")

    assert (facts.region, facts.region_from) == ("吉林省长春市朝阳区", "inferred: agency + area code")
