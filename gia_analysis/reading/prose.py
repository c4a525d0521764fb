"""Figures told in running text: what is counted, how many, in what, whether about, and in which sentence.

A text of any length is read in linear time: a figure's surroundings are looked at no further than ``_WINDOW``.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gia_analysis.forms.sections import find_topic
from gia_analysis.reading.values import read_numeral
from gia_analysis.records import Figure, Section

_WINDOW = 100
_LONGEST_CLAUSE = 80
_LONGEST_SENTENCE = 1000
_LONGEST_LIST = 1000
_LONGEST_GAP = 60
_AFTER = 16

_NARROW = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if not chr(code - 0xFEE0).isalpha()}
_BLANKS = re.compile("[ \t\u3000\xa0]+")
_THREE_DIGITS = re.compile(r"\d{3}(?!\d)", re.ASCII)
_DIGITS = "0123456789"
_DIGIT = "[一二两三四五六七八九]"
_TENS = f"{_DIGIT}?十{_DIGIT}?"
_HUNDREDS = f"{_DIGIT}百(?:零{_DIGIT}|{_DIGIT}十{_DIGIT}?)?"
_THOUSANDS = f"{_DIGIT}千(?:零{_DIGIT}(?:十{_DIGIT}?)?|{_HUNDREDS})?"
_CHINESE = f"(?:{_THOUSANDS}|{_HUNDREDS}|{_TENS}|{_DIGIT}|零)"
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,12})(?:\.\d{1,6})?"
_NOT_AFTER = r"(?<![\dA-Za-z第])(?<!\d[.,:/~～\-—–−至到])"
_NOT_AFTER_CHINESE = r"(?<![\d零〇一二两三四五六七八九十百千万亿第数几])"
_COUNTERS = (
    r"人次|件次|条次|篇次|场次|户次|个百分点|[件篇宗例册张]|人(?!民|大|均)|条(?!例|款)|次(?!月|年|日|要|序)|份(?!额)|项(?!目标)"
    r"|起(?!草|始|诉|来)|部(?!门|分|委|位|署)|个(?!工作日|自然日|月|小时|星期|周|年)|期(?!间|限|刊|末)|场(?!所|地|景)|类(?!型|别)"
    r"|家(?!庭|长)|批(?!复|准)|种(?!植)|名(?!称|录|单)|户(?!籍)|处(?!理|罚|置|室|长)|元(?!旦|素)"
)
# Where a figure may begin, by the character after the number: not before 年 and the like, nor at 一是.
_CANDIDATE = re.compile(
    r"[0-9零一二两三四五六七八九十百千]{1,20}+(?=[余多来万亿分件条次篇场户人个宗例册张份项起部期类家批种名处元%.,。;、:)!?\n]|$)"
)
_ONES = frozenset("一二两三四五六七八九")
_AFTER_ONE = frozenset("余多万亿件起宗例份条次场期人名篇元")  # not 一个, 两类 and the like, which count nothing
_FIGURE = re.compile(
    rf"(?:百分之(?P<share>{_ARABIC}|{_CHINESE}|百)|(?:{_NOT_AFTER}(?P<digits>{_ARABIC})|{_NOT_AFTER_CHINESE}(?P<numeral>{_CHINESE}))"
    rf"(?:%|(?P<scale>[百千]?万|亿)?(?P<more>[余多来])?(?P<scale2>[万亿])?(?P<unit>{_COUNTERS}|(?=[,。;、:)!?\n]|$))))",
    re.ASCII,
)  # fmt: skip
_SCALES = {None: 1, "": 1, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
_ABOUT = re.compile(
    r"(?:大约|约|将近|接近|(?<![最附临邻])近|不?超过|超出|超|逾|突破|不少于|不低于|至少|不足|不到|(?P<exact>达到?))$"
)
_ABOUT_AFTER = ("以上", "左右", "上下", "以内")
_ABOUT_ENDS = frozenset("约近超过出逾破于低少足到达")
_BARE_AFTER = ("为", "是", "共", "计", "达", ":", "超", "过", "到")
_ENDS = frozenset(("", *"。;、:)!?\n"))  # before one of them a number is bare
_SHARES = ("%", "个百分点")
_STOPS = re.compile(r"[。;!?\n]")
_NOT_IN_CLAUSE = re.compile(r"[^,。;\d]*", re.ASCII)

_NOT = "(?:未|没有|从未)(?:曾)?"
_TOLD_NONE = (
    ("requests_received", "申请", "件", re.compile(
        r"(?:未(?:曾)?(?:收到|接到|受理)|(?:没有|无)(?:收到|接到|受理))(?:(?!复议|诉讼)[^,。;]){0,24}申请|零申请"
    )),
    ("carried_in", "结转", "件", re.compile(r"(?:没有|无)上(?:一)?年度?结转[^,。;\d]{0,12}申请")),
    ("carried_out", "结转", "件", re.compile(r"(?:没有|无)(?:申请)?结转(?:到|至)?(?:下|次)(?:一)?年度?")),
    ("reconsiderations_total", "复议", "件", re.compile(
        rf"(?:{_NOT}(?:发生|收到|产生|出现|引发|引起|被|因|有|涉及|提起|接到|受理|发现)|无(?!法|锡))[^,。;\d]{{0,30}}复议(?![^,。;]{{0,12}}\d)"
    )),
    ("litigations_total", "诉讼", "件", re.compile(
        rf"(?:{_NOT}(?:发生|收到|产生|出现|引发|引起|被|因|有|涉及|提起|接到|受理|发现)|无(?!法|锡))[^,。;\d]{{0,40}}诉讼(?![^,。;]{{0,12}}\d)"
    )),
    ("processing_fee", "处理费", "万元", re.compile(rf"(?:{_NOT}(?:收取|收过|产生|发生|有)|无)[^,。;\d]{{0,16}}处理费")),
    ("fees_collected", "费", "万元", re.compile(rf"{_NOT}(?:收取|收过)[^,。;\d]{{0,16}}(?<!处理)费")),
)  # fmt: skip
_HINTS = re.compile("未|没有|无|零申请|收到")
_ONE = re.compile(
    r"(?:20\d\d年)?\d{1,2}月(?:份|\d{1,2}日)?,[^,。;]{0,12}收到(?P<who>[^,。;\d]{2,40})申请(?=[,。;])", re.ASCII
)
_WHEREOF = re.compile(r"其中[,:]?")
_REST = re.compile(r"其[他它]")
_CLAUSE_ENDS = re.compile(r"[,、;。:]")


@dataclass(slots=True)
class _Sentence:
    """Where a sentence begins and ends in the text of its chapter, its full stop included, and on which line it is."""

    start: int
    end: int
    line: int | None


class _Text:
    """The compacted text of a chapter, with where its sentences and lines end."""

    def __init__(self, section: Section) -> None:
        self.section = section
        self.text = _compact(section.plain)
        self.stops = [match.start() for match in _STOPS.finditer(self.text)]
        self._line_ends = [stop for stop in self.stops if self.text[stop] == "\n"]

    def sentence(self, position: int) -> _Sentence:
        """Return the sentence around a position."""
        number = bisect_left(self.stops, position)
        start = self.stops[number - 1] + 1 if number else 0
        end = self.stops[number] if number < len(self.stops) else len(self.text)
        if self.text[end : end + 1] not in ("", "\n"):
            end += 1
        lines = self.section.text_lines
        line = bisect_left(self._line_ends, position)
        return _Sentence(start, end, lines[line] if line < len(lines) else self.section.line)

    def figure(
        self, sentence: _Sentence, topic: str | None, value: float, unit: str, place: tuple[int, int], *, about: bool
    ) -> Figure:
        """Return a figure with its print and its sentence; of a sentence without end only what is near."""
        start, end = place
        first, last = sentence.start, sentence.end
        if last - first > _LONGEST_SENTENCE:
            first, last = max(first, start - _LONGEST_SENTENCE // 2), min(last, start + _LONGEST_SENTENCE // 2)
        raw, words = self.text[start:end], self.text[first:last]
        return Figure(self.section.section, topic, value, unit or None, about, raw, words, sentence.line)


@dataclass(slots=True)
class _Placed:
    """A figure and where it stands in its chapter's text."""

    start: int
    end: int
    figure: Figure


