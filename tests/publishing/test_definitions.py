"""The page of definitions: everything that a page can lead to is on it, once."""

import pytest
from lxml import html

from gia_analysis.analysis import get_indicator, indicators
from gia_analysis.checks import RULES
from gia_analysis.forms import Language, forms
from gia_analysis.publishing.definitions import definitions_page
from gia_analysis.schema import COLUMNS, TABLES

LARGEST_PAGE_BYTES = 300_000


@pytest.fixture(scope="module")
def pages() -> dict[Language, str]:
    return {"zh": definitions_page("zh"), "en": definitions_page("en")}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_indicator_check_and_column_has_its_anchor_once(pages: dict[Language, str], lang: Language) -> None:
    anchors = html.fromstring(pages[lang]).xpath("//@id")
    checks = {*RULES, *(each.code for form in forms().values() for each in form.sums)}

    assert len(anchors) == len(set(anchors))
    assert set(indicators()) <= set(anchors)
    assert checks <= set(anchors)
    assert {f"{table}.{name}" for table, names in TABLES.items() for name in names} <= set(anchors)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_link_of_the_page_leads_to_an_anchor(pages: dict[Language, str], lang: Language) -> None:
    page = html.fromstring(pages[lang])
    links = {link[1:] for link in page.xpath("//a/@href") if link.startswith("#")}

    assert len(links) > 40
    assert links <= set(page.xpath("//@id"))


def test_an_indicator_tells_its_definition_formula_and_source(pages: dict[Language, str]) -> None:
    """The disclosure rate: requests granted and granted in part, of all results."""
    page = html.fromstring(pages["zh"])
    (heading,) = page.xpath("//h3[@id='disclosure_rate_broad']")
    meaning, facts = heading.getnext().text_content(), heading.getnext().getnext().text_content()
    indicator = get_indicator("disclosure_rate_broad")

    assert meaning == indicator.zh_means
    assert "予以公开 + 部分公开" in facts
    assert "requests.granted.total + requests.partially_granted.total" in facts
    assert "requests.results_total.total" in facts
    assert indicator.source in facts
    assert indicator.zh_means_not in facts


def test_every_member_of_a_family_has_its_name_and_formula(pages: dict[Language, str]) -> None:
    page = html.fromstring(pages["en"])
    for indicator in indicators().values():
        (block,) = page.xpath(f"//*[@id='{indicator.code}']")
        assert indicator.en in block.text_content()


def test_the_meaning_of_every_column_is_there(pages: dict[Language, str]) -> None:
    text = html.fromstring(pages["en"]).text_content()

    assert all(COLUMNS[name].meaning in text for names in TABLES.values() for name in names)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_is_small(pages: dict[Language, str], lang: Language) -> None:
    assert len(pages[lang].encode()) < LARGEST_PAGE_BYTES
