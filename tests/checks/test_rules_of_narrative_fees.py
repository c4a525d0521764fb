"""Fees told in the text against one another and against the table of 2014."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pytest

Given = Mapping[str, Any]
Check = Callable[[Mapping[str, Given]], pd.DataFrame]
Judge = Callable[[pd.DataFrame, str, str], dict[str, tuple[str, str | None]]]

PASS, FAIL, NOT = "pass", "fail", "not_applicable"


def fee(section: str, value: float, raw: str, *, approximate: bool = False) -> Given:
    return {"topic": "processing_fee", "section": section, "value": value, "raw": raw, "approximate": approximate}


def told(*figures: Given) -> Given:
    return {"form": "2021", "cells": {"requests.new_received.total": 1}, "figures": list(figures)}


IN_TEXT = {
    "the same in 元 and 万元": ((fee("overview", 0.12, "1200元"), fee("other", 0.12, "0.12万元")), (PASS, None)),
    "another amount": ((fee("overview", 0.12, "1200元"), fee("other", 0.24, "2400元")), (FAIL, None)),
    "元 printed as 万元": ((fee("overview", 1200, "1200万元"), fee("other", 0.12, "1200元")), (FAIL, None)),
    "both in chapter six": ((fee("other", 0.12, "1200元"), fee("other", 1200, "1200万元")), (FAIL, None)),
    "two fees in chapter six": ((fee("other", 0.12, "1200元"), fee("other", 0.3, "3000元")), (NOT, "told_once")),
    "chapter six alone": ((fee("other", 0.12, "1200元"),), (NOT, "told_once")),
    "about": ((fee("other", 0.12, "1200元"), fee("overview", 1, "万余元", approximate=True)), (NOT, "told_once")),
    "not told": ((), (NOT, "not_told")),
}
# of the form of 2014, as printed and as told: 衢江 2020 says that nothing was charged, and counts 0
IN_TABLE: Mapping[str, tuple[float | None, float | None, tuple[str, str | None]]] = {
    "none charged": (0.0, 0.0, (PASS, None)),
    "some in the table": (0.5, 0.0, (FAIL, None)),
    "a blank in the table": (None, 0.0, (NOT, "blank")),
    "no word of it": (0.0, None, (NOT, "not_told")),
}


def on_form_of_2014(printed: float | None, value: float | None) -> Given:
    figures = [] if value is None else [{"topic": "fees_collected", "value": value, "sentence": "未收取相关费用。"}]
    return {"form": "2014", "cells": {"stats_2014.fees_collected.value": printed}, "figures": figures}


@pytest.fixture(scope="module")
def checks(check: Check) -> pd.DataFrame:
    texts = {name: told(*figures) for name, (figures, _) in IN_TEXT.items()}
    return check(texts | {name: on_form_of_2014(*each[:2]) for name, each in IN_TABLE.items()})


@pytest.mark.parametrize("name", IN_TEXT)
def test_the_fee_of_chapter_six_is_that_told_elsewhere(checks: pd.DataFrame, verdicts: Judge, name: str) -> None:
    assert verdicts(checks, "NARR_FEE", name) == {"": IN_TEXT[name][1]}


def test_yuan_printed_as_ten_thousands_of_yuan_are_named(checks: pd.DataFrame) -> None:
    found = checks[(checks["code"] == "NARR_FEE") & (checks["report_id"] == "元 printed as 万元")]

    assert found["detail"].tolist() == ["1200元 / 1200万元;元/万元"]


@pytest.mark.parametrize("name", IN_TABLE)
def test_on_the_form_of_2014_the_fee_is_that_of_the_table(checks: pd.DataFrame, verdicts: Judge, name: str) -> None:
    assert verdicts(checks, "NARR_FEE", name) == {"fees_collected": IN_TABLE[name][2]}
