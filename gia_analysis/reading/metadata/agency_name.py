"""What a name says of the body that bears it: its kind by its end, its level by the divisions it begins with."""

import re

from gia_analysis.divisions import Level
from gia_analysis.divisions.resolve import match_agency
from gia_analysis.reading.metadata.facts import Facts
from gia_analysis.reading.metadata.writing import compact

_KINDS = tuple((re.compile(pattern), kind) for pattern, kind in (
    (r"公司$", "enterprise"),
    (r"人民政府(?:办公厅|办公室)$", "government_office"),
    (r"(?:镇|乡|苏木)(?:人民)?政府$", "township"),
    (r"人民政府$", "government"),
    (r"街道办事处$|街道$", "subdistrict"),
    (r"(?<!监督)管理委员会$|管委会$", "zone_committee"),
    (r"(?:局|委员会|厅|办公室|部|署|司|委)$", "department"),
    (r"(?:中心|站|所|院|馆|学校|医院)$", "public_institution"),
))  # fmt: skip
_MINISTRY = re.compile(r"^(?:国家|国务院|中华人民共和国|中国人民银行)|^[\u4e00-\u9fff]{2,7}(?:部|署|总局)$")
_PREFECTURE = re.compile(r"^[\u4e00-\u9fff]{1,12}?(?:自治州|地区|盟)")
_COUNTY = re.compile(
    r"^[\u4e00-\u9fff]{1,10}?(?:自治县|自治旗|县(?!级)|旗|(?<![新园社景校库港])(?<!开发)(?<!工业)区(?!域))"
)
_RELATIVE: dict[str, tuple[Level, ...]] = {
    "省": ("province",), "市": ("province", "prefecture", "county"), "州": ("prefecture",), "盟": ("prefecture",),
    "区": ("county",), "县": ("county",), "旗": ("county",),
}  # fmt: skip
_ONESELF = re.compile(r"我|本(?:局|委|厅|机关|单位|中心|街道|镇|乡|站|办|部门)")


def read_kind(facts: Facts) -> None:
    """Read the type and the level of the agency found; where that is inferred, its level is."""
    agency = facts.text("agency")
    if agency:
        facts.offer("agency_type", agency_kind(agency))
        origin = "inferred" if facts.text("agency_from") == "inferred" else "agency"
        facts.offer("agency_level", agency_level(agency, facts.year), origin)


def named_agency(name: str | None) -> str | None:
    """Return the name, without blanks, of a body of some kind; None for another text and a word for oneself.

    >>> named_agency("天门市 教育局"), named_agency("本机关办公室"), named_agency("2022年1月20日")
    ('天门市教育局', None, None)
    """
    name = compact(name) if name else ""
    return name if 3 <= len(name) <= 40 and agency_kind(name) and not _ONESELF.match(name) else None


def agency_kind(name: str) -> str | None:
    """Return the kind of a body by the end of its name, or None where that tells nothing.

    >>> agency_kind("尧都区县底镇人民政府"), agency_kind("江苏省公安厅"), agency_kind("通知")
    ('township', 'department', None)
    """
    return next((kind for pattern, kind in _KINDS if pattern.search(name)), None)


def agency_level(name: str, year: int | None = None) -> str | None:
    """Return the level of a body by the lowest division that its name begins with; None where that leaves it open.

    The table of divisions tells a prefecture from a county city, for the year given. A development zone (新区, 园区,
    开发区) may stand at any level. A name that the table does not know is told by its wording, save 市.

    >>> agency_level("上海市黄浦区人民政府"), agency_level("开远市人民政府"), agency_level("长春新区管理委员会")
    ('county', 'county', None)
    """
    kind = agency_kind(name)
    if kind in ("township", "subdistrict"):
        return "township"
    if kind == "zone_committee":
        return None
    levels = {division.level for division in match_agency(name, year).candidates}
    if levels:
        return levels.pop() if len(levels) == 1 else None
    if _MINISTRY.match(name):
        return "ministry"
    prefecture = _PREFECTURE.match(name)
    if _COUNTY.match(name, prefecture.end() if prefecture else 0) or _COUNTY.match(name):
        return "county"
    return "prefecture" if prefecture else None


def level_within(name: str, level: Level) -> str | None:
    """Return the level of a body with a short name (区教育局) in a division of the level given, where they agree.

    >>> level_within("市教育局", "prefecture"), level_within("区教育局", "prefecture"), level_within("教育局", "county")
    ('prefecture', None, None)
    """
    return level if level in _RELATIVE.get(name[:1], ()) else None
