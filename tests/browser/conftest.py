"""A headless Chromium with the network off. Without one, its tests are left out, and the run ends by saying so."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

import gia_analysis as gia
from gia_analysis.publishing import publish

SAMPLES = Path(__file__).parents[2] / "data" / "raw"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

_left_out: list[str] = []


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    browser = [item for item in items if here in item.path.parents]
    for item in browser:
        item.add_marker(pytest.mark.browser)
    if browser and CHROMIUM is None:
        _left_out.extend(item.nodeid for item in browser)
        items[:] = [item for item in items if item not in browser]
        config.hook.pytest_deselected(items=browser)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _left_out:
        terminalreporter.section("NOT RUN: no Chromium on this machine", red=True)
        for name in _left_out:
            terminalreporter.line(name)
        terminalreporter.line("Install it (Debian: apt-get install chromium fonts-noto-cjk) and run the tests again.")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the folders of the samples' pages, by language."""
    folder = tmp_path_factory.mktemp("sites")
    gia.read_reports(SAMPLES).save(folder / "corpus")
    for lang in ("zh", "en"):
        results = publish(folder / "corpus", folder / lang, lang=lang)  # type: ignore[arg-type]
        assert [result.message for result in results] == [None] * 6
    return {lang: folder / lang for lang in ("zh", "en")}
