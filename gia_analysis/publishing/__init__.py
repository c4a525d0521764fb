"""Notebooks → pages: parameters checked first, papermill runs, offline HTML, the index and the manifest."""

from gia_analysis.publishing.batch import (
    BatchOptions,
    Manifest,
    NotebookRun,
    PageFrame,
    RunLimits,
    read_runs,
    run_batch,
    run_notebook,
    runs_of,
)
from gia_analysis.publishing.parameters import check_parameters, declared_parameters
from gia_analysis.publishing.site import notebook_folder, publish

__all__ = [
    "BatchOptions", "Manifest", "NotebookRun", "PageFrame", "RunLimits", "check_parameters", "declared_parameters",
    "notebook_folder", "publish", "read_runs", "run_batch", "run_notebook", "runs_of",
]  # fmt: skip