def read_figures(sections: Sequence[Section]) -> tuple[Figure, ...]:
    """Return every figure with a unit that the running text tells, chapter by chapter.

    Dates, years, ordinals, numbers of documents and ranges are no figures. Money is given in 万元, a share in %.
    A bare figure, and a single Chinese digit, count only where it is known what they count.
    """
    figures: list[Figure] = []
    breakdown = 0
    for section in sections:
        if section.level != 1 or not section.text:
            continue
        text = _Text(section)
        found = list(_figures_of(text))
        breakdown = _mark_breakdowns(text, found, breakdown)
        figures += [placed.figure for placed in found]
        figures += _told_without_number(text)
    return tuple(figures)


def _compact(text: str) -> str:
    """Return a text with marks and digits in half width, without blanks but those that part two numbers."""
    for wide, narrow in _NARROW.items():
        if wide in text:
            text = text.replace(wide, narrow)
    return _BLANKS.sub(_part, text)


def _part(blanks: re.Match[str]) -> str:
    """Return what stands for blanks: a blank between two numbers, nothing elsewhere or before a group of three digits."""
    text, start, end = blanks.string, blanks.start(), blanks.end()
    between = start > 0 and end < len(text) and text[start - 1] in _DIGITS and text[end] in _DIGITS
    return " " if between and not _THREE_DIGITS.match(text, end) else ""


