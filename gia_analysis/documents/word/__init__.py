"""What the main part of a Word document prints: paragraphs with their automatic numbers, tables, text boxes."""

from gia_analysis.documents.word.numbering import read_numbering
from gia_analysis.documents.word.story import Piece, Story
from gia_analysis.documents.word.survey import Survey, survey

__all__ = ["Piece", "Story", "Survey", "read_numbering", "survey"]
