"""The running text of a report by where facts stand: before the first chapter, anywhere, at the end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gia_analysis.reading.metadata.writing import is_written_date, plain
from gia_analysis.records import Section

_LONGEST_TEXT = 100_000
_LONGEST_END = 200


@dataclass(frozen=True, slots=True)
class Passages:
    """The ``preamble``, and the whole ``text`` that begins with it, in plain writing; the ``signature`` as printed."""

    preamble: str
    text: str
    signature: str

    @property
    def in_turn(self) -> tuple[tuple[str, str], ...]:
        """The passages in the order they are asked, each with its name."""
        return (self.preamble, "preamble"), (self.text, "text")


def read_passages(sections: Sequence[Section]) -> Passages:
    """Return the passages of a report, each up to its first 100,000 characters."""
    chapters = [section for section in sections if section.level == 1]
    preamble = plain(_head(section.plain for section in chapters if section.section == "preamble"))
    rest = plain(_head(section.plain for section in chapters if section.section != "preamble"))
    signature = _head(section.plain for section in chapters if section.section == "signature")
    return Passages(preamble, preamble + rest, signature or _signed_end(chapters))


def _head(texts: Iterable[str]) -> str:
    """Return the texts up to the length that is looked at."""
    parts: list[str] = []
    left = _LONGEST_TEXT
    for text in texts:
        if left <= 0:
            break
        parts.append(text[:left])
        left -= len(text)
    return "\n".join(parts)


def _signed_end(chapters: Sequence[Section]) -> str:
    """Return the last two lines of a report that ends in a date written out (二〇二一年三月五日)."""
    lines = chapters[-1].plain[-_LONGEST_END:].split("\n")[-2:] if chapters else []
    return "\n".join(lines) if lines and is_written_date(lines[-1]) else ""
