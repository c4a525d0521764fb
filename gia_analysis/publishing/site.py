"""A corpus → a folder of pages: for each agency and year, across agencies, over years, of its quality, and the index."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd

from gia_analysis.corpus import Corpus
from gia_analysis.errors import CorpusError
from gia_analysis.forms import Language
from gia_analysis.publishing.batch import BatchOptions, Manifest, Progress, run_batch
from gia_analysis.publishing.batch.files import write_whole
from gia_analysis.publishing.body import DEFINITIONS
from gia_analysis.publishing.definitions import definitions_page
from gia_analysis.publishing.index import SitePage, site_index
from gia_analysis.publishing.plan import AGENCY_NOTEBOOK, INDEX, PlannedPage, SitePlan


def notebook_folder() -> Path:
    """Return the folder of the notebooks: inside an installed package, or beside it in a checkout.

    Raises:
        FileNotFoundError: neither is there.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "notebooks", package.parent / "notebooks"):
        if (folder / AGENCY_NOTEBOOK).exists():
            return folder
    raise FileNotFoundError(
        f"the notebooks are not installed: {AGENCY_NOTEBOOK} is not in {package.parent / 'notebooks'}"
    )


def publish(
    corpus_folder: str | Path,
    out: str | Path,
    *,
    lang: Language = "zh",
    code: bool = False,
    corrections: str | Path | None = None,
    options: BatchOptions | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Run the notebooks over a corpus on disk and write their pages, the index, the definitions and the manifest.

    Only pages whose data, notebook, parameters or package have changed are made anew; a page of a report that is no
    longer in the corpus is removed. A notebook that fails leaves a page that says so; the others go on. With a file of
    corrections, indicators are about what is right, and say so.

    Args:
        corpus_folder: what ``gia read`` wrote.
        out: the folder of the pages.
        lang: of the pages.
        code: whether pages show the code of the notebooks.
        corrections: a file of corrections.
        options: how the notebooks are run.
        progress: called with the runs that have ended and their number, and returns them again.

    Returns:
        The manifest; see ``run_batch``.

    Raises:
        CorpusError: the folder holds no corpus, or nothing in it could be read.
        CorrectionError: the file of corrections is not as it must be, or does not fit the corpus.
        ParameterError: a notebook does not take the parameters it is to be run with.
        BatchError: no process can be started.
        KeyboardInterrupt: the user broke it off; the pages that had been made are kept.
    """
    corpus = Corpus.load(corpus_folder)
    places = {"corpus": str(Path(corpus_folder).resolve())}
    if corrections:
        corpus = corpus.with_corrections(corrections)
        places["corrections"] = str(Path(corrections).resolve())
    planned = SitePlan(corpus, places, notebook_folder(), lang, code=code).pages()
    if not planned:
        raise CorpusError(f"{corpus_folder} has no report with an agency and a year: there is no page to make")
    target = Path(out)
    warm = replace(options or BatchOptions(), corpora=[(places["corpus"], places.get("corrections"))])
    earlier = set(Manifest.files(target))
    table = run_batch((each.run for each in planned), target, warm, progress)
    for file in earlier - set(table["file"]):
        (target / file).unlink(missing_ok=True)
    write_whole(target / DEFINITIONS, definitions_page(lang).encode())
    write_whole(target / INDEX, site_index(corpus, list(_with_failures(planned, table)), lang).encode())
    return table


def _with_failures(planned: Iterable[PlannedPage], table: pd.DataFrame) -> Iterator[SitePage]:
    messages = dict(zip(table["file"], table["message"].where(table["status"] != "ok"), strict=True))
    for each in planned:
        message = messages[each.page.file]
        failed = isinstance(message, str)
        yield replace(each.page, failed=failed, message=message if failed else None)
