"""The index of the site: every agency with its headline figures, to be searched, filtered and sorted without a network."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
from markupsafe import Markup

from gia_analysis.aliases import name_alone, plain_name
from gia_analysis.analysis import DEFAULT_DISCLOSURE_RATE
from gia_analysis.corpus import Corpus
from gia_analysis.divisions import division
from gia_analysis.forms import Language
from gia_analysis.publishing.frame import SITE_FILES, Place, frame
from gia_analysis.publishing.index_figures import Figures, figures_of
from gia_analysis.publishing.pinyin import spell
from gia_analysis.schema import COLUMNS
from gia_analysis.wording import word

PageKind = Literal["agency", "trend", "cross", "quality", "trends"]

HEADLINES = ("request_volume", "results", DEFAULT_DISCLOSURE_RATE)
_UNKNOWN = {"zh": "缺少机关或年度", "en": "agency or year is not known"}
_OTHER_PAGE = {"zh": "同一机关同一年度已有一份报告", "en": "there is another report of this agency and year"}


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page of the site: its file and title, what it is about, and whether its notebook failed, with the message.

    ``agency`` is the name under which the agency is followed over the years.
    """

    file: str
    title: str
    kind: PageKind
    agency: str | None = None
    year: int | None = None
    report_id: str | None = None
    failed: bool = False
    message: str | None = None


def site_index(corpus: Corpus, pages: Sequence[SitePage], lang: Language) -> str:
    """Return the page that links all others: a row for each agency with its headline figures, year by year.

    What the page shows is in it as data, and shown by its own script; without scripts, a list of all pages is there.

    Args:
        corpus: what the pages are about.
        pages: of the site. An agency's page is about the report of its ``report_id``, or else of its agency and year.
        lang: of the page.
    """
    of_agencies = [page for page in pages if page.kind == "agency"]
    reports = _reports_of(corpus.reports, of_agencies)
    figures = figures_of(corpus, reports, HEADLINES)
    data = _data(of_agencies, pages, reports, figures, lang)
    title = "政府信息公开工作年度报告" if lang == "zh" else "Government information disclosure: annual reports"
    site = {"index.html", "definitions.html", *(page.file for page in pages)}
    overviews = [page for page in pages if page.kind == "cross" or (page.failed and page.kind in ("quality", "trends"))]
    return frame(
        "index.html", title, lang, Place("index.html", [name for name in SITE_FILES if name in site]), script="index.js",
        lead=_lead(corpus, lang), data=_embedded(data), regions=data["regions"], levels=data["levels"],
        years=sorted({page.year for page in of_agencies if page.year}, reverse=True), overviews=overviews,
        agencies=list(_latest(of_agencies).values()), left_out=list(_left_out(corpus.reports, of_agencies, lang)),
    )  # fmt: skip


