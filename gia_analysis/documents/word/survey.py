"""Which of the rarer things a document has at all, found in one pass, so that they need not be looked for everywhere."""

from dataclasses import dataclass, field

from gia_analysis.documents.package import Element
from gia_analysis.documents.word.names import (
    DELETED,
    FOREIGN_PART,
    HEADER_REFERENCE,
    NUMBER_PROPERTIES,
    PARAGRAPH_STYLE,
    RELATIONSHIPS,
    VALUE,
    VANISH,
    WRAPPERS,
)

_LOOKED_FOR = (DELETED, VANISH, FOREIGN_PART, HEADER_REFERENCE, NUMBER_PROPERTIES, PARAGRAPH_STYLE, *WRAPPERS)


@dataclass(slots=True)
class Survey:
    """What a part has: the names of the rarer elements, the styles of its paragraphs, the relationships of its headers."""

    names: set[str] = field(default_factory=set)
    styles: set[str] = field(default_factory=set)
    headers: list[str] = field(default_factory=list)


def survey(root: Element) -> Survey:
    """Return which of the rarer things a part has."""
    found = Survey()
    for element in root.iter(*_LOOKED_FOR):
        tag = element.tag
        found.names.add(tag)
        if tag == PARAGRAPH_STYLE:
            found.styles.add(element.get(VALUE, ""))
        elif tag == HEADER_REFERENCE:
            found.headers.append(element.get(f"{{{RELATIONSHIPS}}}id", ""))
    return found
