"""The statutory forms as data: one TOML file a version, the label aliases, the chapters, and the model that loads them.

A new version of the form is one new TOML file in this folder.
"""

from gia_analysis.forms.dictionary import label
from gia_analysis.forms.index import Hit, LabelIndex, Slot, label_indexes, opening_labels, row_labels
from gia_analysis.forms.labels import MatchStep, normalise, variants, without_enumerator, without_parenthesis
from gia_analysis.forms.model import (
    CellType,
    Chapter,
    Column,
    Form,
    Group,
    HeaderCell,
    Language,
    Row,
    Severity,
    Sum,
    Table,
    forms,
    get_form,
    prescribed_form,
    table_codes,
)
from gia_analysis.forms.sections import SectionKind, section_kinds

__all__ = [
    "CellType", "Chapter", "Column", "Form", "Group", "HeaderCell", "Hit", "LabelIndex", "Language", "MatchStep", "Row", "SectionKind",
    "Severity", "Slot", "Sum", "Table", "forms", "get_form", "label", "label_indexes", "normalise", "opening_labels",
    "prescribed_form", "row_labels", "section_kinds",
    "table_codes", "variants", "without_enumerator", "without_parenthesis",
]  # fmt: skip
