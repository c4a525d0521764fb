"""Writers of reports in every format, with the programs and libraries that agencies use: one module a format.

Each has ``write(paper, ...) -> bytes``. A paper is what ``simulation.compose_report`` returns: paragraphs and true grids.
"""
