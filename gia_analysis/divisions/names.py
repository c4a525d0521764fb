"""Which divisions a printed name may stand for: the name of a body, an address, or the name of a place alone."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from gia_analysis.divisions.table import Division, by_code, successors, with_path

_PEOPLES = re.compile(
    r"(?:维吾尔|壮族|回族|蒙古族?|哈萨克族?|柯尔克孜|锡伯|塔吉克|达斡尔族|鄂伦春|鄂温克族|朝鲜族|满族|土家族|苗族|侗族|瑶族|彝族|藏族|羌族|"
    r"白族|傣族|哈尼族|拉祜族|佤族|布朗族|布依族|纳西族|普米族|傈僳族|独龙族|怒族|景颇族|黎族|畲族|水族|仡佬族|仫佬族|毛南族|土族|撒拉族|"
    r"东乡族|保安族|裕固族|各族)+(?=自治)"
)
_NOT_HERE = {
    "市": re.compile(r"场(?!$)|容|民(?:中心|服务|热线|广场|之家|卡)|政(?:管|工|设|公|园|道|维|养|环|局|处|所|中心)"),
    "区": re.compile(r"[域间块位]|街道|镇|乡(?![村镇])|村(?!镇)"),
    "县": re.compile(r"[级域]|城(?![市乡管建投镇])|街道|镇|乡(?![村镇])|村(?!镇)"),
    "旗": re.compile(r"街道|镇|乡(?![村镇])|村(?!镇)|苏木"),
}
_OFFICE = re.compile(r"$|(?:人民)?政府")
_ZONE = re.compile(
    r".{0,12}?(?:开发区|新区|园区|示范区|保税区|试验区|实验区|合作区|管理区|度假区|名胜区|高新区|经开区)"
)
_ABOVE = re.compile(
    r"^(?:国家税务总局|国家统计局|国家金融监督管理总局|国家外汇管理局|国家粮食和物资储备局|中国人民银行|中华人民共和国|中国银保监会|中国证监会)"
)
_RANK = {"province": 0, "prefecture": 1, "county": 2}
_LONGEST_NAME = 16


@dataclass(frozen=True, slots=True)
class Match:
    """What the head of a text may stand for. ``inferred`` is set where the name is not one of that year."""

    candidates: tuple[Division, ...]
    end: int
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    row: Division
    end: int
    depth: int


@cache
def _full_names() -> Mapping[str, tuple[Division, ...]]:
    """Return the rows by official name, and by the name of an autonomous division without its peoples."""
    found: dict[str, tuple[Division, ...]] = {}
    for rows in by_code().values():
        for row in rows:
            for name in {row.name, _plain(row.name)}:
                if len(name) > 1:
                    found[name] = (*found.get(name, ()), row)
    return found


def _plain(name: str) -> str:
    """Return 恩施州 for 恩施土家族苗族自治州, 连南县 for 连南瑶族自治县; a name that says nothing else stays."""
    short, count = _PEOPLES.subn("", name)
    return (
        short.replace("自治", "") if count and not short.startswith("自治") and not short.endswith("自治区") else name
    )


@cache
def _short_names() -> Mapping[str, tuple[Division, ...]]:
    """Return the rows by their name without 省, 市, 区, 县, if two characters or more are left."""
    found: dict[str, tuple[Division, ...]] = {}
    for rows in by_code().values():
        for row in rows:
            name = re.sub(r"(?:省|市|自治区|自治州|地区|州|盟|区|县|旗)$", "", _PEOPLES.sub("", row.name))
            if len(name) > 1 and name != row.name:
                found[name] = (*found.get(name, ()), row)
    return found


def find(text: str, year: int | None = None) -> tuple[Division, ...]:
    """Return every division that the head of a text may name, in the year given or the one after it.

    A report on a year is printed in the next one and may bear a newer name. Provinces and prefectures may be named
    short before the one that counts (保定徐水). A name of other years stands for what its land belonged to.

    >>> [each.full_name for each in find("尧都区县底镇人民政府", 2020)]
    ['山西省临汾市尧都区']
    >>> [each.full_name for each in find("朝阳区教育局", 2020)]
    ['北京市朝阳区', '吉林省长春市朝阳区']
    >>> find("县底镇人民政府", 2020)
    ()
    """
    return match(text, year).candidates


@lru_cache(maxsize=4096)
def match(text: str, year: int | None = None) -> Match:
    """Return what the head of a text may stand for, and how much of it is the name."""
    above = _ABOVE.match(text)
    start = above.end() if above else 0
    readings = list(_read(text, start, "", 0, -1))
    if not readings:
        return _match_zone(text, start, year)
    end = max(reading.end for reading in readings)
    rows = tuple(dict.fromkeys(reading.row for reading in readings if reading.end == end))
    current = tuple(row for row in rows if year is None or row.in_force(year) or row.in_force(year + 1))
    if current:
        return Match(_without_predecessors(tuple(with_path(row, year) for row in current)), end)
    assert year is not None
    carried = dict.fromkeys(each for row in rows for each in successors(row, year))
    return Match(tuple(carried), end, inferred=True)


def _without_predecessors(found: tuple[Division, ...]) -> tuple[Division, ...]:
    """Drop a division that became another of the same name: 简阳市 changed its prefecture, not its name."""
    codes = {each.code for each in found}
    return tuple(each for each in found if not (each.level == "county" and codes.intersection(each.became)))


def _read(text: str, start: int, prefix: str, depth: int, rank: int) -> Iterator[_Reading]:
    for end in range(start + 2, min(len(text), start + _LONGEST_NAME) + 1):
        name = text[start:end]
        for row in _full_names().get(name, ()):
            if row.within(prefix) and _RANK[row.level] > rank and _is_whole(name, text[end : end + 4]):
                yield _Reading(row, end, depth + 1)
                if row.level != "county":
                    yield from _read(text, end, row.prefix, depth + 1, _RANK[row.level])
        for row in _short_names().get(name, ()):
            if not row.within(prefix) or _RANK[row.level] <= rank:
                continue
            if row.level != "county":
                yield from _read(text, end, row.prefix, depth + 1, _RANK[row.level])
            elif depth and _OFFICE.match(text, end):
                yield _Reading(row, end, depth + 1)


def _is_whole(name: str, rest: str) -> bool:
    """Return whether a name ends where it seems to: 城区街道, 丰城市场监督管理局 and 平山县城 do not hold one."""
    pattern = _NOT_HERE.get(name[-1])
    return pattern is None or not pattern.match(rest)


def _match_zone(text: str, start: int, year: int | None) -> Match:
    """Return the city or county that a development zone is named after: 苏州工业园区, 句容经济开发区."""
    for end in range(start + 2, min(len(text), start + 6) + 1):
        rows = [row for row in _short_names().get(text[start:end], ()) if row.name[-1] in "市县"]
        held = [row for row in rows if year is None or row.in_force(year)]
        if held and _ZONE.match(text, end):
            highest = min(_RANK[row.level] for row in held)
            return Match(tuple(with_path(row, year) for row in held if _RANK[row.level] == highest), end, inferred=True)
    return Match((), 0)
