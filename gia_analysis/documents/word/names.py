"""The names of WordprocessingML, and what stands between an element and its contents without meaning anything to us."""

from collections.abc import Iterator

from gia_analysis.documents.package import Element

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": NAMESPACE.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": RELATIONSHIPS.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}


def word(name: str) -> str:
    """Return the full name of an element or attribute of WordprocessingML."""
    return f"{{{NAMESPACE}}}{name}"


VALUE = word("val")
PARAGRAPH, RUN, TEXT, TABLE, ROW, CELL = (word(name) for name in ("p", "r", "t", "tbl", "tr", "tc"))
GRID, GRID_COLUMN, WIDTH, BEFORE, HIDDEN = (word(name) for name in ("tblGrid", "gridCol", "w", "gridBefore", "hidden"))
SPAN, DOWN, ACROSS, CELL_DELETED = (word(name) for name in ("gridSpan", "vMerge", "hMerge", "cellDel"))
PARAGRAPH_PROPERTIES, RUN_PROPERTIES = word("pPr"), word("rPr")
PARAGRAPH_STYLE, NUMBER_PROPERTIES = word("pStyle"), word("numPr")
DELETED, VANISH, HEADER_REFERENCE, FOREIGN_PART = (
    word(name) for name in ("del", "vanish", "headerReference", "altChunk")
)
BOX_CONTENT = word("txbxContent")
ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
WRAPPERS = frozenset(
    (
        ALTERNATIVES,
        *(word(name) for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "dir", "bdo")),
    )
)

_OFF = ("0", "false", "off")


def plain_names(data: bytes) -> bytes:
    """Return an XML part whose names are those of transitional OOXML, where it has those of strict OOXML."""
    for strict, transitional in _STRICT.items():
        data = data.replace(strict, transitional)
    return data


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of a name."""
    return None if element is None else next(element.iterchildren(name), None)


def value_of(element: Element | None, name: str) -> str | None:
    """Return the value of the first child of a name."""
    found = child(element, name)
    return None if found is None else found.get(VALUE)


def is_on(element: Element | None, name: str) -> bool:
    """Tell whether properties switch something on."""
    found = child(element, name)
    return found is not None and found.get(VALUE) not in _OFF


def whole_number(text: str | None, default: int) -> int:
    """Return a number that a document declares, or the default where it is none or below zero."""
    try:
        number = int(text or "")
    except ValueError:
        return default
    return number if number >= 0 else default


def contents(element: Element) -> Iterator[Element]:
    """Yield the children of an element, those of wrappers among them in their place."""
    for each in element:
        if each.tag == ALTERNATIVES:
            yield from contents(each[0]) if len(each) else ()
        elif each.tag in WRAPPERS:
            yield from contents(each)
        else:
            yield each
