"""The title of a page: what the page says of itself, what stands above the text, and what only menus print."""

from collections.abc import Sequence

import pytest

from gia_analysis.documents import Document, TextBlock
from gia_analysis.reading import interpret

BODY = ["本报告的统计期限自2021年1月1日起至2021年12月31日止。", "一、总体情况", "工作有序。", "二、主动公开政府信息情况", "无。",
        "五、存在的主要问题及改进情况", "无。"]  # fmt: skip
OWN = "云山市教育局2021年政府信息公开工作年度报告"
OTHER = "云山市卫生健康局2021年政府信息公开工作年度报告"
MENU = [f"栏目{number}" for number in range(20)]


def agency_of(lines: Sequence[str], **properties: str) -> tuple[str | None, str | None]:
    blocks = tuple(TextBlock((line,)) for line in lines)
    (report,) = interpret(Document(blocks, properties=tuple(properties.items()), source="page", sha256="0" * 64))
    return report.agency, report.facts.agency_from


@pytest.mark.parametrize("name", ["ArticleTitle", "title", "og:title"])
def test_a_page_tells_its_title_in_its_head_where_none_is_printed(name: str) -> None:
    assert agency_of(BODY, **{name: f"{OWN}_云山市人民政府"}) == ("云山市教育局", "title")


def test_a_title_below_a_long_menu_is_found() -> None:
    assert agency_of([*MENU, OWN, *BODY])[0] == "云山市教育局"


def test_of_titles_in_a_menu_and_above_the_text_the_one_in_the_page_s_head_counts() -> None:
    assert agency_of([OTHER, *MENU, OWN, *BODY], title=OWN)[0] == "云山市教育局"
    assert agency_of([*MENU, OTHER, OWN, OTHER, *BODY], ArticleTitle=OWN)[0] == "云山市教育局"


def test_of_titles_further_down_the_nearest_to_the_text_counts() -> None:
    assert agency_of([*MENU, OTHER, OWN, *BODY])[0] == "云山市教育局"


def test_a_head_that_was_left_from_another_page_does_not_stand_above_the_printed_title() -> None:
    assert agency_of([OWN, *BODY], title=OTHER)[0] == "云山市教育局"


def test_a_head_that_names_only_the_site_tells_nothing() -> None:
    assert agency_of([OWN, *BODY], title="政府信息公开年报_云山市人民政府")[0] == "云山市教育局"
