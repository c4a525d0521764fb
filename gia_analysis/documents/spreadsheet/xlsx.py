"""XLSX (ECMA-376): the parts of a workbook → its visible sheets."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gia_analysis.documents.limits import require_at_most
from gia_analysis.documents.package import Element, Package, parse_xml
from gia_analysis.documents.spreadsheet.model import LONGEST_CELL, Range, Sheet, require_sheets
from gia_analysis.documents.spreadsheet.numbers import (
    GENERAL,
    NumberFormat,
    built_in_format,
    number_text,
    read_format,
)
from gia_analysis.errors import DocumentError, LimitError

_LARGEST_XML = 60_000_000  # bytes of a sheet or of the shared texts
_MOST_TEXTS = 1_000_000
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_WORKBOOK = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class _Book:
    """What the sheets of a workbook share: texts, formats of numbers by style, and from when days are counted."""

    texts: Sequence[str]
    formats: Sequence[NumberFormat]
    from_1904: bool


def read_sheets(package: Package) -> Iterator[Sheet]:
    """Yield the visible sheets of a workbook.

    Raises:
        DocumentError: a part is missing or damaged, or it is a binary workbook (XLSB).
        LimitError: there is more than is read.
    """
    path = _workbook_path(package)
    workbook = parse_xml(package.read(path), "the workbook")
    targets = {key: (kind, target) for key, kind, target in _relations(package, path)}
    by_kind = dict(targets.values())
    book = _Book(
        texts=_shared_texts(package, by_kind.get("sharedStrings")),
        formats=_formats(package, by_kind.get("styles")),
        from_1904=any(each.get("date1904") in ("1", "true") for each in workbook.iterfind("{*}workbookPr")),
    )
    listed = workbook.findall("{*}sheets/{*}sheet")
    require_sheets(listed)
    for number, entry in enumerate(listed, start=1):
        kind, target = targets.get(_relation_id(entry), ("worksheet", f"xl/worksheets/sheet{number}.xml"))
        if kind == "worksheet" and entry.get("state", "visible") == "visible":
            yield _read_sheet(_parse_large(package, target), number, book)


def _workbook_path(package: Package) -> str:
    found = [target for _, kind, target in _relations(package, "") if kind == "officeDocument"]
    path = found[0] if found else _WORKBOOK
    if path.endswith(".bin") or (path not in package and "xl/workbook.bin" in package):
        raise DocumentError("the content is a binary Excel workbook (XLSB): save it as XLSX")
    return path


def _relations(package: Package, path: str) -> Iterator[tuple[str, str, str]]:
    """Yield id, kind and target of each part that a part names, or the package itself for an empty path."""
    folder, name = posixpath.split(path)
    listing = posixpath.join(folder, "_rels", f"{name}.rels")
    if listing not in package:
        return
    for relation in parse_xml(package.read(listing), listing).iterfind("{*}Relationship"):
        if relation.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
        yield relation.get("Id", ""), relation.get("Type", "").rpartition("/")[2], target.lstrip("/")


def _relation_id(entry: Element) -> str:
    return next((value for name, value in entry.items() if name.endswith("}id")), "")


def _parse_large(package: Package, name: str) -> Element:
    data = package.read(name)
    if len(data) > _LARGEST_XML:
        raise LimitError(f"part {name!r} holds more than {_LARGEST_XML // 1_000_000} MB: no disclosure report does")
    return parse_xml(data, name)


def _shared_texts(package: Package, name: str | None) -> list[str]:
    if name is None or name not in package:
        return []
    items = _parse_large(package, name).findall("{*}si")
    require_at_most(_MOST_TEXTS, len(items), "texts in cells")
    return [_text_of(item) for item in items]


def _text_of(item: Element) -> str:
    """Return the text of a cell in its runs, readings of characters (phonetic runs) left out."""
    pieces = (piece.text or "" for path in ("{*}t", "{*}r/{*}t") for piece in item.iterfind(path))
    return _ESCAPED.sub(_unescape, "".join(pieces))


def _unescape(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code).replace("\0", "")


def _formats(package: Package, name: str | None) -> list[NumberFormat]:
    if name is None or name not in package:
        return []
    styles = parse_xml(package.read(name), name)
    own = {each.get("numFmtId"): each.get("formatCode", "") for each in styles.iterfind("{*}numFmts/{*}numFmt")}
    return [_format(each.get("numFmtId", "0"), own) for each in styles.iterfind("{*}cellXfs/{*}xf")]


def _format(number: str, own: Mapping[str | None, str]) -> NumberFormat:
    if number in own:
        return read_format(own[number][:LONGEST_CELL])
    return built_in_format(int(number)) if number.isdecimal() and len(number) < 6 else GENERAL


def _read_sheet(root: Element, number: int, book: _Book) -> Sheet:
    sheet = Sheet(number)
    for columns in root.iterfind("{*}cols/{*}col"):
        if columns.get("hidden") in ("1", "true"):
            sheet.hidden_columns.append((_whole(columns.get("min")) - 1, _whole(columns.get("max")) - 1))
    row = -1
    for line in root.iterfind("{*}sheetData/{*}row"):
        row = _whole(line.get("r"), row + 2) - 1
        if line.get("hidden") in ("1", "true"):
            sheet.hidden_rows.append((row, row))
        column = -1
        for cell in line:
            reference = cell.get("r")
            column = _column_of(reference) if reference else column + 1
            if len(cell):
                sheet.write(row, column, _cell_text(cell, book))
    for joined in root.iterfind("{*}mergeCells/{*}mergeCell"):
        corners = [(int(row), _column(letters)) for letters, row in _REFERENCE.findall(joined.get("ref", ""))]
        if len(corners) == 2:
            rows, columns = zip(*corners, strict=True)
            sheet.merge(Range(min(rows) - 1, min(columns), max(rows) - 1, max(columns)))
    return sheet


def _cell_text(cell: Element, book: _Book) -> str:
    """Return what a cell holds; of a formula, the result that was stored."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        return "" if inline is None else _text_of(inline)
    value: str | None = cell.findtext("{*}v")
    if value is None:  # a formula without its result is no blank
        formula = cell.findtext("{*}f")
        return "" if formula is None else f"={formula}"
    if kind == "s":
        position = _whole(value, -1)
        if not 0 <= position < len(book.texts):
            raise DocumentError(f"cell {cell.get('r')} names a text that the workbook does not have: it is damaged")
        return book.texts[position]
    if kind == "b":
        return "TRUE" if value.strip() == "1" else "FALSE"
    if kind != "n":
        return _ESCAPED.sub(_unescape, value)
    style = _whole(cell.get("s"), 0)
    shown = book.formats[style] if 0 <= style < len(book.formats) else GENERAL
    try:
        return number_text(float(value), shown, from_1904=book.from_1904) if value else ""
    except ValueError:
        return value


def _whole(text: str | None, otherwise: int = 1) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else otherwise


@lru_cache(maxsize=4_096)
def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _column_of(reference: str) -> int:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise DocumentError(f"a cell stands at {reference[:20]!r}, which is no place on a sheet: the file is damaged")
    return _column(match[1])
