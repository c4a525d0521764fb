"""Numbers that can be followed: what a reader sees, with the cells, indicator or checks that give the same number again.

On a page a number is a ``data`` element with its ``value`` in full. Its attributes name rows of the tidy tables:

- ``data-cells``: cells (``table.row.col``, parted by ``;``) of which it is the sum; ``data-how="count"``: how many they are;
- ``data-indicator``: an indicator, with the cells of its ``data-numerator`` and ``data-denominator`` where it is a quotient,
  ``data-blanks="zero"`` where blank cells count as zero, ``data-flags="corrected"`` where a correction entered;
- ``data-checks``: the checks it counts, as conditions ``column=value,value`` parted by ``;``; with ``data-how`` ``left`` or
  ``right`` that side of the one check;
- ``data-cells-where``: the same of cells that it counts; ``data-fact``: a column of ``reports``; ``data-hint`` (with
  ``data-rank``) and ``data-correction``: the cell for which it is suggested or corrected; ``data-setting``: a constant of the analysis;
- ``data-report``: the report that all this is of; else ``data-reports``, how many reports entered, and ``data-among``, which:
  ``own`` (of the year, without aggregates), ``year``, ``copies`` (other files of reports of the year, which do not count),
  ``inputs`` (of all years, unread ones too), ``read`` (of all years, those that could be read), ``named`` (with agency and
  year), or ``group`` (whose key of ``peer_groups`` is ``data-group``); ``data-of`` picks of them by conditions;
  ``data-unit="row"`` counts rows, not reports. But for ``inputs`` and ``read``, a report of which there are several files
  is there once;
- ``data-year`` without ``data-report``: one report of that year an agency; with it ``data-series``, ``data-panel``,
  ``data-pair`` (``before``, ``now``, ``both``), ``data-agency`` and ``data-continuity`` as in ``analysis``;
- ``data-base``: the checks of which it is a share; ``data-issues``, ``data-hints``: counted as checks are;
- ``data-how``: how a number over several reports is made: ``sum``, ``median``, ``rate`` (quotient of sums), ``count``, with
  ``data-where`` only of those for which that holds; ``funnel``, ``pooled`` and ``peers`` are columns of what
  ``place_in_funnel``, ``pool_rates`` and ``compare`` return, ``alike`` and ``least_similarity`` are of ``near_duplicates``,
  ``growth`` and ``change`` are between years.

What all numbers of a table, or of one of its columns or rows, have in common stands at the ``table``, at the head of the
column or at the ``tr``, not at each number. A dash where there is no number at all is plain text.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from string import Formatter
from typing import Literal


@dataclass(frozen=True, slots=True)
class Traced:
    """A number as it is shown, and what it was made from.

    ``trace`` holds the attributes above without ``data-``; ``title`` says the same to people; ``link`` is the cell whose
    row on the page it leads to.
    """

    text: str
    value: float | None
    trace: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    link: str = ""

    def html(self, told: Collection[str] = ()) -> str:
        """Return the number as HTML; attributes named in ``told`` stand elsewhere."""
        if self.value is None and not self.trace:
            return escape(self.text)
        own = {name: each for name, each in self.trace.items() if name not in told}
        value = "" if self.value is None else f"{self.value:.15g}"
        title = f' title="{escape(self.title)}"' if self.title else ""
        shown = f'<data value="{value}"{trace_attributes(own)}{title}>{escape(self.text)}</data>'
        return f'<a class="cell" href="#cell-{escape(self.link)}">{shown}</a>' if self.link else shown

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Quoted:
    """Text whose digits count nothing: ``samp`` what a report prints, ``code`` codes, paths and forms, ``time`` dates and
    years, ``cite`` what the registry says of an indicator."""

    text: str
    tag: Literal["samp", "code", "time", "cite"] = "samp"

    def html(self, told: Collection[str] = ()) -> str:
        return f"<{self.tag}>{escape(self.text)}</{self.tag}>" if self.text else ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence in which such numbers and quotations stand."""

    parts: Sequence["Shown"]

    def html(self, told: Collection[str] = ()) -> str:
        return "".join(html_of(part, told) for part in self.parts)

    def __str__(self) -> str:
        return "".join(str(part) for part in self.parts)


Shown = str | Traced | Quoted | Words


def html_of(shown: Shown, told: Collection[str] = ()) -> str:
    """Return the HTML of what is shown, its numbers without the attributes told elsewhere; plain text is escaped."""
    return escape(shown) if isinstance(shown, str) else shown.html(told)


def trace_attributes(trace: Mapping[str, str]) -> str:
    """Return attributes as they stand in a tag."""
    return "".join(f' data-{name}="{escape(each)}"' for name, each in trace.items())


def compose(template: str, **parts: Shown) -> Words:
    """Return a sentence with its numbers in their places.

    >>> str(compose("{made} checks", made=Traced("85", 85.0, {"checks": "severity=hard"})))
    '85 checks'
    """
    found: list[Shown] = []
    for text, name, _, _ in Formatter().parse(template):
        found += [text] if text else []
        found += [parts[name]] if name else []
    return Words(tuple(found))
