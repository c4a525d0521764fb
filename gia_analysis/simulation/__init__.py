"""Reports that are not real: any statutory form printed with any figures, and whole corpora whose truth is known.

For tests, benchmarks and demonstrations; every text says of itself that it is simulated.
"""

from gia_analysis.simulation.corpus import simulate_corpus
from gia_analysis.simulation.draws import Size
from gia_analysis.simulation.figures import BlankStyle, leave_blank, print_figures, simulate_figures
from gia_analysis.simulation.grid import CellKey, Grid, GridCell, lay_out
from gia_analysis.simulation.layouts import Layout, print_bars, print_rows, print_tables, print_tabs
from gia_analysis.simulation.names import Agency, invented_agencies
from gia_analysis.simulation.printing import Punctuation, print_report

__all__ = [
    "Agency", "BlankStyle", "CellKey", "Grid", "GridCell", "Layout", "Punctuation", "Size", "invented_agencies",
    "lay_out", "leave_blank", "print_bars", "print_figures", "print_report", "print_rows", "print_tables", "print_tabs",
    "simulate_corpus", "simulate_figures",
]  # fmt: skip
