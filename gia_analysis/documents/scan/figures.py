"""Readings of a piece of writing → what is taken to be written there, and how sure that is.

A figure is read with only the characters that figures are printed with: a zero alone is else taken for a letter or for
nothing. What looks like words is never read so. A figure is read at two sizes, and at a third where these are not sure;
where the readings differ, or there are more shapes than characters, its confidence says so. A dash or a slash alone is
told by its shape.
"""

import re
from collections.abc import Sequence
from statistics import median

from gia_analysis.documents.scan.recogniser import FIGURE_CHARACTERS, LineReading, Recognised
from gia_analysis.documents.scan.shapes import is_dash, lean_of, shapes_of, slash_in
from gia_analysis.documents.scan.writing import Piece

MARKS = ("—", "/", "\\")  # for nothing, as they are told by their shape
UNREADABLE = "\ufffd"  # stands for writing that was seen and could not be read

_FIGURE = re.compile(f"[{re.escape(FIGURE_CHARACTERS)}]+")
_DIGITS = re.compile(r"[+\-]?[\d.,]+", re.ASCII)
_WORDS = re.compile(r"(?![〇口日曰丨一])[\u3400-\u9fff]")  # these are what zeros, ones and dashes are taken for
_NARROW = 0.95  # width of a digit in heights, at most
_BY_SHAPE = 0.97  # confidence in a dash or slash that is told by its shape
_SURE = 0.95  # confidence that two readings must have for no third to be needed
_DIFFERS, _MISCOUNTED, _SHAPELESS = 0.3, 0.5, 0.5  # what is left of the confidence
_SHORT = 12.0  # heights of a line whose letters can be counted by its width
_READ_WELL = 0.8  # confidence in words that need not be read again
_LETTER = 0.55  # heights that are missing where a letter was passed over
_DASHES = frozenset("-—－一–−―ー_~")
_SLASHES = frozenset("/\\")
_UPRIGHT = 0.15  # lean of a one, at most
_TAKEN_FOR_SLASHES = frozenset(("", "1", "/", "11", "4"))  # what slashes are read as


def dash(piece: Piece, height: float) -> Recognised | None:
    """Return the dash that a piece of writing is; None where it is something else."""
    return Recognised("—", _BY_SHAPE) if is_dash(piece.ink, height) else None


def may_be_figure(reading: LineReading, piece: Piece) -> bool:
    """Tell whether a piece of writing may be a figure, so that it is worth reading it as one."""
    text = reading.free.text.replace(" ", "")
    if _FIGURE.fullmatch(text) or (text and _DASHES.issuperset(text)):
        return True
    shapes = shapes_of(piece.ink)
    tallest = max((box.height for box in shapes), default=0)
    return not _WORDS.search(text) and all(box.width <= _NARROW * tallest for box in shapes)


def is_sure(first: LineReading, second: LineReading) -> bool:
    """Tell whether two readings of a figure are alike and sure, so that no third is needed."""
    figures = first.figure, second.figure
    return first.figure.text == second.figure.text and min(each.confidence for each in figures) >= _SURE


def settle(readings: Sequence[LineReading], piece: Piece) -> Recognised:
    """Return what a piece that may be a figure says, by its readings at two or three sizes and the shapes it consists of."""
    first = readings[0]
    if first.free.text and _DASHES.issuperset(first.free.text):
        return Recognised("—", _SHAPELESS)  # not the numeral 一, which is not printed in place of a figure
    texts = [reading.figure.text for reading in readings]
    if slash := slash_in(piece.ink) or slash_in(piece.trace):
        return Recognised(slash, _BY_SHAPE if _TAKEN_FOR_SLASHES.issuperset(texts) else _DIFFERS)
    text = max(filter(None, texts), key=texts.count, default="")
    if not text:
        return Recognised(UNREADABLE, 0.0)
    sure = median(reading.figure.confidence for reading in readings if reading.figure.text == text)
    if texts.count(text) < len(texts):
        sure *= _DIFFERS
    if text in _SLASHES or (text == "1" and abs(lean_of(piece.trace)) > _UPRIGHT):
        sure *= _SHAPELESS
    if _DIGITS.fullmatch(text) and len(shapes_of(piece.trace)) > len(text):
        sure *= _MISCOUNTED
    return Recognised(text, sure)


def is_worth_another(reading: LineReading, piece: Piece) -> bool:
    """Tell whether a short line of words is worth reading again: it was not read surely, or a letter was passed over."""
    if piece.box.width > _SHORT * piece.box.height:
        return False
    return reading.free.confidence < _READ_WELL or _width_missing(reading, piece) > _LETTER


def better(first: LineReading, second: LineReading) -> LineReading:
    """Return the reading of words in which more letters are, or, if they have as many, that which is surer."""
    lengths = _width_of(first.free.text), _width_of(second.free.text)
    if lengths[0] != lengths[1]:
        return first if lengths[0] > lengths[1] else second
    return first if first.free.confidence >= second.free.confidence else second


def _width_missing(reading: LineReading, piece: Piece) -> float:
    return piece.box.width / piece.box.height - _width_of(reading.free.text)


def _width_of(text: str) -> float:
    """Return about how wide a text is, in heights of its line."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def words(reading: LineReading) -> Recognised:
    """Return what a piece that is no figure says."""
    return reading.free if reading.free.text.strip() else Recognised(UNREADABLE, 0.0)
