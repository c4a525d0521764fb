"""Quirks of figures: width, separators, units, marks, letters, and what stands around them."""

from collections.abc import Mapping
from random import Random

from gia_analysis.forms import CellType
from gia_analysis.simulation.quirk import on_figures

_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
_LETTERS = str.maketrans("01", "Ol")
_MARKS = ("①", "②", "*", "＊", "[1]", "【1】", "注", "（注）", "#")
_COUNTERS: Mapping[CellType, tuple[str, ...]] = {
    "count": ("件", "条", "项", "次", "个", " 件"),
    "signed": ("项",),
    "money": ("万元", " 万元"),
}
_PADDING = ("\xa0", "\u3000", "\u3000\u3000", " ", "\u2003")


@on_figures()
def thousands_separator(figure: str, cell_type: CellType, chance: Random) -> str:
    """Groups of three digits: 1,234 and 1，234 and 1 234."""
    whole, point, fraction = figure.partition(".")
    separator = chance.choice((",", "，", " ")) if len(whole) > 3 and not point else ","
    return f"{int(whole):,}".replace(",", separator) + point + fraction if whole == str(int(whole)) else figure


@on_figures()
def counter(figure: str, cell_type: CellType, chance: Random) -> str:
    """What is counted, behind the figure: 12件, 2560万元 (Hangjin Rear Banner 2020)."""
    return figure + chance.choice(_COUNTERS[cell_type])


@on_figures()
def full_width_digits(figure: str, cell_type: CellType, chance: Random) -> str:
    """Digits of an input method for Chinese: １２."""
    return figure.translate(_FULL_WIDTH)


@on_figures(hides="figures")
def letters_for_digits(figure: str, cell_type: CellType, chance: Random) -> str:
    """Letters that look like digits, from character recognition: O for 0, l for 1."""
    return figure.translate(_LETTERS)


@on_figures(hides="figures")
def footnote_mark(figure: str, cell_type: CellType, chance: Random) -> str:
    """A mark of a note behind the figure: 12①, 12*, 12[1], 12注. A digit in it is none of the figure's."""
    return figure + chance.choice(_MARKS)


@on_figures()
def padded_figure(figure: str, cell_type: CellType, chance: Random) -> str:
    """Blanks of many kinds around a figure: no-break and ideographic spaces (Xiandi 2020, Zhenjiang district 2020)."""
    before, behind = chance.choice((*_PADDING, "")), chance.choice((*_PADDING, ""))
    return f"{before}{figure}{behind}"


@on_figures()
def zero_width_figure(figure: str, cell_type: CellType, chance: Random) -> str:
    """A character without width beside a figure: zero width space, byte order mark."""
    invisible = chance.choice("\u200b\ufeff\u2060")
    return chance.choice((f"{invisible}{figure}", f"{figure}{invisible}"))
