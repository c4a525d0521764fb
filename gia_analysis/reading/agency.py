"""What a body's name alone says of it: its kind by its end, its level by the divisions it names."""

import re

_KINDS = (
    (r"公司$", "enterprise"),
    (r"人民政府(?:办公厅|办公室)$", "government_office"),
    (r"(?:镇|乡|苏木)(?:人民)?政府$", "township"),
    (r"人民政府$", "government"),
    (r"街道办事处$|街道$", "subdistrict"),
    (r"(?<!监督)管理委员会$|管委会$", "zone_committee"),
    (r"(?:局|委员会|厅|办公室|部|署|司|委)$", "department"),
    (r"(?:中心|站|所|院|馆|学校|医院)$", "public_institution"),
)
_MINISTRY = re.compile(r"^(?:国家|国务院|中华人民共和国|中国人民银行)|^[\u4e00-\u9fff]{2,7}(?:部|署|总局)$")
_PROVINCE = re.compile(
    r"^(?:(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)?自治区|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区|"
    r"(?:北京|上海|天津|重庆)市|[\u4e00-\u9fff]{2,3}省)"
)
_CITY = re.compile(r"^[^区县旗]{1,7}?市(?![场政容民直])")
_PREFECTURE = re.compile(r"^[\u4e00-\u9fff]{1,12}?(?:自治州|地区|盟)")
_COUNTY = re.compile(
    r"^[\u4e00-\u9fff]{1,10}?(?:自治县|自治旗|县(?!级)|旗|(?<![新园社景校库港])(?<!开发)(?<!工业)区(?!域))"
)


def agency_kind(name: str) -> str | None:
    """Return the kind of a body by the end of its name, or None where that tells nothing.

    >>> agency_kind("尧都区县底镇人民政府"), agency_kind("江苏省公安厅"), agency_kind("通知")
    ('township', 'department', None)
    """
    return next((kind for pattern, kind in _KINDS if re.search(pattern, name)), None)


def agency_level(name: str) -> str | None:
    """Return the level of a body by the lowest division its name holds; None where the name leaves it open.

    市 may be a prefecture or a county city, and a zone (新区, 园区, 开发区) may stand at any level.

    >>> agency_level("上海市黄浦区人民政府"), agency_level("上海市人民政府"), agency_level("开远市人民政府")
    ('county', 'province', None)
    """
    kind = agency_kind(name)
    if kind in ("township", "subdistrict"):
        return "township"
    if kind == "zone_committee":
        return None
    if _MINISTRY.match(name):
        return "ministry"
    level, rest = None, name
    for pattern, found in ((_PROVINCE, "province"), (_PREFECTURE, "prefecture"), (_CITY, None), (_COUNTY, "county")):
        match = pattern.match(rest)
        if match:
            level, rest = found, rest[match.end() :]
    return level
