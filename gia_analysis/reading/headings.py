"""Which lines are headings, of chapters and of sub-chapters, and of which."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from gia_analysis.forms import normalise, row_labels, without_enumerator, without_parenthesis
from gia_analysis.forms.sections import OTHER_TOPIC, match_section, match_subsection

_LONGEST = 40
_LONGEST_SUBHEADING = 30
_MOST_NUMERALS = 3
_NUMERALS = "[一二三四五六七八九十]{1,3}"
_MARKS = "#*■◆●★▲ \t\u3000\xa0"
_NUMERAL = re.compile(
    rf"第?(?P<number>{_NUMERALS})(?:\s*(?:[、.．,，:：;；]+|(?:部分|章)[、.．,，:：]?)|(?=[ \t\u3000\xa0]))\s*"
)
_BRACKETED = re.compile(r"[(（]?\s*(?P<number>" + _NUMERALS + r")\s*[)）]\s*[、.．,，:：]?\s*")
_BEFORE_BRACKETED = frozenset("(（一二三四五六七八九十")  # what such a numeral can begin with
_LOWER_NUMERAL = re.compile(r"^(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+\)|\d+[.、)])")
_NOTHING = re.compile("未|没有|无(?!锡|为|棣|极)")
_STOP = re.compile(r"[。:：;；]")
_PAUSE = re.compile(r"[,，]|[ \u3000\xa0]{2,}|\u3000")
_ENDS = ("情况", "方面", "工作")
_YEAR = re.compile(r"20\d\d年度?")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: the code of what it opens, its numeral as printed (None if it has none) and its title.

    ``level`` is 1 for a chapter and 2 for a sub-chapter; ``rest`` is the text that follows on the same line.
    """

    section: str
    number: str | None
    title: str
    level: int = 1
    rest: str = ""


def read_heading(line: str) -> Heading | None:
    """Return the chapter that a line opens, or None where it is no chapter heading.

    A heading is short, has no full stop, is no row of a statutory table, and matches a known wording in full.

    >>> read_heading("五、存在的主要问题及改进情况").section
    'problems'
    >>> read_heading("四、结转下年度继续办理") is None
    True
    """
    heading = read_heading_in_text(line)
    return None if heading is None or is_row_label(line) else heading


def read_heading_in_text(line: str) -> Heading | None:
    """Return the chapter that a line opens if it is known to stand outside every table.

    The form of 2014 has rows that read like chapters.

    >>> read_heading("三、依申请公开情况") is None, read_heading_in_text("三、依申请公开情况").section
    (True, 'requests')
    """
    printed = line.strip()
    return None if not printed or len(printed) > _LONGEST else _read_chapter(printed)


@lru_cache(maxsize=4096)
def _read_chapter(printed: str) -> Heading | None:
    if "。" in printed or "|" in printed:
        return None
    number, title = _split_numerals(printed.strip(_MARKS), _NUMERAL)
    wording = normalise(title).rstrip(":.;、,")
    if _LOWER_NUMERAL.match(wording) or _NOTHING.search(wording):
        return None
    code = match_section(wording, numbered=number is not None)
    return Heading(code, number, title.rstrip("：:。.；;、，, ")) if code else None


def read_subheading(line: str) -> Heading | None:
    """Return the sub-chapter, numbered （一）, that a line opens, or None where it opens none.

    The heading is the line, or what stands before its first full stop or colon, if that is short.

    >>> heading = read_subheading("（二）依申请公开情况。本年度未收到申请。")
    >>> heading.section, heading.number, heading.title, heading.rest
    ('on_request', '二', '依申请公开情况', '本年度未收到申请。')
    >>> read_subheading("（三）不予公开") is None
    True
    """
    printed = line.strip()
    if printed[:1] not in _BEFORE_BRACKETED:
        return None
    number, text = _split_numerals(printed, _BRACKETED)
    if number is None or not text or "|" in text or is_row_label(printed):
        return None
    return _before(_PAUSE, number, text, _ENDS) or _before(_STOP, number, text) or _before(_PAUSE, number, text, "")


def read_topic(title: str) -> str:
    """Return the code of the sub-chapter with a title; ``other_topic`` where the wording is not known."""
    return match_subsection(without_parenthesis(normalise(title).rstrip(":.")))


def is_row_label(line: str) -> bool:
    """Tell whether a line is a row of a statutory table, by its official label or another form that was met."""
    if len(line) > 120:
        return False
    text = normalise(line).rstrip(":.")
    if text in row_labels() or without_parenthesis(text) in row_labels():
        return True
    return text[:1] == "(" and without_parenthesis(without_enumerator(text)) in _bracketed_rows()


@cache
def _bracketed_rows() -> frozenset[str]:
    """Return the rows numbered （一） without their numeral, which reports print wrong."""
    bracketed = (label for label in row_labels() if label.startswith("("))
    return frozenset(without_parenthesis(without_enumerator(label)) for label in bracketed)


def _split_numerals(text: str, pattern: re.Pattern[str]) -> tuple[str | None, str]:
    """Return the first numeral before a title and the title; a numeral printed twice counts once."""
    number = None
    for _ in range(_MOST_NUMERALS):
        match = pattern.match(text)
        if match is None:
            break
        number = number or match["number"]
        text = text[match.end() :]
    return number, text


def _before(
    stop: re.Pattern[str], number: str, text: str, known_ends: str | tuple[str, ...] | None = None
) -> Heading | None:
    """Return the heading before the first stop, unless it is long or reads like a sentence.

    With ``known_ends`` only a title that ends so and whose topic is known.
    """
    cut = stop.search(text, 0, _LONGEST_SUBHEADING + 4)
    title = (text[: cut.start()] if cut else text).strip()
    rest = text[cut.end() :].strip() if cut else ""
    if not title or len(title) > _LONGEST_SUBHEADING or (known_ends is not None and not cut):
        return None
    topic = read_topic(title)
    if known_ends is not None and (topic == OTHER_TOPIC or not title.endswith(known_ends)):
        return None
    return None if _is_sentence(title, topic, text, rest) else Heading(topic, number, title, 2, rest)


def _is_sentence(title: str, topic: str, text: str, rest: str) -> bool:
    """Tell whether a would-be heading is a sentence: it gives figures, or is all there is before a full stop."""
    ends_here = not rest and text.endswith(("。", "；", ";"))
    return bool(re.search(r"\d", _YEAR.sub("", title))) or (ends_here and topic == OTHER_TOPIC)
