"""Invented agencies of many levels and kinds. Every name says 模拟, and none stands for a real body."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from gia_analysis.simulation.draws import Size

_CITIES = (
    "云江",
    "青陵",
    "松浦",
    "南岫",
    "临溟",
    "望川",
    "白榆",
    "锦屿",
    "安漪",
    "长霁",
    "东岚",
    "西泠",
    "北澄",
    "海宸",
    "金穗",
    "玉岭",
)
_COUNTIES = ("模拟区", "石渚区", "梧桐岭区", "临溪县", "望山县", "安河县", "松林县", "清泉县")
_CITY_BODIES = (
    "人民政府", "财政局", "人民政府办公室", "教育局", "生态环境局", "公安局", "交通运输局", "市场监督管理局",
)  # fmt: skip
_COUNTY_BODIES = (
    "财政局", "卫生健康局", "农业农村局", "住房和城乡建设局", "民政局", "审计局", "司法局", "自然资源局",
)  # fmt: skip
_TOWNS = ("石桥", "柳河", "双塔", "古渡", "新丰", "杏林", "沙坪", "竹溪")
_SUBDISTRICTS = ("东门", "钟楼", "滨江", "和平", "文昌", "北苑", "湖滨", "建设")
_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Agency:
    """An invented agency and how busy it is."""

    name: str
    size: Size


def invented_agencies() -> Iterator[Agency]:
    """Yield invented agencies without end, no two of one name; levels and kinds take turns."""
    for number in count():
        province = f"模拟{_numeral(number)}省" if number else "模拟省"
        for city in _CITIES:
            yield from _agencies_of(f"{province}{city}市")


def _agencies_of(city: str) -> Iterator[Agency]:
    places = zip(_COUNTIES, _CITY_BODIES, _COUNTY_BODIES, _TOWNS, _SUBDISTRICTS, strict=True)
    for county, city_body, county_body, town, subdistrict in places:
        yield Agency(f"{city}{city_body}", "large" if city_body == "人民政府" else "medium")
        yield Agency(f"{city}{county}人民政府", "medium")
        yield Agency(f"{city}{county}{county_body}", "small")
        yield Agency(f"{city}{county}{town}镇人民政府", "none")
        yield Agency(f"{city}{county}{subdistrict}街道办事处", "small")


def _numeral(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))
