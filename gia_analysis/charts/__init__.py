"""The charts that notebooks share, in one visual language."""

from gia_analysis.charts.bars import bar_chart, interval_chart, shorten, stacked_chart
from gia_analysis.charts.chart import OUTCOME_COLOURS, Chart
from gia_analysis.charts.flow import PENDING_COLOUR, Stream, flow_chart
from gia_analysis.charts.funnel import funnel_chart
from gia_analysis.charts.lines import LINE_COLOURS, line_chart
from gia_analysis.charts.multiples import grouped_chart, multiples_chart

__all__ = [
    "LINE_COLOURS",
    "OUTCOME_COLOURS",
    "PENDING_COLOUR",
    "Chart",
    "Stream",
    "bar_chart",
    "flow_chart",
    "funnel_chart",
    "grouped_chart",
    "interval_chart",
    "line_chart",
    "multiples_chart",
    "shorten",
    "stacked_chart",
]
