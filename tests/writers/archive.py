"""Archives: ZIP as Windows, macOS and Python write them, TAR, and packed single files."""

import io
import struct
import tarfile
import zipfile
from collections.abc import Mapping

UTF8_NAME = 0x800


def zip_of(members: Mapping[str, bytes], *, names_in: str | None = None, locked: bool = False) -> bytes:
    """Return a ZIP archive. With ``names_in``, the names are in that encoding and not marked, as Windows writes them.

    ``locked`` marks the members as encrypted; what they hold is not.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(_named(name, names_in), data, zipfile.ZIP_DEFLATED)
    data = stream.getvalue()
    return _with_flags(data, locked, unmark=names_in is not None) if locked or names_in else data


def _named(name: str, encoding: str | None) -> str:
    return name if encoding is None else name.encode(encoding).decode("cp437")


def _with_flags(data: bytes, locked: bool, unmark: bool) -> bytes:
    """Return the archive with other flags, and, where the mark of UTF-8 goes, with the names as they were before it."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    out = io.BytesIO()
    directory = b""
    for member in archive.infolist():
        name = member.filename.encode("cp437" if unmark else "utf-8")
        flags = (0 if unmark else UTF8_NAME) | (1 if locked else 0)
        start = member.header_offset
        name_size, extra_size = struct.unpack("<HH", data[start + 26 : start + 30])
        begin = start + 30 + name_size + extra_size
        packed = data[begin : begin + member.compress_size]
        common = struct.pack(
            "<HHHHIIIHH", flags, member.compress_type, 0, 33, member.CRC, len(packed), member.file_size, len(name), 0
        )
        offset = out.tell()
        out.write(b"PK\x03\x04" + struct.pack("<H", 20) + common + name + packed)
        directory += (
            b"PK\x01\x02" + struct.pack("<HH", 20, 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, offset) + name
        )
    count, offset = len(archive.infolist()), out.tell()
    out.write(directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), offset, 0))
    return out.getvalue()


def zip_bomb(size: int, members: int = 1) -> bytes:
    """Return an archive of members that each unpack to so many zeros."""
    return zip_of(dict.fromkeys((f"{number}.txt" for number in range(members)), bytes(size)))


def tar_of(members: Mapping[str, bytes], mode: str = "w:gz") -> bytes:
    """Return a TAR archive, packed as ``mode`` says."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()
