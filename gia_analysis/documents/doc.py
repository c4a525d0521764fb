"""Old Word documents and those of WPS (DOC, WPS): turned into DOCX by msdoc2docx, and read as that.

What it cannot read is left to an office program.
"""

import tempfile
from pathlib import Path

from doc2docx import convert
from doc2docx.errors import EncryptedDocumentError, InvalidCompoundFile, StreamNotFound

from gia_analysis.documents import docx
from gia_analysis.documents.model import Content
from gia_analysis.documents.package import LOCKED
from gia_analysis.errors import DocumentError, NeedsConversionError


def read(data: bytes) -> Content:
    """Read the bytes of an OLE2 document of Word 97 to 2003, or of WPS.

    Raises:
        DocumentError: it is locked with a password, or its container is damaged.
        NeedsConversionError: it can only be read by an office program, as documents older than Word 97.
    """
    return docx.read(_as_docx(data))


def _as_docx(data: bytes) -> bytes:
    with tempfile.TemporaryDirectory(prefix="gia-doc-") as folder:
        source, target = Path(folder, "source.doc"), Path(folder, "target.docx")
        source.write_bytes(data)
        try:
            convert(source, target)
        except EncryptedDocumentError as error:
            raise DocumentError(LOCKED) from error
        except StreamNotFound as error:
            raise NeedsConversionError(_not_read(error)) from error
        except InvalidCompoundFile as error:
            raise DocumentError(f"the file is damaged ({error}): fetch it again") from error
        except MemoryError:
            raise
        except Exception as error:  # a converter of a thousand structures fails on damaged ones in many ways
            raise NeedsConversionError(_not_read(error)) from error
        return target.read_bytes()


def _not_read(error: Exception) -> str:
    return f"the content is an old Word document that only an office program can open ({error})"
