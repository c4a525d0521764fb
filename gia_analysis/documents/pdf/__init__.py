"""PDF, by PDFium: characters and ruling lines of each page; a page that is only an image is recognised.

PDFium may be ended by hostile input; that is why documents are read in worker processes.
"""

from gia_analysis.documents.pdf.reader import read

__all__ = ["read"]
