"""What format a file is in, by its content and never by its name.

The kinds known are rows of ``FORMATS``; those with a module can be read. Text is whatever is nothing else.
"""

import io
import re
import zipfile
from dataclasses import dataclass

from gia_analysis.documents.encoding_guess import UTF16_MARKS, guess_encoding
from gia_analysis.documents.limits import MOST_PARTS

_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b\x1a"))
_HEAD_BYTES = 65_536
_SAMPLE_BYTES = 8_192  # in which controls are counted
_PAGE = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|table|div|p|span|tr|td|font|center|ul|h[1-6]|style|script)[\s>/]",
    re.IGNORECASE,
)
_WHOLE_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_WORKBOOK_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
_WORD_XML = re.compile(rb"schemas\.microsoft\.com/office/word/2003/wordml|<pkg:package\s|<office:document\s")
_OFFICE_XML = re.compile(rb"<\?mso-application|" + _WORD_XML.pattern)
_MAIL_HEADER = re.compile(rb"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:MIME-Version|Content-Type):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its code, what it is in words, and the module that reads it (None where none does)."""

    code: str
    words: str
    module: str | None = None


FORMATS = {
    each.code: each
    for each in (
        Format("text", "plain text", "text"),
        Format("markdown", "a Markdown text", "markdown"),
        Format("csv", "a CSV table", "csv_table"),
        Format("html", "an HTML page", "html"),
        Format("mhtml", "a saved web page (MHTML)", "mhtml"),
        Format("docx", "a Word document (DOCX)", "docx"),
        Format("doc", "an old Word or WPS document (DOC, WPS)", "doc"),
        Format("rtf", "an RTF document", "office"),
        Format("odt", "an OpenDocument text", "office"),
        Format("office-xml", "a text in one XML file (Word 2003, flat OpenDocument)", "office"),
        Format("xlsx", "an Excel workbook (XLSX)", "spreadsheet"),
        Format("xlsb", "a binary Excel workbook (XLSB: save it as XLSX)"),
        Format("excel-xml", "an Excel workbook in XML (2003)", "spreadsheet"),
        Format("xls", "an old Excel or WPS workbook (XLS, ET)", "spreadsheet"),
        Format("ods", "an OpenDocument spreadsheet", "spreadsheet"),
        Format("pdf", "a PDF", "pdf"),
        Format("ofd", "an OFD document", "ofd"),
        Format("png", "a PNG image", "image"),
        Format("jpeg", "a JPEG image", "image"),
        Format("tiff", "a TIFF image", "image"),
        Format("gif", "a GIF image", "image"),
        Format("encrypted", "an Office document that is locked with a password", "office"),
        Format("ole", "an OLE2 container that holds neither a text nor a workbook"),
        Format("zip", "a ZIP archive"),
        Format("gzip", "a gzip archive"),
        Format("7z", "a 7z archive"),
        Format("rar", "a RAR archive"),
        Format("parquet", "a Parquet file"),
        Format("sqlite", "an SQLite database"),
        Format("binary", "binary data"),
    )
}

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"{\\rtf", "rtf"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
    (b"PAR1", "parquet"),
    (b"SQLite format 3\x00", "sqlite"),
)
_PDF_MAGIC, _PDF_HEAD = b"%PDF-", 1_024  # the header may stand a little way into the file
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("EncryptedPackage", "encrypted"))
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_ZIP_ENTRY = b"PK\x01\x02"  # begins each entry of the directory of an archive
_ZIP_PARTS = (("word/", "docx"), ("xl/workbook.bin", "xlsb"), ("xl/", "xlsx"))
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_LEAST_TAGS = 3
_MARKDOWN = re.compile(rb"^[ \t]{0,20}\|?[ \t]{0,20}:?-{3,}:?[ \t]{0,20}\|[ \t|:\-]*\r?$|^#{1,6} \S", re.MULTILINE)
_MAIL_SIGNS = (b"multipart/", b"content-transfer-encoding:")
_QUOTED = re.compile(rb'"[^"]*"')
_CSV_LINES = 200
_LEAST_CSV_ROWS = 3
_SENTENCE_ENDS = tuple(mark.encode(encoding) for mark in "。；" for encoding in ("utf-8", "gb18030"))


