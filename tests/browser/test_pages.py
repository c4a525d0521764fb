"""Pages as a reader's browser shows them: offline, readable, complete, at desktop and phone width, light and dark."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
LARGEST_PAGE_BYTES = 300_000
WIDTHS = {"desktop": 1200, "phone": 390}
WAYS = [("zh", "desktop", "light"), ("zh", "phone", "dark"), ("en", "desktop", "dark"), ("en", "phone", "light")]
PAPER = {"width": 688, "height": 1000}  # what the margins leave of A4, in CSS pixels

# Draws each distinct Chinese character of the page and compares it with how a character that no font has is drawn.
BOXES = """() => {
  const canvas = document.createElement('canvas'); canvas.width = canvas.height = 32;
  const context = canvas.getContext('2d', {willReadFrequently: true});
  const draw = text => { context.clearRect(0, 0, 32, 32); context.font = '24px ' + getComputedStyle(document.body).fontFamily;
    context.fillText(text, 2, 26); return context.getImageData(0, 0, 32, 32).data.join(); };
  const nothing = new Set(['\\u{10FFFD}', '\\u{FFFFD}', '\\u0378'].map(draw));
  return [...new Set(document.body.innerText.match(/[\\u4e00-\\u9fff]/g) || [])].filter(each => nothing.has(draw(each)));
}"""
CUT = """() => [...document.querySelectorAll('table, svg, pre')]
  .filter(each => each.getClientRects().length && each.getBoundingClientRect().right > innerWidth + 1)
  .map(each => `${each.tagName} ${each.caption?.textContent}`)"""
# Figures of an indicator, but for counts of those that have one, that lead to no definition: they or the head that tells it.
LOOSE = """() => [...document.querySelectorAll('main data')].filter(figure => {
  const cell = figure.closest('tbody :is(td, th)'), row = cell?.parentElement, table = cell?.closest('table');
  const tells = [figure, row, table?.tHead?.rows[0].cells[cell.cellIndex], table].filter(Boolean);
  const told = name => tells.map(each => each.dataset[name]).find(Boolean);
  if (!told('indicator') || told('how') === 'count' || figure.closest('a, summary')) return false;
  const teller = tells.find(each => each.dataset.indicator);
  return !(teller === table ? table.caption : teller).querySelector('a[href^="definitions.html#"]');
}).map(figure => figure.outerHTML)"""
SHORTEN = """() => {
  for (const body of document.querySelectorAll('tbody')) [...body.rows].slice(12).forEach(row => row.remove());
  for (const name of ['main > dl', 'main > h3', 'main > p.member', 'main > .with-csv'])
    [...document.querySelectorAll(name)].slice(12).forEach(each => each.remove());
}"""
SERIOUS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]},
}


@dataclass
class Opened:
    kind: str
    page: Page
    problems: list[str] = field(default_factory=list)


def open_page(page: Page, kind: str, file: Path) -> Opened:
    tab = Opened(kind, page)
    page.on("console", lambda message: tab.problems.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: tab.problems.append(f"error: {error}"))
    page.on("requestfailed", lambda asked: tab.problems.append(f"failed: {asked.url}"))
    page.on(
        "request", lambda asked: None if asked.url.startswith(("file:", "data:")) else tab.problems.append(asked.url)
    )
    page.goto(file.as_uri())
    return tab


@pytest.fixture(scope="module", params=WAYS, ids="-".join)
def opened(
    request: pytest.FixtureRequest, browser: Browser, kinds: Mapping[str, Mapping[str, Path]]
) -> Iterator[list[Opened]]:
    """A page of every kind, opened with the network off."""
    lang, width, scheme = request.param
    context = browser.new_context(
        viewport={"width": WIDTHS[width], "height": 900}, color_scheme=scheme, offline=True, reduced_motion="reduce"
    )
    yield [open_page(context.new_page(), kind, file) for kind, file in kinds[lang].items()]
    context.close()


def test_pages_open_offline_without_a_complaint(opened: list[Opened]) -> None:
    """Nothing is blocked by the pages' own policy either: the console would say so."""
    assert {tab.kind: tab.problems for tab in opened if tab.problems} == {}
    assert len(opened) == 9


def test_axe_finds_nothing_serious(opened: list[Opened]) -> None:
    """Of long tables and lists the beginning is looked at: their rows are alike."""
    found = {}
    for tab in opened:
        tab.page.evaluate(SHORTEN)
        result = Axe().run(tab.page, options=SERIOUS).response
        tab.page.reload()
        assert len(result["testEngine"]["version"]) > 2
        found[tab.kind] = [
            f"{each['id']}: {each['nodes'][0]['html'][:200]}"
            for each in result["violations"]
            if each["impact"] in ("serious", "critical")
        ]

    assert found == {tab.kind: [] for tab in opened}


