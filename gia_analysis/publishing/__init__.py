"""Notebooks → pages: parameters checked first, papermill runs, offline HTML, the index and the manifest."""

from gia_analysis.publishing.kernels import Run, run_notebook
from gia_analysis.publishing.parameters import check_parameters, declared_parameters
from gia_analysis.publishing.site import Job, Result, notebook_folder, publish

__all__ = [
    "Job", "Result", "Run", "check_parameters", "declared_parameters", "notebook_folder", "publish", "run_notebook",
]  # fmt: skip
