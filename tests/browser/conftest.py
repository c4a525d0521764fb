"""A headless Chromium with the network off, and the pages of the samples."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

import gia_analysis as gia
from gia_analysis.publishing import publish
from parts import chromium

SAMPLES = Path(__file__).parents[2] / "data" / "raw"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the folders of the samples' pages, by language."""
    folder = tmp_path_factory.mktemp("sites")
    gia.read_reports(SAMPLES).save(folder / "corpus")
    for lang in ("zh", "en"):
        results = publish(folder / "corpus", folder / lang, lang=lang)  # type: ignore[arg-type]
        assert [result.message for result in results] == [None] * 6
    return {lang: folder / lang for lang in ("zh", "en")}
