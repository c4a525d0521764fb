"""Quirks that run through a whole text: writing systems, look-alike characters, line ends."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from random import Random

from opencc import OpenCC

from gia_analysis.simulation.quirk import on_text

_PINYIN = {
    "公": "gong", "开": "kai", "開": "kai", "信": "xin", "息": "xi", "政": "zheng", "府": "fu", "行": "xing",
    "数": "shu", "數": "shu", "量": "liang", "申": "shen", "请": "qing", "請": "qing",
}  # fmt: skip
_SUPPLEMENT = str.maketrans(
    {
        "页": "⻚", "长": "⻓", "见": "⻅", "车": "⻋", "门": "⻔", "马": "⻢", "风": "⻛", "飞": "⻜", "食": "⻝",
        "民": "⺠", "西": "⻄", "齿": "⻮", "龙": "⻰", "齐": "⻬", "鸟": "⻦", "鱼": "⻥", "贝": "⻉", "角": "⻆", "青": "⻘",
    }
)  # fmt: skip
_KANGXI = range(0x2F00, 0x2FD6)


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


@cache
def _radical_of() -> Mapping[str, str]:
    """Return the Kangxi radical that looks like a character and is compatible with it."""
    return {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in _KANGXI}


@on_text()
def traditional_characters(text: str, chance: Random) -> str:
    """The text in traditional characters, word for word: 規範性文件 (converted sites and mirrors)."""
    return str(_converter("s2t").convert(text))


@on_text()
def taiwan_vocabulary(text: str, chance: Random) -> str:
    """The text in traditional characters and the words of Taiwan: 規範性檔案, 資訊 (mirror of Wuhan 2020)."""
    return str(_converter("s2twp").convert(text))


@on_text()
def kangxi_radicals(text: str, chance: Random) -> str:
    """Radicals in place of the characters that look like them, as PDF files give them: ⾏政许可."""
    chosen = {ord(character): radical for character, radical in _radical_of().items() if chance.random() < 0.5}
    return text.translate(chosen)


@on_text()
def supplement_radicals(text: str, chance: Random) -> str:
    """Radicals that Unicode does not hold for the same as any character: ⻓ for 长, ⻚ for 页 (PDF files)."""
    return text.translate(_SUPPLEMENT)


@on_text()
def pinyin(text: str, chance: Random) -> str:
    """Sounds in brackets behind characters, on mirrors that hackers made: 公(gong)开(kai)."""
    chosen = {character for character in _PINYIN if chance.random() < 0.3}
    return re.sub("|".join(chosen), lambda found: f"{found[0]}({_PINYIN[found[0]]})", text) if chosen else text


@on_text(layouts=frozenset({"F"}))
def paragraphs_apart(text: str, chance: Random) -> str:
    """An empty line after each paragraph, cells of tables too (Tongzhou petition office 2019)."""
    return text.replace("\n", "\n\n")


@on_text()
def windows_line_ends(text: str, chance: Random) -> str:
    """Lines that end in carriage return and line feed."""
    return text.replace("\n", "\r\n")
