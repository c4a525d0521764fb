"""A report is asked what it says of itself in no time, however long it is."""

import time

import pytest

from gia_analysis.reading.flow import Flow
from gia_analysis.reading.metadata import read_metadata
from gia_analysis.records import Section


@pytest.mark.parametrize(
    "unit",
    [
        "请与某",
        "综合各",
        "本报告综合各部门",
        "2020年1月1日至",
        "统计期限",
        "人民政府",
        "二〇二〇年",
        "全市共收到申请",
        "数据统计范围为",
        "a@b.",
        "http://",
    ],
)
def test_a_line_of_five_million_characters_is_read_in_no_time(unit: str) -> None:
    text = (unit * (5_000_000 // len(unit) + 1))[:5_000_000]
    sections = (Section("preamble", None, None, text, 1),)
    flow: Flow = ()

    start = time.perf_counter()
    read_metadata(flow, sections, "report.txt")

    assert time.perf_counter() - start < 2
