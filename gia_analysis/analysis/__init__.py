"""Frames → indicators: the registry, how they are computed, their intervals, and how agencies are compared fairly.

A new indicator is one entry in ``indicators.toml``; what is no formula in cells is one function in ``measures.py`` beside.
"""

from gia_analysis.analysis.compute import Blanks, compute_indicators
from gia_analysis.analysis.crosswalk import Correspondence, LongSeries, crosswalk, get_series
from gia_analysis.analysis.funnel import funnel_limits, overdispersion, place_in_funnel
from gia_analysis.analysis.intervals import wilson_interval
from gia_analysis.analysis.panel import continuity, growth, panel, reporting
from gia_analysis.analysis.peers import FEWEST_CASES, SMALLEST_GROUP, Total, add_up, compare, peer_groups
from gia_analysis.analysis.pooling import Prior, fit_prior, pool_rates
from gia_analysis.analysis.registry import DEFAULT_DISCLOSURE_RATE, Indicator, get_indicator, indicators
from gia_analysis.analysis.series import SERIES_COLUMNS, indicator_series, long_series

__all__ = [
    "DEFAULT_DISCLOSURE_RATE", "FEWEST_CASES", "SERIES_COLUMNS", "SMALLEST_GROUP", "Blanks", "Correspondence", "Indicator",
    "LongSeries", "Prior", "Total", "add_up", "compare", "compute_indicators", "continuity", "crosswalk", "fit_prior",
    "funnel_limits", "get_indicator", "get_series", "growth", "indicator_series", "indicators", "long_series",
    "overdispersion", "panel", "peer_groups", "place_in_funnel", "pool_rates", "reporting", "wilson_interval",
]  # fmt: skip
