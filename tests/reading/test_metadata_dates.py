"""The days on which a report was published and its table filed; and where they stand."""

from collections.abc import Callable
from datetime import date

import pytest

from gia_analysis.records import ReportFacts

FactsOf = Callable[..., ReportFacts]


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
