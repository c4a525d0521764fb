"""What only an office program can open (RTF, OpenDocument, Word 6, …): LibreOffice turns it into DOCX.

Many files are turned in one start of the program, with a profile of its own that is thrown away: no macro runs, no link is
followed, no file of the user is touched. A file on which the program hangs or crashes is given up, and it is started again
for those after it.
"""

import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from gia_analysis.documents import docx
from gia_analysis.documents.limits import LARGEST_FILE_BYTES
from gia_analysis.documents.model import Content
from gia_analysis.documents.office_program import OfficeProgram, find_program
from gia_analysis.documents.package import LOCKED
from gia_analysis.documents.sniff import FORMATS, format_of
from gia_analysis.errors import DocumentError, LimitError, NeedsConversionError

FILES_AT_ONCE = 100
SECONDS_A_FILE = 90.0  # the start of the program included

_MISSING = (
    "{kind}: only an office program can open it, and none was found: install LibreOffice (it is needed for RTF, OpenDocument "
    "texts and Word files older than Word 97), or say in the environment variable GIA_SOFFICE where its soffice is"
)
_LOCKED_OPEN_DOCUMENT = b"encryption-data"
_MANIFEST = "META-INF/manifest.xml"
_SUFFIXES = {"rtf": ".rtf", "odt": ".odt", "docx": ".docx"}  # of .doc it looks at the content


def read(data: bytes) -> Content:
    """Read the bytes of a file that only an office program can open.

    Raises:
        NeedsConversionError: no office program was found; the message says what to install.
        DocumentError: the file is locked with a password, or the program cannot open it.
    """
    (converted,) = convert([data])
    if isinstance(converted, DocumentError):
        raise converted
    return docx.read(converted)


def convert(files: Sequence[bytes], *, seconds: float = SECONDS_A_FILE) -> list[bytes | DocumentError]:
    """Return each file as DOCX, or why there is none.

    ``seconds`` is the time that the program may take for one file.
    """
    results: dict[int, bytes | DocumentError] = {}
    for number, data in enumerate(files):
        if _is_locked(data):
            results[number] = DocumentError(LOCKED)
    left = [number for number in range(len(files)) if number not in results]
    program = find_program() if left else None
    if program is None:
        results |= {number: NeedsConversionError(_MISSING.format(kind=_words(files[number]))) for number in left}
    else:
        for first in range(0, len(left), FILES_AT_ONCE):
            some = left[first : first + FILES_AT_ONCE]
            results |= zip(some, _convert_some(program, [files[number] for number in some], seconds), strict=True)
    return [results[number] for number in range(len(files))]


def _words(data: bytes) -> str:
    return f"the content is {FORMATS[format_of(data)].words}"


def _is_locked(data: bytes) -> bool:
    """Tell whether a file is encrypted, so that the program would ask for its password."""
    kind = format_of(data)
    if kind != "odt":
        return kind == "encrypted"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_MANIFEST) as stream:
            return _LOCKED_OPEN_DOCUMENT in stream.read(1_000_000)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, OSError, RuntimeError, ValueError):
        return False


def _convert_some(program: str, files: Sequence[bytes], seconds: float) -> list[bytes | DocumentError]:
    """Convert files in as few starts as can be: one, and another after each file that the program did not survive."""
    place = Path(tempfile.mkdtemp(prefix="gia-office-"))
    results: list[bytes | DocumentError] = []
    try:
        sources = list(_write(files, place))
        office = OfficeProgram(program, place, seconds)
        while sources:
            trouble = office.convert(sources)
            found = [_result(office.result_of(source)) for source in sources]
            if trouble:  # it works through them in order: what follows the last that it has made is where it stopped
                stopped = 1 + max((at for at, each in enumerate(found) if isinstance(each, bytes)), default=-1)
                found = [*found[:stopped], *[DocumentError(trouble)] * (stopped < len(sources))]
            results += found
            sources = sources[len(found) :]
    except OSError as error:
        refused = NeedsConversionError(f"the office program {program} cannot be used: {error}")
        results += [refused] * (len(files) - len(results))
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return results


def _write(files: Sequence[bytes], place: Path) -> Iterator[Path]:
    for number, data in enumerate(files):
        source = place / f"{number:04d}{_SUFFIXES.get(format_of(data), '.doc')}"
        source.write_bytes(data)
        yield source


def _result(path: Path) -> bytes | DocumentError:
    if not path.exists() or not zipfile.is_zipfile(path):
        return DocumentError("the office program (LibreOffice) cannot open it: the file is damaged")
    if path.stat().st_size > LARGEST_FILE_BYTES:
        return LimitError(f"as DOCX it is larger than {LARGEST_FILE_BYTES // 1_000_000} MB: no disclosure report is")
    return path.read_bytes()
