"""Quirks of labels: other wordings, notes, damage, and stray blanks and breaks."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from random import Random

from gia_analysis.forms import forms, normalise
from gia_analysis.forms.index import aliases, slots_of
from gia_analysis.forms.labels import without_enumerator
from gia_analysis.simulation.grid import Grid, GridCell
from gia_analysis.simulation.layouts import Layout
from gia_analysis.simulation.quirk import on_labels, on_tables

_TALL_CELLS: frozenset[Layout] = frozenset({"A", "B", "D", "D_collapsed", "E"})
_PRINTED_ENUMERATOR = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d{1,2}\.)(?=.)")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_BETWEEN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_HALF_WIDTH = str.maketrans("（）：，", "():,")
_STRANGERS = "曰末土入干日己未士八于壬天夫午牛"
_LEAST_LENGTH_TO_DAMAGE = 6
_NOTES: Mapping[str, tuple[str, ...]] = {
    "规章": ("（市政府令）", "（设区的市、自治州人民政府应提供相关数据）"),
    "规范性文件": ("（有规范性文件登记号）", "（行政机关制定发布的规范性文件）"),
    "行政规范性文件": ("（有规范性文件登记号）",),
    "上一年项目数量": ("（指2019年事项数）",),
    "处理决定数量": ("（指2020年办件量）",),
    "本年处理决定数量": ("（指2021年办件量）",),
}
_UNITS: Mapping[str, tuple[str, ...]] = {
    "采购总金额": ("采购总金额（万元）", "采购总金额（万元，保留四位小数）", "采购总金额（单位：万元）"),
    "行政事业性收费": ("行政事业性收费（万元）",),
    "本年收费金额（单位：万元）": ("本年收费金额（万元）", "本年收费金额"),
    "统计数": ("统计数（件）",),
}
_CUT_HEADS: Mapping[str, str] = {
    "本年新制作数量": "本年新",
    "本年新公开数量": "本年新",
    "现行有效件数": "现行有效件",
    "本年增/减": "本年增/",
}
_UNKNOWN_ROWS: Mapping[str, tuple[str, ...]] = {
    "规范性文件": ("其他主动公开文件",),
    "行政规范性文件": ("其他主动公开文件",),
    "其他对外管理服务事项": ("行政检查", "行政确认"),
    "行政许可": ("行政确认",),
    "行政强制": ("行政检查",),
    "制发规范性文件总数": ("主动公开政府文件数", "主动公开行政执法信息"),
    "8.属于行政查询事项": ("9.属于工作秘密",),
}


@on_labels()
def label_alias(label: str, chance: Random) -> str:
    """Another known wording: 年度累计数 for 统计数 (Qujiang 2020), 本年增减, 规范性文件 on the form of 2021 (Wuqi 2022)."""
    known = aliases().get(normalise(label))
    return chance.choice(known) if known else label


@on_labels()
def label_note(label: str, chance: Random) -> str:
    """An explanation in brackets behind a label: 规章(市政府令) (Tongji 2020), 处理决定数量(指2020年办件量) (Wuhan 2020)."""
    return label + chance.choice(_NOTES[label]) if label in _NOTES else label


@on_labels()
def header_unit(label: str, chance: Random) -> str:
    """The unit in the head: 采购总金额(万元) (Beijing Street 2020), 采购总金额(万元,保留四位小数) (Tongzhou 2019)."""
    return chance.choice(_UNITS[label]) if label in _UNITS else label


@on_labels()
def header_cut(label: str, chance: Random) -> str:
    """A head cut off at a line break: 本年新 and 本年新 (Xinhua subdistrict 2019), 现行有效件 (Tianmen 2025)."""
    return _CUT_HEADS.get(label, label)


@on_labels()
def quotes_missing(label: str, chance: Random) -> str:
    """No quotation marks: 3.危及三安全一稳定."""
    return label.translate({ord(quote): None for quote in "“”《》"})


@on_labels(hides="labels")
def enumerator_missing(label: str, chance: Random) -> str:
    """No numeral before a label: 予以公开 for （一）予以公开 (automatic numbering lost in copying from a text processor)."""
    return _PRINTED_ENUMERATOR.sub("", label)


@on_labels(hides="labels")
def wrong_character(label: str, chance: Random) -> str:
    """One character of a long label wrong, missing or doubled. It never becomes nearer to another label."""
    places = [match.start() for match in _CHINESE.finditer(label)]
    if len(places) < _LEAST_LENGTH_TO_DAMAGE:
        return label
    place = chance.choice(places[1:])
    kept = chance.choice(("", label[place] * 2, chance.choice(_STRANGERS)))
    damaged = label[:place] + kept + label[place + 1 :]
    return damaged if _is_near_to_one_only(damaged) else label


@on_labels()
def bracket_width(label: str, chance: Random) -> str:
    """Brackets and colons in half width here and in full width there, at times in one label: (一）."""
    return "".join(chance.choice((each, each.translate(_HALF_WIDTH))) for each in label)


@on_labels()
def label_blanks(label: str, chance: Random) -> str:
    """Blanks inside a label: 统 计 指 标 and 社会 稳定 (Qujiang 2020), 第二十条 第(一)项 (Jurong 2025)."""
    blank = chance.choice((" ", "  ", "\u3000", "\xa0"))
    if chance.random() < 0.5:
        return blank.join(label) if len(label) < 8 else label
    return _once(_BETWEEN_CHINESE, blank, label, chance)


@on_labels(layouts=_TALL_CELLS)
def label_break(label: str, chance: Random) -> str:
    """A line break inside a label: 本年新⏎制作数量 (Xushui 2020, Zhenjiang district 2020)."""
    return _once(_BETWEEN_CHINESE, "\n", label, chance)


@on_labels(hides="labels", layouts=frozenset({"F"}))
def label_of_two_paragraphs(label: str, chance: Random) -> str:
    """A line break inside a label where nothing but a line break parts the cells."""
    return _once(_BETWEEN_CHINESE, "\n", label, chance)


@on_labels()
def zero_width_characters(label: str, chance: Random) -> str:
    """Characters without width inside a label: zero width space or joiner, word joiner, soft hyphen."""
    return _once(_BETWEEN_CHINESE, chance.choice(_INVISIBLE), label, chance)


@on_tables
def unknown_row(grid: Grid, chance: Random) -> Grid:
    """A row that the form does not have: 其他主动公开文件 (Wuhan 2020), 行政检查 (Tongzhou 2019), with figures of its own."""
    places = [number for number, row in enumerate(grid) if any(cell.text in _UNKNOWN_ROWS for cell in row)]
    if not places:
        return grid
    place = chance.choice(places)
    label = next(cell for cell in grid[place] if cell.text in _UNKNOWN_ROWS)
    own = grid[place][grid[place].index(label) :]
    extra = [replace(label, text=chance.choice(_UNKNOWN_ROWS[label.text])), *_drawn(own[1:], chance)]
    above = [
        [replace(cell, rows=cell.rows + 1) if number + cell.rows > place + 1 else cell for cell in row]
        for number, row in enumerate(grid[: place + 1])
    ]
    return [*above, extra, *grid[place + 1 :]]


def _drawn(cells: list[GridCell], chance: Random) -> Iterator[GridCell]:
    """Yield cells like those of a row, with other figures; the last of seven is the sum of those before it."""
    counts = [chance.choice((0, 0, chance.randrange(300))) for _ in cells]
    if sum(cell.type is not None for cell in cells) == 7:
        counts[-1] = sum(counts[-7:-1])
    for cell, number in zip(cells, counts, strict=True):
        yield replace(cell, text=str(number)) if cell.type else cell


def _once(places: re.Pattern[str], inserted: str, label: str, chance: Random) -> str:
    found = [match.start() for match in places.finditer(label)]
    place = chance.choice(found) if found else 0
    return label[:place] + inserted + label[place:] if place else label


@cache
def _official_labels() -> frozenset[str]:
    """Return the labels of all forms and their known other wordings, normalised, with and without numerals."""
    official = {normalise(slot.label) for form in forms().values() for table in form.tables for slot in slots_of(table)}
    known = official | {alias for label in official for alias in aliases().get(label, ())}
    return frozenset(known | {without_enumerator(label) for label in known})


@lru_cache(maxsize=65_536)
def _is_near_to_one_only(damaged: str) -> bool:
    """Tell whether at most one label is within one edit of a damaged one, and that it is none itself."""
    bare = without_enumerator(normalise(damaged))
    near = {label for label in map(without_enumerator, _official_labels()) if _within_one_edit(bare, label)}
    return len(near) <= 1 and bare not in near


def _within_one_edit(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    same = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if same is None:
        return True
    rests = one[same:], other[same:]
    return rests[0][1:] == rests[1][1:] or rests[0][1:] == rests[1] or rests[0] == rests[1][1:]
