"""What a worker answers for one document."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from gia_analysis import Report
from gia_analysis.containers import Item
from gia_analysis.workers import Unconverted
from gia_analysis.workers.tasks import Task, _writable, read_task


def test_a_report_says_where_it_came_from(sample_paths: Mapping[str, Path]) -> None:
    data = sample_paths["2020-xiandi-town"].read_bytes()
    answer = read_task(Task(Item("a.zip!/b.txt", Path("a.zip"), "b.txt", "http://a", data)))

    assert not isinstance(answer, Unconverted)
    facts = answer[0].facts
    assert (facts.source, facts.member, facts.url, facts.status) == ("a.zip!/b.txt", "b.txt", "http://a", "ok")
    assert facts.sha256 == hashlib.sha256(data).hexdigest()


def test_half_a_character_is_refused_before_a_table_is_written(samples: Mapping[str, Report]) -> None:
    """It would end the whole run, as no table can hold it."""
    report = samples["2020-xiandi-town"]
    broken = replace(report, facts=replace(report.facts, title="年度\ud800报告"))

    assert _writable((report,)) == (report,)
    with pytest.raises(UnicodeEncodeError):
        _writable((broken,))
