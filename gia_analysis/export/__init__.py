"""A corpus in other formats, the data dictionary, and how a corpus is cited.

A new format is one module with ``write`` and ``read``, and its row in ``registry.py``.
"""

from gia_analysis.export.citation import Citation, cite, content_hash
from gia_analysis.export.dictionary import dictionary_frame
from gia_analysis.export.dictionary_pages import dictionary_page, write_dictionary
from gia_analysis.export.frames import ExportError
from gia_analysis.export.registry import FORMATS, Format, export_corpus, read_export

__all__ = [
    "FORMATS", "Citation", "ExportError", "Format", "cite", "content_hash", "dictionary_frame", "dictionary_page",
    "export_corpus", "read_export", "write_dictionary",
]  # fmt: skip
