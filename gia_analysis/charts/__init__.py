"""The charts that notebooks share, in one visual language, with a Chinese font that is always there."""

from gia_analysis.charts.bars import bar_chart, interval_chart, shorten, stacked_chart
from gia_analysis.charts.chart import OUTCOME_COLOURS, Chart
from gia_analysis.charts.funnel import funnel_chart
from gia_analysis.charts.lines import LINE_COLOURS, line_chart

__all__ = [
    "LINE_COLOURS",
    "OUTCOME_COLOURS",
    "Chart",
    "bar_chart",
    "funnel_chart",
    "interval_chart",
    "line_chart",
    "shorten",
    "stacked_chart",
]
