"""What a report says of itself: year, agency, dates, index number, contact, scope."""

from collections.abc import Callable
from datetime import date

import pytest

from gia_analysis.records import ReportFacts

FactsOf = Callable[..., ReportFacts]


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("统计期限自2020年1月1日起至2020年12月31日止。", date(2020, 1, 1), date(2020, 12, 31)),
        ("统计期限自2020年1月1日起，至2020年12月31日止。", date(2020, 1, 1), date(2020, 12, 31)),
        ("数据统计期限为2020年1月1日至12月31日。", date(2020, 1, 1), date(2020, 12, 31)),
        ("统计期限自2020年1月1日起至2020年12月30日止。", date(2020, 1, 1), date(2020, 12, 30)),
        ("本报告统计期限自20251月1日至202512月31日。", date(2025, 1, 1), date(2025, 12, 31)),
        ("统计期限为201711日至20171231日。", date(2017, 1, 1), date(2017, 12, 31)),
        ("统计期限自２０２０年１月１日至２０２０年１２月３１日。", date(2020, 1, 1), date(2020, 12, 31)),
        ("统计期限自 2020 年 1 月 1 日 起至 2020 年 12 月 31 日止。", date(2020, 1, 1), date(2020, 12, 31)),
    ],
)
def test_the_period_gives_the_year_also_where_characters_dropped_out(
    facts_of: FactsOf, sentence: str, start: date, end: date
) -> None:
    """年, 月 and 日 are lost in some conversions: 20251月1日至202512月31日, 201711日至20171231日."""
    facts = facts_of(sentence)

    assert (facts.period_start, facts.period_end, facts.year, facts.year_from) == (start, end, end.year, "period")


@pytest.mark.parametrize(
    "sentence",
    ["2014年成立政务公开工作领导小组。", "电子邮箱：office2018@example.com。", "见http://www.example.com/gb2025/index.html。",
     "2021年1月29日印发。", "2020年3月1日至2020年6月30日开展专项检查。"],
)  # fmt: skip
def test_other_years_in_the_text_do_not_mislead(facts_of: FactsOf, sentence: str) -> None:
    facts = facts_of(f"{sentence}统计期限自2019年1月1日起至2019年12月31日止。{sentence}")

    assert (facts.year, facts.period_end) == (2019, date(2019, 12, 31))


@pytest.mark.parametrize("sentence", ["2014年成立政务公开工作领导小组。", "电子邮箱：office2018@example.com。"])
def test_a_year_that_is_not_that_of_the_report_is_no_report_year(facts_of: FactsOf, sentence: str) -> None:
    assert facts_of(sentence).year is None


@pytest.mark.parametrize(
    "title",
    [
        "天门市教育局2022年政府信息公开工作年度报告",
        "天门市教育局2022年政府信息公开年度报告",
        "天门市教育局2022年度政府信息公开工作报告",
        "天门市教育局2022年信息公开工作年度报告",
        "天门市教育局2022年信息公开年度报告",
        "天门市教育局2022年政务公开工作年度报告",
        "天门市教育局2022年政府信息公开年报",
        "2022年天门市教育局政府信息公开工作年度报告",
        "2022年度天门市教育局政府信息公开工作年度报告",
        "天门市教育局政府信息公开工作2022年度报告",
        "天门市教育局政府信息公开2022年年度报告",
        "天门市教育局关于2022年政府信息公开工作年度报告",
        "《天门市教育局2022年政府信息公开工作年度报告》",
        "天门市教育局2022年政府信息公开工作年度报告（图文版）",
        "天门市教育局政府信息公开年度报告（2022年）",
        "天门市教育局\n2022年政府信息公开工作年度报告",
        "天门市教育局2022年政府\n信息公开工作年度报告",
        "天门市教育局\n2022年政府信息公开\n工作年度报告",
        "\n\n　　天门市教育局２０２２年政府信息公开工作年度报告\n",
    ],
)
def test_agency_and_year_are_read_from_every_wording_of_the_title(facts_of: FactsOf, title: str) -> None:
    facts = facts_of(f"{title}\n")

    assert (facts.agency, facts.agency_from) == ("天门市教育局", "title")
    assert (facts.year, facts.title_year, facts.year_from) == (2022, 2022, "title")


def test_the_period_stands_above_the_title_where_their_years_differ(facts_of: FactsOf) -> None:
    """邹城市田黄镇 names its text 2020 and counts 2021."""
    facts = facts_of("邹城市田黄镇人民政府2020年政府信息公开工作年度报告\n统计期限自2021年1月1日起至2021年12月31日止。")

    assert (facts.year, facts.year_from, facts.title_year) == (2021, "period", 2020)


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


def test_agency_stays_missing_where_nothing_names_one(facts_of: FactsOf) -> None:
    facts = facts_of("现将本机关政府信息公开情况报告如下。")

    assert (facts.agency, facts.agency_from, facts.agency_type) == (None, None, None)


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


@pytest.mark.parametrize("separator", ["，", ",", "；", ";", "、", " "])
def test_contact_fields_may_be_parted_in_several_ways(facts_of: FactsOf, separator: str) -> None:
    fields = separator.join(["地址：模拟路1号", "邮编：100000", "电话：010—00000000"])

    facts = facts_of(f"请与开远市教育局办公室联系（{fields}）。")

    found = (facts.contact_address, facts.contact_postcode, (facts.contact_phone or "").replace("—", "-"))
    assert found == ("模拟路1号", "100000", "010-00000000")


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


SIGNATURE = "                    2021年3月5日\n"


@pytest.mark.parametrize(
    ("header", "end", "published", "origin"),
    [
        ("发布日期： | 2021-02-20 | 成文日期： | 2021-01-18 |\n", SIGNATURE, date(2021, 2, 20), "publication date"),
        (
            "成文日期： | 2021-01-18 | 发布时间： | 2021/2/20 09:31 |\n",
            SIGNATURE,
            date(2021, 2, 20),
            "publication date",
        ),
        ("成文日期： | 2021年1月18日 | 有效性： | |\n", SIGNATURE, date(2021, 1, 18), "document date"),
        ("生成日期： | 2021.01.18 | 有效性： | |\n", SIGNATURE, date(2021, 1, 18), "document date"),
        ("有效性： | 文件编号： | | |\n", SIGNATURE, date(2021, 3, 5), "signature"),
        ("有效性： | 文件编号： | | |\n", "", None, None),
    ],
)
def test_date_of_publication_is_the_best_of_those_printed(
    facts_of: FactsOf, header: str, end: str, published: date | None, origin: str | None
) -> None:
    facts = facts_of(header, end)

    assert (facts.published, facts.published_from) == (published, origin)


def test_an_impossible_date_is_no_date(facts_of: FactsOf) -> None:
    assert facts_of("成文日期： | 2021-02-30 | 有效性： | |\n").published is None


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        ("本报告综合各区人民政府和市政府各部门政府信息公开年度报告编制而成。", "aggregate"),
        ("本报告由县政府办公室汇总各部门、各镇数据而成。", "aggregate"),
        ("2020年，我局认真落实各项要求。", "own"),
        ("2020年，本机关认真落实各项要求。", "own"),
        ("现将有关情况报告如下。", "unknown"),
    ],
)
def test_scope_tells_one_organ_from_a_sum_over_many(facts_of: FactsOf, sentence: str, scope: str) -> None:
    assert facts_of(sentence).scope == scope
