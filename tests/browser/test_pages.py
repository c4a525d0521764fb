"""Pages as a reader's browser shows them: offline, readable, complete, at desktop and phone width."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
LARGEST_PAGE_BYTES = 300_000
WIDTHS = {"desktop": 1200, "phone": 390}

# Draws each distinct Chinese character of the page and compares it with how a character that no font has is drawn.
BOXES = """() => {
  const canvas = document.createElement('canvas'); canvas.width = canvas.height = 32;
  const context = canvas.getContext('2d', {willReadFrequently: true});
  const draw = text => { context.clearRect(0, 0, 32, 32); context.font = '24px ' + getComputedStyle(document.body).fontFamily;
    context.fillText(text, 2, 26); return context.getImageData(0, 0, 32, 32).data.join(); };
  const nothing = new Set(['\\u{10FFFD}', '\\u{FFFFD}', '\\u0378'].map(draw));
  return [...new Set(document.body.innerText.match(/[\\u4e00-\\u9fff]/g) || [])].filter(each => nothing.has(draw(each)));
}"""


@dataclass
class Opened:
    page: Page
    problems: list[str] = field(default_factory=list)


@pytest.fixture(params=[(lang, width) for lang in ("zh", "en") for width in WIDTHS], ids="-".join)
def opened(request: pytest.FixtureRequest, browser: Browser, sites: dict[str, Path]) -> Iterator[list[Opened]]:
    """Every page of one language at one width, opened with the network off."""
    lang, width = request.param
    context = browser.new_context(viewport={"width": WIDTHS[width], "height": 900}, offline=True)
    pages = []
    for file in sorted(sites[lang].glob("*.html")):
        tab = Opened(context.new_page())
        tab.page.on("console", lambda message, tab=tab: tab.problems.append(f"console: {message.text}"))
        tab.page.on("pageerror", lambda error, tab=tab: tab.problems.append(f"error: {error}"))
        tab.page.on("requestfailed", lambda asked, tab=tab: tab.problems.append(f"failed: {asked.url}"))
        tab.page.on(
            "request",
            lambda asked, tab=tab: None if asked.url.startswith(("file:", "data:")) else tab.problems.append(asked.url),
        )
        tab.page.goto(file.as_uri())
        pages.append(tab)
    assert len(pages) == 7
    yield pages
    context.close()


def test_pages_open_offline_without_a_complaint(opened: list[Opened]) -> None:
    assert [tab.problems for tab in opened] == [[]] * len(opened)


def test_no_chinese_character_is_a_box(opened: list[Opened]) -> None:
    assert [tab.page.evaluate(BOXES) for tab in opened] == [[]] * len(opened)
    assert opened[0].page.evaluate("() => document.body.innerText.match(/[\\u4e00-\\u9fff]/g).length") > 20


def test_nothing_is_wider_than_the_window(opened: list[Opened]) -> None:
    for tab in opened:
        assert tab.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), tab.page.url


def test_headings_are_in_order_and_tables_have_captions(opened: list[Opened]) -> None:
    for tab in opened:
        levels = tab.page.evaluate("() => [...document.querySelectorAll('h1,h2,h3,h4')].map(each => +each.tagName[1])")
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert tab.page.evaluate(
            "() => [...document.querySelectorAll('table')].every(each => each.caption?.textContent.trim())"
        )


def test_charts_have_a_text_alternative_with_their_figures(opened: list[Opened]) -> None:
    labels = [
        label
        for tab in opened
        for label in tab.page.evaluate(
            "() => [...document.querySelectorAll('svg')].map(each => each.getAttribute('aria-label'))"
        )
    ]

    assert len(labels) >= 8
    assert all(label and any(character.isdigit() for character in label) for label in labels)


def test_code_is_hidden(opened: list[Opened]) -> None:
    for tab in opened:
        assert "AgencySummary" not in tab.page.content()


def test_pages_are_small_and_say_their_language(sites: dict[str, Path]) -> None:
    for lang, folder in sites.items():
        for file in folder.glob("*.html"):
            assert file.stat().st_size < LARGEST_PAGE_BYTES, file.name
            assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in file.read_text(encoding="utf-8")


def test_the_index_links_every_page_and_every_link_leads_somewhere(browser: Browser, sites: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto((sites["zh"] / "index.html").as_uri())
    links = set(page.evaluate("() => [...document.querySelectorAll('a')].map(each => each.getAttribute('href'))"))
    page.close()

    assert links == {file.name for file in sites["zh"].glob("*.html")} - {"index.html"}


def test_a_page_prints_on_paper(browser: Browser, sites: dict[str, Path], tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(next(sites["zh"].glob("agency-*.html")).as_uri())
    pdf = page.pdf(path=tmp_path / "page.pdf", format="A4")
    page.close()

    assert pdf.startswith(b"%PDF")
    assert 1 <= pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") <= 12


def test_a_figure_leads_to_its_row_even_where_that_is_folded(browser: Browser, sites: dict[str, Path]) -> None:
    page = browser.new_page()
    with_requests = (
        file for file in sites["zh"].glob("agency-*.html") if "<h1>通济街道" in file.read_text(encoding="utf-8")
    )
    page.goto(next(with_requests).as_uri())
    for folded in (False, True):
        names = page.evaluate(
            """folded => [...document.querySelectorAll('a.cell')].filter(each => !each.closest('details'))
                .map(each => each.getAttribute('href').slice(1))
                .filter(name => Boolean(document.getElementById(name).closest('details')) === folded)""",
            folded,
        )
        page.locator(f'a.cell[href="#{names[0]}"]').first.click()

        assert page.locator(f'[id="{names[0]}"]').is_visible()
    page.close()
