"""Read Chinese government information disclosure annual reports (政府信息公开工作年度报告) into tidy data.

``read_report(path)`` gives one report, ``read_reports(paths)`` a corpus; both hold tidy pandas frames.
"""

from gia_analysis.analysis import indicators, wilson_interval
from gia_analysis.containers import CrawlColumns
from gia_analysis.corpus import Corpus, read_reports
from gia_analysis.display import show
from gia_analysis.errors import (
    CorpusError,
    DocumentError,
    FormError,
    GiaError,
    LimitError,
    NotAReportError,
    ParameterError,
    WorkerError,
)
from gia_analysis.forms import forms, label
from gia_analysis.inputs import ReadOptions
from gia_analysis.opened import open_corpus
from gia_analysis.reading import read_report
from gia_analysis.records import Cell
from gia_analysis.report import Report
from gia_analysis.workers import Limits

__version__ = "0.1.0"

__all__ = [
    "Cell", "Corpus", "CorpusError", "CrawlColumns", "DocumentError", "FormError", "GiaError", "LimitError", "Limits",
    "NotAReportError", "ParameterError", "ReadOptions", "Report", "WorkerError", "forms", "indicators", "label",
    "open_corpus", "read_report", "read_reports", "show", "wilson_interval",
]  # fmt: skip
