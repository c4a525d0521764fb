"""Which pages a corpus has, and what each of them depends on."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from gia_analysis.aliases import name_and_place
from gia_analysis.corpus import Corpus
from gia_analysis.errors import ParameterError
from gia_analysis.forms import Language
from gia_analysis.publishing.batch import NotebookRun, PageFrame
from gia_analysis.publishing.batch.files import safe_name
from gia_analysis.publishing.index import PageKind, SitePage
from gia_analysis.publishing.parameters import declared_parameters
from gia_analysis.schema import KEY, TABLES
from gia_analysis.summaries.agency_standing import COMPARED_INDICATORS, PEER_COLUMNS, peer_groups

AGENCY_NOTEBOOK = "02_agency_summary.ipynb"
CROSS_AGENCY_NOTEBOOK = "03_cross_agency.ipynb"
QUALITY_NOTEBOOK = "04_data_quality.ipynb"
TRENDS_NOTEBOOK = "05_trends.ipynb"
INDEX = "index.html"
_KNOWN = (AGENCY_NOTEBOOK, CROSS_AGENCY_NOTEBOOK, QUALITY_NOTEBOOK, TRENDS_NOTEBOOK)


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page of the site, and the run that makes it."""

    page: SitePage
    run: NotebookRun


class SitePlan:
    """The pages of a corpus: each agency and year, each agency over its years, all agencies of a year, and of all years.

    Args:
        corpus: the corpus.
        places: the parameters that say where it lies: ``corpus``, and ``corrections`` if there are some.
        notebooks: the folder of the notebooks.
        lang: of the pages.
        code: whether they show the notebooks' code.
    """

    def __init__(
        self, corpus: Corpus, places: Mapping[str, str], notebooks: Path, lang: Language, *, code: bool = False
    ) -> None:
        self._places, self._notebooks, self._lang, self._code = places, notebooks, lang, code
        self._data = _Dependence(corpus)
        one_each = corpus.one_each
        reports = one_each.reports.assign(followed=_followed(one_each), sums=one_each.reports["scope"].eq("aggregate"))
        reports = reports.reset_index(drop=True)  # so that the index is the place
        named = reports[reports["agency"].notna() & reports["year"].notna()]
        ordered = named.sort_values(["followed", "year", "sums"], kind="stable")
        self._reports = ordered.drop_duplicates(["followed", "year"])

    def pages(self) -> list[PlannedPage]:
        """Return every page, those across agencies first."""
        return [*self._across(), *self._of_agencies()]

    def _across(self) -> Iterator[PlannedPage]:
        if self._reports.empty:
            return
        whole = self._data.whole
        yield self._page(
            "trends", TRENDS_NOTEBOOK, "trends.html", self._say("历年趋势", "Trends over the years"), whole
        )
        yield self._page("quality", QUALITY_NOTEBOOK, "quality.html", self._say("数据质量", "Data quality"), whole)
        for year in sorted({int(year) for year in self._reports["year"]}, reverse=True):
            title = self._say(f"{year} 年跨机关统计", f"{year}: all agencies")
            yield self._page("cross", CROSS_AGENCY_NOTEBOOK, f"all-{year}.html", title, whole, year=year)
        yield from self._of_further_notebooks(whole)

    def _of_further_notebooks(self, whole: str) -> Iterator[PlannedPage]:
        """Yield a page of each other notebook that takes a corpus, or one a year where it takes a year too."""
        for notebook in sorted(self._notebooks.glob("*.ipynb")):
            if notebook.name in _KNOWN:
                continue
            try:
                declared = declared_parameters(notebook)
            except ParameterError:  # it has none: it is for reading and trying, not for publishing
                continue
            if "corpus" not in declared or "agency" in declared:
                continue
            name, title = safe_name(notebook.stem), _heading(notebook)[self._lang == "en"]
            years = sorted({int(year) for year in self._reports["year"]}, reverse=True)
            for year in years if "year" in declared else [None]:
                shown = self._say(f"{year} 年{title}", f"{year}: {title}") if year else title
                file = f"{name}-{year}.html" if year else f"{name}.html"
                page = self._page("cross", notebook.name, file, shown, whole, year=year)
                taken = {each: value for each, value in page.run.parameters.items() if each in declared}
                yield replace(page, run=replace(page.run, parameters=taken))

    def _of_agencies(self) -> Iterator[PlannedPage]:
        for agency, reports in self._by_agency().items():
            files = {year: f"agency-{year}-{safe_name(report_id)}.html" for year, report_id, _, _ in reports}
            _, last, name, _ = reports[-1]
            over_years = f"trend-{safe_name(last)}.html" if len(files) > 1 else None
            for year, report_id, called, place in reports:
                title = self._say(f"{called} {year} 年政府信息公开", f"{called}: information disclosure in {year}")
                yield self._page(
                    "agency", AGENCY_NOTEBOOK, files[year], title, self._data.of_report(place),
                    links=self._links(files, over_years, year), agency=agency, year=year, report_id=report_id,
                )  # fmt: skip
            if over_years:
                title = self._say(f"{name}历年政府信息公开", f"{name}: information disclosure over the years")
                yield self._page(
                    "trend", TRENDS_NOTEBOOK, over_years, title, self._data.of_agency(agency),
                    links=self._links(files, over_years, None), agency=agency, report_id=last,
                )  # fmt: skip

    def _by_agency(self) -> dict[str, list[tuple[int, str, str, int]]]:
        """Return each agency's reports by year: year, ``report_id``, what it is called then, and number of the row."""
        found: dict[str, list[tuple[int, str, str, int]]] = {}
        columns = [self._reports[name].tolist() for name in ("followed", "year", "report_id", "agency", "region")]
        for agency, year, report_id, printed, region, place in zip(*columns, self._reports.index.tolist(), strict=True):
            name = name_and_place(str(printed), agency, region)
            found.setdefault(str(agency), []).append((int(year), str(report_id), name, int(place)))
        return found

    def _page(
        self, kind: PageKind, notebook: str, file: str, title: str, data: str, *, links: Sequence[tuple[str, str | None]] = (),
        agency: str | None = None, year: int | None = None, report_id: str | None = None,
    ) -> PlannedPage:  # fmt: skip
        page = SitePage(file=file, title=title, kind=kind, agency=agency, year=year, report_id=report_id)
        about: dict[str, Any] = {"agency": agency, "year": year}
        parameters = {
            **self._places, **{name: value for name, value in about.items() if value is not None}, "lang": self._lang
        }  # fmt: skip
        names = {"agency": self._say("机关", "Agency"), "year": self._say("年度", "Year")}
        facts = tuple((names[name], str(value)) for name, value in about.items() if value is not None)
        frame = PageFrame(title, self._lang, INDEX, self._code, tuple(links), facts)
        return PlannedPage(page, NotebookRun(self._notebooks / notebook, parameters, file, frame, data))

    def _links(
        self, files: Mapping[int, str], over_years: str | None, here: int | None
    ) -> list[tuple[str, str | None]]:
        if not over_years:
            return []
        years: list[tuple[str, str | None]] = [
            (str(year), None if year == here else file) for year, file in sorted(files.items())
        ]
        return [*years, (self._say("历年", "All years"), over_years if here else None)]

    def _say(self, zh: str, en: str) -> str:
        return zh if self._lang == "zh" else en


