"""Pages that lie on their side or on their head: told by whether their writing can be read.

A page is turned only where lines of words can be read the other way up: figures alone do not tell (6 and 9).
"""

from collections.abc import Callable, Sequence
from statistics import mean

import numpy as np

from gia_analysis.documents.scan.picture import Grey, Picture, prepare
from gia_analysis.documents.scan.recogniser import HEIGHT, read_lines
from gia_analysis.documents.scan.ruling import Ruling
from gia_analysis.documents.scan.writing import Piece, Writing, cut_out

_SAMPLE = 10  # pieces of writing that are read to tell
_READABLE = 0.7  # mean confidence in writing that stands upright
_WIDE, _SURELY_WIDE = 3.0, 6.0  # mean width of its lines, in heights: on its side, each line is a letter or two wide
_CLEARLY = 1.3  # times that another way up must read better
_LONGEST = 20.0  # heights of a piece of the sample

Found = tuple[Ruling, Writing]


def upright(look: Callable[[Picture], Found], grey: Grey, dpi: float) -> tuple[Picture, Ruling, Writing]:
    """Return a page the way up in which its writing reads best, with what was found on it.

    Args:
        look: what finds ruling lines and writing in a picture.
        grey: the page as it lies.
        dpi: its resolution.
    """
    picture = prepare(grey, dpi)
    best = (picture, *look(picture))
    readable, wide = _legibility(*best)
    if (readable >= _READABLE and wide >= _SURELY_WIDE) or not best[2].pieces:
        return best
    best_score = readable * wide
    for quarters in (1, 3, 2):
        turned = prepare(np.ascontiguousarray(np.rot90(grey, quarters)), dpi)
        other = (turned, *look(turned))
        readable, wide = _legibility(*other)
        if readable >= _READABLE and wide >= _WIDE and readable * wide > _CLEARLY * best_score:
            best, best_score = other, readable * wide
    return best


def _legibility(picture: Picture, ruling: Ruling, writing: Writing) -> tuple[float, float]:
    """Return how sure the reading of a sample of the writing on a page is, and how wide its lines are in heights."""
    sample = _sample(writing.pieces, writing.height)
    if not sample:
        return 0.0, 0.0
    lines = [cut_out(picture, ruling, piece, writing.height, HEIGHT, 0.15) for piece in sample]
    readable = mean(line.free.confidence for line in read_lines(lines))
    return readable, mean(piece.box.width / writing.height for piece in sample)


def _sample(pieces: Sequence[Piece], height: float) -> list[Piece]:
    """Return pieces that are neither short nor very long: the widest of these."""
    widths = [(piece.box[2] - piece.box[0]) / height for piece in pieces]
    likely = [(width, number) for number, width in enumerate(widths) if width <= _LONGEST]
    return [pieces[number] for _, number in sorted(likely, reverse=True)[:_SAMPLE]]
