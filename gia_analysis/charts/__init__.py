"""The charts that notebooks share, in one visual language, with a Chinese font that is always there."""

from gia_analysis.charts.bars import bar_chart, interval_chart, shorten, stacked_chart
from gia_analysis.charts.chart import OUTCOME_COLOURS, Chart

__all__ = ["OUTCOME_COLOURS", "Chart", "bar_chart", "interval_chart", "shorten", "stacked_chart"]
