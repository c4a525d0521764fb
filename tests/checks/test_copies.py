"""The rule that a report is not the one of the year before with new figures."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from gia_analysis.checks import read_history, run_checks
from gia_analysis.schema import Frames, build

Make = Callable[[Mapping[str, Mapping[str, Any]]], Frames]
Judge = Callable[[pd.DataFrame, str, str], dict[str, tuple[str, str | None]]]

OVERVIEW = (
    "{}年，我局围绕群众关切推进政府信息公开，修订公开目录{}项，举办开放日活动，拓宽公开渠道，回应热点问题，"
    "并把公开工作列入年度考核，由专人负责网站栏目的维护，公文一律先认定公开属性再作保密审查。"
)
PROBLEMS = (
    "一是政策解读形式较为单一，图解、视频偏少；二是兼职人员变动频繁，业务学习不够系统；三是部分栏目更新不够及时。"
    "下一步将组织专题培训，丰富解读形式，逐月检查栏目更新，把责任落实到科室。"
)
ANOTHER = (
    "本年度新建查询专区两处，配备电脑与资料架，居民可以当场检索文件；与档案馆共同整理历史文件，补录早年批复；"
    "全年无人对答复提出异议，所有申请均在法定时限内办结，并对申请较多的征收补偿事项编印了问答手册。"
)


def corpus(make: Make, texts: Mapping[str, Mapping[str, str]], agency: str = "天门市教育局") -> Frames:
    """Reports by year with the texts of their chapters."""
    cells = {"art20_6.penalty.decisions": 3}
    given = {year: {"form": "2021", "cells": cells, "facts": {"agency": agency, "year": int(year)}} for year in texts}
    rows = [
        {"report_id": year, "source": f"{year}.txt", "section": section, "level": 1, "order": order, "text": text}
        for year, chapters in texts.items()
        for order, (section, text) in enumerate(chapters.items())
    ]
    return replace(make(given), sections=build("sections", rows))


def test_last_years_text_with_new_figures_is_odd(frames: Make, verdicts: Judge) -> None:
    checks = run_checks(
        corpus(
            frames,
            {
                "2021": {"overview": OVERVIEW.format(2021, 3), "problems": PROBLEMS},
                "2022": {"overview": OVERVIEW.format(2022, 12), "problems": PROBLEMS},
            },
        )
    )

    found = checks[(checks["code"] == "X_COPY_TEXT") & (checks["report_id"] == "2022")].iloc[0]
    assert verdicts(checks, "X_COPY_TEXT", "2022") == {"": ("fail", None)}
    assert (found["left"], found["right"], found["detail"]) == (1, 0.9, "overview=100%;problems=100%")


def test_one_chapter_kept_beside_a_new_one_is_not(frames: Make, verdicts: Judge) -> None:
    texts = {"2021": {"overview": OVERVIEW, "problems": PROBLEMS}, "2022": {"overview": ANOTHER, "problems": PROBLEMS}}

    assert verdicts(run_checks(corpus(frames, texts)), "X_COPY_TEXT", "2022") == {"": ("pass", None)}


def test_a_new_chapter_counts_as_not_copied(frames: Make, verdicts: Judge) -> None:
    texts = {"2021": {"problems": PROBLEMS}, "2022": {"overview": ANOTHER, "problems": PROBLEMS}}

    assert verdicts(run_checks(corpus(frames, texts)), "X_COPY_TEXT", "2022") == {"": ("pass", None)}


def test_without_last_years_report_nothing_is_said(frames: Make, verdicts: Judge) -> None:
    checks = run_checks(corpus(frames, {"2020": {"problems": PROBLEMS}, "2022": {"problems": PROBLEMS}}))

    assert verdicts(checks, "X_COPY_TEXT", "2022") == {"": ("not_applicable", "no_report_of_last_year")}


def test_without_text_in_either_year_nothing_is_said(frames: Make, verdicts: Judge) -> None:
    checks = run_checks(
        corpus(frames, {"2021": {"problems": "无。"}, "2022": {"problems": PROBLEMS}, "2023": {"problems": "无。"}})
    )

    assert verdicts(checks, "X_COPY_TEXT", "2022") == {"": ("not_applicable", "no_such_text_last_year")}
    assert verdicts(checks, "X_COPY_TEXT", "2023") == {"": ("not_applicable", "no_text")}


def test_a_report_of_last_year_that_was_read_apart_is_named_as_the_reason(frames: Make, verdicts: Judge) -> None:
    before, now = (corpus(frames, {year: {"problems": PROBLEMS}}) for year in ("2021", "2022"))
    history = pd.concat([read_history(before), read_history(now)], ignore_index=True)

    checks = run_checks(now, history.drop(columns="chapters"))

    assert verdicts(checks, "X_COPY_TEXT", "2022") == {"": ("not_applicable", "last_year_not_read_together")}


def test_a_history_that_holds_the_texts_makes_a_part_as_good_as_the_whole(frames: Make) -> None:
    texts = {"2021": {"overview": OVERVIEW, "problems": PROBLEMS}, "2022": {"overview": ANOTHER, "problems": PROBLEMS}}
    whole = run_checks(corpus(frames, texts))
    before, now = (corpus(frames, {year: texts[year]}) for year in texts)

    checks = run_checks(now, pd.concat([read_history(before), read_history(now)], ignore_index=True))

    ours = whole[(whole["code"] == "X_COPY_TEXT") & (whole["report_id"] == "2022")].reset_index(drop=True)
    pd.testing.assert_frame_equal(checks[checks["code"] == "X_COPY_TEXT"].reset_index(drop=True), ours)