def _heading(notebook: Path) -> tuple[str, str]:
    """Return a notebook's title in Chinese and in English, from its first line: ``# 标题 · Title``."""
    told = json.loads(notebook.read_text(encoding="utf-8"))
    lines = "".join(told["cells"][0]["source"]).splitlines() if told["cells"] else []
    chinese, _, english = (lines[0] if lines else notebook.stem).lstrip("# ").partition(" · ")
    return chinese, english or chinese


def _followed(corpus: Corpus) -> list[object]:
    """Return for each report under which name its pages are."""
    found: list[object] = corpus.identity.fillna(corpus.reports["agency"]).tolist()
    return found


class _Dependence:
    """Hashes of what is known of each report, of each agency, and of whom it is compared with."""

    def __init__(self, corpus: Corpus) -> None:
        keys = pd.MultiIndex.from_frame(corpus.reports[KEY])
        tables = [getattr(corpus, name) for name in TABLES]
        if corpus.corrected_cells is not None:
            tables.append(corpus.corrected_cells)
        rows = np.zeros(len(keys), dtype=np.uint64)
        for number, table in enumerate(tables, 1):
            rows += _by_report(table, keys, number)
        every, counted = _followed(corpus), corpus.one_each
        self._of_agencies = _joined_by(every, rows)
        self.whole = _joined([*rows, *every])
        keys = pd.MultiIndex.from_frame(counted.reports[KEY])
        compared = counted.indicators[counted.indicators["code"].isin(COMPARED_INDICATORS)]
        told = _by_report(compared, keys, 1) + _by_report(
            counted.reports[list(dict.fromkeys([*KEY, *PEER_COLUMNS]))], keys, 2
        )
        self._agencies = _followed(counted)
        self._groups = [each if isinstance(each, str) else "" for each in peer_groups(counted.reports)]
        self._of_peers = _joined_by(self._groups, told)

    def of_agency(self, agency: str) -> str:
        """Return the hash of all reports of an agency."""
        return self._of_agencies[agency]

    def of_report(self, place: int) -> str:
        """Return the hash of what the page of a report shows: its agency's reports, and what it is compared with.

        ``place`` is that of its row among the reports of which there is one each.
        """
        group = self._groups[place]
        return _joined([self._of_agencies[self._agencies[place]], group, self._of_peers[group]])


def _by_report(table: pd.DataFrame, keys: pd.MultiIndex, number: int) -> "np.ndarray[Any, np.dtype[np.uint64]]":
    """Return for each report a hash of its rows of a table, in their order."""
    sums = np.zeros(len(keys), dtype=np.uint64)
    if table.empty:
        return sums
    rows = pd.util.hash_pandas_object(table, index=False, hash_key=f"{number:016d}").to_numpy()
    place = keys.get_indexer(pd.MultiIndex.from_frame(table[KEY]))
    within = table.groupby(KEY, sort=False, observed=True).cumcount().to_numpy(dtype=np.uint64)
    np.add.at(sums, place, rows * (2 * within + 1))
    return sums


def _joined_by(names: Sequence[object], hashes: "np.ndarray[Any, np.dtype[np.uint64]]") -> dict[object, str]:
    """Return one hash for all that bear the same name."""
    parts: dict[object, list[int]] = {}
    for name, each in zip(names, hashes.tolist(), strict=True):
        parts.setdefault(name, []).append(each)
    return {name: _joined(each) for name, each in parts.items()}


def _joined(hashes: Any) -> str:
    return hashlib.sha256("\n".join(map(str, hashes)).encode()).hexdigest()
