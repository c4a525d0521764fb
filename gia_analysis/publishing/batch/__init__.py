"""Many notebooks run at a time: papermill, kernels forked warm, limits, and a manifest that a broken-off batch goes on from."""

from gia_analysis.publishing.batch.execution import Outcome, PageFrame, run_notebook
from gia_analysis.publishing.batch.limits import RunLimits
from gia_analysis.publishing.batch.manifest import Entry, Manifest
from gia_analysis.publishing.batch.runner import BatchOptions, Progress, run_batch
from gia_analysis.publishing.batch.runs import NotebookRun, read_runs, runs_of

__all__ = [
    "BatchOptions", "Entry", "Manifest", "NotebookRun", "Outcome", "PageFrame", "Progress", "RunLimits", "read_runs",
    "run_batch", "run_notebook", "runs_of",
]  # fmt: skip
