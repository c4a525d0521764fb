"""What the chapters of a printed report say in words: short, and with the figures of its tables."""

import re
from collections.abc import Mapping

from gia_analysis.forms import Chapter, Form
from gia_analysis.simulation.grid import CellKey

_BEFORE_2019 = (
    Chapter("overview", "概述", "Overview"),
    Chapter("proactive", "主动公开政府信息的情况", "Proactive disclosure"),
    Chapter("requests", "依申请公开政府信息和不予公开政府信息的情况", "Disclosure on request"),
    Chapter("fees", "收费及减免情况", "Fees"),
    Chapter("disputes", "因政府信息公开申请行政复议、提起行政诉讼的情况", "Reconsideration and litigation"),
    Chapter("problems", "存在的主要问题和改进措施", "Main problems and improvements"),
    Chapter("other", "其他需要报告的事项", "Other matters"),
    Chapter("statistics", "政府信息公开情况统计表", "Statistics table"),
)
_TEXTS = {
    "overview": "{year}年，本机关依照《中华人民共和国政府信息公开条例》开展政府信息公开工作。",
    "problems": "存在的主要问题是公开内容还不够全面；今后将加强培训，及时更新公开内容。",
    "other": "无其他需要报告的事项。",
}
_CLAUSES: Mapping[str, tuple[tuple[CellKey, str], ...]] = {
    "overview": (
        (("requests", "new_received", "total"), "本年共收到政府信息公开申请{}件"),
        (("requests", "carried_in", "total"), "上年结转政府信息公开申请{}件"),
        (("requests", "results_total", "total"), "本年度办结政府信息公开申请{}件"),
        (("requests", "carried_out", "total"), "结转下年度继续办理{}件"),
    ),
    "proactive": ((("stats_2014", "proactive_total", "value"), "本年主动公开政府信息{}条"),),
    "requests": (
        (("stats_2014", "requests_received", "value"), "本年共收到政府信息公开申请{}件"),
        (("stats_2014", "replies_total", "value"), "答复申请{}件"),
    ),
    "fees": ((("stats_2014", "fees_collected", "value"), "本年依申请公开信息收取费用{}万元"),),
    "disputes": (
        (("stats_2014", "reconsiderations_total", "value"), "因政府信息公开引起的行政复议{}件"),
        (("stats_2014", "litigations_total", "value"), "行政诉讼{}件"),
    ),
}
_PLAIN_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)


def chapters_of(form: Form) -> tuple[Chapter, ...]:
    """Return the chapters of a report on a form: those it prescribes, else those that were usual before 2019."""
    return form.chapters or _BEFORE_2019


def tell(chapter: str, figures: Mapping[CellKey, str | None], year: int) -> list[str]:
    """Return the paragraphs of a chapter. A figure is told only where its cell holds a plain number."""
    clauses = [
        clause.format(figure)
        for cell, clause in _CLAUSES.get(chapter, ())
        if (figure := figures.get(cell)) and _PLAIN_NUMBER.fullmatch(figure)
    ]
    text = _TEXTS.get(chapter, "").format(year=year)
    return [paragraph for paragraph in (text, f"{'，'.join(clauses)}。" if clauses else "") if paragraph]
