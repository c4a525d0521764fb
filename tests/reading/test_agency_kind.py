"""Kind and level of a body, by its name and the divisions of the year; missing where these leave them open."""

from collections.abc import Callable

import pytest

from gia_analysis.records import ReportFacts

FactsOf = Callable[..., ReportFacts]


@pytest.mark.parametrize(
    ("agency", "kind"),
    [
        ("韶关市浈江区人民政府办公室", "government_office"),
        ("河南省人民政府办公厅", "government_office"),
        ("上海市黄浦区人民政府", "government"),
        ("开远市人民政府", "government"),
        ("广西壮族自治区人民政府", "government"),
        ("尧都区县底镇人民政府", "township"),
        ("平利县正阳镇人民政府", "township"),
        ("某县某某民族乡人民政府", "township"),
        ("通济街道办事处", "subdistrict"),
        ("长春新区管理委员会", "zone_committee"),
        ("苏州工业园区管委会", "zone_committee"),
        ("北京市东城区住房和城市建设委员会", "department"),
        ("江苏省公安厅", "department"),
        ("天门市教育局", "department"),
        ("财政部", "department"),
        ("国务院国有资产监督管理委员会", "department"),
        ("衢江区机关事务保障中心", "public_institution"),
        ("长春水务有限公司", "enterprise"),
    ],
)
def test_kind_is_told_by_the_end_of_the_name(facts_of: FactsOf, agency: str, kind: str) -> None:
    assert facts_of(f"{agency}2020年政府信息公开工作年度报告\n").agency_type == kind


@pytest.mark.parametrize(
    ("agency", "level"),
    [
        ("国家统计局", "ministry"),
        ("中华人民共和国财政部", "ministry"),
        ("财政部", "ministry"),
        ("上海市人民政府", "province"),
        ("江苏省公安厅", "province"),
        ("河南省人民政府办公厅", "province"),
        ("广西壮族自治区人民政府", "province"),
        ("新疆维吾尔自治区人民政府", "province"),
        ("凉山彝族自治州人民政府", "prefecture"),
        ("锡林郭勒盟行政公署办公室", "prefecture"),
        ("上海市黄浦区人民政府", "county"),
        ("北京市东城区住房和城市建设委员会", "county"),
        ("连南瑶族自治县人民政府", "county"),
        ("恩施土家族苗族自治州巴东县人民政府", "county"),
        ("内蒙古自治区杭锦后旗教育局", "county"),
        ("广西壮族自治区南宁市青秀区教育局", "county"),
        ("尧都区县底镇人民政府", "township"),
        ("通济街道办事处", "township"),
        ("广州市越秀区大东街道办事处", "township"),
        ("成都市人民政府", "prefecture"),
        ("开远市人民政府", "county"),
        ("天门市教育局", "county"),
        ("东莞市人民政府", "prefecture"),
        ("恩施州教育局", "prefecture"),
        ("鼓楼区民政局", "county"),
        ("国家税务总局徐水区税务局", "county"),
        ("国家税务总局江苏省税务局", "province"),
        ("保定市生态环境局徐水区分局", "county"),
        ("某某自治县教育局", "county"),
    ],
)
def test_level_is_told_by_the_divisions_in_the_name(facts_of: FactsOf, agency: str, level: str) -> None:
    assert facts_of(f"{agency}2020年政府信息公开工作年度报告\n").agency_level == level


@pytest.mark.parametrize(
    "agency",
    [
        "某某市人民政府",
        "丰城市场监督管理局",
        "长春新区管理委员会",
        "苏州工业园区管委会",
        "句容经济开发区管委会",
    ],
)
def test_level_is_missing_where_the_name_leaves_it_open(facts_of: FactsOf, agency: str) -> None:
    """市 may be a prefecture or a county city; 新区, 园区 and 开发区 are no counties."""
    facts = facts_of(f"{agency}2020年政府信息公开工作年度报告\n")

    assert (facts.agency_level, facts.agency_level_from) == (None, None)


@pytest.mark.parametrize(("year", "level"), [(2013, "county"), (2014, None), (2015, None), (2016, "prefecture")])
def test_level_of_a_city_is_that_of_the_year(facts_of: FactsOf, year: int, level: str | None) -> None:
    """吐鲁番市 was raised from a county city to a prefecture in 2015; the report on 2014 came out in that year."""
    assert facts_of(f"吐鲁番市教育局{year}年政府信息公开工作年度报告\n").agency_level == level


@pytest.mark.parametrize(
    ("header", "level"),
    [
        ("索引号： | 330803-042/2021-46930 | 发布机构： | 区机关事务保障中心 |\n", "county"),
        ("索引号： | 11330800002618197P/2021-1 | 发布机构： | 市教育局 |\n", "prefecture"),
        ("索引号： | 11330800002618197P/2021-1 | 发布机构： | 县教育局 |\n", None),
    ],
)
def test_level_of_a_short_name_is_inferred_from_the_division(facts_of: FactsOf, header: str, level: str | None) -> None:
    facts = facts_of(f"{header}统计期限自2020年1月1日起至2020年12月31日止。")

    assert (facts.agency_level, facts.agency_level_from) == (level, "inferred" if level else None)
