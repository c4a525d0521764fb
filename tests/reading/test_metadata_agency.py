"""Who reports: the first place that names a body, and never a word for oneself."""

from collections.abc import Callable
from datetime import date

import pytest

from gia_analysis.records import ReportFacts

FactsOf = Callable[..., ReportFacts]


def test_agency_of_the_statistics_table_stands_above_the_page_header(facts_of: FactsOf) -> None:
    """The header of a page often has a short form."""
    header = "发布单位: | 区机关事务保障中心 | |\n"
    table = "政府信息公开情况统计表 | |\n(2020年度) | |\n填报单位:衢江区机关事务保障中心 | |\n"

    facts = facts_of(header, table)

    assert (facts.agency, facts.agency_from) == ("衢江区机关事务保障中心", "statistics table")
    assert (facts.year, facts.year_from) == (2020, "statistics table")


def test_agency_is_read_from_the_page_header(facts_of: FactsOf) -> None:
    facts = facts_of("索引号： | 014416330/2018-04736 | 发布机构： | 镇江市教育局 |\n")

    assert (facts.agency, facts.agency_from) == ("镇江市教育局", "header")


def test_agency_is_read_from_the_signature(facts_of: FactsOf) -> None:
    facts = facts_of("", "                    平利县正阳镇人民政府\n                    2022年1月20日\n")

    assert (facts.agency, facts.agency_from) == ("平利县正阳镇人民政府", "signature")
    assert (facts.published, facts.published_from) == (date(2022, 1, 20), "signature")


def test_agency_is_read_from_the_contact_without_the_inner_office(facts_of: FactsOf) -> None:
    facts = facts_of("如有疑问,请与通济街道办事处督查办公室联系(电话:0532-00000000)。")

    assert (facts.agency, facts.agency_from) == ("通济街道办事处", "contact sentence")


def test_a_bureau_that_takes_the_calls_is_not_the_government_that_reports(facts_of: FactsOf) -> None:
    """我市 and 全市 are words of a government; 我局 would be those of the bureau."""
    contact = "如有疑问，请与天门市行政审批局办公室联系（电话：0728-00000000）。"

    assert facts_of(f"2020年，我市扎实推进政务公开。{contact}").agency is None
    assert facts_of(f"2020年，我局扎实推进政务公开。{contact}").agency == "天门市行政审批局"


@pytest.mark.parametrize("short", ["我局", "我中心", "本机关", "局"])
def test_a_word_for_oneself_is_no_agency(facts_of: FactsOf, short: str) -> None:
    facts = facts_of(f"{short}2020年政府信息公开工作年度报告\n现将{short}有关情况报告如下。")

    assert (facts.agency, facts.year) == (None, 2020)


def test_the_contact_need_not_be_the_body_that_reports(facts_of: FactsOf) -> None:
    facts = facts_of(
        "我区政府办公室高度重视。电子版可在保定市徐水区人民政府门户网站（http://www.example.gov.cn/）查询下载。"
        "如有疑问，请与保定市徐水区政务公开办公室联系（电话：0312-0000000）。"
    )

    assert (facts.contact_office, facts.agency) == ("保定市徐水区政务公开办公室", "保定市徐水区人民政府办公室")
    assert facts.agency_from == "inferred"


def test_agency_stays_missing_where_nothing_names_one(facts_of: FactsOf) -> None:
    facts = facts_of("现将本机关政府信息公开情况报告如下。")

    assert (facts.agency, facts.agency_from, facts.agency_type) == (None, None, None)
