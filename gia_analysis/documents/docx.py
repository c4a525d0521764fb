"""Word documents (DOCX, DOCM, DOTX, and those that WPS writes), read from their XML part by part.

The text is what Word would print once all tracked changes are accepted. A table whose cells hold tables is a frame: what
its cells hold comes out in order. A text box follows the paragraph that it is anchored in.
"""

import posixpath
from collections.abc import Iterator, Sequence

from gia_analysis.documents.model import Block, Content, Property, TextBlock
from gia_analysis.documents.package import Package, open_package, parse_xml
from gia_analysis.documents.word import Piece, Story, Survey, read_numbering, survey
from gia_analysis.documents.word.looks import without_looks
from gia_analysis.documents.word.names import FOREIGN_PART, plain_names, word
from gia_analysis.errors import DocumentError, LimitError, NeedsConversionError

_MAIN_PART = "word/document.xml"
_PACKAGE_RELATIONS = "_rels/.rels"
_CORE_PROPERTIES = "docProps/core.xml"
_DOCUMENT = "/officeDocument"  # ends the type of the relationship with the main part
_BODY = word("body")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_LONGEST_TITLE = 200


def read(data: bytes) -> Content:
    """Read the bytes of a Word document.

    Raises:
        DocumentError: it is damaged, locked, no Word document, or goes over a limit of what is read.
        NeedsConversionError: it holds parts in other formats, which only an office program puts in their place.
    """
    package = open_package(data)
    part = _main_part(package)
    root = parse_xml(without_looks(plain_names(package.read(part))), part)
    body = next(root.iterchildren(_BODY), None)
    if body is None:
        raise DocumentError(f"{part} has no body: the file is no Word document")
    found = survey(root)
    if FOREIGN_PART in found.names:
        raise NeedsConversionError("the document holds parts in other formats, which only an office program can place")
    try:
        pieces = Story(found, read_numbering(package, found)).read(body)
        titles = [*_headers(package, part, found), *_core_title(package)]
    except RecursionError as error:
        raise LimitError(f"{part} nests too deeply: no disclosure report does") from error
    return Content(tuple(_blocks(pieces)), properties=tuple(titles))


def _main_part(package: Package) -> str:
    if _MAIN_PART in package:
        return _MAIN_PART
    targets = _relations(package, "") if _PACKAGE_RELATIONS in package else []
    found = next((target for _, kind, target in targets if kind.endswith(_DOCUMENT) and target in package), None)
    if found is None:
        raise DocumentError(f"the document has no part {_MAIN_PART!r}: it is incomplete or no Word document")
    return found


def _relations(package: Package, part: str) -> list[tuple[str, str, str]]:
    """Return the relationships of a part (of the package: ``""``) to others inside: their id, kind and part."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in package:
        return []
    root = parse_xml(package.read(relations), relations)
    return [
        (
            each.get("Id", ""),
            each.get("Type", ""),
            posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))[1:],
        )
        for each in root.iterchildren(_RELATIONSHIP)
        if each.get("TargetMode") != "External"
    ]


def _headers(package: Package, part: str, found: Survey) -> Iterator[Property]:
    """Yield the lines of the headers of pages: one of them may be the title, if the text has none."""
    if not found.headers:
        return
    for name, _, target in _relations(package, part):
        if name in found.headers and target in package:
            root = parse_xml(plain_names(package.read(target)), target)
            for piece in Story(survey(root)).read(root):
                yield from _title(piece if isinstance(piece, str) else "")


def _core_title(package: Package) -> Iterator[Property]:
    if _CORE_PROPERTIES in package:
        root = parse_xml(package.read(_CORE_PROPERTIES), _CORE_PROPERTIES)
        for title in root.iterchildren(_TITLE):
            yield from _title(title.text or "")


def _title(text: str) -> Iterator[Property]:
    words = " ".join(text.split())
    if 0 < len(words) <= _LONGEST_TITLE:
        yield "title", words


def _blocks(pieces: Sequence[Piece]) -> Iterator[Block]:
    lines: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            lines += [line for line in piece.split("\n") if line.strip()]
            continue
        if lines:
            yield TextBlock(tuple(lines))
            lines = []
        yield piece
    if lines:
        yield TextBlock(tuple(lines))
