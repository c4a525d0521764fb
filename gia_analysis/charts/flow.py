"""A flow: from where something came to what became of it, with what is not known left open."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from gia_analysis.charts.canvas import WIDTH, Canvas, canvas, fit, spread, wrap
from gia_analysis.charts.chart import GRID, INK, MUTED, PALE, Chart
from gia_analysis.display import format_number
from gia_analysis.forms import Language

PENDING_COLOUR = "#7f8f6a"
"""The colour of what is carried over to the next year."""

_TOP, _GAP, _LINE, _THICK = 30.0, 7.0, 17.0, 10.0
_TALL, _SHORT, _FEW = 170.0, 90.0, 10  # how tall all of it is drawn, and how tall where it is a few
_OPEN = 9.0  # how tall something is drawn of which no amount is known
_LEFT, _MIDDLE, _RIGHT, _LABELS = 150.0, 238.0, 330.0, 356.0

_BLANK = {"zh": "空白", "en": "blank"}
_AT_LEAST = {"zh": "至少 ", "en": "at least "}
_ZERO = {"zh": "印为零：{}", "en": "Printed as zero: {}"}
_CONTRADICTS = {"zh": "{} 对不上", "en": "{} unaccounted for"}
_NOT_TOLD = {"zh": "{} 未填明", "en": "{} not told"}
_AND = {"zh": "、", "en": ", "}


@dataclass(frozen=True, slots=True)
class Stream:
    """A part of a flow: its name, its amount (None where it has none, which is not zero), and its colour.

    ``at_least`` says that some of its cells are blank, so that it may be more; ``why`` stands where there is no amount.
    """

    name: str
    amount: float | None
    colour: str = PALE
    at_least: bool = False
    why: str = ""

    @property
    def known(self) -> float:
        """What is known of it: its amount, or nothing."""
        return 0.0 if self.amount is None or isnan(self.amount) else self.amount

    @property
    def is_blank(self) -> bool:
        return self.amount is None or isnan(self.amount)

    def told(self, language: Language) -> str:
        if self.is_blank:
            return f"{self.name} — ({self.why or _BLANK[language]})"
        least = _AT_LEAST[language] if self.at_least else ""
        return f"{self.name} {least}{format_number(self.amount)}"


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A stream as it is drawn at one side: how tall, from which height, and what stands beside it."""

    colour: str | None  # none where it is open
    tall: float
    share: float  # how tall its band is; none where it is not known
    text: str
    open: bool  # framed: nothing is known of it, or only a part


def flow_chart(
    title: str, sources: Sequence[Stream], outcomes: Sequence[Stream], whole: str, language: Language = "zh"
) -> Chart:
    """Draw what came in at the left, all of it in the middle, and what became of it at the right, in proportion.

    Which source ended in which outcome is not known, so that all streams meet in the middle; one source alone is the
    whole. A blank part is an open frame without a band. Where the two sides differ, the difference is an open frame at the
    smaller one, named with its amount. Parts that are zero are listed below.

    Args:
        title: what is shown.
        sources: what came in.
        outcomes: what became of it, from top to bottom.
        whole: the name of all of it.
        language: of labels and text alternative.
    """
    came, went = (sum(each.known for each in side) for side in (sources, outcomes))
    large = max(came, went, 1.0)
    full = _TALL if large > _FEW else _SHORT
    scale = full / large
    lines = [
        _drawn(side, other - own, scale, language)
        for side, own, other in ((sources, came, went), (outcomes, went, came))
    ]
    zeros = [each.name for each in (*sources, *outcomes) if each.amount == 0]
    tall = max(full + 40, *(_height(side) for side in lines), _LINE * len(lines[1]))
    listed = wrap(_ZERO[language].format(_AND[language].join(zeros)), WIDTH, 9) if zeros else []
    with canvas(_TOP + tall + 6 + 13 * len(listed)) as sheet:
        sheet.title(title)
        middle = _TOP + tall / 2
        start = middle - full / 2
        sheet.bar(_MIDDLE, start, _THICK, max(came, went) * scale, MUTED)
        named = (
            f"{whole} {format_number(came)}"
            if not any(each.is_blank or each.at_least for each in sources) and came >= went
            else whole
        )
        sheet.text(_MIDDLE + _THICK, start - 9, named, "right")
        for side, left in zip(lines, (True, False), strict=True):
            if left and len(sources) == 1:
                continue  # it is the whole
            _side(sheet, side, middle, start, tall - _LINE, left=left)
        sheet.lines(_TOP + tall + 10, listed)
        return sheet.chart(title, _told(sources, outcomes, whole, came - went, language))


