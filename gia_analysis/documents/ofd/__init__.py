"""OFD (GB/T 33190), the national format of electronic documents: characters and ruling lines of each page."""

from gia_analysis.documents.ofd.reader import read

__all__ = ["read"]
