"""What pages and notebooks show: the parts of an agency's page and of the page over all agencies."""

from gia_analysis.summaries.agency import AgencySummary
from gia_analysis.summaries.cross_agency import CrossAgencySummary

__all__ = ["AgencySummary", "CrossAgencySummary"]
