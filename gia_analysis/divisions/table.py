"""The table of divisions: what a code stood for in a year, and what became of it."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, cast

Level = Literal["province", "prefecture", "county"]


@dataclass(frozen=True, slots=True)
class Division:
    """A province, prefecture or county as it was from ``first_year`` to ``last_year``, both included.

    ``first_year`` is missing where it is older than 1981, ``last_year`` where it is in force. ``path`` holds the names
    from the province down to the division itself; ``became`` the codes that took over its land, the main one first.
    """

    code: str
    name: str
    level: Level
    path: tuple[str, ...]
    first_year: int | None
    last_year: int | None
    became: tuple[str, ...]

    @property
    def full_name(self) -> str:
        return "".join(self.path)

    @property
    def prefix(self) -> str:
        """The leading digits that the codes of all divisions within it share."""
        return prefix_of(self.code)

    def in_force(self, year: int) -> bool:
        return (self.first_year or 0) <= year <= (self.last_year or year)

    def within(self, prefix: str) -> bool:
        return self.code.startswith(prefix)


def prefix_of(code: str) -> str:
    """Return the leading digits that the codes of all divisions within one share.

    >>> prefix_of("130000"), prefix_of("130600"), prefix_of("130609")
    ('13', '1306', '130609')
    """
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a data file of this package."""
    text = files("gia_analysis.divisions").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def by_code() -> Mapping[str, tuple[Division, ...]]:
    """Return the rows of each code, oldest first. A division under a renamed parent comes once for each such name."""
    rows = [
        Division(
            row["code"],
            row["name"],
            cast(Level, row["level"]),
            (row["name"],),
            int(row["first_year"]) if row["first_year"] else None,
            int(row["last_year"]) if row["last_year"] else None,
            tuple(row["became"].split(";")) if row["became"] else (),
        )
        for row in read_rows("divisions.csv")
    ]
    found: dict[str, tuple[Division, ...]] = {}
    for row in rows:
        found[row.code] = (*found.get(row.code, ()), row)
    return found


@lru_cache(maxsize=8192)
def with_path(row: Division, year: int | None) -> Division:
    """Return the row with the names of what it lay within, in the year given or the nearest in which it held."""
    if year is not None:
        year = min(max(year, row.first_year or year), row.last_year or year)
    parents = [row.code[:2] + "0000", row.code[:4] + "00"]
    above = [_holding(by_code().get(code, ()), year) for code in dict.fromkeys(parents) if code != row.code]
    path = (*(parent.name for parent in above if parent), row.name)
    return Division(row.code, row.name, row.level, path, row.first_year, row.last_year, row.became)


def _holding(rows: Iterable[Division], year: int | None) -> Division | None:
    held = [row for row in rows if year is None or row.in_force(year)]
    return held[-1] if held else None


def division(code: str, year: int | None = None) -> Division | None:
    """Return what a code stood for at the end of a year, or last; None where it stood for nothing then.

    A division that ended in the year is still returned, unless another took its code.

    >>> division("130609", 2020).full_name, division("420600", 2009).name, division("420600", 2010).name
    ('河北省保定市徐水区', '襄樊市', '襄阳市')
    """
    row = _holding(by_code().get(code, ()), year)
    return with_path(row, year) if row else None


@cache
def _came_from() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for rows in by_code().values():
        for row in rows:
            for code in row.became:
                if code != row.code:
                    found[code] = (*found.get(code, ()), row.code)
    return found


def _onward(row: Division, year: int) -> Iterator[Division]:
    for code in row.became:
        later = [other for other in by_code()[code] if other is not row and (other.first_year or 0) <= year]
        yield from later[-1:]


def successors(row: Division, year: int) -> tuple[Division, ...]:
    """Return what the land of a division belonged to in a year, be it later or earlier; the division itself if it held.

    >>> xushui = division("130625", 2014)
    >>> [each.full_name for each in successors(xushui, 2020)]
    ['河北省保定市徐水区']
    """
    found: dict[tuple[str, str], Division] = {}
    open_rows, seen = [row], set()
    while open_rows:
        current = open_rows.pop(0)
        key = (current.code, current.name)
        if key in seen:
            continue
        seen.add(key)
        if current.in_force(year):
            found[key] = with_path(current, year)
        elif current.last_year is not None and current.last_year < year:
            open_rows += _onward(current, year)
        else:
            earlier = [
                other for code in (current.code, *_came_from().get(current.code, ())) for other in by_code()[code]
            ]
            open_rows += [other for other in earlier if other.last_year is not None and other.in_force(year)]
    return tuple(found.values())
