"""The office to turn to and its particulars, as printed."""

from collections.abc import Callable

import pytest

from gia_analysis.records import ReportFacts

FactsOf = Callable[..., ReportFacts]


def test_contact_fields_are_read_from_one_sentence(facts_of: FactsOf) -> None:
    facts = facts_of(
        "如对本报告有疑问，请与龙岗区住房和建设局办公室联系（地址：深圳市龙岗区龙翔大道8033号；邮编：518172；"
        "电话：0755-00000000、00000001；电子邮箱：a.b@example.gov.cn）。电子版可在http://www.example.gov.cn/gk/下载。"
    )

    assert facts.contact_office == "龙岗区住房和建设局办公室"
    assert facts.contact_address == "深圳市龙岗区龙翔大道8033号"
    assert facts.contact_postcode == "518172"
    assert facts.contact_phone == "0755-00000000、00000001"
    assert facts.contact_email == "a.b@example.gov.cn"
    assert facts.website == "http://www.example.gov.cn/gk/"


@pytest.mark.parametrize(
    "phone",
    [
        "0755-00000000",
        "0755—00000000",
        "（0755）00000000",
        "075500000000",
        "739907",
        "0755-00000000、00000001",
        "0755-00000000/00000001",
    ],
)
def test_a_phone_is_kept_as_printed_with_or_without_area_code_and_with_others(facts_of: FactsOf, phone: str) -> None:
    facts = facts_of(f"请与龙岗区住房和建设局办公室联系（邮编：518172；电话：{phone}；传真：11111111）。")

    assert facts.contact_phone == phone.replace("（", "(").replace("）", ")")


def test_particulars_of_the_contact_may_stand_in_the_next_sentence(facts_of: FactsOf) -> None:
    facts = facts_of("如有疑问，请与开远市教育局办公室联系。地址：模拟路1号，邮编：661600，电话：0873-0000000。")

    assert (facts.contact_address, facts.contact_postcode, facts.contact_phone) == (
        "模拟路1号",
        "661600",
        "0873-0000000",
    )


@pytest.mark.parametrize("separator", ["，", ",", "；", ";", "、", " "])
def test_contact_fields_may_be_parted_in_several_ways(facts_of: FactsOf, separator: str) -> None:
    fields = separator.join(["地址：模拟路1号", "邮编：100000", "电话：010—00000000"])

    facts = facts_of(f"请与开远市教育局办公室联系（{fields}）。")

    found = (facts.contact_address, facts.contact_postcode, (facts.contact_phone or "").replace("—", "-"))
    assert found == ("模拟路1号", "100000", "010-00000000")
