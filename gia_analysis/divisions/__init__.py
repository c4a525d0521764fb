"""The administrative divisions of China from 2008 on: codes and names by year, and which one a report belongs to.

The table is one CSV file in ``data``; its README says where it comes from and how to add a change.
"""

from gia_analysis.divisions.names import find
from gia_analysis.divisions.resolve import Resolution, resolve
from gia_analysis.divisions.table import Division, Level, division, successors

__all__ = ["Division", "Level", "Resolution", "division", "find", "resolve", "successors"]
