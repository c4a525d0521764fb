"""Which division a report belongs to: decided by its own facts, open where they leave it open."""

from typing import Any

import pytest

from gia_analysis.divisions import Resolution, resolve


def told(found: Resolution) -> tuple[str | None, str | None, bool]:
    return (found.division.full_name if found.division else None, found.origin, found.inferred)


@pytest.mark.parametrize(
    ("facts", "name", "origin"),
    [
        ({"index_number": "330803-042/2021-46930"}, "浙江省衢州市衢江区", "index number"),
        ({"index_number": "11330800002618197P/2021-119427"}, "浙江省衢州市", "index number"),
        ({"agency": "尧都区县底镇人民政府"}, "山西省临汾市尧都区", "agency"),
        ({"agency": "韶关市浈江区人民政府办公室"}, "广东省韶关市浈江区", "agency"),
        ({"agency": "北京市朝阳区教育局"}, "北京市朝阳区", "agency"),
        ({"agency": "江苏省公安厅"}, "江苏省", "agency"),
        ({"agency": "东莞市虎门镇人民政府"}, "广东省东莞市", "agency"),
        (
            {"agency": "区机关事务保障中心", "index_number": "330803-042/2021-46930"},
            "浙江省衢州市衢江区",
            "index number",
        ),
        ({"agency": "衢江区财政局", "index_number": "11330800002618197P"}, "浙江省衢州市衢江区", "agency"),
        ({"agency": "保定市生态环境局徐水区分局"}, "河北省保定市徐水区", "agency"),
    ],
)
def test_index_number_and_name_of_the_agency_tell_the_division(facts: dict[str, Any], name: str, origin: str) -> None:
    assert told(resolve(2020, **facts)) == (name, origin, False)


@pytest.mark.parametrize(
    ("facts", "name", "origin"),
    [
        ({"agency": "朝阳区教育局", "phone": "0431-00000000"}, "吉林省长春市朝阳区", "agency + area code"),
        ({"agency": "朝阳区教育局", "phone": "(010)00000000"}, "北京市朝阳区", "agency + area code"),
        ({"agency": "鼓楼区民政局", "address": "南京市鼓楼区某路1号"}, "江苏省南京市鼓楼区", "agency + address"),
        ({"agency": "鼓楼区民政局", "postcode": "350001"}, "福建省福州市鼓楼区", "agency + postcode"),
        ({"agency": "鼓楼区民政局", "website": "http://mzt.henan.gov.cn/a"}, "河南省开封市鼓楼区", "agency + website"),
        ({"agency": "新华区人民政府", "postcode": "050000", "phone": "0311-00000000"}, "河北省石家庄市新华区", "agency + area code"),
        ({"agency": "县底镇人民政府", "mention": "尧都区人民政府"}, "山西省临汾市尧都区", "website"),
        ({"agency": "通济街道办事处", "address": "青岛市即墨区振华街1号"}, "山东省青岛市即墨区", "address"),
        ({"agency": "青岛市通济街道办事处", "mention": "即墨区人民政府"}, "山东省青岛市即墨区", "website"),
        ({"agency": "区教育局", "address": "衢州市柯城区某路1号"}, "浙江省衢州市柯城区", "address"),
        ({"agency": "市教育局", "address": "衢州市柯城区某路1号"}, "浙江省衢州市", "address"),
        ({"agency": "市教育局", "address": "浙江省江山市某路1号"}, "浙江省衢州市江山市", "address"),
        ({"agency": "苏州工业园区管委会"}, "江苏省苏州市", "agency"),
        ({"index_number": "370282-042/2021-1"}, "山东省青岛市即墨区", "index number"),
    ],
)  # fmt: skip
def test_what_other_facts_had_to_decide_is_inferred(facts: dict[str, Any], name: str, origin: str) -> None:
    assert told(resolve(2020, **facts)) == (name, origin, True)


@pytest.mark.parametrize(
    ("facts", "candidates"),
    [
        ({"agency": "朝阳区教育局"}, ["110105", "220104"]),
        ({"agency": "朝阳区教育局", "phone": "0312-0000000"}, ["110105", "220104"]),
        ({"agency": "鼓楼区民政局", "postcode": "210000"}, ["320106", "320302"]),
        ({"agency": "通济街道办事处", "phone": "0532-00000000", "website": "www.scmxtz.com"}, ["370200"]),
        ({"agency": "保定市县底镇人民政府"}, ["130600"]),
        ({"agency": "县底镇人民政府", "index_number": "141000-001/2021-1"}, ["141000"]),
        ({"agency": "江山市教育局", "index_number": "330803-042/2021-1"}, ["330803", "330881"]),
        ({"agency": "教育局", "address": "衢州市柯城区某路1号"}, ["330802", "330800", "330000"]),
        ({"agency": "机关事务中心", "phone": "739907"}, []),
        ({"index_number": "014416330/2018-04736"}, []),
        ({"index_number": "kysrmzf/2026-00017"}, []),
        ({"index_number": "199999-001/2020-1"}, []),
        ({"agency": "国家统计局"}, []),
        ({}, []),
    ],
)
def test_the_division_stays_open_where_the_facts_leave_it_open(facts: dict[str, Any], candidates: list[str]) -> None:
    """No guess, whichever is the larger or the first; the candidates say what it is one of, or lies in."""
    found = resolve(2020, **facts)

    assert (found.division, sorted(each.code for each in found.candidates)) == (None, sorted(candidates))


def test_an_address_alone_does_not_place_a_department() -> None:
    """The bureau of a city lies in one of its districts."""
    assert resolve(2020, address="河北省保定市竞秀区某路1号").division is None


def test_a_phone_with_two_area_codes_decides_nothing() -> None:
    assert resolve(2020, agency="朝阳区教育局", phone="010-00000000、0431-00000000").division is None


def test_an_old_code_and_the_new_name_are_one_place() -> None:
    """Catalogues keep the code of 即墨市 long after 2017."""
    found = resolve(2020, agency="青岛市即墨区教育局", index_number="370282-042/2021-1")

    assert (found.division and found.division.code, found.candidates) == ("370215", ())


@pytest.mark.parametrize(("year", "code"), [(2013, "130625"), (2014, "130609"), (2015, "130609"), (2020, "130609")])
def test_the_division_is_that_of_the_year_of_the_report_or_of_its_print(year: int, code: str) -> None:
    found = resolve(year, agency="徐水区教育局").division

    assert found is not None
    assert found.code == code
