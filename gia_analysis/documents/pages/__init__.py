"""Pages of a fixed layout, as PDF, OFD and scans give them → blocks in reading order."""

from gia_analysis.documents.pages.model import Glyph, Page, Rule
from gia_analysis.documents.pages.reader import read_pages

__all__ = ["Glyph", "Page", "Rule", "read_pages"]
