"""Where a phone, a postcode, a site or the number of a document comes from, as leading digits of division codes."""

import re
from collections.abc import Mapping
from functools import cache

from gia_analysis.divisions.table import read_rows

_AREA_CODE = re.compile(r"(?<!\d)\(?(?P<code>0(?:10|2\d|[3-9]\d{2}))(?:\)|[-–—−/ ]|(?=\d{7,8}(?!\d)))")
_HOST = re.compile(r"(?:^|[/.])(?P<name>[a-z]+)\.gov\.cn(?![\w.])", re.ASCII | re.IGNORECASE)
_INDEX_NUMBER = re.compile(
    r"(?P<credit>[19][1-9](?P<within>\d{6})[0-9A-Z]{10})(?![0-9A-Z])|(?P<plain>[1-6]\d{5})(?=[-/—]|$)", re.ASCII
)


@cache
def _area_codes() -> Mapping[str, tuple[str, ...]]:
    return {row["area_code"]: tuple(row["divisions"].split(";")) for row in read_rows("area_codes.csv")}


@cache
def _provinces(column: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in read_rows("provinces.csv"):
        for sign in row[column].split(";"):
            found[sign] = (*found.get(sign, ()), row["province"])
    return found


def of_phone(phone: str) -> tuple[str, ...]:
    """Return what the area code of a phone serves; nothing where it has none, or several that differ.

    >>> of_phone("0312-8680810"), of_phone("739907")
    (('1306',), ())
    """
    codes = {found["code"] for found in _AREA_CODE.finditer(phone)}
    return _area_codes().get(codes.pop(), ()) if len(codes) == 1 else ()


def of_postcode(postcode: str) -> tuple[str, ...]:
    """Return the provinces that use the head of a postcode.

    >>> of_postcode("072550"), of_postcode("137400")
    (('13',), ('15', '22'))
    """
    known = _provinces("postcodes")
    return tuple(sorted({code for size in (2, 3) for code in known.get(postcode[:size], ())}))


def of_website(address: str) -> tuple[str, ...]:
    """Return the province whose own site an address lies on; nothing for the site of a city or a county.

    >>> of_website("http://jyt.hunan.gov.cn/a/"), of_website("www.xushui.gov.cn")
    (('43',), ())
    """
    host = _HOST.search(address)
    return _provinces("hosts").get(host["name"].lower(), ()) if host else ()


def of_index_number(number: str) -> str | None:
    """Return the division code at the head of an index number, or in the credit code there; unchecked.

    >>> of_index_number("330803-042/2021-46930"), of_index_number("11330800002618197P/2021-119427")
    ('330803', '330800')
    """
    found = _INDEX_NUMBER.match(number)
    return (found["within"] or found["plain"]) if found else None
