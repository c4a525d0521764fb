"""The year of a report: by its period, its title, its table, its text, or the name of its file."""

from collections.abc import Callable
from datetime import date

import pytest

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
