"""What reports tell as problems and as measures, coded by topic: the codebook ``topics.toml``, and how it is applied."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from gia_analysis.errors import FormError
from gia_analysis.forms import Language
from gia_analysis.schema import KEY

TOPIC_COLUMNS = ("report_id", "source", "section", "topic", "role", "sentence", "keyword", "line")
_DTYPES = {**dict.fromkeys(TOPIC_COLUMNS, "str"), "line": "Int64"}

_CHAPTERS = ("problems", "plans")
_SUBCHAPTERS = ("shortcomings", "improvements")
_OPENING = {"plans": "measure", "improvements": "measure", "shortcomings": "problem"}
_SENTENCE = re.compile(r"[^。；;！!？?\n]+[。；;！!？?]?")
_CLAUSE = re.compile(r"[^，,：:]+")
_ENUMERATOR = re.compile(r"^[\s（(]*(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})(?:[)）、.．]|是要?(?=[^否]))\s*")


class Role(StrEnum):
    """As what a topic is told."""

    PROBLEM = "problem"
    MEASURE = "measure"
    LAST_YEARS_MEASURE = "last_years_measure"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Topic:
    """An entry of the codebook: a clause speaks of it where a pattern occurs, and none of ``not_with``."""

    code: str
    zh: str
    en: str
    means: str
    patterns: tuple[str, ...]
    not_with: tuple[str, ...]

    def name(self, language: Language = "zh") -> str:
        return self.zh if language == "zh" else self.en


@cache
def _codebook() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("topics.toml").read_text(encoding="utf-8"))


@cache
def topics() -> Mapping[str, Topic]:
    """Return every topic by its code, in the order of the codebook."""
    return {
        code: Topic(
            code, entry["zh"], entry["en"], entry["means"], tuple(entry["patterns"]), tuple(entry.get("not_with", ()))
        )
        for code, entry in _codebook()["topics"].items()
    }


def get_topic(code: str) -> Topic:
    """Return one topic.

    Raises:
        FormError: there is none of that code; the message names the nearest.
    """
    try:
        return topics()[code]
    except KeyError:
        raise FormError.unknown("topic", code, topics()) from None


@cache
def _compiled(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _occurs(text: pd.Series, patterns: Sequence[str]) -> npt.NDArray[np.bool_]:
    search = _compiled(tuple(patterns)).search
    return np.fromiter((search(each) is not None for each in text), dtype=bool, count=len(text))


def told_topics(sections: pd.DataFrame) -> pd.DataFrame:
    """Return the topics that reports tell in the chapter of problems and improvements.

    Read are the chapters ``problems`` and ``plans``, and sub-chapters ``shortcomings`` and ``improvements`` of others.
    The time grows with the length of the texts: nothing in the codebook is repeated without a bound.

    Args:
        sections: the table ``sections``.

    Returns:
        A row for each report, chapter, topic, role and sentence: ``report_id``, ``source``, ``section``, ``topic``,
        ``role`` (see ``Role``; ``unclear`` where neither a part of the chapter nor a word says which), ``sentence``,
        ``keyword``: the words of the sentence that made it match; ``line``: where the chapter opens in the file.
    """
    clauses = _clauses(_chapters(sections))
    text = clauses["clause"]
    roles = _roles(clauses)
    found = []
    for topic in topics().values():
        at = np.flatnonzero(_occurs(text, topic.patterns))
        if topic.not_with and len(at):
            at = at[~_occurs(text.iloc[at], topic.not_with)]
        if len(at):
            keywords = [_keyword(topic, clause) for clause in text.iloc[at]]
            found.append(clauses.iloc[at].assign(topic=topic.code, role=roles[at], keyword=keywords, place=at))
    if not found:
        found = [clauses.iloc[:0].assign(topic="", role="", keyword="", place=0)]
    joined = pd.concat(found).sort_values("place", kind="stable")
    once = joined.drop_duplicates(["chapter", "sentence_number", "topic", "role"])
    return once[list(TOPIC_COLUMNS)].astype(_DTYPES).reset_index(drop=True)


def _keyword(topic: Topic, clause: str) -> str:
    match = _compiled(topic.patterns).search(clause)
    return match.group() if match else ""


def _chapters(sections: pd.DataFrame) -> pd.DataFrame:
    """Return what is read, each text once: of sub-chapters only those that no chapter read holds."""
    chapter = sections["level"].eq(1).fillna(False).astype(bool)
    parent = sections["section"].where(chapter).groupby([sections[key] for key in KEY]).ffill()
    own = chapter & sections["section"].isin(_CHAPTERS)
    part = ~chapter & sections["section"].isin(_SUBCHAPTERS) & ~parent.isin(_CHAPTERS)
    return sections[(own | part) & sections["text"].notna()].reset_index(drop=True)


def _clauses(chapters: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each clause, without the numeral before it, with its sentence and the part it opens."""
    rows = [
        (chapter, number, sentence.strip(), clause)
        for chapter, text in enumerate(chapters["text"])
        for number, sentence in enumerate(_SENTENCE.findall(text))
        for clause in _CLAUSE.findall(_ENUMERATOR.sub("", sentence.strip()))
        if clause.strip()
    ]
    clauses = pd.DataFrame(rows, columns=["chapter", "sentence_number", "sentence", "clause"])
    kept = chapters[["report_id", "source", "section", "line"]]
    return clauses.astype({"chapter": "int64", "sentence_number": "int64", "sentence": "str", "clause": "str"}).merge(
        kept, left_on="chapter", right_index=True, how="left"
    )


def _roles(clauses: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Return as what each clause is told: by its own words, else by the part it stands in, else by its neighbours."""
    marks = {name: _occurs(clauses["clause"], patterns) for name, patterns in _codebook()["roles"].items()}
    chapter, sentence = clauses["chapter"], [clauses["chapter"], clauses["sentence_number"]]
    opened = np.select(
        [marks["last_year_part"], marks["measure_part"], marks["problem_part"]],
        [Role.LAST_YEARS_MEASURE.value, Role.MEASURE.value, Role.PROBLEM.value],
        "",
    )
    starts = ~chapter.duplicated().to_numpy() & (opened == "")
    given = clauses["section"].map(_OPENING).fillna("").to_numpy()
    parts = pd.Series(np.where(starts, given, opened), index=clauses.index, dtype="str")
    part = parts.where(parts != "").groupby(chapter).ffill()
    last_year = part.eq(Role.LAST_YEARS_MEASURE.value).to_numpy()
    measures = np.where(last_year, Role.LAST_YEARS_MEASURE.value, Role.MEASURE.value)
    own = np.select(
        [last_year | marks["remedy"], marks["problem"], part.notna(), marks["measure"]],
        [measures, Role.PROBLEM.value, part.fillna("").to_numpy(), measures],
        "",
    )
    roles = pd.Series(own, index=clauses.index, dtype="str")
    roles = roles.where(roles != "")
    near = roles.groupby(sentence).bfill().fillna(roles.groupby(sentence).ffill())
    return np.asarray(near.fillna(Role.UNCLEAR.value), dtype=object)