def _figures_of(text: _Text) -> Iterator[_Placed]:
    words, previous = text.text, 0
    sentence = _Sentence(0, 0, None)
    for candidate in _CANDIDATE.finditer(words):
        begin, end = candidate.span()
        if begin < previous or (end - begin == 1 and words[begin] in _ONES and words[end : end + 1] not in _AFTER_ONE):
            continue
        if words[end : end + 1] in _ENDS and not words.endswith(_BARE_AFTER, 0, begin):
            continue
        match = _FIGURE.match(words, begin)
        if match is None or (match["unit"] == "" and not words.endswith(_BARE_AFTER, 0, begin)):
            continue
        if begin >= sentence.end:
            sentence = text.sentence(begin)
        first = max(sentence.start, previous)
        about = _ABOUT.search(words, max(first, begin - 4), begin) if words[begin - 1] in _ABOUT_ENDS else None
        start, end = about.start() if about else begin, match.end()
        about_after = words.startswith(_ABOUT_AFTER, end)
        end += 2 * about_after
        unit = "%" if match["unit"] is None else "万元" if match["unit"] == "元" else match["unit"]
        topic = find_topic(
            unit,
            _clause(words[max(first, start - _LONGEST_CLAUSE) : start]),
            words[max(sentence.start, start - _WINDOW) : start],
            words[end : min(sentence.end, end + _AFTER)],
        )
        if topic is None and not _counts_alone(match):
            continue
        previous = end
        approximate = bool(match["more"] or about_after or (about and not about["exact"]))
        figure = text.figure(sentence, topic, _value(match), unit, (start, end), about=approximate)
        yield _Placed(start, end, figure)


def _clause(words: str) -> str:
    """Return the end of some words after the last comma, stop or digit."""
    run = _NOT_IN_CLAUSE.match(words[::-1])
    return words[len(words) - (run.end() if run else 0) :]


def _value(match: re.Match[str]) -> float:
    printed = match["share"] or match["digits"] or match["numeral"]
    number = float(printed.replace(",", "") if printed.isascii() else read_numeral(printed) or 0)
    scale = _SCALES[match["scale"]] * _SCALES[match["scale2"]]
    if match["unit"] == "元":
        return round(number * scale / 10_000, 10)
    return number if scale == 1 else round(number * scale, 4)


def _counts_alone(match: re.Match[str]) -> bool:
    """Tell whether a print is a figure even where it is not known what it counts."""
    if match["unit"] == "":
        return False
    return not match["numeral"] or len(match["numeral"]) > 1 or bool(match["more"] or match["scale"])


def _told_without_number(text: _Text) -> Iterator[Figure]:
    """Yield none (no request was received, nothing was charged) and one (a single request told with its month)."""
    sentence = _Sentence(0, 0, None)
    for hint in _HINTS.finditer(text.text):
        if hint.start() < sentence.end:
            continue
        sentence = text.sentence(hint.start())
        told_none = False
        for topic, key, unit, pattern in _TOLD_NONE:
            if text.text.find(key, sentence.start, sentence.end) < 0:
                continue
            if match := pattern.search(text.text, sentence.start, sentence.end):
                told_none = True
                yield text.figure(sentence, topic, 0.0, unit, match.span(), about=False)
        if not told_none and (match := _ONE.search(text.text, sentence.start, sentence.end)):
            yield text.figure(sentence, "request_told", 1.0, "件", match.span(), about=False)


def _mark_breakdowns(text: _Text, found: list[_Placed], number: int) -> int:
    """Mark the figure before each 其中 as a total and those after it, in the same unit and clause run, as its parts."""
    starts = [placed.start for placed in found]
    ends = [placed.end for placed in found]
    for whereof in _WHEREOF.finditer(text.text):
        nearest = bisect_left(ends, whereof.start() - _LONGEST_GAP)
        before = range(bisect_right(ends, whereof.start()) - 1, nearest - 1, -1)
        total = next((i for i in before if found[i].figure.unit not in _SHARES), None)
        if total is None or found[total].figure.role == "part" or "\n" in text.text[ends[total] : whereof.start()]:
            continue
        end = _end_of_parts(text, whereof.end())
        parts = [
            i for i in range(bisect_left(starts, whereof.end()), bisect_left(starts, end))
            if found[i].figure.unit == found[total].figure.unit and found[i].figure.breakdown is None
        ]  # fmt: skip
        if len(parts) < 2:
            continue
        number += 1
        _set_role(found[total], number, "total")
        for i in parts:
            clause = _CLAUSE_ENDS.split(text.text[max(0, starts[i] - _WINDOW) : starts[i]])[-1]
            _set_role(found[i], number, "rest" if _REST.search(clause) else "part")
    return number


def _end_of_parts(text: _Text, start: int) -> int:
    furthest = min(len(text.text), start + _LONGEST_LIST)
    stops = range(bisect_left(text.stops, start), bisect_left(text.stops, furthest))
    return next((text.stops[i] for i in stops if text.text[text.stops[i]] in "。\n"), furthest)


def _set_role(placed: _Placed, breakdown: int, role: str) -> None:
    placed.figure = replace(placed.figure, breakdown=breakdown, role=role)