def format_of(data: bytes) -> str:
    """Return the code of the format that a file is in, one of ``FORMATS``.

    UTF-16 is text, with or without a byte order mark; a web page is one in whichever encoding it is.
    """
    content = data.removeprefix(b"\xef\xbb\xbf")
    for magic, code in _MAGIC:
        if content.startswith(magic):
            return code
    if content.startswith(_OLE_MAGIC):
        return next((code for name, code in _OLE_STREAMS if name.encode("utf-16-le") in content), "ole")
    if content.startswith(_ZIP_MAGIC):
        return _format_of_zip(content)
    if content[:_PDF_HEAD].lstrip().startswith(_PDF_MAGIC):
        return "pdf"
    head = _head_of_text(content)
    if head is None and _PDF_MAGIC in content[:_PDF_HEAD]:
        return "pdf"
    return "binary" if head is None else _format_of_text(head)


def _format_of_zip(data: bytes) -> str:
    if data.count(_ZIP_ENTRY) > MOST_PARTS:  # no document; to list a million would take seconds
        return "zip"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "mimetype" in names:
                with archive.open("mimetype") as stream:
                    return _OPEN_DOCUMENT.get(stream.read(100).strip(), "zip")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return "zip"
    if any(name.rpartition("/")[2] == "OFD.xml" for name in names):
        return "ofd"
    if "[Content_Types].xml" in names:
        return next((code for part, code in _ZIP_PARTS if any(name.startswith(part) for name in names)), "zip")
    return "zip"


def _head_of_text(data: bytes) -> bytes | None:
    """Return the beginning of a text, UTF-16 turned into UTF-8; None where the bytes are no text."""
    head = data[:_HEAD_BYTES].rstrip(b"\0")
    sample = head[:_SAMPLE_BYTES]
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    many = controls > max(8, len(sample) // 100)
    mark = UTF16_MARKS.get(head[:2])
    encoding = guess_encoding(head, mark) if many or mark else "utf-8"
    if encoding is not None and encoding.startswith("utf-16"):
        return head.decode(encoding, "ignore").lstrip("\ufeff").encode("utf-8", "ignore")
    return None if many else head


def _format_of_text(head: bytes) -> str:
    text = head.lstrip()
    beginning = text[:8_192]
    if _MAIL_HEADER.match(text[:4_096]) and any(sign in beginning.lower() for sign in _MAIL_SIGNS):
        return "mhtml"
    if text.startswith(b"<?xml") and _WORKBOOK_XML in beginning and not _WORD_XML.search(beginning):
        return "excel-xml"
    if text.startswith(b"<?xml") and _OFFICE_XML.search(beginning):
        return "office-xml"
    first = _PAGE.search(text)
    if first and (first.start() == 0 or text.startswith(b"<") or _WHOLE_PAGE.search(text)):
        return "html"
    if _MARKDOWN.search(text):
        return "markdown"
    if first and len(_PAGE.findall(text)) >= _LEAST_TAGS:
        return "html"
    return "csv" if _is_csv(text) else "text"


def _is_csv(text: bytes) -> bool:
    """Tell whether nearly every line has the same number of commas, or of semicolons, outside quotes, and none is prose."""
    lines = [line for line in _QUOTED.sub(b"", text).splitlines()[:_CSV_LINES] if line.strip()]
    if len(text) >= _HEAD_BYTES - 1:
        del lines[-1:]  # it is cut off
    sentences = sum(line.rstrip().endswith(_SENTENCE_ENDS) for line in lines)
    if len(lines) < _LEAST_CSV_ROWS or sentences * 10 > len(lines):
        return False
    for delimiter in (b",", b";"):
        counts = [line.count(delimiter) for line in lines]
        usual = max(set(counts), key=counts.count)
        if usual and counts.count(usual) * 10 >= len(counts) * 8:
            return True
    return False
