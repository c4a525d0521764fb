"""Figures told in running text: what is counted, how many, whether about, and in which sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gia_analysis.records import Figure, Section

_WIDTH = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
_UNIT = r"(?:件次|条次|人次|篇次|[件条次项篇份宗起部个期场类人])"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d+)?"
_FIGURE = re.compile(
    rf"(?P<about>约|近|超过?|逾|达到?)?(?P<number>{_NUMBER})(?P<scale>万)?(?P<more>余|多)?(?P<unit>{_UNIT})", re.ASCII
)
_SENTENCE = re.compile(r"[^。;!?\n]+[。;!?]?")
_NO = re.compile(r"未(?:曾)?(?:收到|接到|受理)[^,。;]{0,24}申请|(?:没有|无)(?:收到|接到|受理)[^,。;]{0,20}申请")
_ONE = re.compile(
    r"(?:20\d\d年)?\d{1,2}月(?:份|\d{1,2}日)?,[^,。;]{0,12}收到(?P<who>[^,。;\d]{2,40})申请(?=[,。;])", re.ASCII
)
_REQUEST = r"(?:政府|政务)?(?:信息)?(?:依申请)?(?:公开)?(?:信息)?(?:公开)?(?:的)?"
_TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("carried_in", re.compile(rf"上(?:一)?年度?结转[^,。;\d]{{0,16}}{_NUMBER}$")),
    ("carried_out", re.compile(rf"结转(?:到|至)?(?:下|次)(?:一)?年度?[^,。;\d]{{0,16}}{_NUMBER}$")),
    ("results_total", re.compile(rf"(?<!未)(?:办结|答复|办理)(?:完毕|完成)?[^,。;:\d]{{0,6}}(?:申请)[^,。;\d]{{0,8}}{_NUMBER}$")),
    ("requests_received", re.compile(
        rf"(?<!未)(?<!没有)(?:共|累计|新|全年)?(?:收到|受理|接到|新收|收悉)[^,。;\d]{{0,24}}申请(?:公开)?(?:数量|总数|件数)?(?:共|共计|为|总计|合计)?{_NUMBER}$"
    )),
    ("requests_received", re.compile(rf"(?<!未)(?:收到|受理|接到|新收)(?:[^,。;\d]{{0,12}})?{_NUMBER}$")),
    ("proactive_total", re.compile(rf"(?:主动公开|公开发布|公开)[^,。;\d]{{0,30}}(?:信息|政务)[^,。;\d]{{0,10}}{_NUMBER}$")),
)  # fmt: skip
_TOPIC_UNITS = {"proactive_total": ("条", "件", "条次", "篇")}
_REQUEST_UNITS = ("件", "件次", "条", "份", "宗", "起", "个")
_WHEREOF = re.compile(r"其中[,:]?")
_REST = re.compile(r"其[他它]")


def read_figures(sections: Sequence[Section]) -> tuple[Figure, ...]:
    """Return every figure with a counting unit that the running text tells, chapter by chapter."""
    figures: list[Figure] = []
    breakdown = 0
    for section in sections:
        text = re.sub(r"[ \t\u3000\xa0]+", "", section.text.translate(_WIDTH))
        found = list(_figures_of(section, text))
        breakdown = _mark_breakdowns(text, found, breakdown)
        figures += [figure for _, _, figure in found]
        figures += _told_without_number(section, text)
    return tuple(figures)


_Placed = tuple[int, int, Figure]


def _figures_of(section: Section, text: str) -> Iterator[_Placed]:
    for sentence in _SENTENCE.finditer(text):
        words = sentence.group()
        for match in _FIGURE.finditer(words):
            value = float(match["number"].replace(",", "")) * (10_000 if match["scale"] else 1)
            approximate = bool(match["more"] or (match["about"] and not match["about"].startswith("达")))
            topic = _topic(words, match)
            start, end = sentence.start() + match.start(), sentence.start() + match.end()
            line = _line_of(section, text, start)
            figure = Figure(section.section, topic, value, match["unit"], approximate, match.group(), words, line)
            yield start, end, figure


def _line_of(section: Section, text: str, position: int) -> int | None:
    number = text.count("\n", 0, position)
    return section.text_lines[number] if number < len(section.text_lines) else section.line


def _topic(sentence: str, match: re.Match[str]) -> str | None:
    before = sentence[: match.end("number")]
    for topic, pattern in _TOPICS:
        if pattern.search(before):
            if topic == "proactive_total":
                return topic if match["unit"] in _TOPIC_UNITS[topic] and "申请" not in before[-24:] else None
            about_requests = "申请" in before or "申请" in sentence[match.end() : match.end() + 16]
            return topic if match["unit"] in _REQUEST_UNITS and about_requests else None
    return None


def _told_without_number(section: Section, text: str) -> Iterator[Figure]:
    """Yield none (no request was received) and one (a single request told with its month) as figures."""
    for sentence in _SENTENCE.finditer(text):
        words, line = sentence.group(), _line_of(section, text, sentence.start())
        if match := _NO.search(words):
            yield Figure(section.section, "requests_received", 0.0, "件", False, match.group(), words, line)
        elif match := _ONE.search(words):
            yield Figure(section.section, "request_told", 1.0, "件", False, match.group(), words, line)


def _mark_breakdowns(text: str, found: list[_Placed], number: int) -> int:
    """Mark the figure before each 其中 as a total and those after it, in the same unit and clause run, as its parts."""
    for whereof in _WHEREOF.finditer(text):
        total = next((i for i in reversed(range(len(found))) if found[i][1] <= whereof.start()), None)
        if total is None or whereof.start() - found[total][1] > 60 or "\n" in text[found[total][1] : whereof.start()]:
            continue
        end = _end_of_parts(text, whereof.end())
        parts = [
            i for i, (start, _, figure) in enumerate(found)
            if whereof.end() <= start < end and _same_unit(figure, found[total][2]) and figure.breakdown is None
        ]  # fmt: skip
        if len(parts) < 2 or found[total][2].role == "part":
            continue
        number += 1
        _set_role(found, total, number, "total")
        for i in parts:
            clause = re.split(r"[,、;。:]", text[: found[i][0]])[-1]
            _set_role(found, i, number, "rest" if _REST.search(clause) else "part")
    return number


def _same_unit(one: Figure, other: Figure) -> bool:
    return one.unit == other.unit


def _end_of_parts(text: str, start: int) -> int:
    stops = [position for stop in "。\n" if (position := text.find(stop, start)) >= 0]
    return min(stops, default=len(text))


def _set_role(found: list[_Placed], index: int, breakdown: int, role: str) -> None:
    start, end, figure = found[index]
    found[index] = (start, end, replace(figure, breakdown=breakdown, role=role))
