"""Which lines are chapter headings, and of which chapter."""

import re
from dataclasses import dataclass
from functools import lru_cache

from gia_analysis.forms import normalise, row_labels, section_kinds

_NUMERAL = re.compile(r"^(?:第?([一二三四五六七八九十]{1,3})(?:[、.,:]|部分[、:]?))")
_PRINTED_NUMERAL = re.compile(r"^\s*第?[一二三四五六七八九十]{1,3}\s*(?:[、.．,，:：]|部分[、:：]?)\s*")
_SUB_NUMERAL = re.compile(r"^(?:\([一二三四五六七八九十\d]+\)|\d+[.、)])")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter heading: its section code, its numeral as printed (None if it has none) and its title."""

    section: str
    number: str | None
    title: str


@lru_cache(maxsize=4096)
def read_heading(line: str) -> Heading | None:
    """Return the chapter that a line opens, or None where it is no chapter heading.

    A heading is short, has no full stop, is no row of a statutory table, and matches a known wording in full.

    >>> read_heading("五、存在的主要问题及改进情况")
    Heading(section='problems', number='五', title='存在的主要问题及改进情况')
    >>> read_heading("四、结转下年度继续办理") is None
    True
    """
    stripped = line.strip()
    if not stripped or len(stripped) > _LONGEST or "。" in stripped or "|" in stripped:
        return None
    text = normalise(stripped).rstrip(":.")
    if text in row_labels() or _SUB_NUMERAL.match(text):
        return None
    numeral = _NUMERAL.match(text)
    title = text[numeral.end() :] if numeral else text
    for kind in section_kinds().values():
        if any(pattern.fullmatch(title) for pattern in kind.headings):
            printed = _PRINTED_NUMERAL.sub("", stripped).rstrip("：:。. ")
            return Heading(kind.code, numeral[1] if numeral else None, printed)
    return None
