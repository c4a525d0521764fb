"""What reports tell as problems and measures: the five real reports as read by a person, and the codebook itself."""

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files

import pandas as pd
import pytest

from gia_analysis import Report
from gia_analysis.analysis.topics import TOPIC_COLUMNS, get_topic, told_topics, topics
from gia_analysis.errors import FormError
from gia_analysis.schema import build

# Chapter five of the sample reports, coded by hand.
CODED: Mapping[str, Mapping[str, set[str]]] = {
    "2020-qujiang-office-affairs-centre": {
        "problem": {"scope", "staff", "awareness"},
        "measure": {"public_interest", "scope", "supervision", "training", "publicity", "awareness"},
    },
    "2020-tongji-subdistrict": {
        "problem": {"public_interest", "legal_knowledge"},
        "measure": {"staff", "review", "publicity", "training", "legal_knowledge", "request_handling"},
    },
    "2020-xiandi-town": {
        "problem": {"training", "quality", "awareness", "review", "channels", "platform"},
        "measure": {"training", "review", "platform", "channels", "request_handling"},
    },
    "2020-xushui-government-office": {
        "problem": {"management", "staff", "channels"},
        "measure": {"management", "quality", "platform", "channels"},
    },
    "2020-zhenjiang-government-office": {
        "problem": {"staff", "training", "timeliness", "quality", "informatisation"},
        "measure": {"staff", "training", "request_handling", "channels", "grassroots"},
    },
}
CODEBOOK = tomllib.loads(files("gia_analysis.analysis").joinpath("topics.toml").read_text(encoding="utf-8"))
PATTERNS = [
    pattern
    for part in (*CODEBOOK["topics"].values(), CODEBOOK["roles"])
    for value in part.values()
    if isinstance(value, list)
    for pattern in value
]


def chapter(text: str, section: str = "problems") -> pd.DataFrame:
    row = {"report_id": "r", "source": "r.txt", "level": 1, "section": section, "text": text, "line": 7}
    return build("sections", [row])


def told(text: str) -> set[tuple[str, str]]:
    found = told_topics(chapter(text))
    return set(zip(found["role"], found["topic"], strict=True))


def test_the_sample_reports_tell_what_a_reader_finds(samples: Mapping[str, Report]) -> None:
    expected = {
        (stem, role, topic) for stem, roles in CODED.items() for role, codes in roles.items() for topic in codes
    }

    found = {
        (stem, str(role), str(topic))
        for stem, report in samples.items()
        for role, topic in told_topics(report.sections)[["role", "topic"]].itertuples(index=False)
    }

    right = len(found & expected)
    assert right / len(found) >= 0.95, sorted(found - expected)
    assert right / len(expected) >= 0.95, sorted(expected - found)


def test_a_row_gives_the_sentence_and_the_words_that_matched() -> None:
    found = told_topics(chapter("（一）存在问题\n1.业务培训不足，更新不及时。\n（二）改进措施\n加强培训。"))

    assert list(found.columns) == list(TOPIC_COLUMNS)
    assert found[["topic", "role", "sentence", "keyword", "line"]].to_numpy().tolist() == [
        ["training", "problem", "1.业务培训不足，更新不及时。", "培训", 7],
        ["timeliness", "problem", "1.业务培训不足，更新不及时。", "更新不及时", 7],
        ["training", "measure", "加强培训。", "培训", 7],
    ]


def test_without_headings_the_words_say_what_is_a_problem_and_what_a_measure() -> None:
    assert told("存在的主要问题是公开内容还不够全面；今后将加强培训，及时更新公开内容。") == {
        ("problem", "scope"),
        ("measure", "training"),
        ("measure", "timeliness"),
    }


def test_a_clause_that_removes_a_problem_is_a_measure() -> None:
    assert told("下一步，解决政策解读形式单一的问题，避免更新不及时。") == {
        ("measure", "interpretation"),
        ("measure", "timeliness"),
    }


def test_a_problem_named_among_the_measures_stays_a_problem() -> None:
    assert told("下一步，一是针对专业人员不足，组织业务培训。") == {("problem", "staff"), ("measure", "training")}


def test_what_was_done_about_last_years_problems_is_told_apart() -> None:
    assert told("（一）上年度问题整改情况\n针对解读形式单一，制作图解。\n（二）存在的问题\n网站栏目更新滞后。") == {
        ("last_years_measure", "interpretation"),
        ("problem", "platform"),
        ("problem", "timeliness"),
    }


@pytest.mark.parametrize("text", ["无", "无。", "不存在问题。", "没有突出的问题。"])
def test_a_chapter_that_tells_nothing_says_so(text: str) -> None:
    assert {topic for _, topic in told(text)} == {"none_told"}


def test_a_word_that_says_neither_is_left_unclear() -> None:
    assert told("政府网站。") == {("unclear", "platform")}


def test_a_word_in_another_sense_does_not_count() -> None:
    assert told("存在问题：行政审批改革；部分干部认识不足。") == {("problem", "awareness")}


def test_other_chapters_are_not_read() -> None:
    assert told_topics(chapter("加强培训，更新不及时。", "overview")).empty


def test_sub_chapters_of_other_chapters_are_read_and_those_of_a_chapter_read_not_twice() -> None:
    rows = [("overview", 1, "业务培训不足。"), ("shortcomings", 2, "业务培训不足。")]
    rows += [("problems", 1, "网站更新滞后。"), ("shortcomings", 2, "网站更新滞后。")]
    key = {"report_id": "r", "source": "r.txt"}
    sections = build("sections", [{**key, "section": code, "level": level, "text": text} for code, level, text in rows])

    found = told_topics(sections)

    assert found[["section", "topic", "role"]].to_numpy().tolist() == [
        ["shortcomings", "training", "problem"],
        ["problems", "platform", "problem"],
        ["problems", "timeliness", "problem"],
    ]


def test_no_chapters_give_the_same_columns() -> None:
    found = told_topics(build("sections"))

    assert found.empty
    assert found.dtypes.to_dict() == told_topics(chapter("更新不及时。")).dtypes.to_dict()


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_repeats_nothing_without_a_bound(pattern: str) -> None:
    re.compile(pattern)

    assert not re.search(r"[*+]|\{\d+,\}|[})?]\{", pattern.replace("[", ""))


def test_every_topic_is_named_and_explained() -> None:
    for topic in topics().values():
        assert topic.zh and topic.name("en").isascii() and topic.means.endswith(".") and topic.patterns


def test_an_unknown_topic_names_the_nearest() -> None:
    with pytest.raises(FormError, match="unknown topic 'trainings': did you mean 'training'"):
        get_topic("trainings")
