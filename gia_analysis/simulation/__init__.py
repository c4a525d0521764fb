"""Reports that are not real: any statutory form printed with any figures, and whole corpora whose truth is known.

For tests, benchmarks and demonstrations; every text says of itself that it is simulated.
"""

from gia_analysis.simulation.corpus import simulate_corpus
from gia_analysis.simulation.draws import Size
from gia_analysis.simulation.figures import BlankStyle, leave_blank, print_figures, simulate_figures
from gia_analysis.simulation.grid import CellKey, Grid, GridCell, lay_out
from gia_analysis.simulation.layouts import KEEPS_BLANKS, Layout, print_bars, print_rows, print_tables, print_tabs
from gia_analysis.simulation.mistakes import PlantedSlip, SlipKind, plant_carry_over, plant_mistakes, plant_slip
from gia_analysis.simulation.names import Agency, invented_agencies
from gia_analysis.simulation.printing import (
    Layouts,
    Paper,
    Punctuation,
    compose_report,
    join_reports,
    print_grid,
    print_report,
)
from gia_analysis.simulation.quirk import Quirk
from gia_analysis.simulation.quirks import QUIRKS, quirks_in
from gia_analysis.simulation.samples import Encoding, Sample, print_sample

__all__ = [
    "KEEPS_BLANKS", "QUIRKS", "Agency", "BlankStyle", "CellKey", "Encoding", "Grid", "GridCell", "Layout", "Layouts", "Paper",
    "PlantedSlip", "Punctuation", "Quirk", "Sample", "Size", "SlipKind", "compose_report", "invented_agencies", "join_reports",
    "lay_out", "leave_blank", "plant_carry_over", "plant_mistakes", "plant_slip", "print_bars", "print_figures", "print_grid",
    "print_report", "print_rows", "print_sample", "print_tables", "print_tabs", "quirks_in", "simulate_corpus",
    "simulate_figures",
]  # fmt: skip
