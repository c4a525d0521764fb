"""Reports as LibreOffice saves them in other formats: many files in one start, each conversion made once a session."""

import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from writers.docx import write
from writers.papers import originals

_FILTERS = {
    "doc": "doc:MS Word 97",
    "docx": "docx:MS Word 2007 XML",
    "rtf": "rtf:Rich Text Format",
    "odt": "odt:writer8",
}


@cache
def originals_as(suffix: str) -> Mapping[str, bytes]:
    """Return the reports of ``papers`` by name, written with python-docx and saved in another format."""
    written = {name: write(original.paper) for name, original in originals().items()}
    return dict(zip(written, save_as(tuple(written.values()), suffix), strict=True))


@cache
def save_as(files: Sequence[bytes], suffix: str, read_as: str = "docx") -> Sequence[bytes]:
    """Return files, given in the format ``read_as``, in the format that a suffix stands for; all in one start.

    Raises:
        RuntimeError: LibreOffice made nothing of one.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        sources = [folder / f"{number:04d}.{read_as}" for number in range(len(files))]
        for source, data in zip(sources, files, strict=True):
            source.write_bytes(data)
        profile = (folder / "profile").as_uri()
        done = subprocess.run(
            [
                *(str(program), f"-env:UserInstallation={profile}", "--headless", "--norestore"),
                *("--convert-to", _FILTERS.get(suffix, suffix), "--outdir", str(folder / "out"), *map(str, sources)),
            ],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        results = [folder / "out" / f"{source.stem}.{suffix}" for source in sources]
        if not all(result.exists() for result in results):
            raise RuntimeError(f"LibreOffice wrote no {suffix}: {done.stdout} {done.stderr}")
        return tuple(result.read_bytes() for result in results)
