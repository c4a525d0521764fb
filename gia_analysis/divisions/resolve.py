"""Which division a report belongs to, decided by its own facts, and by nothing where these leave it open."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from gia_analysis.divisions import signs
from gia_analysis.divisions.names import Match, match
from gia_analysis.divisions.table import Division, by_code, division, successors

_RELATIVE = re.compile(r"^[我本]?(?P<level>[省市州盟区县旗])(?!域|容|场|镇)(?!.*厅$)")
_LOCAL = re.compile(r"(?:[镇乡]|苏木)(?:人民)?政府|街道(?:办事处)?$|街道办事处")
_BRANCH = re.compile(r"[局院台队](?P<name>[^局院台队]{2,8}?[区县市旗])(?:分局|支局|管理部)$")
_FEW = 12


@dataclass(frozen=True, slots=True)
class Resolution:
    """The division of a report, where that is told, and whether more than the report's word was needed.

    Attributes:
        division: missing where the facts leave it open.
        origin: the facts that decided, joined by ' + ': ``index number``, ``agency``, ``address``, …
        inferred: whether it stands nowhere in full and was concluded.
        candidates: where it is open, what it is one of or lies in; empty where nothing is known.
    """

    division: Division | None = None
    origin: str | None = None
    inferred: bool = False
    candidates: tuple[Division, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report says that bears on its place; ``mention`` is the name of the government whose site it names."""

    year: int | None = None
    agency: str | None = None
    index_number: str | None = None
    address: str | None = None
    contact_office: str | None = None
    mention: str | None = None
    phone: str | None = None
    postcode: str | None = None
    website: str | None = None


def resolve(
    year: int | None = None,
    *,
    agency: str | None = None,
    index_number: str | None = None,
    address: str | None = None,
    contact_office: str | None = None,
    mention: str | None = None,
    phone: str | None = None,
    postcode: str | None = None,
    website: str | None = None,
) -> Resolution:
    """Return the division that a report belongs to.

    The index number and the name of the agency decide. Where the name fits several divisions, or is short (区教育局),
    address, contact office, phone and the like choose among them; the result then says that it is inferred. An address
    alone does not place a department: that of a city lies in one of its districts.

    >>> resolve(2020, agency="尧都区县底镇人民政府").division.code
    '141002'
    >>> [each.code for each in resolve(2020, agency="朝阳区教育局").candidates]
    ['110105', '220104']
    >>> resolve(2020, agency="朝阳区教育局", phone="0431-00000000").origin
    'agency + area code'
    """
    facts = Facts(year, agency, index_number, address, contact_office, mention, phone, postcode, website)
    named = match_agency(agency or "", year)
    numbered = _of_index_number(facts)
    if numbered is not None:
        told = _with_number(numbered, named.candidates, facts)
    elif named.candidates:
        told = _choose(named, facts)
    else:
        return _without_name(facts)
    around = (told.division,) if told.division else told.candidates
    if _LOCAL.search(agency or "") and around and all(map(_has_counties, around)):
        return _within(around, facts)
    return told


def _within(around: Sequence[Division], facts: Facts) -> Resolution:
    """Place a town or subdistrict of which only the city or province is told."""
    placed = _without_name(facts)
    fits = placed.division and any(placed.division.within(each.prefix) for each in around)
    return placed if fits else Resolution(candidates=tuple(around))


def match_agency(agency: str, year: int | None) -> Match:
    """Return what the agency's name stands for; a branch (保定市生态环境局徐水区分局) counts with its own division."""
    found = match(agency, year)
    branch = _BRANCH.search(agency, found.end) if len(found.candidates) == 1 else None
    if branch:
        city = found.candidates[0]
        inner = match(agency[: found.end] + branch["name"], year)
        if inner.end > found.end and inner.candidates and all(each.within(city.prefix) for each in inner.candidates):
            return Match(inner.candidates, found.end, inner.inferred)
    return found


@cache
def _has_counties(place: Division) -> bool:
    """Return whether there are counties within: a town of 保定市 lies in one of them, one of 东莞市 in none."""
    return place.level != "county" and any(code.startswith(place.prefix) and code != place.code for code in by_code())


