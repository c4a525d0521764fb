"""Whether figures are those of one organ or a sum over many; and where it is said."""

from collections.abc import Callable

import pytest

from gia_analysis.records import ReportFacts

FactsOf = Callable[..., ReportFacts]


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        ("本报告综合各区人民政府和市政府各部门政府信息公开年度报告编制而成。", "aggregate"),
        ("本报告由县政府办公室汇总各部门、各镇数据而成。", "aggregate"),
        ("2020年，全市各级行政机关共收到政府信息公开申请1234件，其中市本级56件。", "aggregate"),
        ("2020年，全县主动公开政府信息12345条。", "aggregate"),
        ("2020年，我局认真落实各项要求。", "own"),
        ("2020年，本机关认真落实各项要求。", "own"),
        ("本报告统计范围仅为市政府办公室本级。", "own"),
        ("本报告数据不含下属单位。", "own"),
        ("我区政府办公室推进全区政务公开工作。", "own"),
        ("2020年，我局负责的全市交通系统共收到信息。全市共收到政府信息公开申请12件。", "unknown"),
        ("推进全市政务公开工作，要求各单位对本单位信息及时公开。", "unknown"),
        ("现将有关情况报告如下。", "unknown"),
    ],
)
def test_scope_tells_one_organ_from_a_sum_over_many_and_says_where(
    facts_of: FactsOf, sentence: str, scope: str
) -> None:
    """全市 alone tells nothing: it must be said of the figures. Where both are told, it stays unknown."""
    facts = facts_of(sentence)

    assert (facts.scope, facts.scope_from) == (scope, None if scope == "unknown" else "preamble")
