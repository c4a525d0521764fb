"""Frames → indicators: the registry, how they are computed, and their intervals.

A new indicator is one entry in ``indicators.toml``.
"""

from gia_analysis.analysis.compute import Blanks, compute_indicators
from gia_analysis.analysis.intervals import wilson_interval
from gia_analysis.analysis.registry import DEFAULT_DISCLOSURE_RATE, Indicator, get_indicator, indicators

__all__ = [
    "DEFAULT_DISCLOSURE_RATE", "Blanks", "Indicator", "compute_indicators", "get_indicator", "indicators",
    "wilson_interval",
]  # fmt: skip