def _of_index_number(facts: Facts) -> Resolution | None:
    code = signs.of_index_number(facts.index_number or "")
    if code is None or code not in by_code():
        return None
    year = facts.year
    current = division(code, year) or (division(code, year + 1) if year is not None else None)
    if current is not None or year is None:
        return Resolution(current, "index number")
    carried = [each for row in by_code()[code] for each in successors(row, year)]
    return Resolution(carried[0], "index number", inferred=True) if len(set(carried)) == 1 else None


def _with_number(numbered: Resolution, named: Sequence[Division], facts: Facts) -> Resolution:
    """Hold the number against the name: the closer of the two counts, and nothing where they exclude each other."""
    place = numbered.division
    if place is None or not named:
        return numbered
    if any(place.within(each.prefix) or _is_same_place(place, each, facts.year) for each in named):
        return numbered
    closer = [each for each in named if each.within(place.prefix)]
    if len(closer) == 1:
        return Resolution(closer[0], "agency")
    return Resolution(candidates=tuple(closer) or (place, *named)[:_FEW])


def _is_same_place(place: Division, other: Division, year: int | None) -> bool:
    later = max(place.first_year or 0, other.first_year or 0, year or 0)
    codes = {each.code for each in successors(place, later)}
    return any(each.code in codes for each in successors(other, later))


def _evidence(facts: Facts) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what else speaks for a place, the best first, as leading digits of division codes."""
    for origin, text in (
        ("address", facts.address),
        ("contact office", facts.contact_office),
        ("website", facts.mention),
    ):
        yield origin, tuple(each.prefix for each in match(text, facts.year).candidates) if text else ()
    yield "area code", signs.of_phone(facts.phone or "")
    yield "postcode", signs.of_postcode(facts.postcode or "")
    yield "website", signs.of_website(facts.website or "")


def _choose(named: Match, facts: Facts) -> Resolution:
    """Choose among the divisions that share the agency's name."""
    left, origins = named.candidates, ["agency"]
    for origin, prefixes in _evidence(facts):
        if len(left) == 1:
            break
        fitting = tuple(each for each in left if any(_overlap(each.prefix, prefix) for prefix in prefixes))
        if fitting and len(fitting) < len(left):
            left, origins = fitting, [*origins, origin]
    if len(left) == 1:
        return Resolution(left[0], " + ".join(origins), inferred=named.inferred or len(origins) > 1)
    return Resolution(candidates=left)


def _overlap(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _without_name(facts: Facts) -> Resolution:
    """Place a body whose name holds no division: a township by its county, 区教育局 by a district named elsewhere."""
    relative = _RELATIVE.match(facts.agency or "")
    local = _LOCAL.search(facts.agency or "")
    around: tuple[Division, ...] = ()
    for origin, text in (
        ("address", facts.address),
        ("contact office", facts.contact_office),
        ("website", facts.mention),
    ):
        found = match(text, facts.year).candidates if text else ()
        placed = {place for each in found if (place := _at_level(each, relative, bool(local), facts.year))}
        if len(placed) == 1 and len(found) == 1:
            return Resolution(placed.pop(), origin, inferred=True)
        around = around or tuple(above for each in found for above in _upward(each, facts.year))
    prefixes = signs.of_phone(facts.phone or "")
    served = [division(prefix.ljust(6, "0"), facts.year) for prefix in prefixes]
    candidates = around or tuple(each for each in served if each)
    return Resolution(candidates=candidates if len(candidates) <= _FEW else ())


def _at_level(place: Division, relative: re.Match[str] | None, local: bool, year: int | None) -> Division | None:
    """Return the division at the level that the body's name implies: the county of a town, the city of 市教育局."""
    if local:
        return place if place.level == "county" else None
    if relative is None:
        return None
    level = relative["level"]
    return next((each for each in _upward(place, year) if each.name[-1] == level), None)


def _upward(place: Division, year: int | None) -> Iterator[Division]:
    """Yield the division and what it lies within, the nearest first."""
    for code in dict.fromkeys((place.code, place.code[:4] + "00", place.code[:2] + "0000")):
        above = place if code == place.code else division(code, year)
        if above:
            yield above