def _drawn(streams: Sequence[Stream], missing: float, scale: float, language: Language) -> list[_Drawn]:
    """Return the streams of a side that are drawn, those that are zero left out, and the difference to the other side."""
    found = []
    for each in streams:
        if each.is_blank:
            found.append(_Drawn(None, _OPEN, 0.0, each.told(language), open=True))
        elif each.known:
            found.append(
                _Drawn(each.colour, each.known * scale, each.known * scale, each.told(language), each.at_least)
            )
    if missing > 0:
        found.append(
            _Drawn(
                None, max(missing * scale, 2.0), missing * scale, _told_missing(streams, missing, language), open=True
            )
        )
    return found


def _told_missing(streams: Sequence[Stream], missing: float, language: Language) -> str:
    """Return in words what a side falls short by: its blank parts may hold it, else the figures contradict each other."""
    told = _NOT_TOLD if any(each.is_blank or each.at_least for each in streams) else _CONTRADICTS
    return told[language].format(format_number(missing))


def _height(side: Sequence[_Drawn]) -> float:
    return sum(each.tall for each in side) + _GAP * max(len(side) - 1, 0)


def _side(sheet: Canvas, side: Sequence[_Drawn], middle: float, start: float, room: float, *, left: bool) -> None:
    """Draw one side: its bars, the bands between them and the middle, and labels that keep their distance."""
    x = _LEFT if left else _RIGHT
    top, at_middle = middle - _height(side) / 2, start
    places = []
    for each in side:
        inner, outer = (_MIDDLE, at_middle), (x + (_THICK if left else 0), top)
        if each.colour is None:
            far = (inner[0] + (0 if left else _THICK), at_middle + each.share / 2)
            sheet.line([(outer[0], top + each.tall / 2), far], MUTED, dashed=True)
        else:
            sheet.bar(x, top, _THICK, each.tall, each.colour)
            ends = (outer, inner) if left else ((inner[0] + _THICK, inner[1]), outer)
            sheet.band(*ends, each.share, each.colour)
        if each.open:
            sheet.frame(x, top, _THICK, each.tall, INK if each.colour else MUTED)
        places.append(top + each.tall / 2)
        at_middle += each.share
        top += each.tall + _GAP
    low, high = middle - room / 2, middle + room / 2
    for each, place, text_at in zip(side, places, spread(places, _LINE, low, high), strict=True):
        if left:
            end = _LEFT - 26
            sheet.text(end, text_at, fit(each.text, end), "right", colour=INK if each.colour else MUTED)
            sheet.line([(end + 4, text_at), (x - 3, place)], GRID, width=1)
        else:
            sheet.line([(x + _THICK + 3, place), (_LABELS - 4, text_at)], GRID, width=1)
            sheet.text(_LABELS, text_at, fit(each.text, WIDTH - _LABELS), colour=INK if each.colour else MUTED)


def _told(
    sources: Sequence[Stream], outcomes: Sequence[Stream], whole: str, difference: float, language: Language
) -> str:
    comma, stop, arrow = ("，", "；", "→") if language == "zh" else (", ", "; ", "→")
    sides = [comma.join(each.told(language) for each in side) for side in (sources, outcomes)]
    told = f"{sides[0]} {arrow} {whole} {arrow} {sides[1]}"
    short = outcomes if difference > 0 else sources
    return f"{told}{stop}{_told_missing(short, abs(difference), language)}" if difference else told
