"""Whether a report's figures are those of one organ or a sum over many, by what is said of the figures."""

import re

from gia_analysis.reading.metadata.facts import Facts
from gia_analysis.reading.metadata.passages import Passages

_COMPILED_FROM = re.compile(r"综合|汇总|本(?:年度)?(?:报告|年报)[^。]{0,30}?(?:由|根据)")
_THOSE_BELOW = re.compile(r"各(?:部门|单位|镇|乡|街道|区|县|市|州|地|委|局|级)|所属|下属")
_MADE = re.compile(r"编制|而成|汇编|形成[^。]{0,8}报告")
_WHOLE = ("报告", "年报", "数据")
_SUM_TOLD = re.compile(
    r"全[省市州盟区县旗](?:各级)?(?:行政机关|政府系统|各部门|各单位|各级各部门)?(?:共计|累计|共|全年|新)?"
    r"(?:收到|受理|主动公开|新收|办理)[^。;]{0,20}?(?:申请|信息)[^。;\d]{0,8}\d"
)
_OWN_WORDS = ("本级", "本机关", "本单位", "不含", "不包")
_OWN_FIGURES = re.compile(
    r"(?:数据|统计|范围)[^。]{0,15}?(?:仅|只|为)[^。]{0,15}?(?:本级|本机关|本单位)|不(?:含|包括|包含)(?:下属|所属|各)"
)
_OWN = re.compile(
    r"我(?:局|委|厅|镇|乡|中心|办|街道|[区县市]政府办公室)"
    r"|本(?:级|街道|局|机关(?!不掌握|负责公开|制作)|(?<!各本)(?<!对本)单位)"
)


def read_scope(facts: Facts, passages: Passages) -> None:
    """Read the scope: ``own`` or ``aggregate``, and ``unknown`` where both are told, or neither is."""
    facts.values["scope"] = "unknown"
    for text, origin in passages.in_turn:
        scope = _scope_of(text)
        if scope:
            facts.values["scope"] = scope
            facts.values["scope_from"] = origin
            return


def _scope_of(text: str) -> str | None:
    """Return the scope that a text tells. 全市 alone tells nothing: it must be said of figures."""
    if any(word in text for word in _OWN_WORDS) and _OWN_FIGURES.search(text):
        return "own"
    if _is_compiled(text):
        return "aggregate"
    speaks_for_itself = _OWN.search(text)
    if _SUM_TOLD.search(text):
        return None if speaks_for_itself and speaks_for_itself.group() != "本级" else "aggregate"
    return "own" if speaks_for_itself else None


def _is_compiled(text: str) -> bool:
    """Return whether a sentence says that the report, or its data, were made from those of the bodies below."""
    for match in _COMPILED_FROM.finditer(text):
        before = text[max(0, match.start() - 40) : match.end()].rpartition("。")[2]
        after = text[match.end() : match.end() + 110].partition("。")[0]
        below = _THOSE_BELOW.search(after)
        if below and _MADE.search(after, below.end()) and any(word in before + after for word in _WHOLE):
            return True
    return False
