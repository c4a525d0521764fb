"""A headless Chromium with the network off, and the pages of a small site in both languages."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

import gia_analysis as gia
from gia_analysis.forms import Language
from gia_analysis.publishing.pages import Failure, failure_page
from gia_analysis.publishing.site import publish
from gia_analysis.simulation import simulate_corpus
from parts import chromium

SAMPLE = Path(__file__).parents[2] / "data" / "raw" / "2020-tongji-subdistrict.txt"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser for one file of tests, since its event loop runs in this thread for as long as it is open."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Return the folders of the pages, by language: a real report, and a simulated agency over eighteen years."""
    folder = tmp_path_factory.mktemp("sites")
    simulate_corpus(folder, agencies=1, first_year=2014, last_year=2031, seed=5)
    gia.read_reports([SAMPLE, folder / "raw"]).save(folder / "corpus")
    for lang in LANGUAGES:
        table = publish(folder / "corpus", folder / lang, lang=lang)
        assert table["message"].isna().all()
    return {lang: folder / lang for lang in LANGUAGES}


@pytest.fixture(scope="session")
def kinds(sites: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, Path]]:
    """Return a page of every kind, by language."""
    failed = tmp_path_factory.mktemp("failed")
    found: dict[str, dict[str, Path]] = {}
    for lang in LANGUAGES:
        failure = Failure("error", "CorpusError: no report of 甲局 for 2020", "02_agency_summary.ipynb", 4, 1.5)
        page = failure_page("甲局 2020", failure, [("agency", "甲局"), ("year", "2020")], lang, home="index.html")
        (failed / f"{lang}.html").write_text(page, encoding="utf-8")
        found[lang] = {"failed": failed / f"{lang}.html"} | {
            kind: next(sites[lang].glob(pattern))
            for kind, pattern in {
                "index": "index.html", "definitions": "definitions.html", "quality": "quality.html", "trends": "trends.html",
                "cross": "all-2020.html", "agency": "agency-2031-*.html", "trend": "trend-*.html",
            }.items()
        }  # fmt: skip
        sample = (file for file in sites[lang].glob("agency-2020-*.html") if "<h1>通济街道" in file.read_text("utf-8"))
        found[lang]["sample"] = next(sample)
    return found
