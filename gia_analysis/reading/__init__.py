"""``Document`` and forms → ``Report``: finding the tables, aligning cells to labels, reading values, text and facts."""

from gia_analysis.reading.reader import interpret, read_cells, read_report

__all__ = ["interpret", "read_cells", "read_report"]
