"""Rules about the report as a document: its form, its dates, its years, its chapters, what was done to its text."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd

from gia_analysis.checks.evidence import Evidence
from gia_analysis.checks.registry import findings, rule
from gia_analysis.coded import Joining, coded
from gia_analysis.errors import FormError
from gia_analysis.forms import forms, prescribed_form

_FIRST_YEAR_OF_JANUARY_DEADLINE = 2019
_GOVERNMENTS = ("government", "township")


@cache
def _prescribed(year: int) -> str | None:
    try:
        return prescribed_form(year).id
    except FormError:
        return None


@rule(
    "FORM_YEAR",
    "info",
    zh="所用表式是该报告年度规定的表式。",
    en="The form is the one prescribed for the report year.",
)
def check_form_year(evidence: Evidence) -> pd.DataFrame:
    reports = evidence.reports
    prescribed = reports["year"].map(lambda year: _prescribed(int(year)), na_action="ignore")
    applies = reports["form"].notna() & prescribed.notna()
    detail = "form=" + reports["form"] + ";prescribed=" + prescribed.astype("str")
    return findings(reports["form"] == prescribed, applies, "form_or_year_unknown", detail=detail.where(applies))


@rule(
    "PUBLISHED_LATE",
    "info",
    zh="部门在次年1月31日前、政府在次年3月31日前公布（2018年度及以前均为3月31日前）。",
    en="Published by 31 January (governments: 31 March) of the next year; up to report year 2018 by 31 March.",
)
def check_published_late(evidence: Evidence) -> pd.DataFrame:
    reports = evidence.reports
    march = reports["agency_type"].isin(_GOVERNMENTS) | (reports["year"] < _FIRST_YEAR_OF_JANUARY_DEADLINE).fillna(
        False
    )
    day = march.map({True: "-03-31", False: "-01-31"})
    text = (reports["year"] + 1).astype("str") + day
    deadline = pd.to_datetime(text.where(reports["year"].notna()), format="%Y-%m-%d")
    applies = reports["published"].notna() & deadline.notna() & reports["agency_type"].notna()
    detail = reports["published"].dt.strftime("%Y-%m-%d") + ">" + deadline.dt.strftime("%Y-%m-%d")
    holds = reports["published"] <= deadline
    return findings(holds, applies, "date_or_agency_unknown", detail=detail.where(applies & ~holds))


@rule(
    "FILED_BEFORE_PERIOD_END",
    "info",
    zh="填报、公布日期不早于统计期限截止日。",
    en="Not filled in or published before the period counted had ended.",
)
def check_filed_before_period_end(evidence: Evidence) -> pd.DataFrame:
    reports = evidence.reports
    last_day = pd.to_datetime(
        (reports["year"].astype("str") + "-12-31").where(reports["year"].notna()), format="%Y-%m-%d"
    )
    end = reports["period_end"].fillna(last_day)
    filed = reports[["filed", "published"]].min(axis=1)
    holds = filed >= end
    applies = filed.notna() & end.notna()
    detail = filed.dt.strftime("%Y-%m-%d") + "<" + end.dt.strftime("%Y-%m-%d")
    return findings(holds, applies, "date_unknown", detail=detail.where(applies & ~holds))


@rule(
    "YEAR_CONFLICT",
    "soft",
    zh="标题年度与统计期限年度一致。",
    en="The year in the title is the year of the period counted.",
)
def check_year_conflict(evidence: Evidence) -> pd.DataFrame:
    reports = evidence.reports
    title = reports["title_year"].astype("float64")
    period = reports["period_end"].dt.year.astype("float64")
    return findings(
        title == period, title.notna() & period.notna(), "one_year_only", left=title, right=period, relation="="
    )


@rule(
    "SECTION_MISSING",
    "info",
    zh="报告包含规定的全部章节。",
    en="The report has all chapters that its form prescribes.",
)
def check_section_missing(evidence: Evidence) -> pd.DataFrame:
    prescribed: Mapping[str, list[str]] = {form.id: [each.code for each in form.chapters] for form in forms().values()}
    codes = list(dict.fromkeys(code for each in prescribed.values() for code in each))
    chapter = coded(evidence.frames.sections["section"]).among(codes)
    known = (chapter >= 0) & (evidence.at_sections >= 0)
    present = np.zeros((len(evidence.reports), len(codes)), dtype=bool)
    present[evidence.at_sections[known], chapter[known]] = True
    form = coded(evidence.reports["form"])
    kinds, kind = np.unique(np.column_stack([form.codes, present]), axis=0, return_inverse=True)
    missing = Joining()
    missing.add(
        kind.ravel(),
        [_missing([*form.values, ""][form_number], prescribed, codes, has) for form_number, *has in kinds.tolist()],
    )
    detail = pd.Series(missing.joined().texts(), index=evidence.reports.index)
    asked = form.any_of([each for each, wanted in prescribed.items() if wanted])
    applies = pd.Series(asked, index=evidence.reports.index)
    return findings(detail.isna(), applies, "no_chapters_prescribed", detail=detail)


def _missing(form: str, prescribed: Mapping[str, list[str]], codes: Sequence[str], has: Sequence[int]) -> str | None:
    """Return the chapters that a form prescribes and a report has not, parted by ';', None where it has all."""
    there = {code for code, held in zip(codes, has, strict=True) if held}
    return ";".join(code for code in prescribed.get(form, []) if code not in there) or None


@cache
def _spam() -> Mapping[str, str]:
    """Return the words of spam, each with what it advertises."""
    data = tomllib.loads(files(__package__).joinpath("spam.toml").read_text(encoding="utf-8"))
    return {word: kind for kind, words in data.items() for word in words}


@cache
def _spam_pattern() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(_spam(), key=lambda word: (-len(word), word))))


@rule(
    "SPAM_TEXT",
    "soft",
    zh="正文没有被篡改网页植入的博彩、色情、药品、下载等推广文字。",
    en="The text holds no spam of a hacked page (gambling, pornography, medicine, downloads).",
)
def check_spam(evidence: Evidence) -> pd.DataFrame:
    """Where it does, words of the report itself may have been replaced, and its figures deserve doubt."""
    sections = evidence.frames.sections
    whole = (sections["level"].fillna(1) == 1).to_numpy(dtype=bool)
    at, chapters = evidence.at_sections[whole], sections[whole]
    pairs = zip(chapters["title"].fillna(""), chapters["text"].fillna(""), strict=True)
    texts = ["".join(f"{title}\n{text}".split()).lower() for title, text in pairs]
    found: dict[int, dict[str, None]] = {}
    for place, text in zip(at.tolist(), texts, strict=True):
        if words := _spam_pattern().findall(text):
            found.setdefault(place, {}).update(dict.fromkeys(words))
    told = {place: ";".join(f"{_spam()[word]}:{word}" for word in words) for place, words in found.items()}
    detail = pd.Series(told, dtype="str", index=pd.Index(list(told), dtype="int64")).reindex(evidence.reports.index)
    has_text = evidence.reports.index.isin(at[np.array([text != "" for text in texts], dtype=bool)])
    return findings(detail.isna(), pd.Series(has_text, index=detail.index), "no_text", detail=detail)