def test_no_chinese_character_is_a_box(opened: list[Opened]) -> None:
    assert [tab.page.evaluate(BOXES) for tab in opened] == [[]] * len(opened)
    assert any(tab.page.evaluate("() => /[\\u4e00-\\u9fff]{9}/.test(document.body.innerText)") for tab in opened)


def test_nothing_is_wider_than_the_window(opened: list[Opened]) -> None:
    for tab in opened:
        assert tab.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), tab.kind


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
            "() => [...document.querySelectorAll('figure svg')].map(each => each.getAttribute('aria-label'))"
        )
    ]

    assert len(labels) >= 8
    assert all(label and any(character.isdigit() for character in label) for label in labels)


def test_every_table_can_be_downloaded(opened: list[Opened]) -> None:
    for tab in opened:
        tables = tab.page.locator("main table:not([data-own])").count()
        assert tab.page.locator("main button.csv").count() == tables, tab.kind


def test_on_paper_nothing_is_cut(opened: list[Opened]) -> None:
    for tab in opened:
        size = tab.page.viewport_size
        tab.page.emulate_media(media="print")
        tab.page.set_viewport_size(PAPER)
        cut = tab.page.evaluate(CUT)
        tab.page.emulate_media(media="screen")
        assert size is not None
        tab.page.set_viewport_size(size)

        assert cut == [], tab.kind


def test_code_is_hidden(opened: list[Opened]) -> None:
    for tab in opened:
        assert "AgencySummary" not in tab.page.content()


def test_pages_are_small_and_say_their_language(sites: Mapping[str, Path]) -> None:
    for lang, folder in sites.items():
        for file in folder.glob("*.html"):
            assert file.stat().st_size < LARGEST_PAGE_BYTES, file.name
            assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["agency", "cross", "quality"])
def test_every_letter_of_a_printed_page_is_on_the_paper(
    browser: Browser, kinds: Mapping[str, Mapping[str, Path]], kind: str
) -> None:
    page = browser.new_page()
    page.goto(kinds["zh"][kind].as_uri())
    printed = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    page.close()

    assert 1 <= len(printed) <= 20
    for sheet in printed:
        text = sheet.get_textpage()
        boxes = [text.get_charbox(place) for place in range(text.count_chars())]
        assert max(right for _, _, right, _ in boxes) <= sheet.get_width() - 20
        assert min(left for left, *_ in boxes) >= 20


def test_heads_of_a_long_table_stand_on_each_sheet(browser: Browser, kinds: Mapping[str, Mapping[str, Path]]) -> None:
    page = browser.new_page()
    page.goto(kinds["en"]["definitions"].as_uri())
    printed = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    page.close()

    texts = [sheet.get_textpage().get_text_bounded() for sheet in printed]
    assert sum(text.startswith("Code Severity Sentence Form") for text in texts) >= 2


def test_every_link_leads_somewhere_and_every_page_can_be_reached(browser: Browser, sites: Mapping[str, Path]) -> None:
    folder = sites["zh"]
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())
    from_index = page.evaluate("() => [...document.querySelectorAll('a')].map(each => each.getAttribute('href'))")
    page.close()
    files = {file.name: html.fromstring(file.read_text(encoding="utf-8")) for file in folder.glob("*.html")}
    anchors = {name: set(parsed.xpath("//@id")) for name, parsed in files.items()}
    links = {name: parsed.xpath("//a/@href") for name, parsed in files.items()} | {"index.html": from_index}

    reached = {"index.html"}
    for name, found in links.items():
        for link in found:
            file, _, anchor = link.partition("#")
            assert (file or name) in files, link
            assert not anchor or anchor in anchors[file or name], link
            reached.add(file or name)
    assert reached == set(files)


def test_a_figure_leads_to_its_row_even_where_that_is_folded(
    browser: Browser, kinds: Mapping[str, Mapping[str, Path]]
) -> None:
    page = browser.new_page()
    page.goto(kinds["zh"]["sample"].as_uri())
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


def test_no_figure_of_an_indicator_is_without_its_definition(opened: list[Opened]) -> None:
    linked = {"agency", "cross", "index", "quality", "sample", "trend", "trends"}
    links = {tab.kind: tab.page.locator("main a[href^='definitions.html#']").count() for tab in opened}

    assert {tab.kind: tab.page.evaluate(LOOSE) for tab in opened} == {tab.kind: [] for tab in opened}
    assert {kind for kind, count in links.items() if count} == linked


def test_a_figure_leads_to_its_definition(browser: Browser, kinds: Mapping[str, Mapping[str, Path]]) -> None:
    page = browser.new_page()
    page.goto(kinds["en"]["agency"].as_uri())
    link = page.locator('a[href="definitions.html#disclosure_rate_broad"]').first
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("definitions.html#disclosure_rate_broad$"))

    assert page.locator("#disclosure_rate_broad").is_visible()
    page.close()
