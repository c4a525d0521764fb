"""Spreadsheets: XLSX, XLS (ET of WPS is the same), ODS and the XML of Excel 2003 → the tables of their visible sheets.

The formats differ only in how they store cells: one module each gives ``Sheet``s, of which ``blocks`` makes tables and
text. XLS is read with xlrd. The formats in XML are read by these modules themselves, because the libraries there are
take an error (#REF!) for a blank, give no joined cells of ODS, and reserve memory for places that a file only names.
"""

from collections.abc import Iterator

from gia_analysis.documents.grid import GridBudget
from gia_analysis.documents.limits import require_at_most
from gia_analysis.documents.model import Block, Content
from gia_analysis.documents.package import open_package
from gia_analysis.documents.spreadsheet import ods, xls, xlsx, xml_2003
from gia_analysis.documents.spreadsheet.blocks import blocks_of
from gia_analysis.documents.spreadsheet.model import MOST_CHARACTERS, Sheet
from gia_analysis.errors import DocumentError

_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK"


def read(data: bytes) -> Content:
    """Read the bytes of a workbook. Hidden sheets, rows and columns are left out; ``page`` is the number of the sheet.

    Raises:
        DocumentError: the workbook is damaged or locked, or has nothing in it that can be seen.
        LimitError: it has more than is read.
    """
    budget = GridBudget()
    blocks: list[Block] = []
    characters = 0
    for sheet in _sheets(data):
        characters += sheet.characters
        require_at_most(MOST_CHARACTERS, characters, "characters in its cells")
        blocks += blocks_of(sheet, budget)
    if not blocks:
        raise DocumentError("the workbook has no cell with anything in it on a sheet that can be seen")
    return Content(tuple(blocks))


def _sheets(data: bytes) -> Iterator[Sheet]:
    if data.startswith(_OLE):
        return xls.read_sheets(data)
    if data.startswith(_ZIP):
        package = open_package(data)
        return ods.read_sheets(package) if ods.CONTENT in package else xlsx.read_sheets(package)
    return xml_2003.read_sheets(data)
