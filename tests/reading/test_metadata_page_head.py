"""What the head of a page tells: known fields, and a title without the name of the site."""

from datetime import date

import pytest

from gia_analysis import Report
from gia_analysis.documents import read_bytes
from gia_analysis.reading import interpret
from gia_analysis.reading.metadata.page_head import read_page_head

AGENCY = "云山市教育局"
TITLE = f"{AGENCY}2020年政府信息公开工作年度报告"
CHAPTERS = "<p>一、总体情况</p><p>全年主动公开信息。</p><p>二、主动公开政府信息情况</p><p>无。</p><p>五、存在的主要问题及改进情况</p>"


def read(head: str, body: str = "") -> Report:
    page = f"<html><head>{head}</head><body>{body}{CHAPTERS}</body></html>"
    return interpret(read_bytes(page.encode(), "page.html"))[0]


@pytest.mark.parametrize(
    ("told", "title"),
    [
        (TITLE, TITLE), (f"{TITLE}_云山市人民政府", TITLE), (f"{TITLE} - 政府信息公开年报 - 云山市", TITLE),
        (f"{TITLE}-部门年度报告-云山市", TITLE), (f"{TITLE}|云山市", TITLE), ("首页_云山市人民政府", "首页"), ("首页", "首页"),
        ("云山市教育局-2020年政府信息公开工作年度报告", "云山市教育局-2020年政府信息公开工作年度报告"),
        ("2020年年报——云山市", "2020年年报"), ("_", ""),
    ],
)  # fmt: skip
def test_a_title_loses_what_stands_behind_it(told: str, title: str) -> None:
    assert read_page_head([("title", told)]).get("title", "") == title


def test_the_first_value_of_a_field_counts_whatever_its_case() -> None:
    assert read_page_head(
        [("PUBDATE", " "), ("PubDate", "2021-01-20"), ("pubdate", "2022-02-02"), ("Keywords", "x")]
    ) == {"pubdate": "2021-01-20"}


@pytest.mark.parametrize("name", ["PubDate", "publishdate", "article:published_time"])
def test_the_day_of_publication_is_in_the_head(name: str) -> None:
    report = read(f"<meta name='{name}' content='2021-01-20 09:30:00'><title>{TITLE}</title>")

    assert report.facts.published == date(2021, 1, 20)


def test_the_day_that_the_text_gives_comes_first() -> None:
    report = read("<meta name=PubDate content=2021-01-20>", f"<p>{TITLE}</p><p>发布日期：2021-01-18 来源：{AGENCY}</p>")

    assert report.facts.published == date(2021, 1, 18)


@pytest.mark.parametrize(
    "head",
    [
        f"<meta name=ArticleTitle content={TITLE}>", f"<title>{TITLE}_云山市人民政府</title>",
        f"<meta name=ContentSource content={AGENCY}><title>2020年政府信息公开工作年度报告</title>",
    ],
)  # fmt: skip
def test_agency_and_year_are_in_the_head(head: str) -> None:
    report = read(head, "<p>本报告中所列数据的统计期限自2020年1月1日起至2020年12月31日止。</p>")

    assert (report.agency, report.year) == (AGENCY, 2020)
