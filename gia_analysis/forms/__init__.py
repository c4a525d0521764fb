"""The statutory forms as data: one TOML file a version, the label aliases, the chapters, and the model that loads them.

A new version of the form is one new TOML file in this folder.
"""

from gia_analysis.forms.dictionary import label
from gia_analysis.forms.index import (
    Hit,
    LabelIndex,
    Slot,
    indexes_of,
    known_labels,
    label_indexes,
    opening_labels,
    row_labels,
)
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
from gia_analysis.forms.writing import (
    ORDINARY,
    has_words_of_taiwan,
    in_mainland_words,
    is_odd,
    is_plain,
    is_traditional,
    ordinary,
    simplified,
)

__all__ = [
    "ORDINARY",
    "CellType",
    "Chapter",
    "Column",
    "Form",
    "Group",
    "HeaderCell",
    "Hit",
    "LabelIndex",
    "Language",
    "MatchStep",
    "Row",
    "SectionKind",
    "Severity",
    "Slot",
    "Sum",
    "Table",
    "forms",
    "get_form",
    "has_words_of_taiwan",
    "in_mainland_words",
    "indexes_of",
    "is_odd",
    "is_plain",
    "is_traditional",
    "known_labels",
    "label",
    "label_indexes",
    "normalise",
    "opening_labels",
    "ordinary",
    "prescribed_form",
    "row_labels",
    "section_kinds",
    "simplified",
    "table_codes",
    "variants",
    "without_enumerator",
    "without_parenthesis",
]  # fmt: skip
