"""Documents made of parts, changed part by part."""

import io
import zipfile
from collections.abc import Mapping


def pack(parts: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the parts of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(data: bytes, parts: Mapping[str, bytes | str | None]) -> bytes:
    """Return a document with some of its parts replaced, added, or taken out (None)."""
    every: dict[str, bytes | str | None] = {**unpack(data), **parts}
    return pack({name: content for name, content in every.items() if content is not None})
