"""What is imported, drawn and loaded once for all runs."""

import importlib
import io
from collections.abc import Iterable

_MODULES = (
    "ipykernel.kernelapp", "ipykernel.zmqshell", "ipykernel.ipkernel", "ipykernel.debugger", "ipykernel.heartbeat",
    "ipykernel.iostream", "ipykernel.displayhook", "ipykernel.comm.manager", "IPython.core.completerlib",
    "IPython.core.magics", "sqlite3", "matplotlib.pyplot", "matplotlib_inline.backend_inline", "seaborn", "scipy.stats",
    "gia_analysis", "gia_analysis.summaries", "gia_analysis.charts",
)  # fmt: skip


def preload(corpora: Iterable[tuple[str, str | None]]) -> None:
    """Import what notebooks import, draw a chart and render a page, and keep some corpora loaded.

    Args:
        corpora: the folder of each, and its file of corrections if there is one.
    """
    for name in _MODULES:
        importlib.import_module(name)
    _draw()
    _render()
    from gia_analysis.opened import keep_open

    for folder, corrections in corpora:
        keep_open(folder, corrections)


def _draw() -> None:
    """Draw a chart, so that fonts are found and their outlines known."""
    import pandas as pd
    from matplotlib import pyplot

    from gia_analysis.charts import bar_chart

    bar_chart("年度 1,234 %", pd.Series({"政府信息公开": 1}))
    figure, _ = pyplot.subplots()
    figure.savefig(io.BytesIO(), format="png")
    pyplot.close("all")
    pd.DataFrame({"件": [1]}).to_html()


def _render() -> None:
    """Render a page, so that templates are compiled."""
    from nbformat.v4 import new_code_cell, new_notebook, new_output

    from gia_analysis.publishing.pages import notebook_page

    output = new_output("display_data", data={"text/html": "<p></p>", "text/plain": ""})
    notebook_page(new_notebook(cells=[new_code_cell("", outputs=[output])]), "", "zh", home=None)