def _embedded(data: dict[str, Any]) -> Markup:
    """Return data as JSON that no text in it can end: it holds no ``<``."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("<", "\\u003c").replace("\x7f", "\\u007f"))


def _reports_of(reports: pd.DataFrame, pages: Sequence[SitePage]) -> pd.DataFrame:
    """Return the report that each page is about, row by row."""
    known = reports.drop_duplicates("report_id").set_index("report_id", drop=False)
    by_place = reports.dropna(subset=["agency", "year"]).drop_duplicates(["agency", "year"])
    ids = dict(
        zip(zip(by_place["agency"], by_place["year"].astype(int), strict=True), by_place["report_id"], strict=True)
    )
    wanted = [page.report_id or ids.get((page.agency, page.year), "") for page in pages]
    return known.reindex(wanted)


def _data(
    of_agencies: Sequence[SitePage], pages: Sequence[SitePage], reports: pd.DataFrame, figures: Figures, lang: Language
) -> dict[str, Any]:
    """Return what the script of the index shows; ``templates/index.js`` says what stands where."""
    forms = list(dict.fromkeys(reports["form"].dropna()))
    form_of = {form: number for number, form in enumerate(forms)}
    trends = {page.agency: page.file for page in pages if page.kind == "trend"}
    regions = _Regions()
    levels = [each for each in COLUMNS["agency_level"].allowed if each in set(reports["agency_level"].dropna())]
    found: dict[str, list[Any]] = {
        key: [name_alone(key), spell(name_alone(key)), -1, -1, trends.get(page.agency, 0), [], []]
        for key, page in _latest(of_agencies).items()
    }
    columns = zip(
        of_agencies, reports["agency"], reports["form"], reports["region_code"], reports["region"], reports["agency_level"], figures.rows,
        strict=True,
    )  # fmt: skip
    ordered = sorted(columns, key=lambda each: (each[0].agency or "", -(each[0].year or 0)))
    for page, printed, form, code, region, level, row in ordered:
        entry = found[page.agency or page.title]
        if isinstance(printed, str) and plain_name(printed) != plain_name(entry[0]) and printed not in entry[6]:
            entry[6].append(printed)
        if entry[2] < 0 and isinstance(code, str):
            entry[2] = regions.add(code, region)
        if entry[3] < 0 and level in levels:
            entry[3] = levels.index(level)
        file = page.report_id if page.file == f"agency-{page.year}-{page.report_id}.html" else page.file
        entry[5].append([int(page.year or 0), file, form_of.get(form, -1), int(page.failed), *row])
    return {
        "agencies": list(found.values()),
        "places": regions.places,
        "regions": regions.filters(),
        "levels": [word(each, lang) for each in levels],
        "reasons": [word(each, lang) for each in figures.reasons],
        "forms": [_form(form, lang) for form in forms],
        "breaks": [form in ("2014", "pre2014") for form in forms],
    }


def _form(form: str, lang: Language) -> str:
    known = {"mixed": ("混合表式", "mixed forms"), "pre2014": ("2014年以前", "before 2014")}
    named = (f"{form}年表式", f"form of {form}")
    return known.get(form, named)[lang == "en"]


class _Regions:
    """The divisions in which agencies are, and the provinces and prefectures by which they can be chosen."""

    def __init__(self) -> None:
        self.places: list[tuple[str, str, str]] = []  # full name, code of the province, code of the prefecture
        self._number: dict[tuple[str, str], int] = {}

    def add(self, code: str, name: object) -> int:
        full = name if isinstance(name, str) else code
        if (code, full) not in self._number:
            prefecture = code[:4] + "00"
            known = not code.endswith("0000") and division(prefecture) is not None
            self._number[code, full] = len(self.places)
            self.places.append((full, code[:2] + "0000", prefecture if known else ""))
        return self._number[code, full]

    def filters(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """Return provinces by code and name, each with its prefectures."""
        provinces = sorted({province for _, province, _ in self.places})
        prefectures = sorted({prefecture for _, _, prefecture in self.places if prefecture})
        return [
            (code, _name(code), [(each, _name(each)) for each in prefectures if each[:2] == code[:2]])
            for code in provinces
        ]


def _name(code: str) -> str:
    found = division(code)
    return found.name if found else code


def _latest(of_agencies: Sequence[SitePage]) -> dict[str, SitePage]:
    """Return the latest page of every agency, which leads to its others, by pinyin."""
    latest: dict[str, SitePage] = {}
    for page in of_agencies:
        name = page.agency or page.title
        if name not in latest or (latest[name].year or 0) < (page.year or 0):
            latest[name] = page
    return {name: latest[name] for name in sorted(latest, key=lambda name: (spell(name_alone(name)), name))}


def _lead(corpus: Corpus, lang: Language) -> str:
    states = corpus.reports["status"].value_counts().items()
    counts = ", ".join(f"{word(str(status), lang)} {count:,}" for status, count in states)
    total = f"{len(corpus.reports):,}"
    return f"共 {total} 份输入：{counts}。" if lang == "zh" else f"{total} inputs: {counts}."


def _left_out(reports: pd.DataFrame, of_agencies: Sequence[SitePage], lang: Language) -> Iterable[tuple[str, str]]:
    """Yield the source of every input that has no page, and why."""
    shown = _reports_of(reports, of_agencies)["report_id"]
    without = reports[~reports["report_id"].isin(shown)]
    folder = _folder(reports["source"])
    for source, message, agency, year in zip(
        without["source"], without["message"], without["agency"], without["year"], strict=True
    ):
        reason = _UNKNOWN[lang] if pd.isna(agency) or pd.isna(year) else _OTHER_PAGE[lang]
        told = message.replace(folder, "") if isinstance(message, str) and folder else message
        yield source.removeprefix(folder), told if isinstance(told, str) else reason


def _folder(sources: pd.Series) -> str:
    """Return the folder that holds all inputs, which tells of this machine and not of them."""
    if sources.empty:
        return ""
    first, last = str(sources.min()), str(sources.max())
    common = first[
        : next((place for place, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), None)
    ]
    return common[: max(common.rfind("/"), common.rfind("\\")) + 1]
