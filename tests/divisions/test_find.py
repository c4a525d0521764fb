"""Which divisions the head of a name may stand for: all of them, and none where the name holds none."""

import time

import pytest

from gia_analysis.divisions import find
from gia_analysis.divisions.names import match


def names(text: str, year: int | None = 2020) -> list[str]:
    return [each.full_name for each in find(text, year)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("河北省保定市徐水区", "河北省保定市徐水区"),
        ("保定市徐水区人民政府办公室", "河北省保定市徐水区"),
        ("保定徐水区教育局", "河北省保定市徐水区"),
        ("保定徐水", "河北省保定市徐水区"),
        ("河北徐水区", "河北省保定市徐水区"),
        ("尧都区县底镇人民政府", "山西省临汾市尧都区"),
        ("开远市人民政府", "云南省红河哈尼族彝族自治州开远市"),
        ("天门市教育局", "湖北省天门市"),
        ("成都市人民政府", "四川省成都市"),
        ("广西壮族自治区南宁市青秀区教育局", "广西壮族自治区南宁市青秀区"),
        ("恩施州巴东县", "湖北省恩施土家族苗族自治州巴东县"),
        ("连南县教育局", "广东省清远市连南瑶族自治县"),
        ("鄂伦春自治旗", "内蒙古自治区呼伦贝尔市鄂伦春自治旗"),
        ("上海市浦东新区", "上海市浦东新区"),
        ("滨海新区", "天津市滨海新区"),
        ("吉林市昌邑区", "吉林省吉林市昌邑区"),
        ("海南州共和县", "青海省海南藏族自治州共和县"),
        ("内江市中区教育局", "四川省内江市市中区"),
        ("国家税务总局徐水区税务局", "河北省保定市徐水区"),
        ("大同市政府办公室", "山西省大同市"),
        ("丰城市市场监督管理局", "江西省宜春市丰城市"),
        ("衢江区乡村振兴局", "浙江省衢州市衢江区"),
    ],
)
def test_a_name_is_found_with_or_without_what_stands_above_it(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    ("text", "count"), [("朝阳区教育局", 2), ("鼓楼区", 4), ("新华区人民政府", 3), ("海州区", 2), ("城区人民政府", 3)]
)
def test_a_name_that_several_bear_gives_all_of_them(text: str, count: int) -> None:
    assert len(find(text, 2020)) == count


@pytest.mark.parametrize(
    "text",
    [
        "县底镇人民政府",
        "通济街道办事处",
        "城区街道办事处",
        "经济技术开发区管委会",
        "高新区管委会",
        "江北新区管委会",
        "某社区居民委员会",
        "丰城市场监督管理局",
        "区教育局",
        "教育局",
        "国家统计局",
        "",
    ],
)
def test_a_name_without_a_division_finds_none(text: str) -> None:
    """新区, 园区, 开发区 and 社区 are no divisions; 县 may stand inside the name of a town."""
    assert find(text, 2020) == ()


@pytest.mark.parametrize(
    ("text", "year", "name"),
    [
        ("徐水县教育局", 2014, "河北省保定市徐水县"),
        ("徐水区教育局", 2014, "河北省保定市徐水区"),
        ("徐水县教育局", 2015, "河北省保定市徐水县"),
        ("徐水区教育局", 2015, "河北省保定市徐水区"),
        ("徐水县教育局", 2017, "河北省保定市徐水区"),
        ("徐水区教育局", 2012, "河北省保定市徐水县"),
        ("即墨市", 2017, "山东省青岛市即墨市"),
        ("即墨市", 2019, "山东省青岛市即墨区"),
        ("章丘区", 2016, "山东省济南市章丘区"),
        ("平江区", 2013, "江苏省苏州市姑苏区"),
        ("苏州市金阊区", 2010, "江苏省苏州市金阊区"),
        ("宣武区", 2009, "北京市宣武区"),
        ("崇文区", 2012, "北京市东城区"),
        ("余杭区", 2021, "浙江省杭州市余杭区"),
        ("钱塘区", 2020, "浙江省杭州市钱塘区"),
        ("襄樊市教育局", 2010, "湖北省襄樊市"),
        ("襄阳市教育局", 2010, "湖北省襄阳市"),
        ("简阳市教育局", 2016, "四川省成都市简阳市"),
        ("两江新区", 2025, "重庆市两江新区"),
    ],
)
def test_a_name_is_that_of_the_year_or_the_next_else_what_its_land_belonged_to(text: str, year: int, name: str) -> None:
    """A report on 2014 comes out in 2015, and may already print 徐水区."""
    assert names(text, year) == [name]


def test_a_division_that_was_split_leads_to_each_part() -> None:
    assert names("大同市城区人民政府", 2020) == ["山西省大同市平城区", "山西省大同市云冈区"]


def test_a_city_that_was_raised_is_open_in_the_year_of_the_change() -> None:
    """吐鲁番市 was a county until 2015 and a prefecture from then on."""
    assert {each.level for each in find("吐鲁番市", 2015)} == {"county", "prefecture"}
    assert {each.level for each in find("吐鲁番市", 2014)} == {"county", "prefecture"}
    assert [each.level for each in find("吐鲁番市", 2013)] == ["county"]
    assert [each.level for each in find("吐鲁番市", 2016)] == ["prefecture"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("苏州工业园区管委会", "江苏省苏州市"),
        ("长春新区管理委员会", "吉林省长春市"),
        ("句容经济开发区管委会", "江苏省镇江市句容市"),
    ],
)
def test_a_development_zone_lies_in_the_city_it_is_named_after_which_is_an_inference(text: str, name: str) -> None:
    found = match(text, 2020)

    assert ([each.full_name for each in found.candidates], found.inferred) == ([name], True)


def test_without_a_year_a_name_of_any_time_is_found() -> None:
    assert names("徐水县", None) == ["河北省保定市徐水县"]


def test_lookup_takes_a_few_hundred_microseconds_the_first_time() -> None:
    find("朝阳区", 2020)
    texts = [f"河北省保定市徐水区第{number}中学" for number in range(200)]

    start = time.perf_counter()
    for text in texts:
        find(text, 2020)

    assert (time.perf_counter() - start) / len(texts) < 0.001
