"""What a report says of itself: year, agency, place, dates, index number, contact, scope; and where it says so."""

import time
from collections.abc import Callable, Mapping
from datetime import date

import pytest

from gia_analysis import Report
from gia_analysis.reading.flow import Flow
from gia_analysis.reading.metadata import read_metadata
from gia_analysis.records import ReportFacts, Section

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
        ("统计期限自\xa02020\u3000年1月1日起至\u200b2020年12月31日止。", date(2020, 1, 1), date(2020, 12, 31)),
        ("统计期限自二〇二〇年一月一日起至二○二○年十二月三十一日止。", date(2020, 1, 1), date(2020, 12, 31)),
        ("统计期限为2020年1月1日—2020年12月31日。", date(2020, 1, 1), date(2020, 12, 31)),
        ("统计期限自2020年1月1日至2020年12月3日。", date(2020, 1, 1), date(2020, 12, 3)),
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
        "天门市教育局二〇二二年政府信息公开工作年度报告",
        "天门市教育局2022年政务（政府）信息公开工作年度报告",
        "【图解】天门市教育局2022年政府信息公开工作年度报告",
        "图解：天门市教育局2022年政府信息公开工作年度报告",
        "天门市教育局2022年政府信息公开工作年度报告（超链接版）",
        "天门市教育局2022年政府信息公开工作年度报告图解",
        "天门市教育局2022年政府信息公开工作年度报告 | |",
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


def test_a_period_of_several_years_does_not_give_the_year(facts_of: FactsOf) -> None:
    """A slip of the pen: the title decides, the period is kept as printed."""
    facts = facts_of("天门市教育局2021年政府信息公开工作年度报告\n统计期限自2020年1月1日起至2021年12月31日止。")

    assert (facts.year, facts.year_from, facts.period_start) == (2021, "title", date(2020, 1, 1))


@pytest.mark.parametrize(("beginning", "origin"), [("{}", "preamble"), ("一、总体情况\n{}", "text"), ("", None)])
def test_where_the_period_stands_is_told(facts_of: FactsOf, beginning: str, origin: str | None) -> None:
    facts = facts_of(beginning.format("统计期限自2020年1月1日起至2020年12月31日止。"))

    assert facts.period_from == origin


def test_the_year_of_the_index_number_is_that_of_publication(facts_of: FactsOf) -> None:
    facts = facts_of("索引号： | 330803-042/2021-46930 | 发布日期： | 2021-02-20 |\n")

    assert facts.year is None


@pytest.mark.parametrize(
    ("source", "year"),
    [
        ("2023nb.txt", 2023),
        ("2021年政府信息公开年报.txt", 2021),
        ("天门市教育局2021年度.txt", 2021),
        ("https://www.example.gov.cn/xxgkAnnualReport.jsp?area=1&fbtime=2021", 2021),
        ("site/gb2025/1.txt", 2025),
        ("site/2023nb/a/b.txt", 2023),
        ("年报/２０２１年年报.txt", 2021),
        ("t20210220_46930.html", None),
        ("2021-02-20.txt", None),
        ("2019年和2020年年报.txt", None),
        ("/data/2021/report.txt", None),
        ("1202100334.txt", None),
        ("report.txt", None),
        ("", None),
    ],
)
def test_the_year_in_the_name_of_the_file_is_the_last_resort(source: str, year: int | None) -> None:
    """A day of publication, a number and a plain folder are no report year; nor are two years one."""
    found = read_metadata((), (), source)

    assert (found.get("year"), found.get("year_from")) == (year, "file name" if year else None)


def test_the_year_of_the_text_stands_above_that_of_the_file() -> None:
    sections = (Section("preamble", None, None, "统计期限自2020年1月1日起至2020年12月31日止。", 1),)

    found = read_metadata((), sections, "2021年年报.txt")

    assert (found["year"], found["year_from"]) == (2020, "period")


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
        ("发布日期： | | 成文日期： | |\n", SIGNATURE, date(2021, 3, 5), "signature"),
        (
            "来源：天门市教育局  发布时间：2021-2-2 09:31  浏览次数：20\n",
            SIGNATURE,
            date(2021, 2, 2),
            "publication date",
        ),
        ("生成日期： | 20210118 | 索引号： | 1 |\n", SIGNATURE, date(2021, 1, 18), "document date"),
        ("索 引 号 | 1 | 发布日期 | 2021年2月20日 |\n", SIGNATURE, date(2021, 2, 20), "publication date"),
        ("", "                    二〇二一年三月五日\n", date(2021, 3, 5), "signature"),
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


def test_the_foot_of_the_table_gives_the_day_of_filing_and_no_person(facts_of: FactsOf) -> None:
    table = "政府信息公开情况统计表 | |\n(2020年度) | |\n单位负责人:甲某 审核人:乙某 填报人:丙某 | |\n"

    facts = facts_of("", f"{table}联系电话: 000000 填报日期:2020.12.29 |\n")

    assert facts.filed == date(2020, 12, 29)
    assert not any(name in str(facts) for name in ("甲某", "乙某", "丙某"))


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


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        ("本报告综合各区人民政府和市政府各部门政府信息公开年度报告编制而成。", "aggregate"),
        ("本报告由县政府办公室汇总各部门、各镇数据而成。", "aggregate"),
        ("2020年，全市各级行政机关共收到政府信息公开申请1234件，其中市本级56件。", "aggregate"),
        ("2020年，全县主动公开政府信息12345条。", "aggregate"),
        ("2020年，我局认真落实各项要求。", "own"),
        ("2020年，本机关认真落实各项要求。", "own"),
        ("本报告统计范围仅为市政府办公室本级。", "own"),
        ("本报告数据不含下属单位。", "own"),
        ("我区政府办公室推进全区政务公开工作。", "own"),
        ("2020年，我局负责的全市交通系统共收到信息。全市共收到政府信息公开申请12件。", "unknown"),
        ("推进全市政务公开工作，要求各单位对本单位信息及时公开。", "unknown"),
        ("现将有关情况报告如下。", "unknown"),
    ],
)
def test_scope_tells_one_organ_from_a_sum_over_many_and_says_where(
    facts_of: FactsOf, sentence: str, scope: str
) -> None:
    """全市 alone tells nothing: it must be said of the figures. Where both are told, it stays unknown."""
    facts = facts_of(sentence)

    assert (facts.scope, facts.scope_from) == (scope, None if scope == "unknown" else "preamble")


@pytest.mark.parametrize(
    "unit",
    [
        "请与某",
        "综合各",
        "本报告综合各部门",
        "2020年1月1日至",
        "统计期限",
        "人民政府",
        "二〇二〇年",
        "全市共收到申请",
        "数据统计范围为",
        "a@b.",
        "http://",
    ],
)
def test_a_line_of_five_million_characters_is_read_in_no_time(unit: str) -> None:
    text = (unit * (5_000_000 // len(unit) + 1))[:5_000_000]
    sections = (Section("preamble", None, None, text, 1),)
    flow: Flow = ()

    start = time.perf_counter()
    read_metadata(flow, sections, "report.txt")

    assert time.perf_counter() - start < 2
