"""Kind and level of a body, by its name alone; the level is missing where the name leaves it open."""

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
    ],
)
def test_level_is_told_by_the_divisions_in_the_name(facts_of: FactsOf, agency: str, level: str) -> None:
    assert facts_of(f"{agency}2020年政府信息公开工作年度报告\n").agency_level == level


@pytest.mark.parametrize(
    "agency",
    [
        "开远市人民政府",
        "天门市教育局",
        "成都市人民政府",
        "长春新区管理委员会",
        "苏州工业园区管委会",
        "句容经济开发区管委会",
    ],
)
def test_level_is_missing_where_the_name_leaves_it_open(facts_of: FactsOf, agency: str) -> None:
    """市 may be a prefecture or a county city; 新区, 园区 and 开发区 are no counties."""
    assert facts_of(f"{agency}2020年政府信息公开工作年度报告\n").agency_level is None
