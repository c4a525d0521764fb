"""Pages stay small, however many years a corpus has."""

from pathlib import Path

import pytest

import gia_analysis as gia
from gia_analysis.forms import Language
from gia_analysis.publishing import notebook_folder, run_batch
from gia_analysis.publishing.plan import SitePlan
from gia_analysis.simulation import simulate_corpus

LARGEST_PAGE_BYTES = 300_000
FIRST_YEAR, LAST_YEAR = 2014, 2033


@pytest.fixture(scope="module")
def two_decades(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a corpus of twenty years: as many as there are since 2008, and more."""
    folder = tmp_path_factory.mktemp("decades")
    simulate_corpus(folder, agencies=6, first_year=FIRST_YEAR, last_year=LAST_YEAR, seed=3)
    gia.read_reports(folder / "raw").save(folder / "corpus")
    return folder / "corpus"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pages_over_two_decades_are_under_300_kilobytes(two_decades: Path, tmp_path: Path, lang: Language) -> None:
    corpus = gia.Corpus.load(two_decades)
    planned = SitePlan(corpus, {"corpus": str(two_decades)}, notebook_folder(), lang).pages()
    latest = {page.page.kind: page.run for page in planned if page.page.year in (None, LAST_YEAR)}
    table = run_batch(latest.values(), tmp_path)

    sizes = {file: (tmp_path / file).stat().st_size for file in table["file"]}

    assert sorted(latest) == ["agency", "cross", "quality", "trend", "trends"]
    assert table["message"].isna().all()
    assert {file: size for file, size in sizes.items() if not 20_000 < size < LARGEST_PAGE_BYTES} == {}
