"""Pieces of writing → glyphs: each is read as words or as a figure, and a second time where that tells how sure it is."""

from collections.abc import Sequence

from gia_analysis.documents.limits import require_at_most
from gia_analysis.documents.pages.model import Glyph
from gia_analysis.documents.scan.figures import (
    MARKS,
    UNREADABLE,
    better,
    dash,
    is_sure,
    is_worth_another,
    may_be_figure,
    settle,
    words,
)
from gia_analysis.documents.scan.picture import Picture
from gia_analysis.documents.scan.recogniser import HEIGHT, LineReading, Recognised, read_lines
from gia_analysis.documents.scan.ruling import Ruling
from gia_analysis.documents.scan.writing import Piece, Writing, cut_out

MOST_WIDTH = 400_000  # pixels of all lines of a page side by side, at the height that the model takes: half a minute
_MARGIN, _OTHER_MARGIN, _THIRD_MARGIN = 0.15, 0.3, 0.22  # heights of white above and below a line, in each reading
_LEAST_HEIGHT = 11.5  # pixels of the image itself that a digit must be high: in smaller ones a 6 looks like an 8
_COARSE = 0.5  # what is left of the confidence in a smaller one


def read_writing(picture: Picture, ruling: Ruling, writing: Writing) -> list[Glyph]:
    """Return what is written on a page.

    Args:
        picture: the page.
        ruling: its ruling lines.
        writing: the pieces of writing that they leave.

    Raises:
        LimitError: there is more writing than on any page.
    """
    height = writing.height

    def read(pieces: Sequence[Piece], margin: float) -> list[LineReading]:
        lines = [cut_out(picture, ruling, piece, height, HEIGHT, margin) for piece in pieces]
        require_at_most(MOST_WIDTH, sum(line.shape[1] for line in lines), "pixels of writing on a page")
        return read_lines(lines)

    found: dict[int, Recognised] = {}
    for number, piece in enumerate(writing.pieces):
        if piece.faint:
            found[number] = Recognised(UNREADABLE, 0.0)
        elif piece.enclosed and (mark := dash(piece, height)):
            found[number] = mark
    numbers = [number for number in range(len(writing.pieces)) if number not in found]
    first = dict(zip(numbers, read([writing.pieces[n] for n in numbers], _MARGIN), strict=True))
    figures = [n for n in numbers if writing.pieces[n].enclosed and may_be_figure(first[n], writing.pieces[n])]
    as_figures = frozenset(figures)
    again = [n for n in numbers if n in as_figures or is_worth_another(first[n], writing.pieces[n])]
    second = dict(zip(again, read([writing.pieces[n] for n in again], _OTHER_MARGIN), strict=True))
    unsure = [n for n in figures if not is_sure(first[n], second[n])]
    third = dict(zip(unsure, read([writing.pieces[n] for n in unsure], _THIRD_MARGIN), strict=True))
    for n in numbers:
        if n in as_figures:
            readings = [each[n] for each in (first, second, third) if n in each]
            found[n] = settle(readings, writing.pieces[n])
            if writing.pieces[n].box.height < _LEAST_HEIGHT * picture.scale and found[n].text not in MARKS:
                found[n] = found[n].less_sure(_COARSE)
        else:
            found[n] = words(better(first[n], second[n]) if n in second else first[n])
    return [_glyph(piece, found[n], height, picture.unit) for n, piece in enumerate(writing.pieces)]


def _glyph(piece: Piece, found: Recognised, height: float, unit: float) -> Glyph:
    """Return what is written as one glyph, as high as a line: a dash alone stands in the line that its digits would."""
    left, top, right, bottom = piece.box
    more = max(0.0, height - (bottom - top)) / 2
    return Glyph(found.text, left / unit, (top - more) / unit, right / unit, (bottom + more) / unit, found.confidence)
