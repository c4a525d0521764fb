"""A corpus → a folder of pages: one for every agency and year, one across agencies for every year, and the index."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from gia_analysis.analysis import DEFAULT_DISCLOSURE_RATE
from gia_analysis.corpus import Corpus
from gia_analysis.display import format_number, format_share
from gia_analysis.errors import CorpusError
from gia_analysis.forms import Language
from gia_analysis.publishing.kernels import Run, run_notebook
from gia_analysis.publishing.pages import failure_page, index_page, notebook_page
from gia_analysis.publishing.parameters import check_parameters
from gia_analysis.schema import FAILING, KEY
from gia_analysis.summaries.following import WITH_CORRECTION, is_corrected
from gia_analysis.wording import word

AGENCY_NOTEBOOK = "02_agency_summary.ipynb"
CROSS_AGENCY_NOTEBOOK = "03_cross_agency.ipynb"
_PLACES = ("corpus", "corrections")  # parameters that name folders and files of this machine

Progress = Callable[[Iterable["Result"], int], Iterable["Result"]]


@dataclass(frozen=True, slots=True)
class Job:
    """A page to make: which notebook with which parameters, under which file name and title."""

    notebook: str
    parameters: Mapping[str, Any]
    file: str
    title: str


@dataclass(frozen=True, slots=True)
class Result:
    """A page that was made, or why its notebook failed. Either way the file is there."""

    job: Job
    message: str | None
    seconds: float

    @property
    def failed(self) -> bool:
        return self.message is not None


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
    jobs: int | None = None,
    code: bool = False,
    corrections: str | Path | None = None,
    progress: Progress | None = None,
) -> list[Result]:
    """Run the notebooks over a corpus on disk and write their pages, the index and ``manifest.json``.

    A notebook that fails leaves a page that says so; the others go on. With a file of corrections, indicators are about
    what is right, and say so.

    Raises:
        CorpusError: the folder holds no corpus, or nothing in it could be read.
        CorrectionError: the file of corrections is not as it must be, or does not fit the corpus.
        ParameterError: a notebook does not take the parameters it is to be run with.
    """
    corpus = Corpus.load(corpus_folder)
    places = {"corpus": str(Path(corpus_folder).resolve())}
    if corrections:
        corpus = corpus.with_corrections(corrections)
        places["corrections"] = str(Path(corrections).resolve())
    target = Path(out)
    planned = list(_plan(corpus, places, lang))
    if not planned:
        raise CorpusError(f"{corpus_folder} has no report with an agency and a year: there is no page to make")
    for job in planned:
        check_parameters(notebook_folder() / job.notebook, job.parameters)
    target.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(jobs or os.cpu_count() or 1) as pool:
        done: Iterator[Result] = pool.map(lambda job: _make(job, target, lang, code=code), planned)
        results = list(progress(done, len(planned)) if progress else done)
    _write(target / "index.html", _index(corpus, results, lang))
    _write(target / "manifest.json", _manifest(results))
    return results


def _plan(corpus: Corpus, places: Mapping[str, str], lang: Language) -> Iterator[Job]:
    paged = corpus.reports[corpus.reports["agency"].notna() & corpus.reports["year"].notna()]
    for year in sorted({int(year) for year in paged["year"]}, reverse=True):
        title = f"{year} 年跨机关统计" if lang == "zh" else f"{year}: all agencies"
        parameters = {**places, "year": year, "lang": lang}
        yield Job(CROSS_AGENCY_NOTEBOOK, parameters, f"all-{year}.html", title)
    seen: set[tuple[str, int]] = set()
    for report in paged.sort_values(["agency", "year"]).itertuples():
        agency, year = str(report.agency), int(report.year)
        if (agency, year) in seen:
            continue
        seen.add((agency, year))
        title = f"{agency} {year} 年政府信息公开" if lang == "zh" else f"{agency}: information disclosure in {year}"
        parameters = {**places, "agency": agency, "year": year, "lang": lang}
        yield Job(AGENCY_NOTEBOOK, parameters, f"agency-{year}-{report.report_id}.html", title)


def _make(job: Job, target: Path, lang: Language, *, code: bool) -> Result:
    run: Run = run_notebook(notebook_folder() / job.notebook, job.parameters)
    if run.notebook is not None:
        page = notebook_page(run.notebook, job.title, lang, home="index.html", code=code)
    else:
        facts = [(name, str(value)) for name, value in job.parameters.items() if name not in _PLACES]
        page = failure_page(job.title, run.message or "", facts, lang, home="index.html")
    _write(target / job.file, page)
    return Result(job, run.message, run.seconds)


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(path)


def _manifest(results: list[Result]) -> str:
    rows = [
        {
            "file": result.job.file,
            "title": result.job.title,
            "notebook": result.job.notebook,
            "parameters": {name: value for name, value in result.job.parameters.items() if name not in _PLACES},
            "status": "failed" if result.failed else "ok",
            "message": result.message,
        }
        for result in results
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _index(corpus: Corpus, results: list[Result], lang: Language) -> str:
    values = corpus.indicators.set_index(KEY)
    failing = corpus.checks[corpus.checks["status"].isin(FAILING)].groupby(KEY).size()
    reports = corpus.reports.drop_duplicates(["agency", "year"]).set_index(["agency", "year"])
    agencies, overviews = [], []
    for result in results:
        page = {"file": result.job.file, "title": result.job.title, "failed": result.failed}
        if result.job.notebook == CROSS_AGENCY_NOTEBOOK:
            overviews.append(page)
            continue
        agency, year = result.job.parameters["agency"], result.job.parameters["year"]
        report = reports.loc[(agency, year)]
        key = (report["source"], report["report_id"])
        agencies.append(
            page
            | {
                "agency": agency,
                "year": year,
                "form": word(report["form"], lang) or "—",
                "findings": int(failing.get(key, 0)),
            }
            | _headlines(values, key, lang)
        )
    lead = (
        f"共 {len(corpus.reports)} 份输入：{_counts(corpus, lang)}。"
        if lang == "zh"
        else f"{len(corpus.reports)} inputs: {_counts(corpus, lang)}."
    )
    return index_page(overviews, agencies, list(_left_out(corpus.reports, lang)), lead, lang)


def _counts(corpus: Corpus, lang: Language) -> str:
    return ", ".join(
        f"{word(str(status), lang)} {count}" for status, count in corpus.reports["status"].value_counts().items()
    )


def _headlines(values: pd.DataFrame, key: tuple[str, str], lang: Language) -> dict[str, str]:
    rows = values.loc[[key]].set_index("code")
    rate = rows.loc[DEFAULT_DISCLOSURE_RATE]
    shown = (
        format_share(rate["value"], rate["low"], rate["high"])
        if pd.notna(rate["value"])
        else word(rate["reason"], lang)
    )
    figures = {
        "request_volume": format_number(rows.loc["request_volume", "value"]),
        "results": format_number(rows.loc["results", "value"]),
        DEFAULT_DISCLOSURE_RATE: shown,
    }
    names = zip(("requests", "results", "rate"), figures.items(), strict=True)
    return {
        name: text + (WITH_CORRECTION[lang] if is_corrected(rows.loc[code, "flags"]) else "")
        for name, (code, text) in names
    }


def _left_out(reports: pd.DataFrame, lang: Language) -> Iterator[dict[str, str]]:
    for report in reports[reports["agency"].isna() | reports["year"].isna()].itertuples():
        unknown = "缺少机关或年度" if lang == "zh" else "agency or year is not known"
        yield {"source": report.source, "reason": report.message if isinstance(report.message, str) else unknown}
